"""The packet as a FHIR document: whole in itself, in the words of the note, for whoever has no access to the EHR."""

import json

import pytest
from fhir.resources.R4B.bundle import Bundle

from smartapp.fhir.walk import references
from tests.journey.harness import EHR
from tests.journey.test_referrals import PATIENT, opened, sent  # noqa: F401 the fixture
from tests.journey.whole import in_chart

BASE = f"{EHR}/fhir"


@pytest.fixture
def document(sent):  # noqa: F811
    browser = sent.browser()
    page = opened(sent, browser)
    answer = browser.get(f"{page.url.partition('?')[0]}/papers/document")
    assert answer.response.headers["Content-Type"] == "application/fhir+json"
    return json.loads(answer.text)


def test_it_begins_with_a_composition_and_holds_everything_the_composition_names(document):
    Bundle.model_validate(document)
    first, held = document["entry"][0]["resource"], {entry["fullUrl"] for entry in document["entry"]}
    assert (document["type"], first["resourceType"], first["status"]) == ("document", "Composition", "final")
    assert first["type"]["coding"][0]["code"] == "57133-1" and first["date"] == document["timestamp"]
    assert set(references(first)) <= held and len(held) == len(document["entry"])


def test_it_is_the_plan_that_was_signed(document, sent):  # noqa: F811
    kinds = [entry["resource"]["resourceType"] for entry in document["entry"]]
    assert kinds[:5] == ["Composition", "Patient", "Practitioner", "ServiceRequest", "CarePlan"]
    assert kinds.count("Goal") == len(in_chart(sent, "Goal", PATIENT)) and "Task" not in kinds
    (plan,) = (entry["resource"] for entry in document["entry"] if entry["resource"]["resourceType"] == "CarePlan")
    (stored,) = in_chart(sent, "CarePlan", PATIENT)
    assert plan["identifier"] == stored["identifier"] and len(plan["activity"]) == len(stored["activity"])
    said = " ".join(section["text"]["div"] for section in document["entry"][0]["resource"]["section"])
    assert "AVOID" in said and "L1" in said


def test_no_reference_of_it_needs_a_base(document):
    found = {link for entry in document["entry"] for link in references(entry["resource"])}
    assert found and all(link.startswith(("urn:uuid:", f"{BASE}/")) for link in found)
    urns = {link for link in found if link.startswith("urn:uuid:")}
    assert urns <= {entry["fullUrl"] for entry in document["entry"]}
