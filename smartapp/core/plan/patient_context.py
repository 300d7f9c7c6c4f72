"""Assessment -> what the conditions of the plan's knowledge can ask, and the chart facts that answer them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from smartapp.core.assessment import Assessment
from smartapp.core.chart import Chart, Diagnosis, Measurement, Source
from smartapp.core.derive.facts import is_live
from smartapp.core.kinds import Quantity, Sex, Verification
from smartapp.core.knowledge import Knowledge
from smartapp.core.library import Condition
from smartapp.core.states import Healing
from smartapp.core.thresholds import ThresholdName


@dataclass(frozen=True)
class PatientContext:
    """One patient on one day, as far as exercises and advice depend on it."""

    alerts: frozenset[str]
    concepts: frozenset[str]
    bone: str
    vitamin_d: str  # class, or ``missing``
    calcium: str  # ``base``, ``older``, or empty where age or sex is not on record
    pain: Decimal | None
    bmi: Measurement | None
    prescribes: bool
    healed: bool


def patient_context(assessment: Assessment, knowledge: Knowledge) -> PatientContext:
    """The patient's situation; a missing fact stays missing and meets no condition."""
    chart = assessment.chart
    taken = [medication.concepts for medication in chart.medications if medication.active]
    present = [diagnosis.concepts for diagnosis in chart.diagnoses if is_present(diagnosis, assessment.as_of)]
    return PatientContext(
        alerts=frozenset(alert.code for alert in assessment.alerts),
        concepts=frozenset().union(*taken, *present),
        bone=assessment.bone_density.cls if assessment.bone_density else "",
        vitamin_d=assessment.vitamin_d.cls if assessment.vitamin_d else "missing",
        calcium=_calcium(assessment, knowledge),
        pain=assessment.pain,
        bmi=newest_value(chart, Quantity.BMI, assessment.as_of),
        prescribes=assessment.disposition.prescribes,
        healed=assessment.healing is Healing.HEALED,
    )


def is_present(diagnosis: Diagnosis, as_of: date) -> bool:
    """Confirmed and not over; a missing clinical status counts as present, the cautious side."""
    return diagnosis.verification is Verification.CONFIRMED and is_live(diagnosis, as_of)


def newest_value(chart: Chart, quantity: Quantity, as_of: date) -> Measurement | None:
    """The latest dated value of the quantity not after ``as_of``; equal dates by reference, so order is irrelevant."""
    dated = [
        (m.when.latest, m.source.reference, m)
        for m in chart.measurements
        if m.quantity is quantity and m.value is not None and m.when is not None and m.when.latest <= as_of
    ]
    return max(dated, key=lambda entry: entry[:2])[2] if dated else None


def age_in_years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _calcium(assessment: Assessment, knowledge: Knowledge) -> str:
    """Which daily total applies (BHOF): older men and older women the higher one. Empty where it cannot be told."""
    patient = assessment.chart.patient
    limits = {
        Sex.MALE: ThresholdName.CALCIUM_OLDER_MEN_FROM_AGE,
        Sex.FEMALE: ThresholdName.CALCIUM_OLDER_WOMEN_FROM_AGE,
    }
    if patient.birth is None or patient.sex not in limits:
        return ""
    threshold = knowledge.whole(limits[patient.sex])
    possible = (patient.birth.earliest, patient.birth.latest)
    ages = {age_in_years(born, assessment.as_of) >= threshold for born in possible}
    return "" if len(ages) > 1 else ("older" if ages.pop() else "base")


def holds(condition: Condition, facts: PatientContext) -> bool:
    """Every field that is set holds."""
    bmi = facts.bmi.value if facts.bmi else None
    return all(
        (
            not condition.alert or condition.alert in facts.alerts,
            not condition.concept or condition.concept in facts.concepts,
            not condition.bone or condition.bone == facts.bone,
            not condition.vitamin_d or condition.vitamin_d == facts.vitamin_d,
            not condition.calcium or condition.calcium == facts.calcium,
            condition.pain_at_least is None or (facts.pain is not None and facts.pain >= condition.pain_at_least),
            condition.bmi_at_least is None or (bmi is not None and bmi >= condition.bmi_at_least),
            condition.prescribes is None or condition.prescribes == facts.prescribes,
            condition.healed is None or condition.healed == facts.healed,
        )
    )


def evidence(condition: Condition, assessment: Assessment, facts: PatientContext) -> tuple[Source, ...]:
    """The chart facts by which ``condition`` holds; empty where it rests on something missing."""
    found: list[Source] = []
    if condition.alert:
        found += [s for alert in assessment.alerts if alert.code == condition.alert for s in alert.reason.sources]
    if condition.concept:
        found += [
            d.source
            for d in assessment.chart.diagnoses
            if condition.concept in d.concepts and is_present(d, assessment.as_of)
        ]
        found += [m.source for m in assessment.chart.medications if condition.concept in m.concepts and m.active]
    if condition.bone and assessment.bone_density and assessment.bone_density.source:
        found.append(assessment.bone_density.source)
    if condition.vitamin_d and assessment.vitamin_d:
        found.append(assessment.vitamin_d.source)
    if condition.pain_at_least is not None:
        pain = newest_value(assessment.chart, Quantity.PAIN, assessment.as_of)
        found += [pain.source] if pain else []
    if condition.bmi_at_least is not None and facts.bmi:
        found.append(facts.bmi.source)
    return tuple(sorted(dict.fromkeys(found), key=lambda source: source.reference))
