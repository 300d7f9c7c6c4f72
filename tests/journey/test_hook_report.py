"""What administrators see of CDS Hooks: calls, cards and their ends by number, silent ones apart, and all as a file."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest

from smartapp.core.hooks import CardTopic, Feedback, FiredCard, Firing, Hook, Outcome, OverrideReason
from tests.journey.harness import APP, ISSUERS, make_harness

OFFICES = f'{ISSUERS}\nadministrators = ["Practitioner/castellan"]\n'
HOOKED = OFFICES.replace(
    "[sandbox.roles]",
    'cds_hooks = { iss = "x", jku = "http://localhost:8081/hooks/jwks", silent = ["order-sign"] }\n[sandbox.roles]',
)
VIEW, SIGN = "loadpath-patient-view", "loadpath-order-sign"


@pytest.fixture
def site(tmp_path):
    harness = make_harness(tmp_path, issuers=HOOKED)
    yield harness
    harness.box.store.close()


def report(harness, query="", user="castellan"):
    browser = harness.browser()
    page = harness.open(browser, "whitfield", user)
    return browser.get(f"{APP}/l/{page.launch_id}/hooks{query}")


def fired(
    harness, number, *, topic=CardTopic.REFER_TO_THERAPY, silent=False, missing=(), exists=False, issuer="sandbox"
):
    service, hook = (SIGN, Hook.ORDER_SIGN) if silent else (VIEW, Hook.PATIENT_VIEW)
    cards = (FiredCard(f"card-{number}", topic, ("rule-one", "=2+5")),) if topic else ()
    made = Firing(service, hook, f"instance-{number}", issuer, cards, tuple(missing), exists, not silent, "2026.1")
    harness.app.extensions["loadpath"].store.hooks.keep_firing(made)


def told(harness, number, outcome=Outcome.OVERRIDDEN, reason="", minute=0, comment=""):
    at = datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(minutes=minute)
    why = OverrideReason("http://x.example/reasons", reason) if reason else None
    said = Feedback(f"card-{number}", outcome, at, reason=why, comment=comment)
    assert harness.app.extensions["loadpath"].store.hooks.keep_feedback("sandbox", VIEW, [said]) == 1


def rows(page, name):
    part = page.text.partition(f'aria-label="{name}"')[2].partition("</table>")[0]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in part.split("<tr>")[2:]]
    return [tuple(each) for each in cells]


def test_before_the_first_call_it_says_so(site):
    page = report(site)
    assert page.heading == "CDS Hooks at this site" and "No call was answered in this period" in page.words
    assert "Silent now: Loadpath: therapy order after a lumbar fracture, before signing" in page.words


def test_it_says_where_an_ehr_may_not_call(tmp_path):
    harness = make_harness(tmp_path, issuers=OFFICES)
    assert "This EHR may not call CDS services" in report(harness).words
    harness.box.store.close()


@pytest.mark.parametrize("path", ["", ".csv"])
@pytest.mark.parametrize("user", ["okafor", "lindqvist"])
def test_it_is_for_administrators(site, path, user):
    fired(site, 1)
    refused = report(site, path, user)
    assert refused.status == 403 and "rule-one" not in refused.text


def test_cards_are_counted_by_topic_and_newest_end(site):
    for number in range(6):
        fired(site, number)
    fired(site, 6, topic=CardTopic.NO_EXERCISE)
    fired(site, 7, topic=None)
    fired(site, 8, issuer="another EHR")
    told(site, 0, Outcome.ACCEPTED)
    told(site, 1, reason="patient-refuses")
    told(site, 2, reason="patient-refuses", comment="Ann says no")
    told(site, 3)
    told(site, 4, reason="wrong-time-workflow")
    told(site, 4, Outcome.ACCEPTED, minute=5)
    page = report(site)
    title = "Loadpath: plan after a lumbar fracture"
    assert rows(page, "Calls by service") == [(title, "shown", "8", "7", "1", "0")]
    assert rows(page, "Cards by topic") == [
        ("No exercise: refer first", title, "1", "0", "0", "1", "0"),
        ("Physical therapy after a lumbar fracture", title, "6", "2", "3", "1", "0"),
    ]
    assert rows(page, "Overrides by reason") == [
        ("Patient refuses/declines (no context given)*", "Physical therapy after a lumbar fracture", "2"),
        ("No reason given", "Physical therapy after a lumbar fracture", "1"),
    ]
    assert "Ann" not in page.text and "No answer hung on missing data" in page.words


def test_what_silence_kept_back_is_counted_apart(site):
    fired(site, 1, silent=True, missing=["fracture date", "bone density"])
    fired(site, 2, silent=True, missing=["fracture date"], exists=True)
    fired(site, 3, silent=True, topic=None, exists=True)
    fired(site, 4)
    page = report(site)
    silent, shown = rows(page, "Calls by service")
    assert silent[1:] == ("silent", "3", "2 would have been shown", "1", "2") and shown[1:3] == ("shown", "1")
    assert [row[2:] for row in rows(page, "Cards by topic")] == [("0", "0", "0", "0", "2"), ("1", "0", "0", "1", "0")]
    assert [(row[0], row[2]) for row in rows(page, "Calls by missing data")] == [
        ("fracture date", "2"),
        ("bone density", "1"),
    ]


def test_what_was_missing_is_told_by_its_question(site):
    for number, name in enumerate(("healed", "WP1", "day-of-fracture")):
        fired(site, number, missing=[name])
    assert {row[0] for row in rows(report(site), "Calls by missing data")} == {
        "Has the fracture healed by imaging or examination?", "How does the patient get from bed to chair?",
        "day of fracture",
    }  # fmt: skip


def test_the_period_is_chosen_and_anything_else_means_thirty_days(site):
    fired(site, 1)
    site.clock.now += 10 * 86400
    fired(site, 2)
    assert [rows(report(site, query), "Calls by service")[0][2] for query in ("?days=7", "?days=30", "?days=x")] == [
        "1",
        "2",
        "2",
    ]


def test_the_file_has_a_line_for_each_call_and_no_formula(site):
    fired(site, 1, missing=["fracture date"])
    site.clock.now += 1
    fired(site, 2, topic=None)
    told(site, 1, reason="patient-refuses", comment="=cmd")
    answer = report(site, ".csv").response
    assert (
        answer.headers["Content-Type"].startswith("text/csv") and "attachment" in answer.headers["Content-Disposition"]
    )
    first, second = csv.DictReader(io.StringIO(answer.get_data(as_text=True)))
    assert (first["Time"], first["Service"], first["Shown"]) == ("2026-03-01T12:00:00+00:00", VIEW, "yes")
    assert (first["Topic"], first["Because"], first["Missing"]) == (
        "LoadpathReferToTherapy",
        "rule-one =2+5",
        "fracture date",
    )
    assert (first["Outcome"], first["Reason"], first["With comment"]) == ("overridden", "patient-refuses", "yes")
    assert (second["Card"], second["Outcome"]) == ("", "") and "=cmd" not in str(first)


def test_a_cell_that_begins_like_a_formula_is_taken_for_text(site):
    fired(site, 1, missing=["=HYPERLINK(1)"])
    (line,) = csv.DictReader(io.StringIO(report(site, ".csv").response.get_data(as_text=True)))
    assert line["Missing"] == "'=HYPERLINK(1)"


def test_the_administrators_page_leads_there(site):
    browser = site.browser()
    page = site.open(browser, "whitfield", "castellan")
    assert f'href="/l/{page.launch_id}/hooks"' in browser.get(f"{APP}/l/{page.launch_id}/admin").text
