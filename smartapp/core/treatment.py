"""What bone drugs the record shows, since when, the last dose and the next one: shown, never prescribed."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from smartapp.core.chart import Source


class TreatmentState(StrEnum):
    """Rule book 2a, TX2."""

    ON = "on"
    LATE = "late"  # the next dose and its grace have passed
    STOPPED = "stopped"
    FINISHED = "finished"  # the longest course has passed
    UNKNOWN = "unknown"  # on record, and nothing tells whether it is still taken


@dataclass(frozen=True)
class Treatment:
    """One bone drug or class of them. ``last`` is the last dose on record, ``due`` the day the next one is."""

    drug: str  # denosumab, zoledronic acid, bone-building drug, antiresorptive
    state: TreatmentState
    since: date | None
    last: date | None
    due: date | None
    sources: tuple[Source, ...]
