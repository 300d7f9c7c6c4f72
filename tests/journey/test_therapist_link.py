"""A therapist without an EHR, from the link to what comes back: used, expired, revoked, stolen, prefetched, guessed."""

import re
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update

from launch.sandbox import people
from smartapp.ehr.launch.scopes import referral_scope
from smartapp.fhir.audit_event import check_event
from smartapp.store.schema import therapist_links
from smartapp.web.link_access import COOKIE
from smartapp.web.link_limits import A_LINK, A_SOURCE
from tests.journey.harness import APP, Browser, Harness, Page, forms_in, make_harness
from tests.journey.test_referrals import PATIENT, enter, move, opened, task, tasks
from tests.journey.whole import exercise, sign

JANE = {"name": "Jane Doe, PT", "clinic": "Lakeside Therapy"}
DAY = 86400
OWN = {"Sec-Fetch-Site": "same-origin", "Origin": "null"}
ELSEWHERE = {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}


@pytest.fixture
def sent(harness) -> Harness:
    browser = harness.browser()
    sign(browser, harness.open(browser, PATIENT))
    return harness


def issuer_of(harness: Harness):
    return next(iter(harness.app.extensions["loadpath"].smart.issuers))


def desk(harness: Harness, browser: Browser) -> Page:
    page = opened(harness, browser)
    return browser.get(f"{APP}/l/{page.launch_id}/links/{task(harness)['id']}")


def made(harness: Harness, browser: Browser, **fields: str) -> Page:
    page = desk(harness, browser)
    return browser.press(page, page.form("/make"), **{**JANE, **fields})


def address_in(page: Page) -> str:
    found = re.search(r'<code id="address">([^<]+)</code>', page.text)
    assert found, page.words[:600]
    return found[1]


def confirmed(browser: Browser, address: str) -> Page:
    page = browser.get(address)
    assert page.heading.startswith("A referral for Jane Doe, PT, Lakeside Therapy"), page.words[:400]
    (form,) = forms_in(page.text)
    form.action = address
    return browser.press(page, form, **{"is": "me"})


@pytest.fixture
def link(sent) -> str:
    return address_in(made(sent, sent.browser()))


@pytest.fixture
def therapist(sent, link) -> tuple[Browser, Page]:
    browser = sent.browser()
    return browser, confirmed(browser, link)


def report(browser: Browser, page: Page, kind: str, **fields: str) -> Page:
    return browser.press(page, page.form(f"/{kind}"), **fields)


def referral(harness: Harness, browser: Browser | None = None) -> tuple[Browser, Page]:
    browser = browser or harness.browser()
    return browser, opened(harness, browser)


def take(browser: Browser, page: Page, words: str) -> Page:
    form = next(f for f in forms_in(page.text) if f.action.endswith("/take") and words in f.buttons[0][2])
    return browser.press(page, form)


def events(harness: Harness) -> list[dict]:
    return list(harness.app.extensions["loadpath"].store.audit.events())


def told_of_links(harness: Harness) -> list[tuple[str, str]]:
    """Type and words of each event about a link, in order."""
    about = (e for e in events(harness) if any(x.get("name") == "therapist link" for x in e.get("entity", ())))
    return [(e["type"]["code"], e.get("outcomeDesc", "")) for e in about]


# -- whom it opens to


def test_the_recipient_confirms_and_reads_the_referral_restrictions_first(sent, link):
    browser = sent.browser()
    first = browser.get(link)
    assert "Bergstrom" not in first.text and "fracture" not in first.text.lower()
    before = len(sent.wire.seen)
    page = confirmed(browser, link)
    assert page.status == 200 and page.url != link and link.rpartition("/")[2] not in page.text
    assert "Daniel Erik Bergstrom" in page.words and "Only for you, until Mar 31, 2026" in page.words
    order = ["AVOID", "Stop, and call", "Evaluate", "Report back", "Your answer"]
    assert [page.words.index(words) for words in order] == sorted(page.words.index(words) for words in order)
    paper = browser.get(f"{page.url}/papers")
    assert paper.response.data.startswith(b"%PDF") and paper.response.mimetype == "application/pdf"
    assert len(sent.wire.seen) == before, "no access to the EHR is needed"
    assert browser.get(link).url == page.url, "the same browser comes back by the link"
    kinds = [kind for kind, _ in told_of_links(sent)]
    assert kinds == ["disclose", "access", "access", "access", "access"], "made, opened, page, papers, page"
    assert "Jane Doe, PT, Lakeside Therapy" in str(events(sent)[-1]["agent"])


