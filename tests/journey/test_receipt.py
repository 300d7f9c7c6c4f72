"""What a person can do on a receipt, and what becomes of a plan where the EHR takes less than everything."""

import json
from base64 import b64decode

import pytest

from smartapp.web.outbox import resume
from tests.journey.harness import ISSUERS, forms_in, make_harness

STEPS = 'methods = ["create", "note", "copy"]'
NOTE = 'write = { CarePlan = "note", ServiceRequest = "note" }'
COPY = 'methods = ["copy"]'


@pytest.fixture
def site(tmp_path):
    harnesses = []

    def made(settings):
        harnesses.append(make_harness(tmp_path, issuers=f"{ISSUERS}\n[sandbox.site]\n{settings}\n"))
        return harnesses[-1]

    yield made
    for harness in harnesses:
        harness.box.store.close()


def signed(harness, patient="bergstrom"):
    browser = harness.browser()
    page = harness.open(browser, patient)
    return browser, page, browser.press(page, page.form("/sign"))


def valid(harness, kind, patient="bergstrom"):
    name = "lifecycleStatus" if kind == "Goal" else "status"
    return [r for r in harness.in_chart(kind, patient) if r.get(name) != "entered-in-error"]


def test_step_by_step_where_the_site_wants_no_transactions(site):
    harness = site(STEPS)
    _, page, receipt = signed(harness)
    assert "The plan: saved to the chart, by itself" in page.words.replace(" :", ":")
    assert receipt.heading == "Saved to chart"
    (plan,), (order,) = harness.in_chart("CarePlan", "bergstrom"), harness.in_chart("ServiceRequest", "bergstrom")
    assert order["basedOn"][0]["reference"] == f"CarePlan/{plan['id']}"
    assert "/fhir" not in harness.writes()


def test_as_a_note_where_the_chart_takes_no_plan(site):
    harness = site(NOTE)
    browser, page, receipt = signed(harness)
    assert "as part of a clinical note" in page.words
    assert receipt.heading == "Saved to chart", receipt.words
    assert not harness.in_chart("CarePlan", "bergstrom")
    (note,) = harness.in_chart("DocumentReference", "bergstrom")
    text, pdf = (b64decode(content["attachment"]["data"]) for content in note["content"])
    assert b"*** MOVEMENT RESTRICTIONS ***" in text
    assert pdf.startswith(b"%PDF")
    assert note["type"]["coding"][0]["code"] == "11506-3"
    (record,) = harness.in_chart("Provenance", "bergstrom") or harness.box.store.every("Provenance")
    again = browser.press(page, page.form("/sign"))
    assert again.url == receipt.url
    assert len(harness.in_chart("DocumentReference", "bergstrom")) == 1
    assert record


def test_a_plan_kept_as_a_note_is_known_at_the_next_launch(site):
    harness = site(NOTE)
    _, _, receipt = signed(harness)
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    assert page.heading == "This plan is signed already"
    assert "saved to the chart, wholly or in part as a note" in page.words
    assert '/sign"' not in page.text
    plan_id = receipt.url.rpartition("/")[2]
    assert browser.get(f"{page.url}receipt/{plan_id}").heading == "Saved to chart"


def test_after_another_plan_the_first_one_can_be_signed_again(site):
    """Both are notes: the chart itself does not tell which of them counts."""
    harness = site(NOTE)
    browser, page, first = signed(harness)
    harness.clock.now += 1
    changed = browser.press(page, page.form("/attest"), "Record", basis="Imaging", name="stable", on="2026-02-28")
    second = browser.press(changed, changed.form("/sign"))
    assert second.url != first.url
    harness.clock.now += 1
    page = browser.press(changed, changed.form("/attest"), "Withdraw")
    assert "Today's plan continues it" in page.words, "the plan signed second"
    third = browser.press(page, page.form("/sign"))
    assert third.heading == "Saved to chart"
    assert len({first.url, second.url, third.url}) == 3
    assert len(harness.in_chart("DocumentReference", "bergstrom")) == 3
    assert harness.open(browser, "bergstrom").heading == "This plan is signed already"


def test_a_draft_kept_as_a_note_can_still_be_signed(site):
    harness = site(NOTE)
    drafter = harness.browser()
    page = harness.open(drafter, "bergstrom", "lindqvist")
    draft = drafter.press(page, page.form("/sign"))
    assert draft.heading == "Saved to chart, as draft"
    _, _, receipt = signed(harness)
    assert receipt.url.rpartition("/")[2] != draft.url.rpartition("/")[2]
    assert "by Dr. Ngozi Okafor" in receipt.words
    assert len(harness.in_chart("DocumentReference", "bergstrom")) == 2


