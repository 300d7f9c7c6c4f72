"""The way of a referral: the table is total, nobody is lost, and every clock has its two sides."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from smartapp.core.proposal import Role
from smartapp.core.referral import (
    QUESTION,
    STAGES,
    Day,
    Entry,
    Queue,
    ReferralTask,
    Returned,
    Stage,
    WhoseTurn,
    is_accepted,
    stage_of,
    with_replaced,
)
from smartapp.core.referral_clocks import Clock, clocks, days_owed, due
from smartapp.core.referral_moves import (
    BY_ACTION,
    LONGEST,
    MOVES,
    RECEIVER,
    SENT_AGAIN,
    Action,
    Step,
    can_send_again,
    check_send_again,
    check_step,
    destination,
    moves,
    step_words,
)
from smartapp.errors import ReviewError
from tests.core.referral_states import PAGE, page

TODAY = date(2026, 3, 10)
STATUSES = (
    *("draft", "requested", "received", "accepted", "rejected", "ready", "cancelled", "in-progress", "on-hold"),
    *("failed", "completed", "entered-in-error"),
)


def at(stage: Stage, **more) -> ReferralTask:
    row = STAGES[stage]
    known = {
        "id": "12",
        "version": "3",
        "patient": "Patient/1",
        "asked_on": date(2026, 3, 1),
        "changed": date(2026, 3, 4),
    }
    return ReferralTask(**{**known, "status": row.status, "stage": stage, **more})


def test_every_stage_stands_in_one_queue_with_one_whose_turn_it_is():
    assert set(STAGES) == set(Stage)
    for stage, row in STAGES.items():
        assert row.owed and (row.turn is WhoseTurn.NOBODY) == (row.queue is Queue.CLOSED), stage
    assert {row.queue for row in STAGES.values()} == set(Queue) - {Queue.CHANGED}


def test_a_stage_is_read_back_from_what_it_writes():
    for stage, row in STAGES.items():
        assert stage_of(row.status, row.business, ["", "visit-booked", row.mark]) is stage


@pytest.mark.parametrize("status", [*STATUSES, "unheard-of", ""])
@pytest.mark.parametrize("business", ["", "2.0", "5.1.3", "whatever"])
def test_whatever_another_system_has_set_has_a_place(status, business):
    assert STAGES[stage_of(status, business, ["x"])].queue in Queue


@pytest.mark.parametrize(
    ("status", "business", "marks", "stage"),
    [
        ("received", "", (), Stage.NEW),
        ("ready", "3.0", (), Stage.TO_BOOK),
        ("in-progress", "", (), Stage.ELSEWHERE),
        ("in-progress", "5.1.4", (), Stage.VISITED),
        ("in-progress", "5.1.4", ("plan-of-care",), Stage.TREATED),
        ("on-hold", "3.0", (), Stage.HELD),
        ("on-hold", "3.0", (QUESTION,), Stage.ASKED),
        ("on-hold", "", (QUESTION,), Stage.ASKED),
        ("suspended", "", (), Stage.NEW),
    ],
)
def test_where_a_task_is(status, business, marks, stage):
    assert stage_of(status, business, marks) is stage


def test_from_every_open_stage_a_coordinator_gets_on_and_nobody_moves_what_is_closed():
    reachable = {to for move in MOVES for to in (move.to, move.else_to)}
    assert reachable - {None} | {Stage.DRAFT, Stage.ELSEWHERE, Stage.FAILED, Stage.WITHDRAWN} == set(Stage)
    for stage, row in STAGES.items():
        open_to = moves(at(stage), Role.COORDINATOR)
        gets_on = any(move.to not in (None, stage) for move in open_to)
        assert gets_on == (row.queue is not Queue.CLOSED and stage is not Stage.DRAFT), stage
        clinicians = [move.action for move in moves(at(stage), Role.SIGNER)]
        assert clinicians == ([Action.ANSWER] if stage is Stage.ASKED else []) and not moves(at(stage), Role.NONE)
        drafters, told = moves(at(stage), Role.DRAFTER, told=True), moves(at(stage), Role.COORDINATOR, told=True)
        assert [move.action for move in drafters] == clinicians and told == open_to, "links are not theirs"


def test_who_may_sign_sends_again_what_ended_without_therapy_and_nothing_else():
    for stage in Stage:
        for role in Role:
            may = role is Role.SIGNER and stage in SENT_AGAIN
            assert can_send_again(at(stage), role) == may, (stage, role)
    assert not can_send_again(at(Stage.CANCELLED, replaced=True), Role.SIGNER), "a newer plan is on its way"
    check_send_again(at(Stage.DECLINED), Role.SIGNER, "x" * RECEIVER)
    with pytest.raises(ReviewError, match="longer than"):
        check_send_again(at(Stage.DECLINED), Role.SIGNER, "x" * (RECEIVER + 1))


def test_an_answer_or_the_end_of_a_hold_accepts_nothing():
    assert not is_accepted("") and not is_accepted("2.0") and is_accepted("3.0")
    for action, stage in ((Action.ANSWER, Stage.ASKED), (Action.RESUME, Stage.HELD)):
        assert destination(BY_ACTION[action], at(stage)) is Stage.NEW
        assert destination(BY_ACTION[action], at(stage, accepted=True)) is Stage.TO_BOOK
    assert destination(BY_ACTION[Action.ACCEPT], at(Stage.NEW)) is Stage.TO_BOOK
    assert destination(BY_ACTION[Action.CONTACT], at(Stage.NEW)) is None


def test_a_question_is_called_one():
    assert at(Stage.ASKED, reason="Collar?").reason_words == "Question: Collar?"
    assert at(Stage.HELD, reason="Ill").reason_words == "Ill"
    assert at(Stage.DECLINED, reason="Not covered").ended_with == "Not covered"
    assert at(Stage.COMPLETED, outcome="Walks").ended_with == "Walks" and at(Stage.HELD, reason="Ill").ended_with == ""


def test_every_action_is_one_move():
    assert set(BY_ACTION) == set(Action) and len(MOVES) == len(Action)


@pytest.mark.parametrize(
    ("stage", "more", "day"),
    [
        (Stage.NEW, {}, date(2026, 3, 3)),
        (Stage.TO_BOOK, {}, date(2026, 3, 15)),
        (Stage.TO_BOOK, {"priority": "urgent"}, date(2026, 3, 8)),
        (Stage.NO_SHOW, {"priority": "asap"}, date(2026, 3, 4)),
        (Stage.ELSEWHERE, {"priority": "stat"}, date(2026, 3, 2)),
        (Stage.ASKED, {}, date(2026, 3, 7)),
        (Stage.BOOKED, {"booked": date(2026, 3, 12)}, date(2026, 3, 12)),
        (Stage.HELD, {}, date(2026, 3, 18)),
        (Stage.HELD, {"held_to": date(2026, 4, 1)}, date(2026, 4, 1)),
        (Stage.VISITED, {"visited": date(2026, 3, 5)}, date(2026, 4, 4)),
        (Stage.TREATED, {"visited": date(2026, 3, 5)}, date(2026, 6, 3)),
        (Stage.NEW, {"asked_on": None}, None),
        (Stage.COMPLETED, {}, None),
    ],
)
def test_what_is_due_when(stage, more, day):
    assert due(at(stage, **more)) == day


def test_the_clocks_say_what_is_done():
    way = at(Stage.TREATED, visited=date(2026, 3, 5), plan_of_care=date(2026, 3, 9))
    assert [(c.name, c.done is not None) for c in clocks(way)] == [
        ("Order signed", True), ("First visit", True), ("Plan of care back", True),
        ("Progress report", False), ("Recertification", False),
    ]  # fmt: skip
    assert at(Stage.NEW).days_here(TODAY) == 6 and at(Stage.NEW, changed=None).days_here(TODAY) is None
    assert at(Stage.NEW).is_open and not at(Stage.FAILED).is_open


def clock(name, found) -> Clock:
    return next(each for each in clocks(found) if each.name == name)


def test_every_clock_names_its_rule_and_where_that_comes_from():
    assert all(each.rule and each.source for each in clocks(at(Stage.NEW)))


def visits(count: int, first: int = 1) -> tuple[date, ...]:
    return tuple(date(2026, 4, first) + timedelta(2 * n) for n in range(count))


@pytest.mark.parametrize(("after_first", "owes"), [(8, False), (9, True), (12, True)])
def test_a_progress_report_is_owed_from_the_tenth_visit_on_its_day(after_first, owes):
    found = at(Stage.TREATED, visited=date(2026, 3, 5), attended=visits(after_first))
    report = clock("Progress report", found)
    assert report.so_far == f"{after_first + 1} of 10 visits" and (report.due is not None) is owes
    assert found.owes_report is owes and (found.turn is WhoseTurn.THERAPIST) is owes
    if owes:
        assert due(found) == report.due == visits(9)[-1] and found.owed == "Send the progress report"
    else:
        assert due(found) == date(2026, 6, 3) and found.owed == "Recertify, or complete"


def test_a_report_begins_the_count_anew_and_before_the_plan_of_care_that_comes_first():
    found = at(Stage.TREATED, visited=date(2026, 3, 5), attended=visits(9), reported=visits(9)[-1])
    assert not found.owes_report and clock("Progress report", found).so_far == "0 of 10 visits"
    again = replace(found, attended=(*visits(9), *visits(10, 20)))
    assert again.owes_report and due(again) == visits(10, 20)[-1]
    waiting = at(Stage.VISITED, visited=date(2026, 3, 5), attended=visits(9))
    assert not waiting.owes_report and due(waiting) == date(2026, 4, 4) and waiting.report_due
    assert at(Stage.BOOKED).treatment_days == () and clock("Progress report", at(Stage.BOOKED)).so_far == ""


def test_a_recertification_moves_the_next_one():
    found = at(Stage.TREATED, visited=date(2026, 3, 5), recertified=date(2026, 5, 30))
    assert due(found) == clock("Recertification", found).due == date(2026, 8, 28)


@pytest.mark.parametrize(("day", "late"), [(date(2026, 4, 4), False), (date(2026, 4, 5), True)])
def test_a_clock_is_late_from_the_day_after(day, late):
    owed = at(Stage.VISITED, visited=date(2026, 3, 5))
    assert clock("Plan of care back", owed).is_late(day) is late
    assert not clock("First visit", owed).is_late(date(2027, 1, 1)) and not clock("Order signed", owed).is_late(day)


def test_the_days_owed_say_nothing_of_a_patient_and_nothing_where_it_is_closed():
    new = [(each.key, each.what) for each in days_owed(at(Stage.NEW, asks="Bergstrom, L1"))]
    assert new == [("new", "answer due"), ("first-visit", "first visit due")]
    visited = [each.what for each in days_owed(at(Stage.VISITED, visited=date(2026, 3, 5)))]
    assert visited == ["plan of care due", "recertification due"]
    assert [each.key for each in days_owed(at(Stage.BOOKED))] == ["first-visit"], "no day is booked: none is told"
    assert not [*days_owed(at(Stage.COMPLETED, visited=date(2026, 3, 5)))]


@pytest.mark.parametrize(("missed", "owed"), [(1, "Book again"), (2, "Book again: no-show 2")])
def test_a_second_no_show_is_counted(missed, owed):
    assert at(Stage.NO_SHOW, missed=missed).owed == owed
    assert at(Stage.BOOKED, missed=2).owed == "Come to the first visit"


@pytest.mark.parametrize(
    ("stage", "step", "words"),
    [
        (Stage.BOOKED, Step(Action.ACCEPT), "“Accept” is not open to you"),
        (Stage.NEW, Step(Action.DECLINE), "Decline: choose a reason."),
        (Stage.NEW, Step(Action.ASK), "“Question” is empty."),
        (Stage.NEW, Step(Action.CONTACT, text="x" * (LONGEST + 1)), "longer than"),
        (Stage.TO_BOOK, Step(Action.SCHEDULE), "give the day."),
        (Stage.TO_BOOK, Step(Action.SCHEDULE, on=TODAY - timedelta(1)), "has passed."),
        (Stage.BOOKED, Step(Action.VISIT, on=TODAY + timedelta(1)), "is still to come."),
        (Stage.BOOKED, Step(Action.VISIT, on=date(2026, 2, 28)), "is before 2026-03-01"),
        (Stage.VISITED, Step(Action.PLAN_OF_CARE, on=date(2026, 3, 4)), "is before 2026-03-05"),
        (Stage.BOOKED, Step(Action.MISS, "ill"), "which is still to come."),
        (Stage.VISITED, Step(Action.ATTEND, on=date(2026, 3, 5)), "a visit on 2026-03-05 is recorded already."),
        (Stage.VISITED, Step(Action.ATTEND, on=date(2026, 3, 4)), "is before 2026-03-05"),
        (Stage.VISITED, Step(Action.REPORT, on=TODAY + timedelta(1)), "is still to come."),
        (Stage.VISITED, Step(Action.RECERTIFY, on=TODAY), "“Recertified” is not open to you"),
    ],
)
def test_a_step_that_cannot_be_is_refused_by_name(stage, step, words):
    found = at(stage, booked=TODAY + timedelta(1), visited=date(2026, 3, 5))
    with pytest.raises(ReviewError, match=words.replace(".", r"\.")):
        check_step(step, found, Role.COORDINATOR, TODAY)


@pytest.mark.parametrize(
    ("stage", "step"),
    [
        (Stage.NEW, Step(Action.ACCEPT)),
        (Stage.NEW, Step(Action.DECLINE, "no-capacity")),
        (Stage.NEW, Step(Action.CONTACT, text="x" * LONGEST)),
        (Stage.TO_BOOK, Step(Action.SCHEDULE, on=TODAY)),
        (Stage.BOOKED, Step(Action.VISIT, on=TODAY)),
        (Stage.BOOKED, Step(Action.MISS, "ill")),
        (Stage.VISITED, Step(Action.PLAN_OF_CARE, on=date(2026, 3, 5))),
        (Stage.HELD, Step(Action.RESUME)),
        (Stage.VISITED, Step(Action.ATTEND, on=date(2026, 3, 6))),
        (Stage.TREATED, Step(Action.REPORT, on=date(2026, 3, 5))),
        (Stage.TREATED, Step(Action.RECERTIFY, on=TODAY)),
    ],
)
def test_a_step_that_may_be_made(stage, step):
    found = at(stage, booked=TODAY, visited=date(2026, 3, 5))
    assert check_step(step, found, Role.COORDINATOR, TODAY).action is step.action
    undated = replace(found, asked_on=None, visited=None, booked=None)
    assert check_step(step, undated, Role.COORDINATOR, TODAY).action is step.action


def test_the_line_a_step_leaves():
    said = [
        step_words(BY_ACTION[step.action], step)
        for step in (
            Step(Action.ACCEPT),
            Step(Action.SCHEDULE, on=TODAY),
            Step(Action.HOLD, "records", "MRI", TODAY),
            Step(Action.CONTACT, text="Called."),
        )
    ]
    assert said == [
        "Accepted.",
        "First visit booked: 2026-03-10",
        "On hold: 2026-03-10. Waiting for records. MRI",
        "Contact: Called.",
    ]
    assert {move.day for move in MOVES} - {None} == set(Day) - {Day.MISSED, Day.SINCE}


LINE = Entry("2026-03-02T09:00:00Z", "Rosa Brandt", "Accepted.")


@pytest.mark.parametrize(
    ("old", "changed"),
    [
        ({}, True),
        ({"history": ()}, False),
        ({"replaced": False}, False),
        ({"patient": "Patient/2"}, False),
        ({"asked_on": date(2026, 3, 9)}, False),
        ({"asked_on": None}, True),
    ],
)
def test_a_new_order_in_place_of_one_that_was_worked_on_is_a_change(old, changed):
    ended = replace(at(Stage.CANCELLED, id="11", replaced=True, history=(LINE,)), **old)
    new = at(Stage.NEW)
    found = {each.id: each for each in with_replaced((new, ended))}
    assert (found["12"].before is not None) is changed is found["12"].is_change
    assert found["12"].queue is (Queue.CHANGED if changed else Queue.NEW)
    assert due(found["12"]) == date(2026, 3, 2 if changed else 3)
    assert found["12"].owed.startswith("Acknowledge" if changed else "Accept")
    assert found["11"] == ended and not found["11"].is_open


def test_of_several_the_newest_counts_and_a_change_acknowledged_is_none():
    older = at(Stage.CANCELLED, replaced=True, history=(LINE,), asked_on=date(2026, 2, 1))
    newer = replace(older, id="11", asked_on=date(2026, 2, 9))
    new, accepted = with_replaced((replace(at(Stage.NEW), id="13"), at(Stage.TO_BOOK), older, newer))[:2]
    assert new.before == newer and accepted.before is None


def test_the_page_of_the_way_is_that_of_the_tables():
    assert PAGE.read_text(encoding="utf-8") == page(), "write it again: python -m tests.core.referral_states"


def test_what_came_back_says_where_it_stands():
    said = {
        "": "text in the referral, no document",
        "DocumentReference/5": "a document in the chart",
        "https://ehr.example/fhir/QuestionnaireResponse/5": "a form in the chart",
        "Procedure/5": "a record in the chart",
    }
    assert {place: Returned("Outcome", place).where for place in said} == said
