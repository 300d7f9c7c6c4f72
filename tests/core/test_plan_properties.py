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
from smartapp.core.plan.guards import check_guards, is_generic_prohibition, ready, texts_of
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
    ]
)
VALUES = st.sampled_from(
    [
        *(*K.library.exercises, *(never.id for never in K.library.never)),
        *("1", "2", "3", "6", "45", "60", "90", "mon tue", "tue thu", "sun mon", "2026-03-05"),
        *("don't bend or twist", "Slowly. Instead: hinge.", "AVOID: it. Instead: walk.", "sit-ups", ""),
    ]
)
DECISIONS = st.lists(
    st.builds(Decision, ITEMS, st.sampled_from(Choice), VALUES, st.sampled_from(["", "seen today"])), max_size=8
)


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
        assert sum(block.minutes for block in proposal.session) == proposal.ramp.now
        assert {id_ for block in proposal.session for id_ in block.exercises} <= {a.id for a in ready(proposal)}
    else:
        assert not exercises
        assert proposal.referral is None
    for text in texts_of(proposal):
        assert not is_generic_prohibition(text)
    for activity in proposal.activities:
        assert activity.do_not_perform == activity.description.startswith("AVOID:")
        assert activity.reason.sources
        assert {option for option in activity.options} <= set(rows) - ids


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
def test_a_stricter_restriction_never_adds_an_exercise(facts: Assessment, id_: str) -> None:
    if facts.restriction(id_) is None:
        return
    strictest = {"R1": State.STRICT, "R2": State.STRICT, "R8": State.STRICT, "R10": State.STRICT}
    strictest |= {"R3": State.PROHIBITED, "R4": State.PROHIBITED, "R9": State.PROHIBITED, "R5": State.MODIFY}
    strictest |= {"R6": State.BLOCKED, "R7": State.BLOCKED}
    tighter = tuple(restriction(id_, strictest[id_]) if r.id == id_ else r for r in facts.restrictions)
    before = {a.id for a in plan(facts, K).activities if a.kind is ActivityKind.EXERCISE}
    after = {a.id for a in plan(replace(facts, restrictions=tighter), K).activities if a.kind is ActivityKind.EXERCISE}
    assert after <= before
