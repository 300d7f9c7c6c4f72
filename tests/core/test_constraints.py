"""Every row of constraints.toml: a chart that triggers it and charts that just miss it, made from the row itself."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations

import pytest

from smartapp.core.assessment import Constraint
from smartapp.core.chart import (
    ActivityOrder,
    Attestation,
    Chart,
    Diagnosis,
    Measurement,
    Medication,
    Patient,
    Procedure,
    Source,
)
from smartapp.core.concepts import Concept
from smartapp.core.constraints import Trigger
from smartapp.core.dates import When
from smartapp.core.derive import derive
from smartapp.core.derive.constraints import in_words
from smartapp.core.derive.triggers import Hit
from smartapp.core.fracture_coding import Collapse, Region
from smartapp.core.kinds import (
    AttestationName,
    ClinicalStatus,
    DateKind,
    Measure,
    OrderKind,
    ProcedureKind,
    ProcedureState,
    Quantity,
)
from smartapp.core.plan import plan
from smartapp.core.plan.limits import why_off_track
from smartapp.core.proposal import ActivityKind, Choice, Decision
from smartapp.core.review import check_decision
from smartapp.core.states import Disposition, Prone, Severity, Track
from smartapp.core.thresholds import ThresholdName
from smartapp.errors import ReviewError
from smartapp.knowledge import load
from tests.core.charts import chart

TODAY = date(2026, 3, 1)
K = load()
RULES = {rule.name: rule for rule in K.constraints.rules}
TRIGGERS = [(rule.name, place) for rule in RULES.values() for place in range(len(rule.when))]
BASE = chart(["woman of 70", "osteopenia", "L3 fracture on 2025-10-28, routine healing"], TODAY)
ORDERS = {
    "none": OrderKind.NO_WEIGHT,
    "toe-touch": OrderKind.TOE_TOUCH,
    "partial": OrderKind.PARTIAL_WEIGHT,
    "tolerated": OrderKind.WEIGHT_AS_TOLERATED,
    "full": OrderKind.FULL_WEIGHT,
}
FIVE = (
    "stroke",
    "dementia",
    "wheelchair",
    "pressure-injury",
    "amputation",
    "fracture-upper-limb",
    "fracture-rib-sternum",
)


def days(window) -> int:
    return window if isinstance(window, int) else K.whole(window)


def ago(count: int) -> date:
    return TODAY - timedelta(days=count)


FIVE_DAYS_AGO = ago(5)


def diagnosis(concept, on: date | None, text: str = "", **said) -> Diagnosis:
    kind = DateKind.DATE if on else DateKind.ABSENT
    source = Source(f"Condition/{concept}-{text}", text or concept)
    when = When.day(on) if on else None
    said = {"clinical_status": ClinicalStatus.ACTIVE} | said
    return Diagnosis(source, frozenset({concept}), onset=when, onset_kind=kind, text=text or concept, **said)


def order(
    kind: OrderKind, quote: str = "", side: str = "left", given: date | None = FIVE_DAYS_AGO, until=None
) -> ActivityOrder:
    source = Source(f"ServiceRequest/{kind}-{side}-{given}", quote or kind)
    ends = When.day(until) if until else None
    return ActivityOrder(source, kind, quote or kind, side, When.day(given) if given else None, ends)


def procedure(kind, on: date | None, text: str = "", region=Region.UNSPECIFIED, state=ProcedureState.COMPLETED):
    source = Source(f"Procedure/{kind}", text or kind)
    return Procedure(source, kind, region, state, When.day(on) if on else None, text=text or kind)


def is_told(constraint: Constraint, notes: str) -> bool:
    """A limit is told in its words; that somebody ordered something, by the quoted order."""
    if constraint.rows != ("NS9",):
        return constraint.text in notes
    quotes = re.findall("“[^”]*”", constraint.text)
    return bool(quotes) and all(f"Ordered: {quote}" in notes for quote in quotes)


def with_(base: Chart, *facts) -> Chart:
    rooms = {
        Diagnosis: "diagnoses",
        Procedure: "procedures",
        ActivityOrder: "orders",
        Medication: "medications",
        Measurement: "measurements",
        Attestation: "attestations",
    }
    for fact in facts:
        room = rooms[type(fact)]
        base = replace(base, **{room: (*getattr(base, room), fact)})
    return base


def age_of(trigger: Trigger) -> int:
    """Days since, at the very edge of the window."""
    if trigger.after is not None:
        return days(trigger.after) + 1
    return days(trigger.within) if trigger.within is not None else 10


# What raises the alert a row starts from, beside BASE.
RAISED_BY = {
    "pain-hold": [
        Measurement(Source("Observation/1"), Quantity.PAIN, Decimal(5), When.day(ago(1))),
        diagnosis(Concept.RADICULOPATHY, ago(10)),  # holds the initial phase
    ],
    "postpartum": [diagnosis(Concept.POSTPARTUM, ago(30))],
    "radiculopathy": [diagnosis(Concept.RADICULOPATHY, ago(10))],
    "posterior-element": [diagnosis(Concept.SPONDYLOLYSIS, ago(3650))],
    "stiff-spine": [
        diagnosis(Concept.ANKYLOSED_SPINE, ago(3650)),
        Attestation(AttestationName.STABILITY_IMAGING, ago(1)),
    ],
    "drug-caution": [
        diagnosis(Concept.THIGH_PAIN, ago(10)),
        Medication(Source("MedicationRequest/2", "alendronate"), frozenset({Concept.ANTIRESORPTIVE})),
    ],
    "fracture-part-unknown": chart(["L1 fracture on 2025-10-01, other, routine healing"], TODAY).diagnoses,
}


STANDS = {
    **{said: [Attestation(AttestationName.STANDS_WITH_HELP, ago(1), value=said)] for said in ("yes", "no")},
    "not-said": [],
}
STEP = Decimal("0.1")
FELL = {Measure.OTHER_FALLS: "2 falls", Measure.FALLS_SINCE: "fall", Measure.INJURIOUS_FALLS: "fall with injury"}


def bound(limit) -> Decimal:
    return K.number(limit) if isinstance(limit, ThresholdName) else limit


def reading(measure: Measure, at_least, below, missed: int, age: int = 1) -> list:
    """What is just at the bound of a measure; ``missed``: 1 for just on the other side of it."""
    on = When.day(ago(age))
    if measure is Measure.FALL_RISK_SAID:
        said = "Low" if missed else "High"
        return [Measurement(Source("Observation/1"), Quantity.FALL_RISK, None, on, text=said)]
    if measure is Measure.FALL_HISTORY:
        return [Measurement(Source("Observation/1"), Quantity.FALL_HISTORY, Decimal(25 * (1 - missed)), on)]
    if measure is Measure.THORACIC_CURVE:
        curve = Collapse(curve=int(bound(at_least)) - missed)
        return [replace(diagnosis(Concept.DIZZINESS, ago(10)), collapse=curve)]
    if measure in FELL:
        return [diagnosis(Concept.FALLS, ago(400 if missed else 10), FELL[measure])]
    value = bound(at_least) - missed * STEP if at_least is not None else bound(below) - (1 - missed) * STEP
    if measure is Measure.PRESSURE_DROP:
        lying = Measurement(Source("Observation/1"), Quantity.SYSTOLIC_LYING, Decimal(150), on)
        return [lying, Measurement(Source("Observation/2"), Quantity.SYSTOLIC_STANDING, 150 - value, on)]
    quantity = {Measure.FRAILTY_LEVEL: Quantity.CLINICAL_FRAILTY}.get(measure) or Quantity(measure)
    return [Measurement(Source("Observation/1"), quantity, value, on)]


def leading(trigger: Trigger, age: int, words: str | None = None) -> list:
    """The fact a trigger is about, ``age`` days old."""
    text = words if words is not None else (trigger.words[0] if trigger.words else "")
    on = ago(age)
    if trigger.concepts:
        return [diagnosis(trigger.concepts[0], on, text)]
    if trigger.procedures:
        return [procedure(trigger.procedures[0], on, text)]
    if trigger.orders:
        return [order(trigger.orders[0], text, given=on)]
    if trigger.medicines:
        return [Medication(Source("MedicationRequest/1"), frozenset(trigger.medicines))]
    if trigger.spine_operation:
        cleared = [Attestation(AttestationName.SURGEON_CLEARANCE, ago(3))]
        fused = procedure(ProcedureKind.FUSION, ago(20), region=Region.LUMBAR)
        return [fused, *(cleared if trigger.spine_operation == "cleared-early" else [])]
    if trigger.alert:
        return list(RAISED_BY[trigger.alert])
    if trigger.measured:
        told = age if trigger.within is not None else 1
        return reading(trigger.measured[0], trigger.at_least, trigger.below, 0 if words is None else 1, told)
    if trigger.track:
        return [diagnosis(Concept.WHEELCHAIR, on), *STANDS[trigger.stands[0]]]
    if trigger.limits_at_least is not None:
        return [diagnosis(Concept(concept), on) for concept in FIVE]
    return []


def beside(trigger: Trigger) -> list:
    found = [diagnosis(concept, ago(10)) for concept in trigger.beside[:1]]
    stated = [state for state in trigger.weight if state != "not-stated"]
    if trigger.weight and "not-stated" not in trigger.weight:
        found.append(order(ORDERS[stated[0]], side=trigger.side or "left"))
    return found


def misses(trigger: Trigger):
    """Charts that lack one thing each."""
    lead, age = leading(trigger, age_of(trigger)), age_of(trigger)
    if trigger.within is not None:
        last = days(trigger.asked_to) if trigger.asked_to is not None else age
        yield with_(BASE, *leading(trigger, last + 1), *beside(trigger))
    if trigger.after is not None:
        yield with_(BASE, *leading(trigger, age - 1), *beside(trigger))
    if trigger.words:
        yield with_(BASE, *leading(trigger, age, "plain"), *beside(trigger))
    for word in trigger.unless_words:
        yield with_(BASE, *leading(trigger, age, word), *beside(trigger))
    if trigger.beside:
        yield with_(BASE, *lead)
    for concept in trigger.without:
        yield with_(BASE, *lead, diagnosis(concept, ago(10)))
    if trigger.weight:
        other = next(state for state in ORDERS if state not in trigger.weight)
        yield with_(BASE, *lead, order(ORDERS[other]))
    if trigger.stands:
        other = next(said for said in STANDS if said not in trigger.stands)
        yield with_(BASE, diagnosis(Concept.WHEELCHAIR, ago(age)), *STANDS[other])
    if trigger.phases:
        yield with_(BASE, *(fact for fact in lead if isinstance(fact, Measurement)))
    if trigger.side:
        yield with_(BASE, order(ORDERS[trigger.weight[0]], side="left"))
    if trigger.concepts:
        yield with_(BASE, *(replace(d, clinical_status=ClinicalStatus.RESOLVED) for d in lead), *beside(trigger))
    if trigger.procedures:
        yield with_(BASE, *(replace(p, state=ProcedureState.PENDING) for p in lead), *beside(trigger))
    if trigger.orders:
        named = (Attestation(AttestationName.LIMIT_NONE, TODAY, value=each.source.reference) for each in lead)
        yield with_(BASE, *lead, *named)
    if trigger.medicines:
        yield with_(BASE, *(replace(m, active=False) for m in lead))
    if trigger.spine_operation:
        old = procedure(ProcedureKind.FUSION, ago(90), region=Region.LUMBAR)
        yield with_(BASE, old, Attestation(AttestationName.SURGEON_CLEARANCE, ago(1)))
    if trigger.measured:
        yield with_(BASE, *leading(trigger, age, "other side"))
    if trigger.limits_at_least is not None:
        yield with_(BASE, *lead[: trigger.limits_at_least - 1])
    yield BASE if not trigger.alert else with_(BASE, diagnosis(Concept.POSTPARTUM, ago(300)))


def rows_of(found) -> set[str]:
    return {name for constraint in found.constraints for name in constraint.rows}


@pytest.mark.parametrize(("name", "place"), TRIGGERS)
def test_each_row_is_triggered_at_the_edge_of_its_window(name, place):
    rule = RULES[name]
    trigger = rule.when[place]
    found = derive(with_(BASE, *leading(trigger, age_of(trigger)), *beside(trigger)), TODAY, K)
    constraint = next(c for c in found.constraints if name in c.rows)
    assert set(rule.removes) <= set(constraint.removes) <= set(found.removed)
    assert set(rule.changes) <= set(constraint.changes)
    assert constraint.reason.sources and constraint.reason.text and "{" not in constraint.text + constraint.question
    assert "{" not in constraint.patient_text
    if rule.alert and found.disposition.prescribes:
        raised = next(alert for alert in found.alerts if alert.code == rule.alert)
        assert raised.severity is not Severity.INFO or rule.eased or K.alerts[rule.alert].severity is Severity.INFO
    if rule.closes_prone:
        assert found.gates.prone is Prone.BLOCKED
    if rule.track and found.disposition.prescribes:
        assert found.track in (rule.track, Track.BED)
    check_plan(found)


def check_plan(found) -> None:
    """No exercise that is removed stands in the plan, and each that is left out is said with the reason (B1, B2)."""
    proposal = plan(found, K)
    chosen = {a.id for a in proposal.activities if a.kind is ActivityKind.EXERCISE}
    assert not chosen & found.removed.keys()
    assert not {option for a in proposal.activities for option in a.options} & found.removed.keys()
    notes = proposal.referral.note if proposal.referral else ""
    for constraint in found.constraints if proposal.referral else ():
        assert is_told(constraint, notes)
    for id_, because in found.removed.items():
        assert all(constraint.text for constraint in because), id_


@pytest.mark.parametrize(("name", "place"), TRIGGERS)
def test_each_row_is_just_missed(name, place):
    for missed in misses(RULES[name].when[place]):
        held = derive(missed, TODAY, K)
        others = {other for other, at in TRIGGERS if other == name and at != place}
        assert name not in rows_of(held) or others, missed


def test_a_fracture_elsewhere_is_asked_about_between_12_weeks_and_180_days():
    found = derive(with_(BASE, diagnosis(Concept.FRACTURE_UPPER_LIMB, ago(100), "broken wrist")), TODAY, K)
    (constraint,) = found.constraints
    assert (constraint.removes, constraint.rows) == ((), ())
    assert constraint.question == "Does this still limit: “broken wrist”, 2025-11-21?"
    assert "limit-WP3" in {gap.concept for gap in found.gaps}


def test_what_has_no_date_counts_as_recent_and_is_asked():
    found = derive(with_(BASE, procedure(ProcedureKind.STERNOTOMY, None, "bypass")), TODAY, K)
    constraint = next(c for c in found.constraints if c.id == "WP18")
    assert "WP18" in constraint.rows and constraint.until is None
    assert "When was this, and does it still limit: “bypass”?" in constraint.question


def test_the_window_of_an_operation_ends_on_its_day():
    found = derive(with_(BASE, procedure(ProcedureKind.CERVICAL_SURGERY, ago(23))), TODAY, K)
    assert found.constraints[0].until == ago(23) + timedelta(days=84)
    opens = {name: (day, waits) for name, day, waits in found.gates.opens}
    assert opens["prone"] == (date(2026, 5, 1), "the end of: neck operation, fracture or collar")


@pytest.mark.parametrize(
    ("given", "until", "holds", "asked"),
    [
        (ago(5), TODAY, True, False),
        (ago(40), ago(1), True, True),  # past its end: until somebody answers
        (ago(365), ago(300), True, True),
        (ago(366), ago(300), False, False),
        (ago(90), None, True, False),
        (ago(91), None, True, True),
        (None, None, True, True),
        (None, ago(1), True, True),
    ],
)
def test_orders_on_weight_bearing_hold_until_they_are_answered(given, until, holds, asked):
    found = derive(with_(BASE, order(OrderKind.NO_WEIGHT, given=given, until=until)), TODAY, K)
    held = [c for c in found.constraints if c.id == "WP1"]
    assert bool(held) is holds
    assert any("still limit" in c.question for c in held) is asked


def test_other_orders_end_by_themselves():
    for kind, holds in ((OrderKind.LIFT_LIMIT, False), (OrderKind.BRACE, True)):
        found = derive(with_(BASE, order(kind, given=ago(100))), TODAY, K)
        assert bool(found.constraints) is holds


def test_a_brace_ordered_before_the_fracture_is_only_asked_about():
    found = derive(with_(BASE, order(OrderKind.BRACE, given=date(2025, 9, 1))), TODAY, K)
    brace = next(c for c in found.constraints if c.id == "WP20")
    assert (brace.rows, brace.removes) == ((), ()) and brace.question


@pytest.mark.parametrize(
    ("facts", "track", "rows"),
    [
        ([order(OrderKind.NO_WEIGHT, given=ago(20)), order(OrderKind.FULL_WEIGHT, given=ago(5))], "standing", set()),
        ([order(OrderKind.NO_WEIGHT, given=ago(5)), order(OrderKind.FULL_WEIGHT, given=ago(20))], "chair", {"WP1"}),
        ([order(OrderKind.NO_WEIGHT, side="right"), order(OrderKind.FULL_WEIGHT, given=ago(1))], "chair", {"WP1"}),
        ([order(OrderKind.PARTIAL_WEIGHT, side=""), order(OrderKind.NO_WEIGHT, given=ago(1))], "chair", {"WP1"}),
        ([order(OrderKind.NO_WEIGHT), order(OrderKind.NO_WEIGHT, side="right")], "chair", {"WP1", "WP1-both"}),
        ([order(OrderKind.NO_WEIGHT), order(OrderKind.TOE_TOUCH, side="right")], "chair", {"WP1"}),
        ([order(OrderKind.NO_WEIGHT, side="both")], "chair", {"WP1", "WP1-both"}),
        (
            [order(OrderKind.NO_WEIGHT), Attestation(AttestationName.WEIGHT_BEARING, TODAY, value="partial-left")],
            "standing",
            {"WP2-partial"},
        ),
        (
            [order(OrderKind.NO_WEIGHT), Attestation(AttestationName.WEIGHT_BEARING, TODAY, value="full-right")],
            "chair",
            {"WP1"},
        ),
        (  # an order given since is not answered by what was stated before it, nor by what is of the same day
            [order(OrderKind.NO_WEIGHT), Attestation(AttestationName.WEIGHT_BEARING, ago(6), value="full-left")],
            "chair",
            {"WP1"},
        ),
        (
            [order(OrderKind.NO_WEIGHT), Attestation(AttestationName.WEIGHT_BEARING, ago(5), value="full-left")],
            "chair",
            {"WP1"},
        ),
        (
            [order(OrderKind.NO_WEIGHT), Attestation(AttestationName.WEIGHT_BEARING, ago(4), value="full-left")],
            "standing",
            set(),
        ),
        ([Attestation(AttestationName.WEIGHT_BEARING, TODAY)], "standing", set()),
    ],
)
def test_of_weight_bearing_the_newest_leads_on_each_leg_and_the_stricter_leg_counts(facts, track, rows):
    for told in permutations(facts):
        found = derive(with_(BASE, *told), TODAY, K)
        assert found.track == track
        assert {name for name in rows_of(found) if name.startswith(("WP1", "WP2"))} == rows


def test_an_order_is_repeated_as_it_was_given():
    """The bare prohibition that no text of ours may be stands in quotation marks, and in nobody else's words."""
    asked = order(OrderKind.NO_BENDING_LIFTING_TWISTING, "no bending, lifting or “twisting”", given=None)
    found = derive(with_(BASE, asked), TODAY, K)
    assert "Ordered: “no bending, lifting or twisting”." in found.constraints[0].text
    proposal = plan(found, K)
    assert "“no bending, lifting or twisting”" in proposal.referral.note
    with pytest.raises(ReviewError, match="bare prohibition"):
        check_decision(proposal, Decision("E20", Choice.CHANGE, "“No bending.”", "why"), K)


