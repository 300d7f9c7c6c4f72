"""The audit trail in the store: one chain whoever writes, and nobody can change, cut or remake it unseen."""

import base64
import hashlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from smartapp.store import Place, Store, open_store
from smartapp.store.audit import WORDS
from smartapp.store.seal import MARK, Seal

ROOT = Path(__file__).resolve().parents[2]
SECRET = "a secret long enough for the tests"


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/trail.db"


def kept(url: str, count: int = 4, secret: str = SECRET) -> Store:
    store = open_store(url, secret)
    for number in range(count):
        store.audit.append([{"number": number}])
    return store


def by_hand(url: str, *statements: str) -> None:
    """What somebody with the database, without the secret, may do."""
    engine = create_engine(url)
    with engine.begin() as db:
        for statement in statements:
            db.execute(text(statement))
    engine.dispose()


def test_an_empty_trail_is_whole(url):
    assert open_store(url, SECRET).audit.verify().problems == ()


def test_events_come_back_in_order_and_the_chain_holds(url):
    store = kept(url)
    places = store.audit.append([{"number": 4}, {"number": 5}])
    assert [event["number"] for event in store.audit.events()] == [0, 1, 2, 3, 4, 5]
    found = store.audit.verify(places)
    assert (found.events, found.hash, found.problems) == (6, places[-1].hash, ())


def test_what_is_kept_together_is_one_row_and_each_event_has_its_number(url):
    store = kept(url, 1)
    (place,) = store.audit.append(
        [{"number": number, "what": "the same search of the same chart"} for number in range(1, 60)]
    )
    assert place.seq == 60
    store.audit.append([{"number": 60}])
    with create_engine(url).connect() as db:
        assert db.execute(text("select seq, events from audit_trail")).all() == [(1, 1), (60, 59), (61, 1)]
        assert db.execute(text("select max(length(event)) from audit_trail")).scalar_one() < 600
    assert [(each.seq, each.event["number"]) for each in store.audit.kept()] == [(n + 1, n) for n in range(61)]
    assert store.audit.verify([place]).problems == ()


def test_a_page_may_end_within_a_row(url):
    store = kept(url, 2)
    store.audit.append([{"number": number} for number in range(2, 9)])
    found, before = [], None
    while page := store.audit.newest(3, before):
        found += [each.event["number"] for each in page]
        before = page[-1].seq
    assert found == [8, 7, 6, 5, 4, 3, 2, 1, 0]


def test_each_event_of_a_row_that_cannot_be_opened_is_named(url):
    kept(url, 1).audit.append([{"number": 1}, {"number": 2}])
    by_hand(url, "DELETE FROM former_secrets")
    lost = open_store(url, "another secret, as long as the first")
    assert [(each.seq, each.event) for each in lost.audit.kept()] == [(1, None), (2, None), (3, None)]


def test_a_row_that_says_another_count_is_seen(url):
    store = kept(url)
    store.audit.append([{"number": 4}, {"number": 5}])
    by_hand(url, "UPDATE audit_trail SET events = 1 WHERE seq = 6")
    assert store.audit.verify().problems == ("between 4 and 6 something is missing",)


def test_nothing_of_an_event_stands_in_clear(url, tmp_path):
    store = open_store(url, SECRET)
    store.audit.append([{"who": "Practitioner/okafor", "patient": "Patient/bergstrom"}])
    store.close()
    bytes_on_disk = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"okafor" not in bytes_on_disk and b"bergstrom" not in bytes_on_disk


@pytest.mark.parametrize(
    ("statements", "told"),
    [
        (["UPDATE audit_trail SET at = at - 3600 WHERE seq = 2"], "event 2 or the one before it was changed"),
        (["UPDATE audit_trail SET event = (SELECT event FROM audit_trail WHERE seq = 1) WHERE seq = 2"], "event 2"),
        (["DELETE FROM audit_trail WHERE seq = 2"], "between 1 and 3 something is missing"),
        (["DELETE FROM audit_trail WHERE seq = 4"], "the trail ends at 3, but 4 events were kept"),
        (["DELETE FROM audit_trail"], "the trail ends at 0, but 4 events were kept"),
        (["DELETE FROM audit_head"], "the head of the trail is missing"),
        (["DELETE FROM audit_trail WHERE seq = 4",
          "UPDATE audit_head SET seq = 3, hash = (SELECT hash FROM audit_trail WHERE seq = 3)"], "the head of the"),
        (["DELETE FROM audit_trail WHERE seq = 1", "UPDATE audit_trail SET seq = seq - 1"], "event 1"),
    ],
)  # fmt: skip
def test_whatever_is_changed_by_hand_is_seen(url, statements, told):
    store = kept(url)
    by_hand(url, *statements)
    problems = store.audit.verify().problems
    assert any(told in problem for problem in problems), problems


