"""CarePlan, ServiceRequest and Goal -> PlanOnRecord, where they carry our business identifier; others are not ours."""

from collections.abc import Iterator

from smartapp.core.chart import PlanOnRecord, Source
from smartapp.fhir.json import Resource, clean, part, parts, text, word
from smartapp.fhir.read.context import Context, Fact, where
from smartapp.fhir.read.dates import when

_GONE = {"entered-in-error", "revoked", "cancelled", "rejected"}
_LONGEST_ACTIVITY = 4000  # characters: whole texts, because they are compared; ours


def plan(resource: Resource, context: Context) -> Iterator[Fact]:
    identifiers = {word(i, "system"): text(i, "value") for i in parts(resource, "identifier")}
    ours = next((found for system in context.systems.plans if (found := identifiers.get(system))), "")
    status = word(resource, "status") or word(resource, "lifecycleStatus")
    if not ours or status in _GONE:
        return
    created = when(resource.get("created")) or when(resource.get("authoredOn")) or when(resource.get("startDate"))
    kind = word(resource, "resourceType")
    worded = part(resource, "description" if kind == "Goal" else "code")
    title = text(resource, "title") or text(worded, "text")
    yield PlanOnRecord(
        source=Source(where(resource), display=title, date=str(created or "")),
        resource_type=kind,
        identifier=ours,
        status=status,
        version=text(part(resource, "meta"), "versionId"),
        fingerprint=next((identifiers[name] for name in context.systems.contents if identifiers.get(name)), ""),
        created=created,
        summary=tuple(_activities(resource)),
    )


def _activities(resource: Resource) -> Iterator[str]:
    for activity in parts(resource, "activity"):
        if said := clean(word(part(activity, "detail"), "description"), longest=_LONGEST_ACTIVITY):
            yield said
