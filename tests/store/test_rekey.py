"""A secret is changed, twice, while workers run: nothing sealed is lost, and what cannot be read is told."""

import base64
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, delete, select, update

from smartapp.cli import main
from smartapp.store import Store, database_note, open_store
from smartapp.store.rekey import _NOT_SEALED
from smartapp.store.schema import attestations, audit_trail, former_secrets, meta, metadata
from smartapp.store.seal import MARK, Seal, keys_of
from tests.store.test_audit import by_hand
from tests.store.test_store import PATIENT, Clock, opened

FIRST, SECOND, THIRD = (f"the {word} secret, long enough for the tests" for word in ("first", "second", "third"))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/loadpath.db"


def filled(url: str, *secrets: str, clock: Clock) -> tuple[Store, str]:
    store = open_store(url, *secrets, clock=clock)
    launch_id = opened(store)
    store.sessions.save_chart(launch_id, {"family": "Mustermann"})
    store.sessions.save_decisions(launch_id, [{"item": "E01"}])
    store.records.attest(PATIENT, {"name": "healed"})
    store.records.sign(launch_id, PATIENT, "plan-1", "print-1", {"name": "Mustermann"})
    store.audit.append([{"number": 1}])
    return store, launch_id


def later(url: str, *secrets: str, clock: Clock) -> Store:
    clock.now += 60
    return open_store(url, *secrets, clock=clock)


def marks_in(store: Store) -> set[bytes]:
    """What every sealed value begins with, but those of the audit trail."""
    with store.database.read() as db:
        return {
            bytes(value)[:MARK]
            for table in metadata.sorted_tables
            for column in table.c
            if isinstance(column.type, LargeBinary) and not any(column is each for each in _NOT_SEALED)
            for value in db.execute(select(column).where(column.is_not(None))).scalars()
        }


def test_a_value_says_with_which_key_it_is_sealed_and_nothing_of_the_secret() -> None:
    sealed = Seal(FIRST).seal("place", {"a": 1})
    assert sealed.startswith(keys_of(FIRST).mark) and keys_of(FIRST).id not in repr(FIRST.encode().hex())
    assert "seal=" not in repr(keys_of(FIRST)) and "hash=" not in repr(keys_of(FIRST))


def test_what_was_sealed_before_values_had_a_key_id_is_read_and_sealed_anew() -> None:
    seal = Seal(SECOND, FIRST)
    old = Seal(FIRST).seal("place", {"a": 1})[MARK:]
    for before in (old, base64.urlsafe_b64encode(old)):
        assert seal.open("place", before) == {"a": 1}
        assert Seal(SECOND).open("place", seal.anew(before)) == {"a": 1}


def test_after_two_rotations_everything_is_found_with_the_last_secret_alone(url: str, clock: Clock) -> None:
    filled(url, FIRST, clock=clock)[0].close()
    later(url, SECOND, FIRST, clock=clock).close()
    later(url, THIRD, SECOND, clock=clock).close()
    store = later(url, THIRD, clock=clock)
    assert [each.statement for each in store.records.attestations_of(PATIENT)] == [{"name": "healed"}]
    (plan,) = store.records.signatures_of(PATIENT)
    assert (plan.plan_id, plan.record, plan.unreadable) == ("plan-1", {"name": "Mustermann"}, "")
    assert list(store.audit.events()) == [{"number": 1}] and store.audit.verify().problems == ()
    assert store.records.lost() == 0 and database_note(url, THIRD) == ""
    assert store.sessions.get(opened(store, state="s2"), "jar A").decisions == [{"item": "E01"}]


def test_rekey_seals_everything_with_the_present_secret(url: str, clock: Clock) -> None:
    filled(url, FIRST, clock=clock)[0].close()
    store = later(url, SECOND, FIRST, clock=clock)
    assert marks_in(store) == {keys_of(FIRST).mark}
    done = {told.column: told.done for told in store.reseal()}
    assert marks_in(store) == {keys_of(SECOND).mark}
    assert done["attestations.statement"] == done["signatures.record"] == done["launches.chart"] == 1
    assert sum(told.done for told in store.reseal()) == 0, "what is done is not done again"
    alone = later(url, SECOND, clock=clock)
    assert alone.records.attestations_of(PATIENT) and alone.audit.verify().problems == ()


def test_the_keys_of_a_former_secret_open_with_the_present_one_only(url: str, clock: Clock) -> None:
    filled(url, FIRST, clock=clock)[0].close()
    store = later(url, SECOND, FIRST, clock=clock)
    with store.database.read() as db:
        (row,) = db.execute(select(former_secrets)).all()
    assert row.key_id == keys_of(FIRST).id and bytes(row.keys).startswith(keys_of(SECOND).mark)


def test_the_next_secret_is_never_kept_under_the_present_one(url: str, clock: Clock) -> None:
    """Whoever has the secret that is about to be replaced, and the database, must not have the one that follows."""
    filled(url, FIRST, clock=clock)[0].close()
    store = later(url, FIRST, SECOND, clock=clock)
    assert list(store.reseal()) and not _former(store)
    assert later(url, SECOND, FIRST, clock=clock).records.lost() == 0
    behind = later(url, FIRST, SECOND, clock=clock)  # a worker that was not given it yet, started again
    with behind.database.read() as db:
        kept = {row.key_id: bytes(row.keys)[:MARK] for row in db.execute(select(former_secrets)).all()}
    assert kept == {keys_of(FIRST).id: keys_of(SECOND).mark}


def _former(store: Store) -> list[object]:
    with store.database.read() as db:
        return list(db.execute(select(former_secrets)).all())


