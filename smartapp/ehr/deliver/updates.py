"""Records that are there -> updates: one that ends an older record, and one that marks a second copy as a mistake.

Each goes over the version that was seen; what somebody changed since is told element by element.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from smartapp.ehr.deliver.find import FhirWriter, find, status_of
from smartapp.ehr.deliver.items import PAUSES, OutboxItem, join_words
from smartapp.ehr.replies import Reply
from smartapp.errors import EhrConflict, EhrError, EhrForbidden, EhrRejected, EhrUnavailable
from smartapp.fhir.build.elements import Element
from smartapp.fhir.json import version_of

LOOKS = 10  # looks in all, where the EHR cannot be asked or does not even show the copy we know (ours)
CORRECTABLE = frozenset(  # types that can say that they were entered in error
    {
        *("CarePlan", "ServiceRequest", "Goal", "Task", "Observation"),
        *("DocumentReference", "Communication", "QuestionnaireResponse"),
    }
)


def update(client: FhirWriter, resource: Element, if_match: str) -> Reply:
    """The update; once more with a strong ETag, where an EHR refuses the weak one over the very version it gave.

    Raises as the client does, with the refusal of the weak one where the record has changed.
    """
    try:
        return client.update(resource, if_match)
    except (EhrConflict, EhrRejected) as error:
        if strong_etag(if_match) == if_match or error.http_status not in (400, 412):
            raise
        if not _is_unchanged(client, resource, if_match):
            raise
    return client.update(resource, strong_etag(if_match))


def strong_etag(etag: str) -> str:
    """FHIR's ETags are weak; RFC 9110 lets If-Match compare strong ones only, and some servers insist on it."""
    return etag.removeprefix("W/")


def if_match_of(resource: Mapping[str, Any]) -> dict[str, str]:
    """The part of a request that guards an update by the version seen; empty where the EHR gave none."""
    version = version_of(resource)
    return {"ifMatch": f'W/"{version}"'} if version else {}


def _is_unchanged(client: FhirWriter, resource: Element, if_match: str) -> bool:
    try:
        now = client.read(str(resource["resourceType"]), str(resource["id"]))
    except EhrError:
        return False
    return strong_etag(if_match) == f'"{version_of(now)}"'


def differences(seen: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Each element that changed, as it was seen and as it is; the status we were about to set does not count."""
    ours = {"meta", "text", "status", "lifecycleStatus"}
    names = [name for name in {**seen, **now} if name not in ours and seen.get(name) != now.get(name)]
    lines = [f"{name}: was {_short(seen.get(name))}, is {_short(now.get(name))}." for name in names]
    return (*([f"Its status is now {status_of(now)}."] if status_of(now) else []), *lines)


def _short(value: Any, most: int = 80) -> str:
    text = "absent" if value is None else str(value)
    return text if len(text) <= most else text[:most] + " …"


# -- second copies


def remove_copies(client: FhirWriter, items: Sequence[OutboxItem], now: float) -> Iterator[OutboxItem]:
    """Each item once nothing of it can land any more: its doubt over, or to be looked at again at ``doubt_until``.

    A second copy in the EHR is marked as entered in error.
    """
    made = [item for item in items if item.entry and not item.ends_something]
    try:
        hits = find(client, made) if made else {}
    except EhrError:
        yield from (_look_later(item, now) for item in items)
        return
    for item in items:
        yield _without_copies(client, item, hits.get(item.identifier, []), now)


def _without_copies(client: FhirWriter, item: OutboxItem, hits: Sequence[Element], now: float) -> OutboxItem:
    there = {f"{item.kind}/{resource.get('id')}": resource for resource in hits}
    if item.reference.startswith(f"{item.kind}/") and not item.ends_something and item.reference not in there:
        return _look_later(item, now)  # an index that lags shows no second copy either
    said = []
    for place, resource in there.items():
        if place == item.reference or resource.get(status_name(item.kind)) == "entered-in-error":
            continue
        try:
            said.append(_mark_mistaken(client, item, resource))
        except (EhrUnavailable, EhrConflict):
            return replace(_look_later(item, now), detail=join_words(item.detail, *said))
    return replace(item, doubt_until=0.0, detail=join_words(item.detail, *said))


def _look_later(item: OutboxItem, now: float) -> OutboxItem:
    pause = PAUSES[min(item.looks, len(PAUSES) - 1)]
    return replace(item, looks=item.looks + 1, doubt_until=now + pause if item.looks < LOOKS else 0.0)


def _mark_mistaken(client: FhirWriter, item: OutboxItem, resource: Element) -> str:
    """In words what became of a second copy."""
    place, name = f"{item.kind}/{resource['id']}", status_name(item.kind)
    if name not in resource:
        return f"It is there twice, also as {place}."
    try:
        update(client, {**resource, name: "entered-in-error"}, if_match_of(resource).get("ifMatch", ""))
    except (EhrForbidden, EhrRejected) as error:
        return f"It is there twice: mark {place} as entered in error by hand. {error}"
    return f"A second copy, {place}, was marked as entered in error."


def status_name(kind: str) -> str:
    """The element that holds the status of a resource of this type."""
    return "lifecycleStatus" if kind == "Goal" else "status"
