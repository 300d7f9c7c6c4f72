"""A clinician enters the result of a test on the review page: it changes the plan at once and is signed with it."""

import re
from urllib.parse import urlencode

import pytest

from tests.journey.harness import APP, EHR, Page, forms_in, make_harness

PATIENT = "haddad"
ANN = "Ngozi Okafor"
TUG = {"test": "tug", "value": "15.2", "on": "2026-02-20"}
TITLE = "Timed Up and Go, 3 m"


@pytest.fixture
def harness(tmp_path):
    made = make_harness(tmp_path)
    yield made
    made.box.store.close()


@pytest.fixture
def opened(harness):
    browser = harness.browser()
    return browser, harness.open(browser, PATIENT, "okafor")


def entry(page: Page):
    return next(form for form in forms_in(page.text) if form.action.endswith("/result") and "test" in form.choices)


def fold(page: Page) -> str:
    return page.text[page.text.index('id="fold-goals"') :].partition(">")[0]


def test_nothing_is_filled_in_beforehand(opened):
    _, page = opened
    assert entry(page).fields["value"] == entry(page).fields["on"] == entry(page).fields["test"] == ""
    assert "tug" in entry(page).choices["test"] and "extensor-hold" not in entry(page).choices["test"]
    assert f"{TITLE} (number from 2 to 600 s)" in page.text and " open" not in fold(page)


def test_an_entered_result_changes_the_plan_and_can_be_withdrawn(opened):
    browser, page = opened
    assert "11.9" not in page.words
    page = browser.press(page, entry(page), **TUG)
    assert "The result is recorded with your name and date." in page.words
    assert f"{TITLE}: 15.2 s at risk Feb 20, 2026" in page.words and "entered at the review" in page.words
    assert re.search(rf"{TITLE}: 15.2 s on Feb 20, 2026, entered by [^,]*{ANN}, Mar 1, 2026", page.words)
    assert "15.2" in page.text[page.text.index('class="goals"') :].partition("</ul>")[0]
    page = browser.press(page, entry(page), **TUG | {"value": "16"})  # the same day again: a correction
    assert f"{TITLE}: 16 s" in page.words and "15.2" not in page.words
    withdrawal = next(
        form for form in forms_in(page.text) if form.action.endswith("/result") and form.buttons[0][0] == "withdraw"
    )
    page = browser.press(page, withdrawal)
    assert f"{TITLE}: 16" not in page.words


REFUSED = (
    ({"test": ""}, "Test: choose which test was done."),
    ({"test": "sorensen"}, "Test: choose which test was done."),
    ({"value": ""}, f"{TITLE}: the value is missing. Give a number from 2 to 600 s."),
    ({"value": "12,5"}, f"{TITLE}: “12,5” is not a number such as 12 or 12.5."),
    ({"value": "1e2"}, f"{TITLE}: “1e2” is not a number"),
    ({"value": "0.5"}, f"{TITLE}: 0.5 cannot be. Give a number from 2 to 600 s."),
    ({"test": "cst30", "aid": "cane"}, "a walking aid is given with tests of walking only."),
    ({"on": ""}, f"{TITLE}: the day of the test is missing."),
    ({"on": "2026-03-02"}, f"{TITLE}: Mar 2, 2026 is still to come."),
    ({"on": "2006-02-20"}, f"{TITLE}: Feb 20, 2006 is too long ago."),
)


@pytest.mark.parametrize(("sent", "told"), REFUSED, ids=[told for _, told in REFUSED])
def test_bad_input_is_refused_with_what_and_where_and_kept(opened, sent, told):
    browser, page = opened
    answer = browser.press(page, entry(page), **TUG | sent)
    assert answer.status == 422 and told in answer.words and " open" in fold(answer)
    assert entry(answer).fields["value"] == (TUG | sent)["value"] and entry(answer).fields["on"] == (TUG | sent)["on"]
    assert "entered by" not in browser.get(page.url).words