def test_bed_comes_before_chair():
    both = with_(BASE, diagnosis(Concept.WHEELCHAIR, ago(9)), diagnosis(Concept.BED_BOUND, ago(9)))
    assert derive(both, TODAY, K).track is Track.BED
    assert derive(BASE, TODAY, K).track is Track.STANDING


def test_several_keep_sets_leave_what_all_of_them_keep():
    facts = [diagnosis(Concept.PALLIATIVE, ago(9)), diagnosis(Concept.FRACTURE_HIP_FEMUR, ago(9))]
    found = derive(with_(BASE, *facts), TODAY, K)
    chosen = {a.id for a in plan(found, K).activities if a.kind is ActivityKind.EXERCISE}
    assert chosen == {"E02", "E05", "E07"}


def test_where_no_exercise_is_left_nothing_is_prescribed():
    found = derive(with_(BASE, order(OrderKind.NO_EXERCISE)), TODAY, K)
    assert found.disposition is Disposition.CONFIRM_FIRST
    assert found.gates.prone is Prone.BLOCKED and "leaves no exercise" in found.gates.reasons[0][1].text
    assert {alert.code for alert in found.alerts} >= {"activity-order"}


def test_a_medicine_that_could_not_be_read_is_asked_for_not_concluded():
    clot = with_(BASE, diagnosis(Concept.VTE, ago(6)))
    assert derive(clot, TODAY, K).disposition is Disposition.CONFIRM_FIRST
    found = derive(replace(clot, medicines_unread=True), TODAY, K)
    assert found.disposition.prescribes and "WP32-untreated" not in rows_of(found)
    assert "Does this still limit" in found.constraints[0].question