def test_the_page_says_what_the_papers_of_the_plan_say(sent, therapist):
    _, page = therapist
    (plan,) = sent.in_chart("CarePlan", PATIENT)
    titles = [each["code"]["text"] for each in (a.get("detail", {}) for a in plan["activity"]) if "code" in each]
    assert titles and "Program: " in page.words and "<svg" in page.text
    assert "No finding" not in page.words and "Condition/" not in page.text


def test_the_number_to_call_is_the_sites_or_else_the_referrers_in_the_ehr(sent, therapist):
    _, page = therapist
    assert "Call back 555-0140" in page.words and "NPI 1999999992" in page.words
    assert "payer: not read here" in page.words, "no launch reads the coverage"
    made_ = sent.app.extensions["loadpath"]
    named = replace(made_.settings, clinic_phone="555-0199")
    sent.app.extensions["loadpath"] = replace(made_, settings=named)
    browser = sent.browser()
    assert "Call back 555-0199" in confirmed(browser, address_in(made(sent, sent.browser()))).words


def test_a_scanner_that_opens_the_link_changes_nothing(sent, link):
    for _ in range(3):
        scanner = sent.browser()
        assert scanner.get(link).status == 200 and not scanner.clients[APP].get_cookie(COOKIE, path="/t")
    scanner.clients[APP].head(link.removeprefix(APP), base_url=APP)
    coordinator = sent.browser()
    assert "never opened" in desk(sent, coordinator).words
    assert confirmed(sent.browser(), link).status == 200


@pytest.mark.parametrize("fields", [{"is": ""}, {"is": "me", "token": "x"}, {"is": "me", "token": ""}])
def test_pressing_without_saying_who_one_is_opens_nothing(sent, link, fields):
    browser = sent.browser()
    (form,) = forms_in(browser.get(link).text)
    answer = browser.post(link, {**form.fields, **fields}, headers=OWN)
    assert answer.status == (403 if "token" in fields else 422) and "Bergstrom" not in answer.text
    assert "never opened" in desk(sent, sent.browser()).words


def test_a_form_from_elsewhere_is_refused(sent, link, therapist):
    browser = sent.browser()
    (form,) = forms_in(sent.browser().get(address_in(made(sent, sent.browser()))).text)
    assert browser.post(link, {**form.fields, "is": "me"}, headers=ELSEWHERE).status == 403
    own, page = therapist
    answer = own.post(f"{page.url}/accept", page.form("/accept").fields, headers=ELSEWHERE)
    assert answer.status == 403 and not reports(sent)


def reports(harness: Harness) -> list:
    store = harness.app.extensions["loadpath"].store
    issuer = issuer_of(harness)
    return [
        r for each in store.links.of_patient(f"{issuer.iss}/Patient/{PATIENT}") for r in store.links.reports_of(each.id)
    ]


def test_a_second_browser_is_refused_told_what_to_do_and_seen_by_the_coordinator(sent, link, therapist):
    _, page = therapist
    thief = sent.browser()
    for address in (link, page.url, f"{page.url}/papers"):
        answer = thief.get(address)
        assert answer.status == 403 and "another browser" in answer.words and "Bergstrom" not in answer.text
        assert "ask for a new one" in answer.words
    form = page.form("/accept")
    refused = thief.post(f"{APP}{form.action}", form.fields, headers=OWN)
    assert refused.status == 403 and not reports(sent)
    shown = desk(sent, sent.browser()).words
    for words in (shown, referral(sent)[1].words):
        assert "opened on Mar 1, 2026" in words and "Another browser tried it 4 times" in words
    assert told_of_links(sent)[-1] == ("110113", "another browser")
    for event in events(sent):
        check_event(event)


def test_the_privacy_officer_reads_who_looked_by_which_link(sent, link, therapist):
    _, page = therapist
    sent.browser().get(page.url)
    roles = issuer_of(sent).roles
    object.__setattr__(roles, "privacy_officers", ("Practitioner/castellan",))
    browser = sent.browser()
    review = sent.open(browser, PATIENT, "castellan")
    trail = browser.get(f"{APP}/l/{review.launch_id}/audit")
    for words in ("Gave a therapist a link", "Looked at a referral by a link", "Jane Doe, PT, Lakeside Therapy"):
        assert words in trail.words
    assert "another browser" in trail.words


def test_of_two_that_confirm_at_once_one_is_first(sent, link):
    one, other = sent.browser(), sent.browser()
    pages = one.get(link), other.get(link)
    forms = [forms_in(page.text)[0] for page in pages]
    for form in forms:
        form.action = link
    assert one.press(pages[0], forms[0], **{"is": "me"}).status == 200
    assert other.press(pages[1], forms[1], **{"is": "me"}).status == 403


