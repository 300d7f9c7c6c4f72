"""The store as its callers see it: single use, the right browser, nothing in clear, one worker at a time, expiry."""

import re
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest

from smartapp.errors import LaunchForged, SessionEnded, SettingsError
from smartapp.store import Limits, Store, open_store
from smartapp.store.outbox import WORDS, is_dead, process_name
from smartapp.store.seal import Seal, Unsealable

ROOT = Path(__file__).resolve().parents[2]
SECRET, OLD_SECRET = "a secret long enough for the tests", "the secret before it, also long enough"
NURSE, DOCTOR = "https://ehr.example|nurse-7", "https://ehr.example|doctor-9"
PATIENT, OTHER_PATIENT = "https://ehr.example/fhir/Patient/ann", "https://ehr.example/fhir/Patient/ben"


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "var" / "loadpath.db"


@pytest.fixture
def url(file: Path) -> str:
    return f"sqlite:///{file}"


@pytest.fixture
def store(url: str, clock: Clock) -> Store:
    return open_store(url, SECRET, clock=clock, limits=Limits(pending_per_browser=3, pending_in_all=6))


def opened(
    store: Store, browser: str = "jar A", person: str = DOCTOR, patient: str = PATIENT, state: str = "s1"
) -> str:
    store.launches.begin(browser, "sandbox", state, {"verifier": "v"})
    launch_id = store.launches.claim_callback(state, browser).launch_id
    store.sessions.open(launch_id, {"patient": patient}, {"access": "token-1"}, person, patient)
    return launch_id


# -- pending


def test_a_launch_comes_back_to_the_browser_that_began_it(store: Store) -> None:
    launch_id = store.launches.begin("jar A", "sandbox", "s1", {"verifier": "v"})
    claimed = store.launches.claim_callback("s1", "jar A")
    assert (claimed.launch_id, claimed.pending) == (launch_id, {"verifier": "v"})


@pytest.mark.req("SM-T1", "SM-C2")
def test_another_browser_cannot_finish_it_and_does_not_spoil_it(store: Store) -> None:
    store.launches.begin("jar A", "sandbox", "s1", {})
    with pytest.raises(LaunchForged):
        store.launches.claim_callback("s1", "jar B")
    assert store.launches.claim_callback("s1", "jar A").pending == {}


@pytest.mark.req("SM-C1")
def test_an_invented_state_is_refused(store: Store) -> None:
    store.launches.begin("jar A", "sandbox", "s1", {})
    with pytest.raises(LaunchForged):
        store.launches.claim_callback("s2", "jar A")


@pytest.mark.req("SM-C1", "SM-T20")
def test_the_second_callback_gets_the_launch_but_not_the_code(store: Store) -> None:
    launch_id = opened(store)
    again = store.launches.claim_callback("s1", "jar A")
    assert (again.launch_id, again.phase, again.pending) == (launch_id, "open", None)


@pytest.mark.req("SM-T20")
def test_of_many_callbacks_at_once_one_may_exchange_the_code(store: Store) -> None:
    store.launches.begin("jar A", "sandbox", "s1", {"verifier": "v"})
    with ThreadPoolExecutor(8) as pool:
        claims = list(pool.map(lambda _: store.launches.claim_callback("s1", "jar A"), range(8)))
    assert sum(claim.pending is not None for claim in claims) == 1


@pytest.mark.req("SM-C9")
def test_a_launch_nobody_finishes_in_time_has_ended(store: Store, clock: Clock) -> None:
    store.launches.begin("jar A", "sandbox", "s1", {})
    clock.now += 601
    with pytest.raises(SessionEnded):
        store.launches.claim_callback("s1", "jar A")


@pytest.mark.req("SM-T19")
def test_one_browser_keeps_only_its_latest_waiting_launches(store: Store, clock: Clock) -> None:
    for number in range(5):
        clock.now += 1
        store.launches.begin("jar A", "sandbox", f"s{number}", {})
    with pytest.raises(LaunchForged):
        store.launches.claim_callback("s1", "jar A")
    assert store.launches.claim_callback("s4", "jar A").pending == {}