def test_comfort_leaves_out_supplements_scans_and_the_goals_of_bone_gain():
    found = derive(with_(BASE, diagnosis(Concept.PALLIATIVE, ago(9))), TODAY, K)
    proposal = plan(found, K)
    assert [goal.id for goal in proposal.goals] == ["GS1-wish"]
    assert not {"N-CALCIUM", "N-VITAMIN-D", "F-DXA", "F-25OHD"} & {a.id for a in proposal.activities}
    assert (proposal.program.minutes, proposal.months) == (20, 3)
    assert any("No safe resistance exercise is left: the therapist decides." in said for said in proposal.warnings)


def test_a_clinician_cannot_choose_what_a_limit_removes_nor_what_another_programme_is_for():
    standing = plan(derive(with_(BASE, procedure(ProcedureKind.KNEE_REPLACEMENT, ago(9))), TODAY, K), K)
    with pytest.raises(ReviewError, match="No kneeling on the new knee"):
        check_decision(standing, Decision("E22", Choice.CHANGE, "E17", "why"), K)
    with pytest.raises(ReviewError, match="does not belong to the standing programme"):
        check_decision(standing, Decision("E22", Choice.CHANGE, "E42", "why"), K)
    seated = plan(derive(with_(BASE, diagnosis(Concept.WHEELCHAIR, ago(9))), TODAY, K), K)
    with pytest.raises(ReviewError, match="does not belong to the chair programme"):
        check_decision(seated, Decision("E41", Choice.CHANGE, "E08", "why"), K)


