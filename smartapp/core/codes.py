"""Code table: knowledge/codes.csv -> :class:`CodeTable`, by which codes become concepts at the door and back again.

One row per code. A row with ``match`` ``prefix`` stands for a whole range where the rule book speaks of one (every
C-code, every ICD-10-PCS code beginning ``0QU0``); the longest row wins. False friends are rows too, ``use`` excluded.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from smartapp.core.chart import Quantity, Site
from smartapp.core.fracture_coding import EncounterKind, Morphology, Region

# Short name -> the address written; the first of each is FHIR's own (terminology.hl7.org/external_terminologies.html).
ADDRESSES: Mapping[str, tuple[str, ...]] = {
    "icd10cm": ("hl7.org/fhir/sid/icd-10-cm", "2.16.840.1.113883.6.90"),
    "icd10": ("hl7.org/fhir/sid/icd-10", "2.16.840.1.113883.6.3"),
    "icd9cm": ("hl7.org/fhir/sid/icd-9-cm", "2.16.840.1.113883.6.103", "hl7.org/fhir/sid/icd-9-cm/diagnosis"),
    "icd9proc": ("hl7.org/fhir/sid/icd-9-cm/procedure", "2.16.840.1.113883.6.104"),
    "snomed": ("snomed.info/sct", "2.16.840.1.113883.6.96", "www.snomed.org", "ihtsdo.org/sct"),
    "loinc": ("loinc.org", "2.16.840.1.113883.6.1", "www.loinc.org"),
    "cpt": ("www.ama-assn.org/go/cpt", "2.16.840.1.113883.6.12", "ama-assn.org/go/cpt"),
    "icd10pcs": (
        "www.cms.gov/medicare/coding/icd10",
        "2.16.840.1.113883.6.4",
        "hl7.org/fhir/sid/icd-10-pcs",
        "www.cms.gov/medicare/coding/icd-10",
    ),
    "hcpcs": ("terminology.hl7.org/codesystem/hcpcs-all-codes", "2.16.840.1.113883.6.285"),
    "rxnorm": ("www.nlm.nih.gov/research/umls/rxnorm", "2.16.840.1.113883.6.88"),
}
_SHORT = {address: short for short, addresses in ADDRESSES.items() for address in addresses} | {
    short: short for short in ADDRESSES
}
WRITTEN = {"snomed": "http://snomed.info/sct", "loinc": "http://loinc.org"}  # CPT would need the AMA's licence
_DOT_AFTER = {"icd10cm": 3, "icd10": 3, "icd9cm": 3, "icd9proc": 2}


def system_name(address: str) -> str:
    """``urn:oid:2.16.840.1.113883.6.90`` -> ``icd10cm``; empty for a system the table does not know.

    Scheme, letter case, trailing slash, a ``|version`` behind it and a SNOMED edition
    (``http://snomed.info/sct/731000124108``) do not matter.
    """
    known = _KNOWN_ADDRESSES.get(address)
    if known is not None:
        return known
    plain = address.partition("|")[0].strip().lower()
    for scheme in ("http://", "https://", "urn:oid:", "oid:"):
        plain = plain.removeprefix(scheme)
    plain = plain.rstrip("/")
    if plain.startswith("snomed.info/sct/"):
        plain = "snomed.info/sct"
    return _SHORT.get(plain, "")


# The spellings nearly every record uses, so that a chart of hundreds of codings takes no string work.
_KNOWN_ADDRESSES = {
    "http://hl7.org/fhir/sid/icd-10-cm": "icd10cm",
    "http://snomed.info/sct": "snomed",
    "http://loinc.org": "loinc",
    "http://www.nlm.nih.gov/research/umls/rxnorm": "rxnorm",
    "http://terminology.hl7.org/CodeSystem/observation-category": "",
    "http://unitsofmeasure.org": "",
}


def code_name(system: str, code: str) -> str:
    """A code as the table writes it: upper case, ICD with its dot (``s32010a`` -> ``S32.010A``), no blanks."""
    plain = code.strip()
    at = _DOT_AFTER.get(system)
    if at is None:
        return plain.upper() if system == "icd10pcs" else plain
    plain = plain.upper().replace(" ", "")
    if system == "icd9cm" and plain.startswith("E"):
        at = 4
    if "." not in plain and len(plain) > at:
        plain = f"{plain[:at]}.{plain[at:]}"
    return plain.rstrip(".-")


class CodeKind(StrEnum):
    """In which element of which resource a code of this row is looked for, or that it is written."""

    CONDITION = "condition"
    PROCEDURE = "procedure"
    OBSERVATION = "observation"
    ANSWER = "answer"  # value of an observation
    MEDICATION = "medication"
    BODY_SITE = "body-site"
    OUTPUT = "output"


class CodeUse(StrEnum):
    INPUT = "input"
    OUTPUT = "output"
    EXCLUDED = "excluded"  # looks like one of ours and is not: ``note`` says why


@dataclass(frozen=True)
class CodeRow:
    """One row of codes.csv. ``concepts`` are ids of :mod:`smartapp.core.concepts`, a quantity, or a procedure kind."""

    system: str
    code: str
    prefix: bool
    kind: CodeKind
    concepts: tuple[str, ...]
    display: str
    region: Region | None = None
    levels: frozenset[str] = frozenset()
    encounter: EncounterKind | None = None
    morphology: Morphology | None = None
    site: Site | None = None
    part: str = ""  # d2, d3, total; left, right; molar
    use: CodeUse = CodeUse.INPUT
    verified: str = ""  # CM, PCS, ECQM, IPS, SYN, USC, PA, THEMIS, WEB, memory (rule book section 3)
    note: str = ""

    @property
    def excluded(self) -> bool:
        return self.use is CodeUse.EXCLUDED

    @cached_property
    def quantity(self) -> Quantity | None:
        is_quantity = self.kind is CodeKind.OBSERVATION and self.concepts and self.concepts[0] in _QUANTITIES
        return Quantity(self.concepts[0]) if is_quantity else None


_QUANTITIES = frozenset(q.value for q in Quantity)


@dataclass(frozen=True)
class CodeTable:
    rows: tuple[CodeRow, ...]
    _exact: Mapping[tuple[str, str], CodeRow] = field(init=False, repr=False, compare=False)
    _prefixes: Mapping[str, Mapping[str, CodeRow]] = field(init=False, repr=False, compare=False)
    _output: Mapping[str, tuple[CodeRow, ...]] = field(init=False, repr=False, compare=False)
    observed: frozenset[str] = field(
        init=False, repr=False, compare=False
    )  # codes of any system an Observation may have

    def __post_init__(self) -> None:
        read = [row for row in self.rows if row.use is not CodeUse.OUTPUT]
        prefixes: dict[str, dict[str, CodeRow]] = {}
        for row in read:
            if row.prefix:
                prefixes.setdefault(row.system, {})[row.code] = row
        output: dict[str, tuple[CodeRow, ...]] = {}
        for row in self.rows:
            if row.use is CodeUse.OUTPUT:
                for concept in row.concepts:
                    output[concept] = (*output.get(concept, ()), row)
        object.__setattr__(self, "_exact", {(r.system, r.code): r for r in read if not r.prefix})
        object.__setattr__(self, "_prefixes", prefixes)
        object.__setattr__(self, "_output", output)
        object.__setattr__(self, "observed", frozenset(r.code for r in read if r.kind is CodeKind.OBSERVATION))

    def find(self, system: str, code: str) -> CodeRow | None:
        """The row for a code as recorded: ``system`` an address, OID or short name. None if the table has none.

        An excluded code is found too (``row.excluded``), so that a false friend can be told from an unknown code.
        """
        short = system_name(system)
        return self.row(short, code_name(short, code)) if short else None

    def row(self, short: str, code: str) -> CodeRow | None:
        """As :meth:`find`, for a code and system already brought to the table's spelling."""
        exact = self._exact.get((short, code))
        if exact is not None:
            return exact
        prefixes = self._prefixes.get(short)
        if prefixes:
            for end in range(len(code), 0, -1):
                if (row := prefixes.get(code[:end])) is not None:
                    return row
        return None

    def codings(self, concept: str) -> tuple[tuple[str, str, str], ...]:
        """Codings to write for an output concept, as (system address, code, display); empty if there is none."""
        return tuple((WRITTEN[row.system], row.code, row.display) for row in self._output.get(concept, ()))

    def concepts(self, *kinds: CodeKind) -> frozenset[str]:
        """Every concept some row of these kinds (all if none named) leads to."""
        return frozenset(c for row in self.rows if not kinds or row.kind in kinds for c in row.concepts)

    def codes(self, system: str, *concepts: str) -> tuple[str, ...]:
        """Codes read for any of these concepts in one system, in file order: what a search asks for."""
        wanted = set(concepts)
        return tuple(
            row.code
            for row in self.rows
            if row.system == system and row.use is CodeUse.INPUT and not row.prefix and wanted & set(row.concepts)
        )