def test_a_link_ends_on_its_day(sent, link, therapist):
    browser, page = therapist
    sent.clock.now += 30 * DAY - 1
    assert browser.get(page.url).status == 200
    sent.clock.now += 1
    for address in (link, page.url):
        answer = browser.get(address)
        assert answer.status == 410 and "good until Mar 31, 2026" in answer.words and "Bergstrom" not in answer.text
    assert told_of_links(sent)[-1] == ("110113", "link expired")
    assert "expired on Mar 31, 2026" in desk(sent, sent.browser()).words


def test_a_revoked_link_opens_nothing_and_what_came_back_stays(sent, link, therapist):
    browser, page = therapist
    report(browser, page, "question", text="Brace on stairs?")
    coordinator = sent.browser()
    shown = desk(sent, coordinator)
    shown = coordinator.press(shown, shown.form("/revoke"))
    assert "revoked on Mar 1, 2026" in shown.words and "Brace on stairs?" in shown.words
    for address in (link, page.url):
        assert browser.get(address).status == 410
    assert report(browser, page, "accept").status == 410
    assert "taken back from Jane Doe, PT, Lakeside Therapy" in [words for _, words in told_of_links(sent)]


@pytest.mark.parametrize("guess", ["x", "A" * 43, "r", "A" * 500])
def test_a_guess_opens_nothing(sent, link, guess):
    answer = sent.browser().get(f"{APP}/t/{guess}")
    assert answer.status == 404 and "Jane" not in answer.text
    assert sent.browser().get(f"{APP}/t/r/{guess}").status == 404


def test_guesses_and_floods_are_slowed_down(sent, link):
    browser = sent.browser()
    for _ in range(A_LINK):
        assert browser.get(link).status == 200
    slow = browser.get(link)
    assert slow.status == 429 and slow.response.headers["Retry-After"] == "60" and "Wait a minute" in slow.words
    for _ in range(A_SOURCE - A_LINK - 1):
        browser.get(f"{APP}/t/{'A' * 43}")
    assert browser.get(f"{APP}/t/{'A' * 43}").status == 429
    sent.clock.now += 60
    assert browser.get(link).status == 200


# -- who makes one


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": " "}, "This is missing."),
        ({"clinic": "x" * 81}, "At most 80 characters."),
        ({"days": "91"}, "from 1 to 90"),
        ({"days": "0"}, "from 1 to 90"),
        ({"days": "soon"}, "from 1 to 90"),
    ],
)
def test_what_a_link_needs_is_named_and_what_was_typed_is_kept(sent, fields, words):
    page = made(sent, sent.browser(), **fields)
    assert page.status == 422 and words in page.words and 'aria-invalid="true"' in page.text
    kept = {**JANE, "days": "30", **fields}
    assert all(f'value="{value.strip()}"' in page.text for value in kept.values())
    assert "None yet." in page.words


def test_the_address_is_shown_once_and_kept_nowhere(sent, link, tmp_path):
    token = link.rpartition("/")[2]
    browser = sent.browser()
    assert token not in desk(sent, browser).text
    assert not any(token in str(event) for event in events(sent))
    store = sent.app.extensions["loadpath"].store
    with store.database.read() as db:
        rows = [
            *db.exec_driver_sql("SELECT * FROM therapist_links").all(),
            *db.exec_driver_sql("SELECT * FROM launches"),
        ]
    assert token not in str(rows) and "Jane" not in str(rows) and PATIENT not in str(rows)


def test_a_plan_signed_elsewhere_or_taken_back_gives_no_link(sent):
    name = task(sent)["identifier"][0]
    sent.box.store.put({**task(sent), "identifier": [{**name, "value": "0" * 32 + ".task"}]})
    page = desk(sent, sent.browser())
    assert "No link can be made" in page.words and "/make" not in page.text


@pytest.mark.parametrize(("on", "shown"), [(True, True), (False, False)])
def test_a_qr_code_only_where_the_site_wants_one(sent, on, shown):
    object.__setattr__(issuer_of(sent), "therapist_qr", on)
    page = made(sent, sent.browser())
    assert ('class="qr"' in page.text) is shown


def packet_with(harness: Harness, browser: Browser, page: Page, **fields: str) -> Page:
    return browser.press(page, page.form("/packet"), **fields)


def test_the_paper_packet_of_the_recipient_has_the_code_of_the_link_that_was_just_made(sent):
    object.__setattr__(issuer_of(sent), "therapist_qr", True)
    browser = sent.browser()
    page = made(sent, browser)
    packet = packet_with(sent, browser, page)
    assert packet.response.data.startswith(b"%PDF") and "application/pdf" in str(events(sent)[-1])
    assert address_in(page).rpartition("/")[2] not in packet.url and "with-link.pdf" in str(packet.response.headers)
    confirmed(sent.browser(), address_in(page))
    late = packet_with(sent, browser, page)
    assert late.status == 409 and "its code would open nothing" in late.words