def test_nothing_writable_says_so_loudly_until_a_person_confirms(site):
    harness = site(COPY)
    browser, page, receipt = signed(harness)
    assert "Must be entered by hand." in page.words
    assert receipt.heading == "Signed, NOT in the chart: finish"
    assert harness.writes() == []
    for paper, words in (("pdf", "Print or fax packet"), ("handout", "Print handout"), ("letter", "Print referral")):
        assert words in receipt.words
        assert browser.get(f"{receipt.url}?copy={paper}").response.data.startswith(b"%PDF")
    done = browser.press(receipt, receipt.form(f"/receipt/{receipt.url.rpartition('/')[2]}"), "I have put it")
    assert done.heading == "In the chart, as a person confirmed", "nobody but that person has seen it there"
    assert "Confirmed by" in done.words
    assert harness.writes() == []


def test_what_is_not_in_the_chart_yet_is_told_at_the_next_launch(site):
    harness = site(COPY)
    signed(harness)
    page = harness.open(harness.browser(), "bergstrom")
    assert page.heading == "Signed, NOT in the chart: finish"


def take_back(browser, receipt, reason="Signed for the wrong level"):
    form = next(f for f in (receipt.form(f"/receipt/{receipt.url.rpartition('/')[2]}", reason=""),) if f)
    return browser.press(receipt, form, "Retract", reason=reason)


def test_a_plan_is_taken_back_whole_and_can_be_signed_anew(harness):
    browser, _, receipt = signed(harness)
    back = take_back(browser, receipt)
    assert back.heading == "Retracted", back.words
    for kind in ("CarePlan", "ServiceRequest", "Goal"):
        assert harness.in_chart(kind, "bergstrom")
        assert not valid(harness, kind)
    reasons = [r.resource.get("reason", [{}])[0].get("text") for r in harness.box.store.every("Provenance")]
    assert "Signed for the wrong level" in reasons
    page = harness.open(browser, "bergstrom")
    anew = browser.press(page, page.form("/sign"))
    assert anew.heading == "Saved to chart", anew.words
    assert anew.url.rpartition("/")[2] != receipt.url.rpartition("/")[2]
    assert len(valid(harness, "CarePlan")) == 1
    assert browser.get(receipt.url).status in (200, 401)


def test_without_a_reason_nothing_is_retracted_and_the_field_says_so(harness):
    browser, _, receipt = signed(harness)
    page = take_back(browser, receipt, reason=" ")
    assert page.status == 422
    assert valid(harness, "CarePlan")
    assert '<a href="#retract-reason">Nothing was retracted. Say why' in page.text
    assert 'value=" " aria-invalid="true" aria-describedby="e-retract"' in page.text and 'id="e-retract"' in page.text
    form = page.form(f"/receipt/{receipt.url.rpartition('/')[2]}", reason=" ")
    assert browser.press(page, form, "Retract", reason="Wrong level").heading == "Retracted"


def test_receipts_can_be_taken_along(harness):
    browser, _, receipt = signed(harness)
    told = json.loads(browser.get(receipt.url + "?copy=receipt").text)
    places = {a["kind"]: a["reference"] for a in told["artifacts"]}
    (plan,) = harness.in_chart("CarePlan", "bergstrom")
    assert places["CarePlan"] == f"CarePlan/{plan['id']}"
    assert places["CarePlan"] in browser.get(receipt.url + "?copy=receipt-text").text
    assert browser.get(receipt.url + "?copy=pdf").response.mimetype == "application/pdf"
    for kind, media in {"text": "text/plain; charset=utf-8", "json": "application/fhir+json"}.items():
        assert browser.get(f"{receipt.url}?copy={kind}").response.headers["Content-Type"] == media
    assert browser.get(receipt.url + "?copy=what").status == 404


