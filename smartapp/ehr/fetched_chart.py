"""What the searches of a launch brought -> :class:`FetchedChart`: one patient's resources, and typed failures.

Whatever belongs to another patient is left out and named (SMART X9). What the EHR remarks beside its results is told
once, however many searches it stands in; what a search could not bring is told for each.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

import msgspec

from smartapp.core.chart import Unreadable
from smartapp.ehr.addresses import is_id
from smartapp.ehr.pages import Resource, SearchResult
from smartapp.errors import EhrForbidden, EhrRejected, LoadpathError
from smartapp.fhir.json import reference_of, relative_reference
from smartapp.fhir.read.gather import is_newer
from smartapp.fhir.read.patient import Person, base_of, person_of
from smartapp.fhir.read.searches import MAY_LACK, MEDICINES, OPTIONAL, Search

Outcome = SearchResult | LoadpathError
MOST_MEDICINES = 50  # read in one launch; ours
_NAMES_MEDICINE = ("MedicationRequest", "MedicationStatement")  # no set: what an EHR calls a type may be a list
_MEDICINES = "medicines named only by reference"
_OF_ANOTHER = "The EHR sent this record of another patient; it is not used."


class FailureKind(StrEnum):
    FORBIDDEN = "forbidden"  # a scope or a right is missing
    REFUSED = "refused"  # the EHR does not offer this search
    NOT_FOUND = "not found"  # 404: it has none of these, or does not offer them
    UNAVAILABLE = "unavailable"  # down, too slow, or no FHIR: this may pass
    PARTIAL = "partial"  # some pages or entries are missing
    REMARK = "remark"  # the EHR says beside its results that something may be missing
    ENCODING = "encoding"  # in no encoding it declares: single characters may be wrong


_SAYS: Mapping[FailureKind, str] = {
    FailureKind.FORBIDDEN: "not permitted. ",
    FailureKind.REFUSED: "not supported by this EHR. ",
    FailureKind.NOT_FOUND: "not found (404): the EHR has none of these, or does not offer them",
    FailureKind.UNAVAILABLE: "could not be read. ",
    FailureKind.PARTIAL: "",
    FailureKind.REMARK: "the EHR says: ",
    FailureKind.ENCODING: "the EHR's answer is not in UTF-8 and names no other encoding; it was read as Latin-1, "
    "and single characters may be wrong",
}


@dataclass(frozen=True)
class Failure:
    """What could not be had of the named searches, and why."""

    kind: FailureKind
    searches: tuple[str, ...]  # their labels
    detail: str = ""  # the EHR's words or ours, to follow those of the kind
    medicines: bool = False  # one of the searches is for medicines, and something of it is missing

    def __str__(self) -> str:
        return f"{'; '.join(self.searches)}: {_SAYS[self.kind]}{self.detail}"


@dataclass(frozen=True)
class FetchedChart:
    """Everything one launch has read of its patient.

    ``addresses``: of the entries whose fullUrl does not say their id: fullUrl -> ``Type/id``.
    """

    resources: tuple[Resource, ...] = ()
    failures: tuple[Failure, ...] = ()
    of_another: tuple[str, ...] = ()  # references of records of another patient, which are left out
    addresses: Mapping[str, str] = field(default_factory=dict)
    user_record: Resource | None = None  # behind fhirUser, as far as the EHR shows it and it was needed
    at: float = 0.0  # seconds since the epoch when it was kept

    @property
    def partial(self) -> tuple[str, ...]:
        """Each failure as a sentence."""
        return tuple(str(failure) for failure in self.failures)

    @property
    def medicines_unread(self) -> bool:
        return any(failure.medicines for failure in self.failures)

    @property
    def unreadable(self) -> tuple[Unreadable, ...]:
        return tuple(Unreadable(reference, _OF_ANOTHER, of_another=True) for reference in self.of_another)

    def bundle(self) -> Resource:
        """What was read as one Bundle for ``read_chart``: addresses beside their resources."""
        at = {reference: address for address, reference in self.addresses.items()}
        entries = [
            {"resource": r, **({"fullUrl": at[reference]} if (reference := reference_of(r)) in at else {})}
            for r in self.resources
        ]
        return {"resourceType": "Bundle", "type": "collection", "entry": entries}

    def to_json(self) -> dict[str, Any]:
        # The resources are JSON already, and many: nothing is gained by copying them.
        return {**msgspec.to_builtins(replace(self, resources=())), "resources": list(self.resources)}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "FetchedChart":
        """Raises msgspec.ValidationError."""
        return msgspec.convert(value, cls)


def merge_results(
    base: str, patient_id: str, searches: Sequence[Search], outcomes: Sequence[Outcome], batch: SearchResult
) -> tuple[FetchedChart, Person]:
    """The chart, and how its patient may be named. ``base`` is the FHIR base; ``batch`` told of all at once.

    Of several copies of a record the newest is kept, and a record counts as this patient's by the one rule for it.
    """
    brought = [
        (label, found) for (label, _, _), found in zip(searches, outcomes, strict=True)
        if isinstance(found, SearchResult)
    ]  # fmt: skip
    addresses = {address: reference for _, found in brought for address, reference in found.addresses.items()}
    local = {address: reference for address, reference in addresses.items() if relative_reference(address) != reference}
    person = _person(base, patient_id, [r for _, found in brought for r in found.resources], addresses, local)
    resources: dict[str, Resource] = {}
    others: dict[str, None] = {}
    for label, found in brought:
        for position, resource in enumerate(found.resources):
            key = reference_of(resource) or f"{label} {position}"
            if not person.owns(resource):
                others[key] = None
            elif key not in resources or is_newer(resource, resources[key]):
                resources[key] = resource
    failures = (*_failed(searches, outcomes), *_remarks(brought, searches), *_guessed(brought, batch))
    return FetchedChart(tuple(resources.values()), failures, tuple(others), local), person


def _failure(label: str, error: LoadpathError) -> Failure:
    """A refused search differs from a failed one: the first is a permission or a missing feature, the second passes."""
    if isinstance(error, EhrForbidden):
        return Failure(FailureKind.FORBIDDEN, (label,), str(error))
    if isinstance(error, EhrRejected):
        return Failure(FailureKind.REFUSED, (label,), str(error))
    return Failure(FailureKind.UNAVAILABLE, (label,), str(error))


def medicines_to_read(resources: Sequence[Resource], addresses: Iterable[str], bases: Collection[str]) -> list[str]:
    """Ids of the Medications of this EHR that nothing brought yet, each once, active and newest first."""
    here = {reference_of(resource) for resource in resources} | set(addresses)
    found: dict[str, None] = {}
    for resource in sorted(resources, key=_rank, reverse=True):
        element = resource.get("medicationReference") if resource.get("resourceType") in _NAMES_MEDICINE else None
        reference = element.get("reference") if isinstance(element, dict) and not element.get("display") else None
        if isinstance(reference, str) and reference not in here and base_of(reference) in {"", *bases}:
            kind, _, id_ = relative_reference(reference).partition("/")
            if kind == "Medication" and is_id(id_) and f"{kind}/{id_}" not in here:
                found[id_] = None
    return list(found)


def medicine_failures(outcomes: Sequence[Resource | LoadpathError], left: int, guessed: bool) -> Iterator[Failure]:
    """Each reason once, with how many medicines it cost. ``left`` were not asked for; ``guessed``: an encoding."""
    failed: dict[str, list[LoadpathError]] = {}
    for outcome in outcomes:
        if isinstance(outcome, LoadpathError):
            failed.setdefault(f"{isinstance(outcome, EhrForbidden)} {outcome}", []).append(outcome)
    for errors in failed.values():
        told = replace(_failure(f"{_MEDICINES} ({len(errors)})", errors[0]), medicines=True)
        yield replace(told, kind=FailureKind.UNAVAILABLE) if told.kind is FailureKind.REFUSED else told
    if left > 0:
        said = f"{left} more were not read, at most {MOST_MEDICINES} are"
        yield Failure(FailureKind.PARTIAL, (_MEDICINES,), said, medicines=True)
    if guessed:
        yield Failure(FailureKind.ENCODING, (_MEDICINES,))


def _person(
    base: str, patient_id: str, resources: Sequence[Resource], addresses: Mapping[str, str], local: Mapping[str, str]
) -> Person:
    reference = f"Patient/{patient_id}"
    record = next((r for r in resources if reference_of(r) == reference), {})
    named = {base_of(address) for address, of in addresses.items() if relative_reference(address) == of}
    return replace(person_of(record, local, {*named, base_of(f"{base}/{reference}")}), reference=reference)


def _costs_nothing(label: str, outcome: LoadpathError) -> bool:
    """Whether nothing is missing for this refusal: see smartapp.fhir.read.searches."""
    may_be = {EhrRejected: MAY_LACK, EhrForbidden: OPTIONAL}
    return any(isinstance(outcome, error) and label in labels for error, labels in may_be.items())


def _failed(searches: Sequence[Search], outcomes: Sequence[Outcome]) -> tuple[Failure, ...]:
    """What searches did not bring."""
    failures: list[Failure] = []
    not_found: dict[str, bool] = {}  # label -> of medicines
    for (label, kind, _), outcome in zip(searches, outcomes, strict=True):
        medicines = kind in MEDICINES
        if isinstance(outcome, SearchResult):
            words = dict.fromkeys(outcome.partial)
            failures += [Failure(FailureKind.PARTIAL, (label,), each, medicines) for each in words]
        elif _costs_nothing(label, outcome):
            continue
        elif isinstance(outcome, EhrRejected) and outcome.http_status == 404:
            not_found[label] = medicines
        else:
            failures.append(replace(_failure(label, outcome), medicines=medicines))
    missing = Failure(FailureKind.NOT_FOUND, tuple(not_found), medicines=any(not_found.values()))
    return (*failures, *([missing] if not_found else []))


def _remarks(brought: Sequence[tuple[str, SearchResult]], searches: Sequence[Search]) -> tuple[Failure, ...]:
    of_medicines = {label for label, kind, _ in searches if kind in MEDICINES}
    labels: dict[str, list[str]] = {}
    for label, found in brought:
        for words in dict.fromkeys(found.remarks):
            labels.setdefault(words, []).append(label)
    return tuple(
        Failure(FailureKind.REMARK, tuple(where), words, not of_medicines.isdisjoint(where))
        for words, where in labels.items()
    )


def _guessed(brought: Sequence[tuple[str, SearchResult]], batch: SearchResult) -> tuple[Failure, ...]:
    labels = ["everything read at once"] if batch.guessed else [label for label, found in brought if found.guessed]
    return (Failure(FailureKind.ENCODING, tuple(labels)),) if labels else ()


def _rank(resource: Resource) -> tuple[bool, str]:
    dates = (resource.get(name) for name in ("authoredOn", "dateAsserted"))
    return resource.get("status") == "active", next((date for date in dates if isinstance(date, str)), "")
