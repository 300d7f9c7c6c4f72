"""What the referral and the therapist's link tell at the next launch (rule book 2b: FU, PG3, PG6, PG8; VI9).

Each row is told by one course of therapy and just missed by another."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from smartapp.core.changes import Change, ChangeName
from smartapp.core.chart import Source, Unreadable
from smartapp.core.follow_up import decisions_again, follow_up
from smartapp.core.proposal import Choice, Decision
from smartapp.core.referral import Stage
from smartapp.core.review import revise
from smartapp.core.session_log import ItemDone, TherapySession
from smartapp.core.states import Severity
from smartapp.core.therapist import Report, ReportKind
from smartapp.core.therapy import NOTHING_KNOWN, Document, Therapy, ToldReport
from tests.core.test_follow_up import BASE, EARLY, PAIN, SIGNED, TOLD, K, proposed
from tests.core.test_referral import at

SEE_BY = SIGNED + timedelta(days=14)


def day(after: int) -> date:
    return SIGNED + timedelta(days=after)


def told(kind: ReportKind, after: int, taken: bool = False, **said) -> ToldReport:
    return ToldReport(Report(kind, day(after), **said), day(after), taken)


def progress(after: int, taken: bool = False, values: dict[str, str] | None = None, **said) -> ToldReport:
    return told(ReportKind.PROGRESS, after, taken, values=tuple((values or {}).items()), **said)


def therapy(*reports: ToldReport, stage: Stage | None = None, **referral) -> Therapy:
    return Therapy(at(stage, **referral) if stage else None, reports)


def session(after: int, **said) -> TherapySession:
    return TherapySession(day(after), Source(f"QuestionnaireResponse/{after}"), **said)


def recorded(*sessions: TherapySession, **more) -> Therapy:
    return Therapy(sessions=sessions, **more)


def changes(days: int, known: Therapy, *new: str, base: tuple[str, ...] = BASE) -> dict[str, Change]:
    found = follow_up(proposed(SIGNED, *base), proposed(day(days), *base, *new), K, known)
    return {change.name.value: change for change in found}


def _log(first: int, *items: ItemDone, last: int = 0) -> Therapy:
    days = (each for each in (first, last) if each)
    good = {"pain_worst": Decimal(3), "pain_later": Decimal(3), "cues": Decimal(1)}
    return recorded(*(session(each, items=items, logged=True, **good) for each in days))


_EASY, _HARD = (ItemDone("E09", Decimal(2), Decimal(8), effort=Decimal(effort)) for effort in (3, 5))
NOTE = Source("DocumentReference/1")
RED = ("L3 fracture on 2026-02-10, routine healing", PAIN)  # urgent: see by day 7
# Row: days later, what is known of the therapy; and what just is not told.
ROWS: dict[str, tuple[tuple[int, Therapy], tuple[int, Therapy]]] = {
    "FU2-told": (
        (10, therapy(progress(9, symptoms="numb between the legs"))),
        (10, therapy(progress(9, text="feels well"))),
    ),
    "FU3-told": (
        (10, therapy(progress(9, values={"pain-24h": "5"}))),
        (10, therapy(progress(9, values={"pain-24h": "4", "pain-worst": "9"}))),
    ),
    "FU12-told": ((10, therapy(progress(9, fall="yes"))), (10, therapy(progress(9, fall="no")))),
    "FU7-report": ((10, therapy(progress(9, values={"tug": "12.1"}))), (10, therapy(progress(9, text="well")))),
    "FU7": (
        (10, therapy(stage=Stage.VISITED, visited=day(9))),
        (10, therapy(stage=Stage.BOOKED, booked=day(12))),
    ),
    "FU10": (
        (40, therapy(progress(33, values={"sessions": "4"}), told(ReportKind.FIRST_VISIT, 5))),  # of 8 in 28 days
        (40, therapy(progress(33, values={"sessions": "5"}), told(ReportKind.FIRST_VISIT, 5))),
    ),
    "FU3-red": (
        (10, recorded(session(9, pain_worst=Decimal(6)))),
        (10, recorded(session(8, outcome="red"), session(9, pain_worst=Decimal(5)))),
    ),
    "FU7-sessions": ((10, recorded(session(9))), (10, recorded(session(9, missed="ill")))),
    "FU7-note": (
        (10, Therapy(documents=(Document("Evaluation", day(9), "Doing well.", NOTE),))),
        (10, Therapy(documents=(Document("Evaluation", day(-1), "Doing well.", NOTE),))),
    ),
    "FU7-unread": ((10, Therapy(unread=(Unreadable("Procedure/1", "no day is given"),))), (10, Therapy())),
    "FU7-left-out": ((10, _log(8, ItemDone("E29"))), (10, _log(8, ItemDone("E09")))),
    "FU7-items": ((10, _log(8, ItemDone("E09"))), (10, _log(8))),
    "FU7-step-up": ((12, _log(8, _EASY, last=11)), (12, _log(8, _EASY))),
    "FU7-step-down": ((12, _log(8, _HARD, last=11)), (12, _log(8, _HARD))),
    "FU7-gap": ((18, _log(4)), (17, _log(4))),
    "FU7-fortnight": ((16, _log(2, last=9)), (15, _log(2, last=9))),
    "FU16": ((10, therapy(stage=Stage.NO_SHOW, missed=2)), (10, therapy(stage=Stage.NO_SHOW, missed=1))),
    "FU6-due": (
        (14 + 30, therapy(progress(20, values={"pain-worst": "2"}), stage=Stage.VISITED, visited=SEE_BY)),
        (
            14 + 30,
            therapy(
                *(progress(20, values={"pain-worst": "2"}), told(ReportKind.PLAN_OF_CARE, 40)),
                stage=Stage.VISITED, visited=SEE_BY,
            ),
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_each_row_is_told_by_one_course_and_just_missed_by_another(name):
    (days, hit), (other, missed) = ROWS[name]
    found = changes(days, hit)
    assert name in found, [change.text for change in found.values()]
    assert name not in changes(other, missed)


def test_no_row_is_untried():
    assert set(TOLD) | set(ROWS) | {"FU17", "FU20", "DECISION"} == {name.value for name in ChangeName}


# ------------------------------------------------------------------ first visit (FU16, VI9)


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (
            therapy(stage=Stage.DECLINED, reason="No capacity in time"),
            "Declined: No capacity in time.",
        ),
        (therapy(stage=Stage.CANCELLED), "Canceled."),
        (therapy(told(ReportKind.DECLINE, 3, reason="no-capacity")), "Declined by link: No capacity in time."),
        (therapy(told(ReportKind.ACCEPT, 3), told(ReportKind.DECLINE, 4)), "Declined by link."),
        (therapy(stage=Stage.NO_SHOW, missed=3), "Did not come 3 times."),
    ],
)
def test_a_referral_that_leads_nowhere_is_told_before_the_see_by_day(known, said):
    found = changes(5, known)["FU16"]
    assert (found.text, found.now, found.severity) == (said, said, Severity.INFO)
    assert changes(5, known, base=RED)["FU16-urgent"].severity is Severity.REVIEW


@pytest.mark.parametrize(
    "known",
    [
        therapy(told(ReportKind.DECLINE, 3, reason="no-capacity"), told(ReportKind.ACCEPT, 4)),
        therapy(told(ReportKind.DECLINE, 3, taken=True), stage=Stage.TO_BOOK),  # taken over, and gone on since
        therapy(stage=Stage.CANCELLED, replaced=True),
        therapy(told(ReportKind.FIRST_VISIT, 4), stage=Stage.DECLINED),
        therapy(progress(4, values={"sessions": "1"}), stage=Stage.BOOKED, missed=2),
        therapy(stage=Stage.COMPLETED),
    ],
)
def test_a_referral_that_goes_on_or_was_seen_is_not_missed(known):
    assert not {"FU16", "FU16-urgent"} & set(changes(5, known))


def test_where_nobody_came_it_says_where_was_looked_and_what_is_booked():
    assert changes(22, NOTHING_KNOWN)["FU16"].now == "No visit in the chart as read, 8 days after the see-by day."
    booked = changes(22, therapy(stage=Stage.BOOKED, booked=date(2026, 3, 25)))["FU16"].now
    assert booked == (
        "No visit in the chart or the referral as read, 8 days after the see-by day. Booked for 2026-03-25."
    )
    assert "FU16" not in changes(21, therapy(stage=Stage.BOOKED, booked=date(2026, 3, 25)))
    assert "FU16" not in changes(90, therapy(stage=Stage.COMPLETED))


def test_days_counted_from_the_first_visit_move_with_it():
    """Two weeks after the first visit, not after the day it should have been on."""
    late, early = therapy(stage=Stage.VISITED, visited=day(20)), therapy(stage=Stage.VISITED, visited=day(10))
    assert "FU6-due" not in changes(33, late) and "Tolerance check (2026-04-04)" in changes(34, late)["FU6-due"].now + (
        changes(34, late)["FU6-due"].signed
    )
    assert "FU6-due" not in changes(23, early) and "FU6-due" in changes(24, early)
    assert "FU6-due" in changes(28, NOTHING_KNOWN)


# ------------------------------------------------------------------ what was due (FU6)

SEEN = {"stage": Stage.TREATED, "visited": SEE_BY, "plan_of_care": day(40)}


def due(days: int, known: Therapy) -> str:
    found = changes(days, known)
    return next((found[name].signed for name in ("FU6", "FU6-due") if name in found), "")


def test_what_the_referral_and_the_therapist_tell_is_done():
    assert "Plan of care due back" in due(50, NOTHING_KNOWN) and "Tolerance check" in due(50, NOTHING_KNOWN)
    assert due(44, therapy(progress(20, values={"pain-worst": "2"}), **SEEN)) == ""
    assert "Tolerance check" in due(44, therapy(progress(20, text="well"), **SEEN)), "nothing was measured"
    assert "Recertify" in due(92, therapy(progress(60, values={"nrs": "2"}), **SEEN))
    assert "Recertify" not in due(92, therapy(progress(60, values={"nrs": "2"}), **SEEN, recertified=day(90)))


def test_a_report_is_owed_at_the_tenth_visit_as_counted_or_as_expected():
    expected = 14 + 32  # visit 10 of two a week
    assert "Progress report at visit 10" in due(expected, therapy(**SEEN))
    assert "Progress report" not in due(expected, therapy(**SEEN, reported=day(45)))
    few = tuple(SEE_BY + timedelta(days=n) for n in range(1, 9))
    assert "Progress report" not in due(expected, therapy(**SEEN, attended=few)), "nine visits so far"
    assert "Progress report" in due(expected, therapy(**SEEN, attended=(*few, day(30))))
    second = expected + 35
    assert "at visit 20" in due(second, therapy(**SEEN, reported=day(45)))
    assert "Progress report" not in due(second, therapy(**SEEN, reported=day(second - 1)))


def test_a_report_with_results_is_a_re_evaluation_and_one_without_is_none():
    months_3 = 14 + 92
    assert "Re-evaluation" in due(months_3 + 1, therapy(progress(100, values={"sessions": "20"}), **SEEN))
    assert "Re-evaluation" not in due(months_3 + 1, therapy(progress(100, values={"tug": "11"}), **SEEN))
    assert "Re-evaluation" in due(months_3 + 1, therapy(progress(60, values={"tug": "11"}), **SEEN)), "too early"


def test_of_a_completed_referral_the_year_goes_on_and_its_visits_do_not():
    done = therapy(stage=Stage.COMPLETED, visited=SEE_BY)
    assert due(92, done) == ""
    assert "Re-evaluation" in due(110, done) and "Plan of care" not in due(110, done)


def test_no_report_answers_what_is_still_wished():
    asked = changes(14 + 28, therapy(progress(41, values={"nrs": "2"}), **SEEN), base=(*BASE, "palliative"))
    assert "Goals of care" in asked["FU6-due"].signed


# ------------------------------------------------------------------ reports (FU7, FU2, FU3, FU12)


def test_a_report_stands_beside_what_was_signed():
    found = changes(10, therapy(progress(9, values={"tug": "11.8", "sessions": "3", "pain-worst": "2"})))["FU7-report"]
    assert (found.signed, found.now) == (
        "Timed Up and Go, 3 m 15",
        "2026-03-10: Timed Up and Go, 3 m 15 → 11.8 s, 3 sessions done. Told by link, not taken over yet.",
    )
    assert found.consequence.startswith("By these results a goal is met.") and "enter the results" in found.consequence
    taken = changes(10, therapy(progress(9, taken=True, values={"tug": "12.1"})))["FU7-report"]
    assert "goal" not in taken.consequence and "taken over into the referral" in taken.now


def test_a_first_result_and_a_test_of_another_time_are_told_without_a_comparison():
    found = changes(10, therapy(progress(9, values={"cst30": "9", "gone-since": "4"})))["FU7-report"]
    assert found.signed == "None on record" and "30-second chair stand" in found.now and "→" not in found.now


def test_results_told_by_link_settle_nothing_by_themselves():
    found = changes(10, therapy(progress(9, values={"tug": "8"})))
    assert "FU8" not in found and "FU9" not in found


def test_a_newer_score_of_the_chart_leads_over_what_was_told():
    told_before = therapy(progress(3, values={"pain-24h": "6"}))
    assert "FU3-told" in changes(10, told_before)
    assert "FU3-told" not in changes(10, told_before, "pain 3 of 10 on 2026-03-05")
    assert "FU3-told" not in changes(10, therapy(progress(3, values={"sessions": "6"})))


def test_symptoms_stop_everything_and_loosened_precautions_do_not_come_again():
    loosened = Decision("R6", Choice.CHANGE, "Prone is fine.", "Seen by me")
    first = revise(proposed(SIGNED, *BASE), (loosened,), K)
    now = proposed(day(10), *BASE)
    assert [d.item for d in decisions_again(first, now, K).decisions] == ["R6"]
    alarmed = therapy(progress(9, symptoms="tingling in the left leg"))
    assert decisions_again(first, now, K, alarmed).decisions == ()
    assert follow_up(first, now, K, alarmed)[0].name is ChangeName.SYMPTOMS_TOLD


# ------------------------------------------------------------------ sessions done (FU10)


def test_sessions_are_counted_over_four_weeks_or_more():
    first = told(ReportKind.FIRST_VISIT, 5)
    assert "FU10" not in changes(40, therapy(first, progress(32, values={"sessions": "1"}))), "27 days"
    assert "FU10" not in changes(40, therapy(first, progress(33, text="well")))
    since = therapy(first, progress(10, values={"sessions": "1"}), progress(38, values={"sessions": "5"}))
    found = changes(40, since)["FU10"]
    assert found.text == "4 of 8 sessions in 4 weeks. What gets in the way?", "since the earlier report"
    closed = replace(since, referral=at(Stage.COMPLETED))
    assert "FU10" not in changes(40, closed)
    wrong = therapy(first, progress(8, values={"sessions": "9"}), progress(38, values={"sessions": "5"}))
    assert changes(40, wrong)["FU10"].text.startswith("5 of 9"), "a count that fell is no start"


SEEN_ON_5 = session(5, setting="supervised")


def test_sessions_of_a_log_are_counted_by_day_and_visits_alone_are_no_log():
    logged = [session(n, logged=True) for n in (7, 14, 14, 21, 28)]
    found = changes(34, recorded(SEEN_ON_5, *logged))["FU10"]
    assert (found.signed, found.now) == ("8 sessions in 4 weeks", "4 done, by the log in the chart")
    assert "FU10" not in changes(34, recorded(SEEN_ON_5, *logged, session(30, logged=True))), "5 of 8"
    assert "FU10" not in changes(34, recorded(SEEN_ON_5, session(14), session(21))), "no log is kept"
    assert "FU10" not in changes(34, recorded(session(7, setting="supervised"), *logged[1:])), "27 days"
    missed = [session(n, logged=True, missed="ill") for n in (29, 30, 31)]
    assert changes(34, recorded(SEEN_ON_5, *logged, *missed))["FU10"].now.startswith("4 done")
    told_more = recorded(SEEN_ON_5, *logged, reports=(progress(33, values={"sessions": "9"}),))
    assert "FU10" not in changes(34, told_more), "the therapist's own count leads"


# ------------------------------------------------------------------ what the chart has under the order (FU7, PG3, PG7)


def test_sessions_on_record_stand_as_they_were_recorded_the_newest_first():
    first = session(3, minutes=Decimal(15), pain_worst=Decimal(4), pain_later=Decimal(3), outcome="yellow")
    found = changes(10, recorded(first, session(5, setting="home"), session(6)))["FU7-sessions"]
    assert found.now == (
        "3 sessions on record. The newest: 2026-03-07; 2026-03-06: at home; "
        "2026-03-04: 15 min, pain 4 at worst, 3 24 hours later, yellow."
    )
    assert found.sources == ("QuestionnaireResponse/3", "QuestionnaireResponse/5", "QuestionnaireResponse/6")
    assert "FU7-sessions" not in changes(10, recorded(session(-1))), "before it was signed"


def test_what_was_recorded_at_a_session_asks_for_a_call_as_what_was_told_does():
    found = changes(10, recorded(session(9, symptoms="left leg weak", fall=True, pain_later=Decimal(5))))
    assert found["FU2-told"].now == "2026-03-10, recorded in the chart: left leg weak"
    assert found["FU12-told"].text == "A fall on 2026-03-10 or before, recorded in the chart."
    assert found["FU3-told"].now == "5 24 hours after a session (2026-03-10, recorded in the chart)"
    assert {found[name].sources for name in ("FU2-told", "FU12-told", "FU3-told")} == {("QuestionnaireResponse/9",)}


def test_a_session_on_record_shows_that_the_patient_came():
    assert "FU16" not in changes(22, recorded(session(4, setting="supervised")))
    assert "FU16" in changes(22, recorded(session(4, setting="home"))), "at home, by themselves"
    assert "FU16" in changes(22, recorded(session(4, setting="supervised", missed="did not come")))
    assert "Tolerance check" in due(44, replace(therapy(**SEEN), sessions=(session(20),)))
    assert "Tolerance check" not in due(44, replace(therapy(**SEEN), sessions=(session(20, outcome="green"),)))


def test_a_report_in_the_chart_is_one_as_by_link_and_told_once():
    told = progress(9, values={"tug": "11.8"})
    charted = replace(told, source=Source("QuestionnaireResponse/r"))
    found = changes(10, therapy(charted))["FU7-report"]
    assert found.now.endswith("Recorded in the chart.") and found.sources == ("QuestionnaireResponse/r",)
    both = Therapy(reports=(charted, replace(charted, sent=day(8), report=replace(told.report, on=day(8)))))
    assert [each.source for each in both.with_told(None, [told]).reports] == [charted.source, None]
    before = replace(charted, sent=day(-3), report=replace(told.report, on=day(-3)))
    assert "FU7-report" not in changes(10, therapy(before))


def test_a_note_stands_in_its_own_words_or_says_that_it_was_not_read():
    read = Document("PT evaluation", day(4), "Seen on 2026-03-05.", NOTE)
    assert changes(10, Therapy(documents=(read,)))["FU7-note"].now == (
        "“PT evaluation”, 2026-03-05: “Seen on 2026-03-05.”"
    )
    unread = changes(10, Therapy(documents=(replace(read, on=None, text=""),)))["FU7-note"]
    assert unread.now == "“PT evaluation”, day not recorded: Its file was not read with the chart."


def test_a_document_of_what_was_told_by_link_is_told_once():
    kept = Document("Progress", day(9), "TUG 11.8 s", NOTE, told=True)
    own = replace(kept, told=False)
    known = Therapy(documents=(kept, own))
    assert known.with_told(None, [progress(9, values={"tug": "11.8"})]).documents == (own,)
    assert known.with_told(None, []).documents == (kept, own), "nobody else tells it any more"


def test_a_red_session_says_what_pain_was_signed():
    known = recorded(session(9, outcome="red"))
    assert changes(10, known)["FU3-red"].signed == "Pain: 3"
    assert changes(10, known, base=(EARLY,))["FU3-red"].signed == "Pain: None on record"


# ------------------------------------------------------------------ the therapist recommends a phase (PG8, FU4)

HELD = ("L3 fracture on 2025-11-05, routine healing", PAIN)
SURE = ("L3 fracture on 2025-09-05, routine healing", PAIN)  # six months on 2026-03-05


def test_a_recommendation_stands_beside_the_question_and_moves_nothing():
    asked = changes(5, NOTHING_KNOWN, base=SURE)["FU4"]
    assert "recommends" not in asked.now
    found = changes(5, therapy(progress(4, recommends="advanced")), base=SURE)["FU4"]
    assert found.now.endswith("The therapist recommends the advanced phase (2026-03-05).")
    logged = replace(therapy(progress(4, recommends="advanced")), sessions=(session(3, pain_worst=Decimal(2)),))
    beside = changes(5, logged, base=SURE)["FU4"].now
    assert beside.endswith("phase (2026-03-05). Sessions on record: 2026-03-04: pain 2 at worst.")
    assert found.consequence == asked.consequence and "Nothing moves by itself" in found.consequence


def test_a_recommendation_asks_anew_where_the_date_had_passed_before_the_signature():
    late = ("L3 fracture on 2025-08-05, routine healing", PAIN)
    assert "FU4" not in changes(5, NOTHING_KNOWN, base=late)
    assert "FU4" in changes(5, therapy(progress(4, recommends="advanced")), base=late)


def test_before_its_date_a_recommendation_asks_nothing():
    assert "FU4" not in changes(5, therapy(progress(4, recommends="advanced")), base=HELD)
    assert "FU4" not in changes(1, therapy(progress(1, recommends="intermediate")), base=(EARLY, PAIN))