@pytest.mark.req("SM-T19")
def test_of_too_many_waiting_launches_the_oldest_go_and_nobody_is_locked_out(store: Store, clock: Clock) -> None:
    for number in range(8):
        clock.now += 1
        store.launches.begin(f"jar {number}", "sandbox", f"s{number}", {})
    for gone in (0, 1):
        with pytest.raises(LaunchForged):
            store.launches.claim_callback(f"s{gone}", f"jar {gone}")
    for number in range(2, 8):
        assert store.launches.claim_callback(f"s{number}", f"jar {number}").pending == {}


# -- sessions


@pytest.mark.req("SM-T7")
def test_two_launches_in_one_browser_stay_apart(store: Store) -> None:
    ann, ben = opened(store, state="s1"), opened(store, state="s2", patient=OTHER_PATIENT)
    store.sessions.save_chart(ann, {"of": "ann"})
    assert store.sessions.get(ann, "jar A").connection == {"patient": PATIENT}
    assert store.sessions.get(ben, "jar A").connection == {"patient": OTHER_PATIENT}
    assert store.sessions.load_chart(ben) is None


@pytest.mark.req("SM-T14")
def test_a_session_opens_only_in_its_own_browser(store: Store) -> None:
    launch_id = opened(store)
    with pytest.raises(SessionEnded):
        store.sessions.get(launch_id, "jar B")


@pytest.mark.req("SM-T8", "SM-I8")
def test_another_person_in_the_same_browser_ends_the_first_ones_sessions(store: Store) -> None:
    first = opened(store, state="s1", person=DOCTOR)
    opened(store, state="s2", person=NURSE)
    with pytest.raises(SessionEnded):
        store.sessions.get(first, "jar A")


def test_use_keeps_a_session_open_and_idleness_ends_it(store: Store, clock: Clock) -> None:
    launch_id = opened(store)
    for _ in range(3):
        clock.now += 1700
        store.sessions.get(launch_id, "jar A")
    clock.now += 1801
    with pytest.raises(SessionEnded):
        store.sessions.get(launch_id, "jar A")
    clock.now -= 1801
    with pytest.raises(SessionEnded):
        store.sessions.get(launch_id, "jar A")


def test_no_use_extends_a_session_beyond_its_day(store: Store, clock: Clock) -> None:
    launch_id = opened(store)
    for _ in range(16):
        clock.now += 1790
        store.sessions.get(launch_id, "jar A")
    clock.now += 200
    with pytest.raises(SessionEnded):
        store.sessions.get(launch_id, "jar A")


@pytest.mark.req("SM-E2")
def test_logging_out_forgets_tokens_and_chart(store: Store) -> None:
    launch_id = opened(store)
    store.sessions.save_chart(launch_id, {"a": 1})
    store.sessions.end(launch_id)
    assert store.sessions.load_chart(launch_id) is None
    with pytest.raises(SessionEnded):
        store.tokens.load(launch_id)


def test_unsigned_edits_come_back_to_the_same_person_and_patient_only(store: Store) -> None:
    first = opened(store, state="s1")
    store.sessions.save_decisions(first, [{"item": "E01", "choice": "drop"}])
    store.sessions.end(first)
    again = opened(store, state="s2")
    assert store.sessions.get(again, "jar A").decisions == [{"item": "E01", "choice": "drop"}]
    assert store.sessions.get(opened(store, state="s3", patient=OTHER_PATIENT), "jar A").decisions == []
    assert store.sessions.get(opened(store, "jar B", NURSE, state="s4"), "jar B").decisions == []


