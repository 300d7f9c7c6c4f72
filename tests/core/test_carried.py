"""What the signer changed of a signed plan holds again at the next launch, unless the fact it rested on has changed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from smartapp.core.changes import Change, ChangeName
from smartapp.core.derive import derive
from smartapp.core.follow_up import decisions_again, follow_up
from smartapp.core.follow_up.decisions import Carried
from smartapp.core.plan import plan
from smartapp.core.proposal import ActivityKind, Choice, Decision, Proposal
from smartapp.core.review import check_decision, revise
from smartapp.core.states import Severity
from smartapp.errors import ReviewError
from tests.cases import assessed
from tests.core.test_follow_up import BASE, PRESCRIBED, SIGNED, K, charted, proposed, reworded

NEXT = SIGNED + timedelta(days=5)
LOW_D = "25-OH vitamin D 18 ng/mL on 2026-03-03"


def drop(item: str, reason: str = "") -> Decision:
    return Decision(item, Choice.DROP, reason=reason)


def change(item: str, value: str, reason: str = "") -> Decision:
    return Decision(item, Choice.CHANGE, value, reason)


def signed_with(*decisions: Decision, base: tuple[str, ...] = BASE) -> Proposal:
    made = revise(proposed(SIGNED, *base), decisions, K)
    assert made.decisions == decisions, made.warnings
    return made


def again(*decisions: Decision, new: tuple[str, ...] = (), day: date = NEXT) -> Carried:
    return decisions_again(signed_with(*decisions), proposed(day, *BASE, *new), K)


def rows(*decisions: Decision, new: tuple[str, ...] = (), day: date = NEXT) -> list[Change]:
    told = follow_up(signed_with(*decisions), proposed(day, *BASE, *new), K)
    return [row for row in told if row.name is ChangeName.DECISION]


def held(found: Carried) -> list[str]:
    return [decision.item for decision in found.decisions]


# ------------------------------------------------------------------ holds again, or not

FEWER = change("E03.dose", "1 set of 6", "Tires easily")
# What the chart says later: that of the edit which leaves it in, and that which takes it out.
TRIED = {
    "a removed exercise": (drop("E05"), ("pain 3 of 10 on 2026-03-04",), ("pain 5 of 10 on 2026-03-04",)),
    "a changed dose": (FEWER, (LOW_D,), ("pain 5 of 10 on 2026-03-04",)),
    "minutes": (change("dose.minutes", "50", "Tires"), (LOW_D,), ("Clinical Frailty Scale 5 on 2026-03-04",)),
    "visits": (change("dose.visits", "20"), (LOW_D,), ("Clinical Frailty Scale 5 on 2026-03-04",)),
    "days": (change("dose.days", "tue fri"), (LOW_D,), ("pain 7 of 10 on 2026-03-04",)),
    "urgency": (change("dose.priority", "urgent"), (LOW_D,), ("falls on 2026-03-04",)),
    "a goal": (change("GS4", "Up and go under 13 seconds"), (LOW_D,), ("timed up and go 18 on 2026-03-04",)),
    "a blood test": (drop("F-25OHD"), ("pain 4 of 10 on 2026-03-04",), (LOW_D,)),
}


@pytest.mark.parametrize("name", TRIED)
def test_an_edit_holds_again_until_its_fact_changes(name):
    decision, same, other = TRIED[name]
    found = again(decision, new=same)
    assert found.decisions == (replace(decision, signed_on=SIGNED),) and not found.lapsed
    assert rows(decision, new=same) == []
    assert held(again(decision, new=other)) == []
    (row,) = rows(decision, new=other)
    assert "Decide anew." in row.consequence and row.severity is Severity.REVIEW and "{" not in row.text


@pytest.mark.parametrize("days", [0, 1])
def test_on_the_same_chart_every_edit_that_can_be_taken_holds_again(days):
    for case in PRESCRIBED[::9]:
        found = assessed(case)
        machine = plan(found, K)
        later = plan(derive(found.chart, found.as_of + timedelta(days=days), K), K)
        if days and later.content_hash != machine.content_hash:
            continue  # the day itself has changed something
        for activity in machine.activities[::7]:
            decision = drop(activity.id, "A reason")
            try:
                check_decision(machine, decision, K)
            except ReviewError:
                continue
            carried = decisions_again(revise(machine, (decision,), K), later, K)
            if not any(row.severity is not Severity.INFO for row in follow_up(machine, later, K)):
                assert held(carried) == [activity.id], (case.id, carried.lapsed)


def test_what_loosens_a_precaution_holds_only_while_nothing_to_review_is_new():
    decision = drop("R5", "Has done yoga for years")
    assert held(again(decision, new=(LOW_D,))) == ["R5"]
    found = again(decision, new=("falls on 2026-03-04",))
    assert [why for _, why in found.lapsed] == ["It loosens a precaution, and something to review is new."]
    assert held(again(drop("E10"), new=("falls on 2026-03-04",))) == ["E10"], "less to do loosens nothing"


def test_a_day_to_start_that_has_passed_is_decided_anew():
    found = again(change("dose.start", "2026-03-02"))
    assert "The plan can start from" in found.lapsed[0][1]
    (row,) = rows(change("dose.start", "2026-03-02"))
    assert (row.title, row.signed, row.now) == (
        "Program: start",
        "“2026-03-02”.",
        "Suggested: As suggested in the plan below",
    )
    assert held(again(change("dose.start", "2026-03-08"))) == ["dose.start"]


def test_a_chosen_exercise_and_its_dose_hold_again_and_go_together():
    machine = proposed(SIGNED, *BASE)
    option = next((a.id, a.options[0]) for a in machine.activities if a.options and a.id == "E14")
    edits = (change(option[0], option[1]), change(f"{option[1]}.dose", "1 set of 5"))
    assert held(again(*edits)) == [option[0], f"{option[1]}.dose"]
    gone = again(*edits, new=("pain 7 of 10 on 2026-03-04",))
    assert held(gone) == [] and gone.lapsed[-1][1] == "The plan below has no such line."


def test_a_removed_line_that_is_suggested_no_more_needs_no_decision():
    found = again(drop("E06"), new=("pain 5 of 10 on 2026-03-04",))
    assert found == Carried() and rows(drop("E06"), new=("pain 5 of 10 on 2026-03-04",)) == []


@pytest.mark.parametrize(
    ("decision", "signed"),
    [(drop("E05", "Tires easily"), "Removed. Tires easily"), (FEWER, "“1 set of 6”. Tires easily")],
)
def test_a_row_says_what_was_decided_and_why(decision, signed):
    (row,) = rows(decision, new=("pain 5 of 10 on 2026-03-04",))
    assert row.signed == signed
    assert row.now.startswith("Suggested: ") and ("5 each side" in row.now or "2 sets of 8" in row.now), "today's dose"


def test_a_goal_that_is_set_no_more_is_named_by_its_words():
    goal = change("GS4", "Up and go under 13 seconds")
    (row,) = rows(goal, new=("timed up and go 11 on 2026-03-04",))
    assert row.title == "Up and go under 13 seconds" and row.now.endswith("As suggested in the plan below")


def test_a_goal_suggested_otherwise_says_how():
    (row,) = rows(change("GS4", "Up and go under 13 seconds"), new=("timed up and go 18 on 2026-03-04",))
    assert row.now.startswith("Suggested: ") and "14.6" in row.now


def test_other_words_of_the_knowledge_are_no_fact():
    new = reworded()
    now = plan(derive(charted(NEXT, *BASE), NEXT, new), new)
    assert held(decisions_again(signed_with(drop("E10")), now, new)) == ["E10"]


def test_an_edit_that_may_not_be_taken_today_says_why():
    exercises = [a for a in proposed(SIGNED, *BASE).activities if a.kind is ActivityKind.EXERCISE]
    text = change(f"{exercises[0].id}.dose", "2 sets")
    bare = replace(signed_with(text), decisions=(replace(text, value=""),))
    (lapsed,) = decisions_again(bare, proposed(NEXT, *BASE), K).lapsed
    assert lapsed[1] == "The text is empty. Write what should stand there, or drop the line."


def test_without_a_plan_today_or_an_edit_then_there_is_nothing_to_apply():
    assert again() == Carried()
    assert again(drop("E10"), new=("urinary retention on 2026-03-04",)) == Carried()


def test_the_day_it_was_signed_first_stays():
    first = replace(drop("E10"), signed_on=date(2025, 12, 1))
    assert again(first).decisions == (first,)


# ------------------------------------------------------------------ beside the edits of today

OLD = (replace(drop("E10"), signed_on=SIGNED), replace(FEWER, signed_on=SIGNED))


@pytest.mark.parametrize(
    ("own", "known", "expected"),
    [
        ((), False, OLD),  # the first look
        (OLD, True, OLD),
        ((), True, ()),  # both undone
        (OLD[:1], True, OLD[:1]),  # one undone
        ((drop("E10"),), False, OLD),  # the signer's own draft of what was signed
        ((OLD[1], drop("E10")), True, (OLD[1], drop("E10"))),  # decided anew after it was undone
        ((drop("E03"),), False, (OLD[0], drop("E03"))),  # an edit of today goes before one of then on the same line
        ((change("E03.dose", "2 sets"),), False, (OLD[0], change("E03.dose", "2 sets"))),
    ],
)
def test_beside_todays_edits(own, known, expected):
    joined = Carried(OLD).joined(own, known)
    assert set(joined) == set(expected) and len(joined) == len(expected)


def test_what_lapsed_is_taken_out_of_a_draft_once_and_may_be_decided_anew():
    lapsed = Carried((), ((OLD[0], "why"),))
    assert lapsed.joined((drop("E10"),), known=False) == ()
    assert lapsed.joined(OLD[:1], known=True) == ()
    assert lapsed.joined((drop("E10"),), known=True) == (drop("E10"),)
