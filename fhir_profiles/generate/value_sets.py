"""The table of codes we read (``codes.csv``) -> one FSH ValueSet per concept; fractures one per region of the spine.

A row that stands for a range becomes a filter on the code; rows of another meaning within the range are excluded, as
the longest row wins when the chart is read. Words stand beside a code only where they are the code system's own.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fhir_profiles.generate.fsh import code, string, titled
from fhir_profiles.generate.metadata import COPYRIGHTS, canonical
from smartapp.core.codes import CodeKind, CodeRow, CodeUse
from smartapp.core.knowledge import Knowledge

BY_REGION = frozenset({"vertebral-fracture", "fatigue-fracture"})
RESOURCES = {
    CodeKind.CONDITION: "Condition.code",
    CodeKind.PROCEDURE: "Procedure.code",
    CodeKind.OBSERVATION: "Observation.code",
    CodeKind.ANSWER: "Observation.value",
    CodeKind.MEDICATION: "MedicationRequest.medication",
    CodeKind.BODY_SITE: "bodySite",
    CodeKind.ORDER: "DeviceRequest.code",
    CodeKind.DOCUMENT: "DocumentReference.type",
}
# Short names of the table -> the addresses FHIR gives these code systems.
ADDRESSES = {
    "icd10cm": "http://hl7.org/fhir/sid/icd-10-cm",
    "icd10": "http://hl7.org/fhir/sid/icd-10",
    "icd9cm": "http://hl7.org/fhir/sid/icd-9-cm",
    "icd9proc": "http://hl7.org/fhir/sid/icd-9-cm",
    "icd10pcs": "http://www.cms.gov/Medicare/Coding/ICD10",
    "snomed": "http://snomed.info/sct",
    "loinc": "http://loinc.org",
    "cpt": "http://www.ama-assn.org/go/cpt",
    "hcpcs": "http://terminology.hl7.org/CodeSystem/hcpcs-all-codes",
    "rxnorm": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "atc": "http://www.whocc.no/atc",
    # of one country; as its own guides write them (systems.toml)
    "icd10gm": "http://fhir.de/CodeSystem/bfarm/icd-10-gm",
    "icd10am": "http://hl7.org/fhir/sid/icd-10-am",
    "ops": "http://fhir.de/CodeSystem/bfarm/ops",
    "opcs4": "https://fhir.hl7.org.uk/Id/opcs-4",
    "readv2": "http://read.info/readv2",
    "ctv3": "http://read.info/ctv3",
    "npu": "http://npu-terminology.org",
}


@dataclass(frozen=True)
class Read:
    """One value set: the rows that mean a concept, and the rows within their ranges that do not."""

    kind: CodeKind
    concept: str
    region: str
    rows: tuple[CodeRow, ...]
    without: tuple[CodeRow, ...]

    @property
    def id(self) -> str:
        return "-".join(filter(None, (self.kind.value, self.concept, self.region)))

    @property
    def url(self) -> str:
        return canonical("ValueSet", self.id)

    @property
    def words(self) -> str:
        region = f", {self.region}" if self.region else ""
        return f"{self.concept.replace('-', ' ')}{region}"


def read_sets(knowledge: Knowledge) -> tuple[Read, ...]:
    """In the order in which the concepts first appear in the table."""
    rows = [row for row in knowledge.codes.rows if row.use is not CodeUse.OUTPUT]
    found: dict[tuple[CodeKind, str, str], list[CodeRow]] = {}
    for row in rows:
        for concept in row.concepts if row.use is CodeUse.INPUT else ():
            region = (row.region.value if row.region else "unspecified") if concept in BY_REGION else ""
            found.setdefault((row.kind, concept, region), []).append(row)
    return tuple(_read(kind, concept, region, meant, rows) for (kind, concept, region), meant in found.items())


def _read(kind: CodeKind, concept: str, region: str, meant: list[CodeRow], rows: list[CodeRow]) -> Read:
    prefixes = [row for row in meant if row.prefix]
    others = [row for row in rows if row not in meant and any(_within(row, prefix) for prefix in prefixes)]
    without = [row for row in others if not any(_within(row, wider) for wider in others)]
    if any(_within(row, other) for other in without for row in meant):
        raise ValueError(f"{concept}: a code lies within a range that is excluded; a value set cannot say so")
    kept = [row for row in meant if not (row.prefix and any(_within(row, wider) for wider in prefixes))]
    return Read(kind, concept, region, tuple(kept), tuple(without))


def _within(row: CodeRow, prefix: CodeRow) -> bool:
    return (
        prefix.prefix and row is not prefix and row.system == prefix.system
        and row.code.startswith(prefix.code) and row.code != prefix.code
    )  # fmt: skip


def value_sets(knowledge: Knowledge) -> Iterator[str]:
    yield from (_value_set(read) for read in read_sets(knowledge))


def _value_set(read: Read) -> str:
    about = (
        f"Codes in {RESOURCES[read.kind]} that Loadpath reads as: {read.words}. Where a code of the chart fits a range "
        "and a longer entry of the table, the longer one counts."
    )
    lines = [
        *titled("ValueSet", read.id, f"Read as {read.words}", about, experimental=False),
        *_copyright(read.rows),
        *(_rule(row) for row in read.rows),
        *(_rule(row, "exclude") for row in read.without),
    ]
    return "\n".join(lines) + "\n"


def _copyright(rows: Iterable[CodeRow]) -> Iterator[str]:
    held = {address: None for row in rows if (address := ADDRESSES[row.system]) in COPYRIGHTS}
    if held:
        yield f"* ^copyright = {string(' '.join(COPYRIGHTS[address] for address in held))}"


def _rule(row: CodeRow, verb: str = "include") -> str:
    if row.prefix:
        return f"* {verb} codes from system {ADDRESSES[row.system]} where code regex /{re.escape(row.code)}.*/"
    words = f" {string(row.display)}" if _official(row) else ""
    return f"* {verb} {ADDRESSES[row.system]}{code(row.code)}{words}"


def _official(row: CodeRow) -> bool:
    """ICD-10-CM's words are in the table as published (and compared with it in tests/codes); others are ours."""
    return row.system == "icd10cm" and "CM" in row.verified.split()
