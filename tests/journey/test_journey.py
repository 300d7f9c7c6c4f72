"""A clinician opens a patient, reviews, edits, signs, and finds the plan in the chart. Nothing here opens a socket."""

import json
import re

import pytest
import requests

from tests.journey.harness import APP, make_harness


@pytest.mark.req("SM-X7")
def test_from_launch_to_the_plan_in_the_chart(harness):
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    assert page.status == 200 and "Daniel Erik Bergstrom" in page.words
    assert "born Jan 13, 1964" in page.words and "RB-10021" in page.words
    assert "Rehabilitation phase Initial" in page.words
    assert harness.writes() == []

    receipt = browser.press(page, page.form("/sign"), "Sign and send")
    assert receipt.heading == "Saved to chart"
    assert len(harness.writes()) == 1

    (plan,) = harness.in_chart("CarePlan", "bergstrom")
    (order,) = harness.in_chart("ServiceRequest", "bergstrom")
    assert (plan["status"], order["status"]) == ("active", "active")
    assert [based["reference"] for based in order["basedOn"]] == [f"CarePlan/{plan['id']}"]
    assert len(harness.in_chart("Goal", "bergstrom")) == len(plan["goal"])
    assert f"CarePlan/{plan['id']}" in receipt.words and f"ServiceRequest/{order['id']}" in receipt.words
    assert 'href="http://localhost:8081/chart/bergstrom"' in receipt.text


def test_every_way_of_signing_twice_writes_once(harness):
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    sign = page.form("/sign")
    first = browser.press(page, sign)
    again = browser.press(page, sign)  # back in the browser, then the button once more
    reloaded = browser.get(first.url)
    assert first.url == again.url == reloaded.url
    assert again.heading == reloaded.heading == "Saved to chart"
    assert len(harness.writes()) == 1
    assert len(harness.in_chart("CarePlan", "bergstrom")) == 1


def test_a_second_launch_finds_the_plan_and_offers_nothing_to_sign(harness):
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    browser.press(page, page.form("/sign"))
    page = harness.open(browser, "bergstrom")
    assert "Unchanged since" in page.words and "next: " in page.words
    assert "Today's chart gives the same plan" in page.words
    assert page.heading == "This plan is signed already"
    assert "This very plan is in the chart already" in page.words
    assert "Saves plan" not in page.words, "nothing can be signed, so nothing will be saved"
    assert "Nothing: this very plan is signed already" in page.words
    assert "Signed here" in page.words
    assert '/sign"' not in page.text


def test_an_attestation_changes_the_plan_at_once_and_can_be_withdrawn(harness):
    browser = harness.browser()
    page = harness.open(browser, "whitfield")
    before = page.words.split("Rehabilitation phase ")[1].split()[0]
    stated = browser.press(page, page.form("/attest"), "Record", basis="Imaging", name="stable", on="2026-02-01")
    assert "Fracture stable since Feb 1, 2026" in stated.words and "Dr. Ngozi Okafor" in stated.words
    after = stated.words.split("Rehabilitation phase ")[1].split()[0]
    assert before != after
    back = browser.press(stated, stated.form("/attest", name="stable"), "Withdraw")
    assert back.words.split("Rehabilitation phase ")[1].split()[0] == before


def test_an_attestation_is_there_again_at_the_next_launch(harness):
    browser = harness.browser()
    page = harness.open(browser, "whitfield")
    browser.press(page, page.form("/attest"), "Record", basis="Imaging", name="stable", on="2026-02-01")
    other = harness.open(harness.browser(), "whitfield")
    assert "Fracture stable since Feb 1, 2026" in other.words


@pytest.mark.parametrize("on", ["2026-03-02", "", "yesterday", "2026-02-30"])
def test_a_statement_needs_a_day_that_has_been(harness, on):
    browser = harness.browser()
    page = harness.open(browser, "whitfield")
    refused = browser.press(page, page.form("/attest"), "Record", basis="Imaging", name="stable", on=on)
    assert refused.status == 422
    assert "Fracture stable since" not in refused.words


