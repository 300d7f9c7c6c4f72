"""Assessment -> what is said of weight-bearing and of a brace: the newest order or statement, in a line of its own."""

from collections.abc import Callable

from smartapp.core.assessment import Assessment
from smartapp.core.chart import ActivityOrder
from smartapp.core.dates import us_date
from smartapp.core.kinds import AttestationName, OrderKind
from smartapp.core.quotes import quoted

WEIGHT = {
    OrderKind.NO_WEIGHT: "none", OrderKind.TOE_TOUCH: "toe-touch", OrderKind.PARTIAL_WEIGHT: "partial",
    OrderKind.WEIGHT_AS_TOLERATED: "as tolerated", OrderKind.FULL_WEIGHT: "full",
}  # fmt: skip
BEARING, BRACE, COLLAR = "Weight-bearing:", "Brace:", "Collar:"  # how the lines begin, on paper and in the order


def weight_bearing_line(now: Assessment) -> str:
    """The newest order or statement; empty where there is none."""
    said = [(str(o.given or ""), _ordered(WEIGHT[o.kind], o)) for o in now.chart.orders if o.kind in WEIGHT]
    said += [(a.on.isoformat(), f"{a.value.replace('-', ', ')} ({a.on})") for a in now.chart.attestations
             if a.name is AttestationName.WEIGHT_BEARING]  # fmt: skip
    return f"{BEARING} {max(said)[1]}." if said else ""


def brace_line(now: Assessment, shorten: Callable[[str], str] = str) -> str:
    """The newest order of a brace or collar, quoted; empty where there is none."""
    orders = [o for o in now.chart.orders if o.kind in (OrderKind.BRACE, OrderKind.COLLAR)]
    weaned = max((a.on for a in now.chart.attestations if a.name is AttestationName.BRACE_WEANED), default=None)
    if not orders:
        return f"{BRACE} no more since {us_date(weaned)}." if weaned else ""
    newest = max(orders, key=lambda order: str(order.given or ""))
    begins = COLLAR if newest.kind is OrderKind.COLLAR else BRACE
    return f"{begins} {_ordered(quoted(shorten(newest.quote)), newest)}; who ends it: ask."


def _ordered(what: str, order: ActivityOrder) -> str:
    told = (what, order.side, f"{order.given or 'no date'}", f"until {order.until}" if order.until else "")
    return ", ".join(filter(None, told))
