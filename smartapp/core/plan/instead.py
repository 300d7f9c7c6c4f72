"""Assessment without a plan -> why there is none, and who sees the patient instead, how soon and with which work-up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from smartapp.core.alert_codes import AlertCode
from smartapp.core.assessment import Alert, Assessment, WorkUpItem
from smartapp.core.plan.limit_words import limit_line
from smartapp.core.states import Disposition, Severity, Urgency

_COMFORT = "WP36"  # palliative care: position, pain and transfers, no work-up (rule book 2c, CX16)
_OF_CANCER = frozenset({AlertCode.ACTIVE_CANCER, AlertCode.PATHOLOGICAL_FRACTURE})
_UNTIL_THEN = "Until then: keep the back long, turn with the feet, roll like a log; no exercise program."


class WhyNoPlan(StrEnum):
    """One word for what comes first, by which every page calls it."""

    CONFIRM = "confirm-first"
    CAUSE = "cause-first"
    BONE = "bone-first"
    ANSWER = "answer-first"
    ANOTHER = "another-patient"
    REFER = "refer-no-prescription"
    NOT_APPLICABLE = "not-applicable"


def why_no_plan(now: Assessment) -> WhyNoPlan:
    """Of an assessment that prescribes nothing. A named work-up comes before the confirmation (rule book 2a, DR4)."""
    if now.disposition is not Disposition.CONFIRM_FIRST:
        return WhyNoPlan(now.disposition.value)
    if now.chart.left_out:
        return WhyNoPlan.ANOTHER
    if now.has(AlertCode.WORK_UP_FIRST):
        return WhyNoPlan.CAUSE
    if now.has(AlertCode.CONFIRM_FRACTURE):
        return WhyNoPlan.CONFIRM
    return WhyNoPlan.BONE if now.has(AlertCode.SITE_UNNAMED) else WhyNoPlan.ANSWER


@dataclass(frozen=True)
class FirstReferral:
    """``items``: the named work-up, each with the day it was done or None."""

    to: str
    urgency: Urgency
    because: tuple[str, ...]
    items: tuple[WorkUpItem, ...]
    limits: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(item.name for item in self.items if item.done is None)

    @property
    def done(self) -> tuple[tuple[str, date], ...]:
        return tuple((item.name, item.done) for item in self.items if item.done)

    @property
    def text(self) -> str:
        """Reason, work-up with what is missing and done, what holds meanwhile, and what else limits the patient."""
        lines = [*self.because]
        lines += [f"Not on record: {'; '.join(self.missing)}."] if self.missing else []
        lines += [f"Done: {'; '.join(f'{name} {day}' for name, day in self.done)}."] if self.done else []
        return " ".join([*lines, _UNTIL_THEN, *self.limits])


def first_referral(now: Assessment) -> FirstReferral | None:
    """None with a plan, and where nobody else needs to see the patient."""
    if now.disposition.prescribes or now.chart.left_out or now.chart.patient.deceased:
        return None
    leading = tuple(_leading(now))
    if not leading:
        return None
    limits = tuple(limit_line(limit) for limit in now.constraints)
    because = tuple(f"{alert.text} {alert.action}".strip() for alert in leading)
    if any(limit.id == _COMFORT for limit in now.constraints) and all(alert.code in _OF_CANCER for alert in leading):
        because = (*(alert.text for alert in leading), "Goals of care first: position, pain, transfers.")
        return FirstReferral("the palliative team", _soonest(leading), because, (), limits)
    to = "; ".join(dict.fromkeys(part for alert in leading for part in alert.refer_to.split("; ")))
    return FirstReferral(to, _soonest(leading), because, tuple(_items(now, leading)), limits)


_LEADING: Mapping[WhyNoPlan, frozenset[AlertCode]] = MappingProxyType(
    {
        WhyNoPlan.CAUSE: frozenset({AlertCode.WORK_UP_FIRST}),
        WhyNoPlan.CONFIRM: frozenset({AlertCode.CONFIRM_FRACTURE}),
        WhyNoPlan.BONE: frozenset({AlertCode.SITE_UNNAMED}),
        WhyNoPlan.ANSWER: frozenset({AlertCode.MED_CLEARANCE, AlertCode.VTE, AlertCode.ACTIVITY_ORDER}),
    }
)


def _leading(now: Assessment) -> Iterator[Alert]:
    """The alerts because of which there is no plan, that name somebody."""
    wanted = _LEADING.get(why_no_plan(now))
    for alert in now.alerts:
        stops = now.disposition is not Disposition.REFER_NO_PRESCRIPTION or alert.severity is Severity.STOP
        if alert.refer_within and (alert.code in wanted if wanted else stops):
            yield alert


def _soonest(alerts: tuple[Alert, ...]) -> Urgency:
    return min((alert.refer_within for alert in alerts if alert.refer_within), key=lambda each: each.rank)


def _items(now: Assessment, leading: tuple[Alert, ...]) -> Iterator[WorkUpItem]:
    """Each once, in the order named."""
    codes = {alert.code for alert in leading}
    named = (item for each in now.work_up if each.alert in codes for item in each.items)
    yield from {item.name: item for item in named}.values()
