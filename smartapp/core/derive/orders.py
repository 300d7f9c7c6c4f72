"""Orders of somebody else -> those that still hold, and what they say of weight bearing (rule book 2c, CD10, CD23)."""

from collections.abc import Iterator
from datetime import date, timedelta

from smartapp.core.chart import ActivityOrder, Source
from smartapp.core.derive.facts import Facts
from smartapp.core.frozen import frozen
from smartapp.core.kinds import AttestationName, OrderKind
from smartapp.core.thresholds import ThresholdName

# Orders on spine, brace, hip and weight bearing hold past their end until somebody answers.
HELD_UNTIL_ANSWERED = frozenset(
    {
        OrderKind.NO_WEIGHT,
        OrderKind.TOE_TOUCH,
        OrderKind.PARTIAL_WEIGHT,
        OrderKind.WEIGHT_AS_TOLERATED,
        OrderKind.FULL_WEIGHT,
        OrderKind.BRACE,
        OrderKind.COLLAR,
        OrderKind.LOG_ROLL,
        OrderKind.HIP_PRECAUTIONS,
        OrderKind.SPINAL_PRECAUTIONS,
        OrderKind.NO_BENDING_LIFTING_TWISTING,
    }
)
NOT_STATED = "not-stated"
BEARING = ("none", "toe-touch", "partial", "tolerated", "full")  # the strictest first
_ORDERED = {
    OrderKind.NO_WEIGHT: "none",
    OrderKind.TOE_TOUCH: "toe-touch",
    OrderKind.PARTIAL_WEIGHT: "partial",
    OrderKind.WEIGHT_AS_TOLERATED: "tolerated",
    OrderKind.FULL_WEIGHT: "full",
}


_LIFTED_BY = {
    OrderKind.BRACE: AttestationName.BRACE_WEANED,
    OrderKind.HIP_PRECAUTIONS: AttestationName.HIP_PRECAUTIONS_LIFTED,
}


@frozen
class LiveOrder:
    """An order that holds today: its stated or default last day while that lies ahead, and whether to ask about it."""

    order: ActivityOrder
    day: date | None
    until: date | None
    ask: bool


@frozen
class WeightBearing:
    """What may be put on a leg: the strictest of what holds. ``side`` is left, right, both or empty (not stated)."""

    state: str
    side: str
    source: Source
    name: str
    day: date | None
    until: date | None = None
    ask: bool = False


def live_orders(facts: Facts) -> tuple[LiveOrder, ...]:
    """Orders that hold today. Without any date an order holds, and is asked about."""
    found = (_live(order, facts) for order in facts.chart.orders)
    return tuple(live for live in found if live and not _over(live, facts))


def _over(live: LiveOrder, facts: Facts) -> bool:
    """Whether a later statement has answered it."""
    if limits_no_more(live.order.source, live.day, facts):
        return True
    lifts = _LIFTED_BY.get(live.order.kind)
    stated = facts.attestation_of(lifts, live.day or facts.today) if lifts else None
    newer = (said for said in _attested(facts) if live.day and said.day and said.day > live.day)
    weight = live.order.kind in _ORDERED and any(said.side in ("", "both", live.order.side) for said in newer)
    return stated is not None or weight


def _live(order: ActivityOrder, facts: Facts) -> LiveOrder | None:
    given, ends = facts.day_of(order.given), order.until.latest if order.until else None
    window = timedelta(days=facts.knowledge.whole(ThresholdName.ORDER_HOLDS_FOR))
    last = ends or (given + window if given else None)
    if last is None or facts.today <= last:
        return LiveOrder(order, given, last, ask=last is None)
    longest = timedelta(days=facts.knowledge.whole(ThresholdName.ORDER_NEVER_BEYOND))
    if order.kind in HELD_UNTIL_ANSWERED and facts.today - (given or last) <= longest:
        return LiveOrder(order, given, None, ask=True)
    return None


def limits_no_more(source: Source, day: date | None, facts: Facts) -> bool:
    """Whether somebody stated, on or after ``day``, that this record limits no more."""
    return any(
        stated.name is AttestationName.LIMIT_NONE
        and stated.value == source.reference
        and (day or date.min) <= stated.on <= facts.today
        for stated in facts.chart.attestations
    )


def weight_bearing(orders: tuple[LiveOrder, ...], facts: Facts) -> WeightBearing | None:
    """For each leg the newest statement leads, of equally new ones the strictest; then the stricter leg. None: unsaid.

    An order without a date may be the newest, one without a side may mean either leg.
    """
    said = (*_ordered(orders), *_attested(facts))
    if not said:
        return None
    legs = [leg for leg in (_leg(said, "left", "right"), _leg(said, "right", "left")) if leg]
    strictest = min(legs, key=_strictness)
    if len(legs) > 1 and len({leg.state for leg in legs}) == 1 and {leg.side for leg in legs} == {"left", "right"}:
        return WeightBearing(**vars(strictest) | {"side": "both"})
    return strictest


def _ordered(orders: tuple[LiveOrder, ...]) -> Iterator[WeightBearing]:
    for live in orders:
        if live.order.kind in _ORDERED:
            order, state = live.order, _ORDERED[live.order.kind]
            yield WeightBearing(state, order.side, order.source, order.quote, live.day, live.until, live.ask)


def _attested(facts: Facts) -> Iterator[WeightBearing]:
    for stated in facts.chart.attestations:
        state = next((each for each in BEARING if stated.value.startswith(each)), "")
        if stated.name is AttestationName.WEIGHT_BEARING and state and stated.on <= facts.today:
            side = stated.value.removeprefix(state).strip("-")
            yield WeightBearing(state, side, stated.source, f"weight bearing {stated.value}", stated.on)


def _leg(said: tuple[WeightBearing, ...], leg: str, other: str) -> WeightBearing | None:
    """What leads for this leg; a side nobody knows may mean it."""
    concerned = [each for each in said if each.side != other]
    newest = max((each.day for each in concerned if each.day), default=None)
    return min((each for each in concerned if each.day in (newest, None)), key=_strictness, default=None)


def _strictness(said: WeightBearing) -> tuple[int, str, str, str]:
    """Both legs are stricter than one; the rest only keeps the order."""
    return BEARING.index(said.state), {"both": "0", "": "1"}.get(said.side, "2"), said.source.reference, said.name
