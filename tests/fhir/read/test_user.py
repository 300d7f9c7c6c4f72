"""The record behind fhirUser: a name, codes of a role, links of a Person."""

import pytest

from smartapp.fhir.read.user import UserLink, UserRecord, read_user

PERSON = {
    "resourceType": "Person",
    "active": True,
    "name": [{"prefix": ["Dr."], "given": ["Ann"], "family": "Reed"}],
    "link": [
        {"target": {"reference": "Practitioner/1"}, "assurance": "level3"},
        {"target": {"reference": "Practitioner/2"}, "assurance": "level1"},
        {"target": {"reference": "Patient/3"}},
        {"target": None},
        {},
    ],
}


def test_the_links_of_a_person_are_as_recorded_and_say_whom_the_ehr_trusts():
    links = (UserLink("Practitioner/1", True), UserLink("Practitioner/2", False), UserLink("Patient/3", True))
    assert read_user(PERSON) == UserRecord("Dr. Ann Reed", frozenset(), True, links)


@pytest.mark.parametrize(("active", "read"), [(False, False), (True, True), (None, True), ("false", True)])
def test_only_a_record_that_says_so_is_out_of_use(active, read):
    assert read_user({**PERSON, "active": active}).active is read


def test_only_a_practitioner_role_has_codes():
    coded = {"code": [{"coding": [{"code": "309343006"}, {"code": ""}, {}]}], "practitioner": {"display": "Dr. B"}}
    assert read_user({**coded, "resourceType": "PractitionerRole"}) == UserRecord("Dr. B", frozenset({"309343006"}))
    assert read_user({**coded, "resourceType": "Practitioner"}).role_codes == frozenset()


def test_an_ehr_that_shows_no_record_leaves_it_empty():
    assert read_user(None) == UserRecord()
