"""The journey over every personality of the sandbox -> what launch, read and signature come to.

    python -m tests.journey.ehr_table

writes docs/ehr-table.md, and its short form into README.md.
"""

import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from launch.sandbox.personality import names, read_personality
from tests.conftest import ROOT
from tests.journey.harness import ISSUERS, Harness, make_harness
from tests.journey.whole import not_read

PATIENT = "bergstrom"
KINDS = ("CarePlan", "ServiceRequest", "Goal", "Task", "Provenance")
TABLE, README = ROOT / "docs" / "ehr-table.md", ROOT / "README.md"
MARKED = re.compile(r"(?<=<!-- ehr-table -->\n).*?(?=<!-- /ehr-table -->)", re.DOTALL)
# What is written is asked for beside what is read; a site may take messages or answers to a form of its own.
READ = (
    "launch openid fhirUser patient/Patient.rs patient/Condition.rs patient/Observation.rs patient/Procedure.rs "
    "patient/DiagnosticReport.rs patient/MedicationRequest.rs patient/CarePlan.rs patient/ServiceRequest.rs "
    "patient/Goal.rs patient/MedicationAdministration.rs patient/DeviceRequest.rs patient/DeviceUseStatement.rs "
    "patient/Flag.rs patient/Device.rs patient/FamilyMemberHistory.rs"
)
SITES = {
    "meditech": ("takes messages", f"{READ} patient/Communication.crs", ""),
    "athena": (
        "has a form for it", f"{READ} patient/QuestionnaireResponse.crs",
        'questionnaire = "https://ehr.example/Questionnaire/plan"',
    ),
}  # fmt: skip
WORDS = {
    "transaction": "in one step with the others",
    "create": "by itself",
    "note": "in a clinical note",
    "message": "in a message",
    "copy": "by hand, from a copy",
}
HEAD = """# What Loadpath does with each EHR

Made by `python -m tests.journey.ehr_table` from whole journeys: the sandbox speaks as each vendor's server does
(`launch/sandbox/personalities/`, which name their sources), a clinician launches, reads, signs, looks at the receipt.
A site of that vendor may offer more or less; what is written in an EHR's chart is decided at each launch from what it
declares, what it granted and what the site chose, and shown before signing.

| EHR | launch | read | plan | referral | goals | task for a coordinator | who signed | receipt says |
|---|---|---|---|---|---|---|---|---|
"""
SHORT_HEAD = """| EHR | launch | read | plan | referral | goals | task | who signed |
|---|---|---|---|---|---|---|---|
"""
SHORT = {
    "transaction": "record",
    "create": "record",
    "note": "note",
    "message": "message",
    "copy": "copy by hand",
}
TAIL = """
What to register at each, and how: [launch/vendors](../launch/vendors/any-other.md#where-to-register).
"""


@dataclass(frozen=True)
class Row:
    """One journey: what the page and the receipt said."""

    name: str
    site: str
    launched: bool
    unread: tuple[str, ...]
    heading: str
    methods: dict[str, set[str]] = field(default_factory=dict)
    statuses: frozenset[str] = frozenset()

    def line(self) -> str:
        return f"| {' | '.join([*self._cells(WORDS), self.heading])} |"

    def short(self) -> str:
        return f"| {' | '.join(self._cells(SHORT))} |"

    def _cells(self, words: Mapping[str, str]) -> list[str]:
        ehr = read_personality(self.name).name + (f", where the site {self.site}" if self.site else "")
        read = "whole" if not self.unread else "without " + ", ".join(line.partition(":")[0] for line in self.unread)
        methods = [
            " and ".join(words[method] for method in sorted(self.methods.get(kind, ()))) or "–" for kind in KINDS
        ]
        return [ehr, "yes" if self.launched else "no", read, *methods]


def rows(folder: Path) -> Iterator[Row]:
    for name in names():
        yield row(folder / name, name)
        if name in SITES:
            yield row(folder / f"{name}-site", name, *SITES[name])


def row(folder: Path, name: str, site: str = "", scopes: str = "", settings: str = "") -> Row:
    return walked(vendor_house(folder, name, scopes, settings), name, site)


def walked(harness: Harness, name: str, site: str = "") -> Row:
    browser = harness.browser()
    page = harness.open(browser, PATIENT)
    launched, unread = page.status == 200 and "Bergstrom" in page.words, tuple(not_read(page))
    receipt = browser.press(page, page.form("/sign"))
    told = browser.get(receipt.url + "?copy=receipt").response.get_json()
    check_receipt(harness, told)
    methods: dict[str, set[str]] = {}
    for line in told["artifacts"]:
        methods.setdefault(line["kind"], set()).add(line["method"])
    return Row(
        name, site, launched, unread, receipt.heading, methods, frozenset(a["status"] for a in told["artifacts"])
    )


def vendor_house(folder: Path, name: str, scopes: str = "", settings: str = "") -> Harness:
    folder.mkdir(parents=True)
    own = f'client_id = "loadpath"\nscopes = "{scopes}"' if scopes else 'client_id = "loadpath"'
    issuers = ISSUERS.replace('client_id = "loadpath"', own)
    return make_harness(
        folder, issuers=f"{issuers}\n[sandbox.site]\n{settings}\n" if settings else issuers, personality=name
    )


def check_receipt(harness: Harness, told: dict[str, Any]) -> None:
    """Every artifact the receipt says is in the chart is there, and nothing is there twice."""
    for line in told["artifacts"]:
        if line["status"] in ("written", "found"):
            kind, _, id_ = line["reference"].partition("/")
            assert harness.box.resource(kind, id_) is not None, line
    for kind in ("CarePlan", "ServiceRequest", "DocumentReference", "Communication", "QuestionnaireResponse"):
        ours = [r for r in harness.in_chart(kind, PATIENT) if "loadpath.example" in str(r.get("identifier", ""))]
        assert len(ours) <= 1, (kind, [r["id"] for r in ours])


def table(found: list[Row]) -> str:
    return HEAD + "".join(f"{each.line()}\n" for each in found) + TAIL


def short_table(found: list[Row]) -> str:
    return SHORT_HEAD + "".join(f"{each.short()}\n" for each in found)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = list(rows(Path(folder)))
    TABLE.write_text(table(found), encoding="utf-8")
    README.write_text(MARKED.sub(lambda _: short_table(found), README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
