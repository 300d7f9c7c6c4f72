"""The course of pain (rule book 2a, RF15, RF16): pain that rises instead of easing, new back pain after a fracture."""

from datetime import date, timedelta
from decimal import Decimal

from smartapp.core.alert_codes import AlertCode
from smartapp.core.chart import Source
from smartapp.core.concepts import Concept
from smartapp.core.derive.dangers import Hold, answered, broken_on, present, readings_of, surely_broken_by
from smartapp.core.derive.facts import Facts, name_words, pain_value
from smartapp.core.derive.fracture import Fractures
from smartapp.core.derive.notes import Notes, Noting, alert, rule_missed
from smartapp.core.kinds import AttestationName, Quantity
from smartapp.core.states import Prone
from smartapp.core.thresholds import ThresholdName

Score = tuple[date, Decimal, Source]


def note_pain_course(fractures: Fractures, rising: tuple[Source, ...], facts: Facts) -> Noting[tuple[Hold, ...]]:
    """``rising``: what :func:`rising_pain` found."""
    yield from _note_new_pain(fractures, facts)
    return (yield from _note_rising(rising))


def rising_pain(fractures: Fractures, facts: Facts) -> tuple[Source, ...]:
    """The newest score and one it exceeds by 2 or more, at least 3 days apart, both of the last 30 days; else none."""
    scores = _scores(facts)
    if not scores:
        return ()
    on, value, source = max(scores, key=lambda score: (score[0], score[1], score[2].reference))
    apart = timedelta(days=facts.knowledge.whole(ThresholdName.PAIN_RISE_APART))
    earlier = [score for score in scores if on - score[0] >= apart]
    lowest = min(earlier, key=lambda score: (score[1], score[0], score[2].reference), default=None)
    if lowest is None or value - lowest[1] < facts.knowledge.number(ThresholdName.PAIN_RISE):
        return ()
    after = timedelta(days=facts.knowledge.whole(ThresholdName.PAIN_RISE_AFTER))
    broken = surely_broken_by(fractures, facts)
    if broken and on - broken <= after:
        return ()
    return () if answered(AttestationName.STABILITY_IMAGING, on, facts) else (lowest[2], source)


def _scores(facts: Facts) -> list[Score]:
    first = facts.today - timedelta(days=facts.knowledge.whole(ThresholdName.PAIN_RISE_WITHIN))
    days = ((m, facts.day_of(m.when)) for m in facts.measurements_of(Quantity.PAIN))
    return [(day, pain_value(m), m.source) for m, day in days if day is not None and day >= first]


def _note_rising(found: tuple[Source, ...]) -> Noting[tuple[Hold, ...]]:
    """RF15: an earlier score back, or imaging, opens prone work again."""
    if not found:
        yield rule_missed("alert.pain-worse", "No rise between two recent pain scores is recorded.")
        return ()
    why = f"Pain scores rise: {' then '.join(filter(None, (source.display for source in found))) or 'two readings'}."
    yield alert(AlertCode.PAIN_WORSE, why, found)
    return (Hold("RF15", "Pain is rising instead of easing.", found, "pain that eases again", prone=Prone.BLOCKED),)


def _note_new_pain(fractures: Fractures, facts: Facts) -> Notes:
    """RF16: back pain that began well after the newest fracture, and lately, may be another fracture."""
    pains = present(facts, Concept.BACK_PAIN)
    if not pains or not readings_of(fractures, facts):
        return
    after = broken_on(fractures, facts) + timedelta(days=facts.knowledge.whole(ThresholdName.NEW_PAIN_AFTER))
    first = facts.today - timedelta(days=facts.knowledge.whole(ThresholdName.NEW_PAIN_WITHIN))
    for diagnosis in pains:
        began = facts.day_of(diagnosis.onset) if diagnosis.onset and diagnosis.onset.earliest <= facts.today else None
        why = f"{name_words(diagnosis, facts.today)}, since {began or 'an unknown day'}."
        if began is None or began < max(first, after):
            yield rule_missed("alert.new-back-pain", why, (), [diagnosis.source])
        elif said := answered(AttestationName.STABILITY_IMAGING, began, facts):
            why = f"{why} No new fracture on imaging of {said.on}."
            yield rule_missed("alert.new-back-pain", why, (), [diagnosis.source])
        else:
            yield alert(AlertCode.NEW_BACK_PAIN, why, [diagnosis.source])
            yield alert(AlertCode.WORK_UP_FIRST, why, [diagnosis.source], variant="new-pain")
