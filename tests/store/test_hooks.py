"""What CDS Hooks leaves behind: a token counts once for all workers, feedback once, and all of it ends."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from smartapp.store import KeptFeedback, KeptFiring, Limits, Store, open_store
from tests.store.test_store import SECRET, Clock

FIRING = KeptFiring("site", "overview", "patient-view", "instance-1", "no-plan", "card-1", "info", missing=("onset",))
FEEDBACK = KeptFeedback("card-1", "overridden", "2026-03-01T12:00:00Z", "http://x.example", "patient-refuses", True)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/loadpath.db"


@pytest.fixture
def store(url: str, clock: Clock) -> Store:
    return open_store(url, SECRET, clock=clock, limits=Limits(hooks=1000.0))


def test_of_many_workers_one_may_use_a_token(store: Store, url: str, clock: Clock) -> None:
    workers = [store, *(open_store(url, SECRET, clock=clock) for _ in range(3))]
    with ThreadPoolExecutor(8) as pool:
        used = list(pool.map(lambda n: workers[n % 4].hooks.use_token("ehr", "one", clock.now + 60), range(16)))
    assert sum(used) == 1


def test_a_token_of_one_ehr_is_none_of_another_and_no_two_read_the_same(store: Store, clock: Clock) -> None:
    assert store.hooks.use_token("ehr", "one", clock.now + 60)
    assert store.hooks.use_token("other", "one", clock.now + 60)
    assert store.hooks.use_token("eh", "rone", clock.now + 60)
    assert not store.hooks.use_token("ehr", "one", clock.now + 60)


def test_a_used_token_is_forgotten_once_it_has_ended_by_itself(store: Store, clock: Clock) -> None:
    store.hooks.use_token("ehr", "one", clock.now + 60)
    clock.now += 59
    assert store.hooks.purge_expired() == 0
    clock.now += 1
    assert store.hooks.purge_expired() == 1


def test_a_firing_comes_back_as_it_was(store: Store, clock: Clock) -> None:
    silent = KeptFiring("site", "orders", "order-sign", "instance-2", shown=False, order_existed=True)
    for firing in (FIRING, silent):
        store.hooks.keep_firing(firing)
        clock.now += 1
    assert store.hooks.firings("site") == (replace(FIRING, at=clock.now - 2), replace(silent, at=clock.now - 1))
    assert store.hooks.firings("other") == ()


def test_the_same_feedback_twice_is_once(store: Store, url: str, clock: Clock) -> None:
    store.hooks.keep_firing(FIRING)
    assert store.hooks.keep_feedback("site", "overview", [FEEDBACK, FEEDBACK]) == 1
    assert open_store(url, SECRET, clock=clock).hooks.keep_feedback("site", "overview", [FEEDBACK]) == 0
    accepted = replace(FEEDBACK, outcome="accepted")
    later = replace(FEEDBACK, said="2026-03-01T12:00:01Z")
    assert store.hooks.keep_feedback("site", "overview", [later, accepted]) == 2
    assert [each.said[-3:] for each in store.hooks.feedback("site")] == ["00Z", "00Z", "01Z"]
    assert store.hooks.feedback("site")[0] == replace(FEEDBACK, at=clock.now)
    assert store.hooks.feedback("other") == ()


@pytest.mark.parametrize(
    ("issuer", "service", "card"),
    [("other", "overview", "card-1"), ("site", "orders", "card-1"), ("site", "overview", "card-2"),
     ("site", "overview", "")],
)  # fmt: skip
def test_feedback_on_a_card_of_another_is_not_kept(store: Store, issuer: str, service: str, card: str) -> None:
    store.hooks.keep_firing(FIRING)
    store.hooks.keep_firing(replace(FIRING, card=""))
    assert store.hooks.keep_feedback(issuer, service, [replace(FEEDBACK, card=card)]) == 0


def test_nobody_saw_a_silent_card_so_nothing_can_be_said_of_it(store: Store) -> None:
    store.hooks.keep_firing(replace(FIRING, shown=False))
    assert store.hooks.keep_feedback("site", "overview", [FEEDBACK]) == 0


def test_feedback_on_one_card_has_an_end(store: Store) -> None:
    store.hooks.keep_firing(FIRING)
    told = [replace(FEEDBACK, said=f"2026-03-01T12:{n:02}:00Z") for n in range(30)]
    assert store.hooks.keep_feedback("site", "overview", told) == 20


def test_firings_and_feedback_end_together_with_their_time(store: Store, clock: Clock) -> None:
    store.hooks.keep_firing(FIRING)
    store.hooks.keep_feedback("site", "overview", [FEEDBACK])
    clock.now += 999
    assert store.hooks.purge_expired() == 0
    clock.now += 1
    assert store.hooks.purge_expired() == 2
    assert store.hooks.firings("site") == store.hooks.feedback("site") == ()
