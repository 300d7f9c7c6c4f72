"""Where the site takes orders from cards: signed in Loadpath, offered unsigned on a card, and never called ordered."""

import json

import pytest

from smartapp.ehr.deliver.receipt import UNSIGNED
from smartapp.fhir.build.bundle import validate_model
from tests.hooks import body, order, prefetch_of
from tests.journey.harness import ISSUERS, make_harness

SITE = """
[sandbox.site]
order_entry = true
methods = ["note"]
"""
PATIENT = "haddad"


@pytest.fixture
def harness(tmp_path):
    made = make_harness(tmp_path, issuers=ISSUERS + SITE)
    issuer = next(iter(made.app.extensions["loadpath"].smart.issuers))
    made.app.extensions["loadpath-hook-callers"] = lambda: issuer
    yield made
    made.box.store.close()


def cards(harness, **more):
    store = harness.box.store
    records = [e.resource for kind in sorted(store.counts()) for e in store.every(kind, PATIENT)]
    patient = [e.resource for e in store.every("Patient")]
    prefetch = prefetch_of([*records, *patient, *more.get("beside", ())], PATIENT)
    answer = harness.app.test_client().post(
        "/cds-services/loadpath-patient-view", json=body("patient-view", PATIENT, prefetch)
    )
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_json()["cards"]


def test_an_order_waits_on_a_card_until_somebody_signs_it_in_the_ehr(harness):
    (before,) = cards(harness)
    assert before["source"]["topic"]["code"] == "LoadpathReferToTherapy"
    browser = harness.browser()
    page = harness.open(browser, PATIENT)
    assert "Must be signed in the EHR." in page.words and "waits there as an unsigned order on a card" in page.words
    receipt = browser.press(page, page.form("/sign"))
    assert UNSIGNED in receipt.words and "Nothing is ordered before somebody signs it there" in receipt.words
    assert not harness.in_chart("ServiceRequest", PATIENT) and len(harness.in_chart("DocumentReference", PATIENT)) == 1
    (card,) = cards(harness)
    assert card["source"]["topic"]["code"] == "LoadpathSignedOrder"
    (action,) = card["suggestions"][0]["actions"]
    made = action["resource"]
    assert (action["type"], made["status"], made["intent"]) == ("create", "draft", "plan")
    assert made["requester"]["reference"] == "Practitioner/okafor" and "basedOn" not in made
    assert "urn:" not in json.dumps(made) and validate_model(made)["resourceType"] == "ServiceRequest"
    done = browser.press(receipt, receipt.form(f"/receipt/{receipt.url.rpartition('/')[2]}"), "I have signed it")
    assert "In the chart, as a person confirmed" in done.words
    assert cards(harness) == []


def test_an_order_that_stands_needs_no_card(harness):
    browser = harness.browser()
    page = harness.open(browser, PATIENT)
    browser.press(page, page.form("/sign"))
    standing = order("Physical therapy", "pt9", subject=f"Patient/{PATIENT}", status="active", authoredOn="2026-03-01")
    assert cards(harness, beside=[standing]) == []
