"""The list of referrals: sorted, kept under a name, and one step for several, each with its own result."""

import re

import pytest

from smartapp.core.referral import Queue
from smartapp.core.referral_moves import BY_ACTION, IN_BULK
from smartapp.store import SORTS, open_store
from smartapp.web import referral_list
from smartapp.web.inbox import AT_ONCE, FILTERS
from smartapp.web.inbox_filter import InboxFilter
from tests.journey.harness import forms_in
from tests.journey.test_referrals import enter, move, opened, sent, task, tasks  # noqa: F401
from tests.journey.whole import sign

OTHER = "kowalski"


@pytest.fixture
def two(sent):  # noqa: F811
    browser = sent.browser()
    sign(browser, sent.open(browser, OTHER))
    return sent


def values(page) -> list[str]:
    return re.findall(r'name="task" value="([^"]+)"', page.text)


def press_bulk(browser, page, action, selected, **fields):
    form = next(f for f in forms_in(page.text) if f.action.endswith("/inbox/bulk"))
    form.buttons = [("action", action, "")]
    return browser.press(page, form, task=selected, **fields)


def save(browser, page, do="save", **fields):
    forms = (f for f in forms_in(page.text) if f.action.endswith("/inbox/filters"))
    return browser.press(page, next(f for f in forms if f.buttons[0][1] == do), **fields)


def task_of(harness, patient) -> dict:
    return next(t for t in harness.in_chart("Task", patient) if not {"restriction", "partOf"} & t.keys())


def test_several_are_taken_on_at_once(two):
    browser = two.browser()
    inbox = enter(two, browser)
    page = press_bulk(browser, inbox, "take", values(inbox))
    assert page.status == 200 and "Take it on: saved for 2 of 2." in page.words
    for patient in ("bergstrom", OTHER):
        assert task_of(two, patient)["owner"]["reference"] == "Practitioner/brandt"
    assert browser.get(f"{inbox.url}?mine=1").heading.startswith("All open 2")


def test_each_has_its_own_result_and_one_that_was_moved_hinders_no_other(two):
    browser, other = two.browser(), two.browser()
    inbox = enter(two, browser)
    selected = values(inbox)
    move(other, opened(two, other), "accept")
    page = press_bulk(browser, inbox, "contact", selected, text="Letter sent.")
    assert "Record contact: saved for 1 of 2." in page.words
    assert "Bergstrom : Rosa Brandt was quicker: Accepted." in page.words.replace("Daniel Erik ", "")
    assert [n["text"] for n in task_of(two, OTHER)["note"]] == ["Contact: Letter sent."]
    assert [n["text"] for n in task(two)["note"]] == ["Accepted."]


