"""The drawings of one patient: what a limit changes, hides or takes away, and what stands beside what is forbidden."""

from dataclasses import replace
from datetime import date
from math import acos, degrees, hypot

import pytest

from smartapp.core.derive import derive
from smartapp.core.plan import plan
from smartapp.core.proposal import Choice, Decision
from smartapp.core.states import State
from smartapp.document.drawings import Show, Style, drawing
from smartapp.document.fitted import PatientDrawings
from smartapp.knowledge import load
from smartapp.knowledge.poses import poses
from tests.cases import assessed, cases
from tests.core.charts import chart

K = load()
TODAY = date(2026, 3, 1)
FRACTURE = ("man of 70", "osteopenia", "L2 fracture on 2025-10-12, routine healing", "attested stable on 2026-02-20")
NECK = "neck operation on 2026-02-06, in words fusion C4-C6"
STERNUM = "sternotomy on 2026-02-06"


def proposed(*facts):
    return plan(derive(chart((*FRACTURE, *facts), TODAY), TODAY, K), K)


def drawings(*facts, style=Style.PAGE):
    return PatientDrawings(proposed(*facts), K, style)


def of(found, id_):
    activity = found.proposal.activity(id_)
    assert activity is not None, id_
    return activity


def with_restriction(found, id_, state):
    now = found.proposal.assessment
    changed = tuple(replace(r, state=state) if r.id == id_ else r for r in now.restrictions)
    proposal = replace(found.proposal, assessment=replace(now, restrictions=changed))
    return PatientDrawings(proposal, K)


def test_an_exercise_is_drawn_with_its_title_and_patient_text():
    found = drawings()
    activity = of(found, "E02")
    drawn = found.exercise(activity)
    assert drawn is not None
    assert drawn.alt == f"{activity.title}. {activity.patient_text}"
    assert drawn.svg == drawing("E02", drawn.alt)
    assert found.exercise(activity, "Press", Show.BOTH).svg == drawing("E02", "Press", show=Show.BOTH)


def test_what_is_no_exercise_waits_or_is_forbidden_is_not_drawn_as_one():
    found = drawings()
    activity = of(found, "E02")
    assert found.exercise(of(found, "R1")) is None
    assert found.exercise(replace(activity, status_reason="Waits for a gate.")) is None
    assert found.exercise(replace(activity, do_not_perform=True)) is None


def test_a_neck_operation_takes_the_press_of_the_head_out_of_the_drawing():
    whole, changed = (found.exercise(of(found, "E02")) for found in (drawings(), drawings(NECK)))
    assert changed.svg == drawing("E02", changed.alt, without=frozenset({"arrow.1"}))
    assert whole.svg != changed.svg
    paper = drawings(NECK, style=Style.PAPER)
    assert paper.exercise(of(paper, "E02")).svg.count('stroke-width="2.2"') == 3  # the head and two arrows


def test_a_variant_of_the_exercise_changes_its_drawing_as_a_limit_does():
    found = drawings()
    activity = replace(of(found, "E02"), variant=("no-head-press",))
    assert found.exercise(activity).svg == drawing("E02", found.exercise(activity).alt, without=frozenset({"arrow.1"}))


def test_a_drawing_that_shows_what_a_limit_rules_out_is_hidden():
    found = drawings()
    assert found.exercise(of(found, "E02")) is not None
    chair_stand = replace(of(found, "E02"), id="E09", title="Chair stand")
    assert found.exercise(chair_stand) is not None
    assert found.exercise(replace(chair_stand, variant=("no-arms",))) is None


def test_no_drawing_beyond_a_right_angle_of_the_hip_under_its_precautions():
    hidden = {id_ for change in K.drawings.changes if {"WP9", "WP11"} <= {*change.when} for id_ in change.exercises}
    rules = [rule for rule in K.constraints.rules if rule.name in ("WP9", "WP11")]
    assert len(rules) == 2
    for rule in rules:
        left = {id_ for id_, row in K.library.exercises.items() if row.selectable} - {*rule.removes}
        assert {id_ for id_ in left if max(hip(id_, "A"), hip(id_, "B")) > 95} <= hidden


def hip(exercise, pose):
    """Degrees of bend at the hip; 0: straight."""
    body = poses()[exercise, pose].body
    (ax, ay), (bx, by) = ((body[end][0] - body["hip"][0], body[end][1] - body["hip"][1]) for end in ("neck", "knee"))
    return 180 - degrees(acos(max(-1, min(1, (ax * bx + ay * by) / hypot(ax, ay) / hypot(bx, by)))))


