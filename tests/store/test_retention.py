"""What has been kept long enough is removed, nothing else, and the audit trail says so and stays whole."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select, text

from smartapp.cli import main
from smartapp.settings import Settings
from smartapp.store import Place, Store, open_store
from smartapp.store.retention import RULES
from smartapp.store.schema import audit_trail, outbox, referrals, signatures, therapist_reports
from smartapp.upkeep import kept_days
from tests.store.test_audit import by_hand
from tests.store.test_store import PATIENT, Clock

SECRET = "a secret long enough for the tests"
DAY = 86400.0
ALL = {"audit events": 30, **dict.fromkeys(RULES, 30)}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/loadpath.db"


@pytest.fixture
def store(url: str, clock: Clock) -> Store:
    return open_store(url, SECRET, clock=clock)


def row(position: int, status: str) -> dict[str, object]:
    return {"position": position, "status": status, "doubtful": False, "fixed": {}, "entry": {}, "state": {}}


def signed(store: Store, plan: str, *statuses: str) -> str:
    rows = [row(position, status) for position, status in enumerate(statuses)]
    return store.records.sign("l1", PATIENT, plan, plan, {"plan": plan}, rows).id  # type: ignore[arg-type]


def removed(store: Store) -> dict[str, int]:
    due = store.retention.due(ALL)
    done = dict(store.retention.remove(ALL))
    assert done == due, "what is listed is what goes"
    assert not any(store.retention.due(ALL).values())
    return {kind: count for kind, count in done.items() if count}


def count(store: Store, table: object) -> int:
    with store.database.read() as db:
        return db.execute(select(func.count()).select_from(table)).scalar_one()  # type: ignore[arg-type]


def test_a_delivered_plan_goes_with_its_outbox_after_its_time_only(store: Store, clock: Clock) -> None:
    signed(store, "old", "written", "found")
    clock.now += 31 * DAY
    new = signed(store, "new", "written")
    assert removed(store) == {"signed plans": 1}
    assert [each.id for each in store.records.signatures_of(PATIENT)] == [new] and count(store, outbox) == 1


@pytest.mark.parametrize("status", ["waiting", "sending", "unknown", "manual", "failed", "conflict"])
def test_a_plan_that_is_not_at_its_end_stays_however_old(store: Store, clock: Clock, status: str) -> None:
    signed(store, "old", "written", status)
    clock.now += 4000 * DAY
    assert removed(store) == {} and count(store, signatures) == 1


def test_a_statement_in_force_stays_and_a_withdrawn_one_goes(store: Store, clock: Clock) -> None:
    kept, taken_back = (store.records.attest(PATIENT, {"name": name}) for name in ("healed", "stable"))
    store.records.withdraw(PATIENT, taken_back, "Dr. Dana")
    clock.now += 31 * DAY
    assert removed(store) == {"withdrawn statements": 1}
    assert [each.id for each in store.records.attestations_of(PATIENT)] == [kept]


def test_a_link_goes_with_its_reports_once_they_are_done(store: Store, clock: Clock) -> None:
    link, _ = store.links.make(PATIENT, {}, {}, clock.now + DAY)
    with store.database.transaction() as db:
        db.execute(therapist_reports.insert().values(id="r", link_id=link.id, report=b"", sent=clock.now))
    clock.now += 40 * DAY
    assert removed(store) == {}, "a report waits for somebody"
    with store.database.transaction() as db:
        db.execute(therapist_reports.update().values(done=clock.now))
    assert removed(store) == {"therapist links": 1} and count(store, therapist_reports) == 0


def test_of_referrals_only_closed_ones_that_are_kept_here(store: Store, clock: Clock) -> None:
    fixed = {"reader_index": "", "patient_index": "", "stage": "", "priority": "", "turn": "", "due": "", "since": "",
             "version": 1, "seen": clock.now, "content": b""}  # fmt: skip
    with store.database.transaction() as db:
        for id_, here, queue in (("closed", 1, "CLOSED"), ("open", 1, "NEW"), ("of the EHR", 0, "CLOSED")):
            db.execute(referrals.insert().values(id=id_, kept_here=here, queue=queue, **fixed))
    clock.now += 31 * DAY
    assert removed(store) == {"closed referrals": 1}
    with store.database.read() as db:
        assert set(db.execute(select(referrals.c.id)).scalars()) == {"open", "of the EHR"}


# -- the audit trail


def trail_of(store: Store, clock: Clock) -> list[Place]:
    places = []
    for number in range(6):
        places += store.audit.append([{"number": number}, {"number": number + 0.5}])
        clock.now += 10 * DAY
    return places


def test_the_rest_of_the_trail_is_one_chain_and_says_what_went(store: Store, clock: Clock, url: str) -> None:
    places = trail_of(store, clock)
    assert removed(store) == {"audit events": 6}
    found = store.audit.verify(places)
    assert (found.problems, found.events, found.removed) == ((), 12, 6)
    store.audit.append([{"number": 6}])
    assert [event["number"] for event in store.audit.events()] == [3, 3.5, 4, 4.5, 5, 5.5, 6]
    assert open_store(url, "another secret, the one before given", SECRET).audit.verify().problems == ()


def test_the_whole_trail_may_go_and_it_goes_on(store: Store, clock: Clock) -> None:
    trail_of(store, clock)
    clock.now += 100 * DAY
    assert removed(store) == {"audit events": 12} and store.audit.verify().problems == ()
    assert store.audit.append([{"number": 6}])[0].seq == 13 and store.audit.verify().problems == ()


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("DELETE FROM audit_trail WHERE seq = 8", "between 6 and 10 something is missing"),
        ("DELETE FROM audit_head WHERE id = 2", "between 0 and 8 something is missing"),
        ("UPDATE audit_head SET seq = 8, hash = (SELECT hash FROM audit_trail WHERE seq = 8) WHERE id = 2",
         "where the trail begins was not set with this installation's secret"),
    ],
)  # fmt: skip
def test_whoever_removes_more_is_seen(store: Store, clock: Clock, url: str, statement: str, told: str) -> None:
    trail_of(store, clock)
    removed(store)
    by_hand(url, statement)
    assert told in store.audit.verify().problems


def test_an_older_event_after_a_newer_one_keeps_both(store: Store, clock: Clock) -> None:
    """A clock that was set back: nothing that has not been kept long enough goes."""
    store.audit.append([{"number": 0}])
    clock.now -= 40 * DAY
    store.audit.append([{"number": 1}])
    clock.now += 60 * DAY
    assert removed(store) == {}


def test_a_thousand_pages_are_removed_as_one(store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smartapp.store.audit._PAGE", 2)
    monkeypatch.setattr("smartapp.store.retention._PAGE", 2)
    trail_of(store, clock)
    for number in range(5):
        signed(store, f"plan {number}", "written")
    clock.now += 31 * DAY
    assert removed(store) == {"audit events": 12, "signed plans": 5} and store.audit.verify().problems == ()


# -- settings and command


def test_zero_days_keep_it_for_good(store: Store, clock: Clock) -> None:
    signed(store, "old", "written")
    clock.now += 9999 * DAY
    assert store.retention.due({"signed plans": 0}) == {} and not list(store.retention.remove({"signed plans": 0}))


def test_the_periods_are_at_least_the_legal_ones() -> None:
    days = kept_days(Settings(secret="s" * 40, base_url="https://a.example"))
    assert set(days) == set(ALL) and min(days.values()) >= 6 * 365.25
    assert days["closed referrals"] >= 10 * 365.25


def test_the_command_lists_then_removes_and_the_trail_tells(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = {"SECRET": SECRET, "DATABASE": url, "BASE_URL": "https://a.example", "KEEP_REFERRAL_DAYS": "0"}
    for name, value in given.items():
        monkeypatch.setenv(f"SMARTAPP_{name}", value)
    clock = Clock()
    clock.now = 1_500_000_000.0
    store = open_store(url, SECRET, clock=clock)
    signed(store, "old", "written")
    store.audit.append([{"number": 0}])
    assert main(["retention", "list"]) == 0
    told = capsys.readouterr().out
    assert "signed plans: 1 older than 2192 days" in told and "closed referrals: kept for good" in told
    assert count(store, audit_trail) == 1, "nothing was done"
    assert main(["retention", "remove"]) == 0
    assert "audit events: 1 removed" in capsys.readouterr().out
    (event,) = store.audit.events()
    assert "to be removed: 1 signed plans older than 2192 days" in str(event["entity"])
    assert main(["audit", "verify"]) == 0
    assert "Events 1 to 1 were removed" in capsys.readouterr().out
    with create_engine(url).connect() as db:
        assert db.execute(text("SELECT count(*) FROM signatures")).scalar_one() == 0