def test_edits_that_were_signed_or_are_too_old_do_not_come_back(store: Store, clock: Clock) -> None:
    first = opened(store, state="s1")
    store.sessions.save_decisions(first, [{"item": "E01"}])
    store.sessions.save_decisions(first, [])
    assert store.sessions.get(opened(store, state="s2"), "jar A").decisions == []
    store.sessions.save_decisions(opened(store, state="s3"), [{"item": "E02"}])
    clock.now += 604801
    assert store.sessions.get(opened(store, state="s4"), "jar A").decisions == []


def test_expired_rows_are_purged_and_open_ones_stay(store: Store, clock: Clock) -> None:
    opened(store, state="s1")
    store.launches.begin("jar B", "sandbox", "s2", {})
    clock.now += 1795
    fresh = opened(store, "jar C", state="s3")
    clock.now += 10
    assert store.sessions.purge_expired() == 2
    store.sessions.get(fresh, "jar C")


# -- tokens


@pytest.mark.req("SM-R2")
def test_one_worker_renews_and_the_others_see_the_new_tokens(store: Store, url: str, clock: Clock) -> None:
    launch_id = opened(store)
    other_worker = open_store(url, SECRET, clock=clock)
    assert store.tokens.claim_refresh(launch_id, 1)
    assert not other_worker.tokens.claim_refresh(launch_id, 1)
    store.tokens.save(launch_id, {"access": "token-2"}, 2)
    assert other_worker.tokens.load(launch_id) == ({"access": "token-2"}, 2)
    assert not other_worker.tokens.claim_refresh(launch_id, 1)
    assert other_worker.tokens.claim_refresh(launch_id, 2)


def test_a_worker_that_died_while_renewing_blocks_nobody_for_long(store: Store, clock: Clock) -> None:
    launch_id = opened(store)
    store.tokens.claim_refresh(launch_id, 1)
    clock.now += 31
    assert store.tokens.claim_refresh(launch_id, 1)


def test_a_renewal_that_failed_can_be_tried_again_at_once(store: Store) -> None:
    launch_id = opened(store)
    store.tokens.claim_refresh(launch_id, 1)
    store.tokens.release_refresh(launch_id, 1)
    assert store.tokens.claim_refresh(launch_id, 1)


@pytest.mark.req("SM-R2")
def test_a_late_worker_cannot_put_old_tokens_over_new_ones(store: Store) -> None:
    launch_id = opened(store)
    store.tokens.save(launch_id, {"access": "token-2"}, 2)
    store.tokens.save(launch_id, {"access": "late"}, 2)
    assert store.tokens.load(launch_id) == ({"access": "token-2"}, 2)


# -- records


def test_attestations_return_at_the_next_launch_and_can_be_withdrawn(store: Store) -> None:
    healed = store.records.attest(PATIENT, {"name": "healed", "on": "2027-01-02"})
    stable = store.records.attest(PATIENT, {"name": "stable", "on": "2027-01-01"})
    assert [s.id for s in store.records.attestations_of(PATIENT)] == [healed, stable]
    assert store.records.withdraw(PATIENT, healed, DOCTOR)
    assert [s.statement["name"] for s in store.records.attestations_of(PATIENT)] == ["stable"]
    assert not store.records.withdraw(PATIENT, healed, DOCTOR)


def test_a_statement_on_one_patient_cannot_be_reached_through_another(store: Store) -> None:
    id_ = store.records.attest(PATIENT, {"name": "healed"})
    assert store.records.attestations_of(OTHER_PATIENT) == ()
    assert not store.records.withdraw(OTHER_PATIENT, id_, DOCTOR)


def test_signing_twice_gives_the_same_signature(store: Store) -> None:
    launch_id = opened(store)
    first = store.records.sign(launch_id, PATIENT, "plan-1", "print-1", {"who": "doctor"})
    for plan, print_ in (("plan-1", "print-1"), ("plan-2", "print-1"), ("plan-1", "print-2")):
        again = store.records.sign(launch_id, PATIENT, plan, print_, {"who": "somebody else"})
        assert (again.id, again.new, again.record) == (first.id, False, {"who": "doctor"})
    assert first.new