def test_a_conflict_shows_the_difference_and_lets_the_person_choose(harness):
    browser, _, _ = signed(harness, "whitfield")
    (plan,) = harness.in_chart("CarePlan", "whitfield")
    page = harness.open(browser, "whitfield")
    page = browser.press(page, page.form("/attest"), "Record", basis="Imaging", name="stable", on="2026-02-01")
    harness.box.store.put({**plan, "title": "Changed by a colleague"})
    receipt = browser.press(page, page.form("/sign"))
    assert receipt.heading == "Signed, NOT in the chart: finish"
    assert "Changed by a colleague" in receipt.words
    assert len(harness.in_chart("CarePlan", "whitfield")) == 1
    done = browser.press(receipt, receipt.form(f"/receipt/{receipt.url.rpartition('/')[2]}"), "End the earlier plan")
    assert done.heading == "Saved to chart", done.words
    assert sorted(p["status"] for p in harness.in_chart("CarePlan", "whitfield")) == ["active", "revoked"]


def test_foreign_choices_are_refused(harness):
    browser, _, receipt = signed(harness)
    form = receipt.form(f"/receipt/{receipt.url.rpartition('/')[2]}", reason="")
    assert browser.press(receipt, form, "Retract", reason="x", token="0" * 64).status == 403
    assert browser.press(receipt, form, "Retract", reason="x", patient="Patient/moreau").status == 400
    assert valid(harness, "CarePlan")


def test_what_a_dead_process_left_is_finished_by_the_next_one(harness):
    """The reply never came and the process died: after a restart the plan lands without anybody looking."""
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    store = harness.app.extensions["loadpath"].store
    keep, alive = store.outbox.save_rows, []

    def dies(*args, **kwargs):
        if not alive:
            alive.append(False)
            raise KeyboardInterrupt
        return keep(*args, **kwargs)

    store.outbox.save_rows = dies
    with pytest.raises(KeyboardInterrupt):
        browser.press(page, page.form("/sign"))
    assert harness.writes() == []
    with harness.app.app_context():
        assert resume() == 1
        assert harness.writes() == []  # the lease of the dead still holds
        harness.clock.now += 80
        assert resume() == 1
        harness.clock.now += 80
        resume()
        assert resume() == 0
    assert len(harness.in_chart("CarePlan", "bergstrom")) == 1
    assert len(harness.writes()) == 1


@pytest.fixture
def at(tmp_path):
    def made(vendor):
        return make_harness(tmp_path, personality=vendor)

    return made


def test_where_only_a_note_is_taken_nobody_is_told_that_anything_was_ordered(at):
    browser, _, receipt = signed(at("epic"))
    assert receipt.heading == "Saved to chart"
    assert "the EHR holds no order of ours" in receipt.words
    assert "referral are active" not in receipt.words
    assert "9 Goals" in receipt.words, "told once, not nine times"
    back = take_back(browser, receipt)
    assert back.heading == "Retracted", back.words
    assert "Record of who took it back" not in back.words, "an EHR that takes no such record is not asked for it"


def test_what_was_put_there_by_hand_is_taken_back_by_hand(at):
    browser, _, receipt = signed(at("athena"))
    form = receipt.form(f"/receipt/{receipt.url.rpartition('/')[2]}")
    done = browser.press(receipt, form, "I have put it")
    back = take_back(browser, done)
    assert back.heading == "Not yet retracted"
    assert "take it back in the chart by hand" in back.words and "put the copy" not in back.words
    by_hand = next(f for f in forms_in(back.text) if any("I have retracted" in words for _, _, words in f.buttons))
    assert browser.press(back, by_hand).heading == "Retracted"
    page = browser.get(back.url.partition("/receipt/")[0] + "/")
    anew = browser.press(page, page.form("/sign"))
    assert anew.url.rpartition("/")[2] != receipt.url.rpartition("/")[2], "another plan, though its content is the same"


def test_a_site_signs_under_its_own_identifiers_and_knows_what_stood_under_the_example(tmp_path):
    """whitfield's chart holds a plan that was written before there was this setting: it is replaced, not doubled."""
    harness = make_harness(tmp_path, settings={"identifier_base": "https://hospital.example/rehab"})
    browser = harness.browser()
    page = harness.open(browser, "whitfield")
    before = harness.in_chart("CarePlan", "whitfield")
    page = browser.press(page, page.form("/attest"), "Record", basis="Imaging", name="stable", on="2026-02-01")
    receipt = browser.press(page, page.form("/sign"))
    assert receipt.heading == "Saved to chart", receipt.words
    plans = harness.in_chart("CarePlan", "whitfield")
    (made,) = [p for p in plans if p["id"] not in {old["id"] for old in before}]
    assert {i["system"].partition("/plan")[0] for i in made["identifier"]} == {"https://hospital.example/rehab"}
    if before:
        assert [p["status"] for p in plans if p["id"] == before[0]["id"]] == ["revoked"]