def test_a_chain_remade_without_the_secret_has_no_mac(url):
    """The hashes alone can be computed by anybody; so somebody computes all of them anew, with other events."""
    store = kept(url)
    other = f"{url}.other"
    kept(other, secret="another secret, long enough for the tests").close()
    by_hand(url, f"ATTACH '{other.removeprefix('sqlite:///')}' AS other", "DELETE FROM audit_trail",
            "DELETE FROM audit_head", "INSERT INTO audit_trail SELECT * FROM other.audit_trail",
            "INSERT INTO audit_head SELECT * FROM other.audit_head")  # fmt: skip
    assert any("not made with this installation's secret" in problem for problem in store.audit.verify().problems)


def test_an_older_copy_of_the_whole_database_is_seen_by_a_noted_place(url):
    store = kept(url, 2)
    noted = Place(3, "0" * 64)
    assert store.audit.verify().problems == ()
    assert store.audit.verify([noted]).problems == ("event 3, which was noted, is not there",)
    store.audit.append([{"number": 2}])
    assert store.audit.verify([noted]).problems == ("event 3 is not the one that was noted",)


def test_a_changed_secret_breaks_nothing(url):
    kept(url).close()
    store = open_store(url, "the next secret, long enough for the tests", SECRET)
    assert store.audit.verify().problems == ()
    store.audit.append([{"number": 4}])
    assert len(list(store.audit.events())) == 5
    store.close()
    # one more change, and the first secret is forgotten: the last mark still vouches for every row before it
    store = open_store(url, "the third secret, long enough for the tests", "the next secret, long enough for the tests")
    assert store.audit.verify().problems == ()


def test_threads_of_two_workers_keep_one_chain(url):
    stores = [open_store(url, SECRET), open_store(url, SECRET)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: stores[n % 2].audit.append([{"number": n}, {"number": n}]), range(40)))
    found = stores[0].audit.verify()
    assert (found.events, found.problems) == (80, ())
    numbers = [event["number"] for event in stores[1].audit.events()]
    assert numbers[::2] == numbers[1::2] and sorted(numbers[::2]) == list(range(40))


def test_processes_keep_one_chain_from_its_very_first_event(url):
    code = (
        "import sys; from smartapp.store import open_store\n"
        f"store = open_store({url!r}, {SECRET!r})\n"
        "for n in range(10): store.audit.append([{'worker': sys.argv[1], 'number': n}])"
    )
    open_store(url, SECRET).close()
    workers = [subprocess.Popen([sys.executable, "-c", code, str(n)], cwd=ROOT) for n in range(3)]
    assert [worker.wait(timeout=120) for worker in workers] == [0, 0, 0]
    found = open_store(url, SECRET).audit.verify()
    assert (found.events, found.problems) == (30, ())


# -- together with what it tells of


@pytest.fixture
def store(url: str) -> Store:
    return open_store(url, SECRET)


@contextmanager
def interrupted():
    with suppress(KeyboardInterrupt):
        yield


def test_what_happened_and_its_event_are_kept_together_or_not_at_all(store):
    with interrupted(), store.transaction():
        store.records.attest("patient", {"name": "stable"})
        store.audit.append([{"n": 1}])
        raise KeyboardInterrupt
    assert store.records.attestations_of("patient") == () and list(store.audit.events()) == []
    with store.transaction():
        store.records.attest("patient", {"name": "stable"})
        store.audit.append([{"n": 1}])
    assert len(store.records.attestations_of("patient")) == 1 and list(store.audit.events()) == [{"n": 1}]
    assert store.audit.verify().problems == ()


def test_what_waits_for_the_end_is_done_after_it_and_only_if_it_was_kept(store):
    told = []
    with store.transaction():
        store.audit.append([{"n": 1}])
        store.after_commit(lambda: told.append(len(list(store.audit.events()))))
        assert told == []
    assert told == [1], "it finds what was kept"
    with interrupted(), store.transaction():
        store.after_commit(lambda: told.append("never"))
        raise KeyboardInterrupt
    store.after_commit(lambda: told.append("alone"))
    assert told == [1, "alone"]


