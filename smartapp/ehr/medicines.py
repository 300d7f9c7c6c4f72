"""Prescriptions that name their medicine only by a reference -> the Medications to read, and why one was not.

They are read by id, all at once, after the searches: only a chart that has such a prescription pays for it with a round
trip (docs/decisions/0020).
"""

from collections.abc import Iterable, Sequence

from smartapp.ehr.addresses import is_id
from smartapp.ehr.pages import GUESSED, Resource
from smartapp.errors import EhrForbidden, LoadpathError
from smartapp.fhir.json import reference_of, relative_reference
from smartapp.fhir.read.patient import base_of

MOST_MEDICINES = 50  # read in one launch; ours
_KINDS = frozenset({"MedicationRequest", "MedicationStatement"})


def wanted(resources: Sequence[Resource], addresses: Iterable[str], bases: frozenset[str]) -> tuple[str, ...]:
    """Ids of the Medications of this EHR that nothing brought yet, each once, active and newest first."""
    here = {reference_of(resource) for resource in resources} | set(addresses)
    found: dict[str, None] = {}
    for resource in sorted(resources, key=_rank, reverse=True):
        if resource.get("resourceType") in _KINDS:
            element = resource.get("medicationReference")
            reference = element.get("reference") if isinstance(element, dict) and not element.get("display") else None
            if isinstance(reference, str) and reference not in here and base_of(reference) in {"", *bases}:
                kind, _, id_ = relative_reference(reference).partition("/")
                if kind == "Medication" and is_id(id_) and f"{kind}/{id_}" not in here:
                    found[id_] = None
    return tuple(found)


def _rank(resource: Resource) -> tuple[bool, str]:
    dates = (resource.get(name) for name in ("authoredOn", "dateAsserted"))
    return resource.get("status") == "active", next((date for date in dates if isinstance(date, str)), "")


def why_missing(outcomes: Sequence[Resource | LoadpathError], left: int, guessed: bool) -> tuple[str, ...]:
    """Lines on those that could not be read, each reason once; ``guessed``: one was in no known encoding."""
    failed: dict[str, int] = {}
    for outcome in outcomes:
        if isinstance(outcome, LoadpathError):
            why = f"not permitted. {outcome}" if isinstance(outcome, EhrForbidden) else f"could not be read. {outcome}"
            failed[why] = failed.get(why, 0) + 1
    lines = [f"medicines named only by reference ({count}): {why}" for why, count in failed.items()]
    if left > 0:
        lines.append(f"medicines named only by reference: {left} more were not read, at most {MOST_MEDICINES} are")
    if guessed:
        lines.append(f"medicines named only by reference: {GUESSED}")
    return tuple(lines)
