"""The line on pain: positions, pacing, moves, medicine and brace, in at most six sentences (rule book 2b, PM1-PM12)."""

import re
from dataclasses import replace
from datetime import date

import pytest

from smartapp.core.derive import derive
from smartapp.core.plan import plan
from smartapp.core.plan.guards import GuardFailed, check_guards
from smartapp.core.proposal import Choice, Decision, Proposal
from smartapp.core.review import revise
from smartapp.core.review.edits import apply_decision
from smartapp.errors import ReviewError
from smartapp.knowledge import load
from tests.core.charts import chart

K = load()
TODAY = date(2026, 3, 1)
NEW = ("man of 70", "osteopenia", "L1 fracture on 2026-02-10, routine healing")
MIDDLE = ("man of 70", "osteopenia", "L2 fracture on 2025-10-12, routine healing")


def planned(*facts: str) -> Proposal:
    return plan(derive(chart(facts, TODAY), TODAY, K), K)


def line(*facts: str) -> str:
    found = planned(*facts).activity("PAIN")
    return found.description if found else ""


@pytest.mark.parametrize(
    ("facts", "there"),
    [
        (NEW, True),
        (MIDDLE, False),
        ((*MIDDLE, "pain 3 of 10 on 2026-02-27"), False),
        ((*MIDDLE, "pain 4 of 10 on 2026-02-27"), True),
    ],
)
def test_it_stands_in_the_initial_phase_and_while_pain_holds(facts, there):
    assert bool(line(*facts)) is there


@pytest.mark.parametrize(
    ("facts", "said", "unsaid"),
    [
        (NEW, "on the back with knees bent", "head and chest raised"),
        ((*NEW, "eye operation on 2026-02-24, in words retina with gas"), "head and chest raised", "on the back"),
        (NEW, "standing or walking a few minutes", "another position every 20 minutes"),
        ((*NEW, "wheelchair"), "another position every 20 minutes", "walking"),
        (NEW, "hip hinge", "could not be read"),
        ((*NEW, "wheelchair"), "At visit 1: log roll, and bracing", "hip hinge"),
        (NEW, "No pain medicine on record", "as prescribed"),
        ((*NEW, "takes nsaid"), "as prescribed, regular and ahead of activity", "bowels"),
        ((*NEW, "takes opioid"), "bowels, sleepiness and falls", "No pain medicine"),
        (NEW, "No brace ordered.", "wear it less"),
        ((*NEW, "brace at lumbar on 2026-02-12"), "wear it less, and who decides?", "No brace"),
        ((*NEW, "palliative"), "Positions that unload", "At visit 1"),
    ],
)
def test_each_sentence_is_of_this_patient(facts, said, unsaid):
    told = line(*facts)
    assert said in told and unsaid not in told


def test_medicines_that_could_not_be_read_are_asked_for():
    unread = replace(chart(NEW, TODAY), medicines_unread=True)
    found = plan(derive(unread, TODAY, K), K).activity("PAIN")
    assert found is not None and "could not be read: ask what is taken" in found.description


def test_at_most_six_sentences_and_no_dose_of_a_drug():
    for more in ((), ("wheelchair",), ("takes opioid",), ("palliative",)):
        told = line(*NEW, *more)
        assert len(re.findall(r"[.?](?= |$)", told)) <= 6
        assert not re.search(r"\b(?:mg|mcg|tablets?)\b", told)


def test_a_line_that_leaves_a_part_out_stops_the_plan():
    made = planned(*NEW)
    for gone, part in (("Positions that", "positions"), ("No bed rest", "pacing"), ("No pain", "medicine")):
        cut = tuple(replace(a, description=a.description.replace(gone, "")) for a in made.activities)
        with pytest.raises(GuardFailed, match=rf"does not name {part}. \(PM12\)"):
            check_guards(replace(made, activities=cut), K)
    without = tuple(a for a in made.activities if a.id != "PAIN")
    with pytest.raises(GuardFailed, match="The line on pain is missing"):
        check_guards(replace(made, activities=without), K)


def test_a_clinician_may_reword_it_and_not_drop_it():
    made = planned(*NEW)
    changed = revise(made, [Decision("PAIN", Choice.CHANGE, "Ice for ten minutes.")], K).activity("PAIN")
    assert changed is not None and changed.description == "Ice for ten minutes."
    with pytest.raises(ReviewError, match="cannot be dropped"):
        apply_decision(made, Decision("PAIN", Choice.DROP, reason="No pain."), K)
