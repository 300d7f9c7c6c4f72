"""Falls of the last 12 months without the one that broke the bone (rule book 2c, CD5, CD6 and CX11).

A dated fall is a diagnosis of one with its own onset; the day a fall was written down on is no day of a fall. A bare
count loses one where a fall broke the bone within its 12 months.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from smartapp.core.chart import Diagnosis, Measurement, Source
from smartapp.core.concepts import Concept
from smartapp.core.dates import add_months
from smartapp.core.derive.facts import Facts, is_live, name_words
from smartapp.core.frozen import frozen
from smartapp.core.kinds import Quantity
from smartapp.core.phrases import SEVERAL, PhraseKind
from smartapp.core.signs import Sign
from smartapp.core.thresholds import ThresholdName

_SEVERAL = Decimal(2)  # at least
_BROKEN = (
    Concept.FRACTURE_UPPER_LIMB,
    Concept.FRACTURE_RIB_STERNUM,
    Concept.FRACTURE_PELVIS,
    Concept.FRACTURE_HIP_FEMUR,
    Concept.FRACTURE_LOWER_LEG_FOOT,
    Concept.FRACTURE_NECK,
)


@frozen
class CountedReading:
    """One number a limit may stand on. ``comparator`` as recorded."""

    source: Source
    name: str
    value: Decimal
    day: date | None = None
    comparator: str = ""


def falls_of(facts: Facts, broken_on: date | None) -> Iterator[CountedReading]:
    """How many there were, by every record that tells of them."""
    dated = _dated(facts, broken_on)
    for diagnosis, day in dated:
        yield CountedReading(diagnosis.source, name_words(diagnosis, facts.today), _days_in(dated), day)
    for source, name, said, told_on in _told(facts):
        count = _counted(said, told_on is not None, facts)
        if count is not None:
            yield CountedReading(
                source, name, max(count - _of_the_fracture(told_on, broken_on, facts), Decimal(0)), told_on
            )


def falls_since(facts: Facts, broken_on: date | None) -> Iterator[CountedReading]:
    """Falls on a day after the fracture."""
    for diagnosis, day in _dated(facts, broken_on):
        if broken_on is not None and day > broken_on:
            yield CountedReading(diagnosis.source, name_words(diagnosis, facts.today), Decimal(1), day)


def injurious_falls(facts: Facts, broken_on: date | None) -> Iterator[CountedReading]:
    """Those said to have injured, and those within three days of another fracture."""
    phrases = facts.knowledge.phrases
    for source, name, said, told_on in _told(facts):
        if not _near(told_on, broken_on, facts) and phrases.says(Sign.FALL_INJURED, said):
            yield CountedReading(source, name, Decimal(1), told_on)
    for diagnosis, day in _dated(facts, broken_on):
        broken = (other for other in facts.with_concepts(*_BROKEN) if other.onset)
        if any(_near(day, facts.day_of(other.onset), facts) for other in broken):
            yield CountedReading(diagnosis.source, name_words(diagnosis, facts.today), Decimal(1), day)


def fall_history(facts: Facts, broken_on: date | None) -> Iterator[CountedReading]:
    """What the Morse scale asks of the months before, as told last: 1 for a fall that did not break the bone."""
    first = _first_day(facts.today, facts)
    said = [m for m in facts.chart.measurements if m.quantity is Quantity.FALL_HISTORY and not _is_future(m, facts)]
    newest = max(said, key=lambda m: (str(facts.day_of(m.when) or ""), m.source.reference), default=None)
    if newest is None or not _says_a_fall(newest, facts):
        return
    told_on = facts.day_of(newest.when)
    asked_from = add_months(told_on or facts.today, -facts.knowledge.whole(ThresholdName.FALL_HISTORY_WITHIN))
    of_the_fracture = broken_on is not None and asked_from <= broken_on and _of_the_fracture(told_on, broken_on, facts)
    if not of_the_fracture and (told_on is None or told_on >= first):
        yield CountedReading(newest.source, newest.source.display, Decimal(1), told_on)


def _says_a_fall(told: Measurement, facts: Facts) -> bool:
    if told.value is not None:
        return told.value > 0
    return facts.knowledge.phrases.says(Sign.FALL_SAID, told.text)


def said_high(facts: Facts) -> Iterator[CountedReading]:
    """The newest assessment of the risk of falling, where it calls it high."""
    said = [m for m in facts.chart.measurements if m.quantity is Quantity.FALL_RISK and not _is_future(m, facts)]
    newest = max(said, key=lambda m: (str(facts.day_of(m.when) or ""), m.source.reference), default=None)
    if newest and facts.knowledge.phrases.says(Sign.FALL_RISK_HIGH, newest.text):
        yield CountedReading(newest.source, newest.text, Decimal(1), facts.day_of(newest.when))


def _dated(facts: Facts, broken_on: date | None) -> list[tuple[Diagnosis, date]]:
    """Falls with a day of their own in the last 12 months, without that of the fracture."""
    first = _first_day(facts.today, facts)
    found = facts.with_concepts(Concept.FALLS, Concept.LOW_ENERGY)
    days = ((d, facts.day_of(d.onset) if d.onset and d.onset.earliest <= facts.today else None) for d in found)
    return [(d, day) for d, day in days if day and day >= first and not _near(day, broken_on, facts)]


def _days_in(dated: Iterable[tuple[Diagnosis, date]]) -> Decimal:
    return Decimal(len({day for _, day in dated}))


def _told(facts: Facts) -> Iterator[tuple[Source, str, str, date | None]]:
    """Every record of falls in the last 12 months or of an unknown day: source, name, all its words, its day."""
    first = _first_day(facts.today, facts)
    for d in facts.chart.diagnoses:
        if Concept.FALLS in d.concepts and is_live(d, facts.today):
            whens = (when for when in (d.onset, d.recorded, d.encounter_start) if when and when.earliest <= facts.today)
            days = [facts.day_of(when) or first for when in whens]
            if not days or max(days) >= first:
                said = " ; ".join(dict.fromkeys((d.text, d.source.display, d.around)))
                yield d.source, name_words(d, facts.today), said, max(days, default=None)
    for m in facts.chart.measurements:
        day = facts.day_of(m.when)
        if m.quantity is Quantity.FALLS and not _is_future(m, facts) and (day is None or day >= first):
            said = f"{m.value} falls" if m.value is not None else m.text
            yield m.source, f"{m.value} falls in 12 months" if m.value is not None else m.text, said, day


def _is_future(measurement: Measurement, facts: Facts) -> bool:
    return measurement.when is not None and measurement.when.earliest > facts.today


def _counted(said: str, dated: bool, facts: Facts) -> Decimal | None:
    """The highest number of falls a text names; None where it names none. “Repeated” of an unknown day names none."""
    matches = facts.knowledge.phrases.found(Sign.FALLS_COUNTED, said)
    numbers = [_number(match["before"] or match["after"], dated, facts) for match in matches]
    return max((number for number in numbers if number is not None), default=None)


def _number(word: str, dated: bool, facts: Facts) -> Decimal | None:
    if word.isdecimal():
        return Decimal(word)
    means = next(facts.knowledge.phrases.meanings(PhraseKind.NUMBER, word), SEVERAL)
    if means == SEVERAL:
        return _SEVERAL if dated else None
    return Decimal(means)


def _of_the_fracture(told_on: date | None, broken_on: date | None, facts: Facts) -> int:
    """1 where a fall broke the bone within the 12 months before the count was told."""
    if broken_on is None or not _a_fall_broke_it(broken_on, facts):
        return 0
    told = told_on or facts.today
    return int(_first_day(told, facts) <= broken_on <= told)


def _a_fall_broke_it(broken_on: date, facts: Facts) -> bool:
    """Coded as its cause, or a fall within three days of it; a low trauma that is attested need not be a fall."""
    falls = facts.with_concepts(Concept.FALLS, Concept.LOW_ENERGY)
    return any(
        _near(facts.day_of(d.onset), broken_on, facts) or (Concept.LOW_ENERGY in d.concepts and d.onset is None)
        for d in falls
    )


def _near(day: date | None, other: date | None, facts: Facts) -> bool:
    within = timedelta(days=facts.knowledge.whole(ThresholdName.FALLS_INDEX_WITHIN))
    return day is not None and other is not None and abs(day - other) <= within


def _first_day(day: date, facts: Facts) -> date:
    return add_months(day, -facts.knowledge.whole(ThresholdName.FALLS_WITHIN))
