"""Restrictions and the limits of the patient -> the same restrictions without an alternative the limits have taken out.

Where a limit and a routine sentence meet, the limit stands (rule book 2c, P11 and section 8): nobody who may put no
weight on a leg reads that brisk walking is what to do instead.
"""

from collections.abc import Iterable
from dataclasses import replace

from smartapp.core.assessment import Constraint, Restriction
from smartapp.core.knowledge import Knowledge, LimitedWords
from smartapp.core.states import Track

_INSTEAD = "Instead: "


def under_limits(
    restrictions: tuple[Restriction, ...], limits: Iterable[Constraint], track: Track, knowledge: Knowledge
) -> tuple[Restriction, ...]:
    removed = {id_ for limit in limits for id_ in limit.removes}
    return tuple(_said(each, removed, track, knowledge) for each in restrictions) if removed else restrictions


def _said(restriction: Restriction, removed: set[str], track: Track, knowledge: Knowledge) -> Restriction:
    rows = knowledge.restrictions[restriction.id].limited
    words = next((row for row in rows if _fits(row, restriction, removed, track)), None)
    if words is None:
        return restriction
    text = f"{restriction.text.partition(_INSTEAD)[0]}{_INSTEAD}{words.instead}."
    return replace(restriction, text=text, patient_text=words.patient, instead=words.instead)


def _fits(row: LimitedWords, restriction: Restriction, removed: set[str], track: Track) -> bool:
    if restriction.state not in row.states:
        return False
    return track in row.tracks or (bool(row.without) and removed.issuperset(row.without))
