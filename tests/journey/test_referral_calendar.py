"""The calendar feed: it names nobody, is of its owner alone, ends when told, and is read by what reads RFC 5545."""

import re

import pytest
from flask import Flask

from smartapp.store import Calendar
from smartapp.web.calendar import feed_text
from tests.journey.harness import APP, forms_in
from tests.journey.test_referrals import enter, move, opened, sent, task  # noqa: F401

DAY = {"reference": "0A1B2C3D4E", "key": "first-visit", "what": "first visit due", "day": "2026-03-04"}


def page_of(browser, inbox):
    return browser.get(f"{APP}/l/{inbox.launch_id}/inbox/calendar")


def form_of(page, do):
    return next(f for f in forms_in(page.text) if f.fields.get("do") == do)


def change(browser, page, do):
    return browser.press(page, form_of(page, do))


def made(browser, inbox) -> str:
    page = change(browser, page_of(browser, inbox), "make")
    return re.search(r'value="(http[^"]+\.ics)"', page.text)[1]


def read(sent, address):  # noqa: F811
    return sent.app.test_client().get(address.removeprefix(APP), base_url=APP)


def test_a_feed_has_the_days_of_the_owner_and_no_name(sent):  # noqa: F811
    browser = sent.browser()
    inbox = enter(sent, browser)
    address = made(browser, inbox)
    assert address not in page_of(browser, inbox).text, "it is told once"
    assert "open the list to fill this calendar" in read(sent, address).text
    browser.get(inbox.url)
    assert "nothing due" in read(sent, address).text, "nobody owns it yet"
    move(browser, opened(sent, browser), "accept")
    enter(sent, browser)
    answer = read(sent, address)
    text = answer.text.replace("\r\n ", "")
    assert answer.status_code == 200 and answer.mimetype == "text/calendar"
    assert (
        "SUMMARY:Referral: first visit due\r\nDESCRIPTION:Referral " in text and "DTSTART;VALUE=DATE:20260308" in text
    )
    for word in ("ergstrom", "L1", "fracture", "RB-", "Task", task(sent)["id"]):
        assert word not in text
    (reference,) = re.findall(r"UID:(\w{10})\.first-visit@127\.0\.0\.1", text)
    assert reference in enter(sent, browser).words and reference in opened(sent, browser).words


def test_it_ends_when_told_and_a_new_one_ends_the_old(sent):  # noqa: F811
    browser = sent.browser()
    inbox = enter(sent, browser)
    first = made(browser, inbox)
    second = made(browser, inbox)
    assert (read(sent, first).status_code, read(sent, second).status_code) == (404, 200)
    ended = change(browser, page_of(browser, inbox), "end")
    assert "leads nowhere any more" in ended.words and read(sent, second).status_code == 404
    assert "You have no address" in page_of(browser, inbox).words


@pytest.mark.parametrize("field", ["token", "do"])
def test_it_is_made_by_its_own_form_only(sent, field):  # noqa: F811
    browser = sent.browser()
    page = page_of(browser, enter(sent, browser))
    from tests.journey.harness import forms_in

    form = next(f for f in forms_in(page.text) if f.fields.get("do") == "make")
    form.fields[field] = "x"
    assert browser.press(page, form).status in (400, 403)


def test_nobody_but_a_coordinator_has_the_page(sent):  # noqa: F811
    browser = sent.browser()
    chart = sent.open(browser, "bergstrom")
    assert browser.get(f"{APP}/l/{chart.launch_id}/inbox/calendar").status == 401


def test_lines_are_those_of_rfc_5545():
    long = {**DAY, "what": "éé, due; " * 20}
    text = feed_text_in_app(Calendar((DAY, long), 1_772_366_400.0, 1.0))
    assert text.endswith("END:VCALENDAR\r\n") and "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    whole = text.replace("\r\n ", "")
    assert "DTSTAMP:20260301T120000Z" in whole and "DTEND;VALUE=DATE:20260305" in whole
    assert "éé\\, due\\; éé" in whole
    assert whole.count("BEGIN:VEVENT") == whole.count("END:VEVENT") == 2
    assert feed_text_in_app(Calendar((), None, 1_772_366_400.0)).count("BEGIN:VEVENT") == 1


def feed_text_in_app(found):

    app = Flask("calendar")
    app.add_url_rule("/launch/referrals", "launch.referrals")
    with app.test_request_context():
        return feed_text(found, "https://loadpath.example:8443")
