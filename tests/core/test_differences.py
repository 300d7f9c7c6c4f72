"""Two proposals are compared by concept; each kind of difference is told as what it is, and the same has none."""

import re
from dataclasses import replace
from datetime import date

import pytest

from smartapp.core.chart import Chart, Unreadable
from smartapp.core.concept_lines import DifferenceKind, lines_of
from smartapp.core.derive import derive
from smartapp.core.differences import Difference, plan_differences
from smartapp.core.knowledge import Knowledge
from smartapp.core.plan import plan
from smartapp.core.proposal import Proposal
from smartapp.knowledge import load, parse, texts
from tests.cases import cases, planned
from tests.core.charts import chart

K = load()
DAY = date(2026, 3, 1)
BASE = (
    *("woman of 68", "osteopenia", "L1 fracture on 2025-11-15, routine healing, recorded 2026-01-15"),
    *("total hip T-score -1.6 on 2025-12-10", "25-OH vitamin D 22 ng/mL on 2026-01-10", "pain 2 of 10 on 2026-02-26"),
)


def charted(*facts: str) -> Chart:
    return chart(facts or BASE, DAY)


def decided(knowledge: Knowledge = K, *facts: str) -> Proposal:
    return plan(derive(charted(*facts), DAY, knowledge), knowledge)


def changed(name: str, old: str, new: str) -> Knowledge:
    """The knowledge with one edit, as a clinician makes it."""
    files = texts()
    edited, times = re.subn(old, new, files[name], count=1, flags=re.DOTALL)
    assert times == 1
    return parse(files | {name: edited}, try_phrases=False)


def threshold(name: str, value: str) -> Knowledge:
    return changed("phases.toml", rf'(\["{re.escape(name)}"\]\nvalue = )\S+', rf"\g<1>{value}")


def found(knowledge: Knowledge, *facts: str) -> dict[tuple[str, str], Difference]:
    return {(d.kind.value, d.id): d for d in plan_differences(decided(K, *facts), decided(knowledge, *facts))}


def said(difference: Difference) -> tuple[str | None, str | None]:
    return difference.before, difference.after


@pytest.mark.parametrize("case", cases()[::40], ids=lambda case: case.id)
def test_the_same_knowledge_differs_in_nothing(case):
    assert plan_differences(planned(case), planned(case)) == ()
    again = replace(planned(case).assessment, knowledge_version="another")
    assert plan_differences(planned(case), replace(planned(case), assessment=again, fingerprint="x")) == ()


def test_a_threshold_of_the_calendar_moves_phase_exercises_doses_and_days():
    told = found(threshold("phase.intermediate-from", "5"))
    assert said(told["phase", "calendar"]) == ("intermediate", "initial")
    assert said(told["phase", "effective"]) == ("intermediate", "initial")
    assert {"exercise", "dose", "review", "sentence", "reasoning"} <= {kind for kind, _ in told}
    gone = [each for (kind, _), each in told.items() if kind == "exercise" and each.after is None]
    new = [each for (kind, _), each in told.items() if kind == "exercise" and each.before is None]
    assert gone and new and all(each.before.startswith(("block", "at home", "waits")) for each in gone)


def test_thresholds_of_vitamin_d_and_of_the_t_score_move_classes_and_alerts():
    told = found(threshold("vitamin-d.insufficient-below", "21"))
    assert said(told["finding", "vitamin-d"]) == ("insufficient, 22 ng/mL", "target, 22 ng/mL")
    told = found(threshold("bmd.osteoporosis-at-or-below", "-1.5"))
    assert told["finding", "bone-density"].after.startswith("osteoporosis, -1.6")
    assert any(kind == "alert" for kind, _ in told)


def test_who_is_newly_stopped_and_no_longer():
    told = found(threshold("red-flag.adult-from-age", "70"))
    disposition = told["disposition", "disposition"]
    assert said(disposition) == ("prescribe", "refer-no-prescription")
    assert told["phase", "effective"].after is None and ("alert", "age-under-18") in told
    assert all(each.after is None for (kind, _), each in told.items() if kind == "exercise")


def test_a_sentence_that_says_something_else_is_a_sentence_and_nothing_more():
    told = found(changed("exercises.toml", r'(id = "E18".*?\npatient_text = ")', r"\g<1>Slowly. "))
    assert {kind for kind, _ in told} == {"sentence"}
    (one,) = told.values()
    assert one.id == "E18.patient_text" and one.after == f"Slowly. {one.before}"


def test_an_exercise_that_moves_is_told_by_where_it_stands():
    told = found(changed("sessions.toml", r'(home_session = .*?home_session = .*?"E06", )"E18", ', r"\g<1>"))
    assert "at home session" in told["exercise", "E18"].before and "at home" not in (
        told["exercise", "E18"].after or ""
    )


def test_a_dose_is_told_as_one():
    told = found(changed("exercises.toml", r'(id = "E18".*?\nstep_up = ")', r"\g<1>slowly "))
    assert ("dose", "E18") in told


def test_limits_drugs_and_what_is_missing():
    facts = (*BASE, "takes denosumab since 2025-01-10", "hip replacement on 2025-06-01")
    before, after = decided(K, *facts), decided()
    kinds = {each.kind for each in plan_differences(before, after)}
    assert {DifferenceKind.LIMIT, DifferenceKind.FINDING} <= kinds
    lacking = plan_differences(decided(), decided(K, *BASE[:3]))
    assert any(each.kind is DifferenceKind.MISSING and each.before is None for each in lacking)


def test_what_was_not_read_is_told_by_its_place():
    odd = replace(charted(), unreadable=(Unreadable("Condition/9", "no code"), Unreadable("Condition/9", "no date")))
    (line,) = plan_differences(decided(), plan(derive(odd, DAY, K), K))
    assert line == Difference(DifferenceKind.RECORD, "Condition/9", "Condition/9", None, "no code\nno date")


def test_the_same_words_are_told_once():
    told = found(changed("exercises.toml", r'(id = "E18".*?\ntext = ")', r"\g<1>Slowly. "))
    words = [said(each) for (kind, _), each in told.items() if kind == "sentence"]
    assert len(words) == len(set(words))
    new = changed("alerts.toml", r'(\[vitd-insufficient\].*?\naction = ")', r"\g<1>Soon. ")
    assert [kind for kind, _ in found(new)].count("note") == 0


def test_what_no_line_names_is_told_by_its_fields():
    proposal = decided()
    (one,) = plan_differences(proposal, replace(proposal, guards=("GU1",)))
    assert (one.kind, one.after) == (DifferenceKind.OTHER, "guards")
    other = replace(proposal, assessment=replace(proposal.assessment, pain=None, site_changes=("x",)))
    (one,) = plan_differences(proposal, other)
    assert one.after == "pain, site_changes"


def test_every_kind_is_said_by_some_case():
    kinds = {kind for case in cases()[::3] for kind, _ in lines_of(planned(case))}
    assert set(DifferenceKind) - kinds == {DifferenceKind.RECORD, DifferenceKind.OTHER} - kinds