def test_it_is_signed_with_where_it_comes_from(harness, opened):
    browser, page = opened
    page = browser.press(page, entry(page), **TUG)
    before = page.form("/sign").fields["fingerprint"]
    assert "The results of tests entered here : saved to the chart." in page.words
    page = browser.press(page, entry(page), **TUG | {"value": "14"})
    assert page.form("/sign").fields["fingerprint"] != before
    receipt = browser.press(page, page.form("/sign"), "Sign")
    assert receipt.status == 200
    (careplan,) = (each for each in harness.in_chart("CarePlan", PATIENT) if each["status"] == "active")
    line = rf"Entered at the review: {TITLE}: 14 s on 2026-02-20, entered by [^,]*{ANN}, 2026-03-01\."
    assert any(re.fullmatch(line, note["text"]) for note in careplan["note"])
    (result,) = (each for each in harness.in_chart("Observation", PATIENT) if each["code"]["text"] == TITLE)
    assert result["valueQuantity"]["value"] == 14 and result["status"] == "final"
    assert f"Observation/{result['id']}" in {link["reference"] for link in careplan["supportingInfo"]}
    assert f"{TITLE}: 14 s" in receipt.words


def test_once_it_is_in_the_chart_the_chart_tells_it_and_nothing_new_is_signed(harness, opened):
    browser, page = opened
    page = browser.press(page, entry(page), **TUG)
    browser.press(page, page.form("/sign"), "Sign")
    again = harness.open(harness.browser(), PATIENT, "okafor")
    assert f"{TITLE}: 15.2 s at risk Feb 20, 2026" in again.words
    assert "entered by" not in again.words and "Unchanged since" in again.words
    assert not any(form.buttons[0][0] == "withdraw" for form in forms_in(again.text) if form.action.endswith("/result"))


def test_the_walking_aid_is_entered_written_and_read_back(harness, opened):
    browser, page = opened
    page = browser.press(page, entry(page), **TUG, aid="cane")
    assert f"{TITLE}: 15.2 s with a cane on Feb 20, 2026, entered by" in page.words
    browser.press(page, page.form("/sign"), "Sign")
    (result,) = (each for each in harness.in_chart("Observation", PATIENT) if each["code"]["text"] == TITLE)
    assert result["method"] == {"text": "With a cane"} and "15.2 s with a cane on 2026-02-20" in result["text"]["div"]
    other = harness.browser()
    again = harness.open(other, PATIENT, "okafor")
    assert "entered by" not in again.words and "Unchanged since" in again.words, "told by the chart, aid and all"
    again = other.press(again, entry(again), **TUG | {"on": "2026-02-25", "value": "12"}, aid="none")
    assert "15.2 s at risk Feb 20, 2026" not in again.words and f"{TITLE}: 12 s" in again.words
    assert "with another walking aid, not compared" in again.words


