"""Measurements against their limits: below or above as the comparator allows, and whether too old to stand; and what
follows from pain (rule book 2.3), weight, drinks and tobacco (S29, S34, S35).

An old reading raises nothing and is asked for again, with what it said and when. It opens nothing either: an exercise
left out because of an old BMI stays out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from smartapp.core.alert_codes import AlertCode
from smartapp.core.chart import Measurement, Source
from smartapp.core.concepts import Concept, Topic
from smartapp.core.dates import add_months
from smartapp.core.derive.facts import Facts, Pain, began_on
from smartapp.core.derive.notes import Notes, alert, gap, rule_missed
from smartapp.core.kinds import Quantity
from smartapp.core.thresholds import ThresholdName

# Signs of a moment; malnutrition and eating disorders are diagnoses and stand until they are recorded as over.
SIGNS = (Concept.UNDERWEIGHT, Concept.WEIGHT_LOSS)
_QUESTIONS = {
    AlertCode.LOW_ENERGY_AVAILABILITY: ("weight", "What do weight and BMI say now?"),
    AlertCode.ALCOHOL_HIGH: ("alcohol", "How many drinks a day now?"),
    AlertCode.TOBACCO: ("tobacco", "Does the patient smoke now?"),
}


def newest_reading(quantity: Quantity, facts: Facts) -> Measurement | None:
    """The newest reading with a number; an undated one only where nothing is dated."""
    return next(iter(facts.measurements_of(quantity)), None)


def is_below(reading: Measurement, limit: ThresholdName, facts: Facts) -> bool:
    """Whether the reading lies below the limit; “<30” lies below 30."""
    bound, value = facts.knowledge.number(limit), reading.value
    return value is not None and (value < bound or (reading.comparator == "<" and value <= bound))


def is_above(reading: Measurement, limit: ThresholdName, facts: Facts) -> bool:
    """Whether the reading lies above the limit; “>100” lies above 100."""
    bound, value = facts.knowledge.number(limit), reading.value
    return value is not None and (value > bound or (reading.comparator == ">" and value >= bound))


def is_stale(day: date | None, facts: Facts) -> bool:
    """Whether something of that day is too old to speak of today (ours); so is something without a date."""
    return day is None or facts.today > add_months(day, facts.knowledge.whole(ThresholdName.READING_STALE_AFTER))


def number_words(reading: Measurement) -> str:
    """The number with its comparator, as a sentence names it."""
    return f"{reading.comparator}{reading.value}"


def latest_wordless(readings: Sequence[Measurement], facts: Facts) -> Measurement | None:
    """The newest of readings without a number, by day and reference; none dated after today."""
    past = [m for m in readings if m.when is None or m.when.earliest <= facts.today]
    return max(past, key=lambda m: (str(facts.day_of(m.when) or ""), m.source.reference), default=None)


def note_pain(pain: Pain | None, facts: Facts) -> Notes:
    """PAIN_HOLD above 3; from 7 with a look at red flags, from 8 with the reason before the exercise (RF14)."""
    if pain is None:
        why = f"No current pain score is recorded. {facts.not_understood(Topic.PAIN)}".strip()
        yield rule_missed("alert.pain-hold", why, ("S07", "S42"))
        return
    why = f"{pain.value} of 10 on {pain.on}."
    if pain.value >= facts.knowledge.number(ThresholdName.PAIN_VERY_SEVERE_FROM):
        yield alert(AlertCode.PAIN_HOLD, why, [pain.source], variant="very-severe")
    elif pain.value >= facts.knowledge.number(ThresholdName.PAIN_SEVERE_FROM):
        yield alert(AlertCode.PAIN_HOLD, why, [pain.source], variant="severe")
    elif pain.value > facts.knowledge.number(ThresholdName.PAIN_PERMITS_TO):
        yield alert(AlertCode.PAIN_HOLD, why, [pain.source])
    else:
        yield rule_missed("alert.pain-hold", f"Pain permits: {why}", ("S07", "S42"), [pain.source])


def note_habits(facts: Facts) -> Notes:
    """Raise what is recent; ask again for what is old."""
    bmi = newest_reading(Quantity.BMI, facts)
    if bmi and is_below(bmi, ThresholdName.BMI_LOW_BELOW, facts):
        yield from _note_habit(
            AlertCode.LOW_ENERGY_AVAILABILITY, f"BMI {number_words(bmi)}", bmi.source, facts.day_of(bmi.when), facts
        )
    for sign in facts.live(*SIGNS):
        said = sign.text or sign.source.display
        since = began_on(sign, facts.today) or facts.today  # recorded as present, without a day: present
        yield from _note_habit(AlertCode.LOW_ENERGY_AVAILABILITY, said, sign.source, since, facts)
    yield from _note_alcohol(facts)
    smoking = latest_wordless([m for m in facts.chart.measurements if m.quantity is Quantity.SMOKING], facts)
    if smoking and smoking.text == "current":
        yield from _note_habit(AlertCode.TOBACCO, "Current smoker", smoking.source, facts.day_of(smoking.when), facts)


def _note_alcohol(facts: Facts) -> Notes:
    """In grams: what a drink holds differs between countries (rule book 2a, CO2)."""
    newest = max(_alcohol(facts), key=lambda told: facts.day_of(told[0].when) or date.min, default=None)
    if newest is None:
        return
    told, grams, said = newest
    if is_above(grams, ThresholdName.ALCOHOL_ABOVE, facts):
        counts = (grams.value or 0) >= facts.knowledge.number(ThresholdName.ALCOHOL_FRAX_FROM)
        day, variant = facts.day_of(told.when), "frax" if counts else ""
        yield from _note_habit(AlertCode.ALCOHOL_HIGH, said, told.source, day, facts, variant)


def _alcohol(facts: Facts) -> Iterator[tuple[Measurement, Measurement, str]]:
    """The newest of each kind: as told, in grams a day, and in words."""
    if told := newest_reading(Quantity.ALCOHOL_GRAMS, facts):
        yield told, told, f"{number_words(told)} grams of alcohol a day"
    drinks = newest_reading(Quantity.ALCOHOL, facts)
    if drinks and drinks.value is not None:
        each = facts.knowledge.number(ThresholdName.GRAMS_PER_DRINK)
        grams = replace(drinks, value=drinks.value * each)
        yield drinks, grams, f"{number_words(drinks)} drinks of {each} grams a day"


def _note_habit(code: AlertCode, said: str, source: Source, day: date | None, facts: Facts, variant: str = "") -> Notes:
    when = f"of {day}" if day else "without a date"
    if not is_stale(day, facts):
        yield alert(code, f"{said} ({day}).", [source], variant=variant)
        return
    concept, question = _QUESTIONS[code]
    months = facts.knowledge.whole(ThresholdName.READING_STALE_AFTER)
    yield gap(
        concept, question, f"On record: {said}, {when}. Older than {months} months or undated, it raises nothing."
    )
    yield rule_missed(
        f"alert.{code}", f"Too old: {said}, {when}.", facts.knowledge.alerts[code].origin.statements, [source]
    )


_PROBABILITIES = (
    (Quantity.FRACTURE_PROBABILITY, "major fracture", ThresholdName.FRAX_MAJOR_FROM),
    (Quantity.HIP_FRACTURE_PROBABILITY, "hip fracture", ThresholdName.FRAX_HIP_FROM),
)


def note_probability(facts: Facts) -> Notes:
    """The newest FRAX of each kind (rule book 2a, TX17); silent where care is palliative (2c, CX15)."""
    if facts.palliative:
        return
    for quantity, title, level in _PROBABILITIES:
        if found := newest_reading(quantity, facts):
            why = f"FRAX {number_words(found)} % ({title}){f', {day}' if (day := facts.day_of(found.when)) else ''}."
            high = found.value is not None and found.value >= facts.knowledge.number(level)
            variant = "treatment-level" if high else ""
            yield alert(AlertCode.FRACTURE_PROBABILITY, why, [found.source], variant=variant)
