"""What waits to reach a chart, as the store keeps it: forms of rows, one bad row, whose session carries it."""

import json
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from smartapp.ehr.deliver.items import OutboxItem, WriteStatus
from smartapp.ehr.deliver.methods import WriteMethod
from smartapp.errors import KeptElsewhere, SessionEnded
from smartapp.store import Store, open_store
from smartapp.store.outbox import ROWS
from smartapp.store.schema import attestations, drafts, launches, outbox
from tests.store.test_store import PATIENT, SECRET, Clock, opened

SAMPLES = Path(__file__).parent / "samples"
ITEM = OutboxItem(
    0, "CarePlan", "Plan", "abc", WriteMethod.CREATE,
    {"fullUrl": "urn:uuid:1", "resource": {"resourceType": "CarePlan"},
     "request": {"method": "POST", "url": "CarePlan"}},
    (WriteMethod.NOTE, WriteMethod.COPY),
)  # fmt: skip


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Store:
    return open_store(f"sqlite:///{tmp_path}/loadpath.db", SECRET, clock=clock)


def signed(store: Store, plan: str = "plan-1", item: OutboxItem = ITEM) -> str:
    return store.records.sign(f"launch of {plan}", PATIENT, plan, plan, {}, [item.to_row()]).id


def keep_sample(store: Store, id_: str, name: str) -> list[dict]:
    """Rows as another version has sealed them."""
    rows = json.loads((SAMPLES / name).read_text(encoding="utf-8"))
    with store.database.engine.begin() as db:
        for row in rows:
            place = f"{id_} write {row['position']}"
            db.execute(
                insert(outbox).values(
                    signature_id=id_, purpose="write", position=row["position"], status=row["landing"],
                    doubtful=int(row["doubtful"]), content=store.database.seal.seal(f"{place} content", row["content"]),
                    state=store.database.seal.seal(f"{place} state", row["state"]),
                )
            )  # fmt: skip
    return rows


def test_a_step_comes_back_with_the_moment_of_its_last_move(store: Store, clock: Clock) -> None:
    (row,) = store.outbox.rows(signed(store))
    assert OutboxItem.from_row(row) == ITEM
    assert row["at"] == clock.now


@pytest.mark.parametrize("name", [f"rows-{form}.json" for form in range(ROWS + 1)])
def test_rows_of_every_form_are_read(store: Store, name: str) -> None:
    id_ = store.records.sign("l1", PATIENT, "plan-1", "print-1", {}).id
    rows = keep_sample(store, id_, name)
    items = [OutboxItem.from_row(row) for row in store.outbox.rows(id_)]
    assert [item.position for item in items] == sorted(row["position"] for row in rows)
    assert {item.kind for item in items} == {"CarePlan", "ServiceRequest", "Provenance"}
    assert all(item.status is WriteStatus.WRITTEN and item.reference for item in items)


def spoilt(where: str, change: dict) -> dict:
    row = ITEM.to_row()
    return {**row, where: {**row[where], **change}}


@pytest.mark.parametrize("row", [
    spoilt("state", {"colour": "green"}), spoilt("fixed", {"colour": "green"}),
    spoilt("state", {"method": "by-pigeon"}),
    {**ITEM.to_row(), "status": "in-the-post"},
    {**ITEM.to_row(), "state": {k: v for k, v in ITEM.to_row()["state"].items() if k != "doubt_until"}},
    {**ITEM.to_row(), "fixed": {k: v for k, v in ITEM.to_row()["fixed"].items() if k != "is_document"}},
])  # fmt: skip
def test_a_row_that_is_not_understood_to_the_last_field_is_refused(row: dict) -> None:
    with pytest.raises(KeptElsewhere):
        OutboxItem.from_row(row)


def test_a_row_of_a_later_form_is_refused(store: Store) -> None:
    id_ = signed(store)
    with store.database.engine.begin() as db:
        sealed = store.database.seal.seal(f"{id_} write 0 state", {"version": ROWS + 1, "at": 0, "state": {}})
        db.execute(update(outbox).values(state=sealed))
    with pytest.raises(KeptElsewhere):
        store.outbox.rows(id_)


def test_a_chart_of_another_form_is_read_again(store: Store) -> None:
    launch_id = opened(store)
    store.sessions.save_chart(launch_id, {"chart": 1})
    assert store.sessions.load_chart(launch_id)[0] == {"chart": 1}
    store.sessions._set(launch_id, chart=store.database.seal.seal(f"{launch_id} chart", {"chart": 1}))
    assert store.sessions.load_chart(launch_id) is None