def test_a_restriction_is_crossed_out_while_it_forbids_and_not_once_it_is_eased():
    found = drawings()
    assert found.crossed("R1").id == "X01"
    assert 'class="x"' in found.crossed("R1").svg
    assert found.crossed("R1", "AVOID bending").alt == "AVOID bending"
    assert early().crossed("R6").id == "X13"
    for id_, state in (("R6", State.ALLOWED), ("R6", State.CONDITIONAL), ("R7", State.ELIGIBLE),
                       ("R4", State.CLINICIAN_DECISION), ("R9", State.TECHNIQUE_ONLY)):  # fmt: skip
        assert with_restriction(early(), id_, state).crossed(id_) is None
    assert found.crossed("R10") is None
    assert found.instead("R10") is None


def test_what_the_clinician_reworded_or_dropped_is_not_crossed_out():
    found = drawings()
    lines = found.proposal.activities
    reworded = tuple(replace(a, original="x") if a.id == "R1" else a for a in lines)
    dropped = tuple(a for a in lines if a.id != "R1")
    for activities in (reworded, dropped):
        assert PatientDrawings(replace(found.proposal, activities=activities), K).crossed("R1") is None


@pytest.mark.parametrize(
    ("id_", "instead"),
    [("X01", "E06"), ("X02", "E03"), ("X04", "T01"), ("X08", "E27"), ("X11", "T02"), ("R1", "E06"), ("R2", "T01")],
)
def test_beside_a_forbidden_movement_stands_what_to_do_instead(id_, instead):
    found = drawings()
    drawn = found.instead(id_)
    assert (drawn.id, drawn.alt[:9]) == (instead, "Instead: ")
    assert drawn.svg == drawing(instead, drawn.alt)
    assert found.instead(id_, "En su lugar").alt == "En su lugar"


def early():
    return PatientDrawings(
        plan(derive(chart(("man of 70", "osteopenia", "L2 fracture on 2026-01-20"), TODAY), TODAY, K), K), K
    )


def test_instead_of_a_jump_who_is_early_walks_shortly():
    assert early().instead("X08").id == "E11"


def test_what_a_limit_takes_out_is_never_drawn_as_what_to_do_instead():
    found = drawings(NECK)
    assert "E19" in found.proposal.assessment.removed
    assert found.instead("X10").id == "E13"
    assert "E32" in found.proposal.assessment.removed
    assert found.instead("X11") is None  # no lifting from a table with a fresh neck operation
    assert found.instead("X01").id == "E06"


def test_what_the_clinician_dropped_is_not_drawn_as_what_to_do_instead():
    found = drawings()
    kept = tuple(a for a in found.proposal.activities if a.id != "E06")
    decided = (*found.proposal.decisions, Decision("E06", Choice.DROP))
    assert PatientDrawings(replace(found.proposal, activities=kept, decisions=decided), K).instead("X01") is None
    waiting = tuple(replace(a, status_reason="Waits.") if a.id == "E06" else a for a in found.proposal.activities)
    assert PatientDrawings(replace(found.proposal, activities=waiting), K).instead("X01") is None


def test_a_drawing_hidden_by_a_limit_is_not_drawn_instead_either():
    found = drawings()
    changes = tuple(
        replace(change, exercises=("E06",), when=("WP50",)) for change in K.drawings.changes if change.hidden
    )
    limit = replace(proposed(NECK).assessment.constraints[0], id="WP50", rows=("WP50",), removes=())
    now = replace(found.proposal.assessment, constraints=(limit,))
    knowledge = replace(K, drawings=replace(K.drawings, changes=changes))
    assert PatientDrawings(replace(found.proposal, assessment=now), knowledge).instead("X01") is None


def test_in_every_public_case_nothing_drawn_to_do_is_removed_waits_or_lacks_words():
    tried = 0
    for case in cases():
        now = assessed(case)
        if not now.disposition.prescribes:
            continue
        proposal = plan(now, K)
        found = PatientDrawings(proposal, K)
        for activity in proposal.activities:
            for drawn in (found.exercise(activity), found.instead(activity.id)):
                if drawn is not None:
                    tried += 1
                    assert drawn.id not in now.removed, case.id
                    other = proposal.activity(drawn.id)
                    assert other is None or not other.status_reason, case.id
                    assert drawn.alt
    assert tried > 5000


def test_where_nothing_is_prescribed_nothing_is_drawn_to_do():
    found = next(now for case in cases() if not (now := assessed(case)).disposition.prescribes and now.restrictions)
    assert PatientDrawings(plan(found, K), K).instead("R1") is None
