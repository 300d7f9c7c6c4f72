"""What of ours is in the EHR, however often, and its status there: asked before any repetition and after any doubt."""

from collections.abc import Container, Iterable, Mapping
from typing import Any, Protocol

from smartapp.core.course import ReviewName
from smartapp.core.proposal import SignedPlan
from smartapp.ehr.deliver.items import OutboxItem
from smartapp.ehr.replies import Reply
from smartapp.errors import EhrError, LoadpathError
from smartapp.fhir.build.bundle import KIND, REFERRAL, goal_ids
from smartapp.fhir.build.elements import Element
from smartapp.fhir.build.identifiers import bears, business_identifier, part_value, task_values
from smartapp.fhir.json import as_object
from smartapp.fhir.systems import Systems
from smartapp.fhir.walk import elements

GONE = ""  # there is no such record any more
_NO_SUCH = frozenset({404, 410})


class FhirWriter(Protocol):
    """What delivering asks of the FHIR client: one method per interaction.

    Raises ``EhrUnavailable`` where the outcome is unknown; ``EhrForbidden``, ``EhrRejected``, ``EhrConflict``.
    """

    def post_transaction(self, bundle: dict[str, Any]) -> dict[str, Any]:
        """The transaction-response Bundle, or whatever JSON object the EHR answers with."""
        ...

    def create(self, resource: dict[str, Any], if_none_exist: str = "") -> Reply:
        """POST, with If-None-Exist where given."""
        ...

    def update(self, resource: dict[str, Any], if_match: str = "") -> Reply:
        """PUT, with If-Match where given."""
        ...

    def search(self, resource_type: str, params: Mapping[str, str]) -> list[dict[str, Any]]:
        """Matching resources of all pages."""
        ...

    def read(self, resource_type: str, resource_id: str) -> dict[str, Any]: ...


def find(client: FhirWriter, items: Iterable[OutboxItem]) -> dict[str, list[Element]]:
    """Business identifier -> every resource in the EHR that carries it, oldest first; one search per criterion.

    Raises as :meth:`FhirWriter.search` does: no answer is not the same as nothing there.
    """
    wanted = list(items)
    searches: dict[tuple[str, str], list[str]] = {}
    for item in wanted:
        if not item.lookup:
            name, _, value = item.entry["request"]["ifNoneExist"].partition("=")
            searches.setdefault((item.kind, name), []).append(value)
    candidates: dict[str, list[Element]] = {}
    for (kind, name), values in searches.items():
        candidates.setdefault(kind, []).extend(client.search(kind, {name: ",".join(values)}))
    for item in wanted:
        if item.lookup:
            candidates.setdefault(item.kind, []).extend(client.search(item.kind, item.lookup))
    return {item.identifier: _oldest_first(_ours(item, candidates.get(item.kind, ()))) for item in wanted}


def is_ours(resource: Mapping[str, Any], item: OutboxItem) -> bool:
    """Whether this is the artifact of this item: it carries our identifier. Some EHRs drop identifiers of notes and
    messages: those name it in their words as well. Nothing else is ever taken for ours.
    """
    return bears(resource, item.search_token) or ((item.is_document or bool(item.lookup)) and _names(resource, item))


def _ours(item: OutboxItem, candidates: Iterable[Element]) -> list[Element]:
    """Some EHRs ignore search parameters."""
    unique = {r["id"]: r for r in candidates if isinstance(r.get("id"), str) and r["id"]}
    return [r for r in unique.values() if is_ours(r, item)]


def _names(resource: Mapping[str, Any], item: OutboxItem) -> bool:
    named = f"({item.identifier})"
    return any(
        name in ("description", "title", "text") and isinstance(value, str) and named in value
        for name, value in elements(resource)
    )


def _oldest_first(resources: list[Element]) -> list[Element]:
    """What was entered in error counts only where there is nothing else."""
    valid = [r for r in resources if status_of(r) != "entered-in-error"]

    def age(resource: Element) -> tuple[str, str]:
        return str(as_object(resource, "meta").get("lastUpdated", "")), str(resource.get("id"))

    return sorted(valid or resources, key=age)