def test_a_shorter_session_keeps_its_reason_when_the_dose_is_edited():
    seated = plan(derive(with_(BASE, diagnosis(Concept.WHEELCHAIR, ago(9))), TODAY, K), K)
    assert seated.program.minutes == 30 and "GU5" not in seated.guards
    assert "30 minutes as tolerated" in dict(seated.overrides)["GU5"]
    assert [block.minutes for block in seated.session] == [2, 2, 5, 12, 5, 4]


def test_nobody_trains_balance_alone_at_home_who_falls():
    home = {
        a.id for a in plan(derive(with_(BASE, diagnosis(Concept.FALLS, ago(9))), TODAY, K), K).activities if a.home_set
    }
    assert "E02" in home and not {"E22", "E24", "E27"} & home


def test_without_a_spinal_fracture_there_is_nothing_to_limit():
    bare = Chart(Patient("Patient/1"), (diagnosis(Concept.WHEELCHAIR, ago(9)),))
    assert derive(bare, TODAY, K).constraints == ()


def test_places_in_a_text_are_filled_from_the_record_that_limits_longest():
    first, second = Hit(Source("a"), "order"), Hit(Source("b"), "order", TODAY, TODAY, "left")
    assert in_words("the {side} leg {until}, {date}", (second,)) == "the left leg until 2026-03-01, on 2026-03-01"
    assert in_words("the {side} leg {limit_end}", (second,)) == "the left leg until March 1"
    assert in_words("the {side} leg {limit_end}", (first,)) == "the leg until your care team says so"
    assert in_words("the {side} leg {until}, {date}", (first, second)).startswith("either leg until somebody")


