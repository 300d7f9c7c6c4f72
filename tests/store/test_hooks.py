"""What CDS Hooks leaves behind: a token counts once for all workers, feedback once, and all of it ends."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from smartapp.core.hooks import CardTopic, Feedback, FiredCard, Firing, Hook, Outcome, OverrideReason
from smartapp.store import CallCount, CardCount, KeptFeedback, KeptFiring, Limits, Store, open_store
from tests.store.test_store import SECRET, Clock

CARD = FiredCard("card-1", CardTopic.REFER_TO_THERAPY, ("one", "two"))
FIRING = Firing("overview", Hook.PATIENT_VIEW, "instance-1", "site", (CARD,), ("onset",), False, True, "2026.1")
REASON = OverrideReason("http://x.example/reasons", "patient-refuses", "The patient refuses")
FEEDBACK = Feedback("card-1", Outcome.OVERRIDDEN, datetime(2026, 3, 1, 12, tzinfo=UTC), reason=REASON, comment="Ann")
SECOND = timedelta(seconds=1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/loadpath.db"


@pytest.fixture
def store(url: str, clock: Clock) -> Store:
    return open_store(url, SECRET, clock=clock)


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
    silent = Firing("orders", Hook.ORDER_SIGN, "instance-2", "site", (), (), True, False)
    for firing in (FIRING, silent):
        store.hooks.keep_firing(firing)
        clock.now += 1
    kept = store.hooks.firings("site")
    assert kept == (KeptFiring(FIRING, clock.now - 2), KeptFiring(silent, clock.now - 1))
    assert store.hooks.firings("other") == ()


def test_the_same_feedback_twice_is_once(store: Store, url: str, clock: Clock) -> None:
    store.hooks.keep_firing(FIRING)
    elsewhere = replace(FEEDBACK, at=FEEDBACK.at.astimezone(timezone(timedelta(hours=2))))
    assert store.hooks.keep_feedback("site", "overview", [FEEDBACK, FEEDBACK, elsewhere]) == 1
    assert open_store(url, SECRET, clock=clock).hooks.keep_feedback("site", "overview", [FEEDBACK]) == 0
    accepted, later = replace(FEEDBACK, outcome=Outcome.ACCEPTED), replace(FEEDBACK, at=FEEDBACK.at + SECOND)
    assert store.hooks.keep_feedback("site", "overview", [later, accepted]) == 2
    kept = store.hooks.feedback("site")
    assert [each.said[17:19] for each in kept] == ["00", "00", "01"]
    assert kept[0] == KeptFeedback(
        "card-1", "overridden", "2026-03-01T12:00:00+00:00", "http://x.example/reasons", "patient-refuses", True
    )
    assert store.hooks.feedback("other") == ()


def test_what_was_written_beside_a_reason_is_nowhere_in_the_file(store: Store, url: str) -> None:
    store.hooks.keep_firing(FIRING)
    said = OverrideReason("Ann Bergstrom", "Ann Bergstrom says no", "Ann Bergstrom")
    told = replace(FEEDBACK, reason=said, comment="Ann Bergstrom, born 1950")
    assert store.hooks.keep_feedback("site", "overview", [told]) == 1
    (kept,) = store.hooks.feedback("site")
    assert (kept.reason_system, kept.reason_code, kept.commented) == ("", "other", True)
    files = Path(url.removeprefix("sqlite:///")).parent.glob("loadpath.db*")
    assert not any(b"Bergstrom" in file.read_bytes() for file in files)


@pytest.mark.parametrize(
    ("issuer", "service", "card"),
    [("other", "overview", "card-1"), ("site", "orders", "card-1"), ("site", "overview", "card-2")],
)
def test_feedback_on_a_card_of_another_is_not_kept(store: Store, issuer: str, service: str, card: str) -> None:
    store.hooks.keep_firing(FIRING)
    assert store.hooks.keep_feedback(issuer, service, [replace(FEEDBACK, card=card)]) == 0


def test_nobody_saw_a_silent_card_so_nothing_can_be_said_of_it(store: Store) -> None:
    store.hooks.keep_firing(replace(FIRING, shown=False))
    assert store.hooks.keep_feedback("site", "overview", [FEEDBACK]) == 0


def test_feedback_on_one_card_has_an_end(store: Store) -> None:
    store.hooks.keep_firing(FIRING)
    told = [replace(FEEDBACK, at=FEEDBACK.at + n * SECOND) for n in range(30)]
    assert store.hooks.keep_feedback("site", "overview", told) == 20


def test_firings_cards_and_feedback_end_together(store: Store, clock: Clock) -> None:
    store.hooks.keep_firing(FIRING)
    clock.now += 500
    store.hooks.keep_feedback("site", "overview", [FEEDBACK])
    clock.now += Limits().hooks - 501
    assert store.hooks.purge_expired() == 0
    clock.now += 1
    assert store.hooks.purge_expired() == 3
    assert store.hooks.firings("site") == store.hooks.feedback("site") == ()


def test_calls_and_cards_are_counted_by_what_is_alike(store: Store, clock: Clock) -> None:
    both = (FiredCard("a", CardTopic.CONFIRM_FIRST), FiredCard("b", CardTopic.CONFIRM_FIRST))
    two = Firing("overview", Hook.PATIENT_VIEW, "i", "site", both, (), True, True)
    for firing in (FIRING, replace(FIRING, cards=(replace(CARD, uuid="card-2"),)), replace(FIRING, cards=()), two):
        store.hooks.keep_firing(firing)
    store.hooks.keep_firing(replace(FIRING, issuer="other", cards=(replace(CARD, uuid="card-3"),)))
    accepted = replace(FEEDBACK, outcome=Outcome.ACCEPTED, at=FEEDBACK.at + SECOND)
    store.hooks.keep_feedback("site", "overview", [FEEDBACK, accepted])
    assert store.hooks.calls("site", 0.0) == (
        CallCount("overview", True, False, False, ("onset",), 1),
        CallCount("overview", True, False, True, ("onset",), 2),
        CallCount("overview", True, True, True, (), 1),
    )
    topic, confirm = CardTopic.REFER_TO_THERAPY.value, CardTopic.CONFIRM_FIRST.value
    assert store.hooks.cards("site", 0.0) == (
        CardCount("overview", confirm, True, "", "", 2),
        CardCount("overview", topic, True, "", "", 1),
        CardCount("overview", topic, True, "accepted", "patient-refuses", 1),
    )
    assert store.hooks.calls("site", clock.now + 1) == store.hooks.cards("site", clock.now + 1) == ()
