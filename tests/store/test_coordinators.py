"""What is kept for a coordinator: a feed by its secret only, filters of one person, a move until its time is over."""

import pytest

from smartapp.store import Store, open_store
from smartapp.store.coordinators import FORGOTTEN
from tests.store.test_store import DOCTOR, NURSE, SECRET, Clock

DAYS = [{"key": "a1.first-visit", "what": "first visit due", "day": "2026-03-04"}]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path, clock) -> Store:
    return open_store(f"sqlite:///{tmp_path}/coordinators.db", SECRET, clock=clock)


def test_a_feed_shows_what_its_owner_last_saw_until_it_ends(store, clock):
    kept = store.coordinators
    assert kept.calendar_of(DOCTOR) is None and not kept.end_calendar(DOCTOR)
    secret = kept.make_calendar(DOCTOR)
    assert len(secret) >= 43 and kept.calendar_at(secret).seen is None
    clock.now += 60
    kept.fill_calendar(DOCTOR, DAYS)
    kept.fill_calendar(NURSE, [])
    found = kept.calendar_at(secret)
    assert (list(found.days), found.seen) == (DAYS, clock.now) and kept.calendar_of(NURSE) is None
    assert kept.calendar_at(secret[:-1] + "x") is None and kept.calendar_at("") is None
    assert kept.end_calendar(DOCTOR) and kept.calendar_at(secret) is None


def test_a_new_address_ends_the_old_one_and_shows_nothing_yet(store):
    old = store.coordinators.make_calendar(DOCTOR)
    store.coordinators.fill_calendar(DOCTOR, DAYS)
    new = store.coordinators.make_calendar(DOCTOR)
    assert store.coordinators.calendar_at(old) is None and store.coordinators.calendar_at(new).days == ()


@pytest.mark.parametrize(("after", "alive"), [(FORGOTTEN - 1, True), (FORGOTTEN, False)])
def test_a_feed_nobody_fills_ends(store, clock, after, alive):
    secret = store.coordinators.make_calendar(DOCTOR)
    clock.now += after
    assert (store.coordinators.calendar_at(secret) is not None) is alive


def test_nothing_in_the_database_names_a_person_or_opens_a_feed(store, tmp_path):
    secret = store.coordinators.make_calendar(DOCTOR)
    store.coordinators.fill_calendar(DOCTOR, DAYS)
    store.coordinators.save_filters(DOCTOR, {"My week": "mine=1"})
    store.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for clear in (secret, DOCTOR, "first visit", "My week"):
        assert clear.encode() not in kept


def test_filters_are_of_one_person(store):
    assert store.coordinators.filters_of(DOCTOR) == {}
    for filters in ({"My week": "mine=1"}, {"Late": "overdue=1", "My week": "mine=1"}):
        store.coordinators.save_filters(DOCTOR, filters)
        assert store.coordinators.filters_of(DOCTOR) == filters and store.coordinators.filters_of(NURSE) == {}


def test_a_move_is_kept_for_its_session_and_its_time(store, clock):
    kept = store.coordinators
    kept.note_move("launch", "12", {"action": "accept"}, 60)
    assert kept.last_move("launch", "12") == {"action": "accept"}
    assert kept.last_move("launch", "13") is None and kept.last_move("other", "12") is None
    kept.note_move("launch", "12", {"action": "hold"}, 60)
    clock.now += 59
    assert kept.last_move("launch", "12") == {"action": "hold"}
    clock.now += 1
    assert kept.last_move("launch", "12") is None
    kept.note_move("launch", "13", {"action": "take"}, 60)
    kept.forget_move("launch", "13")
    assert kept.last_move("launch", "13") is None
