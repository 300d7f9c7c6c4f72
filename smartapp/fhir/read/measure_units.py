"""Units of vital signs and tests of movement -> the one unit core knows each in; and what is believed of a number.

Lowest and highest are ours: what lies outside was measured in another unit, typed wrongly or is no reading at all.
"""

from collections.abc import Mapping
from decimal import Decimal

from smartapp.core.kinds import Quantity

_ONE = Decimal(1)
_FAHRENHEIT_ABOVE = 45  # no living body in degrees Celsius (rule book 2a, RF5)
_CELSIUS = frozenset({"cel", "c", "°c", "degc", "deg.c", "celsius", "degc."})
_FAHRENHEIT = frozenset({"[degf]", "degf", "f", "°f", "deg.f", "fahrenheit"})

_PRESSURE = {**dict.fromkeys(("mm[hg]", "mmhg", "mm(hg)", "mmhg."), _ONE), "kpa": Decimal("7.50062")}
_SECONDS = {**dict.fromkeys(("s", "sec", "secs", "second", "seconds", "sec."), _ONE), "min": Decimal(60)}
_KILOGRAMS = {
    **dict.fromkeys(("kg", "kgf", "kg[f]", "[kgf]", "kg-f", "kilograms"), _ONE),
    **dict.fromkeys(("[lb_av]", "lb", "lbs", "lbf", "[lbf_av]", "pounds"), Decimal("0.45359237")),
    "n": _ONE / Decimal("9.80665"),
}
_UK_UNIT = Decimal(8)  # grams of alcohol
_GRAMS_A_DAY = {
    **dict.fromkeys(("g/d", "g/day", "g/24h", "grams/day"), _ONE),
    **dict.fromkeys(("g/wk", "g/week", "grams/week"), _ONE / 7),
    **dict.fromkeys(("{units}/wk", "{unit}/wk", "units/week", "units/wk", "u/week"), _UK_UNIT / 7),
    **dict.fromkeys(("{units}/d", "{unit}/d", "units/day", "u/day"), _UK_UNIT),
}
_COUNT = dict.fromkeys(
    (
        *("", "1", "{#}", "{count}", "{falls}", "falls", "{falls}/a", "/a", "{falls}/y", "/year", "{reps}", "reps"),
        *("repetitions", "{repetitions}", "stands", "{stands}", "{rep}", "times", "{score}", "score", "points"),
        "{points}",
    ),
    _ONE,
)
_PERCENT = {"%": _ONE, "percent": _ONE}
_CENTIMETERS = {
    **{"cm": _ONE, "mm": Decimal("0.1"), "m": Decimal(100)},
    **dict.fromkeys(("[in_i]", "[in_us]", "in", "inch", "inches"), Decimal("2.54")),
}

