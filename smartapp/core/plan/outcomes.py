"""Assessment -> the tests of rule book 2b, 5.1, as the chart has them, and which to ask for now.

The newest result counts, of several on one day the one that is worst; one that is too old, undated or given with a
bound is shown and not built on.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from smartapp.core.assessment import Assessment
from smartapp.core.chart import Measurement
from smartapp.core.dates import age_on, known_by
from smartapp.core.derive.walking_aid import WALKED, is_of_another_aid
from smartapp.core.knowledge import Knowledge
from smartapp.core.outcomes import BetterWhen, OutcomeTest
from smartapp.core.plan.pain import is_comfort_care
from smartapp.core.program import OutcomeMeasure
from smartapp.core.states import Phase, Prone, Track
from smartapp.core.threshold_words import shown_number
from smartapp.core.thresholds import ThresholdName

WORSE = "worse"  # how a trend ends that goes the wrong way
_OF_ALERTS = frozenset({"nrs", "height", "occiput-wall"})  # alerts of their own tell what got worse (CX19, CX20)


def outcome_measures(assessment: Assessment, knowledge: Knowledge) -> tuple[OutcomeMeasure, ...]:
    """Every test with a result, and what is asked for at the first visit or has to wait, in the order of the rows."""
    tests = knowledge.library.tests
    found = {test.id: _measure(test, assessment, knowledge) for test in tests.values()}
    waiting = {tests[id_].instead for id_, measure in found.items() if measure.wait} - {""}
    return tuple(
        replace(measure, asked=True) if measure.row in waiting and not measure.wait else measure
        for measure in found.values()
    )


def _measure(test: OutcomeTest, assessment: Assessment, knowledge: Knowledge) -> OutcomeMeasure:
    results = _results(test, assessment)
    newest = results[0] if results else None
    wait = why_not_now(test, assessment, knowledge) if assessment.disposition.prescribes else ""
    day = _day(newest, assessment) if newest else None
    value = newest.value if newest else None
    return OutcomeMeasure(
        row=test.id,
        code=next((code for _, code, _ in knowledge.codes.codings(test.code)), "") if test.code else "",
        title=test.title,
        value=value,
        unit=test.unit_words,
        day=day,
        cut_off=_cut_off(test, assessment),
        trend=_trend(test, results, assessment),
        source=newest.source.reference if newest else "",
        usable=newest is not None and _is_usable(test, newest, assessment),
        at_risk=value is not None and is_at_risk(test, value, assessment),
        asked=test.first_visit and not wait and assessment.disposition.prescribes,
        wait=wait,
    )


def measure_notes(measures: tuple[OutcomeMeasure, ...], assessment: Assessment, knowledge: Knowledge) -> Iterator[str]:
    """What usable results tell the therapist: beyond the cut-off (OM3, OM5, OM6), and worse than before (OM8)."""
    for measure in measures if not is_comfort_care(assessment) else ():
        if not measure.usable or measure.value is None:
            continue
        value, test = shown_number(measure.value), knowledge.library.tests[measure.row]
        if measure.at_risk and test.at_risk_note:
            yield test.at_risk_note.format(value=value)
        if measure.trend.endswith(WORSE) and measure.row not in _OF_ALERTS:
            now = f"{value} {measure.unit}"
            text = knowledge.library.programme.texts["test-worse"]
            yield text.format(test=measure.title, now=now, trend=measure.trend)


def _day(found: Measurement, assessment: Assessment) -> date | None:
    return known_by(found.when, assessment.as_of) if found.when else None


def _results(test: OutcomeTest, assessment: Assessment) -> list[Measurement]:
    """Newest first; of one day the worst first; undated last."""
    found = [
        m
        for m in assessment.chart.measurements
        if m.quantity is test.quantity
        and m.value is not None
        and (m.when is None or m.when.earliest <= assessment.as_of)
    ]
    worst = -1 if test.better is BetterWhen.LOWER else 1
    found.sort(key=lambda m: (m.value or Decimal(0)) * worst)
    return sorted(found, key=lambda m: _day(m, assessment) or date.min, reverse=True)


def _is_usable(test: OutcomeTest, newest: Measurement, assessment: Assessment) -> bool:
    day = _day(newest, assessment)
    fresh = day is not None and (assessment.as_of - day).days <= test.within
    return fresh and not newest.comparator and not is_of_another_aid(newest, assessment.chart, assessment.as_of)


def age_of(assessment: Assessment) -> int | None:
    birth = assessment.chart.patient.birth
    return age_on(birth, assessment.as_of) if birth else None


def line_of(test: OutcomeTest, assessment: Assessment) -> Decimal | None:
    """The cut-off for this patient, below which a result is at risk."""
    return test.line(age_of(assessment), assessment.chart.patient.sex)


def is_at_risk(test: OutcomeTest, value: Decimal, assessment: Assessment) -> bool:
    line = line_of(test, assessment)
    return (test.at_risk_from is not None and value >= test.at_risk_from) or (line is not None and value < line)


def _cut_off(test: OutcomeTest, assessment: Assessment) -> str:
    line = line_of(test, assessment)
    if "{line}" not in test.cut_off:
        return test.cut_off
    return test.cut_off.format(line=shown_number(line)) if line is not None else ""


def _trend(test: OutcomeTest, results: list[Measurement], assessment: Assessment) -> str:
    """``15.2 on 2026-01-10: better``, against the result before; a change below the smallest that counts is none."""
    days = [_day(m, assessment) for m in results]
    earlier = next((n for n, day in enumerate(days) if day and days[0] and day < days[0]), None)
    if earlier is None or results[0].comparator or results[earlier].comparator:
        return ""
    now, before = results[0].value or Decimal(0), results[earlier].value or Decimal(0)
    said = f"{shown_number(before)} on {days[earlier]}"
    aids = {results[0].device, results[earlier].device} - {""}
    if test.quantity in WALKED and len(aids) > 1:
        return f"{said}: with another walking aid, not compared"
    gained = before - now if test.better is BetterWhen.LOWER else now - before
    if test.change is None or abs(gained) < test.change:
        return f"{said}: no clear change"
    return f"{said}: {'better' if gained > 0 else WORSE}"


def why_not_now(test: OutcomeTest, assessment: Assessment, knowledge: Knowledge) -> str:
    """Why the test has to wait or is not done at all, in words; empty where it may be asked for."""
    return next(_reasons(test, assessment, knowledge), "")


def _reasons(test: OutcomeTest, assessment: Assessment, knowledge: Knowledge) -> Iterator[str]:
    wanted, pain = test.conditions, assessment.pain
    limits = {limit.id: limit for limit in assessment.constraints}
    if is_comfort_care(assessment) and not wanted.in_comfort_care:
        yield "comfort comes first"
    severe = knowledge.number(ThresholdName.PAIN_SEVERE_FROM)
    if pain is not None and pain >= severe and not wanted.in_any_pain:
        yield f"not at pain {shown_number(severe)} or more"
    removed = assessment.removed.keys()
    taken = next((ids for ids in wanted.without if removed >= set(ids)), ())
    if taken or not limits.keys().isdisjoint(wanted.not_with):
        because = [limit for id_, limit in limits.items() if set(taken) & set(limit.removes) or id_ in wanted.not_with]
        yield f"not with: {', '.join(dict.fromkeys(limit.title for limit in because))}"
    if wanted.tracks and (assessment.track or Track.STANDING) not in wanted.tracks:
        yield f"not in the {assessment.track} programme"
    phase = assessment.effective_phase or Phase.INITIAL
    if wanted.phases and phase not in wanted.phases:
        yield f"not in the {phase} phase"
    if wanted.pain_to is not None and pain is not None and pain > wanted.pain_to:
        yield f"when pain is {shown_number(wanted.pain_to)} or less"
    yield from _not_yet(test, assessment)


def _not_yet(test: OutcomeTest, assessment: Assessment) -> Iterator[str]:
    wanted, age = test.conditions, age_of(assessment)
    since = (assessment.as_of - assessment.anchor.day).days if assessment.anchor else 0
    if wanted.days_from is not None and since < wanted.days_from:
        yield f"from day {wanted.days_from} after the fracture"
    if wanted.age_from is not None and (age is None or age < wanted.age_from):
        yield f"from {wanted.age_from} years"
    if wanted.prone_open and (assessment.gates is None or assessment.gates.prone is not Prone.ALLOWED):
        yield "when lying prone is allowed"
