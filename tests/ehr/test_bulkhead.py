"""An EHR that hangs holds up its own people only, and of them few; one that is silent is asked now and then."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from smartapp.ehr.answer import NoAnswer
from smartapp.ehr.bulkhead import FAILURES, FOR_A_PERSON, REST, Doors, Pools
from smartapp.ehr.http_client import TtlCache
from smartapp.errors import EhrUnavailable, Who

EHR, OTHER = "https://ehr.example", "https://other.example"


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def person():
    token = FOR_A_PERSON.set(True)
    yield
    FOR_A_PERSON.reset(token)


def fail(doors: Doors, origin: str = EHR, who: Who | None = None, counts: bool = True) -> None:
    with pytest.raises(NoAnswer, match="in time"), doors.through(origin, counts):
        raise NoAnswer("The EHR did not answer in time.", sent=True, timed_out=True, who=who)


def test_a_full_pool_of_one_ehr_leaves_the_other_its_own():
    pools, go_on = Pools(2, "read"), threading.Event()
    hung = [pools.of(EHR).submit(go_on.wait, 30) for _ in range(5)]
    assert pools.of(OTHER).submit(lambda: "answered").result(30) == "answered"
    assert not any(each.done() for each in hung)
    go_on.set()
    assert pools.of(EHR) is pools.of(EHR)
    shared = ThreadPoolExecutor(1)
    assert Pools(2, "read", shared).of(EHR) is shared


def test_so_many_people_wait_for_one_ehr_and_one_more_is_told_at_once(person):
    doors = Doors(2)
    with ExitStack() as waiting:
        for _ in range(2):
            waiting.enter_context(doors.through(EHR))
        with pytest.raises(NoAnswer, match="others are waiting") as told, doors.through(EHR):
            pass
        assert not told.value.sent and told.value.timed_out, "nothing was sent, and it is not tried at once"
        with doors.through(OTHER):
            pass
    with doors.through(EHR):
        pass


def test_what_keeps_no_person_waiting_is_not_counted():
    doors = Doors(1)
    with ExitStack() as waiting:
        for _ in range(5):
            waiting.enter_context(doors.through(EHR))


def test_an_ehr_that_answers_nothing_rests_and_then_one_request_tries():
    clock = Clock()
    doors = Doors(6, clock)
    for _ in range(FAILURES):
        fail(doors)
    with pytest.raises(NoAnswer, match="has not answered for a while") as told, doors.through(EHR):
        pass
    assert not told.value.sent
    with doors.through(OTHER):
        pass
    clock.now += REST
    fail(doors)  # the one that tries
    with pytest.raises(NoAnswer, match="for a while"), doors.through(EHR):
        pass
    clock.now += REST
    with doors.through(EHR), pytest.raises(NoAnswer, match="for a while"), doors.through(EHR):
        pass  # the first of the two is under way, and answers
    with doors.through(EHR):
        pass


def test_one_answer_between_is_enough():
    doors = Doors(6, Clock())
    for _ in range(3):
        for _ in range(FAILURES - 1):
            fail(doors)
        with doors.through(EHR):
            pass


@pytest.mark.parametrize(("who", "counts"), [(Who.SITE, True), (Who.EHR, True), (None, False)])
def test_a_failure_with_another_cause_says_nothing_of_the_ehr(who, counts):
    """A certificate, an answer too large, a call with no time of its own."""
    doors = Doors(6, Clock())
    for _ in range(FAILURES + 1):
        fail(doors, who=who, counts=counts)
    with doors.through(EHR):
        pass


def test_who_joins_a_fetch_that_hangs_is_told_after_a_moment(monkeypatch):
    monkeypatch.setattr("smartapp.ehr.http_client._JOIN_SECONDS", 0.05)
    clock, go_on, begun = Clock(), threading.Event(), threading.Event()
    cache = TtlCache[str](3600, clock)

    def hang() -> str:
        begun.set()
        go_on.wait(30)
        return "new"

    with ThreadPoolExecutor(1) as threads:
        fetching = threads.submit(cache.get, EHR, hang)
        assert begun.wait(30)
        with pytest.raises(EhrUnavailable, match="asked already"):
            cache.get(EHR, hang)
        go_on.set()
        assert fetching.result(30) == "new"
        go_on.clear()
        begun.clear()
        clock.now += 4000
        again = threads.submit(cache.get, EHR, hang)
        assert begun.wait(30)
        assert cache.get(EHR, hang) == "new", "what was had before serves meanwhile"
        go_on.set()
        again.result(30)