def test_no_packet_has_a_code_where_the_site_wants_none_or_of_another_link(sent):
    object.__setattr__(issuer_of(sent), "therapist_qr", True)
    browser = sent.browser()
    page = made(sent, browser)
    for token in ("", "x" * 43, page.form("/packet").fields["link_token"][:-1]):
        assert packet_with(sent, browser, page, link_token=token).status == 404
    clinician = sent.browser()
    sign(clinician, sent.open(clinician, "kowalski"))
    other = next(t for t in sent.in_chart("Task", "kowalski") if not {"restriction", "partOf"} & t.keys())
    form = page.form("/packet")
    form.action = form.action.replace(task(sent)["id"], other["id"])
    assert browser.press(page, form).status == 404, "a link of another patient"
    object.__setattr__(issuer_of(sent), "therapist_qr", False)
    assert packet_with(sent, browser, page).status == 404


def test_the_clinician_who_may_sign_makes_a_link_and_nobody_else_of_the_chart(sent):
    browser = sent.browser()
    review = sent.open(browser, PATIENT)
    status = browser.get(f"{APP}/l/{review.launch_id}/referral")
    assert f"/links/{task(sent)['id']}" in status.text
    page = browser.get(f"{APP}/l/{review.launch_id}/links/{task(sent)['id']}")
    page = browser.press(page, page.form("/make"), **JANE)
    assert "The link is made." in page.words and confirmed(sent.browser(), address_in(page)).status == 200
    other = sent.open(browser, "kowalski")
    assert browser.get(f"{APP}/l/{other.launch_id}/links/{task(sent)['id']}").status in (404, 502, 403, 422)
    drafter = sent.browser()
    review = sent.open(drafter, PATIENT, "lindqvist")
    assert drafter.get(f"{APP}/l/{review.launch_id}/links/{task(sent)['id']}").status == 403


# -- what comes back


def test_accepted_by_link_taken_over_by_the_coordinator(sent, therapist):
    browser, page = therapist
    said = report(browser, page, "accept")
    assert "Sent: you accept." in said.words and "The clinic has not taken it over yet." in said.words
    assert task(sent)["status"] == "requested", "nothing is written without a signed-in person"
    coordinator = sent.browser()
    assert "From therapists, not taken over yet: Daniel Erik Bergstrom (1)" in enter(sent, coordinator).words
    coordinator, shown = referral(sent)
    assert "1 new" in shown.words and "Accepts the referral." in shown.words and "Not in the EHR yet" in shown.words
    shown = take(coordinator, shown, "Take over: Accept")
    now = task(sent)
    assert now["status"] == "accepted" and now["owner"]["reference"] == "Practitioner/brandt"
    assert now["note"][-1]["text"] == "Accepted: Told by Jane Doe, PT, Lakeside Therapy by link on 2026-03-01."
    assert "Saved to the EHR." in shown.words and "Taken over by Rosa Brandt on Mar 1, 2026" in shown.words
    assert "1 new" not in shown.words and "Taken over by the clinic." in browser.get(page.url).words
    assert "not taken over yet" not in enter(sent, coordinator).words


def test_a_referral_that_ends_ends_its_links(sent, link, therapist):
    browser, page = therapist
    coordinator, shown = referral(sent)
    move(coordinator, shown, "cancel", reason="moved")
    assert browser.get(page.url).status == 410 and browser.get(link).status == 410
    assert "ended with the referral, of Jane Doe, PT, Lakeside Therapy" in [words for _, words in told_of_links(sent)]


def test_declined_by_link_with_its_coded_reason(sent, therapist):
    browser, page = therapist
    bare = report(browser, page, "decline", reason="", text="Not before June")
    assert bare.status == 422 and "Choose a reason." in bare.words and 'value="Not before June"' in bare.text
    report(browser, bare, "decline", reason="no-capacity", text="Not before June")
    coordinator, shown = referral(sent)
    take(coordinator, shown, "Take over: Decline")
    now = task(sent)
    assert now["status"] == "rejected" and now["statusReason"]["coding"][0]["code"] == "no-capacity"
    assert "Not before June" in now["statusReason"]["text"] and "Jane Doe" in now["statusReason"]["text"]


def test_a_question_goes_to_the_clinician_and_the_answer_comes_back_by_the_link(sent, therapist):
    browser, page = therapist
    report(browser, page, "question", text="Collar at night?")
    coordinator, shown = referral(sent)
    take(coordinator, shown, "Take over: Ask the clinician")
    assert task(sent)["status"] == "on-hold" and "Collar at night?" in task(sent)["statusReason"]["text"]
    clinician = sent.browser()
    review = sent.open(clinician, PATIENT)
    status = clinician.get(f"{APP}/l/{review.launch_id}/referral")
    assert "Collar at night?" in status.words
    clinician.press(status, status.form("/answer"), text="No collar.")
    read = browser.get(page.url)
    assert "Answered by" in read.words and "No collar." in read.words


