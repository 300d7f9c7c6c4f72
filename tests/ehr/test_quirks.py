"""How EHRs really answer: every known oddity of reading, one test each, at the vendor that has it where one does.

The rows are those of the field study behind the reader: vendors' documents, issue threads, capability statements.
"""

import base64
import re
import sys
import time
from datetime import date
from decimal import Decimal

import pytest
import requests

from smartapp.core.derive import derive
from smartapp.core.kinds import DateKind, Quantity, Site
from smartapp.ehr.addresses import is_id
from smartapp.ehr.capabilities import parse_capabilities
from smartapp.fhir.read.searches import searches
from smartapp.knowledge import load
from tests.conftest import ROOT
from tests.fhir.read.records import (
    LOINC,
    SUBJECT,
    concept,
    condition,
    diagnosis,
    measurement,
    observation,
    procedure,
    quantity,
    read,
    reasons,
)
from tests.journey.harness import APP, EHR, Harness, Page, make_harness
from tests.journey.whole import not_read, sign

SEARCHES = searches(load().codes)
PATIENT = {"reference": "Patient/bergstrom"}
FRACTURE = "S32.010A"
CATEGORY = "http://terminology.hl7.org/CodeSystem/condition-category"


@pytest.fixture
def at(tmp_path):
    """The review page of one patient at a vendor, and the harness it is in; more records by name."""

    def opened(vendor: str, *more: dict, patient: str = "bergstrom", **harness) -> tuple[Harness, Page]:
        bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": r} for r in more]}
        made = make_harness(tmp_path, personality=vendor, data=(bundle,) if more else (), **harness)
        return made, made.open(made.browser(), patient)

    return opened


def asked(harness: Harness) -> list[str]:
    """Every FHIR search that left the app."""
    return [sent.url for sent in harness.wire.seen if sent.method == "GET" and "/fhir/" in sent.url and "?" in sent.url]


# -- how to ask


def test_observation_is_never_searched_without_category_or_code(at):
    """Epic answers 400; the whole fetch passes there, and nothing is missing."""
    assert all({"category", "code"} & set(s.params) for s in SEARCHES if s.resource == "Observation")
    harness, page = at("epic")
    assert not_read(page) == []
    searched = [s for s in SEARCHES if s.resource == "Observation"]
    assert [seen.status for seen in harness.box.requests if "/Observation" in seen.path] == [200] * len(searched)


def test_a_refused_category_costs_that_search_only(at, monkeypatch):
    """category=survey alone is 400 at Epic: shown as not supported, and everything else is read."""
    from smartapp.fhir import read as reading
    from smartapp.fhir.read.searches import Search

    survey = Search("surveys", "Observation", {"patient": "{patient}", "category": "survey"})
    assert all(s.params.get("category") != "survey" for s in SEARCHES)
    for module in _users_of_searches():
        monkeypatch.setattr(module, "searches", lambda codes: (*reading.searches(codes), survey))
    _, page = at("epic")
    (line,) = not_read(page)
    assert line.startswith("surveys: not supported by this EHR")
    assert "Rehabilitation phase Initial" in page.words


def _users_of_searches():
    found = [m for n, m in sys.modules.items() if n.startswith("smartapp.web") and hasattr(m, "searches")]
    assert found
    return found


def test_conditions_are_asked_one_category_at_a_time_and_merged(at):
    """A fracture may be only an encounter diagnosis; the one found by two searches is one diagnosis."""
    assert all("," not in s.params.get("category", "") for s in SEARCHES)
    categories = {s.params.get("category") for s in SEARCHES if s.resource == "Condition"}
    assert {"problem-list-item", "encounter-diagnosis", "health-concern"} <= categories
    visit = condition(
        FRACTURE,
        id="visit",
        subject=SUBJECT,
        onsetDateTime="2026-02-01",
        category=[concept("encounter-diagnosis", CATEGORY)],
    )
    assert diagnosis(visit, visit).encounter_diagnosis
    visit["subject"] = {"reference": "Patient/delgado"}
    _, page = at("epic", visit, patient="delgado")
    assert "Rehabilitation phase" in page.words and not_read(page) == []