def test_dropping_and_undoing_an_exercise(harness):
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    dropped = browser.press(page, page.form("/decide", item="E11.dose"), "Remove")
    assert "Removed by you. Suggested:" in dropped.words
    undone = browser.press(dropped, dropped.form("/undo", item="E11"), "Undo")
    assert "Removed by you" not in undone.words
    assert page.form("/sign").fields["fingerprint"] == undone.form("/sign").fields["fingerprint"]


def test_a_changed_dose_is_signed_as_changed(harness):
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    changed = browser.press(page, page.form("/decide", item="E11.dose"), "Save", value="1 x 6, hold 2 s")
    assert "Changed by you. Suggested:" in changed.words
    browser.press(changed, changed.form("/sign"))
    (plan,) = harness.in_chart("CarePlan", "bergstrom")
    assert "1 x 6, hold 2 s" in json.dumps(plan["activity"])
    again = harness.open(browser, "bergstrom")
    assert "Today's chart gives the same plan" in again.words and "Changed as signed on Mar 1, 2026" in again.words


def test_loosening_a_restriction_needs_a_reason(harness):
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    form = page.form("/decide", item="R9")
    refused = browser.press(page, form, "Remove this restriction")
    assert refused.status == 422 and "This loosens a precaution" in refused.words
    allowed = browser.press(page, form, "Remove this restriction", reason="Lifts at work, trained technique")
    assert allowed.status == 200 and "Reason: Lifts at work, trained technique" in allowed.words


def test_what_must_stay_cannot_be_dropped(harness):
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    form = page.form("/decide", item="E11.dose")
    form.fields["item"] = "X01"
    refused = browser.press(page, form, "Remove", reason="because")
    assert refused.status == 422
    assert "cannot be dropped" in refused.words


def test_who_may_only_draft_writes_drafts(harness):
    browser = harness.browser()
    page = harness.open(browser, "bergstrom", "lindqvist")
    form = page.form("/sign")
    assert form.fields["as"] == "draft" and "Save draft for signature" in form.buttons[0][2]
    forced = browser.press(page, form, **{"as": "active"})
    assert forced.status == 403 and harness.writes() == []
    receipt = browser.press(page, form)
    assert receipt.heading == "Saved to chart, as draft"
    assert {r["status"] for r in harness.in_chart("CarePlan", "bergstrom")} == {"draft"}
    assert {r["status"] for r in harness.in_chart("ServiceRequest", "bergstrom")} == {"draft"}


def test_a_point_neither_settled_nor_left_open_is_refused_and_what_was_ticked_is_kept(harness):
    def refuse(sent):
        if sent.path == "/fhir/Procedure":
            raise requests.exceptions.ConnectionError

    harness.wire.before = refuse
    browser = harness.browser()
    page = harness.open(browser, "whitfield")
    form = page.form("/sign")
    assert form.fields["open"] == ["unread", "confirm-stability"]
    refused = browser.press(page, form, open=["confirm-stability"])
    assert refused.status == 422 and harness.writes() == []
    assert '<a href="#e-open">Nothing was signed. Settle each point' in refused.text
    boxes = re.findall(r'<input type="checkbox"[^>]*>', refused.text)
    assert ["aria-invalid" in box for box in boxes] == [True, False]
    assert [" checked" in box for box in boxes] == [False, True]
    assert browser.press(page, form, open=[]).status == 422
    assert browser.press(page, form).heading == "Saved to chart"
    (plan,) = harness.in_chart("CarePlan", "whitfield")
    assert "Left open when signed by Dr. Ngozi Okafor: Could not be read: procedures" in json.dumps(plan["note"])


