"""A dose -> its JSON of ``smartapp derive``: every range [low, high], one figure twice, an open end null."""

from decimal import Decimal
from typing import Any

from smartapp.core.program import Fitt, Pair


def fitt_answer(fitt: Fitt) -> dict[str, Any]:
    """``holdSeconds`` is of one repetition, or of one set where there are no repetitions."""
    return {
        "perWeek": _range(fitt.per_week),
        "perDay": _range(fitt.per_day),
        "rpe": _range(fitt.rpe),
        "rir": _range(fitt.rir),
        "rm": _range(fitt.rm),
        "sets": _range(fitt.sets),
        "reps": _range(fitt.reps),
        "perSide": fitt.per_side,
        "startReps": int(fitt.start_reps) if fitt.start_reps.isdigit() else fitt.start_reps or None,
        "holdSeconds": _range(fitt.hold_seconds),
        "tempo": fitt.tempo or None,
        "restSeconds": _range(fitt.rest_seconds),
        "minutes": _range(fitt.minutes),
        "distanceMeters": _range(fitt.distance_meters),
        "flights": _range(fitt.flights),
        "startLoadKg": _plain(fitt.start_load_kg),
        "intensity": fitt.intensity or None,
        "stepUp": fitt.step_up or None,
        "stepDown": fitt.step_down or None,
        "ready": fitt.ready or None,
    }


def _range(pair: Pair | None) -> list[int | float | None] | None:
    return None if pair is None else [_plain(end) for end in pair]


def _plain(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
