"""What a therapist reports by a link: checked field by field, told in words, taken over by the move it stands for."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from smartapp.core.proposal import Role
from smartapp.core.referral import STAGES, ReferralTask, Stage
from smartapp.core.referral_moves import LONGEST as LONGEST_LINE
from smartapp.core.referral_moves import Action, check_step, step_words
from smartapp.core.therapist import (
    LONGEST,
    SHORT,
    Asked,
    Recipient,
    Report,
    ReportKind,
    course_words,
    plan_change,
    report_words,
    step_of,
)
from smartapp.core.therapist_form import checked
from smartapp.errors import ReviewError

SIGNED, TODAY = date(2026, 3, 1), date(2026, 3, 20)
TUG = Asked("tug", "Timed Up and Go, 3 m", "s", Decimal(2), Decimal(600), False)


def made(kind: str, **form: str):
    return checked(ReportKind(kind), form, (TUG,), SIGNED, TODAY, "newer")


def test_only_the_next_phase_can_be_recommended():
    form = {"on": "2026-03-10", "recommends": "intermediate"}
    report, problems = checked(ReportKind.PROGRESS, form, (TUG,), SIGNED, TODAY, "", "intermediate")
    assert (report.recommends, problems) == ("intermediate", {})
    assert report_words(report) == "Progress on 2026-03-10: Recommends the intermediate phase."
    assert "recommends" in checked(ReportKind.PROGRESS, form, (TUG,), SIGNED, TODAY, "", "advanced")[1]
    assert "recommends" in checked(ReportKind.PROGRESS, form, (TUG,), SIGNED, TODAY)[1]


def at(stage: Stage) -> ReferralTask:
    row = STAGES[stage]
    return ReferralTask("12", "3", row.status, stage, "Patient/1", accepted=True, asked_on=SIGNED)


@pytest.mark.parametrize(
    ("kind", "form", "field", "words"),
    [
        ("question", {"text": " "}, "text", "empty"),
        ("question", {"text": "x" * (LONGEST + 1)}, "text", "longer than 600"),
        ("accept", {"text": "x" * (SHORT + 1)}, "text", "longer than 200"),
        ("decline", {"reason": ""}, "reason", "Choose a reason"),
        ("decline", {"reason": "because"}, "reason", "Choose a reason"),
        ("first-visit", {"on": ""}, "on", "Give the day"),
        ("first-visit", {"on": "soon"}, "on", "“soon” is not a day"),
        ("first-visit", {"on": "13/40/2026"}, "on", "is not a day"),
        ("first-visit", {"on": "2026-03-21"}, "on", "Mar 21, 2026 is still to come"),
        ("plan-of-care", {"on": "02/28/2026"}, "on", "before Mar 1, 2026, when the plan was signed"),
        ("progress", {"on": "2026-03-20"}, "text", "Nothing is filled in but the day"),
        ("progress", {"on": "2026-03-20", "pain-worst": "eleven"}, "pain-worst", "“eleven” is not a number"),
        ("progress", {"on": "2026-03-20", "pain-worst": "11"}, "pain-worst", "Give a whole number from 0 to 10"),
        ("progress", {"on": "2026-03-20", "pain-worst": "3.5"}, "pain-worst", "3.5 cannot be"),
        ("progress", {"on": "2026-03-20", "tug": "1.9"}, "tug", "Give a number from 2 to 600"),
        ("progress", {"on": "2026-03-20", "fall": "perhaps"}, "fall", "Choose yes, no"),
        ("progress", {"on": "2026-03-20", "symptoms": "x" * (SHORT + 1)}, "symptoms", "longer than 200"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_at_its_field(kind, form, field, words):
    _, problems = made(kind, **form)
    assert list(problems) == [field] and words in problems[field]


def test_several_faults_are_named_at_once():
    _, problems = made("progress", on="", tug="x", fall="maybe")
    assert set(problems) == {"on", "tug", "fall"}


VALUES = (("sessions", "6"), ("pain-worst", "10"), ("tug", "12.5"))
SIX = Report(ReportKind.PROGRESS, TODAY, values=VALUES, fall="no")
SENT = Report(ReportKind.PLAN_OF_CARE, TODAY)


@pytest.mark.parametrize(
    ("kind", "form", "report", "words"),
    [
        ("accept", {}, Report(ReportKind.ACCEPT, plan_id="newer"), "Accepts the referral."),
        ("acknowledge", {}, Report(ReportKind.ACKNOWLEDGE, plan_id="newer"), "Has read what the newer plan changes."),
        ("question", {"text": "Brace?" + "x" * (LONGEST - 6)}, None, "Asks: Brace?x"),
        (
            "decline", {"reason": "no-capacity", "text": "June"},
            Report(ReportKind.DECLINE, reason="no-capacity", text="June"),
            "Declines the referral: No capacity in time. June.",
        ),
        ("first-visit", {"on": "03/01/2026"}, Report(ReportKind.FIRST_VISIT, SIGNED), "First visit on 2026-03-01."),
        ("plan-of-care", {"on": "2026-03-20"}, SENT, "Plan of care sent on 2026-03-20."),
        (
            "progress", {"on": "2026-03-20", "tug": "12,5", "sessions": "6", "pain-worst": "10", "fall": "no"}, SIX,
            "Progress on 2026-03-20: no fall since the last session. Sessions done so far: 6. "
            "Worst pain during a session, 0-10: 10 of 10. Timed Up and Go, 3 m: 12.5 s.",
        ),
        (
            "progress", {"on": "2026-03-20", "fall": "yes", "symptoms": "numb left foot"},
            Report(ReportKind.PROGRESS, TODAY, fall="yes", symptoms="numb left foot"),
            "Progress on 2026-03-20: A fall since the last session. New symptoms: numb left foot.",
        ),
    ],
)  # fmt: skip
def test_a_report_is_what_was_typed_and_reads_so(kind, form, report, words):
    found, problems = made(kind, **form)
    assert not problems and (report is None or found == report)
    assert report_words(found, (TUG,)).startswith(words)


def test_a_number_whose_field_is_no_more_keeps_its_name():
    assert (
        report_words(Report(ReportKind.PROGRESS, TODAY, values=(("odi", "40"),))) == "Progress on 2026-03-20: odi: 40."
    )


@pytest.mark.parametrize(
    ("fall", "symptoms", "urgent"), [("yes", "", True), ("no", "", False), ("", "numb", True), ("", "", False)]
)
def test_a_fall_or_a_new_symptom_is_told_the_same_day(fall, symptoms, urgent):
    assert Report(ReportKind.PROGRESS, TODAY, fall=fall, symptoms=symptoms).urgent is urgent


@pytest.mark.parametrize(
    ("kind", "stage", "action"),
    [
        ("accept", Stage.NEW, Action.ACCEPT),
        ("accept", Stage.TO_BOOK, Action.CONTACT),
        ("decline", Stage.TO_BOOK, Action.DECLINE),
        ("decline", Stage.VISITED, Action.CONTACT),
        ("question", Stage.NEW, Action.ASK),
        ("question", Stage.BOOKED, Action.CONTACT),
        ("first-visit", Stage.BOOKED, Action.VISIT),
        ("first-visit", Stage.TO_BOOK, Action.VISIT),
        ("first-visit", Stage.NO_SHOW, Action.VISIT),
        ("first-visit", Stage.NEW, Action.CONTACT),
        ("plan-of-care", Stage.VISITED, Action.PLAN_OF_CARE),
        ("plan-of-care", Stage.TREATED, Action.CONTACT),
        ("progress", Stage.TREATED, Action.CONTACT),
        ("acknowledge", Stage.NEW, Action.CONTACT),
        ("progress", Stage.CANCELLED, None),
    ],
)  # fmt: skip
def test_a_report_is_taken_over_by_its_move_or_as_a_line_where_that_is_not_open(kind, stage, action):
    report = Report(ReportKind(kind), on=TODAY, reason="no-capacity" if kind == "decline" else "")
    step = step_of(report, "All of it.", "As told.", at(stage), Role.COORDINATOR, same_order=True)
    assert (step.action if step else None) is action
    by_signer = step_of(report, "All of it.", "As told.", at(stage), Role.SIGNER, same_order=True)
    assert by_signer == (
        replace(step, action=Action.CONTACT, reason="", text="All of it. As told.", on=None)
        if step and action is Action.ASK
        else step
    ), "a question to the clinician they answer themselves"
    if step:
        assert by_signer and check_step(by_signer, at(stage), Role.SIGNER, TODAY, told=True)
        with pytest.raises(ReviewError):
            check_step(by_signer, at(stage), Role.SIGNER, TODAY)
        move = check_step(step, at(stage), Role.COORDINATOR, TODAY)
        assert "As told." in step_words(move, step)
        assert ("All of it." in step.text) is (step.action is Action.CONTACT)


@pytest.mark.parametrize(("kind", "action"), [("accept", Action.CONTACT), ("question", Action.ASK)])
def test_what_was_said_of_the_order_before_accepts_nothing_of_the_newer_one(kind, action):
    step = step_of(
        Report(ReportKind(kind), text="?"), "All of it.", "As told.", at(Stage.NEW), Role.COORDINATOR, same_order=False
    )
    assert step and step.action is action


def test_the_longest_report_fits_into_a_line_of_the_history():
    form = {"on": "2026-03-20", "symptoms": "s" * SHORT, "text": "t" * SHORT, "fall": "yes", "tug": "599.99",
            "sessions": "365", "pain-worst": "10", "pain-24h": "10", "rpe-max": "10"}  # fmt: skip
    report, problems = made("progress", **form)
    assert not problems
    step = step_of(report, report_words(report, (TUG,)), "", at(Stage.TREATED), Role.COORDINATOR, same_order=True)
    assert step and len(step.text) < LONGEST_LINE - 200


def test_one_difference_of_two_plans():
    change = plan_change(["AVOID: a", "AVOID: b"], ["AVOID: b", "AVOID: c"])
    assert change.lines == ("New: AVOID: c", "No longer: AVOID: a") and change.stricter
    assert plan_change(["a"], ["a"]).lines == () and not replace(change, stricter=()).stricter


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((None, None, None), ""),
        ((SIGNED, None, TODAY), "evaluated 2026-03-01, next review 2026-03-20"),
        ((SIGNED, TODAY, None), "evaluated 2026-03-01, plan of care received 2026-03-20"),
    ],
)
def test_how_far_the_therapy_is(days, words):
    assert course_words(*days) == words


def test_a_recipient_is_a_person_at_a_place():
    assert Recipient("Jane Doe, PT", "Riverside Therapy").words == "Jane Doe, PT, Riverside Therapy"
