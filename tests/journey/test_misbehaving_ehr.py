"""Through the front door with EHRs that do not do what they say: the sandbox, with somebody in between."""

import json
from io import BytesIO

import pytest

from tests.journey.harness import APP, EHR, forms_in, make_harness

DIABETES = {
    "resourceType": "CarePlan", "id": "diabetes", "status": "active", "intent": "plan", "title": "Diabetes",
    "subject": {"reference": "Patient/bergstrom"},
    "identifier": [{"system": "https://other.example", "value": "7"}],
}  # fmt: skip
OTHER = "identifier=https://other.example|7"


@pytest.fixture
def opened(tmp_path):
    harnesses = []

    def made(between):
        def change(wire):
            wire.apps = {**wire.apps, EHR: between(wire.apps[EHR], lambda: harnesses[0].clock.now)}

        harnesses.append(make_harness(tmp_path, change=change))
        harnesses[0].box.store.put(DIABETES)
        browser = harnesses[0].browser()
        return harnesses[0], browser, harnesses[0].open(browser, "bergstrom")

    yield made
    for harness in harnesses:
        harness.box.store.close()


def finds_another_record(ehr, clock):
    """Whatever is asked for, the condition on a CarePlan finds the diabetes plan."""

    def app(environ, start):
        if environ["REQUEST_METHOD"] == "POST" and environ["PATH_INFO"].rstrip("/") == "/fhir":
            bundle = json.load(environ["wsgi.input"])
            for entry in bundle["entry"]:
                if entry["resource"]["resourceType"] == "CarePlan" and "ifNoneExist" in entry["request"]:
                    entry["request"]["ifNoneExist"] = OTHER
            body = json.dumps(bundle).encode()
            environ |= {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        elif environ["PATH_INFO"] == "/fhir/CarePlan" and "HTTP_IF_NONE_EXIST" in environ:
            environ["HTTP_IF_NONE_EXIST"] = OTHER
        return ehr(environ, start)

    return app


def keeps_the_bundle(carried_out, lag):
    """A transaction is stored as it is, or carried out and answered in the same way, with a search that lags."""

    def between(ehr, clock):
        written = []

        def app(environ, start):
            asked = environ["QUERY_STRING"]
            if environ["REQUEST_METHOD"] == "POST" and environ["PATH_INFO"].rstrip("/") == "/fhir":
                body = environ["wsgi.input"].read()
                written.append(clock())
                if carried_out:
                    list(ehr(environ | {"wsgi.input": BytesIO(body)}, lambda *told: None))
                return answer(start, {**json.loads(body), "id": "bundle-1"}, "201 Created")
            if ("identifier=" in asked or "_tag=" in asked) and written and clock() < written[-1] + lag:
                return answer(start, {"resourceType": "Bundle", "type": "searchset", "entry": []}, "200 OK")
            return ehr(environ, start)

        return app

    return between


def answer(start, body, status):
    start(status, [("Content-Type", "application/fhir+json"), ("Location", f"{EHR}/fhir/Bundle/bundle-1")])
    return [json.dumps(body).encode()]


def by_button(page, words):
    return next(form for form in forms_in(page.text) if any(words in told for _, _, told in form.buttons))


def our_plans(harness):
    return [plan for plan in harness.in_chart("CarePlan", "bergstrom") if plan["id"] != "diabetes"]


def test_another_record_is_not_called_our_plan(opened):
    harness, browser, page = opened(finds_another_record)
    receipt = browser.press(page, page.form("/sign"))
    (plan,) = our_plans(harness)
    assert receipt.heading == "Saved to chart"
    assert f"In the chart: CarePlan/{plan['id']}" in receipt.words
    assert "In the chart: CarePlan/diabetes" not in receipt.words
    assert "The EHR took CarePlan/diabetes for this one" in receipt.words
    (stood,) = [p for p in harness.in_chart("CarePlan", "bergstrom") if p["id"] == "diabetes"]
    assert (stood["title"], stood["status"]) == ("Diabetes", "active")
    assert "It points at CarePlan/diabetes, another record" in receipt.words
    assert browser.get(receipt.url).heading == "Saved to chart"
    assert len(our_plans(harness)) == 1


def test_a_bundle_that_was_only_stored_ends_at_a_person_who_sends_it_again_knowingly(opened):
    harness, browser, page = opened(keeps_the_bundle(carried_out=False, lag=0))
    receipt = browser.press(page, page.form("/sign"))
    assert "Not known whether it arrived" in receipt.words
    for _ in range(20):
        harness.clock.now += 3
        receipt = browser.get(receipt.url)
    assert receipt.heading == "Doubtful: look in the chart"
    plan_id = receipt.url.rpartition("/")[2]
    assert f"Look in the chart for the identifier {plan_id}" in receipt.words
    assert harness.writes() == ["/fhir"]
    looks = [s for s in harness.wire.seen if s.method == "GET" and "plan%7C" in s.url]
    assert len(looks) <= 30
    again = browser.press(receipt, by_button(receipt, "It is not in the chart"), "It is not in the chart")
    assert again.heading == "Saved to chart", again.words
    assert len(our_plans(harness)) == 1
    assert len(harness.in_chart("ServiceRequest", "bergstrom")) == 1


@pytest.mark.parametrize("lag", [20, 300])
def test_a_transaction_that_was_done_and_not_told_is_written_once_while_the_index_lags(opened, lag):
    harness, browser, page = opened(keeps_the_bundle(carried_out=True, lag=lag))
    receipt = browser.press(page, page.form("/sign"))
    for _ in range(20):
        harness.clock.now += 3
        receipt = browser.get(receipt.url)
    assert harness.writes() == ["/fhir"]
    assert len(our_plans(harness)) == 1
    assert receipt.heading == ("Saved to chart" if lag < 60 else "Doubtful: look in the chart")
    if lag > 60:
        harness.clock.now += lag
        receipt = browser.press(receipt, receipt.form("/sign"), "Look again")
        assert receipt.heading == "Saved to chart", receipt.words
        assert harness.writes() == ["/fhir"]


def test_what_a_person_finds_in_the_chart_is_believed(opened):
    harness, browser, page = opened(keeps_the_bundle(carried_out=True, lag=9000))
    receipt = browser.press(page, page.form("/sign"))
    harness.clock.now += 30
    browser.get(receipt.url)
    harness.clock.now += 30
    receipt = browser.get(receipt.url)
    form = by_button(receipt, "It is in the chart")
    done = browser.press(receipt, form, "It is in the chart")
    assert done.heading == "In the chart, as a person confirmed"
    assert "Found in the chart by Dr. Ngozi Okafor" in done.words
    assert harness.writes() == ["/fhir"]
    assert APP in done.url