def test_nothing_rests_on_include_sort_or_count():
    """_include breaks servers, _sort is unknown to some, _count is ignored by others."""
    assert not {name for s in SEARCHES for name in s.params if name.startswith("_")}


def test_the_order_of_results_does_not_matter():
    early = observation("72514-3", id="a", effectiveDateTime="2026-01-01", **quantity(2, "{score}"))
    late = observation("72514-3", id="b", effectiveDateTime="2026-02-20", **quantity(6, "{score}"))
    assessed = [derive(read(*order), date(2026, 3, 1), load()) for order in ((early, late), (late, early))]
    assert assessed[0].alerts == assessed[1].alerts and assessed[0].restrictions == assessed[1].restrictions


@pytest.mark.parametrize(("vendor", "parameter"), [("athena", "cursor="), ("meditech", "continue=")])
def test_pages_are_followed_as_the_vendor_links_them(at, vendor, parameter):
    many = [
        {
            **observation("72514-3", id=f"pain-{n}", effectiveDateTime="2020-01-01", **quantity(3, "{score}")),
            "subject": PATIENT,
        }
        for n in range(420)
    ]
    harness, page = at(vendor, *many)
    assert not_read(page) == []
    assert len([url for url in asked(harness) if parameter in url]) >= 2


def test_a_search_that_never_ends_is_cut_off_and_said_to_be(at):
    many = [
        {
            **observation("72514-3", id=f"pain-{n}", effectiveDateTime="2020-01-01", **quantity(3, "{score}")),
            "subject": PATIENT,
        }
        for n in range(1100)
    ]
    _, page = at("oracle", *many)
    (line,) = not_read(page)
    assert line.startswith("laboratory results, pain and habits: there is more than 20 pages")


def test_an_ehr_is_asked_for_what_is_in_the_chart_now(at):
    """HAPI otherwise answers a search from its last result for a minute."""
    harness, _ = at("hapi")
    reads = [
        sent
        for sent in harness.wire.seen
        if sent.method == "GET" and sent.path.startswith("/fhir/") and "?" in sent.url
    ]
    assert len(reads) >= len(SEARCHES) - 1
    assert {sent.headers.get("Cache-Control") for sent in reads} == {"no-cache"}


def test_care_plans_are_asked_for_by_category_and_need_no_activity(at):
    """Oracle refuses a CarePlan search without category, and shows a plan's narrative but no activity."""
    assert all(s.params["category"] == "assess-plan" for s in SEARCHES if s.resource == "CarePlan")
    _, page = at("oracle", patient="lindgren")
    assert not_read(page) == []
    assert "This patient already has a Loadpath plan" in page.words


def test_a_value_among_components_needs_no_code_search_of_components():
    """Oracle finds Observation.code only: the panel is asked for by its own code, and its components are read."""
    codes = next(s.params["code"] for s in SEARCHES if s.label == "bone density results")
    assert f"{LOINC}|83311-1" in codes.split(",")
    panel = observation("83311-1", component=[{"code": concept("80948-3", LOINC), **quantity(-1.7, "1")}])
    found = measurement(panel)
    assert (found.quantity, found.value) == (Quantity.T_SCORE, Decimal("-1.7"))


def test_orders_are_found_without_their_local_category():
    """Epic files orders under categories of its own: they are never asked for by category or code."""
    assert [set(s.params) for s in SEARCHES if s.resource == "ServiceRequest"] == [{"patient"}]


# -- bone density as EHRs keep it


