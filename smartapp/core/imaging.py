"""What the words of an imaging report were read as: a danger counts by itself, all else waits for a clinician."""

from dataclasses import dataclass
from enum import StrEnum

from smartapp.core.dates import When
from smartapp.core.fracture_coding import NOT_MEASURED, Collapse, Region


class FindingKind(StrEnum):
    """What a concept of a finding is one of."""

    DIAGNOSIS = "diagnosis"  # a Concept
    HEALING = "healing"  # an EncounterKind by name: delayed, routine
    MORPHOLOGY = "morphology"  # a Morphology
    PROCEDURE = "procedure"  # a ProcedureKind
    ORDER = "order"  # an OrderKind
    MEASURE = "measure"  # height-loss, kyphosis, canal-loss, curve


@dataclass(frozen=True)
class ReportFinding:
    """One reading of one sentence. ``danger``: class D of rule book 2a, 2.3, which counts also where only suspected."""

    kind: FindingKind
    concept: str
    quote: str
    danger: bool = False
    suspected: bool = False
    levels: frozenset[str] = frozenset()  # vertebrae the sentence names
    region: Region = Region.UNSPECIFIED
    side: str = ""  # of an order
    until: When | None = None  # of an order
    measured: Collapse = NOT_MEASURED  # of a measure: the one number
    accepted: bool | None = None  # None while no clinician has answered
    by: str = ""  # who answered, and when