@pytest.mark.parametrize(
    ("action", "selected", "text", "words"),
    [
        ("take", [], "", "nothing is selected"),
        ("contact", ["1|1"], " ", "is empty"),
        ("take", [f"{n}|1" for n in range(AT_ONCE + 1)], "", f"{AT_ONCE} at most"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_tried(sent, action, selected, text, words):  # noqa: F811
    browser = sent.browser()
    before = len(sent.writes())
    page = press_bulk(browser, enter(sent, browser), action, selected, text=text)
    assert page.status == 422 and words in page.words and len(sent.writes()) == before


def test_one_that_is_not_there_is_told(sent):  # noqa: F811
    browser = sent.browser()
    page = press_bulk(browser, enter(sent, browser), "take", ["gone|1"])
    assert "saved for 0 of 1" in page.words and "Look at it before you repeat it" in page.words


@pytest.mark.parametrize("action", ["accept", "cancel", "x"])
def test_no_other_move_is_made_in_bulk(sent, action):  # noqa: F811
    browser = sent.browser()
    inbox = enter(sent, browser)
    assert press_bulk(browser, inbox, action, values(inbox)).status == 400 and "note" not in task(sent)
    assert all(not (BY_ACTION[each].reasons or BY_ACTION[each].day) for each in IN_BULK)


def test_a_filter_is_kept_for_the_person_and_holds_no_search(sent):  # noqa: F811
    browser = sent.browser()
    page = browser.get(f"{enter(sent, browser).url}?queue=NEW&overdue=1&sort=age&search=bergstrom")
    saved = save(browser, page, name="Late and new")
    assert saved.url.endswith("?queue=NEW&overdue=1&sort=age") and "Late and new" in saved.words
    again = enter(sent, sent.browser())
    assert (
        "queue=NEW&amp;overdue=1&amp;sort=age" in again.text and "search" not in again.text.split("saved-one")[1][:300]
    )
    assert not [url for url in browser.visited if "ergstrom" in url and "search" not in url and "launch=" not in url]
    gone = save(browser, again_in(sent, browser), do="drop")
    assert "none yet" in gone.words


def again_in(harness, browser):
    return enter(harness, browser)


def test_a_filter_needs_a_name_and_there_are_not_too_many(sent):  # noqa: F811
    browser = sent.browser()
    page = enter(sent, browser)
    assert save(browser, page, name=" ").status == 422
    for number in range(FILTERS):
        page = save(browser, page, name=f"F{number}")
    full = save(browser, page, name="One more")
    assert full.status == 422 and "Remove one first" in full.words
    assert save(browser, page, name="F1").status == 200, "an old name is kept anew"


def test_the_list_is_sorted_by_what_the_head_of_a_column_says(two):
    browser = two.browser()
    inbox = enter(two, browser)
    move(browser, opened(two, browser), "accept")
    two.clock.now += 86400
    inbox = enter(two, browser)
    for sort in SORTS:
        page = browser.get(f"{inbox.url}?sort={sort}")
        assert page.text.count("aria-sort") == 1 and len(values(page)) == 2
    turns = re.findall(r'data-label="Whose turn">([^<]+)<', browser.get(f"{inbox.url}?sort=turn").text)
    assert turns == ["Nobody yet", "You"]


def find(browser, page, typed):
    return browser.press(page, page.form("/inbox/search"), typed=typed)


@pytest.fixture
def one_a_page(two, monkeypatch):
    monkeypatch.setattr(referral_list, "PAGE", 1)
    return two


@pytest.mark.parametrize("typed", ["Bergstrom", "BERG", "dan bergström", "berg 1964", "RB-10021", "Bergstrom,  Daniel"])
def test_a_search_finds_on_every_page_and_no_address_names_anybody(one_a_page, typed):
    browser = one_a_page.browser()
    inbox = enter(one_a_page, browser)
    before = len(browser.visited)
    page = find(browser, inbox, typed)
    assert page.heading == "Found 1" and "Bergstrom" in page.words and "Kowalski" not in page.text
    assert f"by “{typed.replace(',  ', ', ')}”" in page.words
    sorted_ = browser.get(page.url.replace("?", "?sort=age&"))
    assert sorted_.heading == "Found 1"
    assert not [url for url in browser.visited[before:] if re.search("berg|daniel|1964", url, re.IGNORECASE)]
    file = browser.get(page.url.replace("/referrals?", "/referrals.csv?"))
    assert "Bergstrom" in file.text and "Kowalski" not in file.text


def test_a_search_finds_closed_ones_too_and_says_where_it_looked_for_what_is_not_there(two):
    browser = two.browser()
    inbox = enter(two, browser)
    move(browser, opened(two, browser), "decline", reason="duplicate")
    assert browser.get(inbox.url).heading.startswith("All open 1")
    assert "Declined" in find(browser, inbox, "bergstrom").words
    none = find(browser, inbox, "ergstrom")
    assert none.heading == "Found 0" and "each word by how it begins" in none.words
    assert find(browser, inbox, " ., ").heading.startswith("All open 1"), "nothing was typed"


def test_what_was_typed_is_kept_in_no_filter_and_opens_in_no_other_session(two):
    browser, other = two.browser(), two.browser()
    page = find(browser, enter(two, browser), "bergstrom")
    kept = save(browser, page, name="Found")
    assert re.search(r'<a href="[^"?]+"[^>]*>Found</a>', kept.text)
    elsewhere = other.get(enter(two, other).url + "?" + page.url.partition("?")[2])
    assert elsewhere.heading.startswith("All open 2")
    plain = kept.url.partition("?")[0]
    assert browser.get(f"{plain}?found=x").heading.startswith("All open 2")
    refused = browser.post(plain.replace("/referrals", "/inbox/search"), {"typed": "bergstrom"})
    assert refused.status == 403


def test_after_a_step_for_several_the_search_stands(two):
    browser = two.browser()
    page = find(browser, enter(two, browser), "bergstrom")
    done = press_bulk(browser, page, "contact", values(page), text="Letter sent.")
    assert "saved for 1 of 1" in done.words and done.heading == "Found 1"


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("queue=NEW&urgency=stat&mine=1&overdue=1&sort=age", None),
        ("queue=nowhere&urgency=x&sort=name&name=Bergstrom", {}),
        ("queue=open&sort=due", {}),
    ],
)
def test_an_address_gives_a_filter_and_a_filter_its_address(query, asked):
    found = InboxFilter.kept(query)
    assert found.query == query if asked is None else found.asked == asked
    assert InboxFilter.kept(found.query) == found and found.of_queue("CLOSED")["queue"] == "CLOSED"


def test_the_queues_are_those_of_the_issue_in_its_words():
    assert [each.value for each in Queue] == [
        "New", "Needs information", "To book", "Booked, visit due", "No-show to rebook", "Plan of care owed",
        "Recertification due", "Changed after sent", "Waiting for clinician", "Closed",
    ]  # fmt: skip


def test_filters_of_another_database_are_nobodys(tmp_path):
    store = open_store(f"sqlite:///{tmp_path}/a.db", "a secret long enough for the tests")
    assert store.coordinators.filters_of("somebody") == {}
