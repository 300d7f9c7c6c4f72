"""Restrictions and the limits of the patient -> the same restrictions without an alternative the limits have taken out.

Where a limit and a routine sentence meet, the limit stands (rule book 2c, P11 and section 8): nobody who may put no
weight on a leg reads that brisk walking is what to do instead, and nobody in the first weeks that a brisk walk is.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from smartapp.core.assessment import Constraint, Restriction
from smartapp.core.frozen import frozen
from smartapp.core.knowledge import Knowledge, LimitedWords
from smartapp.core.states import Phase, Track

_INSTEAD = "Instead: "
_SENTENCE = re.compile(r"(?<=[.?!]) ")
_RULES_OUT = re.compile(r"\b(?:do not|no)\b", re.IGNORECASE)  # in English and in Spanish


@frozen
class _Situation:
    removed: frozenset[str]
    track: Track
    phase: Phase | None

    def fits(self, row: LimitedWords) -> bool:
        taken_out = bool(row.without) and self.removed.issuperset(row.without)
        return self.track in row.tracks or taken_out or self.phase in row.phases


def under_limits(
    restrictions: tuple[Restriction, ...],
    limits: Iterable[Constraint],
    track: Track,
    knowledge: Knowledge,
    phase: Phase | None = None,
) -> tuple[Restriction, ...]:
    """``phase``: the effective one; None where nothing is prescribed."""
    situation = _Situation(frozenset(id_ for limit in limits for id_ in limit.removes), track, phase)
    return tuple(_said(each, situation, knowledge) for each in restrictions)


def _said(restriction: Restriction, situation: _Situation, knowledge: Knowledge) -> Restriction:
    rows = knowledge.restrictions[restriction.id].limited
    words = next((row for row in rows if restriction.state in row.states and situation.fits(row)), None)
    if words is None:
        return restriction
    text, instead = restriction.text, restriction.instead
    if words.instead:
        text, instead = f"{text.partition(_INSTEAD)[0]}{_INSTEAD}{words.instead}.", words.instead
    return replace(
        restriction,
        text=text,
        instead=instead,
        patient_text=words.patient,
        patient_text_es=words.patient_es,
        patient_text_id=words.key,
    )


def without_invitations(restrictions: Iterable[Restriction]) -> tuple[Restriction, ...]:
    """Where nothing is prescribed the patient reads what to leave, and never that walking or exercise is safe."""
    return tuple(
        replace(each, patient_text=_ruled_out(each.patient_text), patient_text_es=_ruled_out(each.patient_text_es))
        for each in restrictions
    )


@cache
def _ruled_out(text: str) -> str:
    """Of a text of the knowledge, so of few: ``You can walk. For now, do not run.`` -> ``For now, do not run.``"""
    return " ".join(sentence for sentence in _SENTENCE.split(text) if _RULES_OUT.search(sentence))