@pytest.mark.parametrize(
    ("code", "site"), [("80948-3", Site.FEMUR), ("80946-7", Site.TOTAL_HIP)]
)  # fmt: skip
def test_a_t_score_is_an_imaging_observation_whatever_its_unit(code, site):
    """Unit "1" or the text "T-Score"; the US Core examples have both."""
    assert any(s.params.get("category") == "imaging" for s in SEARCHES)
    for unit in ({"code": "1", "unit": "T-Score"}, {"unit": "1"}, {}):
        found = measurement(observation(code, valueQuantity={"value": -1.48, **unit}))
        assert found.quantity is Quantity.T_SCORE and found.value == Decimal("-1.48")
        assert found.site is site


def test_a_t_score_under_a_local_code_is_known_by_its_words():
    found = measurement(observation("123", "urn:oid:1.2.3", text="DXA lumbar spine T-score", **quantity(-1.9)))
    assert (found.quantity, found.site) == (Quantity.T_SCORE, Site.LUMBAR_SPINE)


def test_members_of_a_panel_take_its_date():
    panel = observation(
        "83311-1", id="panel", effectiveDateTime="2026-02-02", hasMember=[{"reference": "Observation/t"}]
    )
    member = observation("80946-7", id="t", effectiveDateTime=None, **quantity(-1.2, "1"))
    (found,) = [m for m in read(panel, member).measurements if m.quantity is Quantity.T_SCORE]
    assert found.when is not None and found.when.latest == date(2026, 2, 2)


def report(**more):
    made = {"resourceType": "DiagnosticReport", "id": "r", "status": "final", "subject": SUBJECT}
    return made | {"code": concept("38269-7", LOINC, text="DXA scan"), "effectiveDateTime": "2026-01-05"} | more


def test_a_value_in_a_reports_words_is_offered_and_never_used():
    chart = read(report(conclusion="Lumbar spine T-score -2.1, osteopenia."))
    (offer,) = chart.offers
    assert (offer.value, offer.quantity) == (Decimal("-2.1"), Quantity.T_SCORE)
    assert chart.measurements == ()
    assert derive(chart, date(2026, 3, 1), load()).bone_density is None


def test_a_report_whose_text_cannot_be_read_is_named():
    """Epic keeps the narrative behind another grant; others have a PDF alone."""
    pdf = {"contentType": "application/pdf", "data": base64.b64encode(b"%PDF-1.7").decode()}
    for form in (pdf, {"contentType": "text/html", "url": "Binary/1"}):
        assert "its text is not readable here" in reasons(read(report(presentedForm=[form])))


@pytest.mark.parametrize("value", [-7, 62])
def test_the_code_of_a_report_or_an_impossible_number_is_no_t_score(value):
    """LOINC of a document is not the quantity; a number beyond what the knowledge believes classifies no one."""
    assert read(observation("38269-7", valueString="see report")).measurements == ()
    chart = read(condition(FRACTURE, onsetDateTime="2026-01-10"), observation("80946-7", **quantity(value, "1")))
    assert derive(chart, date(2026, 3, 1), load()).bone_density is None


@pytest.mark.parametrize(("value", "believed"), [(-6.01, False), (-6, True), (4, True), (4.01, False)])
def test_a_t_score_is_believed_from_minus_6_to_4_and_what_is_not_is_shown(value, believed):
    chart = read(observation("80946-7", **quantity(value, "1")))
    assert bool(chart.measurements) is believed
    assert ("no believable t-score" in reasons(chart)) is not believed


def test_a_z_score_is_stated_and_classifies_no_one():
    chart = read(observation("80940-0", **quantity(-2.3, "1")))
    assert [m.quantity for m in chart.measurements] == [Quantity.Z_SCORE]
    assert derive(chart, date(2026, 3, 1), load()).bone_density is None


# -- what is not said


def test_unknown_said_as_a_reason_is_missing(at):
    """Oracle says data-absent-reason unknown where others say nothing."""
    absent = {
        "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}]
    }
    assert diagnosis(condition(FRACTURE, _onsetDateTime=absent)).onset is None
    chart = read(observation("80946-7", dataAbsentReason=concept("unknown", "urn:x")))
    assert [m for m in chart.measurements if m.value is not None] == []
    _, page = at("oracle", patient="haddad")
    assert page.status == 200 and not_read(page) == []


