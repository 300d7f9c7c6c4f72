"""Referrals kept by Loadpath where an EHR has no Task: the same Tasks, read, found and written like those of an EHR.

:class:`LedgerClient` is a session's client whose Tasks are those of the EHR and those kept here; whoever reads or moves
a referral need not know which. A record of the EHR that it does not show is read as it was signed, and says so.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any, Protocol

from smartapp.core.chart import Patient
from smartapp.core.dates import dates_as_read
from smartapp.core.proposal import SignatureKind
from smartapp.core.referral import STAGES, ReferralTask, Stage, with_replaced
from smartapp.core.referral_clocks import VISIT_DAYS, due
from smartapp.ehr.client import AuditedClient
from smartapp.ehr.deliver.items import LANDED, OutboxItem, WriteStatus
from smartapp.ehr.pages import Params, Resource, SearchResult
from smartapp.ehr.replies import Reply
from smartapp.errors import EhrConflict, EhrError, EhrForbidden, EhrRejected, KeptUnreadable
from smartapp.fhir.audit_event import kept_referral_event
from smartapp.fhir.build.bundle import withdrawn
from smartapp.fhir.build.document_bundle import patient_as_signed
from smartapp.fhir.build.identifiers import part_value
from smartapp.fhir.json import Malformed, as_object, as_objects, version_of
from smartapp.fhir.read.patient import patient as read_patient
from smartapp.fhir.referral_task import referral_of
from smartapp.fhir.systems import Systems
from smartapp.store import InClear, ReferralContent, ReferralRow, Whose

OURS = "loadpath-"  # how the id of a Task begins that is kept here; no EHR gives such ids
_COPY = {"system": "urn:loadpath", "code": "as-signed"}
_URGENCIES = frozenset({*VISIT_DAYS, "routine"})


class KeptReferrals(Protocol):
    """What the store offers of referrals that are kept here."""

    def read(self, whose: Whose, id_: str) -> ReferralRow | None: ...

    def kept_here(self, whose: Whose, patient: str = "") -> Sequence[ReferralRow]: ...

    def move(self, whose: Whose, now: ReferralContent, version: int, also: Callable[[], None] = ...) -> bool: ...


@dataclass(frozen=True)
class Ledger:
    """``has_tasks``: whether the EHR lets this session search its own Tasks."""

    kept: KeptReferrals
    whose: Whose
    systems: Systems
    has_tasks: bool


class LedgerClient(AuditedClient):
    """One session's door to its EHR and to the referrals kept here for that EHR."""

    def __init__(self, *args: Any, ledger: Ledger, **named: Any):
        super().__init__(*args, **named)
        self._ledger = ledger
        self._copies: dict[str, Resource] = {}  # of the referrals that were opened: reference -> record as signed

    def read(self, resource_type: str, resource_id: str, found: SearchResult | None = None) -> Resource:
        if resource_type == "Task" and resource_id.startswith(OURS):
            return self._kept_task(resource_id)
        copy = self._copies.get(f"{resource_type}/{resource_id}")
        if copy is not None and resource_id.startswith(OURS):
            return copy
        try:
            return super().read(resource_type, resource_id, found)
        except EhrError:
            if copy is None:
                raise
            return copy

    def find(self, resource_type: str, params: Params, first: Resource | None = None) -> SearchResult:
        """Of Tasks, those kept here as well; where the EHR has none, only those."""
        if resource_type != "Task":
            return super().find(resource_type, params, first)
        found = self._of_the_ehr(params, first) if self._ledger.has_tasks else SearchResult()
        patient = dict(params).get("patient", "")
        rows = self._ledger.kept.kept_here(self._ledger.whose, f"Patient/{patient}" if patient else "")
        found.resources += [task_of(row) for row in rows if not row.unreadable]
        found.partial += [f"A referral kept here cannot be opened: {row.unreadable}" for row in rows if row.unreadable]
        return found

    def _of_the_ehr(self, params: Params, first: Resource | None) -> SearchResult:
        try:
            return super().find("Task", params, first)
        except (EhrForbidden, EhrRejected) as error:
            if not self._ledger.kept.kept_here(self._ledger.whose):
                raise
            return SearchResult(partial=[f"Referrals in the EHR could not be read: {error}"])

    def update(self, resource: Mapping[str, Any], if_match: str = "") -> Reply:
        """Raises EhrConflict where the version is another by now."""
        id_ = str(resource["id"])
        if resource["resourceType"] != "Task" or not id_.startswith(OURS):
            return super().update(resource, if_match)
        row = self._row(id_)
        version = int(version_of(task_of(row)))
        now = kept_referral({**row.content, "task": dict(resource)}, self._ledger.systems)
        fits = if_match in (f'W/"{version}"', f'"{version}"')
        if not fits or not self._ledger.kept.move(self._ledger.whose, now, version, lambda: self._tell(row, "U")):
            error = EhrConflict("The referral has changed meanwhile.")
            error.http_status = 412
            raise error
        return Reply(200, f"Task/{id_}", str(version + 1))

    def _kept_task(self, id_: str) -> Resource:
        row = self._row(id_)
        signed = row.content.get("signed")
        copies = signed if isinstance(signed, Mapping) else {}
        self._copies |= {place: {**as_object(copies, place), "meta": {"tag": [_COPY]}} for place in copies}
        self._tell(row, "R")
        return task_of(row)

    def _tell(self, row: ReferralRow, action: str) -> None:
        """The event of it, about its patient: a coordinator's session is of no one patient."""
        patient = str(as_object(as_object(row.content, "task"), "for").get("reference", ""))
        self._keep((kept_referral_event(replace(self._audit_context(), patient=patient), f"Task/{row.id}", action),))

    def _row(self, id_: str) -> ReferralRow:
        row = self._ledger.kept.read(self._ledger.whose, id_)
        if row is None:
            raise EhrRejected("There is no such referral.")
        if row.unreadable:
            raise KeptUnreadable(row.unreadable)
        return row