def test_equal_plans_of_two_patients_are_two_signatures(store: Store) -> None:
    one = store.records.sign("l1", PATIENT, "plan-1", "print-1", {})
    two = store.records.sign("l2", OTHER_PATIENT, "plan-1", "print-1", {})
    assert two.new
    assert one.id != two.id


def test_of_many_signatures_at_once_one_is_new(store: Store) -> None:
    def sign(_: int) -> bool:
        return store.records.sign("l1", PATIENT, "plan-1", "print-1", {}).new

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(sign, range(8))) == 1


def test_a_plan_is_written_by_one_worker_and_never_again(store: Store) -> None:
    id_ = store.records.sign("l1", PATIENT, "plan-1", "print-1", {}).id
    with ThreadPoolExecutor(8) as pool:
        leases = [lease for lease in pool.map(lambda _: store.outbox.claim_write(id_), range(8)) if lease]
    assert len(leases) == 1
    store.outbox.finish_write(id_, leases[0], complete=True)
    assert not store.outbox.claim_write(id_)
    kept = store.records.signature_of(PATIENT, "plan-1")
    assert kept is not None
    assert kept.delivery == "written"


def test_an_incomplete_write_can_be_taken_up_again(store: Store, clock: Clock) -> None:
    id_ = store.records.sign("l1", PATIENT, "plan-1", "print-1", {}).id
    store.outbox.finish_write(id_, store.outbox.claim_write(id_), complete=False)
    first = store.outbox.claim_write(id_)
    assert first
    clock.now += 121
    second = store.outbox.claim_write(id_)
    assert second, "the worker that had it is dead by now"
    store.outbox.finish_write(id_, first, complete=True)
    kept = store.records.signature(id_)
    assert kept is not None
    assert kept.delivery == "writing", "the dead worker's lease says nothing any more"


# -- at rest


@pytest.mark.req("SM-E3")
def test_nothing_of_person_patient_or_token_is_in_the_file(store: Store, file: Path) -> None:
    launch_id = opened(store, browser="cookie-value-xyz", state="state-value-xyz")
    store.sessions.save_chart(launch_id, {"family": "Mustermann"})
    store.sessions.save_decisions(launch_id, [{"reason": "Mustermann"}])
    store.records.attest(PATIENT, {"by": "Dr. Mustermann"})
    store.records.sign(launch_id, PATIENT, "plan-1", "print-1", {"name": "Mustermann"})
    store.close()
    content = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert re.findall(rb"Mustermann|token-1|cookie-value|state-value|Patient/|doctor-9|/ann", content) == []
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.req("SM-E3", "SM-T7")
def test_sealed_content_does_not_open_in_another_row(store: Store) -> None:
    seal = Seal(SECRET)
    sealed = seal.seal("launch-1 chart", {"a": 1})
    assert seal.open("launch-1 chart", sealed) == {"a": 1}
    with pytest.raises(Unsealable):
        seal.open("launch-2 chart", sealed)


def test_a_plan_takes_the_room_of_what_is_its_own(store: Store) -> None:
    """The dictionary is of what plans have in common, and never changes: what was packed with it needs it."""
    assert sha256(WORDS).hexdigest() == "47ce2af7bdb383f8ccc24b5137c42da9d2c42b15cfa2c8a4f983d7eb46d3b64f"
    seal = Seal(SECRET)
    goal = {"resourceType": "Goal", "lifecycleStatus": "active", "category": [{"coding": [{
        "system": "http://terminology.hl7.org/CodeSystem/goal-category", "code": "physiotherapy"}]}]}  # fmt: skip
    assert len(seal.seal("place", goal, WORDS)) < 0.7 * len(seal.seal("place", goal))
    assert seal.open("place", seal.seal("place", goal), WORDS) == goal, "what was kept without it"