def test_rtf_and_html_become_words():
    rtf = r"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 Lumbar spine T-score -2.2\par osteopenia}"
    (offer,) = read(report(presentedForm=[_attached("text/rtf", rtf)])).offers
    assert offer.value == Decimal("-2.2") and "\\" not in offer.quote and "{" not in offer.quote
    (offer,) = read(report(presentedForm=[_attached("text/html", "<p>Hip <b>T-score</b> -1.4</p>")])).offers
    assert offer.value == Decimal("-1.4") and "<" not in offer.quote


def _attached(kind, words):
    return {"contentType": kind, "data": base64.b64encode(words.encode()).decode()}


def test_the_date_of_a_fracture_is_the_best_there_is_and_named():
    """Onset; else the latest day it can have been: recorded, or asserted where no recording date is; else the visit.

    The rule book (2.2) decides where the field study would take the earlier date: strict is what errs late.
    """
    asserted = {"url": "http://hl7.org/fhir/StructureDefinition/condition-assertedDate", "valueDateTime": "2026-01-12"}
    visit = {"resourceType": "Encounter", "id": "e", "subject": SUBJECT, "period": {"start": "2026-01-14"}}
    whole = condition(
        FRACTURE, onsetDateTime="2026-01-10", extension=[asserted], encounter={"reference": "Encounter/e"},
        recordedDate="2026-01-20",
    )  # fmt: skip
    ladder = []
    for gone in ("", "onsetDateTime", "recordedDate", "extension"):
        whole.pop(gone, None)
        anchor = derive(read(whole, visit), date(2026, 3, 1), load()).anchor
        assert anchor is not None
        ladder.append((anchor.rule, anchor.day.isoformat()))
    assert [day for _, day in ladder] == ["2026-01-10", "2026-01-20", "2026-01-12", "2026-01-14"]
    assert [rule for rule, _ in ladder] == ["onset", "recorded", "recorded", "encounter"]


def test_a_fracture_nobody_dated_is_asked_about():
    """Also where a treatment is dated: the phase is not guessed, and the question is put."""
    done = procedure("22514", performedDateTime="2026-02-03")
    assert diagnosis(condition(FRACTURE)).onset_kind is DateKind.ABSENT
    assessed = derive(read(condition(FRACTURE), done), date(2026, 3, 1), load())
    assert assessed.anchor is None
    assert "On which day did the fracture happen?" in [gap.question for gap in assessed.gaps]


def test_medicines_of_the_past_are_not_concluded_from_their_absence(at):
    """Epic shows active medicines only: orders are asked for without a status, and what is there is read."""
    assert [dict(s.params) for s in SEARCHES if s.resource == "MedicationRequest"] == [
        {"patient": "{patient}", "intent": "order"}
    ]
    _, page = at("epic")
    assert not_read(page) == []


def test_every_api_that_epic_registers_apart_is_named():
    """Each kind of Condition and DocumentReference is an API of its own there; without its grant it is not read."""
    guide = (ROOT / "launch" / "vendors" / "epic.md").read_text(encoding="utf-8")
    registered = guide.partition("| Resource | APIs |")[2]
    assert registered
    for search in SEARCHES:
        assert f"| {search.resource} " in registered, search.resource
    for part in ("Problems", "Encounter Diagnosis", "Health Concern", "Clinical Notes"):
        assert part in registered


# -- slow, odd and foreign


def test_one_slow_search_leaves_the_rest_of_the_page(tmp_path):
    """Vitals took minutes in two vendors' sandboxes: each has its own time, and the page says what is missing."""

    def stuck(sent):
        if "/Observation" in sent.url and "category=imaging" in sent.url:
            raise requests.ReadTimeout("no answer in time")

    harness = make_harness(tmp_path, personality="epic", change=lambda wire: setattr(wire, "before", stuck))
    began = time.monotonic()
    page = harness.open(harness.browser(), "bergstrom")
    assert time.monotonic() - began < 20
    (line,) = not_read(page)
    assert line.startswith("imaging results under local codes: could not be read")
    assert "Rehabilitation phase Initial" in page.words


