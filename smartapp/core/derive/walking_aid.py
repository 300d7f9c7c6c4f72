"""Walking tests -> the aid used now, and whether a result was measured with another (rule books 2b, OM7; 2c, CD7).

An aid nobody names is unknown, and nothing is concluded from it.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from smartapp.core.chart import Chart, Measurement
from smartapp.core.dates import known_by
from smartapp.core.kinds import Quantity

WALKED = frozenset({Quantity.TIMED_UP_AND_GO, Quantity.GAIT_SPEED})
# In words that are read back as the same aid, by a row of phrases.toml.
AIDS: Mapping[str, str] = MappingProxyType(
    {"none": "without a walking aid", "cane": "with a cane", "crutches": "with crutches", "walker": "with a walker"}
)


def aid_now(chart: Chart, today: date) -> str:
    """As the newest walking test says that names one; empty where none does, or where those of its day differ."""
    named = [
        (known_by(m.when, today), m.device)
        for m in chart.measurements
        if m.quantity in WALKED and m.device and m.when and m.when.earliest <= today
    ]
    newest = max((day for day, _ in named), default=None)
    aids = {aid for day, aid in named if day == newest}
    return aids.pop() if len(aids) == 1 else ""


def is_of_another_aid(result: Measurement, chart: Chart, today: date) -> bool:
    now = aid_now(chart, today) if result.quantity in WALKED and result.device else ""
    return bool(now) and result.device != now