def test_what_was_left_open_stands_in_what_is_signed_with_the_name_of_the_signer(harness):
    browser = harness.browser()
    page = harness.open(browser, "whitfield")
    receipt = browser.press(page, page.form("/sign"))
    (plan,) = harness.in_chart("CarePlan", "whitfield")
    told = [note["text"] for note in plan["note"] if note["text"].startswith("Left open when signed by")]
    assert len(told) >= len(page.form("/sign").fields["open"])
    assert all("Dr. Ngozi Okafor: By time since fracture the next phase" in line for line in told)
    assert f"Left open when signed {len(told)}" in receipt.words


def test_a_draft_leaves_the_points_to_who_signs_it(harness):
    browser = harness.browser()
    page = harness.open(browser, "whitfield", "lindqvist")
    assert "open" not in page.form("/sign").fields and "to settle" in page.words
    assert browser.press(page, page.form("/sign")).heading == "Saved to chart, as draft"
    (plan,) = harness.in_chart("CarePlan", "whitfield")
    assert not any("Left open" in note["text"] for note in plan["note"])
    signer = harness.browser()
    page = harness.open(signer, "whitfield")
    assert signer.press(page, page.form("/sign"), "Save draft", open=[]).status == 200
    page = harness.open(signer, "whitfield")
    assert signer.press(page, page.form("/sign"), open=[]).status == 422


def test_a_signer_makes_a_draft_active_and_the_draft_ends(harness):
    first = harness.browser()
    page = harness.open(first, "bergstrom", "lindqvist")
    first.press(page, page.form("/sign"))
    second = harness.browser()
    page = harness.open(second, "bergstrom", "okafor")
    receipt = second.press(page, page.form("/sign"), **{"as": "active"})
    assert receipt.heading == "Saved to chart", receipt.words
    statuses = sorted(r["status"] for r in harness.in_chart("CarePlan", "bergstrom"))
    assert statuses.count("active") == 1 and "draft" not in statuses


def test_a_plan_on_record_is_followed_by_a_successor(harness):
    browser = harness.browser()
    page = harness.open(browser, "lindgren")
    assert "This patient already has a Loadpath plan" in page.words
    assert "It was not signed in this Loadpath: what has changed since it was signed cannot be told." in page.words
    assert "Signing writes a new plan that replaces it." in page.words
    (old,) = [p for p in harness.in_chart("CarePlan", "lindgren") if p["status"] == "active"]
    receipt = browser.press(page, page.form("/sign"))
    assert receipt.heading == "Saved to chart", receipt.words
    plans = {p["id"]: p for p in harness.in_chart("CarePlan", "lindgren")}
    (new,) = [p for p in plans.values() if p["status"] == "active"]
    assert new["id"] != old["id"] and plans[old["id"]]["status"] != "active"
    assert new["replaces"][0]["reference"] == f"CarePlan/{old['id']}"


@pytest.mark.parametrize(("patient", "heading"), [
    ("petrov", "Do not prescribe exercise: refer"),
    ("delgado", "No active lumbar fracture found"),
    ("sato", "No active lumbar fracture found"),
])  # fmt: skip
def test_without_a_plan_there_is_nothing_to_sign(harness, patient, heading):
    page = harness.open(harness.browser(), patient)
    assert page.heading == heading
    assert '/sign"' not in page.text
    assert "What was looked for, and what was found" in page.words
    assert "Program " not in page.words.split("What was looked for")[0]


def test_the_source_of_a_number_is_one_click_away(harness):
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    link = f"/l/{page.launch_id}/source/Observation/bergstrom-dxa-1"
    assert f'href="{link}"' in page.text
    record = browser.get(APP + link)
    assert record.status == 200 and "Daniel Erik Bergstrom" in record.words and "T-score" in record.words


def test_the_signed_plan_can_be_taken_along(harness):
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    receipt = browser.press(page, page.form("/sign"))
    text = browser.get(receipt.url + "?copy=text")
    assert "AVOID:" in text.text and all(len(line) <= 80 for line in text.text.splitlines()[4:])
    bundle = browser.get(receipt.url + "?copy=json")
    assert bundle.response.mimetype == "application/fhir+json"
    assert {e["resource"]["resourceType"] for e in json.loads(bundle.text)["entry"]} >= {"CarePlan", "ServiceRequest"}


