"""Polling of an EHR's Tasks: what is asked, what is told where not all can be had, and how long a failure waits."""

from collections.abc import Iterator
from typing import Any

import pytest

from smartapp.ehr import reconcile
from smartapp.ehr.pages import SearchResult
from smartapp.ehr.reconcile import FIRST_PAUSE, LONGEST_PAUSE, Reader, is_due, pause_after, read_after_all, read_tasks
from smartapp.errors import EhrForbidden, EhrRejected, EhrUnavailable, SessionEnded
from smartapp.fhir.systems import EXAMPLE
from smartapp.store import Filters, Reading, Store, Whose, open_store
from tests.clock import Clock
from tests.databases import empty_database
from tests.ehr.test_ledger import BASE, TASK

ANN = Whose(BASE, "Practitioner/ann")


class Ehr:
    """Answers searches of Tasks and of patients; ``faults`` are raised first, one a search of Tasks."""

    base = BASE

    def __init__(self) -> None:
        self.tasks: list[dict[str, Any]] = [task("t1", "2026-03-01T10:00:00Z")]
        self.asked: list[dict[str, str]] = []
        self.faults: list[Exception] = []
        self.partial: list[str] = []
        self.no_names = False
        self.people: list[dict[str, str]] = []
        self.telecom: list[Any] = []

    def find(self, kind: str, params: dict[str, str]) -> SearchResult:
        if kind == "Patient":
            if self.no_names:
                raise EhrForbidden("not for apps")
            self.people.append(params)
            ann = {"resourceType": "Patient", "id": "12", "name": [{"text": "Ann Berg"}], "photo": []}
            return SearchResult([ann | ({"telecom": self.telecom} if self.telecom else {})])
        self.asked.append(params)
        if self.faults:
            raise self.faults.pop(0)
        return SearchResult(list(self.tasks), list(self.partial))


def task(id_: str, changed: str, **more: Any) -> dict[str, Any]:
    name = {"system": EXAMPLE.plan, "value": f"{id_:0>32}.task"}
    return {**TASK, "id": id_, "identifier": [name], "meta": {"versionId": "1", "lastUpdated": changed}, **more}


@pytest.fixture
def clock() -> Clock:
    return Clock(1_800_000_000.0)


@pytest.fixture
def reader(tmp_path: Any, clock: Clock) -> Iterator[Reader]:
    store: Store = open_store(empty_database(tmp_path / "loadpath.db"), "s" * 48, clock=clock)
    yield Reader(Ehr(), store.referrals, store.referral_reads, ANN, EXAMPLE, clock, chance=lambda: 1.0)  # type: ignore[arg-type]
    store.close()


def rows(reader: Reader) -> list[str]:
    return [row.content["task"]["id"] for row in reader.kept.page(ANN, Filters())]  # type: ignore[index, misc]


def test_first_every_task_then_what_has_changed_with_an_overlap(reader: Reader, clock: Clock) -> None:
    assert read_tasks(reader) and rows(reader) == ["t1"]
    row = reader.kept.page(ANN, Filters())[0]
    assert row.content["person"] == {"resourceType": "Patient", "id": "12", "name": [{"text": "Ann Berg"}]}
    clock.now += 60
    reader.client.tasks = [task("t2", "2026-03-01T12:00:00+01:00")]  # type: ignore[attr-defined]
    assert read_tasks(reader) and sorted(rows(reader)) == ["t1", "t2"]
    assert [each.get("_lastUpdated") for each in reader.client.asked] == [None, "ge2026-03-01T09:55:00+00:00"]  # type: ignore[attr-defined]
    assert reader.reads.get(ANN).newest == "2026-03-01T12:00:00+01:00", "the later moment, whatever the zone"


@pytest.mark.parametrize("said", [None, "yesterday", "2026-03-01T10:00:00"])
def test_an_ehr_that_does_not_date_its_records_is_read_whole_each_time(reader: Reader, clock: Clock, said: Any) -> None:
    reader.client.tasks = [task("t1", said)]  # type: ignore[attr-defined]
    for _ in range(2):
        assert read_tasks(reader)
        clock.now += 60
    assert [each.get("_lastUpdated") for each in reader.client.asked] == [None, None]  # type: ignore[attr-defined]


def test_an_ehr_that_cannot_be_asked_for_changes_is_read_whole(reader: Reader, clock: Clock) -> None:
    read_tasks(reader)
    clock.now += 60
    reader.client.faults = [EhrRejected("unknown parameter _lastUpdated")]  # type: ignore[attr-defined]
    reader.client.tasks = []  # type: ignore[attr-defined]
    assert read_tasks(reader) and rows(reader) == []


