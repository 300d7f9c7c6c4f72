"""A limit of the patient is answered where it stands: with side, day and basis, nothing chosen beforehand."""

import pytest

from tests.journey.harness import Page, forms_in, make_harness

PATIENT = "bergstrom"
ORDER = {
    "resourceType": "ServiceRequest", "id": "nwb", "status": "active", "intent": "order",
    "subject": {"reference": f"Patient/{PATIENT}"}, "authoredOn": "2026-02-10",
    "code": {"text": "Non-weight bearing left leg"}, "requester": {"display": "Dr. Surgeon"},
}  # fmt: skip
SYSTEM = "http://terminology.hl7.org/CodeSystem"
STROKE = {
    "resourceType": "Condition", "id": "old-stroke", "subject": {"reference": f"Patient/{PATIENT}"},
    "clinicalStatus": {"coding": [{"system": f"{SYSTEM}/condition-clinical", "code": "active"}]},
    "verificationStatus": {"coding": [{"system": f"{SYSTEM}/condition-ver-status", "code": "confirmed"}]},
    "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "I69.354", "display": "Hemiplegia"}]},
    "onsetDateTime": "2020-05-05", "recordedDate": "2020-05-06",
}  # fmt: skip
BASIS = "Letter of the surgeon"


@pytest.fixture
def opened(tmp_path):
    entries = [{"resource": each} for each in (ORDER, STROKE)]
    made = make_harness(tmp_path, data=({"resourceType": "Bundle", "type": "collection", "entry": entries},))
    browser = made.browser()
    yield browser, made.open(browser, PATIENT, "okafor")
    made.box.store.close()


def form_of(page: Page, name: str, **fields):
    return page.form("/attest", name=name, **fields)


def test_nothing_is_chosen_beforehand(opened):
    _, page = opened
    form = form_of(page, "weight-bearing")
    assert "No weight on a leg" in page.words
    assert not {"amount", "side"} & set(form.fields) and form.fields["on"] == form.fields["basis"] == ""
    assert form_of(page, "limit-none").fields["record"] == ""


def test_stated_weight_bearing_leads_and_can_be_withdrawn(opened):
    browser, page = opened
    said = {"amount": "partial", "side": "left", "on": "2026-02-24", "basis": BASIS}
    page = browser.press(page, form_of(page, "weight-bearing"), **said)
    assert "Weight bearing stated: part of the weight, left leg since Feb 24, 2026" in page.words
    assert BASIS in page.words and "No weight on a leg." not in page.words
    assert "Limited weight on a leg." in page.words
    page = browser.press(page, form_of(page, "weight-bearing", value="partial-left"), "Withdraw")
    assert "No weight on a leg." in page.words and BASIS not in page.words


def test_full_weight_takes_the_place_of_what_was_stated_of_one_leg(opened):
    browser, page = opened
    for said in ({"amount": "partial", "side": "left"}, {"amount": "full", "side": "both"}):
        page = browser.press(page, form_of(page, "weight-bearing"), on="2026-02-24", basis=BASIS, **said)
    assert "Weight bearing stated: full weight, both legs" in page.words
    assert "part of the weight, left leg since" not in page.words


def test_what_is_said_of_one_leg_leaves_the_other_as_it_was(opened):
    browser, page = opened
    for said in ({"amount": "none", "side": "right"}, {"amount": "tolerated", "side": "left"}):
        page = browser.press(page, form_of(page, "weight-bearing"), on="2026-02-24", basis=BASIS, **said)
    assert "no weight, right leg since" in page.words and "as tolerated, left leg since" in page.words
    assert "No weight on a leg." in page.words


def test_a_record_limits_no_more(opened):
    browser, page = opened
    form = form_of(page, "limit-none", limit="WP22")
    page = browser.press(page, form, record="Condition/old-stroke", on="2026-02-24", basis="Examined today")
    assert "Limits no more: Condition/old-stroke since Feb 24, 2026" in page.words
    assert "Stroke or weakness of one side." not in page.words


WEIGHT = {"amount": "partial", "side": "left", "on": "2026-02-24", "basis": BASIS}
NONE = {"record": "Condition/old-stroke", "on": "2026-02-24", "basis": BASIS}
REFUSED = (
    ("weight-bearing", {**WEIGHT, "amount": ""}, "Choose how much weight the leg may bear."),
    ("weight-bearing", {**WEIGHT, "amount": "all"}, "Choose how much weight the leg may bear."),
    ("weight-bearing", {**WEIGHT, "side": ""}, "Choose which leg."),
    ("weight-bearing", {**WEIGHT, "amount": "full"}, "Full weight is stated of both legs."),
    ("weight-bearing", {**WEIGHT, "on": ""}, "Give the day since when it is true"),
    ("weight-bearing", {**WEIGHT, "on": "2026-03-02"}, "a day that is still to come"),
    ("weight-bearing", {**WEIGHT, "basis": " "}, "Say what it rests on"),
    ("weight-bearing", {**WEIGHT, "on": "2026-02-01"}, "still leads. State a day after it"),
    ("weight-bearing", {**WEIGHT, "limit": "WP99"}, "This limit is no longer there"),
    ("limit-none", {**NONE, "record": ""}, "Choose the record that limits no more."),
    ("limit-none", {**NONE, "record": "Condition/bergstrom-fracture"}, "Choose the record that limits no more."),
    ("limit-none", {**NONE, "on": "2020-05-01"}, "The record is newer than this day."),
)