@pytest.mark.parametrize("kept", [{"version": 2, "statement": {"name": "healed"}}, {"version": 1}, ["healed"]])
def test_a_statement_of_another_form_is_refused_never_passed_over(store: Store, kept: object) -> None:
    id_ = store.records.attest(PATIENT, {"name": "healed"})
    with store.database.engine.begin() as db:
        db.execute(update(attestations).values(statement=store.database.seal.seal(f"{id_} statement", kept)))
    with pytest.raises(KeptElsewhere):
        store.records.attestations_of(PATIENT)


@pytest.mark.parametrize("kept", [{"version": 2, "decisions": [{"item": "E01"}]}, {"version": 1}, [7]])
def test_edits_of_another_form_do_not_come_back(store: Store, kept: object) -> None:
    launch_id = opened(store)
    store.sessions.save_decisions(launch_id, [{"item": "E01"}])
    seal = store.database.seal.seal
    with store.database.engine.begin() as db:
        index = db.execute(select(drafts.c.draft_index)).scalar()
        db.execute(update(drafts).values(decisions=seal(f"{index} draft", kept)))
        db.execute(update(launches).values(decisions=seal(f"{launch_id} decisions", kept)))
    assert store.sessions.get(opened(store, state="s2"), "jar A").decisions == []
    with pytest.raises(SessionEnded):
        store.sessions.get(launch_id, "jar A")


def test_what_waits_is_listed_also_where_it_cannot_be_opened(store: Store, tmp_path: Path, clock: Clock) -> None:
    signed(store, "plan-1")
    clock.now += 1
    other = open_store(f"sqlite:///{tmp_path}/loadpath.db", "another secret, long enough for tests", clock=clock)
    signed(other, "plan-2")
    clock.now += 901
    first, second = other.backlog.undelivered()
    assert (first.plan_id, second.plan_id) == ("plan-1", "plan-2")
    assert first.goes_on and first.overdue(clock.now) and first.launches == ("launch of plan-1",)
    kept = other.records.signature(first.id)
    assert kept is not None and kept.unreadable == "It is sealed with another secret; not readable here."
    assert other.records.signature(second.id).unreadable == ""


def test_what_is_there_or_taken_back_does_not_wait(store: Store) -> None:
    id_ = signed(store)
    store.records.retire(id_)
    assert not store.backlog.undelivered()
    signed(
        store, "plan-2", ITEM.__class__(**{**ITEM.__dict__, "status": WriteStatus.WRITTEN, "reference": "CarePlan/1"})
    )
    assert not store.backlog.undelivered()


def test_a_later_session_carries_first(store: Store) -> None:
    id_ = signed(store)
    assert store.backlog.carry(id_, "later")
    assert not store.backlog.carry(id_, "later")
    assert store.backlog.undelivered()[0].launches == ("later", "launch of plan-1")


def test_it_is_told_once_an_hour(store: Store, clock: Clock) -> None:
    id_ = signed(store)
    assert [store.backlog.tell(id_, 3600), store.backlog.tell(id_, 3600)] == [True, False]
    clock.now += 3600
    assert [store.backlog.tell(id_, 3600), store.backlog.tell(id_, 3600)] == [True, False]
    assert store.backlog.carry(id_, "later") and store.backlog.undelivered()[0].launches[0] == "later"


def test_the_last_round_is_kept(store: Store, clock: Clock) -> None:
    assert store.backlog.last_round() is None
    store.backlog.note_round()
    clock.now += 7
    store.backlog.note_round()
    assert store.backlog.last_round() == clock.now


def test_of_two_plans_signed_in_one_moment_one_is_the_newer(store: Store) -> None:
    signed(store, "plan-1")
    signed(store, "plan-2")
    assert [kept.plan_id for kept in store.records.signatures_of(PATIENT)] == ["plan-2", "plan-1"]
    assert store.records.has_signed(PATIENT) and not store.records.has_signed("https://ehr.example/fhir/Patient/none")


def test_who_has_just_signed_sends_it_and_nobody_else_begins(store: Store, clock: Clock) -> None:
    """A background round that takes the lease first would leave the signer with “not in the chart yet”."""
    id_ = signed(store)
    (waiting,) = store.backlog.undelivered()
    assert waiting.left_to_its_signer(clock.now) and not waiting.left_to_its_signer(clock.now + 10)
    store.outbox.finish_write(id_, store.outbox.claim_write(id_), False)
    (waiting,) = store.backlog.undelivered()
    assert not waiting.left_to_its_signer(clock.now), "the signer has tried, and others go on"
