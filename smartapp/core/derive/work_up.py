"""Alerts that name a work-up (rule book 2a, 0.2) -> what is to be looked at, and what of it is on record since when."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from smartapp.core.assessment import Alert, WorkUp, WorkUpItem
from smartapp.core.derive.facts import Facts
from smartapp.core.kinds import Quantity, Sex

# Names of alerts.toml whose result a chart can hold; of every other nothing on record says whether it was done.
RESULTS: Mapping[str, tuple[Quantity, ...]] = MappingProxyType(
    {
        "full blood count": (Quantity.HEMOGLOBIN,),
        "ESR": (Quantity.ESR,),
        "CRP": (Quantity.CRP,),
        "calcium": (Quantity.CALCIUM,),
        "albumin": (Quantity.ALBUMIN,),
        "phosphate": (Quantity.PHOSPHATE,),
        "creatinine and eGFR": (Quantity.CREATININE, Quantity.EGFR),
        "alkaline phosphatase": (Quantity.ALKALINE_PHOSPHATASE,),
        "25-OH vitamin D": (Quantity.VITAMIN_D,),
        "PTH": (Quantity.PTH,),
        "TSH": (Quantity.TSH,),
        "serum protein electrophoresis": (Quantity.M_PROTEIN,),
        "free light chains": (Quantity.LIGHT_CHAIN_RATIO,),
        "tissue transglutaminase": (Quantity.TRANSGLUTAMINASE,),
        "testosterone (men)": (Quantity.TESTOSTERONE,),
        "PSA (men)": (Quantity.PSA,),
    }
)
_OF_THE_OTHERS = {Sex.MALE: "(women)", Sex.FEMALE: "(men)"}


def asked_of(names: Iterable[str], facts: Facts) -> tuple[str, ...]:
    """Without what is asked only of the other sex."""
    others = _OF_THE_OTHERS.get(facts.patient.sex)
    return tuple([name for name in names if others is None or not name.endswith(others)])


def work_up_of(alerts: tuple[Alert, ...], facts: Facts) -> tuple[WorkUp, ...]:
    """One of each alert that names a work-up, in their order."""
    return tuple(
        WorkUp(alert.code, tuple(WorkUpItem(name, _done_on(name, facts)) for name in asked_of(alert.work_up, facts)))
        for alert in alerts
        if alert.work_up
    )


def _done_on(name: str, facts: Facts) -> date | None:
    """The day of the newest result; None where there is none, or none with a day."""
    newest = [m for quantity in RESULTS.get(name, ()) for m in facts.measurements_of(quantity)[:1]]
    return max([day for m in newest if (day := facts.day_of(m.when))], default=None)
