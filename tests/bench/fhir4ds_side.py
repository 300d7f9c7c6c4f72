"""The peer of the screening benchmark, in an environment of its own: fhir4ds asked who has a Condition coded S32.0.

``python fhir4ds_side.py FOLDER``: loads Condition.ndjson and runs a ViewDefinition, as its documents show.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any


class WithJson:
    """A connection that has its JSON functions built in, as every wheel has: nothing is fetched for them."""

    def __init__(self, made: Any) -> None:
        self._made = made

    def execute(self, query: str, *more: Any) -> Any:
        return self._made.execute("SELECT 1" if query.startswith("INSTALL json") else query, *more)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._made, name)


def main(folder: str) -> None:
    import duckdb
    from fhir4ds.datastore import QuickConnect

    connect = duckdb.connect
    duckdb.connect = lambda *arguments, **named: WithJson(connect(*arguments, **named))
    began = time.monotonic()
    lines = (Path(folder) / "Condition.ndjson").read_text(encoding="utf-8").splitlines()
    database = QuickConnect.duckdb(":memory:")
    database.load_resources([json.loads(line) for line in lines])
    loaded = time.monotonic()
    columns = [{"name": "patient", "path": "subject.reference"}, {"name": "codes", "path": "code.coding"}]
    found = database.execute_to_dataframe({"resource": "Condition", "select": [{"column": columns}]})
    # In 0.5.1 a text in a condition becomes SQL that cannot be read, and forEach finds nothing.
    found = found[found["codes"].str.contains('"code":"S32.0', regex=False)]
    seconds = time.monotonic() - loaded
    print(f"{loaded - began:.2f} s to load, {seconds:.2f} s, {found['patient'].nunique()} patients")


if __name__ == "__main__":
    main(sys.argv[1])
