"""A signed plan on newer data: one of four words, with its day and what makes it so."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from smartapp.core.changes import Change, ChangeKind, ChangeName
from smartapp.core.derive import derive
from smartapp.core.follow_up import follow_up
from smartapp.core.follow_up.plan_state import TIGHTER, WIDER, PlanOwner, PlanState, PlanWord, plan_state, word_of
from smartapp.core.kinds import AttestationName
from smartapp.core.plan import plan
from smartapp.core.proposal import Proposal
from smartapp.core.review.answers import with_answers_of
from smartapp.knowledge import load
from tests.core.charts import chart

K = load()
SIGNED = date(2026, 3, 1)
BASE = (
    *("woman of 68", "osteopenia", "L1 fracture on 2026-01-10, routine healing, recorded 2026-02-20"),
    *("total hip T-score -1.6 on 2025-12-10", "25-OH vitamin D 34 ng/mL on 2026-01-10", "pain 2 of 10 on 2026-02-26"),
)


def proposed(day: date, *facts: str) -> Proposal:
    return plan(derive(chart((*BASE, *facts), day), day, K), K)


def state(days: int, *facts: str, signed: Proposal | None = None) -> PlanState:
    return plan_state(signed or proposed(SIGNED), proposed(SIGNED + timedelta(days=days), *facts), K)


def test_the_same_chart_the_next_day_is_unchanged_and_says_what_comes_next():
    found = state(1)
    assert (found.word, found.owner) == (PlanWord.UNCHANGED, None)
    assert found.day == min(review.day for review in proposed(SIGNED).reviews if review.day > SIGNED)
    assert found.text == f"Unchanged; next on {found.day}."


@pytest.mark.parametrize(
    ("fact", "title"),
    [
        ("L3 fracture on 2026-03-05, initial encounter", "fracture"), ("pain 8 of 10 on 2026-03-09", "pain"),
        ("cauda equina since 2026-03-08", "red flag"), ("fusion at lumbar on 2026-03-06", "operation"),
    ],
)  # fmt: skip
def test_less_than_was_signed_is_tightened_and_the_therapist_must_acknowledge(fact, title):
    found = state(10, fact)
    assert (found.word, found.owner, found.day) == (
        PlanWord.TIGHTENED,
        PlanOwner.THERAPIST,
        SIGNED + timedelta(days=10),
    )
    assert title in found.text and found.text.endswith("; the therapist must acknowledge.")


def test_dates_that_passed_are_a_review_since_the_first_of_them():
    first = min(review.day for review in proposed(SIGNED).reviews if review.day > SIGNED)
    found = state((first - SIGNED).days + 3)
    assert (found.word, found.owner) == (PlanWord.REVIEW_DUE, PlanOwner.CLINICIAN)
    assert found.day == first and found.text.startswith(f"Review due since {first}: ")


def test_a_review_that_no_date_of_the_plan_asks_for_is_due_today():
    found = state(45, signed=replace(proposed(SIGNED), reviews=()))
    assert (found.word, found.day) == (PlanWord.REVIEW_DUE, SIGNED + timedelta(days=45))
    assert "first visit" in found.text


def without_dates(proposal: Proposal) -> Proposal:
    return replace(proposal, reviews=(), priority=None)


def test_a_phase_the_calendar_has_reached_since_is_a_way_on_from_its_day():
    signed = without_dates(proposed(SIGNED))
    now = proposed(
        date(2026, 4, 15),
        "attested healed on 2026-04-09",
        "attested stable on 2026-04-09",
        "pain 1 of 10 on 2026-04-09",
    )
    found = plan_state(signed, now, K)
    assert now.assessment.effective_phase != signed.assessment.effective_phase
    assert (found.word, found.day) == (PlanWord.MAY_PROGRESS, date(2026, 4, 10))
    assert found.text == "May progress from 2026-04-10."


def test_what_opens_without_another_phase_may_go_on_today():
    hip = "hip replacement on 2025-12-20"
    signed = without_dates(proposed(SIGNED, hip))
    now = proposed(SIGNED + timedelta(days=3), hip, "attested hip precautions lifted on 2026-03-03")
    found = plan_state(signed, now, K)
    assert (found.word, found.day) == (PlanWord.MAY_PROGRESS, SIGNED + timedelta(days=3))


def test_every_change_has_a_word_and_what_tightens_never_widens():
    assert not TIGHTER & WIDER
    signed = proposed(SIGNED)
    row = follow_up(signed, proposed(SIGNED + timedelta(days=1)), K)[0]
    for name in ChangeName:
        kind = K.follow_up.rows[name].marked
        word = word_of(replace(row, name=name, kind=kind))
        assert (word is PlanWord.TIGHTENED) == (name in TIGHTER)
        assert kind is not ChangeKind.STOP or word is PlanWord.TIGHTENED, name
        assert kind is not ChangeKind.REVIEW or word in (PlanWord.TIGHTENED, PlanWord.REVIEW_DUE), name


def test_the_most_careful_word_holds():
    found = state(60, "pain 8 of 10 on 2026-04-28")
    assert found.word is PlanWord.TIGHTENED and all(isinstance(each, Change) for each in found.because)


# -- what was said of an earlier chart


def test_statements_and_answers_hold_on_in_a_newer_chart():
    report = "spine report of 2026-02-20 offers vertebral fracture at L3"
    earlier = chart((*BASE, f"{report}, accepted", "attested stable on 2026-02-20"), SIGNED)
    used = replace(earlier.measurements[0], confirmed_by="Dr. A, 2026-02-20")
    earlier = replace(earlier, measurements=(used, *earlier.measurements[1:]))
    newer = chart((*BASE, report), SIGNED)
    found = with_answers_of(newer, earlier)
    assert [each.name for each in found.attestations] == [AttestationName.STABLE]
    assert [f.accepted for r in found.reports for f in r.findings] == [True]
    assert used in found.measurements and with_answers_of(found, earlier) == found
    assert with_answers_of(newer, newer) == newer
