"""The governing fracture -> the anchor of the calendar and the records behind it, as an assessment names them."""

from smartapp.core.assessment import Anchor, Reason
from smartapp.core.chart import Source
from smartapp.core.derive.facts import sources_of
from smartapp.core.derive.fracture import Fractures
from smartapp.core.derive.fracture_status import FractureStatus
from smartapp.core.derive.notes import unique


def anchor_of(governing: FractureStatus | None) -> Anchor | None:
    reading = governing.anchor if governing else None
    if reading is None:
        return None
    reason = Reason(reading.text, ("S26", "S42"), (reading.source,), f"anchor.{reading.rule}")
    return Anchor(reading.day, reading.earliest, reading.precision, reading.rule, reading.source, reason)


def governing_source(governing: FractureStatus | None, fractures: Fractures) -> Source | None:
    """The record that dates the governing fracture, else its first record; else the unconfirmed one."""
    if governing is None:
        return next(iter(sources_of(fractures.suspected)), None)
    episode = governing.episode
    return episode.start.source if episode.start else episode.records[0].source


def fracture_sources(fractures: Fractures) -> tuple[Source, ...]:
    return unique(r.source for e in fractures.episodes for r in e.records)
