"""Every case file of tests/cases, derived: disposition, phases, gates, restrictions, alerts and cited statements."""

import json
import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from smartapp.core.alert_codes import AlertCode
from smartapp.core.assessment import Assessment, Severity
from smartapp.core.derive import derive
from smartapp.core.knowledge import RESTRICTION_STATES
from smartapp.core.plan import plan
from smartapp.knowledge import load
from tests.core.charts import chart

CASES = Path(__file__).parent.parent / "cases"
FILES = sorted(CASES.glob("*.toml"))


def read(path: Path) -> dict:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def derived(facts: tuple[str, ...], as_of: date) -> Assessment:
    return derive(chart(facts, as_of), as_of, load())


def assess(case: dict) -> Assessment:
    return derived(tuple(case["facts"]), case["as-of"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_case(path):
    case = read(path)
    found, expected = assess(case), case["expect"]
    gates = found.gates
    assert {
        "disposition": found.disposition,
        "calendar-phase": found.calendar_phase or "",
        "phase": found.effective_phase or "",
        "prone": gates.prone if gates else "",
        "upper-back": gates.upper_back if gates else "",
        "high-impact": gates.impact if gates else "",
    } == {key: value for key, value in expected.items() if isinstance(value, str)}
    states = {r.id: str(r.state) for r in found.restrictions}
    assert {id_: states.get(id_) for id_ in expected["restrictions"]} == expected["restrictions"]
    assert alerts_as_expected(found, expected)
    assert set(expected["statements"]) <= cited(found)
    assert set(expected.get("gaps", ())) <= {gap.concept for gap in found.gaps}
    planned = {a.id for a in plan(found, load()).activities}
    assert set(expected.get("in-plan", ())) <= planned
    assert not set(expected.get("not-in-plan", ())) & planned


def alerts_as_expected(found: Assessment, expected: dict) -> bool:
    """At least ``alerts``; beside them nothing to stop for or review, and of info just ``info`` where that is given."""
    beside = {a.code: a.severity for a in found.alerts if a.code not in expected["alerts"]}
    assert sorted(set(expected["alerts"]) - {a.code for a in found.alerts}) == [], "expected and not raised"
    assert sorted(code for code, severity in beside.items() if severity is not Severity.INFO) == [], "not expected"
    assert sorted(beside) == sorted(expected.get("info", beside)), "information beyond what the case lists"
    return True


def cited(found: Assessment) -> set[str]:
    reasons = [a.reason for a in found.alerts] + [r.reason for r in found.restrictions] + list(found.deciding)
    reasons += [activity.reason for activity in plan(found, load()).activities]
    if found.gates:
        reasons += [reason for _, reason in found.gates.reasons]
    return {statement for reason in reasons for statement in reason.statements}


def test_shared_cases_are_all_here_and_say_the_same(shared):
    """The case files of the project keep to the expectations that came with the rule book."""
    mine = {case["id"]: case for case in map(read, FILES)}
    for case in json.loads((shared / "cases" / "cases.json").read_text(encoding="utf-8")):
        expected, own = case["expect"], mine[case["id"]]["expect"]
        word = {key: str(value).lower().replace("_", "-") for key, value in expected.items()}
        blank = {"-": "", "none": ""}
        assert own["disposition"] == word["disposition"]
        assert own["calendar-phase"] == blank.get(word["calendarPhase"], word["calendarPhase"])
        assert own["phase"] == blank.get(word["phase"], word["phase"])
        assert own["prone"] == blank.get(word["prone"], word["prone"])
        assert own["upper-back"] == blank.get(word["upper_back"], word["upper_back"])
        assert own["high-impact"] == blank.get(word["high_impact"], word["high_impact"])
        assert own["restrictions"].get("R1", "") == blank.get(word["flex_twist"], word["flex_twist"])
        assert sorted(own["alerts"]) == sorted(a.lower().replace("_", "-") for a in expected["alerts"])


def test_hard_stops_refer_and_nothing_else_does():
    """Without any fracture on record an emergency is still shown, though there is nothing to refer from."""
    for case in map(read, FILES):
        found = assess(case)
        stops = [a for a in found.alerts if a.severity is Severity.STOP]
        if found.disposition == "not-applicable":
            assert all(a.urgency == "emergency" for a in stops), case["id"]
        else:
            assert bool(stops) == (found.disposition == "refer-no-prescription"), case["id"]


def test_every_alert_is_raised_by_a_case_and_missed_by_another():
    raised = [{a.code for a in assess(case).alerts} for case in map(read, FILES)]
    for code in AlertCode:
        assert any(code in codes for codes in raised), code
        assert any(code not in codes for codes in raised), code


def test_every_restriction_state_is_reached_by_a_case():
    reached = {(r.id, r.state) for case in map(read, FILES) for r in assess(case).restrictions}
    assert reached == {(id_, state) for id_, states in RESTRICTION_STATES.items() for state in states}
