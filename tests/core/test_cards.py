"""One card at most: which it is, what it rests on and asks, and when there is none. And the one question."""

from dataclasses import replace
from datetime import date

import pytest

from smartapp.core.assessment import Assessment
from smartapp.core.card import Indicator, Moment, Offer, TherapyKind, TherapyOrder
from smartapp.core.cards import LONGEST_SUMMARY, decide, shortened
from smartapp.core.chart import PlanOnRecord, Source
from smartapp.core.dates import When
from smartapp.core.derive import derive
from smartapp.core.hooks import CardTopic, Hook
from smartapp.core.kinds import WITH_VALUE, AttestationName
from smartapp.core.one_question import ASKS, Question, one_question
from smartapp.core.plan import plan
from smartapp.core.states import Disposition
from smartapp.knowledge import load
from tests.cases import by_id, cases, planned
from tests.core.charts import chart

DAY = date(2026, 3, 1)
KNOWN = ("man of 66", "osteopenia", "L1 fracture on 2025-11-05, routine healing", "pain 2 of 10 on 2026-02-20")
PT = TherapyOrder(Source("ServiceRequest/draft", "Physical therapy"), TherapyKind.PHYSICAL_THERAPY, "Physical therapy")
LIMITED = replace(PT, limited=True)
STANDING = TherapyOrder(
    Source("ServiceRequest/1", "PT", "2026-01-05"), TherapyKind.PHYSICAL_THERAPY, given=When.day(date(2026, 1, 5))
)


def assess(*facts: str) -> Assessment:
    return derive(chart(facts, DAY), DAY, load())


def decided(now: Assessment, hook: Hook = Hook.PATIENT_VIEW, *selected: TherapyOrder, **more):
    return decide(Moment(hook, selected, **more), now, load())


def topic(now: Assessment, hook: Hook = Hook.PATIENT_VIEW, *selected: TherapyOrder, **more) -> CardTopic | None:
    card = decided(now, hook, *selected, **more).card
    return card.topic if card else None


def with_plan(now: Assessment, kind: str, status: str) -> Assessment:
    known = PlanOnRecord(Source("CarePlan/1"), kind, "x", status)
    return derive(replace(now.chart, plans=(known,)), DAY, load())


def test_a_patient_without_a_plan_may_be_referred():
    card = decided(assess(*KNOWN)).card
    assert (card.topic, card.indicator, card.offer) == (CardTopic.REFER_TO_THERAPY, Indicator.INFO, Offer.ORDER)
    assert "intermediate phase, day 116" in card.summary and len(card.reasons) == 3 and card.limits
    assert all("Instead:" in line for line in card.limits) and {"R1", "R2"} <= set(card.because)


def test_no_order_is_offered_of_a_chart_that_was_not_read_whole():
    now = assess(*KNOWN)
    partly = derive(replace(now.chart, partial=("imaging reports: could not be read.",)), DAY, load())
    card = decided(partly).card
    assert (card.topic, card.offer) == (
        CardTopic.REFER_TO_THERAPY,
        Offer.NOTHING,
    ) and "no order is offered" in card.asked
    assert "could not be read whole" in card.summary and "add the unsigned order" in decided(now).card.asked
    limits = decided(partly, Hook.ORDER_SIGN, PT).card
    assert limits.offer is Offer.LIMITS, "what only adds limits is offered all the same"


def test_a_fracture_without_a_date_says_no_day():
    assert "initial phase: no plan" in decided(assess("man of 66", "osteopenia", "L1 fracture")).card.summary


@pytest.mark.parametrize("kind", ["CarePlan", "ServiceRequest"])
@pytest.mark.parametrize(
    ("status", "silent"), [("active", True), ("draft", True), ("on-hold", True), ("completed", False)]
)
def test_where_a_plan_of_ours_stands_nothing_is_said(kind, status, silent):
    found = decided(with_plan(assess(*KNOWN), kind, status))
    assert (found.card is None, found.order_exists) == (silent, silent)


def test_a_goal_alone_is_no_plan():
    assert topic(with_plan(assess(*KNOWN), "Goal", "active")) is CardTopic.REFER_TO_THERAPY


STANDS = [
    (STANDING, True),
    (replace(STANDING, given=None), True),
    (replace(STANDING, given=When.day(date(2025, 11, 4))), False),  # before the bone broke
    (replace(STANDING, given=When.day(date(2025, 11, 5))), True),
    (replace(STANDING, until=When.day(date(2026, 2, 28))), False),
    (replace(STANDING, until=When.day(DAY)), True),
    (replace(STANDING, kind=TherapyKind.TRAINING), False),
]


@pytest.mark.parametrize(("order", "stands"), STANDS)
def test_an_order_stands_while_it_is_about_this_fracture_and_not_over(order, stands):
    found = decided(assess(*KNOWN), standing=(order,))
    assert (found.card is None, found.order_exists) == (stands, stands)


def test_nobody_else_gets_a_card():
    assert topic(assess("man of 66", "osteopenia")) is None
    assert topic(assess("man of 66", "osteopenia"), Hook.ORDER_SIGN, PT) is None


