"""Laboratory results -> the newest that still counts, and whether it is high or low: the laboratory's own mark or range
decides, else a limit of ours, else nothing.
"""

from datetime import date, timedelta
from decimal import Decimal

from smartapp.core.chart import Measurement
from smartapp.core.dates import add_months
from smartapp.core.derive.facts import Facts
from smartapp.core.derive.readings import is_above, is_below, newest_reading
from smartapp.core.kinds import Quantity, Sex
from smartapp.core.laboratory import LABORATORY_UNITS, LabMark
from smartapp.core.threshold_words import shown_number
from smartapp.core.thresholds import ThresholdName, Unit

_NORMAL_ALBUMIN = Decimal(4)  # g/dL (rule book 2c, CD24)
_PER_GRAM = Decimal("0.8")  # mg/dL of calcium bound to 1 g/dL of albumin
# TSH, transglutaminase and testosterone are asked for less often (TX16).
SLOW = frozenset({Quantity.TSH, Quantity.TRANSGLUTAMINASE, Quantity.TESTOSTERONE})
_NAMES = {
    Quantity.HEMOGLOBIN: "hemoglobin",
    Quantity.M_PROTEIN: "M-protein",
    Quantity.LIGHT_CHAIN_RATIO: "free light chain ratio",
    **{q: q.value.upper() for q in (Quantity.ESR, Quantity.CRP, Quantity.PTH, Quantity.TSH, Quantity.PSA)},
}


def result(quantity: Quantity, facts: Facts, within: ThresholdName | None = None) -> Measurement | None:
    """The newest result that still counts; one without a day only where none of them has one."""
    found = facts.measurements_of(quantity)
    if not found:
        return None
    limit = within or (ThresholdName.LAB_SLOW_WITHIN if quantity in SLOW else ThresholdName.LAB_WITHIN)
    day = facts.day_of(found[0].when)
    return found[0] if day is None or day >= _first(limit, facts) else None


def _first(limit: ThresholdName, facts: Facts) -> date:
    """The first day that still counts."""
    length = facts.knowledge.whole(limit)
    if facts.knowledge.thresholds[limit].unit is Unit.MONTHS:
        return add_months(facts.today, -length)
    return facts.today - timedelta(days=length)


def is_high(found: Measurement, facts: Facts, limit: ThresholdName | None = None) -> bool:
    if found.mark is not None:
        return found.mark is LabMark.HIGH
    return limit is not None and is_above(found, limit, facts)


def is_low(found: Measurement, facts: Facts, limit: ThresholdName | None = None) -> bool:
    if found.mark is not None:
        return found.mark is LabMark.LOW
    return limit is not None and is_below(found, limit, facts)


def hemoglobin_limit(facts: Facts) -> ThresholdName:
    """That of women only where the sex is known to be theirs: it is the lower one."""
    women = facts.patient.sex is Sex.FEMALE
    return ThresholdName.HEMOGLOBIN_WOMEN_BELOW if women else ThresholdName.HEMOGLOBIN_MEN_BELOW


def light_chain_limits(facts: Facts) -> tuple[ThresholdName, ThresholdName]:
    """Below and above which the ratio of free light chains is not normal: wider where the kidneys are weak."""
    kidney = newest_reading(Quantity.EGFR, facts)
    if kidney is not None and is_below(kidney, ThresholdName.LIGHT_CHAINS_EGFR_BELOW, facts):
        return ThresholdName.LIGHT_CHAINS_KIDNEY_BELOW, ThresholdName.LIGHT_CHAINS_KIDNEY_ABOVE
    return ThresholdName.LIGHT_CHAINS_BELOW, ThresholdName.LIGHT_CHAINS_ABOVE


def words(found: Measurement, facts: Facts) -> str:
    """``CRP 96 mg/L (2026-02-25)``"""
    name = _NAMES.get(found.quantity, found.quantity.replace("-", " "))
    number = f"{found.comparator}{shown_number(found.value or Decimal(0))}"
    day = facts.day_of(found.when) or "no date"
    return " ".join(filter(None, (name, number, LABORATORY_UNITS.get(found.quantity, ""), f"({day})")))


def corrected_calcium(facts: Facts) -> tuple[Decimal, tuple[Measurement, ...]] | None:
    """Calcium in mg/dL, corrected where albumin was measured within 90 days of it (rule book 2c, CD24)."""
    calcium = result(Quantity.CALCIUM, facts)
    if calcium is None or calcium.value is None:
        return None
    day, near = facts.day_of(calcium.when), timedelta(days=facts.knowledge.whole(ThresholdName.LAB_SIGN_WITHIN))
    for albumin in facts.measurements_of(Quantity.ALBUMIN):
        on = facts.day_of(albumin.when)
        if albumin.value is not None and day and on and abs(day - on) <= near:
            return calcium.value + _PER_GRAM * (_NORMAL_ALBUMIN - albumin.value), (calcium, albumin)
    return calcium.value, (calcium,)
