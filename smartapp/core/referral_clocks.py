"""A referral -> the clocks that run, each with its rule and where that comes from; and the days that somebody owes.

Sources: 42 CFR 424.24(c) (a signed and dated order, and the plan of care sent within 30 days of the initial treatment,
since Jan 1, 2025); Medicare Benefit Policy Manual 15, 220.3.D (a progress report at least every 10 treatment days) and
220.1.3.D (recertification at least every 90 days). Other clocks are ours. What a payer asks beyond stands in no chart.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import NamedTuple

from smartapp.core.referral import REPORT_VISITS, ReferralTask, Stage


class Clock(NamedTuple):
    """``due``: None while it hangs on a day not known yet; ``rule``: why that day; ``so_far``: how much has run."""

    name: str
    due: date | None
    done: date | None
    rule: str
    source: str
    so_far: str = ""

    def is_late(self, today: date) -> bool:
        return self.done is None and self.due is not None and self.due < today


OURS = "Loadpath"
ORDER_RULE = "42 CFR 424.24(c)"
REPORT_RULE = "Medicare Benefit Policy Manual 15, 220.3.D"
RECERTIFY_RULE = "Medicare Benefit Policy Manual 15, 220.1.3.D"

CHANGE_DAYS = 1  # to acknowledge a change: it may have tightened a restriction (ours)
ACCEPT_DAYS = 2  # to accept or decline (ours)
ANSWER_DAYS = 3  # for a question to the clinician (ours)
HOLD_DAYS = 14  # a hold without an end is looked at again (ours)
VISIT_DAYS = MappingProxyType({"stat": 1, "asap": 3, "urgent": 7})  # from the order to the first visit (ours)
VISIT_DAYS_ROUTINE = 14
PLAN_OF_CARE_DAYS = 30
RECERTIFY_DAYS = 90


def clocks(referral: ReferralTask) -> tuple[Clock, ...]:
    """In the order of the way."""
    asked, visit, plan = referral.asked_on, referral.visited, referral.plan_of_care
    within = VISIT_DAYS.get(referral.priority, VISIT_DAYS_ROUTINE)
    rule = f"{referral.priority}: within {within} days of the order"
    again = _after(referral.recertified or visit, RECERTIFY_DAYS)
    return (
        Clock("Order signed", None, asked, "before therapy begins", ORDER_RULE),
        Clock("First visit", _after(asked, within), visit, rule, OURS),
        Clock("Plan of care back", _after(visit, PLAN_OF_CARE_DAYS), plan, "day 30 after the first visit", ORDER_RULE),
        Clock(
            "Progress report", referral.report_due, None, f"at least every {REPORT_VISITS}th visit", REPORT_RULE,
            f"{len(referral.treatment_days)} of {REPORT_VISITS} visits" if visit else "",
        ),
        Clock(
            "Recertification", again, None,
            "day 90 after the first visit or the last recertification, or sooner where the plan of care ends sooner",
            RECERTIFY_RULE,
        ),
    )  # fmt: skip


def due(referral: ReferralTask) -> date | None:
    """The day by which the next thing is owed; None where nothing is, or where it cannot be told."""
    by_name = {clock.name: clock.due for clock in clocks(referral)}
    if referral.owes_report:
        return referral.report_due
    days = {
        Stage.NEW: _after(referral.asked_on, CHANGE_DAYS if referral.is_change else ACCEPT_DAYS),
        Stage.ASKED: _after(referral.changed, ANSWER_DAYS),
        Stage.BOOKED: referral.booked,
        Stage.HELD: referral.held_to or _after(referral.changed, HOLD_DAYS),
        Stage.VISITED: by_name["Plan of care back"],
        Stage.TREATED: by_name["Recertification"],
        **dict.fromkeys((Stage.TO_BOOK, Stage.NO_SHOW, Stage.ELSEWHERE), by_name["First visit"]),
    }
    return days.get(referral.stage)


class Owed(NamedTuple):
    """``what`` says nothing of a patient: it stands in calendars."""

    key: str  # tells the days of one referral apart
    what: str
    day: date


# Days of a stage that are no clock.
_OF_STAGE: Mapping[Stage, str] = MappingProxyType(
    {
        Stage.NEW: "answer due",
        Stage.ASKED: "answer to a question due",
        Stage.BOOKED: "visit booked",
        Stage.HELD: "hold to be looked at",
    }
)


def days_owed(referral: ReferralTask) -> Iterator[Owed]:
    """Every day somebody owes something on this referral; none of one that is closed."""
    if not referral.is_open:
        return
    words, day = _OF_STAGE.get(referral.stage, ""), due(referral)
    if words and day:
        yield Owed(referral.stage.value, words, day)
    for clock in clocks(referral):
        if clock.due and not clock.done:
            name = clock.name.lower().removesuffix(" back")
            yield Owed(name.replace(" ", "-"), f"{name} due", clock.due)


def _after(day: date | None, days: int) -> date | None:
    return day + timedelta(days=days) if day else None