STOP = (*KNOWN, "cauda equina")


@pytest.mark.parametrize("hook", Hook)
@pytest.mark.parametrize("more", [{}, {"standing": (STANDING,)}])
def test_a_stop_is_critical_at_every_moment_and_carries_no_order(hook, more):
    now = assess(*STOP)
    card = decided(now, hook, *((PT,) if hook.orders else ()), **more).card
    assert (now.disposition, card.topic) == (Disposition.REFER_NO_PRESCRIPTION, CardTopic.NO_EXERCISE)
    assert (card.indicator, card.offer, card.finding) == (Indicator.CRITICAL, Offer.NOTHING, "cauda-equina")
    assert card.because[0] == "cauda-equina" and card.asked and card.question is None


def test_a_stop_says_nothing_to_orders_of_other_things():
    assert topic(assess(*STOP), Hook.ORDER_SELECT) is None
    assert topic(assess(*KNOWN), Hook.ORDER_SIGN, beside=(PT,)) is None


UNCONFIRMED = ("man of 66", "osteopenia", "L1 fracture on 2025-11-05, unconfirmed")


def test_what_is_not_confirmed_is_asked_first():
    card = decided(assess(*UNCONFIRMED)).card
    assert (card.topic, card.indicator, card.offer) == (CardTopic.CONFIRM_FIRST, Indicator.WARNING, Offer.NOTHING)
    assert card.question.about == "fracture-confirmation" and card.limits
    assert decided(assess(*UNCONFIRMED)).missing == ("fracture-confirmation",)
    assert topic(assess(*UNCONFIRMED), standing=(STANDING,)) is None
    assert topic(assess(*UNCONFIRMED), Hook.ORDER_SIGN, LIMITED) is CardTopic.CONFIRM_FIRST


def test_a_cause_that_was_never_found_is_told_though_therapy_is_ordered():
    found = [case for case in cases() if "work-up-first" in {alert.code for alert in planned(case).assessment.alerts}]
    causes = [planned(case) for case in found if planned(case).assessment.disposition is Disposition.CONFIRM_FIRST]
    assert causes
    for proposal in causes[:5]:
        card = decide(
            Moment(Hook.PATIENT_VIEW, standing=(replace(STANDING, given=None),)), proposal.assessment, load()
        ).card
        assert card.topic is CardTopic.CONFIRM_FIRST


def test_an_order_without_limits_gets_them():
    card = decided(assess(*KNOWN), Hook.ORDER_SELECT, PT).card
    assert (card.topic, card.offer, card.order) == (CardTopic.ORDER_WITHOUT_RESTRICTIONS, Offer.LIMITS, PT)
    assert card.indicator is Indicator.WARNING and card.limits
    assert topic(assess(*KNOWN), Hook.ORDER_SELECT, LIMITED) is None


def test_a_second_referral_is_told():
    card = decided(assess(*KNOWN), Hook.ORDER_SIGN, PT, standing=(STANDING,)).card
    assert (card.topic, card.offer) == (CardTopic.DUPLICATE_ORDER, Offer.NOTHING) and "2026-01-05" in card.summary
    assert topic(assess(*KNOWN), Hook.ORDER_SIGN, PT, beside=(LIMITED,)) is CardTopic.DUPLICATE_ORDER
    assert topic(assess(*KNOWN), Hook.ORDER_SIGN, LIMITED, LIMITED) is CardTopic.DUPLICATE_ORDER
    undated = replace(LIMITED, source=Source("ServiceRequest/2"))
    assert "already: this" in decided(assess(*KNOWN), Hook.ORDER_SIGN, PT, beside=(undated,)).card.summary
    other = replace(PT, kind=TherapyKind.TRAINING)
    assert topic(assess(*KNOWN), Hook.ORDER_SIGN, LIMITED, beside=(other,)) is None


MANUAL = TherapyOrder(Source("ServiceRequest/m"), TherapyKind.MANUAL_THERAPY, "Manual therapy", manual=True)
JUMPS = TherapyOrder(Source("ServiceRequest/j"), TherapyKind.TRAINING, "Plyometric training")
RUNS = TherapyOrder(Source("ServiceRequest/r"), TherapyKind.TRAINING, "Running program")


def test_an_order_against_a_limit_is_told_before_everything_else():
    manual = decided(assess(*KNOWN), Hook.ORDER_SIGN, PT, MANUAL, standing=(STANDING,)).card
    assert (manual.topic, manual.because, manual.finding) == (CardTopic.ORDER_CONFLICT, ("R2",), "R2")
    jumps = decided(assess(*KNOWN), Hook.ORDER_SELECT, JUMPS).card
    assert (jumps.because, jumps.finding, jumps.offer) == (("X08",), "restrictions", Offer.NOTHING)
    assert jumps.reasons[0].rule != "" and "Instead:" in jumps.asked
    assert topic(assess(*UNCONFIRMED), Hook.ORDER_SIGN, MANUAL) is CardTopic.ORDER_CONFLICT
    assert topic(assess(*KNOWN), Hook.ORDER_SIGN, replace(JUMPS, words="Balance training")) is None