def test_what_could_not_be_read_is_told_and_nothing_is_forgotten_for_it(reader: Reader, clock: Clock) -> None:
    read_tasks(reader)
    clock.now += 3601
    reader.client.tasks = [task("t3", "2026-03-01T10:00:00Z", status=7)]  # type: ignore[attr-defined]
    reader.client.partial = ["page 2 could not be read"]  # type: ignore[attr-defined]
    assert read_tasks(reader) and rows(reader) == ["t1"]
    told = reader.reads.get(ANN)
    assert told.missing[0] == "page 2 could not be read" and told.missing[1].startswith("Task/t3:")
    reader.client.tasks, reader.client.partial = [task("t1", "2026-03-01T10:00:00Z")], []  # type: ignore[attr-defined]
    clock.now += 301
    assert read_tasks(reader) and reader.reads.get(ANN).missing == (), "sooner than else, all of it again"


def test_a_name_that_is_refused_now_is_the_one_that_was_read_before(reader: Reader, clock: Clock) -> None:
    read_tasks(reader)
    clock.now += 60
    reader.client.no_names = True  # type: ignore[attr-defined]
    assert read_tasks(reader)
    assert reader.kept.page(ANN, Filters())[0].content["person"] is not None
    assert reader.reads.get(ANN).missing == ("Names of patients could not be read: not for apps",)


def people(reader: Reader) -> list[Any]:
    return [row.content["person"]["telecom"] for row in reader.kept.page(ANN, Filters())]  # type: ignore[index]


def test_a_patient_who_has_changed_and_whose_task_has_not_is_read_with_the_next_reading(
    reader: Reader, clock: Clock
) -> None:
    reader.client.telecom = ["old"]  # type: ignore[attr-defined]
    read_tasks(reader)
    reader.client.telecom, reader.client.tasks = ["new"], []  # type: ignore[attr-defined]
    clock.now += 60
    assert read_tasks(reader) and people(reader) == [["new"]]
    assert reader.client.people[-1] == {"_id": "12", "_lastUpdated": "ge2027-01-15T07:55:00+00:00"}  # type: ignore[attr-defined]
    reader.client.telecom, reader.client.no_names = ["newer"], True  # type: ignore[attr-defined]
    clock.now += 60
    assert read_tasks(reader) and people(reader) == [["new"]]
    assert reader.reads.get(ANN).missing == (), "the next sweep asks again"


def test_of_a_long_list_only_a_sweep_asks_for_changed_patients(
    reader: Reader, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_tasks(reader)
    monkeypatch.setattr(reconcile, "ASKED_FOR", 0)
    reader.client.tasks, asked = [], len(reader.client.people)  # type: ignore[attr-defined]
    clock.now += 60
    assert read_tasks(reader) and len(reader.client.people) == asked  # type: ignore[attr-defined]


def test_a_failure_waits_longer_each_time_and_as_long_as_the_ehr_asks(reader: Reader, clock: Clock) -> None:
    assert [pause_after(n, None, reader) for n in (1, 2, 3, 99)] == [
        FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE, LONGEST_PAUSE,
    ]  # fmt: skip
    asks = EhrUnavailable("busy")
    asks.retry_after = 600.0
    assert pause_after(1, asks, reader) == 600.0
    reader.client.faults = [asks]  # type: ignore[attr-defined]
    assert read_tasks(reader) is False
    told = reader.reads.get(ANN)
    assert (told.failures, told.problem, told.not_before) == (1, "busy", clock.now + 600)
    assert not is_due(told, clock.now + 599) and is_due(told, clock.now + 600)
    clock.now += 600
    assert read_tasks(reader) and reader.reads.get(ANN).failures == 0


def test_access_that_has_ended_is_raised_and_a_fault_of_ours_is_told(reader: Reader) -> None:
    reader.client.faults = [SessionEnded("over"), ZeroDivisionError()]  # type: ignore[attr-defined]
    with pytest.raises(SessionEnded):
        read_tasks(reader)
    assert reader.reads.get(ANN).problem == "over"
    with pytest.raises(ZeroDivisionError):
        read_tasks(reader)
    assert reader.reads.get(ANN).problem.startswith("Loadpath could not read it")


def test_of_two_readings_at_once_one_reads_and_what_must_come_after_comes_after(reader: Reader) -> None:
    lease, pauses = reader.reads.claim(ANN), []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        reader.reads.end(ANN, lease, Reading())

    assert read_tasks(reader) is None
    read_after_all(lambda: read_tasks(reader), pause)
    assert len(pauses) == 1 and rows(reader) == ["t1"]


def test_tasks_of_nobody_replace_each_other_not(reader: Reader) -> None:
    worked = [{"text": "Contact: called.", "time": "2026-03-01T10:00:00Z"}]
    ended = {"status": "cancelled", "statusReason": {"text": "A newer plan has replaced the order this task asks for."}}
    for whose, queue in (({"reference": "Patient/12"}, "CHANGED"), ({}, "NEW")):
        old = task("t1", "2026-03-01T10:00:00Z", note=worked, **ended, **{"for": whose})
        reader.client.tasks = [old, task("t2", "2026-03-02T10:00:00Z", **{"for": whose})]  # type: ignore[attr-defined]
        read_tasks(reader)
        assert reader.kept.counts(ANN, "2026-03-01") == {"CLOSED": (1, 0), queue: (1, 0)}