def test_a_question_the_coordinator_answers_at_once(sent, therapist):
    browser, page = therapist
    report(browser, page, "question", text="Fax number?")
    coordinator, shown = referral(sent)
    form = next(f for f in forms_in(shown.text) if f.action.endswith("/answer") and "report" in f.fields)
    empty = coordinator.press(shown, form, text=" ")
    assert empty.status == 422 and "The answer is empty." in empty.words
    done = coordinator.press(shown, form, text="(414) 555-0141")
    assert "Saved to the EHR." in done.words and task(sent)["status"] == "requested"
    assert "was answered by link: (414) 555-0141" in task(sent)["note"][-1]["text"]
    assert "(414) 555-0141" in browser.get(page.url).words
    coordinator.press(shown, form, text="Another")
    assert len(task(sent)["note"]) == 1, "a question is answered once"


def test_from_the_first_visit_to_the_plan_of_care(sent, therapist):
    browser, page = therapist
    coordinator, shown = referral(sent)
    move(coordinator, shown, "accept")
    sent.clock.now += 4 * DAY
    wrong = report(browser, page, "first-visit", on="2026-03-09")
    assert wrong.status == 422 and "Mar 9, 2026 is still to come." in wrong.words and 'value="2026-03-09"' in wrong.text
    report(browser, wrong, "first-visit", on="2026-03-03")
    report(browser, page, "plan-of-care", on="03/05/2026")
    coordinator, shown = referral(sent)
    shown = take(coordinator, shown, "Take over: Came")
    assert "Plan of care owed" in shown.words and "Apr 2, 2026" in shown.words
    shown = take(coordinator, shown, "Take over: Plan of care received")
    days = {o["type"]["coding"][0]["code"]: o["valueDateTime"] for o in task(sent)["output"] if "valueDateTime" in o}
    assert (days["first-visit"], days["plan-of-care"]) == ("2026-03-03", "2026-03-05")
    clinician = sent.browser()
    review = sent.open(clinician, PATIENT)
    status = clinician.get(f"{APP}/l/{review.launch_id}/referral")
    assert "evaluated Mar 3, 2026, plan of care received Mar 5, 2026, next review " in status.words


def test_what_is_not_in_the_chart_yet_is_told_to_the_clinician_as_such(sent, therapist):
    browser, page = therapist
    report(browser, page, "first-visit", on="2026-03-01")
    clinician = sent.browser()
    review = sent.open(clinician, PATIENT)
    status = clinician.get(f"{APP}/l/{review.launch_id}/referral")
    assert "Told by the therapist, not yet in the chart: First visit on Mar 1, 2026." in status.words
    coordinator, shown = referral(sent)
    move(coordinator, shown, "accept")
    coordinator, shown = referral(sent)
    take(coordinator, shown, "Take over: Came")
    assert "not yet in the chart" not in clinician.get(status.url).words


PROGRESS = {"on": "2026-03-01", "sessions": "3", "pain-worst": "4", "fall": "no", "text": "Walks to the shop"}


def test_where_the_ehr_refuses_the_answers_they_are_a_line_of_the_history_and_it_says_why(sent, therapist):
    object.__setattr__(issuer_of(sent), "therapist_forms", True)
    browser, page = therapist
    report(browser, page, "progress", **PROGRESS)
    coordinator, shown = referral(sent)
    shown = take(coordinator, shown, "Keep in the history")
    assert "as a line of the history only:" in shown.words and not sent.in_chart("QuestionnaireResponse", PATIENT)
    assert "Walks to the shop" in task(sent)["note"][-1]["text"]


def status_of(harness: Harness, browser: Browser) -> Page:
    """The page of a clinician who may sign: where the referral stands."""
    return browser.get(f"{APP}/l/{harness.open(browser, PATIENT).launch_id}/referral")


def test_the_clinician_takes_over_what_the_therapist_told_and_does_not_own_the_referral(sent, therapist):
    browser, page = therapist
    page = report(browser, page, "accept")
    clinician = sent.browser()
    shown = take(clinician, status_of(sent, clinician), "Take over: Accept")
    assert "What the therapist told is in the referral." in shown.words and "Book the first visit" in shown.words
    assert "Taken over by Dr. Ngozi Okafor" in shown.words and "owner" not in task(sent)
    assert task(sent)["status"] == "accepted" and "by link" in task(sent)["note"][-1]["text"]
    page = report(browser, browser.get(page.url), "first-visit", on="2026-03-01")
    shown = take(clinician, clinician.get(shown.url), "Take over: Came")
    page = report(browser, browser.get(page.url), "plan-of-care", on="2026-03-01")
    shown = take(clinician, clinician.get(shown.url), "Take over: Plan of care received")
    report(browser, browser.get(page.url), "progress", **PROGRESS)
    shown = take(clinician, clinician.get(shown.url), "Keep in the history")
    assert "Walks to the shop" in task(sent)["note"][-1]["text"] and "not yet in the chart" not in shown.words
    _, seen = referral(sent)
    assert "Recertify, or complete" in seen.words, "one referral, whoever took it over"


