"""CarePlan, ServiceRequest and Goal -> PlanOnRecord, where they carry our business identifier; others are not ours."""

from collections.abc import Iterator

from smartapp.core.chart import PlanOnRecord, Source
from smartapp.fhir.json import Resource, clean, get_list, get_object, get_str, get_text
from smartapp.fhir.read.context import Fact, ReadContext, where
from smartapp.fhir.read.dates import parse_date

_GONE = {"entered-in-error", "revoked", "cancelled", "rejected"}
_LONGEST_ACTIVITY = 4000  # characters: whole texts, because they are compared; ours


def plan_on_record(resource: Resource, context: ReadContext) -> Iterator[Fact]:
    identifiers = {get_str(i, "system"): get_text(i, "value") for i in get_list(resource, "identifier")}
    ours = next((found for system in context.systems.plans if (found := identifiers.get(system))), "")
    status = get_str(resource, "status") or get_str(resource, "lifecycleStatus")
    if not ours or status in _GONE:
        return
    created = (
        parse_date(resource.get("created"))
        or parse_date(resource.get("authoredOn"))
        or parse_date(resource.get("startDate"))
    )
    kind = get_str(resource, "resourceType")
    worded = get_object(resource, "description" if kind == "Goal" else "code")
    title = get_text(resource, "title") or get_text(worded, "text")
    yield PlanOnRecord(
        source=Source(where(resource), display=title, date=str(created or "")),
        resource_type=kind,
        identifier=ours,
        status=status,
        version=get_text(get_object(resource, "meta"), "versionId"),
        fingerprint=next((identifiers[name] for name in context.systems.contents if identifiers.get(name)), ""),
        created=created,
        summary=tuple(_activities(resource)),
    )


def _activities(resource: Resource) -> Iterator[str]:
    for activity in get_list(resource, "activity"):
        if said := clean(get_str(get_object(activity, "detail"), "description"), longest=_LONGEST_ACTIVITY):
            yield said
