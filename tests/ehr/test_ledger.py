"""One port, two records: a referral kept here goes exactly the way a Task in an EHR goes."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from smartapp.core.chart import Patient
from smartapp.core.dates import When
from smartapp.core.proposal import Role
from smartapp.core.referral import Queue, ReferralTask, WhoseTurn
from smartapp.core.referral_moves import MOVES, Step, moves
from smartapp.ehr.deliver.items import OutboxItem, WriteStatus
from smartapp.ehr.deliver.methods import WriteMethod
from smartapp.ehr.ledger import (
    Ledger,
    LedgerClient,
    Placing,
    ended,
    in_clear,
    is_copy,
    kept_referral,
    ledger_content,
    placing,
)
from smartapp.ehr.referrals import InboxRow, OpenedReferral, move_referral
from smartapp.ehr.replies import Reply
from smartapp.errors import EhrConflict, EhrRejected, EhrUnavailable, ReviewError
from smartapp.fhir.audit_event import AuditContext
from smartapp.fhir.referral_task import Mover, referral_of
from smartapp.fhir.systems import EXAMPLE
from smartapp.store import Filters, Store, Whose, open_store
from tests.databases import empty_database

BASE = "https://ehr.example/fhir"
WHOSE = Whose(BASE)
PLAN = "a" * 32
ANN = Patient("Patient/12", "Ann Berg", When.day(date(1950, 3, 1)), record_number="77")
TASK: dict[str, Any] = {
    "resourceType": "Task", "status": "requested", "intent": "order", "priority": "routine",
    "identifier": [{"system": EXAMPLE.plan, "value": f"{PLAN}.task"}], "for": {"reference": "Patient/12"},
    "authoredOn": "2026-03-01", "focus": {"reference": "urn:uuid:order"},
}  # fmt: skip


class Tasks:
    """The record of an EHR: one Task, each change over the version that was seen."""

    base = BASE

    def __init__(self, task: Mapping[str, Any]):
        self.task = {**task, "id": "t1", "meta": {"versionId": "1"}}

    def read(self, kind: str, id_: str) -> dict[str, Any]:
        return dict(self.task)

    def update(self, resource: Mapping[str, Any], if_match: str = "") -> Reply:
        version = int(self.task["meta"]["versionId"])
        if if_match != f'W/"{version}"':
            raise EhrConflict
        self.task = {**resource, "meta": {"versionId": str(version + 1)}}
        return Reply(200)


def ledger_of(store: Store, told: list[Any] | None = None) -> LedgerClient:
    return LedgerClient(
        None, BASE, None, 20, audit_context=lambda: AuditContext("https://app.example", 0.0),
        keep=(told if told is not None else []).extend, ledger=Ledger(store.referrals, WHOSE, EXAMPLE, has_tasks=False),
    )  # fmt: skip


def order(status: WriteStatus = WriteStatus.WRITTEN, reference: str = "ServiceRequest/9") -> OutboxItem:
    resource = {
        "resourceType": "ServiceRequest",
        "subject": {"reference": "Patient/12"},
        "note": [{"text": "Page one"}],
    }
    entry = {"fullUrl": "urn:uuid:order", "resource": resource, "request": {"method": "POST", "url": "ServiceRequest"}}
    return OutboxItem(
        1,
        "ServiceRequest",
        "Referral",
        f"{PLAN}.referral",
        WriteMethod.CREATE,
        entry,
        status=status,
        reference=reference,
    )


def task_item(status: WriteStatus) -> OutboxItem:
    entry = {"fullUrl": "urn:uuid:task", "resource": TASK, "request": {"method": "POST", "url": "Task"}}
    return OutboxItem(2, "Task", "Task", f"{PLAN}.task", WriteMethod.CREATE, entry, status=status)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = open_store(empty_database(tmp_path_factory.mktemp("ledger") / "loadpath.db"), "s" * 48)
    yield made
    made.close()


def placed(store: Store, reference: str = "ServiceRequest/9", plan: str = PLAN) -> str:
    content = ledger_content(TASK, [order(reference=reference)], BASE, plan, ANN)
    new = kept_referral(content, EXAMPLE)
    store.referrals.place(WHOSE, new)
    return new.task


# -- the same way in both

_numbers = count(1)


def steps() -> some.SearchStrategy[list[tuple[int, int, int]]]:
    """Which move, which reason, which day from today: not all of them are open."""
    return some.lists(
        some.tuples(some.integers(0, len(MOVES) - 1), some.integers(0, 3), some.integers(-2, 3)), max_size=8
    )


def as_step(drawn: tuple[int, int, int], today: date) -> Step:
    move, reason, day = MOVES[drawn[0]], drawn[1], drawn[2]
    chosen = move.reasons[reason % len(move.reasons)][0] if move.reasons else ""
    return Step(move.action, chosen, "Said" if move.text else "", today + timedelta(days=day) if move.day else None)


def way(found: ReferralTask) -> tuple[object, ...]:
    return (
        found.stage, found.queue, found.row.turn, found.owner, found.reason, found.booked, found.visited, found.missed,
        found.history, found.accepted, in_clear(found),
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(drawn=steps())
def test_the_same_moves_lead_to_the_same_place_in_the_ehr_and_here(store: Store, drawn: list[Any]) -> None:
    plan = f"{next(_numbers):032x}"
    task = {**TASK, "identifier": [{"system": EXAMPLE.plan, "value": f"{plan}.task"}]}
    content = ledger_content(task, [order()], BASE, plan, ANN)
    store.referrals.place(WHOSE, kept_referral(content, EXAMPLE))
    id_, there, here = str(content["task"]["id"]), Tasks(task), ledger_of(store)
    for at, each in enumerate(drawn):
        who = Mover("Practitioner/brandt", "Rosa Brandt", datetime(2026, 3, 1 + at, 12, tzinfo=UTC))
        step, outcomes = as_step(each, who.at.date()), []
        for record, name in ((there, "t1"), (here, id_)):
            seen = record.read("Task", name)
            opened = OpenedReferral(InboxRow(referral_of(seen, EXAMPLE), None), seen)
            try:
                move_referral(record, opened, step, who, Role.COORDINATOR, EXAMPLE)  # type: ignore[arg-type]
                outcomes.append("")
            except ReviewError as error:
                outcomes.append(str(error))
        assert outcomes[0] == outcomes[1]
        one, other = referral_of(there.task, EXAMPLE), referral_of(here.read("Task", id_), EXAMPLE)
        assert way(one) == way(other)
        _stands_once(store, other)


def _stands_once(store: Store, found: ReferralTask) -> None:
    """In exactly one queue of the list, the one its Task says, with one whose turn it is."""
    shown = [
        queue for queue in Queue
        if any(row.id == found.id for row in store.referrals.page(WHOSE, Filters(queue=queue.name)))
    ]  # fmt: skip
    assert shown == [found.queue]
    assert (found.row.turn is WhoseTurn.NOBODY) == (found.queue is Queue.CLOSED)
    assert bool(moves(found, Role.COORDINATOR)) == found.is_open


# -- where it is kept


@pytest.mark.parametrize(
    ("items", "where"),
    [
        ([], Placing(known=True)),
        ([order(WriteStatus.DROPPED)], Placing(known=True)),
        ([order(WriteStatus.MANUAL)], Placing()),
        ([order(WriteStatus.UNKNOWN)], Placing()),
        ([order()], Placing(known=True, here=True)),
        ([order(WriteStatus.CONFIRMED)], Placing(known=True, here=True)),
        ([order(), task_item(WriteStatus.DROPPED)], Placing(known=True, here=True)),
        ([order(), task_item(WriteStatus.WRITTEN)], Placing(known=True)),
        ([order(), task_item(WriteStatus.UNKNOWN)], Placing()),
    ],
)  # fmt: skip
def test_an_order_in_the_chart_without_a_task_there_has_its_referral_here(
    items: list[OutboxItem], where: Placing
) -> None:
    assert placing(items, PLAN) == where


def test_a_move_over_another_version_is_refused_and_what_is_not_here_is_not_found(store: Store) -> None:
    told: list[Any] = []
    id_, client = placed(store), ledger_of(store, told)
    seen = client.read("Task", id_)
    client.update({**seen, "status": "accepted"}, 'W/"1"')
    for stale in ('W/"1"', "", 'W/"x"'):
        with pytest.raises(EhrConflict):
            client.update({**seen, "status": "rejected"}, stale)
    assert client.read("Task", id_)["status"] == "accepted"
    assert [event["action"] for event in told] == ["R", "U", "R"]
    with pytest.raises(EhrRejected):
        client.read("Task", "loadpath-0")


def test_order_plan_and_patient_are_read_as_signed_where_the_ehr_has_none_or_does_not_show_them(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = placed(store, reference="DocumentReference/3", plan="b" * 32)
    client = ledger_of(store)

    def refused(*_: object) -> None:
        raise EhrUnavailable("away")

    monkeypatch.setattr("smartapp.ehr.client.FhirClient.read", refused)
    with pytest.raises(EhrUnavailable):
        client.read("Patient", "12")  # before its referral was opened: nobody's copy
    task = client.read("Task", id_)
    assert task["focus"]["reference"] == f"ServiceRequest/{id_}"
    shown = client.read("ServiceRequest", id_)
    assert is_copy(shown) and shown["note"][0]["text"] == "Page one"
    assert client.read("Patient", "12")["name"] == [{"text": "Ann Berg"}]
    with pytest.raises(EhrUnavailable):
        client.read("Patient", "13")
    monkeypatch.setattr("smartapp.ehr.client.FhirClient.read", lambda *_: {"resourceType": "Patient", "id": "12"})
    assert not is_copy(client.read("Patient", "12")), "what the EHR shows counts more"


def test_tasks_of_a_patient_are_found_here_and_told_where_one_cannot_be_opened(store: Store) -> None:
    placed(store, plan="c" * 32)
    client = ledger_of(store)
    assert client.find("Task", {"patient": "12"}).resources and not client.find("Task", {"patient": "99"}).resources


def test_a_row_names_its_patient_and_ends_once() -> None:
    content = ledger_content(TASK, [order()], BASE, PLAN, ANN)
    row = kept_referral(content, EXAMPLE)
    assert row.patient == "Patient/12" and row.in_clear == {
        "stage": "new", "queue": "NEW", "turn": "COORDINATOR", "priority": "routine", "due": "2026-03-03",
        "since": "2026-03-01",
    }  # fmt: skip
    done = ended(content)
    assert done is not None and done["task"]["status"] == "cancelled" and ended(done) is None
    back = ended(done, "The plan was taken back.")
    assert back is not None and back["task"]["status"] == "entered-in-error" and ended(back, "again") is None
    odd = kept_referral({**content, "task": {**content["task"], "priority": "whenever"}}, EXAMPLE)
    assert odd.in_clear["priority"] == "", "what no code says does not stand in clear"
