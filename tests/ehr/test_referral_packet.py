"""The packet reads what the login was granted, and nothing else: the rest is unread, and never missing."""

from datetime import date

import pytest

from smartapp.core.chart import Patient
from smartapp.core.dates import When
from smartapp.core.referral import ReferralTask, Stage
from smartapp.core.referral_packet import Need, NeedState
from smartapp.ehr.launch.scopes import Grants
from smartapp.ehr.referral_packet import packet_of
from smartapp.ehr.referrals import InboxRow, OpenedReferral
from tests.fhir.test_referral_order import ORDER, PLAN

BASE = "https://ehr.example/fhir"
WHOSE = "Patient/bergstrom"
RECORDS = {
    "Condition/bergstrom-problem-1": {
        "resourceType": "Condition", "subject": {"reference": WHOSE},
        "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "S32.010A"}]},
    },
    "Practitioner/okafor": {"resourceType": "Practitioner", "telecom": [{"system": "phone", "value": "555-0199"}]},
}  # fmt: skip
ALL = "user/Condition.r user/Practitioner.r user/Coverage.rs user/PractitionerRole.rs"


class Ehr:
    base = BASE

    def __init__(self):
        self.asked: list[str] = []

    def read(self, kind, id_):
        self.asked.append(kind)
        return RECORDS[f"{kind}/{id_}"]

    def search(self, kind, _):
        self.asked.append(kind)
        return []


def items(scope, order=ORDER, npi="", phone=""):
    person = Patient(WHOSE, "Pat", When.day(date(1961, 5, 4)), record_number="RB-1")
    referral = ReferralTask("12", "1", "requested", Stage.NEW, WHOSE)
    opened = OpenedReferral(InboxRow(referral, person), {}, order=order, plan=PLAN)
    ehr = Ehr()
    return {i.need: i for i in packet_of(ehr, Grants(scope), opened, npi, phone)}, ehr.asked


def test_what_was_not_granted_is_not_asked_for():
    found, asked = items("user/Task.crus user/Patient.rs")
    unread = {need for need, item in found.items() if item.state is NeedState.UNREAD}
    assert unread == {Need.PAYER, Need.CODE, Need.NPI, Need.CALL_BACK} and asked == []


def test_with_everything_granted_the_rest_is_there_or_missing():
    found, asked = items(ALL)
    assert found[Need.CODE].said == "S32.010A" and found[Need.CALL_BACK].said == "555-0199"
    assert {need for need, item in found.items() if item.state is NeedState.MISSING} >= {Need.PAYER, Need.NPI}
    assert set(asked) == {"Condition", "Practitioner", "Coverage", "PractitionerRole"}


def test_what_the_site_has_set_stands_in_and_not_for_what_the_ehr_says():
    assert items("", npi="1999999992", phone="555-0100")[0][Need.NPI].said == "1999999992"
    assert items(ALL, phone="555-0100")[0][Need.CALL_BACK].said == "555-0199"


@pytest.mark.parametrize("requester", [{}, {"reference": "https://other.example/Practitioner/okafor"}])
def test_a_referrer_who_is_not_of_this_ehr_is_not_looked_up(requester):
    found, asked = items(ALL, order={**ORDER, "requester": requester})
    assert found[Need.NPI].state is NeedState.MISSING and "Practitioner" not in asked


def test_without_the_order_nothing_of_it_is_missing():
    found, asked = items(ALL, order={})
    assert found[Need.CODE].state is found[Need.NPI].state is found[Need.WEIGHT_BEARING].state is NeedState.UNREAD
    assert asked == ["Coverage"]
