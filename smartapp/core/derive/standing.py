"""Facts -> whether the patient stands up with at most one helper (rule book 2c, CD13): said, answered, or not said.

Two helpers or a hoist mean no. The newest answer leads; words of a later day, and of a day nobody knows, that say no
hold against it: a danger is never outdone by an older comfort.
"""

from datetime import date

from smartapp.core.chart import Source
from smartapp.core.concepts import Concept
from smartapp.core.derive.facts import Facts, began_on, is_live, name_words
from smartapp.core.frozen import frozen
from smartapp.core.kinds import AttestationName

YES, NO, NOT_SAID = STANDING = ("yes", "no", "not-said")


@frozen
class Rising:
    """``source`` and ``name``: who or what says so; the patient where nothing does."""

    state: str
    source: Source
    name: str
    day: date | None = None


def rising_of(facts: Facts) -> Rising:
    answer = _answer(facts)
    denied = _said(Concept.TWO_HELPERS, facts)
    newer = denied and (answer is None or denied.day is None or (answer.day or date.min) < denied.day)
    if denied and newer:
        return denied
    return answer or _said(Concept.STANDS_WITH_HELP, facts) or Rising(NOT_SAID, facts.patient_source, "not said")


def _answer(facts: Facts) -> Rising | None:
    """Of two answers of one day the stricter one."""
    name = AttestationName.STANDS_WITH_HELP
    said = [a for a in facts.chart.attestations if a.name is name and a.on <= facts.today and a.value in (YES, NO)]
    newest = max(said, key=lambda a: (a.on, a.value == NO), default=None)
    if newest is None:
        return None
    return Rising(newest.value, newest.source, f"stands with one helper: {newest.value}", newest.on)


def _said(concept: Concept, facts: Facts) -> Rising | None:
    """The newest live record that says it; one without a day may be of today."""
    state = NO if concept is Concept.TWO_HELPERS else YES
    found = [d for d in facts.chart.diagnoses if concept in d.concepts and is_live(d, facts.today)]
    told = [Rising(state, d.source, name_words(d, facts.today), began_on(d, facts.today)) for d in found]
    return max(told, key=lambda each: (each.day or date.max, each.source.reference), default=None)