def test_a_record_that_was_answered_limits_no_more():
    knee = procedure(ProcedureKind.KNEE_REPLACEMENT, ago(9))
    answer = Attestation(AttestationName.LIMIT_NONE, ago(1), value=knee.source.reference)
    assert derive(with_(BASE, knee, answer), TODAY, K).constraints == ()
    early = replace(answer, on=ago(10))
    assert rows_of(derive(with_(BASE, knee, early), TODAY, K)) == {"WP12"}


@pytest.mark.parametrize(("said", "holds"), [(ago(1), True), (TODAY, False)])
@pytest.mark.parametrize(
    ("fact", "name", "row"),
    [
        (procedure(ProcedureKind.HIP_REPLACEMENT, None, "hip"), AttestationName.HIP_PRECAUTIONS_LIFTED, "WP11"),
        (order(OrderKind.BRACE, given=None), AttestationName.BRACE_WEANED, "WP20"),
    ],
)
def test_what_has_no_day_is_ended_by_what_is_said_today_only(fact, name, row, said, holds):
    found = derive(with_(BASE, fact, Attestation(name, said)), TODAY, K)
    assert any(each.startswith(row) for each in rows_of(found)) is holds


@pytest.mark.parametrize(("said", "holds"), [(ago(6), True), (ago(5), False), (TODAY, False), (ago(-1), True)])
def test_only_what_is_said_since_an_order_was_given_ends_it(said, holds):
    ordered = order(OrderKind.NO_WEIGHT, given=ago(5))
    answer = Attestation(AttestationName.LIMIT_NONE, said, value=ordered.source.reference)
    assert ("WP1" in rows_of(derive(with_(BASE, ordered, answer), TODAY, K))) is holds


def test_a_keep_set_belongs_to_no_programme():
    found = derive(
        with_(BASE, diagnosis(Concept.FRACTURE_HIP_FEMUR, ago(9)), order(OrderKind.PARTIAL_WEIGHT)), TODAY, K
    )
    assert found.track is Track.STANDING
    assert why_off_track(K.library.exercises["E41"], found, K) == ""
    assert why_off_track(K.library.exercises["E41"], derive(BASE, TODAY, K), K)


def test_what_takes_the_place_must_fit_the_patient_and_the_programme():
    """In a chair the band is left out with the arm, and the press into the back of the chair stands in for it."""
    facts = [diagnosis(Concept.WHEELCHAIR, ago(9)), diagnosis(Concept.FRACTURE_UPPER_LIMB, ago(9))]
    lines = plan(derive(with_(BASE, *facts), TODAY, K), K)
    assert "Stands in for E19" in lines.activity("E01").reason.text
    assert lines.activity("E19") is None and lines.activity("E09") is None
    rest = [order(OrderKind.BED_REST), diagnosis(Concept.PRESSURE_INJURY, ago(9))]
    in_bed = plan(derive(with_(BASE, *rest), TODAY, K), K)
    assert in_bed.activity("E02") is None and in_bed.activity("E01") is None
