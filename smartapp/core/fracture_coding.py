"""What code and body site say of a vertebral fracture: where, of what kind, coded at which encounter."""

from dataclasses import dataclass
from enum import StrEnum


class Region(StrEnum):
    LUMBAR = "lumbar"
    THORACOLUMBAR = "thoracolumbar"
    THORACIC = "thoracic"
    CERVICAL = "cervical"
    SACRAL = "sacral"
    PELVIC = "pelvic"
    UNSPECIFIED = "unspecified"


class EncounterKind(StrEnum):
    """ICD-10-CM seventh character of a fracture code."""

    INITIAL = "A"
    OPEN = "B"
    ROUTINE = "D"
    DELAYED = "G"
    NONUNION = "K"
    MALUNION = "P"
    SEQUELA = "S"


class Morphology(StrEnum):
    COMPRESSION = "compression"
    STABLE_BURST = "stable-burst"
    BURST = "burst"  # whether it is stable is not said
    UNSTABLE_BURST = "unstable-burst"  # or unstable in another form
    OSTEOPOROTIC = "osteoporotic"
    FATIGUE = "fatigue"
    NEOPLASTIC = "neoplastic"
    PATHOLOGICAL = "pathological"  # in other disease or of unstated cause
    PROCESS = "process"  # transverse or spinous process, not the body
    PARS = "pars"  # the arch between its joints, not the body
    OTHER = "other"
    UNSPECIFIED = "unspecified"


@dataclass(frozen=True)
class Collapse:
    """What was measured of a broken vertebra, the worst of each; None where no words give a number."""

    height_loss: int | None = None  # percent of the height of the body
    kyphosis: int | None = None  # degrees, at the fracture
    canal_loss: int | None = None  # percent of the width of the canal
    curve: int | None = None  # degrees, of the whole upper back


NOT_MEASURED = Collapse()


@dataclass(frozen=True)
class FractureCoding:
    """What code and body site say of a vertebral fracture. ``levels`` are names such as ``L1``; empty if unknown."""

    region: Region
    levels: frozenset[str] = frozenset()
    encounter: EncounterKind | None = None
    morphology: Morphology = Morphology.UNSPECIFIED
    open: bool = False
    of_known: bool = False  # told of a fracture that is on record: it dates that one only where nothing else does
