"""What holds for every assessment and every sequence of edits (issue: invariants), by Hypothesis."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from smartapp.core.alert_codes import AlertCode
from smartapp.core.assessment import Assessment, BoneDensity, Reason, VitaminD
from smartapp.core.chart import Measurement, Source
from smartapp.core.concepts import Concept
from smartapp.core.dates import When, days_rest
from smartapp.core.kinds import Quantity, Sex
from smartapp.core.knowledge import RESTRICTION_STATES
from smartapp.core.plan import plan
from smartapp.core.plan.choosing import forbidding_restrictions
from smartapp.core.plan.guards import check_guards, is_generic_prohibition, ready, told_texts
from smartapp.core.plan.lines import plan_lines
from smartapp.core.program import DoseFlag, Fitt
from smartapp.core.proposal import ActivityKind, Choice, Component, Decision, Proposal
from smartapp.core.review import revise
from smartapp.core.states import Disposition, Impact, Phase, Prone, State, UpperBack
from tests.core.assessments import AS_OF, PATIENT, assessment, knowledge, restriction, with_concepts

K = knowledge()
BONE = st.sampled_from(["", "osteoporosis", "osteopenia", "normal", "below-expected-range"])
VITD = st.sampled_from(["", "severely-deficient", "deficient", "insufficient", "target", "above-target"])


@st.composite
def assessments(draw: st.DrawFn) -> Assessment:
    """Any disposition, phase, gates, restriction states, alerts, conditions, pain, bone class and vitamin D class."""
    facts = assessment(
        phase=draw(st.sampled_from(Phase)),
        prone=draw(st.sampled_from(Prone)),
        upper_back=draw(st.sampled_from(UpperBack)),
        impact=draw(st.sampled_from(Impact)),
        pain=draw(st.none() | st.integers(0, 10)),
        alerts=[str(code) for code in draw(st.lists(st.sampled_from(AlertCode), max_size=6, unique=True))],
        disposition=draw(st.sampled_from(Disposition)),
        patient=replace(
            PATIENT,
            sex=draw(st.sampled_from(Sex)),
            birth=draw(st.none() | st.dates(date(1930, 1, 1), date(2007, 1, 1)).map(When.day)),
        ),
    )
    if draw(st.booleans()):  # restrictions that need not fit the gates: the strictest limit wins
        states = {id_: draw(st.sampled_from(allowed)) for id_, allowed in RESTRICTION_STATES.items()}
        facts = replace(facts, restrictions=tuple(restriction(id_, state) for id_, state in states.items()))
    facts = with_concepts(facts, *draw(st.lists(st.sampled_from([str(c) for c in Concept]), max_size=5, unique=True)))
    if bone := draw(BONE):
        scan = Source("Observation/dxa")
        facts = replace(facts, bone_density=BoneDensity(bone, Decimal("-1.8"), None, AS_OF, scan, Reason("dxa")))
    if vitamin_d := draw(VITD):
        level = VitaminD(vitamin_d, Decimal(25), AS_OF, Source("Observation/vitd"), Reason("level"))
        facts = replace(facts, vitamin_d=level)
    if draw(st.booleans()):
        bmi = Measurement(Source("Observation/bmi"), Quantity.BMI, Decimal(31), When.day(AS_OF))
        facts = replace(facts, chart=replace(facts.chart, measurements=(bmi,)))
    return facts


ITEMS = st.sampled_from(
    [
        *(*K.library.exercises, *(never.id for never in K.library.never), *RESTRICTION_STATES),
        *("N-CALCIUM", "ED1", "GS8", "F-HEALING", "E14.dose", "E02.description", "R1.description", "R2.dose"),
        *("dose.frequency", "dose.frequency-max", "dose.minutes", "dose.months", "dose.days", "dose.start", "?"),
        *("dose.visits", "dose.priority"),
    ]
)
VALUES = st.sampled_from(
    [
        *(*K.library.exercises, *(never.id for never in K.library.never)),
        *("asap", "urgent", "routine"),
        *("1", "2", "3", "6", "45", "60", "90", "mon tue", "tue thu", "sun mon", "2026-03-05"),
        *("don't bend or twist", "Slowly. Instead: hinge.", "AVOID: it. Instead: walk.", "sit-ups", ""),
    ]
)
DECISIONS = st.lists(
    st.builds(Decision, ITEMS, st.sampled_from(Choice), VALUES, st.sampled_from(["", "seen today"])), max_size=8
)


def in_one_place(proposal: Proposal) -> None:
    """GU16, told anew: everything that can start stands in one block, or only at home."""
    placed = [id_ for block in proposal.session for id_ in block.exercises]
    assert len(placed) == len(set(placed))
    for activity in ready(proposal):
        assert (activity.id in placed) == (activity.block is not None)
        assert activity.block is not None or activity.home_set is not None


def no_twins_together(proposal: Proposal) -> None:
    """GU15, told anew: of twins one is in a session, odd or even."""
    for left_out in ("odd", "even"):
        done = {id_ for block in proposal.session for id_ in block.exercises if id_ not in getattr(block, left_out)}
        for twins in K.library.twins:
            assert len(done & twins.ids) <= 1


def blocks_are_wide_enough(proposal: Proposal) -> None:
    """GU14, told anew for what has sets: work and rest at the lowest dose, without the last rest."""
    fitts = {a.id: a.fitt for a in proposal.activities if a.fitt and a.fitt.sets}
    for block in proposal.session:
        for left_out in (block.odd, block.even):
            done = [fitts[id_] for id_ in block.exercises if id_ in fitts and id_ not in left_out]
            work = sum(float(f.sets[0] * (f.reps[0] if f.reps else 1)) * pace(f) for f in done)  # type: ignore
            rest = [float(f.rest_seconds[0] or 0) if f.rest_seconds else 0.0 for f in done]
            rests = sum(float(f.sets[0]) * each for f, each in zip(done, rest, strict=True))  # type: ignore
            assert block.minutes * 60 >= work + rests - (rest[-1] if rest else 0)


def pace(fitt: Fitt) -> float:
    """Seconds of one repetition, or of one set without any; both sides."""
    tempo = sum(map(float, fitt.tempo.split("-"))) if fitt.tempo else 0.0
    held = float(fitt.hold_seconds[0] or 0) if fitt.hold_seconds else 0.0
    return (tempo or held) * (2 if fitt.per_side else 1)


def must_hold(proposal: Proposal) -> None:
    facts = proposal.assessment
    exercises = [a for a in proposal.activities if a.kind is ActivityKind.EXERCISE]
    rows = K.library.exercises
    for activity in exercises:
        assert not rows[activity.id].breaks & forbidding_restrictions(facts)
        assert activity.id != "E40"
    ids = {activity.id for activity in exercises}
    assert facts.gates is not None or not exercises
    if "E29" in ids and facts.gates:
        assert facts.gates.upper_back is UpperBack.ELIGIBLE
        assert facts.gates.prone is Prone.ALLOWED
    if facts.disposition.prescribes:
        trained = {component for activity in ready(proposal) for component in activity.component}
        assert trained >= {Component.EXTENSOR, Component.RESISTANCE, Component.BALANCE}
        assert {"X01", "X02", "X03", "N-CALCIUM", "N-VITAMIN-D", "N-ENERGY"} <= {a.id for a in proposal.activities}
        assert proposal.referral is not None
        assert proposal.program and proposal.ramp
        assert days_rest(proposal.program.days)
        in_one_place(proposal)
        no_twins_together(proposal)
        blocks_are_wide_enough(proposal)
        must_fit(proposal)
        assert {id_ for block in proposal.session for id_ in block.exercises} <= {a.id for a in ready(proposal)}
    else:
        assert not exercises
        assert proposal.referral is None
    lines = plan_lines(proposal, K)
    forbid = [line.do_not_perform for line in lines]
    assert len(lines) + bool(proposal.referral) <= 25 and sum(forbid) <= 6 and forbid == sorted(forbid)
    for text in told_texts(proposal):
        assert not is_generic_prohibition(text)
    for activity in proposal.activities:
        assert activity.do_not_perform == activity.description.startswith("AVOID:")
        assert activity.reason.sources
        assert {option for option in activity.options} <= set(rows) - ids


def must_fit(proposal: Proposal) -> None:
    """The course: minutes only grow, an order is short and the sum of its visits, every review lies ahead."""
    ramp, visits, order, today = proposal.ramp, proposal.visits, proposal.referral, proposal.assessment.as_of
    assert ramp and visits and order and proposal.priority and proposal.program
    grown = [min(ramp.start + step * ramp.step_minutes, ramp.target) for step in range(40)]
    assert 0 < ramp.start <= ramp.target == proposal.program.minutes
    assert grown == sorted(grown) and (grown[-1] == ramp.target or not ramp.step_minutes)
    assert (ramp.full_dose_from is None) == (bool(ramp.held) or (not ramp.step_minutes and ramp.start < ramp.target))
    assert ramp.flag is DoseFlag.OK or ramp.reason
    assert 0 < (order.end - order.start).days <= 90
    assert order.quantity == visits.count == 1 + sum(count for count, _ in visits.schedule)
    assert order.priority == proposal.priority.value and proposal.priority.see_by > today
    assert proposal.priority.because
    assert len(proposal.reviews) >= 5 or visits.preset == "G"
    assert all(review.day > today and review.what for review in proposal.reviews)


@settings(max_examples=150, deadline=None)
@given(assessments())
def test_every_plan(facts: Assessment) -> None:
    proposal = plan(facts, K)
    must_hold(proposal)
    assert proposal.guards == check_guards(proposal, K)
    assert plan(facts, K) == proposal


@settings(max_examples=150, deadline=None)
@given(assessments(), DECISIONS)
def test_every_plan_after_any_edits(facts: Assessment, decisions: list[Decision]) -> None:
    machine = plan(facts, K)
    proposal = revise(machine, decisions, K)
    must_hold(proposal)
    assert revise(machine, decisions, K) == proposal
    # the edits that stand give the same content on their own
    again = revise(machine, proposal.decisions, K)
    assert again.content_hash == proposal.content_hash
    assert again.decisions == proposal.decisions


@settings(max_examples=60, deadline=None)
@given(assessments(), st.randoms(use_true_random=False))
def test_the_order_of_facts_is_irrelevant(facts: Assessment, random: object) -> None:
    chart = facts.chart
    shuffled = list(chart.diagnoses)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    other = plan(replace(facts, chart=replace(chart, diagnoses=tuple(shuffled))), K)
    proposal = plan(facts, K)
    assert other.fingerprint == proposal.fingerprint
    assert {a.id for a in other.activities} == {a.id for a in proposal.activities}


@settings(max_examples=60, deadline=None)
@given(assessments(), st.sampled_from(list(RESTRICTION_STATES)))
def test_a_stricter_restriction_adds_nothing_but_what_takes_the_place_of_another(facts: Assessment, id_: str) -> None:
    if facts.restriction(id_) is None:
        return
    strictest = {"R1": State.STRICT, "R2": State.STRICT, "R8": State.STRICT, "R10": State.STRICT}
    strictest |= {"R3": State.PROHIBITED, "R4": State.PROHIBITED, "R9": State.PROHIBITED, "R5": State.MODIFY}
    strictest |= {"R6": State.BLOCKED, "R7": State.BLOCKED}
    tighter = tuple(restriction(id_, strictest[id_]) if r.id == id_ else r for r in facts.restrictions)
    before = {a.id for a in plan(facts, K).activities if a.kind is ActivityKind.EXERCISE}
    after = {a.id for a in plan(replace(facts, restrictions=tighter), K).activities if a.kind is ActivityKind.EXERCISE}
    assert after <= before or before - after  # what it takes out something easier may take the place of
