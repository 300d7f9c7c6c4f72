"""Alerts that name a work-up (rule book 2a, 0.2) -> what is to be looked at, and what of it is on record since when."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from smartapp.core.assessment import Alert, WorkUp, WorkUpItem
from smartapp.core.derive.facts import Facts
from smartapp.core.kinds import Quantity

# Names of alerts.toml whose result a chart can hold; of every other nothing on record says whether it was done.
RESULTS: Mapping[str, Quantity] = MappingProxyType(
    {
        "calcium": Quantity.CALCIUM,
        "creatinine and eGFR": Quantity.EGFR,
        "25-OH vitamin D": Quantity.VITAMIN_D,
    }
)


def work_up_of(alerts: tuple[Alert, ...], facts: Facts) -> tuple[WorkUp, ...]:
    """One of each alert that names a work-up, in their order."""
    return tuple(
        WorkUp(alert.code, tuple(WorkUpItem(name, _done_on(name, facts)) for name in alert.work_up))
        for alert in alerts
        if alert.work_up
    )


def _done_on(name: str, facts: Facts) -> date | None:
    """The day of the newest result; None where there is none, or none with a day."""
    quantity = RESULTS.get(name)
    newest = next(iter(facts.measurements_of(quantity)), None) if quantity else None
    return facts.day_of(newest.when) if newest else None
