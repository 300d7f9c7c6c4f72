"""Encounter -> core Procedure: a stay in a hospital that has ended, on its last day (rule book 2c, CD20)."""

from collections.abc import Iterator

from smartapp.core.chart import Procedure, Source
from smartapp.core.fracture_coding import Region
from smartapp.core.kinds import ProcedureKind
from smartapp.fhir.json import Resource, as_object, get_text
from smartapp.fhir.read.context import Fact, ReadContext, status_word, where
from smartapp.fhir.read.dates import parse_period

_INPATIENT = frozenset({"IMP", "ACUTE", "NONAC"})  # HL7 v3 ActCode: inpatient, and its two kinds
_NEVER_WAS = frozenset({"planned", "cancelled", "entered-in-error"})


def stay(resource: Resource, _: ReadContext) -> Iterator[Fact]:
    """Of any other visit nothing: when it began is in the context of the others."""
    coded = get_text(as_object(resource, "class"), "code").upper()
    end = parse_period(as_object(resource, "period"))[1]
    if coded in _INPATIENT and end and status_word(resource, "status") not in _NEVER_WAS:
        source = Source(where(resource), display="Hospital stay", date=str(end))
        yield Procedure(source, ProcedureKind.HOSPITAL_STAY, Region.UNSPECIFIED, performed=end, code=coded)
