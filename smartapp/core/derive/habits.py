"""Nutrition and habits (S29, S34, S35): weight, drinks and tobacco, and which of them are too old to speak of today.

An old reading raises nothing and is asked for again, with what it said and when. It opens nothing either: an exercise
left out because of an old BMI stays out.
"""

from datetime import date

from smartapp.core.alert_codes import AlertCode
from smartapp.core.chart import Quantity, Source
from smartapp.core.concepts import Concept
from smartapp.core.derive.facts import Facts, dated
from smartapp.core.derive.notes import Notes, alert, gap, nearly
from smartapp.core.derive.readings import is_above, is_below, is_stale, latest, newest, shown
from smartapp.core.threshold_names import ThresholdName

# Signs of a moment; malnutrition and eating disorders are diagnoses and stand until they are recorded as over.
SIGNS = (Concept.UNDERWEIGHT, Concept.WEIGHT_LOSS)
_QUESTIONS = {
    AlertCode.LOW_ENERGY_AVAILABILITY: ("weight", "What do weight and BMI say now?"),
    AlertCode.ALCOHOL_HIGH: ("alcohol", "How many drinks a day now?"),
    AlertCode.TOBACCO: ("tobacco", "Does the patient smoke now?"),
}


def note_habits(facts: Facts) -> Notes:
    """Raise what is recent; ask again for what is old."""
    bmi, drinks = newest(Quantity.BMI, facts), newest(Quantity.ALCOHOL, facts)
    if bmi and is_below(bmi, ThresholdName.BMI_LOW_BELOW, facts):
        yield from _note(
            AlertCode.LOW_ENERGY_AVAILABILITY, f"BMI {shown(bmi)}", bmi.source, facts.day_of(bmi.when), facts
        )
    for sign in facts.live(*SIGNS):
        said = sign.text or sign.source.display
        since = dated(sign, facts.today) or facts.today  # recorded as present, without a day: present
        yield from _note(AlertCode.LOW_ENERGY_AVAILABILITY, said, sign.source, since, facts)
    if drinks and is_above(drinks, ThresholdName.ALCOHOL_ABOVE, facts):
        said = f"{shown(drinks)} drinks a day"
        yield from _note(AlertCode.ALCOHOL_HIGH, said, drinks.source, facts.day_of(drinks.when), facts)
    smoking = latest([m for m in facts.chart.measurements if m.quantity is Quantity.SMOKING], facts)
    if smoking and smoking.text == "current":
        yield from _note(AlertCode.TOBACCO, "Current smoker", smoking.source, facts.day_of(smoking.when), facts)


def _note(code: AlertCode, said: str, source: Source, day: date | None, facts: Facts) -> Notes:
    when = f"of {day}" if day else "without a date"
    if not is_stale(day, facts):
        yield alert(code, f"{said} ({day}).", [source])
        return
    concept, question = _QUESTIONS[code]
    months = facts.knowledge.whole(ThresholdName.READING_STALE_AFTER)
    yield gap(
        concept, question, f"On record: {said}, {when}. Older than {months} months or undated, it raises nothing."
    )
    yield nearly(f"alert.{code}", f"Too old: {said}, {when}.", facts.knowledge.alerts[code].origin.statements, [source])
