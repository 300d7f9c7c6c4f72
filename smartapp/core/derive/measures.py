"""Measurements and stated numbers -> the readings a limit of the whole patient may stand on (rule book 2a, 0.3).

Of a measure its newest day counts, and only while it speaks of today; of a pressure two high days or one of this week
(2c, CX41). Frailty and the size of an aneurysm count in words as well (CD9). Falls stand in :mod:`falls`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from smartapp.core.chart import Diagnosis, Measurement
from smartapp.core.concepts import Concept
from smartapp.core.derive.facts import Facts, began_on, current_pain, is_live, name_words
from smartapp.core.derive.falls import CountedReading, fall_history, falls_of, falls_since, injurious_falls, said_high
from smartapp.core.kinds import Measure, Quantity
from smartapp.core.signs import Sign
from smartapp.core.thresholds import ThresholdName

# A quantity by itself: what a sentence calls it, its unit there, and for how many days its newest reading counts.
_PLAIN: Mapping[Measure, tuple[Quantity, str, str, ThresholdName | None]] = {
    Measure.BMI: (Quantity.BMI, "BMI", "", None),
    Measure.OXYGEN_SATURATION: (
        Quantity.OXYGEN_SATURATION,
        "oxygen saturation",
        " %",
        ThresholdName.SATURATION_WITHIN,
    ),
    Measure.TIMED_UP_AND_GO: (Quantity.TIMED_UP_AND_GO, "timed up and go", " s", ThresholdName.TEST_WITHIN),
    Measure.MORSE: (Quantity.MORSE, "Morse Fall Scale", "", ThresholdName.TEST_WITHIN),
    Measure.STAY_INDEPENDENT: (Quantity.STAY_INDEPENDENT, "Stay Independent", "", ThresholdName.TEST_WITHIN),
    Measure.TANDEM: (Quantity.TANDEM, "tandem stance", " s", ThresholdName.TEST_WITHIN),
    Measure.PLATELETS: (Quantity.PLATELETS, "platelets", "", None),
}
_SYSTOLIC = (Quantity.SYSTOLIC, Quantity.SYSTOLIC_LYING, Quantity.SYSTOLIC_STANDING)
_LEVELS = {"eight": 8, "seven": 7, "six": 6}  # what the words of a level are called in the pattern of the sign
_FRAIL = 5  # the least level that is called frail


@dataclass(frozen=True)
class Measures:
    """Of one chart. ``broken_on``: the day of the governing fracture, from which falls are told apart."""

    facts: Facts
    broken_on: date | None
    _found: dict[Measure, tuple[CountedReading, ...]] = field(default_factory=dict, compare=False, repr=False)

    def readings(self, measure: Measure) -> tuple[CountedReading, ...]:
        """What may be relied on of a measure today; empty where there is nothing, or nothing new enough."""
        if measure not in self._found:
            self._found[measure] = tuple(self._readings(measure)) if measure in self.there else ()
        return self._found[measure]

    @cached_property
    def there(self) -> frozenset[Measure]:
        """Measures of which the chart holds anything at all: a cheap look."""
        there = {m.quantity for m in self.facts.chart.measurements} | self.facts.recorded
        curved = any(d.collapse.curve is not None for d in self.facts.chart.diagnoses)
        found = [measures for read, measures in _READ_FROM.items() if read in there]
        return frozenset({Measure.THORACIC_CURVE} if curved else ()).union(*found)

    def _readings(self, measure: Measure) -> Iterable[CountedReading]:
        facts = self.facts
        if measure in _PLAIN:
            return _plain(measure, facts)
        return {
            Measure.PAIN: lambda: _pain(facts),
            Measure.SYSTOLIC: lambda: _pressure(_SYSTOLIC, "systolic", facts),
            Measure.DIASTOLIC: lambda: _pressure((Quantity.DIASTOLIC,), "diastolic", facts),
            Measure.PRESSURE_DROP: lambda: _drop(facts),
            Measure.FRAILTY_LEVEL: lambda: _frailty(facts),
            Measure.ANEURYSM: lambda: _aneurysm(facts),
            Measure.OTHER_FALLS: lambda: falls_of(facts, self.broken_on),
            Measure.FALLS_SINCE: lambda: falls_since(facts, self.broken_on),
            Measure.INJURIOUS_FALLS: lambda: injurious_falls(facts, self.broken_on),
            Measure.FALL_RISK_SAID: lambda: said_high(facts),
            Measure.FALL_HISTORY: lambda: fall_history(facts, self.broken_on),
            Measure.THORACIC_CURVE: lambda: _curve(facts),
        }[measure]()


_FALLS = ({Quantity.FALLS}, {Concept.FALLS, Concept.LOW_ENERGY})
# What each is read from: quantities, and concepts of diagnoses.
_FROM: Mapping[Measure, tuple[Iterable[Quantity], Iterable[Concept]]] = {
    **{measure: ({quantity}, ()) for measure, (quantity, *_) in _PLAIN.items()},
    Measure.PAIN: ({Quantity.PAIN}, ()),
    Measure.SYSTOLIC: (_SYSTOLIC, ()),
    Measure.DIASTOLIC: ({Quantity.DIASTOLIC}, ()),
    Measure.PRESSURE_DROP: ({Quantity.SYSTOLIC_STANDING}, ()),
    Measure.FRAILTY_LEVEL: ({Quantity.CLINICAL_FRAILTY}, {Concept.FRAILTY}),
    Measure.ANEURYSM: ({Quantity.ANEURYSM}, {Concept.AORTIC_ANEURYSM}),
    **dict.fromkeys((Measure.OTHER_FALLS, Measure.FALLS_SINCE, Measure.INJURIOUS_FALLS), _FALLS),
    Measure.FALL_RISK_SAID: ({Quantity.FALL_RISK}, ()),
    Measure.FALL_HISTORY: ({Quantity.FALL_HISTORY}, ()),
}
_READ_FROM: Mapping[str, frozenset[Measure]] = {
    read: frozenset(measure for measure, (quantities, concepts) in _FROM.items() if read in {*quantities, *concepts})
    for quantities, concepts in _FROM.values()
    for read in (*quantities, *concepts)
}


def _days_old(day: date | None, facts: Facts) -> int:
    """Undated counts as of today."""
    return (facts.today - day).days if day else 0


def _number(measurement: Measurement) -> Decimal:
    """Of a reading the facts keep: all of these have one."""
    return measurement.value or Decimal(0)


def _newest_day(found: Iterable[Measurement], facts: Facts) -> tuple[Measurement, ...]:
    """All readings of the newest day there is one of, and the undated: a date that is lost loosens nothing."""
    days = [(facts.day_of(m.when), m) for m in found]
    newest = max((day for day, _ in days if day), default=None)
    return tuple(m for day, m in days if day in (newest, None))


def _plain(measure: Measure, facts: Facts) -> Iterator[CountedReading]:
    quantity, title, unit, within = _PLAIN[measure]
    for m in _newest_day(facts.measurements_of(quantity), facts):
        day = facts.day_of(m.when)
        if within is None or _days_old(day, facts) <= facts.knowledge.whole(within):
            yield CountedReading(m.source, f"{title} {m.comparator}{m.value}{unit}", _number(m), day, m.comparator)


def _pain(facts: Facts) -> Iterator[CountedReading]:
    if pain := current_pain(facts):
        yield CountedReading(pain.source, f"pain {pain.value} of 10", pain.value, pain.on)


def _pressure(quantities: tuple[Quantity, ...], title: str, facts: Facts) -> Iterator[CountedReading]:
    """Those of the newest day, where that is this week's; else what two days of the last 30 both reach."""
    taken = [m for quantity in quantities for m in facts.measurements_of(quantity)]
    for m in _newest_day(taken, facts):
        day, value = facts.day_of(m.when), _number(m)
        age = _days_old(day, facts)
        if age > facts.knowledge.whole(ThresholdName.PRESSURE_TWICE_WITHIN):
            continue
        if age > facts.knowledge.whole(ThresholdName.PRESSURE_ALONE_WITHIN):
            value = min(value, _highest_before(day, taken, facts))
        yield CountedReading(m.source, f"{title} pressure {m.value} mmHg", value, day, m.comparator)


