"""``smartapp outbox``: what waits is listed without a patient's name, made due, or handed to a person."""

import json

import pytest
import requests

from smartapp import outbox
from smartapp.errors import InputError
from tests.journey.harness import make_harness


@pytest.fixture
def harness(tmp_path):
    made = make_harness(tmp_path)
    yield made
    made.box.store.close()


def signed_while_down(harness, fault):
    def before(sent):
        if sent.method == "POST" and sent.path.startswith("/fhir"):
            raise fault

    harness.wire.before = before
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    receipt = browser.press(page, page.form("/sign"))
    harness.wire.before = lambda sent: None
    return browser, receipt, receipt.url.rpartition("/")[2]


def store_of(harness):
    return harness.app.extensions["loadpath"].store


def test_what_waits_is_told_with_everything_but_the_patient(harness):
    _, _, plan = signed_while_down(harness, requests.ConnectTimeout("refused"))
    store, now = store_of(harness), harness.clock.now + 1000
    told = outbox.as_json(outbox.undelivered_plans(store, now), store.backlog.last_round(), now)
    (line,) = json.loads(told)["plans"]
    assert (line["plan"], line["ehr"], line["age"], line["overdue"]) == (plan, "sandbox", 1000, True)
    assert ("CarePlan", "waiting") in {(each["kind"], each["status"]) for each in line["artifacts"]}
    assert json.loads(told)["background"] == {"age": None}
    store.backlog.note_round()
    words = "\n".join(outbox.as_words(outbox.undelivered_plans(store, now), store.backlog.last_round(), now))
    assert "OVERDUE" in words and "16 min ago" in words and "1 signed plan has not reached the chart." in words
    assert "Bergstrom" not in told + words and "bergstrom" not in told + words


def test_one_that_cannot_be_read_is_told_beside_the_others(harness):
    from sqlalchemy import update

    from smartapp.store.schema import signatures

    _, _, plan = signed_while_down(harness, requests.ConnectTimeout("refused"))
    store = store_of(harness)
    with store.database.engine.begin() as db:
        db.execute(update(signatures).values(record=b"not sealed by us"))
    (line,) = outbox.undelivered_plans(store, harness.clock.now)
    assert line.plan == plan and "not readable here" in line.why
    assert line.statuses and set(line.statuses) == {"waiting"}, "which needs no opening"
    assert "waiting. " in "\n".join(outbox.as_words([line], None, harness.clock.now))


def test_what_is_there_is_not_listed(harness):
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    browser.press(page, page.form("/sign"))
    assert outbox.undelivered_plans(store_of(harness), harness.clock.now) == ()


def test_retry_makes_it_due_now(harness):
    browser, receipt, plan = signed_while_down(harness, requests.ConnectTimeout("refused"))
    (said,) = outbox.retry(store_of(harness), [plan])
    assert said == f"plan {plan}: due now"
    assert browser.get(receipt.url).heading == "Saved to chart"
    with pytest.raises(InputError):
        list(outbox.retry(store_of(harness), ["no-such-plan"]))


def test_a_plan_is_handed_to_a_person_and_not_sent_any_more(harness, tmp_path):
    browser, receipt, plan = signed_while_down(harness, requests.ConnectTimeout("refused"))
    file = tmp_path / "plan.txt"
    assert "to be put into the chart by hand" in outbox.hand_over(store_of(harness), plan, file)
    assert "MOVEMENT RESTRICTIONS" in file.read_text(encoding="utf-8") and file.stat().st_mode & 0o077 == 0
    harness.clock.now += 400
    told = browser.get(receipt.url)
    assert told.heading == "Signed, NOT in the chart: finish" and "I have put it into the chart" in told.words
    assert not harness.in_chart("CarePlan", "bergstrom")


def test_what_may_be_there_already_is_not_handed_over(harness, tmp_path):
    _, _, plan = signed_while_down(harness, requests.ReadTimeout("no answer"))
    with pytest.raises(InputError, match="may be in the chart already"):
        outbox.hand_over(store_of(harness), plan, tmp_path / "plan.txt")
    assert not (tmp_path / "plan.txt").exists()


def test_the_command(tmp_path, monkeypatch, capsys):
    from smartapp.cli import main

    monkeypatch.setenv("SMARTAPP_SECRET", "a secret long enough for the tests")
    monkeypatch.setenv("SMARTAPP_DATABASE", f"sqlite:///{tmp_path}/own.db")
    monkeypatch.setenv("SMARTAPP_BASE_URL", "http://127.0.0.1:8080")
    monkeypatch.setenv("SMARTAPP_DEV_LOOPBACK", "1")
    assert main(["outbox", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"plans": [], "background": {"age": None}}
    assert main(["outbox", "list"]) == 0
    assert "0 signed plans have not reached the chart." in capsys.readouterr().out
    assert main(["outbox", "retry"]) == 0
    assert main(["outbox", "hand-over"]) == 2