def test_the_clinician_answers_the_therapists_question_at_once(sent, therapist):
    browser, page = therapist
    page = report(browser, page, "question", text="Collar at night?")
    clinician = sent.browser()
    shown = status_of(sent, clinician)
    form = next(f for f in forms_in(shown.text) if f.action.endswith("/answer") and "report" in f.fields)
    assert clinician.press(shown, form, text="No collar.").status == 200
    assert "No collar." in browser.get(page.url).words and "No collar." in task(sent)["note"][-1]["text"]


def test_of_clinician_and_coordinator_the_second_reads_who_was_first(sent, therapist):
    browser, page = therapist
    report(browser, page, "accept")
    clinician, (coordinator, seen) = sent.browser(), referral(sent)
    shown = status_of(sent, clinician)
    move(coordinator, seen, "ask", text="Collar?")
    late = take(clinician, shown, "Take over: Accept")
    assert late.status == 409 and "Rosa Brandt was quicker" in late.words and task(sent)["status"] == "on-hold"


def test_who_prepares_drafts_takes_nothing_over(sent, therapist):
    browser, page = therapist
    report(browser, page, "accept")
    clinician, drafter = sent.browser(), sent.browser()
    form = next(f for f in forms_in(status_of(sent, clinician).text) if f.action.endswith("/take"))
    review = sent.open(drafter, PATIENT, "lindqvist")
    shown = drafter.get(f"{APP}/l/{review.launch_id}/referral")
    assert "Accepts the referral." in shown.words and "/take" not in shown.text
    own = next(f.fields for f in forms_in(drafter.get(review.url).text) if "token" in f.fields)
    form.action = form.action.replace(form.fields["launch"], review.launch_id)
    form.fields |= {name: own[name] for name in ("launch", "patient", "token")}
    assert drafter.press(shown, form).status == 403 and task(sent)["status"] == "requested"


@pytest.fixture
def with_forms(tmp_path, monkeypatch):
    """A site whose EHR takes what therapists report as answers to a form."""
    (tmp_path / "forms").mkdir()
    monkeypatch.setitem(
        people.USERS,
        "brandt",
        replace(people.USERS["brandt"], writes=people.USERS["brandt"].writes | {"QuestionnaireResponse"}),
    )
    made_here = make_harness(tmp_path / "forms")
    object.__setattr__(issuer_of(made_here), "therapist_forms", True)
    browser = made_here.browser()
    sign(browser, made_here.open(browser, PATIENT))
    yield made_here
    made_here.box.store.close()


def test_progress_goes_into_the_chart_as_answers_that_the_referral_names(with_forms):
    sent = with_forms
    browser = sent.browser()
    page = confirmed(browser, address_in(made(sent, sent.browser())))
    report(browser, page, "progress", **PROGRESS)
    coordinator, shown = referral(sent)
    take(coordinator, shown, "Keep in the history")
    (answers,) = sent.in_chart("QuestionnaireResponse", PATIENT)
    items = {item["linkId"]: item["answer"][0] for item in answers["item"]}
    assert items["date"] == {"valueDate": "2026-03-01"} and items["pain-worst"] == {"valueInteger": 4}
    assert items["fall"] == {"valueBoolean": False} and answers["author"]["display"].startswith("Jane Doe")
    named = [o["valueReference"]["reference"] for o in task(sent)["output"] if "valueReference" in o]
    assert named == [f"QuestionnaireResponse/{answers['id']}"]
    assert "Walks to the shop" in task(sent)["note"][-1]["text"]
    assert "user/QuestionnaireResponse.c" in referral_scope(issuer_of(sent), ())


def test_answers_whose_referral_was_moved_meanwhile_are_written_once(with_forms):
    sent = with_forms
    browser = sent.browser()
    page = confirmed(browser, address_in(made(sent, sent.browser())))
    report(browser, page, "progress", **PROGRESS)
    coordinator, shown = referral(sent)
    second, other = referral(sent)
    move(second, other, "contact", text="Called")
    late = take(coordinator, shown, "Keep in the history")
    assert late.status == 409 and "was quicker: Contact: Called" in late.words and "Not in the EHR yet" in late.words
    assert not any("valueReference" in output for output in task(sent).get("output", ()))
    coordinator, shown = referral(sent)
    take(coordinator, shown, "Keep in the history")
    assert len(sent.in_chart("QuestionnaireResponse", PATIENT)) == 1 and len(task(sent)["note"]) == 2


