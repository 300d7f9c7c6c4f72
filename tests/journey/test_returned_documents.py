"""What comes back of a referral: a document in the chart where the site wants that and its EHR takes it, else text."""

from base64 import b64decode

import pytest
from fhir.resources.R4B.documentreference import DocumentReference

from launch.sandbox.outcome import Refused
from tests.journey.harness import Harness
from tests.journey.test_ledger import HERE, at, the_one  # noqa: F401 at: the fixture
from tests.journey.test_ledger import signed as signed_at
from tests.journey.test_receipt import NOTE
from tests.journey.test_referrals import PATIENT, enter, move, opened, sent, status_page, task  # noqa: F401 the fixture
from tests.journey.test_therapist_link import (
    PROGRESS,
    address_in,
    confirmed,
    issuer_of,
    made,
    referral,
    report,
    take,
)

OUTCOME = "Walks 30 min without pain"


@pytest.fixture
def wanted(sent) -> Harness:  # noqa: F811
    object.__setattr__(issuer_of(sent), "therapist_documents", True)
    return sent


def completed(harness: Harness):
    browser = harness.browser()
    page = move(browser, opened(harness, browser), "accept")
    page = move(browser, page, "visit", on="2026-03-01")
    return browser, move(browser, page, "complete", text=OUTCOME)


def words_of(document: dict) -> str:
    DocumentReference.model_validate(document)
    return b64decode(document["content"][0]["attachment"]["data"]).decode()


def documents(harness: Harness) -> list[dict]:
    return harness.in_chart("DocumentReference", PATIENT)


def named(harness: Harness) -> list[str]:
    return [each["valueReference"]["reference"] for each in task(harness)["output"] if "valueReference" in each]


def test_the_outcome_is_a_document_that_the_task_names_and_the_pages_say_so(wanted):
    browser, page = completed(wanted)
    (document,) = documents(wanted)
    place = f"DocumentReference/{document['id']}"
    assert words_of(document) == f"Outcome: {OUTCOME}" and named(wanted) == [place]
    assert document["type"]["coding"][0]["code"] == "11508-9" and "docStatus" not in document
    assert document["context"]["related"] == [{"reference": task(wanted)["focus"]["reference"]}]
    assert task(wanted)["status"] == "completed" and f"Outcome: a document in the chart ({place})." in page.words
    assert f"Outcome: a document in the chart ({place})." in status_page(wanted, wanted.browser()).words
    browser.get(page.url)
    assert len(documents(wanted)) == 1 and len(named(wanted)) == 1, "once, however often it is looked at"


def test_without_the_sites_word_the_outcome_is_text_and_the_page_says_so(sent):  # noqa: F811
    _, page = completed(sent)
    assert not documents(sent) and {"type": {"text": "Outcome"}, "valueString": OUTCOME} in task(sent)["output"]
    assert "Outcome: text in the referral, no document." in page.words


@pytest.mark.parametrize("lost", ["answer", "request", "process"])
def test_what_was_left_undone_is_made_good_at_the_next_look_and_once(wanted, monkeypatch, lost):
    create = type(wanted.box.fhir).create

    def fail(self, access, type_, *rest, **named):
        if type_ == "DocumentReference" and lost == "answer":
            create(self, access, type_, *rest, **named)
        if type_ == "DocumentReference":
            raise (ZeroDivisionError if lost == "process" else Refused)(503, "gone")
        return create(self, access, type_, *rest, **named)

    with monkeypatch.context() as broken:
        broken.setattr(type(wanted.box.fhir), "create", fail)
        browser, page = completed(wanted)
        assert task(wanted)["status"] == "completed" and len(documents(wanted)) == (lost == "answer")
    assert "Outcome: " in page.words or page.status >= 500
    again = browser.get(f"{enter(wanted, browser).url}/{task(wanted)['id']}")
    assert "Outcome: a document in the chart" in again.words
    assert len(documents(wanted)) == 1 and len(named(wanted)) == 1


def test_an_ehr_that_takes_none_keeps_the_outcome_as_text(wanted, monkeypatch):
    create = type(wanted.box.fhir).create

    def refuse(self, access, type_, *rest, **named):
        if type_ == "DocumentReference":
            raise Refused(403, "no notes of coordinators")
        return create(self, access, type_, *rest, **named)

    monkeypatch.setattr(type(wanted.box.fhir), "create", refuse)
    _, page = completed(wanted)
    assert "Outcome: text in the referral, no document." in page.words and task(wanted)["status"] == "completed"


def test_plan_of_care_and_progress_of_the_therapist_are_documents_by_whoever_takes_them_over(wanted):
    therapist = wanted.browser()
    page = confirmed(therapist, address_in(made(wanted, wanted.browser())))
    coordinator, shown = referral(wanted)
    shown = move(coordinator, shown, "accept")
    move(coordinator, shown, "visit", on="2026-03-01")
    page = report(therapist, page, "plan-of-care", on="2026-03-01")
    shown = take(coordinator, coordinator.get(shown.url), "Take over: Plan of care received")
    assert "Recertify, or complete" in shown.words
    assert "Taken over by Rosa Brandt on Mar 1, 2026, a document in the chart (DocumentReference/" in shown.words
    report(therapist, therapist.get(page.url), "progress", **PROGRESS)
    clinician = wanted.browser()
    take(clinician, status_page(wanted, clinician), "Keep in the history")
    titles = sorted(each["type"]["text"] for each in documents(wanted))
    assert titles == ["Plan of care of the physical therapist", "Progress in physical therapy"]
    progress = next(each for each in documents(wanted) if each["type"]["text"].startswith("Progress"))
    assert "Walks to the shop" in words_of(progress) and "Told by Jane Doe, PT" in words_of(progress)
    assert progress["author"] == [{"display": "Jane Doe, PT, Lakeside Therapy"}]
    assert len(named(wanted)) == 2


def test_a_referral_kept_here_has_its_outcome_in_the_chart_too(at):  # noqa: F811
    harness = at(NOTE)
    object.__setattr__(issuer_of(harness), "therapist_documents", True)
    signed_at(harness)
    before = len(documents(harness))
    browser = harness.browser()
    page = move(browser, the_one(harness, browser, enter(harness, browser)), "accept")
    page = move(browser, page, "visit", on="2026-03-01")
    page = move(browser, page, "complete", text=OUTCOME)
    assert "Outcome: a document in the chart (DocumentReference/" in page.words
    new = [each for each in documents(harness) if each["type"]["text"] == "Outcome"]
    assert len(documents(harness)) == before + 1 and words_of(new[0]) == f"Outcome: {OUTCOME}"
    assert "related" not in new[0]["context"], "the order lies in a note"
    assert HERE not in page.words
