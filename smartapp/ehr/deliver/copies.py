"""Steps that landed after a request of unknown outcome -> the same steps, a second copy marked as entered in error."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from smartapp.ehr.deliver.attempts import PAUSES
from smartapp.ehr.deliver.changes import put
from smartapp.ehr.deliver.find import found
from smartapp.ehr.deliver.items import OutboxItem
from smartapp.ehr.deliver.ports import FhirWriter
from smartapp.errors import EhrConflict, EhrError, EhrForbidden, EhrRejected, EhrUnavailable
from smartapp.fhir.json import version_of

LOOKS = 10  # looks in all, where the EHR cannot be asked or does not even show the copy we know (ours)
MISTAKEN = dict.fromkeys(
    ("CarePlan", "ServiceRequest", "Goal", "Task", "DocumentReference", "Communication", "QuestionnaireResponse"),
    "entered-in-error",
)


def without_copies(client: FhirWriter, steps: Sequence[OutboxItem], now: float) -> Iterator[OutboxItem]:
    """Each step once nothing of it can land any more: its doubt over, or to be looked at again at ``doubt_until``."""
    made = [s for s in steps if s.entry and not s.ends_something]
    try:
        hits = found(client, made) if made else {}
    except EhrError:
        yield from (_again(step, now) for step in steps)
        return
    for step in steps:
        yield _settled(client, step, hits.get(step.identifier, []), now)


def _settled(client: FhirWriter, step: OutboxItem, hits: Sequence[dict[str, Any]], now: float) -> OutboxItem:
    there = {f"{step.kind}/{resource.get('id')}": resource for resource in hits}
    if step.reference.startswith(f"{step.kind}/") and not step.ends_something and step.reference not in there:
        return _again(step, now)  # an index that lags shows no second copy either
    said = []
    for place, resource in there.items():
        if place == step.reference or resource.get(_status(step)) == "entered-in-error":
            continue
        try:
            said.append(_withdrawn(client, step, resource))
        except (EhrUnavailable, EhrConflict):
            return replace(_again(step, now), detail=_joined(step.detail, *said))
    return replace(step, doubt_until=0.0, detail=_joined(step.detail, *said))


def _again(step: OutboxItem, now: float) -> OutboxItem:
    pause = PAUSES[min(step.looks, len(PAUSES) - 1)]
    return replace(step, looks=step.looks + 1, doubt_until=now + pause if step.looks < LOOKS else 0.0)


def _withdrawn(client: FhirWriter, step: OutboxItem, resource: dict[str, Any]) -> str:
    """In words what became of a second copy."""
    place, name = f"{step.kind}/{resource['id']}", _status(step)
    if name not in resource:
        return f"It is there twice, also as {place}."
    version = version_of(resource)
    try:
        put(client, {**resource, name: MISTAKEN[step.kind]}, f'W/"{version}"' if version else "")
    except (EhrForbidden, EhrRejected) as error:
        return f"It is there twice: mark {place} as entered in error by hand. {error}"
    return f"A second copy, {place}, was marked as entered in error."


def _status(step: OutboxItem) -> str:
    return "lifecycleStatus" if step.kind == "Goal" else "status"


def _joined(*words: str) -> str:
    return " ".join(filter(None, words))