def test_where_the_ehr_takes_no_answers_progress_is_a_line_of_the_history(sent, therapist):
    browser, page = therapist
    bad = report(browser, page, "progress", **{**PROGRESS, "pain-worst": "44", "on": ""})
    assert bad.status == 422 and "44 cannot be." in bad.words and "Give the day." in bad.words
    assert 'value="Walks to the shop"' in bad.text and 'value="44"' in bad.text
    report(browser, bad, "progress", **PROGRESS)
    coordinator, shown = referral(sent)
    take(coordinator, shown, "Keep in the history")
    assert not sent.in_chart("QuestionnaireResponse", PATIENT)
    (note,) = task(sent)["note"]
    for words in (
        "Progress on 2026-03-01",
        "Sessions done so far: 3",
        "4 of 10",
        "no fall",
        "Walks to the shop",
        "Jane",
    ):
        assert words in note["text"]


def test_a_recommended_phase_is_asked_of_the_signer_and_moves_nothing(sent, therapist):
    browser, page = therapist
    assert "I recommend" in page.words and "The clinician decides." in page.words
    report(browser, page, "progress", **PROGRESS, recommends="intermediate")
    coordinator, shown = referral(sent)
    take(coordinator, shown, "Keep in the history")
    (asked,) = [t for t in sent.in_chart("Task", PATIENT) if t["identifier"][0]["value"].endswith("PG9-intermediate")]
    assert asked["status"] == "requested" and asked["owner"] == task(sent)["requester"]
    assert [note["text"] for note in asked["note"]] == [
        "The therapist recommends the intermediate phase. Told by Jane Doe, PT, Lakeside Therapy by link on 2026-03-01."
    ]
    before = asked["restriction"]["period"]["end"]
    assert before > "2026-03-08", "its own day is still to come"
    assert len(tasks(sent)) == 1, "it is no referral"
    assert sent.in_chart("CarePlan", PATIENT)[0]["status"] == "active"


def test_a_fall_or_a_new_symptom_is_marked_for_the_same_day(sent, therapist):
    browser, page = therapist
    report(browser, page, "progress", **{**PROGRESS, "fall": "yes"})
    coordinator, shown = referral(sent)
    assert "Call the clinician today" in shown.words
    review = sent.open(sent.browser(), PATIENT)
    assert "Told by the therapist, not yet in the chart" in review.words and "Today Progress on Mar 1" in review.words
    assert "A fall since the session before" in review.words, "among what changed since the plan was signed"
    take(coordinator, shown, "Keep in the history")
    assert "not yet in the chart" not in sent.open(sent.browser(), PATIENT).words


def test_a_report_sent_or_taken_over_twice_counts_once(sent, therapist):
    browser, page = therapist
    for _ in range(2):
        report(browser, page, "accept")
    assert len(reports(sent)) == 1
    coordinator, shown = referral(sent)
    for _ in range(2):
        take(coordinator, shown, "Take over: Accept")
    assert len(task(sent)["note"]) == 1


def test_a_report_whose_taking_over_was_refused_stays_new(sent, therapist, monkeypatch):
    from launch.sandbox.outcome import Refused

    def refused(*_, **__):
        raise Refused(403, "not for apps")

    browser, page = therapist
    report(browser, page, "accept")
    coordinator, shown = referral(sent)
    with monkeypatch.context() as faults:
        faults.setattr(type(sent.box.fhir), "update", refused)
        answer = take(coordinator, shown, "Take over: Accept")
    assert answer.status == 403 and "Nothing was saved." in answer.words and "1 new" in answer.words
    assert take(coordinator, referral(sent, coordinator)[1], "Take over: Accept").status == 200


# -- changed after it was sent


def changed(harness: Harness) -> dict:
    clinician = harness.browser()
    sign(clinician, clinician.press(page := harness.open(clinician, PATIENT), exercise(page), "Remove"))
    return next(each for each in tasks(harness) if each["status"] == "requested")