def test_what_is_not_forbidden_any_more_is_no_conflict():
    now = planned(by_id("T98")).assessment
    states = {r.id: r.state for r in now.restrictions}
    assert states["R2"] == "modify" and states["R4"] == "clinician-decision" and now.disposition.prescribes
    assert topic(now, Hook.ORDER_SIGN, MANUAL) is None and topic(now, Hook.ORDER_SIGN, RUNS) is None
    assert decided(now, Hook.ORDER_SIGN, JUMPS).card.reasons[0].text  # never, whatever the phase


def test_every_summary_is_short_enough():
    long = "word " * 60
    assert len(shortened(long)) <= LONGEST_SUMMARY and shortened(long).endswith("word…")
    assert shortened("x" * LONGEST_SUMMARY) == "x" * LONGEST_SUMMARY
    for case in cases():
        for hook, orders in ((Hook.PATIENT_VIEW, ()), (Hook.ORDER_SIGN, (PT,)), (Hook.ORDER_SELECT, (MANUAL,))):
            card = decide(Moment(hook, orders), planned(case).assessment, load()).card
            assert card is None or (0 < len(card.summary) <= LONGEST_SUMMARY and card.finding and card.asked)


def test_the_card_of_every_case_says_what_was_derived():
    """No second reasoning: topic and disposition go together, and the limits are those of the assessment."""
    topics = {
        Disposition.PRESCRIBE: CardTopic.REFER_TO_THERAPY,
        Disposition.PRESCRIBE_WITH_REVIEW: CardTopic.REFER_TO_THERAPY,
        Disposition.CONFIRM_FIRST: CardTopic.CONFIRM_FIRST,
        Disposition.REFER_NO_PRESCRIPTION: CardTopic.NO_EXERCISE,
    }
    for case in cases():
        now = planned(case).assessment
        found = decide(Moment(Hook.PATIENT_VIEW), planned(case).assessment, load())
        silent = now.disposition is Disposition.NOT_APPLICABLE or (
            found.order_exists and topics[now.disposition] is not CardTopic.NO_EXERCISE
        )
        if silent:
            assert found.card is None or "work-up-first" in found.card.because, case.id
            continue
        assert found.card.topic is topics[now.disposition], case.id
        if found.card.topic is CardTopic.REFER_TO_THERAPY:
            assert f"{now.effective_phase} phase" in found.card.summary and found.card.reasons == now.deciding, case.id


# -- the one question


def asked(*facts: str) -> Question | None:
    return one_question(assess(*facts), load())


def test_every_statement_has_its_question():
    assert set(ASKS) == set(AttestationName) - WITH_VALUE | {AttestationName.FRACTURE_LEVEL}
    assert all(text.endswith("?") for text in ASKS.values())


def test_what_gives_the_plan_or_the_phase_is_asked():
    unknown = asked("man of 66", "osteopenia", "L1 fracture on 2025-10-01", "pain 2 of 10 on 2026-02-20")
    assert unknown.about in ("stable", "healed") and "phase is" in unknown.effect and unknown.alert
    cause = asked(
        "man of 66",
        "osteopenia",
        "L1 fracture on 2025-05-01",
        "attested healed on 2026-02-01",
        "pain 1 of 10 on 2026-02-20",
    )
    assert cause.about == "low-trauma" and "limit" in cause.effect


def test_without_a_day_the_day_is_asked():
    found = asked("man of 66", "osteopenia", "L1 fracture, routine healing", "attested stable on 2026-02-01",
                  "attested low trauma on 2026-02-01")  # fmt: skip
    assert found.about == "day-of-fracture" and found.effect


def test_where_nothing_is_concluded_nothing_is_asked():
    assert asked("man of 66", "osteopenia") is None


def test_every_case_asks_one_question_at_most_and_it_changes_something():
    for case in cases():
        now = planned(case).assessment
        found = one_question(now, load())
        assert found is None or (found.text.count("?") >= 1 and found.effect), case.id


# -- the order of a signed plan


def test_the_order_of_a_signed_plan_is_offered_until_one_stands():
    now = assess(*KNOWN)
    signed = {"signed": plan(now, load()), "signed_here": True}
    card = decided(now, **signed).card
    assert (card.topic, card.indicator, card.offer) == (CardTopic.SIGNED_ORDER, Indicator.INFO, Offer.SIGNED)
    assert "2026-03-01" in card.summary and "Nothing is ordered before" in card.asked
    assert topic(now, standing=(STANDING,), **signed) is None
    assert topic(now, signed_here=True) is None, "a plan the EHR keeps as a note stands as well"
    assert topic(assess(*STOP), **signed) is CardTopic.NO_EXERCISE


def test_an_order_is_not_offered_where_the_chart_has_become_stricter():
    then = planned(by_id("T98"))
    card = decided(assess(*KNOWN), signed=then, signed_here=True).card
    assert (card.topic, card.indicator, card.offer) == (CardTopic.SIGNED_ORDER, Indicator.WARNING, Offer.NOTHING)
    assert "R2" in card.because and "sign again" in card.asked and card.finding == "restrictions"
