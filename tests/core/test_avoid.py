"""What a plan forbids in at most six lines: the words, what an edit or a drop does, and what gives way."""

from dataclasses import replace
from datetime import date

import pytest

from smartapp.core.assessment import Constraint, Reason
from smartapp.core.chart import Source
from smartapp.core.plan import plan
from smartapp.core.plan.avoid import AvoidLine, avoid_lines, told_elsewhere
from smartapp.core.plan.guards import is_generic_prohibition
from smartapp.core.plan.lines import block_of, plan_lines, waiting
from smartapp.core.program import BlockCode
from smartapp.core.proposal import Choice, Decision, Proposal
from smartapp.core.review import revise
from smartapp.core.states import Disposition, Impact, Phase, Prone, UpperBack
from tests.core.assessments import ADVANCED, INITIAL, INTERMEDIATE, assessment, knowledge

K = knowledge()
WHY = "Seen today, stable"
OPEN = assessment(Phase.ADVANCED, Prone.ALLOWED, UpperBack.ELIGIBLE, Impact.CLINICIAN_DECISION)
NOT_YET = assessment(Phase.INTERMEDIATE, Prone.CONDITIONAL, UpperBack.ELIGIBLE)


def groups(proposal: Proposal) -> dict[str, AvoidLine]:
    return {line.id: line for line in avoid_lines(proposal, K)}


def revised(*decisions: Decision) -> Proposal:
    return revise(plan(INITIAL, K), decisions, K)


def limited() -> Proposal:
    """With a limit of the patient."""
    source = Source("ServiceRequest/1")
    limit = Constraint(
        "WP1", "No weight on a leg", "No weight on the left leg.", "", ("E09",), (), Reason("x", (), (source,)),
        until=date(2026, 5, 1), rows=("WP1",),
    )  # fmt: skip
    return plan(replace(INITIAL, constraints=(limit,)), K)


@pytest.mark.parametrize("made", [INITIAL, INTERMEDIATE, ADVANCED, OPEN, NOT_YET])
def test_every_restriction_and_movement_is_told_in_one_place(made) -> None:
    proposal = plan(made, K)
    told = [id_ for line in avoid_lines(proposal, K) for id_ in line.covers]
    told += [each.id for activities in told_elsewhere(proposal, K).values() for each in activities]
    known = {group_id for group in K.written.avoid for group_id in group.covers}
    assert sorted(told) == sorted(a.id for a in proposal.activities if a.id in known)
    assert len(told) == len(set(told))
    for line in avoid_lines(proposal, K):
        assert line.text.startswith("AVOID: ") and "Instead: " in line.text
        assert not is_generic_prohibition(line.text)


def test_what_is_forbidden_stands_before_what_to_do_instead() -> None:
    text = groups(plan(INITIAL, K))["DN1"].text
    forbidden, instead = text.split("Instead: ")[:2]
    for name in ("Forward bending", "Toe touches", "Sit-ups", "Crunches"):
        assert name in forbidden and name not in instead
    assert "rapid, repetitive, sustained, weighted or end-range" in forbidden
    assert instead.startswith("hinge at the hips with a long back")


def test_of_single_movements_each_has_its_quality_where_no_restriction_forbids() -> None:
    text = groups(plan(ADVANCED, K))["DN2"].text
    assert text.startswith("AVOID: Russian twists and bicycle crunches — rapid, repetitive twisting")
    assert "Instead: step the feet round" in text
    assert text.index("With care: Spinal rotation stays modified") > text.index("Instead:")


def test_the_group_of_prone_work_falls_away_once_nothing_of_it_is_forbidden() -> None:
    proposal = plan(NOT_YET, K)
    assert "DN4" not in groups(proposal)
    assert {each.id for each in told_elsewhere(proposal, K)["block-X"]} == {"R6", "R8"}
    (line,) = [line for line in plan_lines(proposal, K) if line.id == "block-X"]
    assert "Prone exercise only if the therapist finds the fracture stable" in line.description
    assert {"R6", "R8"} <= set(line.covers)


