"""Fitt -> its parts in words, for the table of page one, the cards of the program and the patient's handout."""

from decimal import Decimal

from smartapp.core.program import Fitt, Pair
from smartapp.core.threshold_words import shown_number

DAILY = 7


def span(pair: Pair | None, between: str = "–") -> str:
    """``2–3``, ``2``, ``≥ 4``, ``≤ 3``; empty where nothing is given."""
    low, high = pair or (None, None)
    if low is None or high is None:
        return f"≥ {shown_number(low)}" if low is not None else f"≤ {shown_number(high)}" if high is not None else ""
    return shown_number(low) if low == high else f"{shown_number(low)}{between}{shown_number(high)}"


def how_often(fitt: Fitt) -> str:
    """In a week, and in a day where it is more than once."""
    week, day = span(fitt.per_week), span(fitt.per_day)
    if week == shown_number(Decimal(DAILY)):
        week = "daily"
    return ", ".join(filter(None, (week, f"{day} × a day" if day not in ("", "1") else "")))


def effort(fitt: Fitt) -> str:
    left = span(fitt.rir)
    return ", ".join(filter(None, (span(fitt.rpe), left and f"{left} left", fitt.intensity)))


def volume(fitt: Fitt) -> str:
    """Sets and repetitions, or time, or way; hold, tempo and rest behind them."""
    sets, side = span(fitt.sets), " a side" if fitt.per_side else ""
    amount = {
        "": span(fitt.reps), " s": span(fitt.seconds), " min": span(fitt.minutes), " m": span(fitt.distance_meters),
        " flights": span(fitt.flights),
    }  # fmt: skip
    said = [f"{much}{unit}" for unit, much in amount.items() if much]
    first = f"{sets} × {said[0]}" if sets and said else f"{sets} sets" if sets else said[0] if said else ""
    more = {"hold": (fitt.hold_seconds, " s"), "rest": (fitt.rest_seconds, " s")}
    behind = [f"{name} {span(pair)}{unit}" for name, (pair, unit) in more.items() if pair]
    start = f"start {fitt.start_reps}" if fitt.start_reps else ""
    load = f"start {shown_number(fitt.start_load_kg)} kg" if fitt.start_load_kg is not None else ""
    whole = [f"{first}{side}" if first else "", *said[1:], start, load, behind[0] if fitt.hold_seconds else ""]
    tempo = fitt.tempo
    return ", ".join(filter(None, (*whole, tempo, behind[-1] if fitt.rest_seconds else "")))


def steps(fitt: Fitt) -> tuple[tuple[str, str], ...]:
    """Up, down and ready, each where there is one."""
    told = (("Up", fitt.step_up), ("Down", fitt.step_down), ("Ready", fitt.ready))
    return tuple((name, text) for name, text in told if text and text != "–")
