"""The numbers of the rules as texts say them: every text names the number in force, a site's own included."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from smartapp.core.threshold_names import ThresholdName

if TYPE_CHECKING:
    from smartapp.core.knowledge import Knowledge, Threshold

_PLACE = re.compile(r"\{([^}:]*)(:span)?\}")
_WEEKS_FROM = 21  # days from which whole weeks are said as weeks: 84 days is 12 weeks, 14 days stays


def names_in(text: str) -> tuple[str, ...]:
    """Every threshold a text names; the loader refuses a name that is none."""
    return tuple(name.removesuffix(":span") for name in re.findall(r"\{([^}]*)\}", text))


def filled(text: str, thresholds: "Mapping[ThresholdName, Threshold]") -> str:
    """``{pain.severe-from}`` -> ``7``; ``{surgery.prone-from:span}`` -> ``12 weeks``."""

    def said(match: re.Match[str]) -> str:
        threshold = thresholds[ThresholdName(match[1])]
        return _span(threshold) if match[2] else f"{threshold.value:,f}"

    return _PLACE.sub(said, text)


def span(limit: ThresholdName, knowledge: "Knowledge") -> str:
    """The threshold with its unit: ``12 weeks``, ``24 months``."""
    return _span(knowledge.thresholds[limit])


def _span(threshold: "Threshold") -> str:
    value, unit = int(threshold.value), str(threshold.unit)
    if unit == "days" and value >= _WEEKS_FROM and value % 7 == 0:
        value, unit = value // 7, "weeks"
    return f"{value} {unit}" if value != 1 else f"1 {unit.removesuffix('s')}"
