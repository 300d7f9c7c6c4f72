"""Texts that name thresholds in braces -> the same with the number in force, a site's own included."""

import re
from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal

from smartapp.core.thresholds import Threshold, ThresholdName

_PLACE = re.compile(r"\{([^}:]*)(:span)?\}")
_WEEKS_FROM = 21  # days from which whole weeks are said as weeks: 84 days is 12 weeks, 14 days stays


def thresholds_in(text: str) -> tuple[str, ...]:
    """Every threshold a text names; the loader refuses a name that is none."""
    return tuple(name.removesuffix(":span") for name in re.findall(r"\{([^}]*)\}", text))


def fill_numbers(text: str, thresholds: Mapping[ThresholdName, Threshold]) -> str:
    """``{pain.severe-from}`` -> ``7``; ``{surgery.prone-from:span}`` -> ``12 weeks``."""

    def said(match: re.Match[str]) -> str:
        threshold = thresholds[ThresholdName(match[1])]
        return span_words(threshold) if match[2] else f"{threshold.value:,f}"

    return _PLACE.sub(said, text)


def span_words(threshold: Threshold) -> str:
    """With its unit: ``12 weeks``, ``24 months``."""
    value, unit = int(threshold.value), str(threshold.unit)
    if unit == "days" and value >= _WEEKS_FROM and value % 7 == 0:
        value, unit = value // 7, "weeks"
    return f"{value} {unit}" if value != 1 else f"1 {unit.removesuffix('s')}"


def shown_number(value: Decimal) -> str:
    """At most two decimals, never rounded up: 49.9 nmol/L, 19.99 ng/mL, must not read as 20 beside “deficient”."""
    return f"{value.quantize(Decimal('0.01'), ROUND_FLOOR).normalize():f}"
