"""A number and the unit it was recorded in -> the one unit the concept is known in, or why it cannot be used.

The unit decides, never the code: laboratories send nmol/L under mass codes and g/cm2 under T-score codes.
"""

import re
from collections.abc import Mapping
from decimal import Decimal

from smartapp.core.chart import Quantity

NMOL_PER_NG = Decimal("2.496")  # nmol/L of 25-hydroxyvitamin D in 1 ng/mL (rule book 2.7)
MG_PER_MMOL_CALCIUM = Decimal("4.0078")  # mg/dL in 1 mmol/L: atomic mass 40.078; ours
_ONE = Decimal(1)

# Unit as recorded, squeezed by _squeezed(), -> factor to the concept's own unit.
_SCORE = dict.fromkeys(("", "1", "{score}", "{scoreof10}", "score", "/10", "{nrs}", "{0-10}", "points", "{#}"), _ONE)
_SD = dict.fromkeys(
    (
        *(
            "",
            "1",
            "{t-score}",
            "{tscore}",
            "{t_score}",
            "t-score",
            "tscore",
            "t",
            "{z-score}",
            "{zscore}",
            "{z_score}",
        ),
        *("z-score", "zscore", "{score}", "sd", "{sd}", "[sd]", "{standarddeviation}", "{std.dev}", "s.d."),
    ),
    _ONE,
)
_AREAL = dict.fromkeys(("g/cm2", "g/cm-2", "g/cm^2", "g/cm²", "g/cm**2", "g.cm-2", "g/(cm2)", "gm/cm2"), _ONE)
_PER_DAY = dict.fromkeys(
    ("", "1", "/d", "{drinks}/d", "{drink}/d", "drinks/day", "{drinks}/day", "/day", "{#}", "{#}/d"), _ONE
)

FACTORS: Mapping[Quantity, Mapping[str, Decimal]] = {
    Quantity.T_SCORE: _SD,
    Quantity.Z_SCORE: _SD,
    Quantity.AREAL_BMD: {**_AREAL, "mg/cm2": Decimal("0.001"), "kg/m2": Decimal("0.1")},
    Quantity.VITAMIN_D: {
        **dict.fromkeys(("ng/ml", "ug/l", "mcg/l", "µg/l", "μg/l", "ng/ml{25-ohvitd}"), _ONE),
        **dict.fromkeys(("nmol/l", "nmol/l{25-ohvitd}"), _ONE / NMOL_PER_NG),
    },
    Quantity.CALCIUM: {"mg/dl": _ONE, "mmol/l": MG_PER_MMOL_CALCIUM},
    Quantity.EGFR: dict.fromkeys(
        (
            *(
                "ml/min/{1.73_m2}",
                "ml/min/1.73m2",
                "ml/min/1.73_m2",
                "ml/min/{1.73m2}",
                "ml/min/1.73m²",
                "ml/min/1.73m^2",
            ),
            *("ml/min/{bsa}", "ml/min", "ml/min/(1.73.m2)", "ml/min/1.73sqm"),
        ),
        _ONE,
    ),
    Quantity.PAIN: {**_SCORE, "cm": _ONE, "mm": Decimal("0.1")},
    Quantity.BMI: dict.fromkeys(("kg/m2", "kg/m²", "kg/m^2", "kg.m-2"), _ONE),
    Quantity.ALCOHOL: {**_PER_DAY, **dict.fromkeys(("/wk", "{drinks}/wk", "/week", "drinks/week"), _ONE / 7)},
    Quantity.FRACTURE_PROBABILITY: {"%": _ONE, "percent": _ONE},
}
OWN_UNIT: Mapping[Quantity, str] = {
    Quantity.AREAL_BMD: "g/cm2",
    Quantity.VITAMIN_D: "ng/mL",
    Quantity.CALCIUM: "mg/dL",
    Quantity.EGFR: "mL/min/1.73 m2",
    Quantity.BMI: "kg/m2",
    Quantity.FRACTURE_PROBABILITY: "%",
}
_UNITS = frozenset(unit for factors in FACTORS.values() for unit in factors if unit)
_BLANKS = re.compile(r"\s+")


def _squeezed(unit: str) -> str:
    return _BLANKS.sub("", unit).lower()


def own_unit(quantity: Quantity, number: Decimal, unit: str) -> Decimal | None:
    """The number in the concept's own unit; None where the unit does not belong to the quantity."""
    factors = FACTORS.get(quantity)
    if factors is None:
        return number
    factor = factors.get(_squeezed(unit))
    if factor is None:
        return None
    if factor == _ONE / NMOL_PER_NG:
        return number / NMOL_PER_NG  # one rounding only, so that 49.92 nmol/L is 20 ng/mL exactly
    return number * factor


def is_areal(unit: str) -> bool:
    """Whether a unit is one of bone mass per area: the mark of a BMD that hides under a T-score code."""
    return _squeezed(unit) in _AREAL


def needs_unit(quantity: Quantity) -> bool:
    return "" not in FACTORS.get(quantity, {"": _ONE})


def is_unit(unit: str) -> bool:
    """Whether any quantity of ours is measured in it."""
    return _squeezed(unit) in _UNITS
