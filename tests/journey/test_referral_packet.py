"""The packet on the coordinator's page: what a receiver needs, named where it is missing, from signed content."""

import re

from smartapp.ehr.reconcile import SWEEP
from tests.journey.test_referrals import PATIENT, enter, form_of, move, opened, sent, task  # noqa: F401


def put(harness, kind, id_, **changes):
    found = next(s.resource for s in harness.box.store.every(kind) if s.resource["id"] == id_)
    harness.box.store.put({**found, **changes})


def packet(page) -> str:
    return re.search(r'<section class="card" aria-labelledby="h-packet">.*?</section>', page.text, re.DOTALL)[0]


def test_what_is_there_is_said_and_what_is_missing_is_named(sent):  # noqa: F811
    page = opened(sent, sent.browser())
    assert "Packet 15 of 17" in page.words, page.words
    said = packet(page)
    assert said.count("Missing: ") == 2 and "Missing: Payer" in said and "Missing: Weight-bearing" in said
    for there in ("S32.010A", "1999999992", "555-0140", "21 visits", "9 in the plan"):
        assert there in said, there
    limits = page.words.index("Movement restrictions")
    assert limits < page.words.index("Weight-bearing not stated, ask the referrer") < page.words.index("Asked")
    assert "Brace or collar none ordered in the chart." in page.words


def test_a_payer_on_record_is_named(sent):  # noqa: F811
    sent.box.store.put({
        "resourceType": "Coverage", "id": "c1", "status": "active", "beneficiary": {"reference": f"Patient/{PATIENT}"},
        "payor": [{"display": "Medicare"}], "subscriberId": "1EG4",
    })  # fmt: skip
    page = opened(sent, sent.browser())
    assert "Payer Medicare, member 1EG4" in page.words and "Packet 16 of 17" in page.words


def test_unread_is_not_missing(sent, monkeypatch):  # noqa: F811
    access = type(sent.box.fhir)
    search, read = access.search, access.read

    def refuse(kinds, whole):
        def asked(self, token, type_, *given, **named):
            if type_ in kinds:
                from launch.sandbox.outcome import Refused

                raise Refused(403, "not for you")
            return whole(self, token, type_, *given, **named)

        return asked

    monkeypatch.setattr(access, "search", refuse({"Coverage", "PractitionerRole"}, search))
    monkeypatch.setattr(access, "read", refuse({"Condition"}, read))
    said = packet(opened(sent, sent.browser()))
    for need in ("Payer", "ICD-10 code", "Call-back phone"):
        assert f"Unread: {need}" in said and f"Missing: {need}" not in said


def test_the_list_names_what_it_misses_itself(sent):  # noqa: F811
    assert "Missing:" not in enter(sent, sent.browser()).words
    put(sent, "Patient", PATIENT, telecom=[])
    sent.clock.now += SWEEP + 1  # until then the list has the record as it was with the last change of the Task
    assert "Missing: phone" in enter(sent, sent.browser()).words
    assert "Missing: Phone" in packet(opened(sent, sent.browser()))


def test_a_diagnosis_of_another_patient_gives_no_code(sent):  # noqa: F811
    put(sent, "Condition", "bergstrom-problem-1", subject={"reference": "Patient/petrov"})
    said = packet(opened(sent, sent.browser()))
    assert "S32.010A" not in said and "Missing: ICD-10 code" in said


def test_an_order_that_is_not_signed_says_so_first(sent):  # noqa: F811
    order = task(sent)["focus"]["reference"].partition("/")[2]
    put(sent, "ServiceRequest", order, status="draft")
    assert "do not book on it" in packet(opened(sent, sent.browser()))


def test_the_question_to_the_clinician_begins_with_what_is_missing(sent):  # noqa: F811
    browser = sent.browser()
    page = opened(sent, browser)
    assert 'href="#text-ask"' in page.text
    assert form_of(page, "ask").fields["text"] == "Missing in the referral: Weight-bearing. Please add."
    assert form_of(page, "contact").fields["text"] == ""
    asked = move(browser, page, "ask")
    assert "Question: Missing in the referral: Weight-bearing." in asked.words and "#text-ask" not in asked.text


def test_a_patient_who_could_not_be_read_has_no_missing_number_but_an_unread_one(sent):  # noqa: F811
    put(sent, "Patient", PATIENT, telecom=[])
    assert "Phone not in the chart" in opened(sent, sent.browser()).words
    put(sent, "Patient", PATIENT, telecom="555-0121")  # no list: nothing of this record can be used
    assert "Phone not read Language not read" in opened(sent, sent.browser()).words