def test_a_chart_that_changed_meanwhile_asks_for_another_look(harness):
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    (mine,) = [c for c in harness.in_chart("Condition", "bergstrom") if c["id"] == "bergstrom-problem-1"]
    harness.box.store.put({**mine, "onsetDateTime": "2025-10-01"})
    harness.clock.now += 3600 / 4
    answer = browser.press(page, page.form("/sign"))
    assert answer.status == 409 and "no longer what you looked at" in answer.words
    assert harness.writes() == []
    receipt = browser.press(answer, answer.form("/sign"))
    assert receipt.heading == "Saved to chart"


def test_edits_survive_the_end_of_the_session(harness):
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    browser.press(page, page.form("/decide", item="E11.dose"), "Remove")
    harness.clock.now += 1801
    assert browser.get(page.url).heading == "This session has ended"
    page = harness.open(browser, "bergstrom")
    assert "Removed by you" in page.words


@pytest.mark.req("SM-E2")
def test_logging_out_forgets_the_session(harness):
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    assert browser.press(page, page.form("/leave")).heading == "Session ended"
    assert browser.get(page.url).status == 401
    assert any(sent.path.endswith("/revoke") for sent in harness.wire.seen)


@pytest.mark.req("SM-L3", "SM-L4")
def test_standalone_launch(harness):
    browser = harness.browser()
    choice = browser.get(f"{APP}/launch/standalone")
    assert "Sandbox EHR" in choice.words
    page = browser.get(f"{APP}/launch/standalone?ehr=sandbox")
    page = browser.press(page, page.form("/auth/decision"), "Continue", patient="bergstrom", user="okafor")
    page = browser.press(page, page.form("/auth/decision"), "Allow")
    page = harness.settled(browser, page)
    assert "Daniel Erik Bergstrom" in page.words and "Rehabilitation phase Initial" in page.words


def test_the_other_worker_serves_the_next_page(tmp_path):
    """Nothing a page needs lives in one process: a second application on the same store goes on where the first was."""
    from smartapp import create_app

    harness = make_harness(tmp_path)
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    made = harness.app.extensions["loadpath"]
    second = create_app(made.settings, clock=harness.clock, session_factory=harness.wire, env={}, background=False)
    other = harness.browser()
    other.clients[APP] = second.test_client()
    cookie = browser.clients[APP].get_cookie("__Host-loadpath", "127.0.0.1")
    other.clients[APP].set_cookie("__Host-loadpath", cookie.value, domain="127.0.0.1")
    again = other.get(page.url)
    assert again.form("/sign").fields["fingerprint"] == page.form("/sign").fields["fingerprint"]
    assert other.press(again, again.form("/sign")).heading == "Saved to chart"


def test_a_red_flag_opens_a_note_with_finding_source_and_what_to_do_and_orders_nothing(harness):
    browser = harness.browser()
    page = harness.open(browser, "petrov")
    note = browser.get(APP + re.search(r'href="([^"]+/referral-note)">Refer now', page.text)[1])
    assert note.status == 200 and "Nothing is ordered or sent from here" in note.words
    text = re.search(r'id="referral-note">(.*?)</p>', note.text, re.DOTALL)[1]
    finding = re.search(r'class="finding">(.*?)</p>', page.text)[1]
    assert finding in text and "Source: " in text and "Condition/petrov" in text and "Not an order" in text
    assert "born" in text and not re.search(r"\b20\d\d-\d\d", text.replace("Condition/", ""))
    assert harness.writes() == []


def test_where_there_is_a_plan_there_is_no_note_of_referral_instead(harness):
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    assert "Refer now" not in page.words
    assert browser.get(f"{page.url.partition('?')[0]}referral-note").status == 404
