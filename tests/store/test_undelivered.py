"""What waits to reach a chart, as the store keeps it: forms of rows, one bad row, whose session carries it."""

import json
from pathlib import Path

import pytest
from sqlalchemy import insert, update

from smartapp.ehr.deliver.items import OutboxItem, WriteStatus
from smartapp.ehr.deliver.methods import WriteMethod
from smartapp.errors import KeptElsewhere
from smartapp.store import Store, open_store
from smartapp.store.outbox import ROWS
from smartapp.store.schema import outbox
from tests.store.test_store import PATIENT, SECRET, Clock, opened

SAMPLES = Path(__file__).parent / "samples"
STEP = OutboxItem(
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


def signed(store: Store, plan: str = "plan-1", step: OutboxItem = STEP) -> str:
    return store.record_signature(f"launch of {plan}", PATIENT, plan, plan, {}, [step.to_row()]).id


def keep_sample(store: Store, id_: str, name: str) -> list[dict]:
    """Rows as another version has sealed them."""
    rows = json.loads((SAMPLES / name).read_text(encoding="utf-8"))
    with store._engine.begin() as db:
        for row in rows:
            place = f"{id_} write {row['position']}"
            db.execute(
                insert(outbox).values(
                    signature_id=id_, purpose="write", position=row["position"], landing=row["landing"],
                    doubtful=int(row["doubtful"]), content=store._seal.seal(f"{place} content", row["content"]),
                    state=store._seal.seal(f"{place} state", row["state"]),
                )
            )  # fmt: skip
    return rows


def test_a_step_comes_back_with_the_moment_of_its_last_move(store: Store, clock: Clock) -> None:
    (row,) = store.rows(signed(store))
    assert OutboxItem.from_row(row) == STEP
    assert row["at"] == clock.now


@pytest.mark.parametrize("name", ["rows-0.json", f"rows-{ROWS}.json"])
def test_rows_of_every_form_are_read(store: Store, name: str) -> None:
    id_ = store.record_signature("l1", PATIENT, "plan-1", "print-1", {}).id
    rows = keep_sample(store, id_, name)
    steps = [OutboxItem.from_row(row) for row in store.rows(id_)]
    assert [step.position for step in steps] == sorted(row["position"] for row in rows)
    assert {step.kind for step in steps} == {"CarePlan", "ServiceRequest", "Provenance"}
    assert all(step.landing is WriteStatus.WRITTEN and step.reference for step in steps)


def spoilt(where: str, change: dict) -> dict:
    row = STEP.to_row()
    return {**row, where: {**row[where], **change}}


@pytest.mark.parametrize("row", [
    spoilt("state", {"colour": "green"}), spoilt("fixed", {"colour": "green"}), spoilt("state", {"rung": "by-pigeon"}),
    {**STEP.to_row(), "landing": "in-the-post"},
    {**STEP.to_row(), "state": {k: v for k, v in STEP.to_row()["state"].items() if k != "doubt_until"}},
    {**STEP.to_row(), "fixed": {k: v for k, v in STEP.to_row()["fixed"].items() if k != "carries"}},
])  # fmt: skip
def test_a_row_that_is_not_understood_to_the_last_field_is_refused(row: dict) -> None:
    with pytest.raises(KeptElsewhere):
        OutboxItem.from_row(row)


def test_a_row_of_a_later_form_is_refused(store: Store) -> None:
    id_ = signed(store)
    with store._engine.begin() as db:
        sealed = store._seal.seal(f"{id_} write 0 state", {"version": ROWS + 1, "at": 0, "state": {}})
        db.execute(update(outbox).values(state=sealed))
    with pytest.raises(KeptElsewhere):
        store.rows(id_)


def test_a_chart_of_another_form_is_read_again(store: Store) -> None:
    launch_id = opened(store)
    store.save_chart(launch_id, {"chart": 1})
    assert store.load_chart(launch_id)[0] == {"chart": 1}
    store._set(launch_id, chart=store._seal.seal(f"{launch_id} chart", {"chart": 1}))
    assert store.load_chart(launch_id) is None


def test_what_waits_is_listed_also_where_it_cannot_be_opened(store: Store, tmp_path: Path, clock: Clock) -> None:
    signed(store, "plan-1")
    clock.now += 1
    other = open_store(f"sqlite:///{tmp_path}/loadpath.db", "another secret, long enough for tests", clock=clock)
    signed(other, "plan-2")
    clock.now += 901
    first, second = other.undelivered()
    assert (first.plan_id, second.plan_id) == ("plan-1", "plan-2")
    assert first.goes_on and first.overdue(clock.now) and first.launches == ("launch of plan-1",)
    kept = other.signature(first.id)
    assert kept is not None and kept.unreadable == "It is sealed with another secret; not readable here."
    assert other.signature(second.id).unreadable == ""


def test_what_is_there_or_taken_back_does_not_wait(store: Store) -> None:
    id_ = signed(store)
    store.retire(id_)
    assert not store.undelivered()
    signed(
        store, "plan-2", STEP.__class__(**{**STEP.__dict__, "landing": WriteStatus.WRITTEN, "reference": "CarePlan/1"})
    )
    assert not store.undelivered()


def test_a_later_session_carries_first(store: Store) -> None:
    id_ = signed(store)
    assert store.carry(id_, "later")
    assert not store.carry(id_, "later")
    assert store.undelivered()[0].launches == ("later", "launch of plan-1")


def test_it_is_told_once_an_hour(store: Store, clock: Clock) -> None:
    id_ = signed(store)
    assert [store.tell(id_, 3600), store.tell(id_, 3600)] == [True, False]
    clock.now += 3600
    assert [store.tell(id_, 3600), store.tell(id_, 3600)] == [True, False]
    assert store.carry(id_, "later") and store.undelivered()[0].launches[0] == "later"


def test_the_last_round_is_kept(store: Store, clock: Clock) -> None:
    assert store.last_round() is None
    store.note_round()
    clock.now += 7
    store.note_round()
    assert store.last_round() == clock.now


def test_of_two_plans_signed_in_one_moment_one_is_the_newer(store: Store) -> None:
    signed(store, "plan-1")
    signed(store, "plan-2")
    assert [kept.plan_id for kept in store.signatures_of(PATIENT)] == ["plan-2", "plan-1"]
