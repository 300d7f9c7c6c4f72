"""A signed plan and its receipt come back from JSON as they went in."""

import json
from datetime import UTC, datetime

import pytest

from smartapp.core.proposal import Choice, Decision, Proposal, Receipt, Role, SignedPlan, Signer, Written
from smartapp.web.archive import from_json, to_json
from tests.web import sample

SIGNED = SignedPlan(
    proposal=sample.proposal(),
    decisions=(Decision("E13", Choice.DROP, reason="pain"),),
    signer=Signer("Practitioner/1", "Ann Reed", Role.SIGNER, "https://ehr.example|7"),
    signed_at=datetime(2026, 3, 1, 12, 30, 15, 123456, UTC),
    active=True,
    plan_id="abc",
)
RECEIPT = Receipt(
    "abc", "Patient/hale", "Ann Reed", SIGNED.signed_at, True, (Written("CarePlan", "Plan", "abc", "create"),)
)


@pytest.mark.parametrize("value", [SIGNED, RECEIPT, sample.proposal()], ids=lambda value: type(value).__name__)
def test_there_and_back(value):
    assert from_json(type(value), json.loads(json.dumps(to_json(value)))) == value


def test_what_a_later_version_adds_is_passed_over():
    assert from_json(Written, {**to_json(RECEIPT.artifacts[0]), "colour": "green"}) == RECEIPT.artifacts[0]


def test_what_an_earlier_version_lacks_takes_its_default():
    value = to_json(sample.proposal())
    del value["notes"]
    assert from_json(Proposal, value) == sample.proposal()


def test_only_types_of_the_line_are_kept():
    with pytest.raises(TypeError):
        to_json(object())
