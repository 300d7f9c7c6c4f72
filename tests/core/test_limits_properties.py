"""Limits of the whole patient, for every chart (Hypothesis): none is lost, no order matters, none is given back."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from smartapp.core.chart import ActivityOrder, Medication, Patient
from smartapp.core.concepts import Concept
from smartapp.core.dates import When
from smartapp.core.derive import derive
from smartapp.core.kinds import OrderKind, Sex, Verification
from smartapp.core.plan import plan
from smartapp.core.plan.guards import ready
from smartapp.core.proposal import ActivityKind
from smartapp.core.states import Track
from tests.core.test_constraints import is_told
from tests.core.test_invariants import KNOWLEDGE, TODAY, charts, conditions, days, fractures, procedures, sources, whens

WEIGHT = {OrderKind.NO_WEIGHT, OrderKind.TOE_TOUCH, OrderKind.PARTIAL_WEIGHT}
WEIGHT |= {OrderKind.WEIGHT_AS_TOLERATED, OrderKind.FULL_WEIGHT}
COMFORTS = {
    Concept.VERTEBRAL_FRACTURE,
    Concept.ANTICOAGULANT,
}  # a treated clot limits less; a fracture moves the calendar
adults = st.builds(
    Patient,
    st.just("Patient/1"),
    birth=st.just(When.day(date(1950, 1, 1))),
    sex=st.sampled_from([Sex.MALE, Sex.FEMALE]),
)


@st.composite
def orders(draw, kinds=tuple(OrderKind)):
    kind, given_on = draw(st.sampled_from(kinds)), draw(st.none() | whens(days))
    until, side = draw(st.none() | days.map(When.day)), draw(st.sampled_from(["", "left", "right", "both"]))
    return ActivityOrder(draw(sources("ServiceRequest")), kind, kind.value, side, given_on, until)


@st.composite
def limited(draw):
    """A chart with a confirmed lumbar fracture, and whatever else."""
    chart = draw(charts(adults))
    broken = draw(fractures(confirmed=True, lumbar=True))
    more = tuple(draw(st.lists(conditions(), max_size=4)))
    asked = tuple(draw(st.lists(orders(), max_size=3)))
    return replace(chart, diagnoses=(*chart.diagnoses, broken, *more), orders=asked)


@settings(max_examples=150, deadline=None)
@given(limited())
def test_no_removed_exercise_survives_and_every_one_is_said(chart):
    found = derive(chart, TODAY, KNOWLEDGE)
    proposal = plan(found, KNOWLEDGE)
    chosen = {a.id for a in proposal.activities if a.kind is ActivityKind.EXERCISE}
    offered = {id_ for activity in proposal.activities for id_ in activity.options}
    assert not (chosen | offered) & found.removed.keys()
    assert all(constraint.text and constraint.reason.sources for constraint in found.constraints)
    for constraint in found.constraints if proposal.referral else ():
        assert is_told(constraint, proposal.referral.note if proposal.referral else "")
    kept = [set(constraint.keeps) for constraint in found.constraints if constraint.keeps]
    assert chosen <= set.intersection(*kept) if kept else True


@settings(max_examples=150, deadline=None)
@given(limited())
def test_an_emptied_component_is_said(chart):
    proposal = plan(derive(chart, TODAY, KNOWLEDGE), KNOWLEDGE)
    trained = {component for activity in ready(proposal) for component in activity.component}
    for component, said in proposal.waived:
        assert component not in trained and said in proposal.warnings and "the therapist decides" in said


@settings(max_examples=100, deadline=None)
@given(limited(), st.randoms(use_true_random=False))
def test_the_order_of_facts_changes_nothing(chart, shuffle):
    first = derive(chart, TODAY, KNOWLEDGE)

    def mixed(facts):
        return tuple(shuffle.sample(facts, len(facts)))

    other = replace(
        chart,
        diagnoses=mixed(chart.diagnoses),
        procedures=mixed(chart.procedures),
        orders=mixed(chart.orders),
        attestations=mixed(chart.attestations),
    )
    second = derive(other, TODAY, KNOWLEDGE)
    assert (first.constraints, first.track, first.gates) == (second.constraints, second.track, second.gates)
    assert first.alerts == second.alerts


added = (
    conditions().filter(lambda d: d.concepts.isdisjoint(COMFORTS) and d.verification is Verification.CONFIRMED)
    | procedures()
    | orders(tuple(kind for kind in OrderKind if kind not in WEIGHT))
    | st.builds(Medication, sources("MedicationRequest"), st.just(frozenset({Concept.SEDATIVE})))
)


@settings(max_examples=200, deadline=None)
@given(limited(), added)
def test_a_further_fact_never_gives_an_exercise_back(chart, fact):
    room = {"Diagnosis": "diagnoses", "Procedure": "procedures", "ActivityOrder": "orders", "Medication": "medications"}
    name = room[type(fact).__name__]
    before = derive(chart, TODAY, KNOWLEDGE)
    after = derive(replace(chart, **{name: (*getattr(chart, name), fact)}), TODAY, KNOWLEDGE)
    assert before.removed.keys() <= after.removed.keys()
    order = [Track.STANDING, Track.CHAIR, Track.BED]
    if before.track and after.track:
        assert order.index(before.track) <= order.index(after.track)
