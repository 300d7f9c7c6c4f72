"""The list of referrals in the store: one over the version that was seen, one reader's rows, one worker reading."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, update

from smartapp.store import EVERY, Filters, InClear, Reading, ReferralContent, Store, Whose, open_store
from smartapp.store.schema import referrals
from tests.store.test_store import OLD_SECRET, SECRET, Clock, clock, file, store, url  # noqa: F401 the fixtures

ALL = Whose("https://ehr.example/fhir")
ANN, BEN = ALL._replace(reader="Practitioner/ann"), ALL._replace(reader="Practitioner/ben")


def referral(task: str = "loadpath-1", said: str = "new", **in_clear: str | None) -> ReferralContent:
    plain: InClear = {
        "stage": "new", "queue": "NEW", "turn": "COORDINATOR", "priority": "routine", "due": "2026-03-03",
        "since": "2026-03-01",
    } | in_clear  # type: ignore[assignment]  # fmt: skip
    return ReferralContent(task, "Patient/12", "Practitioner/ann", plain, {"task": {"id": task}, "said": said})


def said(rows: tuple) -> list[str]:
    return [row.content["said"] for row in rows]


def test_it_is_placed_once_and_moved_over_the_version_that_was_seen(store: Store) -> None:  # noqa: F811
    assert store.referrals.place(ALL, referral()) and not store.referrals.place(ALL, referral(said="again"))
    assert store.referrals.move(ALL, referral(said="accepted"), 1)
    assert not store.referrals.move(ALL, referral(said="declined"), 1), "somebody was quicker"
    row = store.referrals.read(ALL, "loadpath-1")
    assert row is not None and (row.version, row.content["said"]) == (2, "accepted")
    assert store.referrals.read(ANN._replace(base="https://other.example/fhir"), "loadpath-1") is None


def test_what_belongs_to_a_move_is_kept_with_it_or_neither(store: Store) -> None:  # noqa: F811
    store.referrals.place(ALL, referral())
    with pytest.raises(ZeroDivisionError):
        store.referrals.move(ALL, referral(said="accepted"), 1, lambda: 1 / 0)  # type: ignore[arg-type, return-value]
    row = store.referrals.read(ALL, "loadpath-1")
    assert row is not None and (row.version, row.content["said"]) == (1, "new")


def test_a_reader_sees_what_the_ehr_showed_to_that_reader_and_what_is_kept_here(store: Store) -> None:  # noqa: F811
    store.referrals.place(ALL, referral(said="here"))
    store.referrals.put(ANN, [referral("t1", "to Ann"), referral("t2", "to Ann as well")])
    store.referrals.put(BEN, [referral("t1", "to Ben")])
    assert sorted(said(store.referrals.page(ANN, Filters()))) == ["here", "to Ann", "to Ann as well"]
    assert sorted(said(store.referrals.page(BEN, Filters()))) == ["here", "to Ben"]
    assert said(store.referrals.page(ANN._replace(base="https://other.example/fhir"), Filters())) == []
    assert said(store.referrals.of_patients(BEN, ["Patient/12"])) == ["to Ben"]
    assert store.referrals.of_patients(BEN, ["Patient/1"]) == () == store.referrals.of_patients(BEN, [])


def test_what_is_read_again_takes_the_place_of_what_was_read(store: Store, clock: Clock) -> None:  # noqa: F811
    store.referrals.put(ANN, [referral("t1", "old"), referral("t2", "gone")])
    clock.now += 10
    store.referrals.put(ANN, [referral("t1", "now")])
    store.referrals.place(ALL, referral(said="here"))
    store.referrals.forget_unseen(ANN, clock.now)
    assert sorted(said(store.referrals.page(ANN, Filters()))) == ["here", "now"]


def test_the_list_is_counted_narrowed_and_sorted_by_what_is_due(store: Store) -> None:  # noqa: F811
    rows = (("t1", "2026-03-09", "NEW"), ("t2", "2026-03-01", "NEW"), ("t3", None, "TO_BOOK"), ("t4", None, "CLOSED"))
    store.referrals.put(ANN, [referral(task, task, due=due, queue=queue) for task, due, queue in rows])
    assert said(store.referrals.page(ANN, Filters())) == ["t2", "t1", "t3"], "what is closed is not open"
    assert said(store.referrals.page(ANN, Filters(), 1, 1)) == ["t1"]
    assert store.referrals.counts(ANN, "2026-03-02") == {"NEW": (2, 1), "TO_BOOK": (1, 0), "CLOSED": (1, 0)}
    for filters, found in (
        (Filters(queue="CLOSED"), ["t4"]), (Filters(overdue_on="2026-03-01"), []),
        (Filters(overdue_on="2026-03-02"), ["t2"]), (Filters(priority="stat"), []),
        (Filters(owner="Practitioner/ben"), []), (Filters(owner="Practitioner/ann"), ["t2", "t1", "t3"]),
    ):  # fmt: skip
        assert said(store.referrals.page(ANN, filters)) == found
        assert store.referrals.matches(ANN, filters) == len(found)


def test_after_a_change_of_the_secret_every_row_is_found_and_none_is_there_twice(url: str, clock: Clock) -> None:  # noqa: F811
    before = open_store(url, OLD_SECRET, clock=clock)
    before.referrals.place(ALL, referral(said="here"))
    before.referrals.put(ANN, [referral("t1", "old")])
    after = open_store(url, SECRET, OLD_SECRET, clock=clock)
    after.referrals.put(ANN, [referral("t1", "now")])
    assert sorted(said(after.referrals.page(ANN, Filters(owner="Practitioner/ann")))) == ["here", "now"]
    assert said(after.referrals.kept_here(ALL, "Patient/12")) == ["here"]


def test_a_row_that_cannot_be_opened_stops_no_other(store: Store) -> None:  # noqa: F811
    for task in ("loadpath-1", "loadpath-2"):
        store.referrals.place(ALL, referral(task))
    elsewhere = store.database.seal.seal("another place", {})
    with store.database.transaction() as db:
        db.execute(update(referrals).where(referrals.c.id == "loadpath-2").values(content=elsewhere))
    rows = {row.id: row for row in store.referrals.kept_here(ALL)}
    assert rows["loadpath-2"].unreadable and not rows["loadpath-1"].unreadable


ZOE = (
    "Zoë O'Brien-Łukasik van den Berg vandenBerg Müller Jörgensen Jørgensen Straße 1950-05-05 May 5, 1950 RB-10107 "
    "MRN000417 +1 (555) 010-4711 15550104711"
)


def found(store: Store, typed: str, whose: Whose = ANN, filters: Filters = Filters(queue=EVERY)) -> list[str]:  # noqa: B008, F811
    return said(store.referrals.rows(store.referrals.search(whose, filters, typed, lambda content: "")))


@pytest.mark.parametrize("typed", [
    "zoe", "Zoë", "z", "O'Brien", "obrien", "brien-lukasik", "LUKAS", "łukas zoe", "May 5, 1950", "1950-05-05",
    "5/5/1950", "19500505", "RB-10107", "rb10107", "10107", "z 1950", "0107", "obrien lukasik", "o brien", "straße",
    "+1 (555) 010-4711", "555 010 4711", "5550104711", "010-4711", "4711", "(555)", "417", "000417", "strasse",
    "van den berg", "vandenberg", "den Berg", "Müller", "mueller", "Muller", "Jørgensen", "joergensen", "jorgensen",
])  # fmt: skip
def test_a_row_is_found_by_how_its_words_begin(store: Store, typed: str) -> None:  # noqa: F811
    store.referrals.put(
        ANN, [replace(referral("t1", "Zoe"), found_by=ZOE), replace(referral("t2"), found_by="Ann Krug")]
    )
    assert found(store, typed) == ["Zoe"]


@pytest.mark.parametrize("typed", ["oe", "ann zoe", "1951", "zoes", "107", "711", "den zoes", "berg ann", "erg"])
def test_a_row_is_not_found_by_what_its_words_do_not_begin_with(store: Store, typed: str) -> None:  # noqa: F811
    store.referrals.put(
        ANN, [replace(referral("t1", "Zoe"), found_by=ZOE), replace(referral("t2"), found_by="Ann Krug")]
    )
    assert found(store, typed) == []


def test_a_search_looks_through_the_readers_own_list_in_its_order_and_by_its_filters(store: Store) -> None:  # noqa: F811
    rows = (("t1", "2026-03-09", "NEW"), ("t2", "2026-03-01", "CLOSED"), ("t3", None, "TO_BOOK"))
    made = [replace(referral(task, task, due=due, queue=queue), found_by="Ann Berg") for task, due, queue in rows]
    store.referrals.put(ANN, made)
    store.referrals.put(BEN, [replace(referral("t9", "of Ben"), found_by="Ann Berg")])
    assert found(store, "berg") == ["t2", "t1", "t3"] and found(store, "berg", BEN) == ["of Ben"]
    assert found(store, "berg", filters=Filters()) == ["t1", "t3"]
    assert found(store, store.coordinators.short_reference(ANN.base, "t3")) == ["t3"]


def test_a_row_from_before_the_index_or_before_another_secret_is_found(url: str, clock: Clock) -> None:  # noqa: F811
    before = open_store(url, OLD_SECRET, clock=clock)
    before.referrals.put(ANN, [replace(referral("t1", "old"), found_by="Ann Berg")])
    store = open_store(url, SECRET, OLD_SECRET, clock=clock)  # noqa: F811
    assert found(store, "berg") == ["old"]
    with store.database.transaction() as db:
        db.execute(update(referrals).values(search_index=None))
    told = store.referrals.search(ANN, Filters(), "berg", lambda content: f"{content['said']} Berg")
    assert said(store.referrals.rows(told)) == ["old"]
    assert found(store, "berg") == ["old"] and found(store, "ann") == [], "it was given today's index"


def test_one_name_is_hashed_otherwise_in_each_row(store: Store) -> None:  # noqa: F811
    store.referrals.put(ANN, [replace(referral(task), found_by="Bergstrom") for task in ("t1", "t2")])
    with store.database.read() as db:
        one, other = db.execute(select(referrals.c.search_index)).scalars()
    parts = [{index[at : at + 4] for at in range(0, len(index), 4)} for index in (one, other)]
    assert len(parts[0]) > 9 and not parts[0] & parts[1]


def test_an_order_is_awaited_until_one_worker_has_settled_it(store: Store) -> None:  # noqa: F811
    store.referrals.await_order("s1", {"resourceType": "Task"})
    assert store.referrals.awaited() == ("s1",) and store.referrals.awaited_task("s1") == {"resourceType": "Task"}
    assert store.referrals.forget_awaited("s1") and not store.referrals.forget_awaited("s1")
    assert store.referrals.awaited() == () and store.referrals.awaited_task("s1") is None


def test_one_worker_reads_at_a_time_and_a_dead_one_holds_nobody_up_for_ever(store: Store, clock: Clock) -> None:  # noqa: F811
    lease = store.referral_reads.claim(ANN)
    assert lease and not store.referral_reads.claim(ANN) and store.referral_reads.claim(BEN)
    clock.now += 301
    later = store.referral_reads.claim(ANN)
    assert later
    store.referral_reads.end(ANN, lease, Reading(read_at=1.0))
    assert store.referral_reads.get(ANN) == Reading(), "the dead one says nothing any more"
    read = Reading(clock.now, clock.now, 0.0, 2, "2026-03-01T00:00:00Z", ("page 2",), "busy")
    store.referral_reads.end(ANN, later, read)
    assert store.referral_reads.get(ANN) == read and store.referral_reads.claim(ANN)


def test_after_a_move_the_reading_counts_as_old_and_never_as_younger(store: Store, clock: Clock) -> None:  # noqa: F811
    store.referral_reads.end(ANN, store.referral_reads.claim(ANN), Reading(read_at=clock.now))
    store.referral_reads.doubt(ANN, 31)
    assert store.referral_reads.get(ANN).read_at == clock.now - 31
    store.referral_reads.doubt(ANN, 5)
    assert store.referral_reads.get(ANN).read_at == clock.now - 31


def test_what_nobody_looks_at_any_more_is_forgotten_and_what_is_kept_here_stays(store: Store, clock: Clock) -> None:  # noqa: F811
    store.referrals.place(ALL, referral(said="here"))
    for reader in (ANN, BEN):
        store.referrals.put(reader, [referral("t1", "read")])
        store.referral_reads.end(reader, store.referral_reads.claim(reader), Reading(read_at=clock.now))
        clock.now += 1000
    assert store.referral_reads.purge(1500) == 1
    assert said(store.referrals.page(ANN, Filters())) == ["here"]
    assert sorted(said(store.referrals.page(BEN, Filters()))) == ["here", "read"]


def test_nothing_of_it_is_in_the_file_in_clear(store: Store, file: Path) -> None:  # noqa: F811
    store.referrals.place(ALL, referral(said="Bergstrom"))
    store.referrals.await_order("s1", {"for": "Patient/12"})
    store.close()
    kept = b"".join(path.read_bytes() for path in file.parent.iterdir())
    for word in (b"Bergstrom", b"Patient/12", b"Practitioner/ann"):
        assert word not in kept
