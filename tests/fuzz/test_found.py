"""What fuzzing has found, kept as cases of its own."""

import json

import pytest
from flask import Response

from smartapp.ehr.answer import HttpResponse
from smartapp.ehr.client import FhirClient
from smartapp.ehr.launch.discovery import DiscoveryFailed
from smartapp.ehr.replies import reply_to
from smartapp.fhir.read.user import read_user
from tests.ehr.launching import FixedToken, edge
from tests.fake_ehr import BASE, ISSUERS, ORIGIN, FakeEhr


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint"])
@pytest.mark.parametrize("value", ["", " "])
def test_an_endpoint_without_an_address(name, value):
    """It led to an authorize address on our own host."""
    ehr = FakeEhr(0, document={name: value})
    with pytest.raises(DiscoveryFailed):
        edge({ORIGIN: ehr}, ISSUERS).smart.begin_launch(BASE, "x")


@pytest.mark.parametrize("value", ["http://[", "A://[", "//["])
def test_addresses_that_are_none(value):
    """urlsplit and urljoin raise on them."""
    ehr = FakeEhr(0, document={"authorization_endpoint": value})
    app = edge({ORIGIN: ehr}, ISSUERS)
    with pytest.raises(DiscoveryFailed):
        app.smart.begin_launch(BASE, "x")
    page = {"resourceType": "Bundle", "entry": [], "link": [{"relation": "next", "url": value}]}
    ehr.pages = {"/r4/Goal": Response(json.dumps(page))}
    found = FhirClient(app.http_client, BASE, FixedToken("t"), sleep=lambda s: None).find("Goal", {})
    assert found.partial == ["more pages lie on another server, which is not followed"]
    assert reply_to(HttpResponse(201, {"Location": value}, b"", BASE), "CarePlan").reference == ""


@pytest.mark.parametrize(
    "odd", [None, True, 7, "x", [], {}, [7], ["x"], [{"coding": 7}], [{"given": 7, "text": []}]], ids=str
)
@pytest.mark.parametrize("place", ["name", "code", "practitioner"])
def test_a_person_of_odd_parts_has_the_name_and_codes_that_can_be_read(place, odd):
    """Every page of the session failed on it."""
    person = {"resourceType": "PractitionerRole", "code": [{"coding": [{"code": "c"}]}],
              "name": [{"text": "Dr. A"}], "practitioner": {"display": "Dr. B"}}  # fmt: skip
    spoilt = {**person, place: odd}
    assert read_user(spoilt).name == ("Dr. B" if place == "name" else "Dr. A")
    assert read_user(spoilt).role_codes == (set() if place == "code" else {"c"})
    assert read_user({"name": [{"prefix": "Dr.", "given": ["A", 7], "family": "B"}]}).name == "Dr. A B"