def test_a_long_id_is_an_id_and_its_record_opens(tmp_path):
    harness = make_harness(tmp_path, personality="epic")
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    found = [r["id"] for r in harness.box.search("Condition", patient="bergstrom")]
    long = next(id_ for id_ in found if f"/source/Condition/{id_}" in page.text)
    assert len(long) > 64 and is_id(long)
    record = browser.get(f"{APP}/l/{page.launch_id}/source/Condition/{long}")
    assert record.status == 200 and "Daniel Erik Bergstrom" in record.words


def test_metadata_with_unknown_elements_is_read():
    odd = {
        "resourceType": "CapabilityStatement", "acceptUnknown": "no",
        "rest": [{"mode": "server", "odd": [1], "resource": [3, {"type": "Goal", "interaction": [{"code": "read"}]}]}],
    }  # fmt: skip
    assert parse_capabilities(odd).can("Goal", "read")
    assert not parse_capabilities(odd).can("Goal", "create")


def test_a_remark_that_nothing_was_found_is_no_lack(at):
    """Epic puts an OperationOutcome into an empty result, as a warning; others put real warnings there."""
    _, page = at("epic", patient="whitfield")
    assert not_read(page) == []


def test_a_real_warning_among_results_is_shown():
    outcome = {"resourceType": "OperationOutcome", "issue": [{"severity": "warning", "code": "incomplete",
               "diagnostics": "Results of one department are missing"}]}  # fmt: skip
    assert "Results of one department are missing" in reasons(read(outcome))


def test_another_patients_record_in_a_result_is_left_out():
    chart = read(condition(FRACTURE, subject={"reference": "Patient/other"}))
    assert chart.diagnoses == () and "another patient" in reasons(chart)


# -- inside the EHR's frame


def test_the_session_lives_in_the_frame_and_in_the_address(at):
    """Frames lose cookies: ours is partitioned, for secure contexts and cross-site, and each launch has its address."""
    harness, page = at("epic")
    browser = harness.browser()
    answer = browser.clients[APP].get(harness.launch_url("bergstrom").removeprefix(APP), base_url=APP)
    cookie = answer.headers["Set-Cookie"]
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=None", "Partitioned", "__Host-"))
    other = harness.open(harness.browser(), "bergstrom")
    assert other.launch_id != page.launch_id
    assert f"frame-ancestors {EHR}" in page.response.headers["Content-Security-Policy"].replace("'self' ", "")


def test_the_patient_is_named_where_it_is_signed(at):
    """No EHR tells an open app that the clinician moved on: name and birth date stand beside the button, and are read
    with it.
    """
    _, page = at("epic")
    bar = page.text[page.text.index('<section class="signbar"') :]
    whom = re.search(r'<p class="whom" id="whom"><b>([^<]*)</b>', bar)
    assert whom and whom[1] == "Daniel Erik Bergstrom, born Jan 13, 1964"
    assert 'aria-describedby="whom why-not">Sign and send' in bar


def test_the_plan_can_be_taken_along_without_a_download(at):
    """athenahealth's frame is sandboxed: the plan's text opens as a page of its own, and prints."""
    harness, page = at("athena")
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    receipt = sign(browser, page)
    assert receipt.heading == "Signed, NOT in the chart: finish"
    copy = browser.get(receipt.url + "?copy=text")
    assert copy.response.mimetype == "text/plain" and "AVOID" in copy.text.upper()
    (sheet,) = re.findall(r'<link rel="stylesheet" href="([^"]+)"', receipt.text)
    assert "@media print" in browser.clients[APP].get(sheet, base_url=APP).text
