"""Fitt -> its parts in words, for the table of page one, the cards of the program and the patient's handout."""

from decimal import Decimal

from smartapp.core.program import Fitt, Pair
from smartapp.core.threshold_words import shown_number

DAILY = 7


def shown_span(pair: Pair | None, between: str = "–") -> str:
    """``2–3``, ``2``, ``≥ 4``, ``≤ 3``; empty where nothing is given."""
    low, high = pair or (None, None)
    if low is None or high is None:
        return f"≥ {shown_number(low)}" if low is not None else f"≤ {shown_number(high)}" if high is not None else ""
    return shown_number(low) if low == high else f"{shown_number(low)}{between}{shown_number(high)}"


def how_often(fitt: Fitt, said: str = "") -> str:
    """In a week, and in a day where it is more than once. ``said``: behind the number, where no column says it."""
    week, day = shown_span(fitt.per_week), shown_span(fitt.per_day)
    if week == shown_number(Decimal(DAILY)):
        week = "daily"
    elif week:
        week = f"{week}{said}"
    return ", ".join(filter(None, (week, f"{day} × a day" if day not in ("", "1") else "", fitt.often)))


def effort(fitt: Fitt) -> str:
    left = shown_span(fitt.rir)
    return ", ".join(filter(None, (shown_span(fitt.rpe), left and f"{left} left", fitt.intensity)))


def volume(fitt: Fitt) -> str:
    """Sets and repetitions, or time, or way; then where to start, hold, tempo and rest."""
    hold, rest = shown_span(fitt.hold_seconds), shown_span(fitt.rest_seconds)
    start = [fitt.start_reps, f"{shown_number(fitt.start_load_kg)} kg" if fitt.start_load_kg is not None else ""]
    behind = (
        fitt.alternative,
        f"start {', '.join(filter(None, start))}" if any(start) else "",
        f"hold {hold} s" if hold and fitt.reps else "",
        f"to {shown_number(fitt.angle_degrees_max)}°" if fitt.angle_degrees_max is not None else "",
        fitt.tempo,
        f"rest {rest} s" if rest else "",
    )
    return ", ".join(filter(None, (_amount(fitt, hold), *behind)))


def _amount(fitt: Fitt, hold: str) -> str:
    """``2 × 8–12 a side``; a set without repetitions is held or timed."""
    sets, side = shown_span(fitt.sets), " a side" if fitt.per_side else ""
    timed = hold if not fitt.reps else ""
    measured = {
        "": shown_span(fitt.reps), " s": timed, " m": shown_span(fitt.distance_meters),
        " flights": shown_span(fitt.flights),
    }  # fmt: skip
    said = [f"{much}{unit}" for unit, much in measured.items() if much]
    minutes = f"{shown_span(fitt.minutes)} min" if fitt.minutes else ""
    if not said:
        return minutes or (f"{sets} sets" if sets else "")
    first = f"{sets} × {said[0]}{side}" if sets else f"{said[0]}{side}"
    return ", ".join(filter(None, (minutes, first, *said[1:])))


def steps(fitt: Fitt) -> tuple[tuple[str, str], ...]:
    """Up, down and ready, each where there is one."""
    told = (("Up", fitt.step_up), ("Down", fitt.step_down), ("Ready", fitt.ready))
    return tuple((name, text) for name, text in told if text and text != "–")