def test_a_part_that_fails_and_is_caught_undoes_itself_only(store):
    with store.transaction():
        store.audit.append([{"n": 1}])
        with suppress(ValueError), store.transaction():
            store.audit.append([{"n": 2}])
            raise ValueError
        store.audit.append([{"n": 3}])
    assert list(store.audit.events()) == [{"n": 1}, {"n": 3}]
    assert store.audit.verify().problems == ()


def test_another_threads_writes_are_not_part_of_it(store):
    with ThreadPoolExecutor(1) as pool:
        with store.transaction():
            store.audit.append([{"n": 1}])
            waiting = pool.submit(store.audit.append, [{"n": 2}])
        waiting.result()
    assert list(store.audit.events()) == [{"n": 1}, {"n": 2}]


# -- the newest first, for a page


def test_the_newest_come_first_page_by_page(url):
    trail = kept(url, 5).audit
    first = trail.newest(3)
    assert [(one.seq, one.event) for one in first] == [(5, {"number": 4}), (4, {"number": 3}), (3, {"number": 2})]
    assert [one.seq for one in trail.newest(3, before=first[-1].seq)] == [2, 1]
    assert trail.newest(3, before=1) == ()


def test_the_newest_of_a_span_of_time(url):
    now = [100.0]
    store = open_store(url, SECRET, clock=lambda: now[0])
    for now[0] in (100.0, 200.0, 300.0):
        store.audit.append([{"at": now[0]}])
    assert [one.at for one in store.audit.newest(9, since=200.0)] == [300.0, 200.0]
    assert [one.at for one in store.audit.newest(9, since=100.0, until=300.0)] == [200.0, 100.0]


def test_what_was_kept_under_a_lost_secret_is_there_without_its_words(url):
    kept(url, 1)
    store = open_store(url, "another secret, long enough too")
    store.audit.append([{"number": 9}])
    assert [(one.seq, one.event) for one in store.audit.newest(9)] == [(2, {"number": 9}), (1, None)]


def test_looking_waits_for_no_writer(url):
    store = kept(url, 2)
    with store.transaction():
        store.audit.append([{"number": 2}])
        with ThreadPoolExecutor(1) as other:
            assert [one.seq for one in other.submit(store.audit.newest, 9).result(timeout=5)] == [2, 1]


def test_a_walk_along_the_chain_holds_up_no_writer_and_sees_what_is_kept_meanwhile(url):
    store, other = kept(url, 2), open_store(url, SECRET)
    pages, walk = [], store.audit._rows

    def rows(*asked, **named):
        yield from walk(*asked, **named)
        if len(pages) < 2:  # somebody writes between the last page and the look at the head
            pages.append(other.audit.append([{"number": 9}]))

    store.audit._rows = rows
    found = store.audit.verify()
    assert (found.events, found.problems) == (4, ()) and len(pages) == 2


def test_pages_of_the_walk_leave_nothing_out(url, monkeypatch):
    store = kept(url, 7)
    for size in (1, 2, 3, 7, 8):
        monkeypatch.setattr("smartapp.store.audit._PAGE", size)
        assert [event["number"] for event in store.audit.events()] == list(range(7))
        assert store.audit.verify().problems == ()


def test_an_event_takes_the_room_of_what_is_its_own(url):
    """All of a FHIR AuditEvent that every one has is in a dictionary: 81 of them are a journey, kept for years."""
    store = open_store(url, SECRET)
    coding = {"system": "http://terminology.hl7.org/CodeSystem/audit-event-type", "code": "rest"}
    agent = {"type": {"coding": [{"system": "http://dicom.nema.org/resources/ontology/DCM", "code": "110153"}]}}
    event = {"resourceType": "AuditEvent", "type": coding, "agent": [agent] * 3, "entity": [{"query": "L0NvbmRpdG"}]}
    store.audit.append([event])
    assert list(store.audit.events()) == [event]
    with create_engine(url).connect() as db:
        assert db.execute(text("select length(event) from audit_trail")).scalar_one() < 250


def test_what_was_kept_before_there_was_a_dictionary_is_read(url):
    """Values sealed without the words, those from before they named their key, and base64 of an older installation."""
    seal = Seal(SECRET)
    event = {"resourceType": "AuditEvent", "id": "7"}
    plain = seal.seal("1 audit", event)
    for kept_as in (plain, plain[MARK:], base64.urlsafe_b64encode(plain[MARK:])):
        assert seal.open_object("1 audit", kept_as, WORDS) == event


def test_the_dictionary_never_changes():
    """What was packed with it can be read with nothing else."""
    assert hashlib.sha256(WORDS).hexdigest() == "67e34d9617db4d956d2bdfa5a7d42553f13443306a534a9435f035ca13a663ba"
