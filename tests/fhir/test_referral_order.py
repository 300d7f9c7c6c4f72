"""What the signed order says of the packet, as we write it and as others do; odd shapes say nothing."""

import json

import pytest

from smartapp.core.referral_packet import Need
from smartapp.fhir.referral_order import (
    NOT_STATED,
    NPI,
    UNREAD,
    codes_of,
    npi_of,
    order_facts,
    payers_of,
    phone_of,
)
from tests.conftest import ROOT
from tests.core.assessments import knowledge

EXAMPLES = ROOT / "fhir_profiles" / "input" / "examples"
ORDER = json.loads((EXAMPLES / "ServiceRequest-bergstrom-servicerequest.json").read_text(encoding="utf-8"))
PLAN = json.loads((EXAMPLES / "CarePlan-bergstrom-careplan.json").read_text(encoding="utf-8"))
OURS = knowledge().papers.texts["letter"].words("en")


def facts(order=ORDER, plan=PLAN, restrictions=6):
    return order_facts(order, plan, restrictions)


def with_line(line):
    return {**ORDER, "note": [{"text": "Asked."}, {"text": f"Diagnoses: x.\n{line}\nTest: y"}]}


def test_the_order_we_write_says_all_but_what_nobody_stated():
    found = facts()
    assert found[Need.DIAGNOSIS] == "Wedge compression fracture of L1; Osteopenia"
    assert (found[Need.LEVEL], found[Need.SINCE]) == ("L1", "2026-02-09")
    assert found[Need.SIGNED] == "2026-03-01, Dr. Ngozi Okafor"
    assert found[Need.DOSE] == "21 visits, 1-2 a week, 30-60 min, 2026-03-01 to 2026-05-30"
    assert (found[Need.RESTRICTIONS], found[Need.GOALS]) == ("6 named above", "9 in the plan")
    assert found[Need.IMAGING] == "DXA T-score, hip"
    assert found[Need.WEIGHT_BEARING] == "" and found[Need.BRACE] == "none ordered in the chart."


def test_the_words_of_the_knowledge_are_known_again():
    assert OURS["weight-bearing"] == f"Weight-bearing: {NOT_STATED}, ask." and UNREAD in OURS["brace-unread"]


@pytest.mark.parametrize(
    ("line", "need", "said"),
    [
        ("Weight-bearing: toe-touch, left, 2026-02-01.", Need.WEIGHT_BEARING, "toe-touch, left, 2026-02-01."),
        (OURS["weight-bearing"], Need.WEIGHT_BEARING, ""),
        ("nothing of it", Need.WEIGHT_BEARING, ""),
        ("Brace: “TLSO”, 2026-02-01; who ends it: ask.", Need.BRACE, "“TLSO”, 2026-02-01; who ends it: ask."),
        ("Collar: “soft”, no date; who ends it: ask.", Need.BRACE, "Collar: “soft”, no date; who ends it: ask."),
        (OURS["brace-unread"], Need.BRACE, None),
        ("No Brace: here", Need.BRACE, ""),
    ],
)
def test_weight_bearing_and_brace_have_a_line_of_their_own(line, need, said):
    assert facts(with_line(line))[need] == said


def test_what_could_not_be_read_is_not_missing():
    found = facts({}, {}, 0)
    assert set(found.values()) == {None} and found[Need.BRACE] is None
    assert facts(ORDER, {}, 0)[Need.RESTRICTIONS] is None and facts({}, PLAN)[Need.GOALS] == "9 in the plan"
    assert facts(ORDER, {**PLAN, "goal": []}, 0)[Need.GOALS] == "" == facts(restrictions=0)[Need.RESTRICTIONS]


@pytest.mark.parametrize(
    "changes",
    [{"status": "draft"}, {"status": "revoked"}, {"intent": "plan"}, {"requester": {}}, {"authoredOn": None}],
)
def test_an_order_without_status_day_or_name_is_not_signed(changes):
    assert facts({**ORDER, **changes})[Need.SIGNED] == ""


@pytest.mark.parametrize("said", ["counted from 2026-02-09", "day 0 2026-02-09"])
def test_the_day_of_the_fracture_is_read_as_orders_say_it_today_and_said_it_before(said):
    assert facts({**ORDER, "reasonCode": [{"text": f"Phase INITIAL, {said}."}]})[Need.SINCE] == "2026-02-09"


def test_a_draft_tells_nothing_but_that_it_is_not_signed():
    found = facts({**ORDER, "status": "draft"}, {}, 0)
    assert {need for need, fact in found.items() if fact is not None} == {Need.SIGNED} and found[Need.SIGNED] == ""


@pytest.mark.parametrize("gone", ["frequency", "periodUnit", "boundsPeriod"])
def test_a_dose_is_whole_or_missing(gone):
    repeat = {k: v for k, v in ORDER["occurrenceTiming"]["repeat"].items() if k != gone}
    assert facts({**ORDER, "occurrenceTiming": {"repeat": repeat}})[Need.DOSE] == ""
    assert facts({**ORDER, "quantityQuantity": {}})[Need.DOSE] == ""


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Compression fracture of first lumbar vertebra", "L1"),
        ("Fractures of L2 and T12", "L2, T12"),
        ("Fracture of the lumbar spine", ""),
        ("XL5 brace, RL20", ""),
    ],
)
def test_a_level_is_read_only_where_it_is_named(text, level):
    found = facts({**ORDER, "reasonCode": [{"text": text}]})
    assert (found[Need.LEVEL], found[Need.DIAGNOSIS], found[Need.SINCE]) == (level, text, "")


def test_codes_payers_numbers():
    condition = {"code": {"coding": [
        {"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "S32.010A"},
        {"system": "http://snomed.info/sct", "code": "1"},
    ]}}  # fmt: skip
    assert codes_of([condition, condition, {"code": "x"}]) == "S32.010A" and codes_of([]) == ""
    medicare = {"status": "active", "payor": [{"display": "Medicare"}], "subscriberId": "1EG4"}
    assert payers_of([medicare, {**medicare, "status": "cancelled", "payor": [{"display": "Old"}]}]) == (
        "Medicare, member 1EG4"
    )
    assert payers_of([{"status": "active", "type": {"text": "PPO"}}, {"status": "active", "payor": "x"}]) == "PPO"
    numbers = [{"system": "urn:x", "value": "1"}, {"system": NPI, "value": "1999999992"}]
    assert npi_of({"identifier": numbers}) == "1999999992"
    assert npi_of({"identifier": "x"}) == ""
    home, work = ({"system": "phone", "value": value, "use": use} for value, use in (("1", "home"), ("2", "work")))
    assert phone_of([{"telecom": [home, {"system": "fax", "value": "3"}]}, {"telecom": [work]}]) == "2"
    assert phone_of([{"telecom": [home]}, {}]) == ""


@pytest.mark.parametrize("name", ["reasonCode", "note", "supportingInfo", "occurrenceTiming", "requester"])
@pytest.mark.parametrize("odd", ["x", 3, ["x"], {"x": []}, None])
def test_odd_shapes_say_nothing(name, odd):
    assert facts({**ORDER, name: odd})[Need.LEVEL] is not None