def _highest_before(day: date | None, taken: list[Measurement], facts: Facts) -> Decimal:
    first = facts.today - timedelta(days=facts.knowledge.whole(ThresholdName.PRESSURE_TWICE_WITHIN))
    others = (m for m in taken if (on := facts.day_of(m.when)) and on != day and on >= first)
    return max(map(_number, others), default=Decimal(0))


def _drop(facts: Facts) -> Iterator[CountedReading]:
    """Systolic lying less standing, both of one day; without a standing pressure nothing is guessed."""
    for m in _newest_day(facts.measurements_of(Quantity.SYSTOLIC_STANDING), facts):
        day = facts.day_of(m.when)
        if day is None or _days_old(day, facts) > facts.knowledge.whole(ThresholdName.TEST_WITHIN):
            continue
        standing, lying = _number(m), facts.measurements_of(Quantity.SYSTOLIC_LYING)
        for before in (_number(other) for other in lying if facts.day_of(other.when) == day):
            yield CountedReading(
                m.source, f"systolic pressure {before} lying, {standing} standing", before - standing, day
            )


def _frailty(facts: Facts) -> Iterator[CountedReading]:
    """The newest stated level, and what words called frail since then (rule book 2c, CD9)."""
    measured = [m for m in facts.chart.measurements if m.quantity is Quantity.CLINICAL_FRAILTY]
    past = [m for m in measured if m.when is None or m.when.earliest <= facts.today]
    stated = [r for m in _newest_day(past, facts) if (r := _level_of(m, facts))]
    since = max((r.day or date.min for r in stated), default=date.min)
    yield from stated
    for diagnosis in facts.chart.diagnoses:
        if Concept.FRAILTY in diagnosis.concepts and is_live(diagnosis, facts.today):
            day = began_on(diagnosis, facts.today)
            if not stated or day is None or day > since:
                level = _level_in(_all_words(diagnosis), facts) or _FRAIL
                yield CountedReading(diagnosis.source, name_words(diagnosis, facts.today), Decimal(level), day)


