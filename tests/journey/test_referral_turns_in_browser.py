"""What may come between, in Chromium: declined and sent again, two no-shows, two coordinators on one referral, a link
that is stolen or revoked, a change after it was sent."""

import re
from datetime import date

import pytest

from tests.journey.test_referrals_in_browser import violations
from tests.journey.test_therapist_in_browser import signed
from tests.journey.test_whole_referral_in_browser import PATIENT, coordinating, launched, move, turn, window

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.browser

TODAY = date.today().isoformat()


@pytest.fixture(scope="module")
def desk(live, chrome):
    """The coordinator, on the page of the one referral."""
    signed(live, chrome, PATIENT)
    return coordinating(live, chrome)


def choose(page, words: str, reason: str) -> None:
    """A move with a coded reason."""
    fold = page.locator("#act details.group", has=page.locator("summary", has_text=re.compile(f"^{words}$")))
    if fold.count():
        fold.locator("summary").click()
    form = page.locator("#act form", has=page.get_by_role("button", name=words, exact=True)).first
    form.get_by_label("Reason").select_option(label=reason)
    form.get_by_role("button", name=words, exact=True).click()
    playwright.expect(page.get_by_text("Saved to the EHR.")).to_be_visible()


def newest(page, state: str) -> None:
    """To the referral in this state, by the list."""
    page.get_by_role("link", name="Referrals", exact=True).first.click()
    page.locator(".dense tbody tr", has_text=state).locator("a").first.click()
    playwright.expect(page.locator("#act")).to_be_visible()


def test_declined_and_sent_again_by_keyboard(live, chrome, desk):
    choose(desk, "Decline", "No capacity in time")
    turn(desk, "Declined: No capacity in time")
    clinic = launched(live, chrome)
    playwright.expect(clinic.locator(".standing")).to_contain_text("Declined: No capacity in time")
    clinic.get_by_role("link", name="Where the referral stands").click()
    playwright.expect(clinic.get_by_role("button", name="Send the referral again")).to_be_visible()
    assert violations(clinic) == []
    clinic.get_by_label(re.compile("To which clinic")).focus()
    clinic.keyboard.type("Spine Clinic West")
    clinic.keyboard.press("Enter")
    playwright.expect(clinic.get_by_text("The referral is sent again")).to_be_visible()
    playwright.expect(clinic.get_by_role("heading", level=2).first).to_have_text("Coordinator: Accept or decline")
    assert violations(clinic) == []
    newest(desk, "Accept or decline")
    playwright.expect(desk.get_by_text("To: Spine Clinic West.")).to_be_visible()
    playwright.expect(desk.get_by_role("link", name=re.compile("the referral before"))).to_be_visible()
    assert violations(desk) == []
    move(desk, "Accept")
    turn(desk, "Book the first visit")
    asked = [
        each.resource for each in live.box.store.every("Task") if "-replaces" in str(each.resource.get("extension"))
    ]
    assert [each["status"] for each in asked] == ["accepted"]


def test_missed_twice_it_says_so_and_is_booked_a_third_time(desk):
    for _ in range(2):
        move(desk, "Schedule", Day=TODAY)
        turn(desk, "Come to the first visit")
        choose(desk, "Did not come", "No transport")
    turn(desk, "Book again: no-show 2")
    assert violations(desk) == []
    move(desk, "Schedule", Day=TODAY)
    turn(desk, "Come to the first visit")


def test_of_two_coordinators_the_second_reads_who_was_first_and_keeps_what_was_typed(live, chrome, desk):
    other = coordinating_again(live, chrome)
    move(desk, "Record contact", **{"Whom, how, and what was said": "Called, comes by bus."})
    fold = other.locator("#act details.group", has=other.locator("summary", has_text="Record contact"))
    fold.locator("summary").click()
    fold.get_by_label("Whom, how, and what was said").fill("Wrote a letter.")
    fold.get_by_role("button", name="Record contact").click()
    playwright.expect(other.locator("#said")).to_contain_text("was quicker: Contact: Called, comes by bus.")
    playwright.expect(other.locator("#h-history + ol")).not_to_contain_text("Wrote a letter.")
    assert violations(other) == []


def coordinating_again(live, chrome):
    """A second window of a coordinator, on the referral that is booked."""
    page = window(chrome)
    page.goto(f"{live.app}/launch/referrals")
    page.get_by_role("link", name=re.compile("EHR")).click()
    page.select_option("select[name=user]", "brandt")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Allow").click()
    page.locator(".dense tbody tr", has_text="Come to the first visit").locator("a").first.click()
    playwright.expect(page.locator("#act")).to_be_visible()
    return page


def test_a_link_that_is_stolen_opens_nothing_and_one_that_is_revoked_neither(chrome, desk):
    where = desk.url
    desk.get_by_role("link", name="Links for therapists").click()
    desk.get_by_label("Therapist, with title").fill("Maya Ferris, PT")
    desk.get_by_label("Clinic", exact=True).fill("Lakeside Physical Therapy")
    desk.get_by_role("button", name="Make the link").click()
    address = desk.locator("#address").inner_text()
    therapist, thief = window(chrome), window(chrome)
    therapist.goto(address)
    therapist.get_by_role("checkbox").check()
    therapist.get_by_role("button").first.click()
    playwright.expect(therapist.locator("#answer")).to_be_visible()
    for stolen in (address, therapist.url):
        thief.goto(stolen)
        playwright.expect(thief.get_by_text("another browser").first).to_be_visible()
        playwright.expect(thief.locator("body")).not_to_contain_text("Bergstrom")
        assert violations(thief) == []
    desk.goto(where)
    desk.get_by_role("link", name="Links for therapists").click()
    playwright.expect(desk.get_by_text(re.compile("another browser tried it", re.IGNORECASE)).first).to_be_visible()
    desk.get_by_role("button", name=re.compile("Take back|Revoke")).first.click()
    playwright.expect(desk.get_by_text(re.compile("revoked")).first).to_be_visible()
    therapist.reload()
    playwright.expect(therapist.locator("body")).not_to_contain_text("Bergstrom")
    playwright.expect(therapist.get_by_text(re.compile("taken back|revoked")).first).to_be_visible()
    assert violations(therapist) == []
    desk.goto(where)


def test_a_change_after_it_was_sent_is_read_and_acknowledged_before_anything_else(live, chrome, desk):
    clinic = launched(live, chrome)
    clinic.locator("li.item:has(.dose) button", has_text="Remove").first.dispatch_event("click")  # it lies in a fold
    playwright.expect(clinic.get_by_text("Removed by you").first).to_be_attached()
    for box in clinic.locator("input[name=open]").all():
        box.check()
    clinic.get_by_role("button", name="Sign and send").click()
    playwright.expect(clinic.get_by_text("Saved to chart").first).to_be_visible()
    newest(desk, "Acknowledge")
    playwright.expect(desk.locator("#h-changed")).to_be_visible()
    playwright.expect(desk.locator("#act form").first.get_by_role("button")).to_have_text("Accept")
    assert violations(desk) == []
    move(desk, "Accept")
    turn(desk, "Book the first visit")
    playwright.expect(desk.locator("#h-changed")).to_have_count(0)