MEASURE_FACTORS: Mapping[Quantity, Mapping[str, Decimal]] = {
    Quantity.SYSTOLIC: _PRESSURE,
    Quantity.SYSTOLIC_LYING: _PRESSURE,
    Quantity.SYSTOLIC_STANDING: _PRESSURE,
    Quantity.DIASTOLIC: _PRESSURE,
    Quantity.OXYGEN_SATURATION: {**_PERCENT, "%{saturation}": _ONE, "%{oxygensaturation}": _ONE, "{%}": _ONE},
    Quantity.TEMPERATURE: dict.fromkeys((*_CELSIUS, *_FAHRENHEIT, ""), _ONE),
    Quantity.TIMED_UP_AND_GO: _SECONDS,
    Quantity.CHAIR_STANDS: _COUNT,
    Quantity.CHAIR_RISE: _SECONDS,
    Quantity.GAIT_SPEED: {
        **dict.fromkeys(("m/s", "m/sec", "meter/second", "m.s-1", "mps"), _ONE),
        **dict.fromkeys(("cm/s", "cm/sec"), Decimal("0.01")),
    },
    Quantity.GRIP: _KILOGRAMS,
    Quantity.FALLS: _COUNT,
    Quantity.MORSE: _COUNT,
    Quantity.STAY_INDEPENDENT: _COUNT,
    Quantity.TANDEM: _SECONDS,
    Quantity.FALL_HISTORY: _COUNT,
    Quantity.CLINICAL_FRAILTY: _COUNT,
    Quantity.ALCOHOL_GRAMS: _GRAMS_A_DAY,
    Quantity.ANEURYSM: {"cm": _ONE, "mm": Decimal("0.1")},
    Quantity.HIP_FRACTURE_PROBABILITY: _PERCENT,
    Quantity.OSWESTRY: _PERCENT,
    Quantity.ROLAND_MORRIS: _COUNT,
    Quantity.QUALEFFO: _COUNT,
    Quantity.CHAIR_STANDS_WITH_ARMS: _COUNT,
    Quantity.ONE_LEG_STAND: _SECONDS,
    Quantity.OCCIPUT_WALL: _CENTIMETERS,
    Quantity.LOADED_STANDING: _SECONDS,
    Quantity.FALLS_EFFICACY: _COUNT,
    Quantity.HEIGHT: _CENTIMETERS,
}
MEASURE_UNITS: Mapping[Quantity, str] = {
    **dict.fromkeys(
        (Quantity.SYSTOLIC, Quantity.SYSTOLIC_LYING, Quantity.SYSTOLIC_STANDING, Quantity.DIASTOLIC), "mmHg"
    ),
    **dict.fromkeys((Quantity.OXYGEN_SATURATION, Quantity.HIP_FRACTURE_PROBABILITY, Quantity.OSWESTRY), "%"),
    **dict.fromkeys((Quantity.TIMED_UP_AND_GO, Quantity.CHAIR_RISE, Quantity.TANDEM), "s"),
    **dict.fromkeys((Quantity.ONE_LEG_STAND, Quantity.LOADED_STANDING), "s"),
    **dict.fromkeys((Quantity.OCCIPUT_WALL, Quantity.HEIGHT), "cm"),
    Quantity.TEMPERATURE: "degrees Celsius",
    Quantity.GAIT_SPEED: "m/s",
    Quantity.GRIP: "kg",
    Quantity.ANEURYSM: "cm",
    Quantity.ALCOHOL_GRAMS: "g a day",
}
MEASURES_BELIEVED: Mapping[Quantity, tuple[Decimal, Decimal]] = {
    **dict.fromkeys(
        (Quantity.SYSTOLIC, Quantity.SYSTOLIC_LYING, Quantity.SYSTOLIC_STANDING), (Decimal(40), Decimal(320))
    ),
    Quantity.DIASTOLIC: (Decimal(15), Decimal(220)),
    Quantity.OXYGEN_SATURATION: (Decimal(30), Decimal(100)),
    Quantity.TEMPERATURE: (Decimal(25), Decimal(45)),
    Quantity.TIMED_UP_AND_GO: (Decimal(2), Decimal(600)),
    Quantity.CHAIR_STANDS: (Decimal(0), Decimal(60)),
    Quantity.CHAIR_RISE: (Decimal(2), Decimal(600)),
    Quantity.GAIT_SPEED: (Decimal(0), Decimal(4)),
    Quantity.GRIP: (Decimal(0), Decimal(150)),
    Quantity.FALLS: (Decimal(0), Decimal(365)),
    Quantity.MORSE: (Decimal(0), Decimal(125)),
    Quantity.STAY_INDEPENDENT: (Decimal(0), Decimal(14)),
    Quantity.TANDEM: (Decimal(0), Decimal(120)),
    Quantity.FALL_HISTORY: (Decimal(0), Decimal(25)),
    Quantity.CLINICAL_FRAILTY: (Decimal(1), Decimal(9)),
    Quantity.ANEURYSM: (Decimal("0.5"), Decimal(20)),
    Quantity.FRACTURE_PROBABILITY: (Decimal(0), Decimal(100)),
    Quantity.HIP_FRACTURE_PROBABILITY: (Decimal(0), Decimal(100)),
    Quantity.OSWESTRY: (Decimal(0), Decimal(100)),
    Quantity.ROLAND_MORRIS: (Decimal(0), Decimal(24)),
    Quantity.QUALEFFO: (Decimal(0), Decimal(100)),
    Quantity.CHAIR_STANDS_WITH_ARMS: (Decimal(0), Decimal(60)),
    Quantity.ONE_LEG_STAND: (Decimal(0), Decimal(600)),
    Quantity.OCCIPUT_WALL: (Decimal(0), Decimal(40)),
    Quantity.LOADED_STANDING: (Decimal(0), Decimal(1200)),
    Quantity.FALLS_EFFICACY: (Decimal(16), Decimal(64)),
    Quantity.HEIGHT: (Decimal(50), Decimal(260)),
}


def is_alcohol_in_grams(squeezed_unit: str) -> bool:
    """Whether what was drunk is told in grams, or in the units of the United Kingdom, which are 8 grams."""
    return squeezed_unit in _GRAMS_A_DAY


def celsius(number: Decimal, squeezed_unit: str) -> Decimal | None:
    """In degrees Celsius; None where the unit is none of temperature. Above 45 it is Fahrenheit whatever stands there.

    ``squeezed_unit``: in small letters, without blanks.
    """
    if squeezed_unit not in MEASURE_FACTORS[Quantity.TEMPERATURE]:
        return None
    if squeezed_unit in _FAHRENHEIT or number > _FAHRENHEIT_ABOVE:
        return (number - 32) * 5 / 9
    return number