def test_a_database_from_before_secrets_were_noted_loses_nothing_either(url: str, clock: Clock) -> None:
    store, _ = filled(url, FIRST, clock=clock)
    with store.database.transaction() as db:
        db.execute(delete(meta).where(meta.c.name.startswith("secret ")))
    later(url, SECOND, FIRST, clock=clock).close()
    assert later(url, SECOND, clock=clock).records.attestations_of(PATIENT)


def test_in_pages_and_broken_off_it_goes_on_where_it_stood(
    url: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(url, FIRST, clock=clock)
    for number in range(7):
        store.records.attest(PATIENT, {"number": number})
    store = later(url, SECOND, FIRST, clock=clock)
    monkeypatch.setattr("smartapp.store.rekey._PAGE", 2)
    whole, sealed = Seal.anew, []

    def breaks(self: Seal, value: bytes) -> bytes:
        if len(sealed) == 3:
            raise KeyboardInterrupt
        sealed.append(value)
        return whole(self, value)

    monkeypatch.setattr(Seal, "anew", breaks)
    with pytest.raises(KeyboardInterrupt):
        list(store.reseal())
    assert marks_in(store) == {keys_of(FIRST).mark, keys_of(SECOND).mark}
    monkeypatch.setattr(Seal, "anew", whole)
    assert sum(told.done for told in store.reseal()) == 5, "the page that was done is done"
    assert sorted(each.statement["number"] for each in store.records.attestations_of(PATIENT)) == list(range(7))


def test_what_a_worker_writes_meanwhile_stays(url: str, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    behind, launch_id = filled(url, FIRST, SECOND, clock=clock)
    store = later(url, SECOND, FIRST, clock=clock)
    whole = Seal.anew

    def meanwhile(self: Seal, value: bytes) -> bytes:
        behind.sessions.save_decisions(launch_id, [{"item": "E02"}])
        return whole(self, value)

    monkeypatch.setattr(Seal, "anew", meanwhile)
    told = {each.column: each for each in store.reseal()}
    assert told["launches.decisions"].by_others == 1
    monkeypatch.setattr(Seal, "anew", whole)
    assert store.sessions.get(launch_id, "jar A").decisions == [{"item": "E02"}]
    assert {each.column for each in store.reseal() if each.done} <= {"launches.decisions", "drafts.decisions"}
    assert marks_in(store) == {keys_of(SECOND).mark}


def test_several_at_once_lose_nothing(url: str, clock: Clock) -> None:
    first = open_store(url, FIRST, clock=clock)
    for number in range(60):
        first.records.attest(PATIENT, {"number": number})
    stores = [later(url, SECOND, FIRST, clock=clock) for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda store: list(store.reseal()), stores))
    assert marks_in(stores[0]) == {keys_of(SECOND).mark}
    assert len(stores[0].records.attestations_of(PATIENT)) == 60


# -- what is lost is told


def test_what_is_under_a_lost_secret_is_counted(url: str, clock: Clock) -> None:
    filled(url, FIRST, clock=clock)[0].close()
    store = later(url, SECOND, clock=clock)
    store.records.attest(PATIENT, {"name": "stable"})
    assert store.records.attestations_of(PATIENT)[0].statement == {"name": "stable"}
    assert store.records.lost() == 2, "a statement and a plan"
    assert "cannot be read or found" in database_note(url, SECOND)
    assert {told.column for told in store.reseal() if told.lost} >= {"attestations.statement", "signatures.record"}


def test_what_is_lost_and_has_no_key_id_is_counted_too(url: str, clock: Clock) -> None:
    store, _ = filled(url, FIRST, clock=clock)
    with store.database.transaction() as db:
        for row in db.execute(select(attestations.c.statement)).all():
            db.execute(update(attestations).values(statement=bytes(row.statement)[MARK:]))
    assert later(url, SECOND, FIRST, clock=clock).records.lost() == 0
    by_hand(url, "DELETE FROM former_secrets")
    assert later(url, SECOND, clock=clock).records.lost() == 2


def test_a_usual_look_searches_nothing(url: str, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    store, _ = filled(url, FIRST, clock=clock)
    monkeypatch.setattr("smartapp.store.secrets_used._opens", lambda *_: pytest.fail("looked through"))
    assert store.records.lost() == 0


def test_the_command(url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """It says what it did and what it could not read, ends with 1 then, and is told in the audit trail."""
    for name, value in {
        "SECRET": SECOND,
        "SECRET_PREVIOUS": FIRST,
        "DATABASE": url,
        "BASE_URL": "https://a.example",
    }.items():
        monkeypatch.setenv(f"SMARTAPP_{name}", value)
    store, _ = filled(url, FIRST, clock=Clock())
    assert main(["rekey"]) == 0
    assert "attestations.statement: 1 sealed anew" in capsys.readouterr().out
    lost = Seal(THIRD).seal("x statement", {"version": 1})
    with store.database.transaction() as db:
        db.execute(update(attestations).values(statement=lost))
    assert main(["rekey"]) == 1
    assert "WRONG  attestations.statement: 1 sealed with a secret that is gone" in capsys.readouterr().out
    with store.database.read() as db:
        assert bytes(db.execute(select(attestations.c.statement)).scalar_one()) == lost, "it is left as it is"
        assert db.execute(select(audit_trail.c.seq)).scalars().all() == [1, 2, 3]
    told = list(open_store(url, SECOND).audit.events())[1:]
    assert [event["type"]["code"] for event in told] == ["110100", "110100"]
    assert "values sealed anew" in str(told[0])
