"""value[x] of an observation -> a number with its unit as recorded, and the number in the one unit core knows.

A plain number in a text is read, with a note. The unit decides, never the code: laboratories send nmol/L under mass
codes and g/cm2 under T-score codes.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from smartapp.core.kinds import Quantity
from smartapp.core.laboratory import LABORATORY_UNITS
from smartapp.fhir.json import Resource, coded_text, get_number, get_object, get_str, get_text, repeated
from smartapp.fhir.read.laboratory import LABORATORY_FACTORS
from smartapp.fhir.read.measure_units import (
    MEASURE_FACTORS,
    MEASURE_UNITS,
    MEASURES_BELIEVED,
    celsius,
    is_alcohol_in_grams,
)
from smartapp.fhir.text import clean

# The whole text is a number with its unit: “<4 ng/mL”, “8/10”. A unit nobody of ours has leaves it a text.
_WITH_UNIT = re.compile(
    r"(?P<bound><=|>=|[<>≤≥])?\s*(?P<number>[-+]?\s?\d{1,6}(?:\.\d{1,12})?)\s*(?P<unit>[/%{\[A-Za-zµμ]\S{0,20})?\Z",
    re.ASCII,
)
_BOUNDS = {"≤": "<=", "≥": ">="}
_UCUM = ("unitsofmeasure.org", "2.16.840.1.113883.6.8")
_COMPARATORS = {"<", "<=", ">", ">="}
# Scores believed at the door. T: the range of the field study behind the reader; what lies outside it under a T-score
# code was another quantity (growth-chart-app issue 41: bone age). Z, either side of 0: ours. Knowledge may be narrower.
# Vitamin D: nobody has none; ours.
BELIEVED = {
    Quantity.T_SCORE: (Decimal(-6), Decimal(4)),
    Quantity.Z_SCORE: (Decimal(-6), Decimal(6)),
    Quantity.VITAMIN_D: (Decimal("0.1"), Decimal(5000)),
    **MEASURES_BELIEVED,
    # what lies beyond is the number of another unit, such as g/L under g/dL; ours
    Quantity.HEMOGLOBIN: (Decimal(1), Decimal(30)),
    Quantity.ALBUMIN: (Decimal("0.3"), Decimal(9)),
    Quantity.M_PROTEIN: (Decimal(0), Decimal(15)),
    Quantity.PLATELETS: (Decimal(1), Decimal(3000)),
}


@dataclass(frozen=True)
class Value:
    """``number`` None: there is a value and it is no number; ``shown`` says it as recorded."""

    number: Decimal | None
    unit: str = ""  # UCUM code where given, else the unit as shown
    comparator: str = ""
    shown: str = ""
    notes: tuple[str, ...] = ()
    wording: str = ""  # of a coded or text answer


def value(resource: Resource) -> Value | None:
    """Of an Observation or component; None where it has none or says why it is absent.

    Where more than one is recorded, the first that is a number, else the first.
    """
    found = [one for name, read in _READ.items() if name in resource and (one := read(resource, name)) is not None]
    if not found:
        other = next((name for name in resource if name.startswith("value") and name not in _READ), None)
        return Value(None, shown=f"a {other.removeprefix('value')}") if other else None
    chosen = next((one for one in found if one.number is not None), found[0])
    several = repeated(resource, "value")
    return replace(chosen, notes=(*chosen.notes, several)) if several else chosen


def _quantity(resource: Resource, name: str) -> Value | None:
    quantity = get_object(resource, name)
    raw = quantity.get("value")
    if raw is None:
        return None
    unit = _unit(quantity)
    comparator = get_str(quantity, "comparator").strip()
    shown = " ".join(filter(None, (comparator, clean(str(raw)), get_text(quantity, "unit") or unit)))
    if isinstance(raw, str):
        read = _string(raw)
        return Value(read.number, unit or read.unit, comparator or read.comparator, shown, read.notes)
    if comparator and comparator not in _COMPARATORS:
        return Value(None, unit, shown=shown)
    return Value(get_number(raw), unit, comparator, shown)


def _unit(quantity: Resource) -> str:
    """The code; the unit as shown where that is one of ours and the code is not of UCUM."""
    code, shown, system = get_text(quantity, "code"), get_text(quantity, "unit"), get_str(quantity, "system").lower()
    local = not any(name in system for name in _UCUM) if system else not is_unit(code)
    return shown if local and is_unit(shown) else code or shown


def _simple(resource: Resource, name: str) -> Value:
    raw = resource[name]
    return _string(raw) if isinstance(raw, str) else Value(get_number(raw), shown=clean(str(raw)))


def _concept(resource: Resource, name: str) -> Value:
    said = coded_text(get_object(resource, name))
    return Value(None, shown=said, wording=said)


def _string(raw: str) -> Value:
    """A number, with a true minus sign or a hyphen, alone or with bound and known unit; anything else is only shown."""
    shown = clean(raw)
    found = _WITH_UNIT.match(shown)
    if found is None or (found["unit"] and not is_unit(found["unit"])):
        return Value(None, shown=shown, wording=shown)
    read = Decimal(found["number"].replace(" ", ""))
    bound = _BOUNDS.get(found["bound"] or "", found["bound"] or "")
    return Value(read, found["unit"] or "", bound, shown, ("the value was recorded as text",))


_READ: Mapping[str, Callable[[Resource, str], Value | None]] = {
    "valueQuantity": _quantity,
    "valueInteger": _simple,
    "valueDecimal": _simple,
    "valueString": lambda resource, name: _string(get_str(resource, name)),
    "valueCodeableConcept": _concept,
}


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
    **MEASURE_FACTORS,
    **LABORATORY_FACTORS,
}
OWN_UNIT: Mapping[Quantity, str] = {
    Quantity.AREAL_BMD: "g/cm2",
    Quantity.VITAMIN_D: "ng/mL",
    Quantity.EGFR: "mL/min/1.73 m2",
    Quantity.BMI: "kg/m2",
    Quantity.FRACTURE_PROBABILITY: "%",
    **MEASURE_UNITS,
    **LABORATORY_UNITS,
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
    if quantity is Quantity.TEMPERATURE:
        return celsius(number, _squeezed(unit))
    factor = factors.get(_squeezed(unit))
    if factor is None:
        return None
    if factor == _ONE / NMOL_PER_NG:
        return number / NMOL_PER_NG  # one rounding only, so that 49.92 nmol/L is 20 ng/mL exactly
    return number * factor


def is_areal(unit: str) -> bool:
    """Whether a unit is one of bone mass per area: the mark of a BMD that hides under a T-score code."""
    return _squeezed(unit) in _AREAL


def as_measured(quantity: Quantity, unit: str) -> Quantity:
    """What a number in this unit tells: alcohol in grams is not in drinks."""
    grams = quantity is Quantity.ALCOHOL and is_alcohol_in_grams(_squeezed(unit))
    return Quantity.ALCOHOL_GRAMS if grams else quantity


def needs_unit(quantity: Quantity) -> bool:
    return "" not in FACTORS.get(quantity, {"": _ONE})


def is_unit(unit: str) -> bool:
    """Whether any quantity of ours is measured in it."""
    return _squeezed(unit) in _UNITS
