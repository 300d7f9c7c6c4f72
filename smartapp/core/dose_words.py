"""Numbers of a dose -> the one line it is shown as: “2 a week, 2 sets of 8, hold 3-5 s, effort 2-3 of 10”."""

from collections.abc import Iterator
from decimal import Decimal

from smartapp.core.program import Fitt, Pair

DAILY = 7  # days a week
_ONE = (Decimal(1), Decimal(1))


def fitt_words(fitt: Fitt) -> str:
    """Empty parts are left out; one function for page, papers and chart, so that nothing is said in two ways."""
    parts = (_often(fitt), *_volume(fitt), *_technique(fitt), *_effort(fitt), fitt.intensity, _rest(fitt))
    return ", ".join(filter(None, parts))


def span(pair: Pair | None, unit: str = "", *, least: str = "{} or more", most: str = "{} at most") -> str:
    """``3-5 s``; a figure given twice once; open ends in words; empty where there is no figure."""
    if pair is None:
        return ""
    low, high = pair
    if low is None or high is None:
        return (least if high is None else most).format(f"{_plain(low if high is None else high)}{unit}")
    figures = _plain(low) if low == high else f"{_plain(low)}-{_plain(high)}"
    return f"{figures}{unit}"


def _plain(value: Decimal | None) -> str:
    return f"{value:f}"


def _often(fitt: Fitt) -> str:
    return " ".join(filter(None, (_times(fitt), fitt.often)))


def _times(fitt: Fitt) -> str:
    if fitt.per_day is not None:
        return span(fitt.per_day, " times a day")
    if fitt.per_week is None:
        return ""
    if fitt.per_week[0] == DAILY:
        return "daily"
    return f"{span(fitt.per_week)} a week"


def _volume(fitt: Fitt) -> Iterator[str]:
    side = " each side" if fitt.per_side else ""
    amount = span(fitt.reps) or span(fitt.distance_meters, " m") or span(fitt.hold_seconds, " s")
    if fitt.sets is not None and amount:
        sets = f"{span(fitt.sets)} set{'' if fitt.sets == _ONE else 's'} of "
        yield f"{sets}{amount}{side}"
    elif fitt.reps is not None:
        yield f"{amount}{side}"
    yield fitt.alternative
    yield span(fitt.minutes, " min")
    yield span(fitt.flights, " flights")
    if fitt.start_reps:
        yield f"start with {fitt.start_reps}"


def _technique(fitt: Fitt) -> Iterator[str]:
    if fitt.reps is not None and fitt.hold_seconds is not None:
        yield f"hold {span(fitt.hold_seconds, ' s')}"
    if fitt.tempo:
        yield f"up-hold-down {fitt.tempo} s"
    if fitt.angle_degrees_max is not None:
        yield f"knees bent to {_plain(fitt.angle_degrees_max)} degrees at most"
    if fitt.start_load_kg is not None:
        yield f"start with {_plain(fitt.start_load_kg)} kg at most"
    if fitt.rm is not None:
        yield f"a weight that can be lifted {span(fitt.rm)} times"


def _effort(fitt: Fitt) -> Iterator[str]:
    if fitt.rpe is not None:
        yield f"effort {span(fitt.rpe)} of 10" if fitt.rpe[0] is not None else f"effort {span(fitt.rpe, ' of 10')}"
    if fitt.rir is not None:
        yield f"{span(fitt.rir)} left in the tank"


def _rest(fitt: Fitt) -> str:
    return f"rest {span(fitt.rest_seconds, ' s')}" if fitt.rest_seconds is not None else ""
