"""Units of laboratory results -> the one unit core knows (:data:`smartapp.core.kinds.LABORATORY_UNITS`).

Factors are from the molar masses (rule book 2a, section 7 names the results); a unit that is not here is told, never
guessed.
"""

from collections.abc import Mapping
from decimal import Decimal

from smartapp.core.kinds import Quantity

_ONE = Decimal(1)
_TEN = Decimal(10)
_TENTH = Decimal("0.1")
_G_PER_DL = {**dict.fromkeys(("g/dl", "gm/dl", "g/100ml", "g%"), _ONE), "g/l": _TENTH}
_NG_PER_ML = dict.fromkeys(("ng/ml", "ug/l", "mcg/l", "µg/l", "μg/l"), _ONE)
_THOUSANDS_PER_UL = dict.fromkeys(
    (
        *("10*9/l", "10^9/l", "x10*9/l", "x10^9/l", "10e9/l", "x10e9/l", "10*3/ul", "10^3/ul", "x10*3/ul", "x10^3/ul"),
        *("10e3/ul", "x10e3/ul", "k/ul", "k/mcl", "k/mm3", "thou/ul", "thousand/ul", "th/ul", "10*3/mm3", "/nl", "g/l"),
        *("10*3/mcl", "10^3/mcl", "x10*3/mcl", "x10^3/mcl", "gpt/l", "giga/l"),
    ),
    _ONE,
)

# Unit as recorded, without blanks and in small letters -> factor to the unit of the quantity.
LABORATORY_FACTORS: Mapping[Quantity, Mapping[str, Decimal]] = {
    # 1.6114 g/dL of hemoglobin in 1 mmol/L of its monomer, as Dutch, Danish and German laboratories report it
    Quantity.HEMOGLOBIN: {**_G_PER_DL, "mmol/l": Decimal("1.6114")},
    Quantity.ESR: dict.fromkeys(("mm/h", "mm/hr", "mm/1h", "mm/hour", "mm/(1.h)", "mm"), _ONE),
    Quantity.CRP: {**dict.fromkeys(("mg/l", "ug/ml", "µg/ml", "μg/ml", "mcg/ml"), _ONE), "mg/dl": _TEN},
    Quantity.ALKALINE_PHOSPHATASE: {
        **dict.fromkeys(("u/l", "iu/l", "[iu]/l", "[u]/l", "units/l"), _ONE),
        **dict.fromkeys(("ukat/l", "µkat/l", "μkat/l"), Decimal(60)),
    },
    Quantity.PHOSPHATE: {"mg/dl": _ONE, "mmol/l": Decimal("3.0974")},
    Quantity.ALBUMIN: _G_PER_DL,
    Quantity.CREATININE: {"mg/dl": _ONE, **dict.fromkeys(("umol/l", "µmol/l", "μmol/l"), _ONE / Decimal("88.42"))},
    Quantity.PTH: {**dict.fromkeys(("pg/ml", "ng/l"), _ONE), "pmol/l": Decimal("9.425")},
    Quantity.TSH: dict.fromkeys(
        (
            *("m[iu]/l", "miu/l", "mu/l", "u[iu]/ml", "uiu/ml", "µiu/ml", "μiu/ml", "uu/ml", "µu/ml", "μu/ml"),
            *("mciu/ml", "[miu]/l", "[uiu]/ml"),
        ),
        _ONE,
    ),
    Quantity.TESTOSTERONE: {
        "ng/dl": _ONE,
        "nmol/l": Decimal("28.842"),
        **dict.fromkeys(_NG_PER_ML, Decimal(100)),
    },
    Quantity.M_PROTEIN: {**_G_PER_DL, "mg/dl": Decimal("0.001")},
    Quantity.LIGHT_CHAIN_RATIO: dict.fromkeys(("", "1", "{ratio}", "ratio", "{kappa:lambda}"), _ONE),
    Quantity.PSA: _NG_PER_ML,
    Quantity.PLATELETS: {**_THOUSANDS_PER_UL, **dict.fromkeys(("/ul", "/mcl", "/mm3", "cells/ul"), Decimal("0.001"))},
}
