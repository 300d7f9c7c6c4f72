"""Links of therapists in the store: nothing in clear, one browser, counted refusals, reports kept and answered."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from smartapp.store import Store, open_store
from smartapp.store import links as links_module
from tests.store.test_store import OLD_SECRET, PATIENT, SECRET, Clock, clock, file, store, url  # noqa: F401 -- fixtures

CONTENT = {"recipient": {"name": "Jane Doe, PT"}, "plan": "plan-1"}
PAGE = {"letter": {"name": "Ann Example"}}


def test_a_link_is_found_by_its_token_and_nothing_of_it_stands_in_clear(store: Store, file) -> None:  # noqa: F811
    link, token = store.links.make(PATIENT, CONTENT, PAGE, store.database.clock() + 60)
    assert store.links.by_token(token) == store.links.by_id(link.id) == link and link.content == CONTENT
    assert store.links.of_patient(PATIENT) == (link,) and store.links.page(link.id) == PAGE
    assert store.links.by_token(token[:-1]) is store.links.by_token("") is store.links.by_id("x") is None
    store.database.engine.dispose()
    raw = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert (
        token.encode() not in raw
        and b"Jane" not in raw
        and b"plan-1" not in raw
        and b"Example" not in raw
        and PATIENT.encode() not in raw
    )


def test_it_belongs_to_the_first_browser_that_binds(store: Store) -> None:  # noqa: F811
    link, _ = store.links.make(PATIENT, CONTENT, PAGE, store.database.clock() + 60)
    assert not store.links.is_of(link.id, "jar A") and not store.links.is_of(link.id, "")
    start = threading.Barrier(4)

    def bind(browser: str) -> bool:
        start.wait()
        return store.links.bind(link.id, browser)

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(bind, ("jar A", "jar B", "jar C", "jar D")))
    assert sum(done) == 1
    mine = [store.links.is_of(link.id, f"jar {name}") for name in "ABCD"]
    assert mine == done and store.links.by_id(link.id).opened == store.database.clock()


def test_refusals_are_counted_and_it_is_revoked_once(store: Store) -> None:  # noqa: F811
    link, _ = store.links.make(PATIENT, CONTENT, PAGE, store.database.clock() + 60)
    store.links.refuse(link.id)
    store.links.refuse(link.id)
    assert [store.links.revoke(link.id), store.links.revoke(link.id)] == [True, False]
    now = store.links.by_id(link.id)
    assert (now.refused, now.refused_at, now.revoked) == (2, store.database.clock(), store.database.clock())


def test_after_a_change_of_the_secret_it_is_found_and_bound_as_before(url: str, clock: Clock) -> None:  # noqa: F811
    before = open_store(url, OLD_SECRET, clock=clock)
    link, token = before.links.make(PATIENT, CONTENT, PAGE, clock() + 60)
    before.links.bind(link.id, "jar A")
    after = open_store(url, SECRET, OLD_SECRET, clock=clock)
    assert replace(after.links.by_token(token), opened=None) == link and after.links.is_of(link.id, "jar A")
    assert [each.id for each in after.links.of_patient(PATIENT)] == [link.id]


def test_reports_are_kept_in_order_taken_over_and_answered(store: Store, clock: Clock, monkeypatch) -> None:  # noqa: F811
    link, _ = store.links.make(PATIENT, CONTENT, PAGE, clock() + 60)
    first = store.links.send(link.id, {"kind": "accept"})
    clock.now += 1
    second = store.links.send(link.id, {"kind": "question"})
    assert [each.id for each in store.links.reports_of(link.id)] == [first, second]
    assert store.links.waiting() == ((link, 2),)
    store.links.take(second, {"answers": "QuestionnaireResponse/1"}, done=False)
    store.links.take(first, {"by": "Rosa"}, done=True)
    store.links.answer(second, {"text": "No."})
    taken, answered = store.links.reports_of(link.id)
    assert taken.taken == {"by": "Rosa"} and taken.answer is None and taken.done == clock()
    assert answered.answer == {"text": "No."} and answered.done is None and answered.report == {"kind": "question"}
    assert store.links.waiting() == ((link, 1),)
    monkeypatch.setattr(links_module, "MOST_REPORTS", 2)
    assert store.links.send(link.id, {"kind": "accept"}) == "" and len(store.links.reports_of(link.id)) == 2