def test_a_danger_that_is_entered_takes_the_plan_away_and_stays_to_be_withdrawn(tmp_path):
    anemia = {
        "resourceType": "Observation", "id": "hb", "status": "final", "subject": {"reference": f"Patient/{PATIENT}"},
        "code": {"coding": [{"system": "http://loinc.org", "code": "718-7"}], "text": "Hemoglobin"},
        "valueQuantity": {"value": 9.5, "unit": "g/dL", "system": "http://unitsofmeasure.org", "code": "g/dL"},
        "effectiveDateTime": "2026-02-20",
    }  # fmt: skip
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": anemia}]}
    made = make_harness(tmp_path, data=(bundle,))
    browser = made.browser()
    page = made.open(browser, PATIENT, "okafor")
    page = browser.press(page, entry(page), test="nrs", value="8", on="2026-02-28")
    assert 'id="sign-form"' not in page.text and "Pain now, 0-10: 8 of 10 on Feb 28, 2026" in page.words
    forms = [form for form in forms_in(page.text) if form.action.endswith("/result")]
    assert [form.buttons[0][0] for form in forms] == ["withdraw"]  # nothing more is asked for
    sent = {**forms[0].fields, "test": "nrs", "value": "1", "on": "2026-03-01"}
    answer = browser.post(f"{page.url.partition('?')[0]}result", sent, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status == 422 and "what stops the plan would be gone with it" in answer.words
    page = browser.press(page, forms[0])
    assert 'id="sign-form"' in page.text
    made.box.store.close()


def in_place(page: Page, test: str):
    return next(form for form in forms_in(page.text) if form.fields.get("place") == test)


def open_unread(harness, browser):
    """A chart of which no observation may be read."""
    begun = harness.box.new_launch("oyelaran", "okafor", fault="fhir_403")
    page = browser.get(f"{APP}/launch?" + urlencode({"iss": f"{EHR}/fhir", "launch": begun}))
    return harness.settled(browser, browser.press(page, page.form("/auth/decision"), "Allow"))


PAIN = {"value": "4", "on": "2026-02-27", "basis": "What the patient says"}


def test_a_missing_value_is_entered_beside_it_with_date_and_source(harness):
    browser = harness.browser()
    page = harness.open(browser, "whitfield")
    assert 'href="#enter-nrs"' in page.text and "Pain none found" in page.words
    form = in_place(page, "nrs")
    assert form.fields["value"] == form.fields["on"] == form.fields["basis"] == ""
    page = browser.press(page, form, **PAIN)
    assert "Pain 4/10" in page.words and 'href="#enter-nrs"' not in page.text
    assert re.search(rf"on Feb 27, 2026, entered by [^,]*{ANN}, Mar 1, 2026 \(What the patient says\)", page.words)


BLOOD = {"test": "calcium", "value": "11.4", "on": "2026-02-20", "basis": "Report seen"}


def test_a_missing_blood_test_is_chosen_and_counts_as_one_of_the_chart_does(harness):
    """No Observation is written of it: that is the laboratory's."""
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    form = in_place(page, "hemoglobin")
    assert form.choices["test"] == ["", "hemoglobin", "calcium", "albumin", "crp", "esr", "egfr"]
    assert form.fields["test"] == form.fields["value"] == form.fields["on"] == form.fields["basis"] == ""
    page = browser.press(page, form, **BLOOD | {"test": "egfr", "value": "64"})
    assert "eGFR: 64 mL/min/1.73 m2 on Feb 20, 2026, entered by" in page.words
    before = harness.in_chart("Observation", "bergstrom")
    assert "Saved to chart" in browser.press(page, page.form("/sign"), "Sign and send").words
    assert harness.in_chart("Observation", "bergstrom") == before
    other = harness.browser()
    danger = harness.open(other, "kowalski")
    assert other.press(danger, in_place(danger, "hemoglobin"), **BLOOD).heading == "Find the cause first"


def test_a_blood_test_that_could_not_be_read_is_entered_in_its_tile(harness):
    browser = harness.browser()
    page = open_unread(harness, browser)
    page = browser.press(page, in_place(page, "hemoglobin"), **BLOOD | {"value": "9.6"})
    tile = page.text[page.text.index("<h3>Blood tests</h3>") :].partition("</li>")[0]
    assert "Could not be read" in tile and "Calcium, total: 9.6 mg/dL on" in tile


@pytest.mark.parametrize(
    ("test", "sent", "told"),
    [
        ("hemoglobin", {"test": ""}, "Test: choose which test was done."),
        (
            "hemoglobin",
            {"test": "calcium", "value": "2.4"},
            "Calcium, total: 2.4 cannot be. Give a number from 4 to 20 mg/dL.",
        ),
        ("hemoglobin", {"test": "esr", "on": "2026-03-02"}, "ESR: Mar 2, 2026 is still to come."),
        ("nrs", {"basis": ""}, "Pain now, 0-10: choose where the value comes from."),
        ("nrs", {"basis": "A guess"}, "Pain now, 0-10: choose where the value comes from."),
        ("nrs", {"value": "-1"}, "Pain now, 0-10: -1 cannot be."),
        ("t-score", {"value": "-2.1"}, "T-score by DXA: choose where it was measured."),
    ],
)
def test_a_value_refused_beside_it_opens_there_and_stays(harness, test, sent, told):
    browser = harness.browser()
    page = open_unread(harness, browser) if test == "t-score" else harness.open(browser, "whitfield")
    answer = browser.press(page, in_place(page, test), **PAIN | sent)
    assert answer.status == 422 and told in answer.words
    assert f'id="enter-{test}" open' in answer.text
    assert in_place(answer, test).fields["on"] == (PAIN | sent)["on"]


def test_an_unread_value_is_entered_in_its_tile_and_the_tile_stays(harness):
    browser = harness.browser()
    page = open_unread(harness, browser)
    sent = {"value": "−2.6", "site": "total-hip", "on": "2026-02-01", "basis": "Report seen"}
    page = browser.press(page, in_place(page, "t-score"), **sent)
    tile = page.text[page.text.index("<h3>Bone density</h3>") :].partition("</li>")[0]
    assert "Could not be read" in tile and "T-score by DXA: -2.6 standard deviations, total hip on" in tile
    assert "T-score -2.6" in page.words
    withdraw = next(form for form in forms_in(page.text) if form.buttons and form.buttons[0][0] == "withdraw")
    assert "T-score -2.6" not in browser.press(page, withdraw).words