def test_without_a_block_of_back_exercises_it_is_told_in_the_program() -> None:
    proposal = plan(NOT_YET, K)
    leg = tuple(a for a in proposal.activities if block_of(a) is not BlockCode.EXTENSOR_CORE)
    lines = {line.id: line for line in plan_lines(replace(proposal, activities=leg), K)}
    assert "block-X" not in lines and "R6" in lines["program"].covers


def test_limits_of_the_patient_come_first_and_take_the_place_of_progress_alone() -> None:
    proposal = limited()
    ids = [line.id for line in avoid_lines(proposal, K)]
    assert ids == ["DN0", "DN1", "DN2", "DN3", "DN4", "DN5"]
    assert groups(proposal)["DN0"].until == date(2026, 5, 1)
    (line,) = [line for line in plan_lines(proposal, K) if line.id == "program"]
    assert "R10" in line.covers and "Progression of load" in line.description


def test_a_limit_without_an_end_leaves_the_window_open() -> None:
    proposal = limited()
    forever = replace(proposal.assessment.constraints[0], id="WP2", rows=("WP2-partial",), until=None)
    both = replace(proposal.assessment, constraints=(*proposal.assessment.constraints, forever))
    assert groups(replace(proposal, assessment=both))["DN0"].until is None


def test_a_window_ends_only_where_all_of_it_does() -> None:
    made = INITIAL
    dated = tuple(replace(r, until=date(2026, 8, 1)) if r.id in ("R9", "R10") else r for r in made.restrictions)
    lines = groups(plan(replace(made, restrictions=dated), K))
    assert lines["DN6"].until == date(2026, 8, 1), "nothing but R10"
    assert lines["DN5"].until is None, "heavy lifts have no end"
    assert "(at least until 2026-08-01)" in lines["DN5"].text


def test_an_edit_stands_in_its_group_and_a_drop_is_gone_from_it() -> None:
    edit = Decision("R2", Choice.CHANGE, "rapid turns with a weight. Instead: step round.", WHY)
    line = groups(revised(edit))["DN2"]
    assert "AVOID: rapid turns with a weight. Instead: step round." in line.text
    assert "Twisting (rotation) of the spine" not in line.text and "R2" in line.covers
    line = groups(revised(Decision("X07", Choice.DROP, "", WHY)))["DN1"]
    assert "X07" not in line.covers and "Abdominal-flexion machine" not in line.text


def test_a_group_of_edited_words_alone_forbids_in_them() -> None:
    edit = Decision("R10", Choice.CHANGE, "adding load alone. Instead: ask the therapist.", WHY)
    assert groups(revised(edit))["DN6"].text == "AVOID: adding load alone. Instead: ask the therapist."


def test_movements_alone_say_what_to_do_instead_themselves() -> None:
    proposal = plan(INITIAL, K)
    without = tuple(a for a in proposal.activities if a.id != "R9")
    bare = replace(proposal.assessment, restrictions=tuple(r for r in INITIAL.restrictions if r.id != "R9"))
    line = groups(replace(proposal, activities=without, assessment=bare))["DN5"]
    assert "Instead: take loads from waist height close to the body" in line.text


def test_a_restriction_that_names_no_parts_is_told_as_it_stands() -> None:
    whole = tuple(replace(r, instead="") if r.id == "R10" else r for r in INITIAL.restrictions)
    proposal = plan(replace(INITIAL, restrictions=whole), K)
    assert groups(proposal)["DN6"].text == proposal.activity("R10").description  # type: ignore[union-attr]


def test_without_a_plan_the_restrictions_are_the_same_groups_but_that_of_a_program() -> None:
    proposal = plan(replace(INITIAL, disposition=Disposition.REFER_NO_PRESCRIPTION), K)
    lines = plan_lines(proposal, K)
    assert [line.id for line in lines if line.do_not_perform] == ["DN1", "DN2", "DN3", "DN4", "DN5"]
    assert not any(line.id == "program" for line in lines) and waiting(proposal) == ()


def test_without_a_plan_what_only_changes_a_movement_has_a_line_of_its_own() -> None:
    proposal = plan(replace(NOT_YET, disposition=Disposition.REFER_NO_PRESCRIPTION), K)
    lines = {line.id: line for line in plan_lines(proposal, K)}
    assert lines["R6"].covers == ("R6",) and not lines["R6"].do_not_perform
