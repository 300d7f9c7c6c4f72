"""The coordinator's pages: from a signed plan to a finished referral, and everything that may come between."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta

import pytest

from launch.sandbox import people
from launch.sandbox.outcome import Refused
from tests.journey.harness import APP, Browser, Form, Harness, Page, forms_in
from tests.journey.test_receipt import take_back
from tests.journey.whole import exercise, sign

PATIENT = "bergstrom"
TODAY = date(2026, 3, 1)
ELSEWHERE = {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}


@pytest.fixture
def sent(harness) -> Harness:
    """With one plan signed and its referral in the EHR."""
    browser = harness.browser()
    sign(browser, harness.open(browser, PATIENT))
    assert task(harness)["status"] == "requested"
    return harness


def tasks(harness: Harness) -> list[dict]:
    """The referrals: not the questions, with a date or of a coordinator, that go with an order."""
    return [each for each in harness.in_chart("Task", PATIENT) if not {"restriction", "partOf"} & each.keys()]


def task(harness: Harness) -> dict:
    return tasks(harness)[0]


def enter(harness: Harness, browser: Browser, user: str = "brandt") -> Page:
    page = browser.get(f"{APP}/launch/referrals?ehr=sandbox")
    page = browser.press(page, page.form("/auth/decision"), user=user)
    return browser.press(page, page.form("/auth/decision"), "Allow") if "/auth/" in page.url else page


def opened(harness: Harness, browser: Browser) -> Page:
    inbox = enter(harness, browser)
    return browser.get(f"{inbox.url}/{task(harness)['id']}")


def move(browser: Browser, page: Page, action: str, **fields: str) -> Page:
    return browser.press(page, form_of(page, action), **fields)


def form_of(page: Page, action: str) -> Form:
    return next(f for f in forms_in(page.text) if f.action.endswith("/move") and f.fields["action"] == action)


def test_from_new_to_completed(sent):
    browser = sent.browser()
    inbox = enter(sent, browser)
    assert inbox.heading.startswith("All open 1") and "Bergstrom" in inbox.words and "Accept or decline" in inbox.words
    page = browser.get(f"{inbox.url}/{task(sent)['id']}")
    assert "Movement restrictions" in page.words and page.words.index("Movement restrictions") < page.words.index(
        "Asked"
    )
    page = move(browser, page, "accept")
    assert (task(sent)["status"], task(sent)["businessStatus"]["coding"][0]["code"]) == ("accepted", "3.0")
    page = move(browser, page, "contact", text="Called, voicemail left")
    assert task(sent)["status"] == "accepted" and "Contact: Called, voicemail left" in page.words
    page = move(browser, page, "schedule", on="2026-03-02")
    assert "Booked, visit due" in page.words
    sent.clock.now += 2 * 86400
    page = move(browser, opened(sent, browser), "miss", reason="transport")
    assert task(sent)["statusReason"]["coding"][0]["code"] == "transport" and "No-show to rebook" in page.words
    page = move(browser, page, "schedule", on="2026-03-03")
    page = move(browser, page, "visit", on="2026-03-03")
    assert "Plan of care owed" in page.words and "Apr 2, 2026" in page.text
    page = move(browser, page, "attend", on="2026-03-03")
    assert page.status == 422 and "a visit on Mar 3, 2026 is recorded already" in page.words
    page = move(browser, page, "plan-of-care", on="2026-03-03")
    assert "Recertification due" in page.words and "statusReason" not in task(sent)
    page = move(browser, page, "complete", text="Walks 30 min without pain")
    done = task(sent)
    assert (done["status"], done["businessStatus"]["coding"][0]["code"]) == ("completed", "7.0")
    assert len(done["note"]) == 8 and all(
        n["authorReference"]["reference"] == "Practitioner/brandt" for n in done["note"]
    )
    assert "Nothing is open to you here." in page.words
    assert enter(sent, sent.browser()).heading.startswith("All open 0")


def test_a_declined_referral_is_told_with_its_reason_and_the_next_order_is_a_new_one(sent):
    coordinator, clinician = sent.browser(), sent.browser()
    move(coordinator, opened(sent, coordinator), "decline", reason="not-covered")
    page = sent.open(clinician, PATIENT)
    status = clinician.get(f"{APP}/l/{page.launch_id}/referral")
    assert "Declined: Not covered by the payer" in status.words and "Nobody:" not in status.words
    sign(clinician, clinician.press(page, exercise(page), "Remove"))
    assert sorted(each["status"] for each in tasks(sent)) == ["rejected", "requested"], "what was declined stays so"
    inbox = enter(sent, coordinator)
    assert inbox.heading.startswith("All open 1") and "Accept or decline" in inbox.words
    (new,) = (each for each in tasks(sent) if each["status"] == "requested")
    again = coordinator.get(f"{inbox.url}/{new['id']}")
    assert "Changed after it was sent" not in again.words, "nobody had worked on the one before"
    assert task_status(move(coordinator, again, "accept"), sent, new) == "accepted"


def task_status(_: Page, harness: Harness, which: dict) -> str:
    return next(each["status"] for each in tasks(harness) if each["id"] == which["id"])


def test_after_a_second_no_show_the_list_says_so_and_it_is_booked_a_third_time(sent):
    browser = sent.browser()
    page = move(browser, opened(sent, browser), "accept")
    for count, reason in ((1, "no-word"), (2, "ill")):
        page = move(browser, page, "schedule", on=f"2026-03-0{count}")
        sent.clock.now += 86400
        page = move(browser, opened(sent, browser), "miss", reason=reason)
    assert "Book again: no-show 2" in page.words and "Book again: no-show 2" in enter(sent, browser).words
    page = move(browser, opened(sent, browser), "schedule", on="2026-03-09")
    assert "Come to the first visit" in page.words and "Did not come" in page.text
    days = [o["valueDateTime"] for o in task(sent)["output"] if o["type"]["coding"][0]["code"] == "visit-missed"]
    assert days == ["2026-03-02", "2026-03-03"]


def done(harness: Harness) -> None:
    browser = harness.browser()
    page = move(browser, opened(harness, browser), "accept")
    page = move(browser, move(browser, page, "visit", on="2026-03-01"), "plan-of-care", on="2026-03-01")
    move(browser, page, "complete", text="Walks 30 min without pain")


def order_of(harness: Harness) -> dict:
    focus = task(harness)["focus"]["reference"]
    return next(o for o in harness.in_chart("ServiceRequest", PATIENT) if focus.endswith(f"/{o['id']}"))


def test_who_may_sign_completes_the_order_of_a_completed_referral(sent):
    clinician = sent.browser()
    review = sent.open(clinician, PATIENT)
    where = f"{APP}/l/{review.launch_id}/referral"
    assert "/complete-order" not in clinician.get(where).text
    done(sent)
    assert {"type": {"text": "Outcome"}, "valueString": "Walks 30 min without pain"} in task(sent)["output"]
    page = clinician.get(where)
    assert "Completed" in page.words and "still has the order as active" in page.words
    form = page.form("/complete-order")
    said = clinician.press(page, form)
    assert "The order is completed in the EHR." in said.words and order_of(sent)["status"] == "completed"
    assert "/complete-order" not in said.text
    again = clinician.press(page, form)
    assert again.status == 422 and "does not have this order as active any more" in again.words
    assert "no longer" not in sent.open(sent.browser(), PATIENT).words, "a completed order is not a lost one"


def test_nobody_else_completes_an_order_and_none_of_another_patient(sent):
    done(sent)
    clinician, drafter = sent.browser(), sent.browser()
    page = clinician.get(f"{APP}/l/{sent.open(clinician, PATIENT).launch_id}/referral")
    form = page.form("/complete-order")
    review = sent.open(drafter, PATIENT, "lindqvist")
    assert "/complete-order" not in drafter.get(f"{APP}/l/{review.launch_id}/referral").text
    own = next(f.fields for f in forms_in(review.text) if "token" in f.fields)
    form.action = form.action.replace(form.fields["launch"], review.launch_id)
    form.fields |= {name: own[name] for name in ("launch", "patient", "token")}
    assert drafter.press(review, form).status == 403 and order_of(sent)["status"] == "active"
    sent.box.store.put({**order_of(sent), "subject": {"reference": "Patient/petrov"}})
    assert "/complete-order" not in clinician.get(page.url).text


@pytest.mark.parametrize(
    ("action", "fields", "words"),
    [
        ("decline", {"reason": ""}, "choose a reason"),
        ("decline", {"reason": "because"}, "choose a reason"),
        ("ask", {"text": " "}, "“Question” is empty"),
        ("contact", {"text": "x" * 1001}, "longer than 1000"),
        ("hold", {"reason": "records", "on": "2026-02-28"}, "Feb 28, 2026 has passed"),
        ("hold", {"reason": "records", "on": "next week"}, "The day is not a date"),
        ("hold", {"reason": "records", "on": ""}, "give the day"),
    ],
)  # fmt: skip
def test_what_is_missing_is_named_and_what_was_typed_is_kept(sent, action, fields, words):
    browser, before = sent.browser(), task(sent)
    page = move(browser, opened(sent, browser), action, **fields)
    assert page.status == 422 and words in page.words and 'aria-invalid="true"' in page.text
    assert task(sent) == before
    if fields.get("reason") == "records":
        assert form_of(page, action).fields["reason"] == "" or "selected" in page.text


def test_a_step_the_table_does_not_hold_is_refused(sent):
    browser = sent.browser()
    page = opened(sent, browser)
    form = form_of(page, "accept")
    form.fields["action"] = "complete"
    refused = browser.press(page, form, text="Done")
    assert refused.status == 422 and "is not open to you" in refused.words and task(sent)["status"] == "requested"


def test_of_two_coordinators_the_second_reads_who_was_first(sent):
    one, other = sent.browser(), sent.browser()
    first, second = opened(sent, one), opened(sent, other)
    move(one, first, "accept")
    page = move(other, second, "decline", reason="duplicate")
    assert page.status == 409 and "Rosa Brandt was quicker: Accepted." in page.words
    assert task(sent)["status"] == "accepted" and len(task(sent)["note"]) == 1


def test_a_change_behind_our_back_between_look_and_write_is_refused_by_the_version(sent, monkeypatch):
    browser = sent.browser()
    page = opened(sent, browser)
    update = type(sent.box.fhir).update

    def changed_first(self, access, type_, id_, resource, if_match=None, **named):
        sent.box.store.put({**task(sent), "status": "in-progress"})
        monkeypatch.setattr(type(self), "update", update)
        return update(self, access, type_, id_, resource, if_match, **named)

    monkeypatch.setattr(type(sent.box.fhir), "update", changed_first)
    page = move(browser, page, "accept")
    assert page.status == 409 and "Somebody changed this referral meanwhile" in page.words
    assert task(sent)["status"] == "in-progress" and "another system moved it" in page.words


def test_only_coordinators_see_referrals_and_only_referrals(sent):
    refused = enter(sent, sent.browser(), "okafor")
    assert refused.status == 403 and "Bergstrom" not in refused.text
    browser = sent.browser()
    inbox = enter(sent, browser)
    for path in ("/", "/sessions"):
        page = browser.get(f"{APP}/l/{inbox.launch_id}{path}")
        assert page.status == 401 and "Bergstrom" not in page.text
    chart = sent.open(sent.browser(), PATIENT, "brandt")
    assert chart.status == 403 and chart.heading == "Your page is the list of referrals"


def test_a_task_of_somebody_else_is_no_referral_of_ours(sent):
    foreign = {**task(sent), "id": "foreign", "identifier": [{"system": "urn:other", "value": "1"}]}
    sent.box.store.put(foreign)
    browser = sent.browser()
    inbox = enter(sent, browser)
    assert inbox.heading.startswith("All open 1")
    assert browser.get(f"{inbox.url}/foreign").status == 422


def test_a_plan_of_another_patient_is_not_shown(sent):
    plan = sent.in_chart("CarePlan", PATIENT)[0]
    sent.box.store.put({**plan, "subject": {"reference": "Patient/petrov"}})
    page = opened(sent, sent.browser())
    assert "is another patient's" in page.words and "Not shown here: read them in the plan" in page.words


def test_the_list_is_narrowed_and_exported_without_formulas(sent):
    patient = next(s.resource for s in sent.box.store.every("Patient") if s.resource["id"] == PATIENT)
    sent.box.store.put({**patient, "name": [{"text": "=cmd()"}]})
    browser = sent.browser()
    inbox = enter(sent, browser)
    assert browser.get(f"{inbox.url}?queue=TO_BOOK").heading.startswith("To book 0")
    assert browser.get(f"{inbox.url}?queue=NEW&urgency=stat").heading.startswith("New 0")
    sent.clock.now += timedelta(days=3).total_seconds()
    late = browser.get(f"{enter(sent, browser).url}?overdue=1")
    assert late.heading.startswith("All open 1") and "1 d overdue" in late.words
    file = browser.get(f"{APP}/l/{late.launch_id}/referrals.csv")
    (row,) = csv.DictReader(io.StringIO(file.text))
    assert row["Patient"] == "'=cmd()" and row["Queue"] == "New"
    assert (row["Order signed: done"], row["First visit: due"]) == ("2026-03-01", "2026-03-08")


def test_no_name_reaches_an_address(sent):
    browser = sent.browser()
    opened(sent, browser)
    assert not [url for url in browser.visited if "ergstrom" in url.replace("/launch", "")]


def test_an_ehr_without_coordinators_offers_no_referrals(harness):
    browser = harness.browser()
    assert browser.get(f"{APP}/launch/referrals").text.count("ehr=sandbox") == 1
    issuer = next(iter(harness.app.extensions["loadpath"].smart.issuers))
    object.__setattr__(issuer, "roles", replace(issuer.roles, coordinators=()))
    assert "No EHR has coordinators here" in browser.get(f"{APP}/launch/referrals").words
    assert browser.get(f"{APP}/launch/referrals?ehr=sandbox").status == 400


def test_leaving_ends_the_session(sent):
    browser = sent.browser()
    inbox = enter(sent, browser)
    browser.press(inbox, inbox.form("/leave"))
    assert browser.get(inbox.url).status == 401


def test_a_coordinators_login_reads_no_chart(sent):
    before = len(sent.wire.seen)
    opened(sent, sent.browser())
    asked = [s.path.removeprefix("/fhir/") for s in sent.wire.seen[before:] if s.path.startswith("/fhir/")]
    kinds = {path.partition("?")[0].partition("/")[0] for path in asked}
    own = {"Task", "Patient", "ServiceRequest", "CarePlan", "metadata"}
    assert kinds <= own | {"Coverage", "Practitioner", "PractitionerRole", "Condition"}
    order = next(s for s in sent.in_chart("ServiceRequest", PATIENT) if s["status"] == "active")
    assert {p for p in asked if p.startswith("Condition")} <= {r["reference"] for r in order["reasonReference"]}
    assert people.USERS["brandt"].writes is not None


def test_a_question_goes_to_the_clinician_and_comes_back_answered(sent):
    coordinator, clinician = sent.browser(), sent.browser()
    asked = move(coordinator, opened(sent, coordinator), "ask", text="Is a collar ordered?")
    assert "Waiting for clinician" in asked.words and task(sent)["status"] == "on-hold"
    review = sent.open(clinician, PATIENT)
    status = clinician.get(f"{APP}/l/{review.launch_id}/referral")
    assert "Is a collar ordered?" in status.words and "Answer the question" in status.words
    empty = clinician.press(status, status.form("/answer"), text=" ")
    assert empty.status == 422 and "“Answer” is empty" in empty.words
    done = clinician.press(status, status.form("/answer"), text="No collar.")
    assert "Your answer is saved to the EHR." in done.words and "Answered: No collar." in done.words
    assert (
        task(sent)["status"] == "received"
        and task(sent)["note"][-1]["authorReference"]["reference"] == "Practitioner/okafor"
    )
    late = clinician.press(status, status.form("/answer"), text="Yes.")
    assert late.status == 409 and "Nothing of yours was saved" in late.words and len(task(sent)["note"]) == 2


@pytest.mark.parametrize("way", ["ask", "hold"])
def test_what_nobody_accepted_is_not_accepted_by_an_answer_or_the_end_of_a_hold(sent, way):
    browser, clinician = sent.browser(), sent.browser()
    fields = {"text": "Collar?"} if way == "ask" else {"reason": "records", "on": "2026-03-02"}
    page = move(browser, opened(sent, browser), way, **fields)
    page = move(browser, page, "answer", text="No.") if way == "ask" else move(browser, page, "resume")
    assert "Accept or decline" in page.words and task(sent)["status"] == "received" and "owner" not in task(sent)
    page = move(browser, move(browser, page, "accept"), way, **fields)
    page = move(browser, page, "answer", text="No.") if way == "ask" else move(browser, page, "resume")
    assert "Book the first visit" in page.words and task(sent)["status"] == "accepted"
    assert sent.open(clinician, PATIENT).status == 200


def test_a_change_asked_about_is_still_to_be_acknowledged(sent):
    coordinator, clinician = sent.browser(), sent.browser()
    move(coordinator, opened(sent, coordinator), "contact", text="Called.")
    sign(clinician, clinician.press(page := sent.open(clinician, PATIENT), exercise(page), "Remove"))
    (new,) = (each for each in tasks(sent) if each["status"] == "requested")
    page = coordinator.get(f"{enter(sent, coordinator).url}/{new['id']}")
    assert "one that was being worked on" in page.words
    page = move(coordinator, move(coordinator, page, "ask", text="Why?"), "answer", text="Pain.")
    assert "Acknowledge: the order was changed after it was sent" in page.words
    status = clinician.get(f"{APP}/l/{sent.open(clinician, PATIENT).launch_id}/referral")
    assert status.words.index("Acknowledge") < status.words.index("Canceled"), "the open one stands first"


def test_the_clinician_reads_where_it_stands_and_moves_nothing_else(sent):
    browser, coordinator = sent.browser(), sent.browser()
    review = sent.open(browser, PATIENT)
    assert f"/l/{review.launch_id}/referral" in review.text
    page = browser.get(f"{APP}/l/{review.launch_id}/referral")
    assert "Coordinator: Accept or decline" in page.words and "/answer" not in page.text
    accepted = move(coordinator, opened(sent, coordinator), "accept")
    assert "To book" in accepted.words
    assert "Coordinator: Book the first visit" in browser.get(page.url).words
    other = sent.open(browser, "kowalski")
    assert "no referral of Loadpath" in browser.get(f"{APP}/l/{other.launch_id}/referral").words


def test_nobody_answers_for_another_patient(sent):
    coordinator, clinician = sent.browser(), sent.browser()
    move(coordinator, opened(sent, coordinator), "ask", text="Collar?")
    review = sent.open(clinician, PATIENT)
    form = clinician.get(f"{APP}/l/{review.launch_id}/referral").form("/answer")
    other = sent.open(clinician, "kowalski")
    page = clinician.get(f"{APP}/l/{other.launch_id}/")
    form.action = form.action.replace(review.launch_id, other.launch_id)
    own = page.form("/sign").fields
    form.fields |= {name: own[name] for name in ("launch", "patient", "token")}
    assert clinician.press(page, form, text="Yes").status in (404, 502, 403, 422)
    assert task(sent)["status"] == "on-hold"


def test_an_order_changed_after_it_was_sent_has_to_be_acknowledged(sent):
    coordinator, clinician = sent.browser(), sent.browser()
    move(coordinator, move(coordinator, opened(sent, coordinator), "accept"), "schedule", on="2026-03-04")
    first = task(sent)
    page = sent.open(clinician, PATIENT)
    assert sign(clinician, clinician.press(page, exercise(page), "Remove")).heading == "Saved to chart"
    (new,) = (each for each in tasks(sent) if each["status"] == "requested")
    inbox = enter(sent, coordinator)
    assert (
        "Acknowledge: the order was changed after it was sent" in inbox.words and "Changed after sent 1" in inbox.words
    )
    page = coordinator.get(f"{inbox.url}/{new['id']}")
    assert "one that was booked for" in page.words and "Changed after it was sent" in page.words
    assert f"/referrals/{first['id']}" in page.text
    page = move(coordinator, page, "accept")
    assert "Changed after it was sent" not in page.words and "To book" in page.words


@pytest.mark.parametrize("told", [True, False])
def test_a_difference_is_found_at_the_end_of_a_long_restriction_and_none_is_claimed_unseen(sent, told):
    coordinator, clinician = sent.browser(), sent.browser()
    move(coordinator, opened(sent, coordinator), "accept")
    old = task(sent)["input"][0]["valueReference"]["reference"]
    sign(clinician, clinician.press(page := sent.open(clinician, PATIENT), exercise(page), "Remove"))
    (new,) = (each for each in tasks(sent) if each["status"] == "requested")
    (plan,) = (each for each in sent.in_chart("CarePlan", PATIENT) if f"CarePlan/{each['id']}" == old)
    for detail in restrictions(plan):
        detail["description"] += " Nor kneeling."
    sent.box.store.put(plan if told else {**plan, "activity": []})
    page = coordinator.get(f"{enter(sent, coordinator).url}/{new['id']}")
    assert ("Nor kneeling." if told else "could not be compared here") in page.words
    assert "read the same" not in page.words


def restrictions(plan: dict) -> list[dict]:
    details = (activity.get("detail", {}) for activity in plan["activity"])
    return [detail for detail in details if detail.get("doNotPerform")]


def test_restrictions_and_what_people_wrote_are_shown_whole(sent):
    (plan,) = sent.in_chart("CarePlan", PATIENT)
    forbidden = [detail["description"] for detail in restrictions(plan)]
    assert max(len(text) for text in forbidden) > 300
    browser = sent.browser()
    said = "Pain was < 4 and is > 6 now; " + "called again. " * 60 + "End."
    page = move(browser, opened(sent, browser), "contact", text=said)
    for text in (*forbidden, said):
        assert text[-200:] in page.words, text


def test_a_new_order_after_one_nobody_took_up_is_new(sent):
    clinician = sent.browser()
    page = sent.open(clinician, PATIENT)
    sign(clinician, clinician.press(page, exercise(page), "Remove"))
    inbox = enter(sent, sent.browser())
    assert "Changed after sent 0" in inbox.words and "New 1" in inbox.words


@pytest.mark.parametrize("changes", [{"token": ""}, {"launch": "x"}, {"patient": f"Patient/{PATIENT}"}])
def test_a_move_is_refused_without_its_token_or_from_another_page(sent, changes):
    browser = sent.browser()
    page = opened(sent, browser)
    form = form_of(page, "accept")
    form.fields |= changes
    assert browser.press(page, form).status in (400, 403)
    foreign = browser.post(f"{APP}{form_of(page, 'accept').action}", form_of(page, "accept").fields, headers=ELSEWHERE)
    assert foreign.status == 403 and task(sent)["status"] == "requested"


def test_who_accepts_owns_it_and_another_may_take_it_on(sent, monkeypatch):
    login = replace(people.USERS["brandt"], id="marsh", name="Ann Marsh")
    monkeypatch.setitem(people.USERS, "marsh", login)
    sent.box.store.put({"resourceType": "Practitioner", "id": "marsh", "name": [{"text": "Ann Marsh"}]})
    roles = next(iter(sent.app.extensions["loadpath"].smart.issuers)).roles
    object.__setattr__(roles, "coordinators", ("Practitioner/brandt", "Practitioner/marsh"))
    browser = sent.browser()
    assert "Nobody yet" in enter(sent, browser).words
    move(browser, opened(sent, browser), "accept")
    assert task(sent)["owner"]["reference"] == "Practitioner/brandt"
    other = sent.browser()
    theirs = enter(sent, other, "marsh")
    assert "Rosa Brandt" in theirs.words and other.get(f"{theirs.url}?mine=1").heading.startswith("All open 0")
    page = move(other, other.get(f"{theirs.url}/{task(sent)['id']}"), "take")
    assert task(sent)["owner"]["reference"] == "Practitioner/marsh" and "Taken on." in page.words
    assert other.get(f"{theirs.url}?mine=1").heading.startswith("All open 1")


@pytest.mark.parametrize("kind", ["pdf", "letter", "handout"])
def test_the_papers_of_a_referral_are_at_hand(sent, kind):
    browser = sent.browser()
    page = opened(sent, browser)
    assert f"{task(sent)['id']}/papers/{kind}" in page.text
    paper = browser.get(f"{page.url}/papers/{kind}")
    assert paper.status == 200 and paper.response.data.startswith(b"%PDF")
    assert browser.get(f"{page.url}/papers/json").status == browser.get(f"{page.url}/papers/other").status == 404


def test_of_a_plan_signed_elsewhere_there_are_no_papers(sent):
    name = task(sent)["identifier"][0]
    sent.box.store.put({**task(sent), "identifier": [{**name, "value": "0" * 32 + ".task"}]})
    browser = sent.browser()
    page = opened(sent, browser)
    assert "its papers come from who signed it" in page.words and browser.get(f"{page.url}/papers/pdf").status == 404


@pytest.mark.parametrize("down", [False, True])
def test_a_step_whose_answer_was_lost_is_made_once(sent, monkeypatch, down):
    browser, box = sent.browser(), type(sent.box.fhir)
    page, update = opened(sent, browser), box.update

    def unanswered(*_, **__):
        raise Refused(503, "away")

    def lost(*given, **named):
        update(*given, **named)
        if down:
            monkeypatch.setattr(box, "read", unanswered)
        raise Refused(503, "away")

    with monkeypatch.context() as faults:
        faults.setattr(box, "update", lost)
        read = box.read
        answer = move(browser, page, "contact", text="Called, no answer")
        monkeypatch.setattr(box, "read", read)
    if down:
        assert answer.status == 503 and "Nothing was" not in answer.words and "not saved" not in answer.words
        answer = move(browser, page, "contact", text="Called, no answer")
    assert answer.status == 200 and "Saved to the EHR." in answer.words
    assert [note["text"] for note in task(sent)["note"]] == ["Contact: Called, no answer"]


def test_a_form_sent_twice_is_one_step(sent):
    browser = sent.browser()
    page = opened(sent, browser)
    for _ in range(2):
        answer = move(browser, page, "accept")
        assert answer.status == 200 and "Saved to the EHR." in answer.words
    assert len(task(sent)["note"]) == 1


def test_what_the_ehr_refuses_is_told_and_nothing_is_called_saved(sent, monkeypatch):
    def refused(*_, **__):
        raise Refused(403, "not for apps")

    browser = sent.browser()
    page = opened(sent, browser)
    monkeypatch.setattr(type(sent.box.fhir), "update", refused)
    page = move(browser, page, "decline", reason="duplicate", text="See the order of Feb 2")
    assert page.status == 403 and "Nothing was saved." in page.words and "See the order of Feb 2" in page.text


def test_of_a_draft_a_coordinator_reads_that_it_is_not_signed_and_nothing_that_stands_in_it(harness):
    drafter, browser = harness.browser(), harness.browser()
    review = harness.open(drafter, PATIENT, "lindqvist")
    drafter.press(review, review.form("/sign"))
    assert task(harness)["status"] == "draft"
    page = opened(harness, browser)
    assert "Waiting for clinician" in page.words and "Sign the order" in page.words
    assert "the order is a draft that nobody has signed" in page.words and "do not book on it" in page.words
    plan, order = (harness.in_chart(kind, PATIENT)[-1] for kind in ("CarePlan", "ServiceRequest"))
    said = [each["detail"]["description"] for each in plan["activity"] if each.get("detail", {}).get("doNotPerform")]
    assert said and not [each for each in said if each.partition(" — ")[0] in page.words]
    assert order["reasonCode"][0]["text"] not in page.words and "Nothing is open to you here." in page.words


# -- how far it is, at the next launch


def test_the_next_launch_says_how_far_the_referral_is_also_without_script(sent):
    coordinator = sent.browser()
    assert "Referral: Coordinator: Accept or decline (By Mar 3, 2026)." in sent.open(sent.browser(), PATIENT).words
    page = move(coordinator, opened(sent, coordinator), "accept")
    move(coordinator, page, "visit", on="2026-03-01")
    said = "Referral: PT: Send the signed plan of care (By Mar 31, 2026). Therapy: evaluated Mar 1, 2026, next review "
    assert said in sent.open(sent.browser(), PATIENT).words
    page = move(coordinator, opened(sent, coordinator), "plan-of-care", on="2026-03-01")
    move(coordinator, page, "complete", text="Walks 30 min without pain")
    words = sent.open(sent.browser(), PATIENT).words
    assert "Referral: Completed: Walks 30 min without pain." in words
    assert "plan of care received Mar 1, 2026, next review " in words


# -- sent again


def status_page(harness: Harness, browser: Browser, user: str = "okafor") -> Page:
    review = harness.open(browser, PATIENT, user)
    return browser.get(f"{APP}/l/{review.launch_id}/referral")


def declined(harness: Harness, reason: str = "no-capacity") -> Browser:
    browser = harness.browser()
    move(browser, opened(harness, browser), "decline", reason=reason)
    return browser


def test_a_declined_referral_is_sent_again_unchanged_and_once(sent):
    coordinator, clinician = declined(sent), sent.browser()
    page = status_page(sent, clinician)
    form = page.form("/again")
    said = clinician.press(page, form, receiver="Spine Clinic West")
    assert "The referral is sent again" in said.words and "Accept or decline" in said.words
    again = clinician.press(page, form, receiver="Spine Clinic West")
    assert again.status == 200 and len(sent.in_chart("CarePlan", PATIENT)) == 1
    old, new = sorted(tasks(sent), key=lambda each: each["status"])
    assert (old["status"], new["status"]) == ("rejected", "requested") and len(tasks(sent)) == 2
    (order,) = (o for o in sent.in_chart("ServiceRequest", PATIENT) if o["status"] == "active")
    assert new["focus"]["reference"] == old["focus"]["reference"] == f"ServiceRequest/{order['id']}"
    (replaces,) = new["extension"]
    assert replaces["valueReference"] == {"reference": f"Task/{old['id']}"} and replaces["url"].endswith(
        "/task-replaces"
    )
    assert new["description"].endswith("Before: Declined: No capacity in time. To: Spine Clinic West.")
    assert (new["requester"]["reference"], "owner" in new) == ("Practitioner/okafor", False)
    inbox = enter(sent, coordinator)
    assert inbox.heading == "All open 1" and "Changed after sent 0" in inbox.words
    page = coordinator.get(f"{inbox.url}/{new['id']}")
    assert "To: Spine Clinic West." in page.words and f"/referrals/{old['id']}" in page.text
    assert "Book the first visit" in move(coordinator, page, "accept").words
    late = clinician.press(said, form, receiver="Elsewhere")
    assert len(tasks(sent)) == 2 and late.status == 200


def test_the_next_launch_tells_of_the_second_sending_no_more_that_the_first_was_declined(sent):
    declined(sent)
    clinician = sent.browser()
    page = status_page(sent, clinician)
    assert "Declined: No capacity in time" in sent.open(sent.browser(), PATIENT).words
    clinician.press(page, page.form("/again"))
    review = sent.open(sent.browser(), PATIENT)
    assert "No capacity in time" not in review.words


def test_sent_again_and_again_each_time_is_a_task_of_its_own_as_often_as_can_be(sent):
    for count in range(2, 10):
        coordinator, clinician = sent.browser(), sent.browser()
        inbox = enter(sent, coordinator)
        (new,) = (each for each in tasks(sent) if each["status"] == "requested")
        move(coordinator, coordinator.get(f"{inbox.url}/{new['id']}"), "decline", reason="no-capacity")
        page = status_page(sent, clinician)
        clinician.press(page, page.form("/again"))
        assert len(tasks(sent)) == count
        assert max(each["description"].count("Before:") for each in tasks(sent)) == 1
    inbox = enter(sent, coordinator)
    (new,) = (each for each in tasks(sent) if each["status"] == "requested")
    move(coordinator, coordinator.get(f"{inbox.url}/{new['id']}"), "decline", reason="no-capacity")
    page = status_page(sent, clinician)
    refused = clinician.press(page, page.form("/again"))
    assert refused.status == 422 and "as often as it can be" in refused.words and len(tasks(sent)) == 9


def test_a_newer_plan_ends_what_was_sent_again_and_taking_back_withdraws_it(sent):
    declined(sent)
    clinician = sent.browser()
    page = status_page(sent, clinician)
    clinician.press(page, page.form("/again"))
    sent.clock.now += 60
    page = sent.open(clinician, PATIENT)
    receipt = sign(clinician, clinician.press(page, exercise(page), "Remove"))
    assert sorted(each["status"] for each in tasks(sent)) == ["cancelled", "rejected", "requested"]
    declined_one = sent.browser()
    inbox = enter(sent, declined_one)
    (new,) = (each for each in tasks(sent) if each["status"] == "requested")
    move(declined_one, declined_one.get(f"{inbox.url}/{new['id']}"), "decline", reason="no-capacity")
    page = status_page(sent, clinician)
    clinician.press(page, page.form("/again"))
    assert take_back(clinician, clinician.get(receipt.url)).heading == "Retracted"
    mine = [each for each in tasks(sent) if each["focus"] == new["focus"]]
    assert [each["status"] for each in mine] == ["entered-in-error"] * 2


def test_what_speaks_against_sending_again_is_said_and_nothing_is_sent(sent):
    clinician, drafter = sent.browser(), sent.browser()
    assert "/again" not in status_page(sent, clinician).text, "it is open"
    declined(sent)
    assert "/again" not in status_page(sent, drafter, "lindqvist").text
    page = status_page(sent, clinician)
    form = page.form("/again")
    long = clinician.press(page, form, receiver="x" * 201)
    assert long.status == 422 and "longer than 200" in long.words and 'aria-invalid="true"' in long.text
    sent.box.store.put({**order_of(sent), "status": "revoked"})
    gone = clinician.press(page, form)
    assert gone.status == 422 and "sign the plan again" in gone.words
    sent.box.store.put({**order_of(sent), "status": "active"})
    review = drafter.get(f"{APP}/l/{sent.open(drafter, PATIENT, 'lindqvist').launch_id}/")
    own = next(f.fields for f in forms_in(review.text) if "token" in f.fields)
    form.action = form.action.replace(form.fields["launch"], own["launch"])
    form.fields |= {name: own[name] for name in ("launch", "patient", "token")}
    assert drafter.press(review, form).status == 403
    assert len(tasks(sent)) == 1


def test_a_chart_that_stops_the_plan_sends_nothing_again(sent):
    declined(sent)
    danger = {
        "resourceType": "Condition", "id": "cauda", "subject": {"reference": f"Patient/{PATIENT}"},
        "clinicalStatus": {"coding": [{"code": "active"}]}, "recordedDate": "2026-02-28",
        "code": {"coding": [{"system": "http://snomed.info/sct", "code": "192970008"}], "text": "Cauda equina"},
    }  # fmt: skip
    sent.box.store.put(danger)
    clinician = sent.browser()
    page = status_page(sent, clinician)
    refused = clinician.press(page, page.form("/again"))
    assert refused.status == 422 and "today's chart does not support it" in refused.words and len(tasks(sent)) == 1


def test_an_answer_that_was_lost_doubles_nothing(sent, monkeypatch):
    declined(sent)
    clinician = sent.browser()
    page = status_page(sent, clinician)
    create = type(sent.box.fhir).create

    def lost(self, access, type_, *rest, **named):
        create(self, access, type_, *rest, **named)
        monkeypatch.setattr(type(self), "create", create)
        raise Refused(503, "no answer")

    monkeypatch.setattr(type(sent.box.fhir), "create", lost)
    form = page.form("/again")
    first = clinician.press(page, form)
    sent.clock.now += 120
    second = clinician.press(page, form)
    assert {first.status, second.status} <= {200, 502, 503} and len(tasks(sent)) == 2
    assert sorted(each["status"] for each in tasks(sent)) == ["rejected", "requested"]
