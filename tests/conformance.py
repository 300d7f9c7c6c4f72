"""The rows of requirements.toml and the tests that prove them -> docs/smart-conformance.md.

``python -m tests.conformance`` writes the file; a test proves rows by a marker, ``@pytest.mark.req("SM-T1", "SM-C2")``.
"""

import contextlib
import io
import json
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from launch.sandbox.faults import FAULTS, Place
from tests.servers.oauth_faults import not_served, served

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "tests/security/requirements.toml"
DOCUMENT = ROOT / "docs/smart-conformance.md"
# where launches are tested; collecting more would only take longer
WHERE = ("tests/security", "tests/ehr", "tests/store", "tests/journey", "tests/web", "tests/test_settings.py",
         "tests/test_checks.py", "tests/servers/test_other_authorization_server.py")  # fmt: skip
HEAD = """# SMART App Launch 2.2: what holds, and where it is proved

Made by `python -m tests.conformance` from `tests/security/requirements.toml` and the markers of the tests; do not edit.
Levels: *must* and *should* as in the specification, *ours* where only experience with real servers asks for it.
"""
FAULTS_HEAD = """## Faults, and who serves them

The sandbox serves each of them (`tests/security/test_faults.py`). oauth2-mock-server, which we did not write, serves
{of_theirs} of {of_all} in its own events, and each ends in the same page there
(`tests/servers/test_other_authorization_server.py`).
"""


@dataclass(frozen=True)
class Row:
    id: str
    level: str
    words: str
    open: str = ""  # why it has no proof, where that is on purpose


@dataclass(frozen=True)
class Group:
    title: str
    source: str
    rows: tuple[Row, ...]


def requirements(path: Path = REQUIREMENTS) -> tuple[Group, ...]:
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(Group(t["title"], t["source"], tuple(Row(*row) for row in t["rows"])) for t in tables.values())


class Collected:
    """A pytest plugin: which test functions, or which of their cases, claim which rows."""

    def __init__(self) -> None:
        self.cases: dict[str, set[str]] = defaultdict(set)
        self.claims: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.failed: list[str] = []

    def pytest_configure(self, config: pytest.Config) -> None:
        config.addinivalue_line("markers", "xdist_group: known to the plugin that is left out here")

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        for item in items:
            place, _, case = item.nodeid.partition("[")
            self.cases[place].add(case.removesuffix("]"))
            for mark in item.iter_markers("req"):
                for row in mark.args:
                    self.claims[row][place].add(case.removesuffix("]"))

    def proofs(self) -> dict[str, set[str]]:
        """Row -> tests, with the cases that prove it where others of the same test do not."""
        return {
            row: {place if cases == self.cases[place] else f"{place}[{', '.join(sorted(cases))}]"
                  for place, cases in places.items()}
            for row, places in self.claims.items()
        }  # fmt: skip

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed:
            self.failed.append(str(report.nodeid))


def proofs(where: tuple[str, ...] = WHERE) -> dict[str, set[str]]:
    """Row -> the tests that prove it. Raises RuntimeError where tests cannot be collected."""
    found = Collected()
    with contextlib.redirect_stdout(io.StringIO()) as said:
        args = ["--collect-only", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--rootdir", str(ROOT)]
        code = pytest.main([*args, *(str(ROOT / place) for place in where)], plugins=[found])
    if code != 0 or found.failed:
        raise RuntimeError(f"tests cannot be collected ({', '.join(found.failed)}):\n{said.getvalue()}")
    return found.proofs()


def unknown(found: dict[str, set[str]]) -> set[str]:
    """Rows that tests claim and nobody asked for: misspelt ones."""
    return set(found) - {row.id for group in requirements() for row in group.rows}


def document(found: dict[str, set[str]]) -> str:
    rows = [row for group in requirements() for row in group.rows]
    proved = sum(bool(found.get(row.id)) for row in rows)
    lines = [HEAD, f"{proved} of {len(rows)} rows are proved by at least one test.\n"]
    for group in requirements():
        lines += [
            f"## {group.title}\n",
            f"Source: {group.source}.\n",
            "| row | level | what | proved by |",
            "|---|---|---|---|",
        ]
        lines += [f"| {row.id} | {row.level} | {row.words} | {_proof(row, found)} |" for row in group.rows]
        lines.append("")
    return "\n".join([*lines, *_faults()])


def _faults() -> Iterator[str]:
    """Every fault, and whether the authorization server we did not write serves it, too."""
    theirs, why_not = served(), not_served()
    of_launches = {name: fault for name, fault in FAULTS.items() if fault.place is not Place.EXPORT}
    yield FAULTS_HEAD.format(of_theirs=len(theirs), of_all=len(of_launches))
    yield "| fault | what goes wrong | oauth2-mock-server |"
    yield "|---|---|---|"
    for name, fault in of_launches.items():
        how = f"serves it: {theirs[name]}" if name in theirs else f"cannot: {why_not[name]}"
        yield f"| {name} | {fault.place.value}: {fault.says} | {how} |"
    yield ""


def _proof(row: Row, found: dict[str, set[str]]) -> str:
    places = sorted(found.get(row.id, ()))
    if places:
        return "<br>".join(f"`{place.removeprefix('tests/')}`" for place in places)
    return f"no test. {row.open}" if row.open else "**no proof**"


def proofs_from_outside() -> dict[str, set[str]]:
    """The same, asked of a process of its own: one test run cannot hold another."""
    asked = subprocess.run(
        [sys.executable, "-m", "tests.conformance", "--json"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if asked.returncode:
        raise RuntimeError(asked.stderr[-3000:])
    return {row: set(places) for row, places in json.loads(asked.stdout).items()}


def main() -> int:
    """Write the document, or with ``--json`` say which test proves what."""
    found = proofs()
    if "--json" in sys.argv:
        print(json.dumps({row: sorted(places) for row, places in found.items()}))
    else:
        DOCUMENT.write_text(document(found), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
