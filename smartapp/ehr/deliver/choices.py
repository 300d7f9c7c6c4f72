"""What a person decides on a receipt -> items moved on: tried again, sent another way, confirmed, taken back.

Nothing that is taken back is deleted, because EHRs keep what was acted upon: it is marked as entered in error, each
record over its version, and a Provenance says who took it back and why.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from smartapp.core.proposal import Signer
from smartapp.ehr.deliver.engine import WRITE, OutboxStore, items_of
from smartapp.ehr.deliver.find import FhirWriter
from smartapp.ehr.deliver.items import LANDED, OPEN, STUCK, OutboxItem, WriteStatus, fall_back, transition
from smartapp.ehr.deliver.methods import WriteMethod
from smartapp.ehr.deliver.plan import WritePlan
from smartapp.ehr.deliver.updates import CORRECTABLE, if_match_of, status_name
from smartapp.fhir.build.bundle import validate_model
from smartapp.fhir.build.codings import AUTHOR, DATA_OPERATION
from smartapp.fhir.build.elements import ABSENT, Element, fhir_string, instant, reference
from smartapp.fhir.build.identifiers import criterion, part_value, urn
from smartapp.fhir.check import check_resource
from smartapp.fhir.systems import Systems

Change = Callable[[Sequence[OutboxItem]], Sequence[OutboxItem]]

OVER = 1.0  # a time long past: nothing can arrive any more, and once it has landed, a second copy is looked for
NULLIFY = {"system": DATA_OPERATION, "code": "NULLIFY", "display": "nullify"}
BY_HAND = "It was put into the chart by hand, or the EHR lets no app change it: take it back there."


def apply_choice(store: OutboxStore, id_: str, change: Change, purpose: str = WRITE) -> bool:
    """Keep what ``change`` makes of the items; False where another worker is writing at this moment."""
    lease = store.claim_write(id_)
    if not lease:
        return False
    try:
        rows = [item.to_row() for item in change(items_of(store, id_, purpose))]
        return store.save_rows(id_, lease, rows, purpose)
    finally:
        store.finish_write(id_, lease, False)


def try_again(items: Sequence[OutboxItem]) -> Sequence[OutboxItem]:
    """What was refused is sent as it is; what only waits for the hour is looked for and sent now, as far as the EHR has
    not accepted it already; what is doubtful is looked for again, and never sent by this."""
    stuck = [transition(s, WriteStatus.WAITING, attempts=max(s.attempts - 1, 0), not_before=0.0) for s in items
             if s.status in STUCK and s.status is not WriteStatus.DOUBTFUL]  # fmt: skip
    doubtful = [transition(s, WriteStatus.UNKNOWN) for s in items if s.status is WriteStatus.DOUBTFUL]
    waiting = [
        replace(s, not_before=0.0) if s.accepted else transition(s, WriteStatus.WAITING, not_before=0.0)
        for s in items if s.status in (WriteStatus.UNKNOWN, WriteStatus.WAITING)
    ]  # fmt: skip
    return [*stuck, *doubtful, *waiting]


def mark_there(who: str, when: str) -> Change:
    """A person has found in the chart what the EHR did not show us."""
    said = f"Found in the chart by {who}, {when}."

    def change(items: Sequence[OutboxItem]) -> Sequence[OutboxItem]:
        return [
            transition(item, WriteStatus.CONFIRMED, detail=said)
            for item in items
            if item.status is WriteStatus.DOUBTFUL
        ]

    return change


def mark_not_there(who: str, when: str) -> Change:
    """A person has looked into the chart: what is doubtful is not there, and is sent again, the parts of a transaction
    that the EHR took without making them one by one."""
    said = f"Not in the chart, says {who}, {when}: sent again."

    def send_again(item: OutboxItem) -> OutboxItem:
        if item.accepted and item.method is WriteMethod.TRANSACTION and WriteMethod.CREATE in item.fallbacks:
            item = fall_back(item, said)
        return transition(
            item, WriteStatus.WAITING, attempts=0, looks=0, accepted=False, doubt_until=OVER, why=said, detail=""
        )

    def change(items: Sequence[OutboxItem]) -> Sequence[OutboxItem]:
        return [send_again(item) for item in items if item.status is WriteStatus.DOUBTFUL]

    return change


def add_task(entry: Element, identifier: str) -> Change:
    """One Task more for the same order, sent once however often it is asked for; what the EHR refused is tried anew."""

    def change(items: Sequence[OutboxItem]) -> Sequence[OutboxItem]:
        same = next((item for item in items if item.identifier == identifier), None)
        if same is not None and same.status is not WriteStatus.DROPPED:
            return []
        position = same.position if same else max(item.position for item in items) + 1
        title = "Task for the care coordinator, sent again"
        return [OutboxItem(position, "Task", title, identifier, WriteMethod.CREATE, entry, renewed=True)]

    return change


def leave_to_a_person(items: Sequence[OutboxItem]) -> Sequence[OutboxItem]:
    """What has not reached the chart is put there by hand from now on; nothing of it is sent any more."""
    said = "Handed over: put it into the chart by hand, then confirm it here."
    return [transition(item, WriteStatus.MANUAL, detail=said) for item in items if item.status in OPEN | STUCK]


def take_fallback(items: Sequence[OutboxItem]) -> Sequence[OutboxItem]:
    """What the EHR found fault with goes by its next method, together with what it was sent with."""
    why = "Sent another way, as chosen on the receipt."
    refused = [s for s in items if s.status in STUCK and s.status is not WriteStatus.DOUBTFUL]
    return [fall_back(item, why) for item in refused if item.fallbacks or item.is_document or item.kind == "Task"]


def end_as_it_is(client: FhirWriter) -> Change:
    """The records somebody has changed meanwhile are ended in the version they have now."""

    def change(items: Sequence[OutboxItem]) -> Sequence[OutboxItem]:
        return [_end_now(client, item) for item in items if item.status is WriteStatus.CONFLICT]

    return change


def _end_now(client: FhirWriter, item: OutboxItem) -> OutboxItem:
    wanted, now = item.entry["resource"], client.read(item.kind, str(item.entry["resource"]["id"]))
    name = "lifecycleStatus" if "lifecycleStatus" in wanted else "status"
    request = {**item.entry["request"], **if_match_of(now)}
    entry = {**item.entry, "resource": {**now, name: wanted[name]}, "request": request}
    return transition(item, WriteStatus.WAITING, entry=entry, renewed=True, detail="", not_before=0.0)


def confirm(who: str, when: str) -> Change:
    """A person says that what was to be done by hand is done."""
    said = f"Confirmed by {who}, {when}."

    def change(items: Sequence[OutboxItem]) -> Sequence[OutboxItem]:
        return [
            transition(item, WriteStatus.CONFIRMED, detail=said) for item in items if item.status is WriteStatus.MANUAL
        ]

    return change


# -- taking back


@dataclass(frozen=True)
class Retraction:
    """Who takes back which plan, when, and why (free text, needed)."""

    plan_id: str
    by: Signer
    at: datetime
    reason: str


def retraction_items(
    client: FhirWriter, fhir_base: str, retraction: Retraction, written: Sequence[OutboxItem], write_plan: WritePlan
) -> tuple[OutboxItem, ...]:
    """Items for every artifact that is in the chart, and for the record of taking it back. Raises as reading does."""
    items = list(_end_written(client, fhir_base, written, write_plan, fhir_string(retraction.reason)))
    targets = [item.entry["resource"] for item in items if item.method is not WriteMethod.COPY]
    recorded = any(item.status in LANDED and item.reference.startswith("Provenance/") for item in written)
    if targets and recorded:
        items.append(_record_retraction(retraction, targets, len(items), write_plan.systems))
    return tuple(items)


def _end_written(
    client: FhirWriter, base: str, written: Sequence[OutboxItem], write_plan: WritePlan, reason: str
) -> Iterator[OutboxItem]:
    position = 0
    for item in written:
        own = item.has_record
        by_hand = item.status in (WriteStatus.CONFIRMED, WriteStatus.DOUBTFUL) and not item.ends_something
        stands = item.status in LANDED or item.status is WriteStatus.DOUBTFUL
        if not stands or item.kind not in CORRECTABLE or not (own or by_hand):
            continue
        resource = client.read(item.kind, item.reference.partition("/")[2]) if own else dict(item.entry["resource"])
        if item.kind == "Task":
            resource = {**resource, "statusReason": {"text": reason}}
        yield _end_one(item, resource, base, position, write_plan, own)
        position += 1


def _end_one(
    item: OutboxItem, resource: Element, base: str, position: int, write_plan: WritePlan, own: bool
) -> OutboxItem:
    request = {"method": "PUT", "url": item.reference, **if_match_of(resource)}
    ended = {**resource, status_name(item.kind): "entered-in-error"}
    entry = {"fullUrl": f"{base.rstrip('/')}/{item.reference}", "resource": ended, "request": request}
    methods: tuple[WriteMethod, ...] = (WriteMethod.COPY,)
    if own and item.kind in write_plan.ends:
        in_one_step = any(planned.method is WriteMethod.TRANSACTION for planned in write_plan.planned)
        methods = (*([WriteMethod.TRANSACTION] if in_one_step else []), WriteMethod.CREATE, WriteMethod.COPY)
    return OutboxItem(
        position, item.kind, f"Retracted: {item.title}", item.identifier, methods[0], entry, methods[1:],
        why="" if len(methods) > 1 else BY_HAND,
    )  # fmt: skip


def _record_retraction(
    retraction: Retraction, targets: Sequence[Element], position: int, systems: Systems
) -> OutboxItem:
    value = part_value(retraction.plan_id, "retraction")
    who: Any = reference(retraction.by.reference, retraction.by.name) or {"display": "Person not named by the EHR"}
    unknown = {
        "extension": [{"url": ABSENT, "valueCode": "unknown"}],
        "display": "The EHR does not say for which organization",
    }
    resource = validate_model(
        {
            "resourceType": "Provenance",
            "meta": {"tag": [{"system": systems.plan, "code": value}]},
            "target": [{"reference": f"{t['resourceType']}/{t['id']}", "type": t["resourceType"]} for t in targets],
            "occurredDateTime": instant(retraction.at),
            "recorded": instant(retraction.at),
            "reason": [{"text": fhir_string(retraction.reason)}],
            "activity": {"coding": [NULLIFY]},
            "agent": [{"type": {"coding": [AUTHOR]}, "who": who, "onBehalfOf": unknown}],
        }
    )
    check_resource(resource)
    request = {"method": "POST", "url": "Provenance", "ifNoneExist": criterion(resource, systems)}
    entry = {"fullUrl": urn(value), "resource": resource, "request": request}
    title = "Record of who took it back, and why"
    return OutboxItem(position, "Provenance", title, value, WriteMethod.CREATE, entry, (WriteMethod.COPY,))
