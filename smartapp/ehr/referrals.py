"""The referrals of an EHR: those of one patient, one with its order for its page, and one moved a step further.

The record is a Task: in the EHR, or kept here where the EHR has none (:mod:`ledger`); both are read and written alike.
A move is a claim over the version that was seen: where somebody was quicker it is refused (EhrConflict), and nothing is
lost.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date

from smartapp.core.chart import Patient
from smartapp.core.proposal import Role
from smartapp.core.referral import ReferralTask, Stage, with_replaced
from smartapp.core.referral_moves import Step, check_step
from smartapp.core.therapist import plan_change
from smartapp.ehr.addresses import trusted_reference
from smartapp.ehr.client import FhirClient
from smartapp.ehr.deliver.updates import if_match_of, update
from smartapp.ehr.fetched_chart import FetchedChart
from smartapp.ehr.ledger import OURS, is_copy, opened
from smartapp.ehr.pages import Resource
from smartapp.errors import EhrError, EhrRejected
from smartapp.fhir.json import Malformed, as_object, as_objects, coded_text, get_str
from smartapp.fhir.json import Resource as FhirObject
from smartapp.fhir.read.patient import patient
from smartapp.fhir.referral_order import DRAFT
from smartapp.fhir.referral_task import LONGEST_NOTE, Mover, is_referral, moved, referral_of, undone
from smartapp.fhir.systems import Systems
from smartapp.fhir.text import as_typed
from smartapp.store import ReferralRow

FULFILL = "http://hl7.org/fhir/CodeSystem/task-code|fulfill"


@dataclass(frozen=True)
class InboxRow:
    """``patient`` is None where the EHR does not show the record. ``here``: kept by Loadpath, because this EHR has no
    Task. ``seen``: when it was read, in seconds since the epoch. ``outside``: another system has moved it since."""

    referral: ReferralTask
    patient: Patient | None
    here: bool = False
    seen: float | None = None
    outside: bool = False


@dataclass(frozen=True)
class Inbox:
    """``missing``: in words, what may not be in it."""

    rows: tuple[InboxRow, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class OpenedReferral:
    """One referral as its page shows it: signed content only, and of the referral only."""

    row: InboxRow
    task: Resource
    avoid: tuple[str, ...] = ()  # what the plan forbids
    asked: tuple[str, ...] = ()  # of the order: what is asked for and why
    order_notes: tuple[str, ...] = ()
    changes: tuple[str, ...] | None = None  # of the restrictions, against the plan it replaces; None: not compared
    missing: tuple[str, ...] = ()
    order: FhirObject = field(
        default_factory=dict
    )  # empty where it could not be read, as is the plan; a draft's status
    plan: FhirObject = field(default_factory=dict)


def _found(client: FhirClient, asked: Mapping[str, str], systems: Systems) -> tuple[list[ReferralTask], list[str]]:
    found = client.find("Task", asked)
    referrals, missing = [], [*found.partial]
    for task in found.resources:
        if is_referral(task, systems):
            try:
                referrals.append(_referral(client, task, systems))
            except Malformed as error:
                missing.append(f"Task/{task.get('id')}: {error}")
    return list(with_replaced(referrals)), missing


def _referral(client: FhirClient, task: Resource, systems: Systems) -> ReferralTask:
    """With its patient by the id in this EHR; a patient elsewhere is nobody here."""
    found = referral_of(task, systems)
    return replace(found, patient=trusted_reference(found.patient, client.base, frozenset({"Patient"})))


def inbox_row(row: ReferralRow, systems: Systems) -> InboxRow:
    """A row as kept, opened. Raises Malformed."""
    person = as_object(row.content, "person")
    outside = row.content.get("outside") is True
    return InboxRow(opened(row.content, systems), _patient(person) if person else None, row.here, row.seen, outside)


def _patient(record: FhirObject) -> Patient | None:
    try:
        return patient(record)
    except Malformed:
        return None


def referrals_of(client: FhirClient, patient_id: str, systems: Systems) -> Inbox:
    """Those of one patient, the one that counts first. Raises as a search does."""
    referrals, missing = _found(client, {"patient": patient_id, "code": FULFILL}, systems)
    rows = [InboxRow(each, None) for each in referrals]
    return Inbox(tuple(sorted(rows, key=lambda row: _rank(row.referral), reverse=True)), tuple(missing))


def _rank(found: ReferralTask) -> tuple[bool, bool, date, str, int]:
    """What is open, then what no newer plan has replaced, then the newest."""
    return found.is_open, not found.replaced, found.asked_on or date.min, found.asked_at, found.sending


def referral_as_read(
    read: FetchedChart, kept: Iterable[ReferralRow], plan_id: str, patient: str, base: str, systems: Systems
) -> ReferralTask | None:
    """That of one signed plan, as it was sent last: kept here, or among what a launch has read; None where neither
    holds it.

    ``patient``: Patient/12; a Task that is about somebody else, or that cannot be read, tells nothing.
    """
    tasks = [task for task in read.resources if task.get("resourceType") == "Task"]
    every = []
    for task in (*(as_object(row.content, "task") for row in kept if not row.unreadable), *tasks):
        with suppress(Malformed):
            found = referral_of(task, systems)
            if found.plan_id == plan_id and trusted_reference(found.patient, base, frozenset({"Patient"})) == patient:
                every.append(found)
    return max(every, key=lambda found: found.sending, default=None)


def open_referral(client: FhirClient, task_id: str, systems: Systems) -> OpenedReferral:
    """Raises EhrRejected where there is no such referral of ours, and as a read does."""
    task = client.read("Task", task_id)
    if not is_referral(task, systems):
        raise EhrRejected("This Task is not a referral of Loadpath.")
    try:
        referral = _referral(client, task, systems)
    except Malformed as error:
        raise EhrRejected(f"The EHR's record of this referral cannot be read: {error}") from None
    missing: list[str] = []
    person = _read(client, referral.patient, "Patient", "the patient's record", missing)
    order = _of_patient(client, referral, referral.order, "ServiceRequest", "the order", missing)
    plan = _of_patient(client, referral, referral.plan, "CarePlan", "the plan with the movement restrictions", missing)
    referral = _with_before(client, referral, systems, missing)
    return OpenedReferral(
        InboxRow(referral, _patient(person) if person else None, task_id.startswith(OURS)),
        task, tuple(_avoid(plan)), tuple(_asked(order)),
        tuple(_notes(order)), _changes(client, referral, plan, missing), tuple(missing), order, plan,
    )  # fmt: skip


def _with_before(client: FhirClient, referral: ReferralTask, systems: Systems, missing: list[str]) -> ReferralTask:
    """As the list has it: with the one it replaces, if it is new."""
    if referral.stage is not Stage.NEW or not referral.patient:
        return referral
    try:
        others, _ = _found(client, {"patient": referral.patient.partition("/")[2], "code": FULFILL}, systems)
    except EhrError as error:
        missing.append(f"Whether it replaces another referral could not be read: {error}")
        return referral
    return next((each for each in others if each.id == referral.id), referral)


def _changes(
    client: FhirClient, referral: ReferralTask, plan: FhirObject, missing: list[str]
) -> tuple[str, ...] | None:
    """What the new plan forbids and the old one did not, and the other way round, in the words of the plans."""
    if referral.before is None or not plan:
        return None
    old = _of_patient(client, referral, referral.before.plan, "CarePlan", "the plan before", missing)
    was, now = list(_avoid(old)), list(_avoid(plan))
    if not was or not now:
        return None  # a plan without a restriction is none of ours: nothing is compared with nothing
    return plan_change(was, now).lines


def _read(client: FhirClient, reference: str, kind: str, name: str, missing: list[str]) -> FhirObject:
    """Only from this EHR, and only of the kind it should be; empty where it cannot be had."""
    place = trusted_reference(reference, client.base, frozenset({kind}))
    if not place:
        missing.append(f"The referral does not name {name} in this EHR.")
        return {}
    try:
        found = client.read(kind, place.partition("/")[2])
    except EhrError as error:
        missing.append(f"Could not be read: {name}. {error}")
        return {}
    if is_copy(found):
        missing.append(f"Shown as it was signed, because the EHR does not show it here: {name}.")
    return found


def _of_patient(
    client: FhirClient, referral: ReferralTask, reference: str, kind: str, name: str, missing: list[str]
) -> FhirObject:
    found = _read(client, reference, kind, name, missing)
    named = _text(as_object(found, "subject"), "reference")
    whose = trusted_reference(named, client.base, frozenset({"Patient"}))
    if found and whose != referral.patient:
        missing.append(f"Not shown: {name} is another patient's. Tell the EHR's administrator.")
        return {}
    if found.get("status") == DRAFT:
        missing.append(f"Not shown: {name} is a draft that nobody has signed.")
        return {"status": DRAFT} if kind == "ServiceRequest" else {}
    return found


def _avoid(plan: FhirObject) -> Iterator[str]:
    for activity in as_objects(plan.get("activity")):
        detail = as_object(activity, "detail")
        if detail.get("doNotPerform") is True:
            yield as_typed(_text(detail, "description"), LONGEST_NOTE) or coded_text(as_object(detail, "code"))


def _asked(order: FhirObject) -> Iterator[str]:
    yield coded_text(as_object(order, "code"))
    yield from (coded_text(each) for each in as_objects(order.get("reasonCode")))
    yield coded_text(as_object(order, "performerType"))


def _notes(order: FhirObject) -> Iterator[str]:
    """With their lines: they are laid out as a page."""
    for note in as_objects(order.get("note")):
        if isinstance(text := note.get("text"), str):
            yield text


def _text(resource: FhirObject, name: str) -> str:
    try:
        return get_str(resource, name)
    except Malformed:
        return ""


def move_referral(
    client: FhirClient, opened: OpenedReferral, step: Step, who: Mover, role: Role, systems: Systems
) -> str:
    """Write the step into the EHR; the version it gave, empty where it tells none.

    Raises ReviewError where it may not be made, EhrConflict where somebody was quicker, EhrUnavailable where it is not
    known whether it arrived.
    """
    move = check_step(step, opened.row.referral, role, who.at.date())
    after = moved(opened.task, step, move, who, systems)
    return update(client, after, if_match_of(opened.task).get("ifMatch", "")).version


def undo_move(client: FhirClient, opened: OpenedReferral, before: FhirObject, said: str, who: Mover) -> None:
    """Write what was before over the version that was seen. Raises as :func:`move_referral` does."""
    update(client, undone(opened.task, before, said, who), if_match_of(opened.task).get("ifMatch", ""))