def status_of(resource: Mapping[str, Any]) -> str:
    return str(resource.get("status") or resource.get("lifecycleStatus") or "")


def read_status(client: FhirWriter, reference: str) -> str | None:
    """The status the record has today, :data:`GONE`, or None where the EHR does not say."""
    kind, _, id_ = reference.partition("/")
    try:
        status = client.read(kind, id_).get("status")
    except EhrError as error:
        return GONE if error.http_status in _NO_SUCH else None
    except LoadpathError:
        return None
    return status if isinstance(status, str) and status else None


# -- what a new plan ends


def older_records(
    client: FhirWriter,
    signed: SignedPlan,
    chart: Iterable[Element],
    systems: Systems,
    *,
    has_tasks: bool,
    missing: Container[str] = (),
) -> list[Mapping[str, Any]]:
    """What a plan ends: the older plan, its goals and order as the signer saw them in ``chart``, because those versions
    guard the update, and our open tasks. ``missing``: references of records that are there no more.

    Raises as reading does.
    """
    older: list[Mapping[str, Any]] = list(_replaced_in(chart, signed))
    if signed.replaces and not older:
        older = read_replaced(client, signed)
    if has_tasks:
        older += find_open_tasks(client, older, systems)
    return [drop_references(resource, missing) for resource in older] if missing else older


def _replaced_in(chart: Iterable[Element], signed: SignedPlan) -> list[Element]:
    resources, wanted = list(chart), {signed.replaces, signed.replaces_request} - {""}
    old = [r for r in resources if f"{r.get('resourceType')}/{r.get('id')}" in wanted]
    goals = goal_ids(old)
    return old + [r for r in resources if r.get("resourceType") == "Goal" and r.get("id") in goals]


def read_replaced(client: FhirWriter, signed: SignedPlan) -> list[Mapping[str, Any]]:
    """The resources a plan replaces, whole, as they are now: CarePlan, its Goals, ServiceRequest."""
    old = [_read(client, reference) for reference in (signed.replaces, signed.replaces_request) if reference]
    ids = goal_ids(old)
    return [*old, *(client.search("Goal", {"_id": ",".join(ids)}) if ids else ())]


def _read(client: FhirWriter, reference: str) -> Mapping[str, Any]:
    kind, _, id_ = reference.rstrip("/").rpartition("/")
    return client.read(kind.rpartition("/")[2], id_)


def find_open_tasks(
    client: FhirWriter, orders: Iterable[Mapping[str, Any]], systems: Systems
) -> list[Mapping[str, Any]]:
    """Our tasks of one of these orders, as they are now: coordinators move them."""
    ours = [business_identifier(r, systems).removesuffix(REFERRAL) for r in orders if r.get("resourceType") == KIND]
    of_plans = [v for plan in ours if plan for v in (*task_values(plan), *(part_value(plan, r) for r in ReviewName))]
    values = [f"{system}|{value}" for value in of_plans for system in systems.plans]
    found = client.search("Task", {"identifier": ",".join(values)}) if values else []
    return [task for task in found if any(bears(task, value) for value in values)]


def drop_references(resource: Mapping[str, Any], missing: Container[str]) -> dict[str, Any]:
    """The resource without what points at records that are there no more: an EHR that checks references takes no other.

    A part of it goes as a whole, because what is left of it may lack what it must have.
    """
    kept = {
        name: [each for each in value if not _points(each, missing)] if isinstance(value, list) else value
        for name, value in resource.items()
    }
    return {name: value for name, value in kept.items() if value != [] and not _points(value, missing)}


def _points(value: Any, missing: Container[str]) -> bool:
    if isinstance(value, list):
        return any(_points(each, missing) for each in value)
    if not isinstance(value, Mapping):
        return False
    return value.get("reference") in missing or any(_points(each, missing) for each in value.values())
