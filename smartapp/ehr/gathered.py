"""What the searches of a launch brought -> the one patient's resources, and in words what is missing.

Whatever belongs to another patient is left out and named (SMART X9). What the EHR remarks beside its results is told
once, however many searches it stands in; what a search could not bring is told for each.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from smartapp.core.chart import Unreadable
from smartapp.ehr.client import Params
from smartapp.ehr.pages import GUESSED, Found, Resource
from smartapp.errors import EhrForbidden, EhrRejected, LoadpathError
from smartapp.fhir.json import relative_reference
from smartapp.fhir.read.patient import Person, base_of, person_of
from smartapp.fhir.read.searches import OPTIONAL

# (label for people, resource type, parameters); "{patient}" in a value stands for the patient's id
Search = tuple[str, str, Params]


@dataclass(frozen=True)
class WaveResult:
    """``addresses``: of the entries whose fullUrl does not say their id: fullUrl -> ``Type/id``."""

    resources: tuple[Resource, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    partial: tuple[str, ...] = ()
    addresses: Mapping[str, str] = field(default_factory=dict)

    def bundle(self) -> Resource:
        """What was read as one Bundle for ``read_chart``: addresses beside their resources."""
        at = {reference: address for address, reference in self.addresses.items()}
        entries = [
            {"resource": r, **({"fullUrl": at[place]} if (place := "/".join(_key(r, ""))) in at else {})}
            for r in self.resources
        ]
        return {"resourceType": "Bundle", "type": "collection", "entry": entries}

    def to_json(self) -> dict[str, Any]:
        return {
            "resources": list(self.resources),
            "unreadable": [[u.where, u.reason, u.of_another] for u in self.unreadable],
            "partial": list(self.partial),
            "addresses": dict(self.addresses),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "WaveResult":
        unreadable = tuple(Unreadable(*line) for line in value["unreadable"])
        return cls(tuple(value["resources"]), unreadable, tuple(value["partial"]), value.get("addresses", {}))


def gathered(
    base: str,
    patient_id: str,
    searches: Sequence[Search],
    outcomes: Sequence[Found | LoadpathError],
    batch: Found,
) -> tuple[WaveResult, Person]:
    """The result, and how its patient may be named. ``base`` is the FHIR base; ``batch`` told of all at once."""
    brought = [(search[0], found) for search, found in zip(searches, outcomes, strict=True) if isinstance(found, Found)]
    addresses = {address: reference for _, found in brought for address, reference in found.addresses.items()}
    local = {address: reference for address, reference in addresses.items() if relative_reference(address) != reference}
    person = _person(base, patient_id, [r for _, found in brought for r in found.resources], addresses, local)
    resources: dict[tuple[str, str], Resource] = {}
    others: dict[str, Unreadable] = {}
    for label, found in brought:
        for position, resource in enumerate(found.resources):
            key = _key(resource, f"{label} {position}")
            if person.owns(resource):
                resources.setdefault(key, resource)
            else:
                where = "/".join(key)
                others[where] = Unreadable(where, "The EHR sent this record of another patient; it is not used.", True)
    lines = (*_missing(searches, outcomes), *_remarks(brought), *_guessed(brought, batch))
    return WaveResult(tuple(resources.values()), tuple(others.values()), lines, local), person


def _person(
    base: str, patient_id: str, resources: Sequence[Resource], addresses: Mapping[str, str], local: Mapping[str, str]
) -> Person:
    reference = f"Patient/{patient_id}"
    record = next((r for r in resources if "/".join(_key(r, "")) == reference), {})
    named = {base_of(address) for address, of in addresses.items() if relative_reference(address) == of}
    return replace(person_of(record, local, {*named, base_of(f"{base}/{reference}")}), reference=reference)


def _key(resource: Resource, place: str) -> tuple[str, str]:
    kind, id_ = resource.get("resourceType"), resource.get("id")
    return (kind, id_) if isinstance(kind, str) and isinstance(id_, str) else ("", place)


def _missing(searches: Sequence[Search], outcomes: Sequence[Found | LoadpathError]) -> tuple[str, ...]:
    """What searches did not bring. Where an optional one is not offered, another asks for the same (OPTIONAL)."""
    lines: list[str] = []
    not_found: list[str] = []
    for (label, _, _), outcome in zip(searches, outcomes, strict=True):
        if isinstance(outcome, Found):
            lines += [f"{label}: {words}" for words in dict.fromkeys(outcome.partial)]
        elif label in OPTIONAL and isinstance(outcome, EhrRejected | EhrForbidden):
            continue
        elif isinstance(outcome, EhrRejected) and outcome.http_status == 404:
            not_found.append(label)
        else:
            lines.append(f"{label}: {_why(outcome)}")
    if not_found:
        lines.append(f"{'; '.join(not_found)}: not found (404): the EHR has none of these, or does not offer them")
    return tuple(lines)


def _remarks(brought: Sequence[tuple[str, Found]]) -> tuple[str, ...]:
    said: dict[str, list[str]] = {}
    for label, found in brought:
        for words in dict.fromkeys(found.remarks):
            said.setdefault(words, []).append(label)
    return tuple(f"{'; '.join(labels)}: the EHR says: {words}" for words, labels in said.items())


def _guessed(brought: Sequence[tuple[str, Found]], batch: Found) -> tuple[str, ...]:
    labels = ["everything read at once"] if batch.guessed else [label for label, found in brought if found.guessed]
    return (f"{'; '.join(labels)}: {GUESSED}",) if labels else ()


def _why(error: LoadpathError) -> str:
    """A refused search differs from a failed one: the first is a permission or a missing feature, the second passes."""
    if isinstance(error, EhrForbidden):
        return f"not permitted. {error}"
    if isinstance(error, EhrRejected):
        return f"not supported by this EHR. {error}"
    return f"could not be read. {error}"