def is_copy(resource: Resource) -> bool:
    """Whether this is what was signed, and not what the EHR has."""
    return _COPY in as_objects(as_object(resource, "meta").get("tag"))


def task_of(row: ReferralRow) -> Resource:
    """The Task a row holds; of one that is kept here with the row's version."""
    task = as_object(row.content, "task")
    return {**task, "meta": {**as_object(task, "meta"), "versionId": str(row.version)}} if row.here else dict(task)


# -- what a row is made of


def kept_referral(content: Mapping[str, Any], systems: Systems) -> ReferralContent:
    """The row of a Task. ``content``: ``task``, ``before`` (the Task it replaces), ``person``, ``signed``, ``outside``.
    Raises Malformed."""
    found = opened(content, systems)
    return ReferralContent(found.id, found.patient, found.owner_reference, in_clear(found), content, found_by(content))


def found_by(content: Mapping[str, Any]) -> str:
    """What a referral is found by in the list: every name of the patient, also written as one word, birth date, record
    number and every telephone, also as nothing but digits."""
    person = as_object(content, "person")
    names = as_objects(person.get("name"))
    parts = (each.get(part) for each in names for part in ("text", "given", "family"))
    told = [word for each in parts for word in (each if isinstance(each, list) else [each]) if isinstance(word, str)]
    told += ["".join(word.split()) for word in told if " " in word]
    phones = [str(each.get("value", "")) for each in as_objects(person.get("telecom")) if each.get("system") != "email"]
    told += [*phones, *("".join(filter(str.isdecimal, phone)) for phone in phones)]
    try:
        read = read_patient(person)
    except Malformed:
        return " ".join(told)
    born = str(read.birth or "")
    return " ".join((*told, born, dates_as_read(born), read.record_number))


def opened(content: Mapping[str, Any], systems: Systems) -> ReferralTask:
    """Raises Malformed."""
    found, before = referral_of(as_object(content, "task"), systems), as_object(content, "before")
    is_new = before and found.stage is Stage.NEW
    return replace(found, before=referral_of(before, systems)) if is_new else found


