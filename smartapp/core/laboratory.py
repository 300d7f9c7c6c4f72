"""What a laboratory reports: which quantities, the one unit of each, and its own mark on a result."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from smartapp.core.kinds import Quantity

# Results of which the laboratory's own mark, or its range, says whether they are high or low.
LABORATORY = frozenset(
    {
        *(Quantity.CALCIUM, Quantity.HEMOGLOBIN, Quantity.ESR, Quantity.CRP, Quantity.ALKALINE_PHOSPHATASE),
        *(Quantity.PHOSPHATE, Quantity.ALBUMIN, Quantity.CREATININE, Quantity.PTH, Quantity.TSH),
        *(Quantity.TESTOSTERONE, Quantity.M_PROTEIN, Quantity.LIGHT_CHAIN_RATIO, Quantity.PSA),
        Quantity.PLATELETS,
    }
)


# The one unit each is kept and shown in; a ratio has none.
LABORATORY_UNITS: Mapping[Quantity, str] = MappingProxyType(
    {
        Quantity.HEMOGLOBIN: "g/dL",
        Quantity.ESR: "mm/h",
        Quantity.CRP: "mg/L",
        Quantity.ALKALINE_PHOSPHATASE: "U/L",
        Quantity.PHOSPHATE: "mg/dL",
        Quantity.ALBUMIN: "g/dL",
        Quantity.CREATININE: "mg/dL",
        Quantity.CALCIUM: "mg/dL",
        Quantity.PTH: "pg/mL",
        Quantity.TSH: "mIU/L",
        Quantity.TESTOSTERONE: "ng/dL",
        Quantity.M_PROTEIN: "g/dL",
        Quantity.PSA: "ng/mL",
        Quantity.PLATELETS: "10^9/L",
    }
)


class LabMark(StrEnum):
    """Where a laboratory says its result lies in its own range."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