@pytest.mark.parametrize(("name", "sent", "told"), REFUSED, ids=[told for *_, told in REFUSED])
def test_what_is_not_complete_is_refused_where_it_was_sent(opened, name, sent, told):
    browser, page = opened
    form = form_of(page, name) if name == "weight-bearing" else form_of(page, name, limit="WP22")
    answer = browser.press(page, form, **sent)
    assert answer.status == 422 and told in answer.words
    again = browser.get(page.url)
    assert "Weight bearing stated" not in again.words and "Limits no more:" not in again.words
    if sent.get("limit") != "WP99":
        kept = form_of(answer, name, limit=form.fields["limit"]).fields
        assert kept["on"] == sent["on"] and kept["basis"] == sent["basis"]


def test_a_value_is_stated_at_its_limit_only(opened):
    browser, page = opened
    form = next(
        each
        for each in forms_in(page.text)
        if any("Record" in words for *_, words in each.buttons) and "name" in each.choices
    )
    assert browser.press(page, form, name="weight-bearing", on="2026-02-24").status == 422


def test_rising_with_one_helper_is_stated_where_it_is_asked(tmp_path):
    wheelchair = STROKE | {"id": "chair", "onsetDateTime": "2026-02-05", "recordedDate": "2026-02-05"}
    wheelchair |= {"code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "Z99.3"}]}}
    two = wheelchair | {"id": "two", "onsetDateTime": "2026-02-20", "code": {"text": "Transfers with assist of two"}}
    bundle = {"resourceType": "Bundle", "type": "collection"}
    made = make_harness(tmp_path, data=({**bundle, "entry": [{"resource": each} for each in (wheelchair, two)]},))
    browser = made.browser()
    page = made.open(browser, PATIENT, "okafor")
    said = {"on": "2026-02-24", "basis": BASIS}
    for sent, told in (
        ({**said, "amount": "maybe"}, "Choose whether the patient stands up"),
        ({**said, "amount": "yes", "on": "2026-02-19"}, "still leads. State a day after it."),
    ):
        answer = browser.press(page, form_of(page, "stands-with-help"), **sent)
        assert answer.status == 422 and told in answer.words
    page = browser.press(page, form_of(page, "stands-with-help"), amount="no", **said)
    assert "Rising with one helper stated: no since Feb 24, 2026" in page.words
    page = browser.press(page, form_of(page, "stands-with-help", limit="WP33"), amount="yes", **said)
    assert "Rising with one helper stated: yes since Feb 24, 2026" in page.words
    assert "stated: no" not in page.words
    made.box.store.close()


def test_which_vertebra_broke_is_stated_where_no_record_names_it(tmp_path):
    """Rule book 2c, CX60: before, nothing is prescribed; then the rules hold for that vertebra."""
    who = {"resourceType": "Patient", "id": "unnamed", "gender": "female", "birthDate": "1950-06-01",
           "name": [{"family": "Lind", "given": ["Eva"]}]}  # fmt: skip
    broken = STROKE | {
        "id": "somewhere", "subject": {"reference": "Patient/unnamed"}, "onsetDateTime": "2026-01-02",
        "recordedDate": "2026-01-03",
        "code": {"coding": [{"system": "http://snomed.info/sct", "code": "443165006"}]},
    }  # fmt: skip
    entries = [{"resource": each} for each in (who, broken)]
    made = make_harness(tmp_path, data=({"resourceType": "Bundle", "type": "collection", "entry": entries},))
    browser = made.browser()
    page = made.open(browser, "unnamed", "okafor")
    assert "Which bone" in page.words and "Plan can be made" not in page.words
    form = page.form("/attest", card="site-unnamed")
    said = {"name": "fracture-level", "on": "2026-02-24", "basis": "Imaging"}
    answer = browser.press(page, form, **said, amount="")
    assert answer.status == 422 and "Choose the vertebra." in answer.words
    page = browser.press(page, form, **said, amount="L3")
    assert "Broken vertebra: L3 since Feb 24, 2026" in page.words
    assert "Plan: none → can be made" in page.words and "It changes nothing" not in page.words
    assert "L3" in page.words and page.form("/sign")
    page = browser.press(page, page.form("/attest", name="fracture-level", value="L3"), "Withdraw")
    assert "Which bone" in page.words
    made.box.store.close()


def test_who_is_there_at_home_is_stated_where_something_must_not_be_done_alone(tmp_path):
    parkinson = STROKE | {"id": "parkinson"}
    parkinson |= {"code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "G20.A1"}]}}
    entries = [{"resource": parkinson}]
    made = make_harness(tmp_path, data=({"resourceType": "Bundle", "type": "collection", "entry": entries},))
    browser = made.browser()
    page = made.open(browser, PATIENT, "okafor")
    form = form_of(page, "carer", limit="WP21")
    answer = browser.press(page, form, on="2026-02-24", basis=BASIS, amount="sometimes")
    assert answer.status == 422 and "Choose whether somebody is there" in answer.words
    page = browser.press(page, form, on="2026-02-24", basis=BASIS, amount="yes")
    assert "Help at home: yes since Feb 24, 2026" in page.words
    made.box.store.close()
