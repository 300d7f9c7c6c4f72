"""Every case file of tests/cases: what it expects, to the last restriction and alert, is what is concluded."""

import json
import re
from pathlib import Path
from statistics import median

import pytest

from smartapp.core.alert_codes import AlertCode
from smartapp.core.assessment import Assessment
from smartapp.core.knowledge import RESTRICTION_STATES
from smartapp.core.proposal import Proposal
from smartapp.core.states import Severity
from tests.cases import (
    ALL,
    FOLDER,
    Conclusions,
    Exercises,
    Gates,
    Phases,
    assessed,
    by_id,
    cases,
    conclusions,
    exercises,
    load_case,
    paths,
    planned,
)
from tests.cases.__main__ import main

PATHS = {path.stem: path for path in paths()}


@pytest.mark.parametrize("name", PATHS)
def test_case(name):
    case = load_case(PATHS[name])
    found, expected = assessed(case), case.expect
    made = planned(case)
    assert all(line.rule and line.text for line in found.trace), "every line of the reasoning names its rule"
    assert conclusions(found) == Conclusions(*(getattr(expected, part) for part in Conclusions.__struct_fields__))
    assert set(expected.statements) <= cited(found, made)
    assert set(expected.gaps) <= {gap.concept for gap in found.gaps}
    assert as_expected(made, expected.exercises)


def as_expected(proposal: Proposal, expected: Exercises) -> bool:
    """No exercise waits but those named; what is planned or withheld is among those of the plan, or not."""
    in_plan, lines = exercises(proposal), {activity.id for activity in proposal.activities}
    assert {id_ for id_, waits in in_plan.items() if waits} == set(expected.waiting)
    assert set(expected.planned) - lines == set(), "expected and not planned"
    assert set(expected.withheld) & lines == set(), "planned and to be withheld"
    assert (ALL in expected.withheld) == (not in_plan)
    return True


def cited(found: Assessment, proposal: Proposal) -> set[str]:
    reasons = [a.reason for a in found.alerts] + [r.reason for r in found.restrictions] + list(found.deciding)
    reasons += [activity.reason for activity in proposal.activities]
    if found.gates:
        reasons += [reason for _, reason in found.gates.reasons]
    return {statement for reason in reasons for statement in reason.statements}


def test_a_case_lies_in_a_folder_of_the_readme_under_its_whole_title():
    questions = (FOLDER / "README.md").read_text(encoding="utf-8")
    for path, case in zip(paths(), cases(), strict=True):
        assert path.name == case.file_name
        assert len(path.name) < 120
        assert f"[{path.parent.name}]({path.parent.name})" in questions


SAMPLE = next(path for path in paths() if path.name.startswith("T20-"))
WHOLE = SAMPLE.read_text(encoding="utf-8")
KEYS = [key for key in re.findall(r"^([\w-]+) = (?!\[$)", WHOLE, re.MULTILINE) if not key.startswith("R")]
SECTIONS = re.findall(r"^\[expect\.(\w+)\]$", WHOLE, re.MULTILINE)


def refusal(text: str, path: Path) -> str:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=rf"^{path.name}: ") as refused:
        load_case(path)
    return str(refused.value)


@pytest.mark.parametrize("key", KEYS)
def test_a_case_without_a_key_or_with_a_misspelled_one_is_refused(tmp_path, key):
    line = re.search(rf"^{key} = .*\n", WHOLE, re.MULTILINE)[0]
    assert f"missing required field `{key}`" in refusal(WHOLE.replace(line, ""), tmp_path / "case.toml")
    assert f"unknown field `{key}s`" in refusal(WHOLE.replace(line, line + f'{key}s = ""\n'), tmp_path / "case.toml")


@pytest.mark.parametrize("section", SECTIONS)
def test_a_case_without_a_section_or_with_an_unknown_one_is_refused(tmp_path, section):
    rows = re.search(rf"^\[expect\.{section}\]\n([^\[]+ = .*\n)+", WHOLE, re.MULTILINE)[0]
    assert f"missing required field `{section}`" in refusal(WHOLE.replace(rows, ""), tmp_path / "case.toml")
    assert "unknown field `others`" in refusal(WHOLE + "[expect.others]\n", tmp_path / "case.toml")


def test_a_case_that_names_no_exercise_of_the_library_is_refused(tmp_path):
    told = refusal(WHOLE.replace('withheld = ["', 'withheld = ["E77", "'), tmp_path / "case.toml")
    assert "E77" in told and "$.expect.exercises" in told


def test_what_is_shown_to_whoever_adds_a_case_is_what_its_file_says(capsys):
    main(SAMPLE)
    assert capsys.readouterr().out == WHOLE[WHOLE.index("[expect]") :]


def test_shared_cases_are_all_here_and_say_the_same(shared):
    """The case files of the project keep to the expectations that came with the rule book."""
    for case in json.loads((shared / "cases" / "cases.json").read_text(encoding="utf-8")):
        own = by_id(case["id"]).expect
        word = {key: str(value).lower().replace("_", "-") for key, value in case["expect"].items()}
        word = {key: "none" if value == "-" else value for key, value in word.items()}
        if case["id"] == "V69":  # a woman of 50 or more is no longer reviewed for her sex alone (rule book 2a, CO4)
            assert own.disposition == "prescribe"
        else:
            assert own.disposition == word["disposition"]
        assert own.phase == Phases(word["calendarPhase"], word["phase"])
        assert own.gates == Gates(word["prone"], word["upper_back"], word["high_impact"])
        assert own.restrictions.get("R1", "none").partition(" until ")[0] == word["flex_twist"]
        alerts, named = own.alerts, {code.lower().replace("_", "-") for code in case["expect"]["alerts"]}
        assert named <= {*alerts.stop, *alerts.review, *alerts.info}
        assert {*alerts.stop, *alerts.review} <= named


def test_shared_cases_do_not_tire_the_reader(shared):
    """Rule book 2a, NS25: the median of lines to decide on."""
    ids = [case["id"] for case in json.loads((shared / "cases" / "cases.json").read_text(encoding="utf-8"))]
    assert median(len(by_id(id_).expect.alerts.review) for id_ in ids) <= 3


def test_hard_stops_refer_and_nothing_else_does():
    """Without any fracture on record an emergency is still shown, though there is nothing to refer from."""
    for case in cases():
        found = assessed(case)
        stops = [a for a in found.alerts if a.severity is Severity.STOP]
        if found.disposition == "not-applicable":
            assert all(a.urgency == "emergency" for a in stops), case.id
        else:
            assert bool(stops) == (found.disposition == "refer-no-prescription"), case.id


def test_every_alert_is_raised_by_a_case_and_missed_by_another():
    raised = [{a.code for a in assessed(case).alerts} for case in cases()]
    for code in AlertCode:
        assert any(code in codes for codes in raised), code
        assert any(code not in codes for codes in raised), code


def test_every_restriction_state_is_reached_by_a_case():
    reached = {(r.id, r.state) for case in cases() for r in assessed(case).restrictions}
    assert reached == {(id_, state) for id_, states in RESTRICTION_STATES.items() for state in states}