def test_a_newer_plan_is_told_and_acknowledged_before_anything_else(sent, therapist):
    browser, page = therapist
    coordinator, shown = referral(sent)
    move(coordinator, shown, "accept")
    sent.clock.now += DAY
    new = changed(sent)
    now = browser.get(page.url)
    assert (
        "A newer plan was signed on Mar 2, 2026" in now.words and "Do not go on with the program you have" in now.words
    )
    assert "Program: " not in now.words and "/accept" not in now.text and "/progress" not in now.text
    assert browser.get(f"{page.url}/papers").status == 404
    early = browser.post(f"{page.url}/progress", {**page.form("/accept").fields, **PROGRESS}, headers=OWN)
    assert early.status == 409 and not reports(sent)
    now = report(browser, now, "acknowledge")
    assert "You have told the clinic that you read this." in now.words and "/progress" in now.text
    page = coordinator.get(f"{enter(sent, coordinator).url}/{new['id']}")
    assert "Has read what the newer plan changes." in page.words and "by the link of another referral" in page.words
    take(coordinator, page, "Keep in the history")
    (after,) = (each for each in tasks(sent) if each["id"] == new["id"])
    assert "Has read what the newer plan changes." in after["note"][-1]["text"] and after["status"] == "requested"


def test_a_tightened_restriction_is_urgent_and_a_plan_that_reads_the_same_is_not(sent, therapist):
    browser, page = therapist
    changed(sent)
    same = browser.get(page.url)
    assert "The movement restrictions read the same" in same.words and "Urgent" not in same.words
    store = sent.app.extensions["loadpath"].store
    (kept,) = store.links.of_patient(f"{issuer_of(sent).iss}/Patient/{PATIENT}")
    dropped = kept.content["avoid"][1:]
    with store.database.transaction() as db:
        sealed = store.database.seal.seal(
            f"{kept.id} link", {"version": 1, "content": {**kept.content, "avoid": dropped}}
        )
        db.execute(update(therapist_links).values(content=sealed))
    urgent = browser.get(page.url)
    assert "Urgent: the plan was changed, and may forbid more" in urgent.words
    assert f"New: {kept.content['avoid'][0]}"[:60] in urgent.words


def test_an_acceptance_of_the_plan_before_accepts_nothing_of_the_newer_one(sent, therapist):
    browser, page = therapist
    report(browser, page, "accept")
    coordinator, shown = referral(sent)
    move(coordinator, shown, "contact", text="Called")
    new = changed(sent)
    page = coordinator.get(f"{enter(sent, coordinator).url}/{new['id']}")
    assert "Take over: Accept" not in page.words
    take(coordinator, page, "Keep in the history")
    (after,) = (each for each in tasks(sent) if each["id"] == new["id"])
    assert after["status"] == "requested"


def test_a_plan_that_was_taken_back_is_not_shown(sent, therapist):
    browser, page = therapist
    store = sent.app.extensions["loadpath"].store
    (kept,) = store.records.signatures_of(f"{issuer_of(sent).iss}/Patient/{PATIENT}")
    store.records.retire(kept.id)
    now = browser.get(page.url)
    assert "This referral was withdrawn" in now.words and "Program: " not in now.words and "AVOID" not in now.words
    assert browser.get(f"{page.url}/papers").status == 404


# -- what must not leak


def test_no_token_and_no_name_reaches_a_log_an_address_or_another_site(sent, link, caplog):
    browser, token = sent.browser(), link.rpartition("/")[2]
    with caplog.at_level("DEBUG"):
        page = confirmed(browser, link)
        report(browser, page, "question", text="Collar for Daniel?")
        sent.browser().get(link)
        sent.browser().get(f"{APP}/t/{'B' * 43}")
    told = "".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    assert token not in told and "Jane" not in told and "Daniel" not in told and "B" * 43 not in told
    assert not any(token in str(event) for event in events(sent))
    for address in (link, page.url):
        headers = browser.get(address).response.headers
        assert headers["Referrer-Policy"] == "no-referrer" and headers["Cache-Control"] == "no-store"
        assert headers["X-Robots-Tag"].startswith("noindex")
        assert "frame-ancestors 'self';" in f"{headers['Content-Security-Policy']};"
    assert all("ergstrom" not in url for url in browser.visited)


def test_the_cookie_is_for_these_pages_alone(sent, link):
    browser = sent.browser()
    page = browser.get(link)
    (form,) = forms_in(page.text)
    answer = browser.clients[APP].post(link.removeprefix(APP), base_url=APP, data={**form.fields, "is": "me"},
                                       headers=OWN)  # fmt: skip
    (cookie,) = answer.headers.getlist("Set-Cookie")
    name, *attributes = cookie.split("; ")
    assert re.fullmatch(r"__Secure-loadpath-link=[A-Za-z0-9_-]{43}", name)
    assert {"Secure", "HttpOnly", "Path=/t", "SameSite=Lax"} <= set(attributes)
    assert any(each == f"Max-Age={90 * DAY}" for each in attributes)


def test_the_day_of_today_is_the_last_that_can_have_been(sent, therapist):
    _, page = therapist
    assert f'max="{date(2026, 3, 1)}"' in page.text and 'min="2026-03-01"' in page.text
