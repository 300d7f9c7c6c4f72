"""A move taken back on the coordinator's page: what was before is written, and the history says so."""

import pytest
from fhir.resources.R4B.task import Task

from launch.sandbox.outcome import Refused
from tests.journey.harness import APP, forms_in
from tests.journey.test_referral_questions import questions
from tests.journey.test_referrals import enter, move, opened, sent, task  # noqa: F401


def undo(browser, page):
    return browser.press(page, next(f for f in forms_in(page.text) if f.action.endswith("/undo")))


def offers_undo(page) -> bool:
    return any(f.action.endswith("/undo") for f in forms_in(page.text))


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("accept", {}),
        ("take", {}),
        ("hold", {"reason": "records", "on": "2026-03-09"}),
        ("ask", {"text": "Is a collar ordered?"}),
    ],
)
def test_what_was_before_is_there_again_and_the_history_has_both_lines(sent, action, fields):  # noqa: F811
    before, browser = task(sent), sent.browser()
    page = move(browser, opened(sent, browser), action, **fields)
    assert "You can take this back for 60 seconds" in page.words
    page = undo(browser, page)
    after = task(sent)
    Task.model_validate(after)
    assert "Undone: it stands as before." in page.words and "Undone: " in after["note"][-1]["text"]
    for name in ("status", "businessStatus", "statusReason", "output", "owner"):
        assert after.get(name) == before.get(name), name
    assert len(after["note"]) == 2 and not offers_undo(page)
    assert [each["status"] for each in questions(sent)] == ["cancelled"] * (action == "ask")


def test_a_visit_booked_anew_goes_back_to_the_day_before(sent):  # noqa: F811
    browser = sent.browser()
    page = move(browser, move(browser, opened(sent, browser), "accept"), "schedule", on="2026-03-04")
    page = undo(browser, move(browser, page, "schedule", on="2026-03-09"))
    assert "By Mar 4, 2026" in page.words and "Come to the first visit" in page.words


@pytest.mark.parametrize(("seconds", "undone"), [(59, True), (61, False)])
def test_the_server_holds_to_the_minute(sent, seconds, undone):  # noqa: F811
    browser = sent.browser()
    page = move(browser, opened(sent, browser), "accept")
    sent.clock.now += seconds
    answer = undo(browser, page)
    assert (task(sent)["status"] == "requested") is undone
    assert undone or (answer.status == 422 and "too late" in answer.words)


def test_what_somebody_followed_stays(sent):  # noqa: F811
    one, other = sent.browser(), sent.browser()
    page = move(one, opened(sent, one), "accept")
    move(other, opened(sent, other), "contact", text="Called.")
    answer = undo(one, page)
    assert answer.status == 422 and "Somebody has gone on" in answer.words and task(sent)["status"] == "accepted"
    assert not offers_undo(one.get(f"{enter(sent, one).url}/{task(sent)['id']}"))


def test_another_session_offers_nothing(sent):  # noqa: F811
    move(one := sent.browser(), opened(sent, one), "accept")
    assert not offers_undo(opened(sent, sent.browser()))


@pytest.mark.parametrize("action", ["decline", "cancel"])
def test_what_ends_it_offers_no_undo(sent, action):  # noqa: F811
    browser = sent.browser()
    assert not offers_undo(move(browser, opened(sent, browser), action, reason="duplicate"))


@pytest.mark.parametrize("lost", [True, False])
def test_an_undo_whose_answer_is_lost_or_that_comes_second_is_told(sent, monkeypatch, lost):  # noqa: F811
    browser, door = sent.browser(), type(sent.box.fhir)
    page, update = move(browser, opened(sent, browser), "accept"), door.update

    def unlucky(*given, **named):
        if lost:
            update(*given, **named)
            raise Refused(503, "away")
        raise Refused(412, "changed")

    with monkeypatch.context() as faults:
        faults.setattr(door, "update", unlucky)
        answer = undo(browser, page)
    assert (answer.status == 200) is lost and (task(sent)["status"] == "requested") is lost


def test_it_is_refused_from_elsewhere(sent):  # noqa: F811
    browser = sent.browser()
    page = move(browser, opened(sent, browser), "accept")
    form = next(f for f in forms_in(page.text) if f.action.endswith("/undo"))
    foreign = browser.post(f"{APP}{form.action}", form.fields, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status == 403 and task(sent)["status"] == "accepted"
