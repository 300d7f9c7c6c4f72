"""Exercises of a plan and its template -> the blocks of a session, wide enough for what is in them (GU14)."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, Decimal

from smartapp.core.program import BlockCode, Fitt, Pair, Turn
from smartapp.core.proposal import Activity, Block
from smartapp.core.sessions import Pace, Template, TemplateBlock

_OPEN_ENDED = (BlockCode.WARM_UP, BlockCode.POSTURE)  # walking and breathing take what the block gives
_SECONDS = Decimal(60)


def session_of(startable: Sequence[Activity], template: Template, pace: Pace, bare: bool) -> tuple[Block, ...]:
    """Blocks of the template that have an exercise, and cool-down; ``bare``: only as long as the exercises last."""
    made = (_block(row, [a for a in startable if a.block is row.code], pace, bare) for row in template.blocks)
    return tuple(block for block in made if block.exercises or (block.code is None and not bare))


def session_order(activity: Activity) -> tuple[int, bool]:
    """In the order of a session; then what is done at home only, then what waits."""
    blocks = list(BlockCode)
    if activity.block:
        return blocks.index(activity.block), False
    return len(blocks), activity.home_set is None


def _block(row: TemplateBlock, members: Sequence[Activity], pace: Pace, bare: bool) -> Block:
    if row.code is None:
        return Block(row.title, row.minutes)
    odd, even = (tuple(a.id for a in members if a.turn is turn) for turn in (Turn.ODD, Turn.EVEN))
    if not (odd and even):  # where one side is gone the other is done every time
        odd = even = ()
    fitts = {a.id: a.fitt for a in members if a.fitt}
    needed = minutes_needed(fitts, row.code, odd, even, pace)
    minutes = needed if bare else max(row.minutes, needed)
    return Block(row.title, minutes, tuple(a.id for a in members), odd, even, row.code)


def minutes_needed(fitts: dict[str, Fitt], code: BlockCode, odd: Iterable[str], even: Iterable[str], pace: Pace) -> int:
    """Whole minutes of the longer of the two sessions at the start dose, at least one."""
    longest = max(
        _seconds([fitt for id_, fitt in fitts.items() if id_ not in other], code, pace)
        for other in (frozenset(odd), frozenset(even))
    )
    return max(1, int((longest / _SECONDS).to_integral_value(ROUND_CEILING)))


def _seconds(fitts: Sequence[Fitt], code: BlockCode, pace: Pace) -> Decimal:
    """Rule book 2c, CD28: the first figure of each range; the last rest of a block is not counted."""
    total = sum((seconds_of(fitt, code, pace) for fitt in fitts), Decimal(0))
    return max(total - _rest(fitts[-1]), Decimal(0)) if fitts else Decimal(0)


def seconds_of(fitt: Fitt, code: BlockCode, pace: Pace) -> Decimal:
    """Sets of work and rest; minutes where there are no sets, save for what takes the time its block gives."""
    if fitt.sets is None:
        minutes = _first(fitt.minutes)
        return Decimal(0) if code in _OPEN_ENDED else minutes * _SECONDS
    return _first(fitt.sets) * (_work(fitt, pace) + _rest(fitt))


def _work(fitt: Fitt, pace: Pace) -> Decimal:
    sides = 2 if fitt.per_side else 1
    if fitt.reps is None:
        return (_first(fitt.hold_seconds) + _first(fitt.distance_meters) * pace.a_meter) * sides
    if fitt.tempo:
        each = sum((Decimal(part) for part in fitt.tempo.split("-")), Decimal(0))
    elif fitt.hold_seconds:
        each = _first(fitt.hold_seconds) + pace.between_holds
    else:
        each = Decimal(0)
    return _first(fitt.reps) * each * sides


def _rest(fitt: Fitt) -> Decimal:
    return _first(fitt.rest_seconds) if fitt.sets is not None else Decimal(0)


def _first(pair: Pair | None) -> Decimal:
    """The lower figure; the only one where the other end is open; nothing where there is no figure."""
    low, high = pair or (None, None)
    return low if low is not None else high or Decimal(0)
