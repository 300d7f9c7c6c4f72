"""The peer of the screening benchmark, in an environment of its own: fhir4ds asked who has a Condition coded S32.0.

``python fhir4ds_side.py FOLDER``: loads Condition.ndjson and runs a ViewDefinition, as its documents show.
"""

import json
import sys
import time
from pathlib import Path


def main(folder: str) -> None:
    from fhir4ds.datastore import QuickConnect

    began = time.monotonic()
    lines = (Path(folder) / "Condition.ndjson").read_text(encoding="utf-8").splitlines()
    database = QuickConnect.duckdb(":memory:")
    database.load_resources([json.loads(line) for line in lines])
    loaded = time.monotonic()
    view = {
        "resource": "Condition",
        "select": [{"column": [{"name": "patient", "path": "subject.reference"}]}],
        "where": [{"path": "code.coding.where(code.startsWith('S32.0')).exists()"}],
    }
    found = database.execute_to_dataframe(view)
    seconds = time.monotonic() - loaded
    print(f"{loaded - began:.2f} s to load, {seconds:.2f} s, {found['patient'].nunique()} patients")


if __name__ == "__main__":
    main(sys.argv[1])
