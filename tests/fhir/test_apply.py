"""``smartapp apply``, ``derive --json`` and the card: one derivation, so the same conclusions of every case."""

import json
from pathlib import Path

import pytest

from smartapp.cli import main
from smartapp.core.card import Moment, Offer
from smartapp.core.cards import decide
from smartapp.core.hooks import CardTopic, Hook
from smartapp.errors import ReviewError
from smartapp.fhir.build import this_app, unsigned_order
from smartapp.fhir.build.apply import DISPOSITION, apply_answer
from smartapp.fhir.build.bundle import validate_model
from smartapp.fhir.build.codings import ALERT, PHASE
from smartapp.fhir.check import check_resource
from smartapp.fhir.walk import references
from smartapp.knowledge import load
from smartapp.render import assessment_json
from tests.cases import cases, planned

APP = this_app("https://loadpath.example")
CASES = cases()


def applied(case):
    return apply_answer(planned(case), load(), APP)


def inside(answer, kind):
    return [each for each in answer.get("contained", []) if each["resourceType"] == kind]


@pytest.mark.parametrize("part", range(4))
def test_card_apply_and_command_line_conclude_the_same_of_every_case(part):
    for case in CASES[part::4]:
        proposal = planned(case)
        derived, answer = assessment_json(proposal.assessment, proposal), applied(case)
        (code,) = answer["code"]["coding"]
        assert (code["system"], code["code"]) == (DISPOSITION, derived["disposition"]), case.id
        issues = {each["code"]["coding"][0]["code"]: each["severity"] for each in inside(answer, "DetectedIssue")}
        severities = {"stop": "high", "review": "moderate", "info": "low"}
        assert issues == {a["code"]: severities[a["severity"]] for a in derived["alerts"]}, case.id
        asked = [each["payload"][0]["contentString"] for each in inside(answer, "CommunicationRequest")]
        assert asked == [gap["question"] for gap in derived["gaps"]], case.id
        assert phase_of(answer) == derived["effectivePhase"], case.id
        orders, goals = inside(answer, "ServiceRequest"), inside(answer, "Goal")
        assert (len(orders), len(goals)) == (bool(proposal.referral), len(proposal.goals)), case.id
        card = decide(Moment(Hook.PATIENT_VIEW), proposal.assessment, load()).card
        if card and card.topic is CardTopic.REFER_TO_THERAPY:
            whole = not proposal.assessment.chart.partial
            assert card.offer is (Offer.ORDER if whole else Offer.NOTHING), case.id
            assert order_of(answer) == alone(proposal), case.id
            assert str(derived["effectivePhase"]) in card.summary, case.id


def phase_of(answer):
    codes = [c for plan in inside(answer, "CarePlan") for k in plan["category"] for c in k["coding"]]
    return next((c["code"] for c in codes if c["system"] == PHASE), None)


def order_of(answer):
    (order,) = inside(answer, "ServiceRequest")
    return without_plan(order)


def without_plan(order):
    """The order without what only a plan beside it gives."""
    info = [each for each in order.get("supportingInfo", []) if "CarePlan" not in each.get("type", "")]
    kept = {name: value for name, value in order.items() if name not in ("id", "basedOn", "supportingInfo")}
    return {**kept, "info": info}


def alone(proposal):
    return without_plan(unsigned_order(proposal, load(), APP))


def test_the_answer_is_a_valid_request_group():
    for case in CASES[::7]:
        answer = applied(case)
        model = validate_model(answer)
        assert model["resourceType"] == "RequestGroup" and model["status"] == "draft" and model["intent"] == "proposal"
        local = {f"#{each['id']}" for each in answer["contained"]}
        used = [link for link in references(answer) if link.startswith("#")]
        assert local == set(used) and not [link for link in references(answer) if link.startswith("urn:")], case.id
        assert all(name["resource"]["reference"] in local and name["title"] for name in answer["action"])
        assert any(note["text"].startswith("disposition") for note in answer["note"])


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"action": [{"title": "x"}]}, "rqg-1"),
        ({"contained": []}, "refers to a contained resource that is not there"),
    ],
)
def test_what_would_be_wrong_is_refused(change, says):
    with pytest.raises(ReviewError, match=says.replace("(", r"\(")):
        check_resource({**applied(CASES[0]), **change})


def test_the_order_of_a_proposal_without_one_is_a_fault():
    refused = next(case for case in CASES if planned(case).referral is None)
    with pytest.raises(ValueError, match="no order"):
        unsigned_order(planned(refused), load(), APP)


def test_the_command(tmp_path, capsys):
    patient = Path(__file__).parents[2] / "launch" / "sandbox" / "patients" / "09-red-flag.json"
    assert main(["apply", str(patient), "--as-of", "2026-03-01"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["code"]["coding"][0]["code"] == "refer-no-prescription"
    assert inside(answer, "DetectedIssue")[0]["code"]["coding"][0]["system"] == ALERT
    (tmp_path / "x.json").write_text("{")
    assert main(["apply", str(tmp_path / "x.json")]) == 2 and "x.json" in capsys.readouterr().err
