"""Referrals where an EHR has no Task: kept by Loadpath, worked on the same pages; the list as of when it was read."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import text

from launch.sandbox.outcome import Refused
from smartapp import create_app
from smartapp.store import Filters, Whose
from smartapp.web import ledger, referral_list
from tests.journey.harness import APP, ISSUERS, Harness, Page, make_harness
from tests.journey.test_receipt import COPY, NOTE, take_back
from tests.journey.test_referrals import enter, move
from tests.journey.whole import exercise, sign

PATIENT = "bergstrom"
HERE = "kept by Loadpath: the EHR has no Task for it"


@pytest.fixture
def at(tmp_path):
    harnesses = []

    def made(site="", **sandbox) -> Harness:
        issuers = f"{ISSUERS}\n[sandbox.site]\n{site}\n" if site else ISSUERS
        harnesses.append(make_harness(tmp_path, issuers=issuers, **sandbox))
        return harnesses[-1]

    yield made
    for harness in harnesses:
        harness.box.store.close()


def signed(harness: Harness) -> Page:
    browser = harness.browser()
    return sign(browser, harness.open(browser, PATIENT))


def tasks(harness: Harness) -> list[dict]:
    return [task for task in harness.in_chart("Task", PATIENT) if "restriction" not in task]


def the_one(harness: Harness, browser, inbox: Page) -> Page:
    (address,) = {
        part.partition('"')[0] for part in inbox.text.split('href="')[1:] if "/referrals/loadpath-" in part[:99]
    }
    return browser.get(f"{APP}{address}")


def store(harness: Harness):
    return harness.app.extensions["loadpath"].store


@pytest.mark.parametrize("ehr", [{"site": NOTE}, {"personality": "epic"}, {"personality": "oracle"}])
def test_from_new_to_completed_where_the_ehr_takes_no_task(at, ehr):
    harness = at(**ehr)
    signed(harness)
    assert not tasks(harness)
    browser = harness.browser()
    inbox = enter(harness, browser)
    assert inbox.heading == "All open 1" and HERE in inbox.words and "Bergstrom" in inbox.words
    page = the_one(harness, browser, inbox)
    assert "Kept by Loadpath: the EHR has no Task for it." in page.words
    assert "Shown as it was signed" in page.words and "Not shown here: read them" not in page.words
    assert page.words.index("Movement restrictions") < page.words.index("Asked")
    page = move(browser, page, "accept")
    assert "Saved. This referral is kept by Loadpath." in page.words and "To book" in page.words
    page = move(browser, page, "schedule", on="2026-03-02")
    harness.clock.now += 2 * 86400
    page = the_one(harness, browser, enter(harness, browser))
    page = move(browser, page, "visit", on="2026-03-02")
    page = move(browser, page, "complete", text="Walks 30 min without pain")
    assert "Nothing is open to you here." in page.words and "Walks 30 min without pain" in page.words
    assert enter(harness, harness.browser()).heading == "All open 0"
    assert not tasks(harness), "nothing of it was sent to an EHR that takes no Task"


def test_of_two_coordinators_the_second_reads_who_was_first(at):
    harness = at(NOTE)
    signed(harness)
    one, other = harness.browser(), harness.browser()
    first, second = (the_one(harness, each, enter(harness, each)) for each in (one, other))
    move(one, first, "accept")
    page = move(other, second, "decline", reason="duplicate")
    assert page.status == 409 and "Rosa Brandt was quicker: Accepted." in page.words and "To book" in page.words
    for _ in range(2):
        page = move(one, first, "accept")  # the form sent again is the same step
        assert page.status == 200 and page.words.count("Accepted. Rosa Brandt") == 1


def test_what_is_put_into_the_chart_by_hand_is_a_referral_once_it_is_there(at):
    harness = at(COPY)
    browser = harness.browser()
    receipt = sign(browser, harness.open(browser, PATIENT))
    coordinator = harness.browser()
    assert enter(harness, coordinator).heading == "All open 0"
    browser.press(receipt, receipt.form(f"/receipt/{receipt.url.rpartition('/')[2]}"), "I have put it")
    assert enter(harness, coordinator).heading == "All open 1"


def test_a_task_the_ehr_refuses_leaves_its_referral_here(at, monkeypatch):
    harness = at('methods = ["create", "note", "copy"]')
    create = type(harness.box.fhir).create

    def no_task(self, access, type_, *rest, **named):
        if type_ == "Task":
            raise Refused(403, "no tasks for apps")
        return create(self, access, type_, *rest, **named)

    monkeypatch.setattr(type(harness.box.fhir), "create", no_task)
    assert signed(harness).heading == "Saved to chart"
    inbox = enter(harness, harness.browser())
    assert inbox.heading == "All open 1" and HERE in inbox.words


def test_where_the_ehr_takes_the_task_nothing_is_kept_here(at):
    harness = at()
    signed(harness)
    inbox = enter(harness, harness.browser())
    assert inbox.heading == "All open 1" and HERE not in inbox.words and "As of 12:00 in Sandbox EHR" in inbox.words
    assert not store(harness).referrals.awaited()


def test_killed_between_delivery_and_ledger_the_next_round_keeps_it_and_once(at, monkeypatch):
    harness = at(NOTE)
    with monkeypatch.context() as dead:
        dead.setattr(ledger, "settle", lambda id_: 1 / 0)
        assert signed(harness).heading == "Saved to chart"
        assert enter(harness, harness.browser()).heading == "All open 0"
    (waiting,) = store(harness).referrals.awaited()
    rounds = harness.app.extensions["loadpath-rounds"]
    assert rounds.once() and not store(harness).referrals.awaited()
    with harness.app.app_context():
        assert ledger.settle(waiting) and ledger.settle_all() == 0
    assert enter(harness, harness.browser()).heading == "All open 1"


def test_a_newer_plan_ends_the_referral_of_the_older_and_the_change_is_acknowledged(at):
    harness = at(NOTE)
    signed(harness)
    coordinator, clinician = harness.browser(), harness.browser()
    move(coordinator, the_one(harness, coordinator, enter(harness, coordinator)), "accept")
    page = harness.open(clinician, PATIENT)
    sign(clinician, clinician.press(page, exercise(page), "Remove"))
    inbox = enter(harness, coordinator)
    assert inbox.heading == "All open 1" and "Acknowledge: the order was changed after it was sent" in inbox.words
    page = the_one(harness, coordinator, inbox)
    assert "one that was accepted" in page.words and "The referral before" in page.words
    assert "To book" in move(coordinator, page, "accept").words


def test_what_is_taken_back_is_withdrawn_here_too(at):
    harness = at(NOTE)
    browser = harness.browser()
    receipt = sign(browser, harness.open(browser, PATIENT))
    assert take_back(browser, receipt).heading == "Retracted"
    coordinator = harness.browser()
    inbox = enter(harness, coordinator)
    assert inbox.heading == "All open 0"
    closed = coordinator.get(f"{inbox.url}?queue=CLOSED")
    assert "Withdrawn by who signed it" in closed.words


def test_killed_between_retraction_and_ledger_the_next_round_withdraws_it(at, monkeypatch):
    harness = at(NOTE)
    browser = harness.browser()
    receipt = sign(browser, harness.open(browser, PATIENT))
    with monkeypatch.context() as dead:
        dead.setattr(ledger, "settle", lambda id_: 1 / 0)
        assert take_back(browser, receipt).heading == "Retracted"
        assert enter(harness, harness.browser()).heading == "All open 1"
    assert harness.app.extensions["loadpath-rounds"].once() and not store(harness).referrals.awaited()
    assert enter(harness, harness.browser()).heading == "All open 0"


def test_looked_at_once_more_a_referral_that_is_kept_here_stays_as_it_is(at):
    harness = at(NOTE)
    signed(harness)
    browser = harness.browser()
    move(browser, the_one(harness, browser, enter(harness, browser)), "accept")
    (kept,) = store(harness).records.signatures_of(f"http://localhost:8081/fhir/Patient/{PATIENT}")
    store(harness).referrals.await_again(kept.id)
    store(harness).referrals.await_again(kept.id)
    with harness.app.app_context():
        assert ledger.settle_all() == 1
    assert "To book 1" in enter(harness, browser).words


@pytest.mark.parametrize("ehr", [{"site": NOTE}, {"personality": "epic"}])
def test_a_declined_referral_that_is_kept_here_is_sent_again_here_and_once(at, ehr):
    harness = at(**ehr)
    signed(harness)
    coordinator, clinician = harness.browser(), harness.browser()
    move(coordinator, the_one(harness, coordinator, enter(harness, coordinator)), "decline", reason="no-capacity")
    review = harness.open(clinician, PATIENT)
    page = clinician.get(f"{APP}/l/{review.launch_id}/referral")
    writes = len(harness.writes())
    form = page.form("/again")
    for _ in range(2):
        said = clinician.press(page, form, receiver="Spine Clinic West")
        assert said.status == 200 and "is sent again" in said.words
    assert len(harness.writes()) == writes, "nothing of it is sent to an EHR that takes no Task"
    inbox = enter(harness, coordinator)
    assert inbox.heading == "All open 1" and HERE in inbox.words
    page = the_one(harness, coordinator, inbox)
    assert "To: Spine Clinic West." in page.words and "the referral before" in page.words
    assert "Movement restrictions" in page.words and "Not shown here" not in page.words
    assert "To book" in move(coordinator, page, "accept").words


def test_a_referral_that_was_sent_again_here_is_withdrawn_with_its_plan(at):
    harness = at(NOTE)
    browser, coordinator = harness.browser(), harness.browser()
    receipt = sign(browser, harness.open(browser, PATIENT))
    move(coordinator, the_one(harness, coordinator, enter(harness, coordinator)), "decline", reason="no-capacity")
    review = harness.open(browser, PATIENT)
    page = browser.get(f"{APP}/l/{review.launch_id}/referral")
    browser.press(page, page.form("/again"))
    assert take_back(browser, receipt).heading == "Retracted"
    closed = coordinator.get(f"{enter(harness, coordinator).url}?queue=CLOSED")
    assert closed.words.count("Withdrawn by who signed it") == 2


def test_the_clinician_reads_and_answers_a_question_about_a_referral_kept_here(at):
    harness = at(NOTE)
    signed(harness)
    coordinator, clinician = harness.browser(), harness.browser()
    move(coordinator, the_one(harness, coordinator, enter(harness, coordinator)), "ask", text="Is a collar ordered?")
    review = harness.open(clinician, PATIENT)
    status = clinician.get(f"{APP}/l/{review.launch_id}/referral")
    assert "Is a collar ordered?" in status.words
    done = clinician.press(status, status.form("/answer"), text="No collar.")
    assert "Answered: No collar." in done.words
    assert "Your answer is saved. This referral is kept by Loadpath." in done.words
    other = harness.open(clinician, "kowalski")
    assert "no referral of Loadpath" in clinician.get(f"{APP}/l/{other.launch_id}/referral").words


def test_nothing_that_names_a_person_stands_in_clear(at):
    harness = at(NOTE)
    signed(harness)
    enter(harness, harness.browser())
    with store(harness).database.read() as db:
        rows = [*db.execute(text("SELECT * FROM referrals")), *db.execute(text("SELECT * FROM referral_reads"))]
    said = repr(rows)
    assert len(rows) == 2 and "ergstrom" not in said and "brandt" not in said and "Practitioner" not in said


def test_a_move_and_a_look_leave_their_events(at):
    harness = at(NOTE)
    signed(harness)
    browser = harness.browser()
    move(browser, the_one(harness, browser, enter(harness, browser)), "accept")
    told = [e for e in store(harness).audit.events() if e.get("outcomeDesc") == "kept by Loadpath"]
    assert {event["action"] for event in told} == {"C", "R", "U"}
    for event in told:
        about = [entity["what"].get("reference", "") for entity in event["entity"]]
        assert about[0].endswith(f"/Patient/{PATIENT}") and "/Task/loadpath-" in about[1]


# -- the Tasks of an EHR, as they were read


@pytest.fixture
def sent(at) -> Harness:
    harness = at()
    signed(harness)
    return harness


def searches(harness: Harness, since: int) -> list[str]:
    return [s.url for s in harness.wire.seen[since:] if "/fhir/Task?" in s.url]


def test_a_filter_reads_the_list_and_asks_the_ehr_only_when_it_is_time(sent):
    browser = sent.browser()
    inbox = enter(sent, browser)
    sent.clock.now += 5
    browser.get(f"{inbox.url}?refresh=1")
    before = len(sent.wire.seen)
    for query in ("?queue=NEW", "?mine=1", "?urgency=stat", "?overdue=1", ""):
        browser.get(f"{inbox.url}{query}")
    assert searches(sent, before) == []
    sent.clock.now += 31
    assert "As of 12:00 in Sandbox EHR" in browser.get(inbox.url).words
    (asked,) = searches(sent, before)
    assert "_lastUpdated=ge" in asked, "only what has changed"
    sent.clock.now += 4000
    enter(sent, browser)
    assert "_lastUpdated" not in searches(sent, before)[-1], "now and then every Task"


def test_a_task_changed_behind_our_back_is_seen_and_told_as_such(sent):
    browser = sent.browser()
    inbox = enter(sent, browser)
    assert "moved by another system" not in inbox.words
    sent.clock.now += 60
    sent.box.store.put({**tasks(sent)[0], "status": "accepted"})
    page = browser.get(inbox.url)
    assert "To book" in page.words and "moved by another system" in page.words
    page = move(browser, browser.get(f"{inbox.url}/{tasks(sent)[0]['id']}"), "schedule", on="2026-03-04")
    page = browser.get(inbox.url)
    assert "Booked, visit due" in page.words and "moved by another system" not in page.words


def test_what_a_newer_plan_ends_was_not_moved_by_another_system(sent):
    browser, clinician = sent.browser(), sent.browser()
    inbox = enter(sent, browser)
    move(browser, browser.get(f"{inbox.url}/{tasks(sent)[0]['id']}"), "accept")
    browser.get(inbox.url)
    page = sent.open(clinician, PATIENT)
    sign(clinician, clinician.press(page, exercise(page), "Remove"))
    sent.clock.now += 60
    closed = browser.get(f"{inbox.url}?queue=CLOSED")
    assert "Canceled" in closed.words and "moved by another system" not in closed.words
    assert "Changed after sent 1" in closed.words


def test_a_long_list_comes_in_pages_and_the_file_has_all_of_it(sent, monkeypatch):
    name = tasks(sent)[0]["identifier"][0]
    sent.box.store.put({**tasks(sent)[0], "id": "second", "identifier": [{**name, "value": "0" * 32 + ".task"}]})
    browser = sent.browser()
    inbox = enter(sent, browser)
    assert inbox.heading == "All open 2" and "Page 1 of" not in inbox.words
    monkeypatch.setattr(referral_list, "PAGE", 1)
    first, second, beyond = (browser.get(f"{inbox.url}?page={number}") for number in (1, 2, 99))
    assert first.heading == "All open 2" and "Page 1 of 2." in first.words
    assert 'rel="next"' in first.text and 'rel="prev"' not in first.text
    assert "Page 2 of 2" in second.words and second.words == beyond.words and 'rel="next"' not in second.text
    shown = [part.partition('"')[0] for page in (first, second) for part in page.text.split("/referrals/")[1:]]
    assert len(shown) == len(set(shown)) == 2
    file = browser.get(f"{APP}/l/{inbox.launch_id}/referrals.csv")
    assert len(file.text.strip().splitlines()) == 3


def test_what_is_gone_from_the_ehr_is_gone_from_the_list_after_the_next_sweep(sent):
    browser = sent.browser()
    assert enter(sent, browser).heading == "All open 1"
    sent.clock.now += 4000
    sent.box.store.put({**tasks(sent)[0], "identifier": [{"system": "urn:other", "value": "1"}]})
    assert enter(sent, browser).heading == "All open 0"


def test_an_ehr_that_does_not_answer_leaves_the_list_as_it_was_and_says_since_when(sent, monkeypatch):
    browser = sent.browser()
    inbox = enter(sent, browser)
    sent.clock.now += 120

    def busy(*_, **__):
        raise Refused(503, "busy")

    with monkeypatch.context() as faults:
        faults.setattr(type(sent.box.fhir), "search", busy)
        page = browser.get(inbox.url)
        assert page.heading == "All open 1" and "As of 12:00" in page.words and "Not read again since" in page.words
        before = len(sent.wire.seen)
        browser.get(f"{inbox.url}?refresh=1")
        assert searches(sent, before) == [], "it is left alone for a while"
    sent.clock.now += 1000
    assert "Not read again since" not in browser.get(inbox.url).words


def test_a_person_is_shown_only_what_the_ehr_showed_to_that_person(sent):
    enter(sent, sent.browser())
    made = sent.app.extensions["loadpath"]
    issuer = next(iter(made.smart.issuers))
    for reader, count in (("Practitioner/brandt", 1), ("Practitioner/marsh", 0)):
        whose = Whose(issuer.iss, reader)
        assert len(made.store.referrals.page(whose, Filters())) == count
        assert made.store.referrals.matches(whose, Filters()) == count


def test_referrals_under_a_lost_secret_are_a_line_over_the_list_and_not_just_absent(at):
    harness = at(site=NOTE)
    signed(harness)
    assert "sealed with a secret" not in enter(harness, harness.browser()).words
    made = harness.app.extensions["loadpath"]
    harness.app = create_app(
        replace(made.settings, secret="another-secret-and-no-word-of-the-one-before"), clock=harness.clock,
        session_factory=harness.wire, executor=ThreadPoolExecutor(4), env={}, background=False,
    )  # fmt: skip
    inbox = enter(harness, harness.browser())
    assert inbox.heading == "All open 0" and "Referrals kept in Loadpath: 1 sealed with a secret" in inbox.words
