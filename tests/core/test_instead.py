"""Without a plan: what comes first, and who sees the patient, how soon (rule book 2c, CX16, CX18)."""

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from smartapp.core.alert_codes import AlertCode
from smartapp.core.assessment import Assessment
from smartapp.core.derive import derive
from smartapp.core.plan import plan
from smartapp.core.plan.instead import WhyNoPlan, first_referral, why_no_plan
from smartapp.core.states import Disposition, Severity, Urgency
from smartapp.knowledge import load
from smartapp.render import assessment_json
from tests.cases import assessed, cases
from tests.core.charts import chart

K = load()
TODAY = date(2026, 3, 1)
FRACTURE = ("man of 70", "osteopenia", "L2 fracture on 2026-02-01, routine healing")
CAUSE = (
    "man of 70",
    "osteopenia",
    "L1 fracture on 2026-02-05, initial encounter",
    "cancer sign on 2026-02-20",
    "weight loss on 2026-02-10",
)


@cache
def found() -> tuple[Assessment, ...]:
    """Not while tests are collected."""
    return tuple(assessed(case) for case in cases())


EMERGENCIES = {
    AlertCode.CAUDA_EQUINA, AlertCode.SPINAL_INFECTION, AlertCode.INFECTION_SUSPECTED, AlertCode.VASCULAR_EMERGENCY,
}  # fmt: skip


def derived(*facts: str) -> Assessment:
    return derive(chart(facts, TODAY), TODAY, K)


@pytest.mark.parametrize(
    ("facts", "why", "title", "urgency"),
    [
        (CAUSE, WhyNoPlan.CAUSE, "No plan yet: find the cause first", Urgency.WITHIN_7_DAYS),
        (("man of 70", "L2 fracture on 2026-02-01, unconfirmed"), WhyNoPlan.CONFIRM,
         "No plan yet: confirm the fracture first", Urgency.WITHIN_14_DAYS),
        ((*FRACTURE, "order no-exercise given 2026-02-20"), WhyNoPlan.ANSWER,
         "No plan yet: answer what forbids exercise first", Urgency.WITHIN_14_DAYS),
        ((*FRACTURE, "vte since 2026-02-23"), WhyNoPlan.ANSWER,
         "No plan yet: answer what forbids exercise first", Urgency.SAME_DAY),
        ((*FRACTURE, "cauda equina since 2026-02-27"), WhyNoPlan.REFER,
         "No exercise plan: refer first", Urgency.EMERGENCY),
    ],
)  # fmt: skip
def test_what_comes_first_has_one_name_and_somebody_to_see(facts, why, title, urgency):
    now = derived(*facts)
    assert why_no_plan(now) is why and plan(now, K).title == title
    referral = first_referral(now)
    assert referral is not None and referral.to and referral.urgency is urgency
    assert assessment_json(now)["referral"] == {
        "to": referral.to,
        "urgency": urgency.value,
        "text": referral.text,
    }


def test_the_work_up_says_what_is_missing_and_what_is_done_when():
    referral = first_referral(derived(*CAUSE, "calcium 9.4 on 2026-02-11"))
    assert referral is not None and referral.done == (("calcium", date(2026, 2, 11)),)
    assert "ESR" in referral.missing and "calcium" not in referral.missing
    assert "Done: calcium 2026-02-11." in referral.text and "Not on record: full blood count; ESR" in referral.text


def test_whoever_dies_of_a_cancer_goes_to_the_palliative_team_without_a_work_up():
    facts = ("man of 77", "active cancer", "L2 fracture on 2026-02-01", "palliative")
    now = derived(*facts)
    referral = first_referral(now)
    assert now.disposition is Disposition.REFER_NO_PRESCRIPTION and referral is not None
    assert referral.to == "the palliative team" and referral.items == () and "MRI" not in referral.text
    assert first_referral(derived(*facts[:-1])).items
    assert referral.limits, "that care is for comfort limits what is done"


def test_with_a_plan_and_for_the_dead_nobody_is_referred():
    assert first_referral(derived(*FRACTURE)) is None
    stopped = derived(*FRACTURE, "cauda equina since 2026-02-27")
    dead = replace(stopped, chart=replace(stopped.chart, patient=replace(stopped.chart.patient, deceased=True)))
    assert first_referral(dead) is None
    assert first_referral(derived("man of 70", "osteopenia")) is None
    of_another = replace(stopped, disposition=Disposition.CONFIRM_FIRST, chart=replace(stopped.chart, left_out=2))
    assert why_no_plan(of_another) is WhyNoPlan.ANOTHER and first_referral(of_another) is None


def test_every_stop_of_every_case_is_referred_as_fast_as_its_fastest():
    for now in found():
        if now.disposition is not Disposition.REFER_NO_PRESCRIPTION:
            continue
        referral = first_referral(now)
        stops = [alert for alert in now.alerts if alert.severity is Severity.STOP]
        assert referral is not None
        assert all(alert.refer_within and referral.urgency.rank <= alert.refer_within.rank for alert in stops)
        assert all(alert.text in referral.text for alert in stops)
        assert referral.urgency is Urgency.EMERGENCY or not EMERGENCIES & {alert.code for alert in stops}


def test_whatever_confirms_first_says_whom_to_ask():
    waiting = [now for now in found() if now.disposition is Disposition.CONFIRM_FIRST]
    assert waiting and all(first_referral(now) for now in waiting if not now.chart.left_out)