def _level_of(measurement: Measurement, facts: Facts) -> CountedReading | None:
    level = measurement.value or _level_in(f"CFS {measurement.text}", facts)
    if not level:
        return None
    name = f"Clinical Frailty Scale {measurement.recorded_value or level}"
    return CountedReading(measurement.source, name, Decimal(level), facts.day_of(measurement.when))


def _level_in(words: str, facts: Facts) -> int:
    """By number or by words, the frailest that is named; 0 where none is."""
    levels = [0]
    for match in facts.knowledge.phrases.found(Sign.FRAILTY_LEVEL, words):
        by_words = next((level for group, level in _LEVELS.items() if match[group]), 0)
        levels.append(int(match["level"]) if match["level"] else by_words)
    return max(levels)


def _aneurysm(facts: Facts) -> Iterator[CountedReading]:
    """In cm: the newest measured, and what the record of the aneurysm says."""
    for m in _newest_day(facts.measurements_of(Quantity.ANEURYSM), facts):
        yield CountedReading(m.source, f"aneurysm {m.value} cm", _number(m), facts.day_of(m.when), m.comparator)
    for diagnosis in facts.chart.diagnoses:
        if Concept.AORTIC_ANEURYSM in diagnosis.concepts and is_live(diagnosis, facts.today):
            sizes = [_centimeters(found["size"], found["unit"]) for found in _sizes(diagnosis, facts)]
            if sizes:
                day = began_on(diagnosis, facts.today)
                yield CountedReading(diagnosis.source, name_words(diagnosis, facts.today), max(sizes), day)


def _sizes(diagnosis: Diagnosis, facts: Facts) -> Iterator[Mapping[str, str]]:
    found = facts.knowledge.phrases.found(Sign.ANEURYSM_SIZE, _all_words(diagnosis))
    return (match.groupdict() for match in found)


def _centimeters(number: str, unit: str) -> Decimal:
    value = Decimal(number.replace(",", "."))
    return value / 10 if unit.lower() == "mm" else value


def _curve(facts: Facts) -> Iterator[CountedReading]:
    """Of the whole upper back, as any record's words have it (rule book 2a, FC11)."""
    for diagnosis in facts.chart.diagnoses:
        curve = diagnosis.collapse.curve
        if curve is not None and is_live(diagnosis, facts.today):
            day = began_on(diagnosis, facts.today)
            yield CountedReading(diagnosis.source, f"thoracic kyphosis {curve} degrees", Decimal(curve), day)


def _all_words(diagnosis: Diagnosis) -> str:
    return " ; ".join(dict.fromkeys(filter(None, (diagnosis.text, diagnosis.source.display, diagnosis.around))))