def test_after_a_change_of_the_secret_old_rows_are_still_read(store: Store, url: str, clock: Clock) -> None:
    launch_id = opened(store)
    store.records.attest(PATIENT, {"name": "healed"})
    store.sessions.save_decisions(launch_id, [{"item": "E01"}])
    changed = open_store(url, OLD_SECRET, SECRET, clock=clock)
    assert changed.sessions.get(launch_id, "jar A").connection == {"patient": PATIENT}
    assert changed.records.attestations_of(PATIENT)[0].statement == {"name": "healed"}
    assert changed.sessions.get(opened(changed, state="s2"), "jar A").decisions == [{"item": "E01"}]


def test_with_a_lost_secret_a_session_has_ended(store: Store, url: str, clock: Clock) -> None:
    launch_id = opened(store)
    with pytest.raises(SessionEnded):
        open_store(url, OLD_SECRET, clock=clock).sessions.get(launch_id, "jar A")


def test_a_read_does_not_wait_for_a_writer(store: Store) -> None:
    launch_id = opened(store)
    done = threading.Event()
    with store.database.engine.begin():
        reader = threading.Thread(target=lambda: (store.tokens.load(launch_id), done.set()))
        reader.start()
        assert done.wait(5)
    reader.join()


def test_a_database_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a database at all, but long enough to be read as one by SQLite" * 20)
    with pytest.raises(SettingsError, match="SMARTAPP_DATABASE"):
        open_store(f"sqlite:///{tmp_path / 'file'}", SECRET)
    with pytest.raises(SettingsError, match="SMARTAPP_DATABASE"):
        open_store("nonsense://x", SECRET)


# -- leases of the dead


def killed(code: str) -> str:
    """What a process printed that was then killed, and is gone."""
    child = subprocess.Popen([sys.executable, "-c", code + "; import time; time.sleep(60)"], cwd=ROOT,
                             stdout=subprocess.PIPE, text=True)  # fmt: skip
    assert child.stdout is not None
    said = child.stdout.readline().strip()
    child.kill()
    child.communicate()
    return said


def claimed_by_a_process(url: str, id_: str) -> str:
    return killed(f"from smartapp.store import open_store; store = open_store({url!r}, {SECRET!r}); "
                  f"print(store.outbox.claim_write({id_!r}), flush=True)")  # fmt: skip


def test_what_a_killed_process_held_is_taken_over_at_once(url: str) -> None:
    store = open_store(url, SECRET)
    id_ = store.records.sign("l1", PATIENT, "plan-1", "print-1", {}).id
    dead = claimed_by_a_process(url, id_)
    assert dead
    assert not store.outbox.claim_write(id_), "its lease has not run out"
    lease, until = store.outbox.take_over(id_)
    assert lease and 60 < until - time.time() < 76, "a request of the dead one may be under way as long"
    assert not store.outbox.save_rows(id_, dead, [])
    assert store.outbox.save_rows(id_, lease, [])


def test_nothing_is_taken_from_a_process_that_may_live(store: Store) -> None:
    id_ = store.records.sign("l1", PATIENT, "plan-1", "print-1", {}).id
    assert store.outbox.take_over(id_) == ("", 0.0), "nobody holds it"
    assert store.outbox.claim_write(id_)
    assert store.outbox.take_over(id_) == ("", 0.0), "this very process does"


@pytest.mark.parametrize("of", ["", "~x", "elsewhere.1.2", ".1.2", "a.b.c", "a.1"])
def test_a_process_elsewhere_or_unknown_is_never_taken_for_dead(of: str) -> None:
    assert not is_dead(of)


def test_another_process_under_an_old_number_is_not_the_old_one() -> None:
    place, number, started = process_name().split(".")
    assert not is_dead(process_name())
    assert is_dead(f"{place}.{number}.{int(started) - 1}")
    assert is_dead(killed("from smartapp.store.outbox import WORDS, process_name; print(process_name(), flush=True)"))