def in_clear(referral: ReferralTask) -> InClear:
    """What sorts and counts a list, and names nobody."""
    day: date | None = due(referral)
    return {
        "stage": referral.stage.value, "queue": referral.queue.name, "turn": referral.turn.name,
        "priority": referral.priority if referral.priority in _URGENCIES else "",
        "due": day.isoformat() if day else None,
        "since": referral.changed.isoformat() if referral.changed else None,
    }  # fmt: skip


def with_before(contents: Iterable[Mapping[str, Any]], systems: Systems) -> list[dict[str, Any]]:
    """The contents of one patient's rows, each new one with the Task it replaces. Raises Malformed."""
    every = [dict(each) for each in contents]
    tasks = {str(as_object(each, "task").get("id")): as_object(each, "task") for each in every}
    paired = with_replaced(referral_of(task, systems) for task in tasks.values())
    before = {each.id: tasks[each.before.id] for each in paired if each.before}
    return [{**each, "before": before.get(str(as_object(each, "task").get("id")))} for each in every]


# -- where a referral is kept


@dataclass(frozen=True)
class Placing:
    """Where the referral of a signed plan is kept, once that is known: ``known``; ``here``, or in the EHR."""

    known: bool = False
    here: bool = False


def placing(items: Sequence[OutboxItem], plan_id: str) -> Placing:
    """An order that has reached the chart and has no Task there is kept here; one on its way has to arrive first."""
    order = next((item for item in items if item.kind == "ServiceRequest" and not item.ends_something), None)
    task = next(
        (item for item in items if item.kind == "Task" and item.identifier == part_value(plan_id, "task")), None
    )
    if order is None or order.status is WriteStatus.DROPPED:
        return Placing(known=True)
    if order.status not in LANDED:
        return Placing()
    if task is None or task.status is WriteStatus.DROPPED:
        return Placing(known=True, here=True)
    return Placing(known=task.status in LANDED)


def ledger_content(
    task: Mapping[str, Any], items: Sequence[OutboxItem], base: str, plan_id: str, patient: Patient
) -> dict[str, Any]:
    """What is kept of a referral: its Task, and order, plan and patient as they were signed.

    Order and plan are named by their place in the EHR, or where they are none there (a note, a copy) by one here.
    """
    id_ = f"{OURS}{sha256(f'{base} {plan_id}'.encode()).hexdigest()[:32]}"
    person = patient_as_signed(patient)
    signed: dict[str, Any] = {patient.reference: person}
    links: dict[str, str] = {}
    for item in items:
        if item.kind in ("ServiceRequest", "CarePlan") and not item.ends_something:
            links[str(item.entry["fullUrl"])] = place = item.reference if item.has_record else f"{item.kind}/{id_}"
            signed[place] = {**item.entry["resource"], "id": place.partition("/")[2]}
    kept = _linked({**task, "id": id_}, links)
    return {"task": kept, "before": None, "person": person, "signed": signed, "outside": False}


def content_again(content: Mapping[str, Any], task: Mapping[str, Any], base: str, identifier: str) -> dict[str, Any]:
    """What is kept of a referral that was sent again: another Task, of the same order and plan."""
    id_ = f"{OURS}{sha256(f'{base} {identifier}'.encode()).hexdigest()[:32]}"
    return {**content, "task": {**task, "id": id_}, "before": None, "outside": False}


def _linked(value: Any, links: Mapping[str, str]) -> Any:
    """The element with its temporary ids replaced."""
    if isinstance(value, list):
        return [_linked(each, links) for each in value]
    if isinstance(value, Mapping):
        return {name: _linked(each, links) for name, each in value.items()}
    return links.get(value, value) if isinstance(value, str) else value


def ended(
    content: Mapping[str, Any], reason: str = "", signs: SignatureKind = SignatureKind.PLAN
) -> dict[str, Any] | None:
    """The content after a newer plan has replaced its order or the next order has followed, or with a ``reason`` after
    it was taken back; None where the referral has ended already."""
    task = as_object(content, "task")
    if not reason:
        done = withdrawn(task, signs)
        return {**content, "task": done} if done else None
    taken_back = STAGES[Stage.WITHDRAWN].status
    if task.get("status") == taken_back:
        return None
    return {**content, "task": {**task, "status": taken_back, "statusReason": {"text": reason}}}
