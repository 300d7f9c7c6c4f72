"""What real servers send, in its smallest form (public reports: docs/field-reports.md): read as it was meant."""

from datetime import date

import pytest

from smartapp.core.dates import Precision, When
from smartapp.core.derive import derive
from smartapp.core.kinds import DateKind
from smartapp.core.states import Disposition
from smartapp.ehr.answer import HttpResponse
from smartapp.fhir.json import without_empty
from smartapp.fhir.read import read_chart
from smartapp.fhir.read.files import read_files as load_files
from smartapp.fhir.text import clean
from smartapp.knowledge import load
from tests.fhir.read.records import (
    PATIENT,
    condition,
    diagnosis,
    measurement,
    observation,
    procedure,
    quantity,
    read,
    reasons,
)

TODAY = date(2026, 11, 28)
NOTHING = [None, "", " \n", {}, [], [None], [{}], [[], ""], {"coding": [{}]}]
ACTIVE = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}]}
RESOLVED = {"coding": [{"code": "resolved"}]}
FRACTURE = condition("S32.010A", clinicalStatus=ACTIVE, onsetDateTime="2026-04-02") | {"id": "f"}
HIP_T = "80948-3"

# Everything that stops while it is live, as a problem list writes it.
DANGERS = {
    "cauda-equina": condition("G83.4"),
    "active-cancer": condition("C90.00"),
    "spinal-infection": condition("M46.26"),
    "pseudarthrosis": condition("M96.0"),
    "pregnancy": condition("Z33.1", onsetDateTime="2026-09-01"),
    "nonunion": condition("S32.010K", onsetDateTime="2026-04-02"),
}


def assess(*resources, today=TODAY):
    return derive(read(*resources), today, load())


def on(day):
    return When.day(date.fromisoformat(day))


# -- presence is not assertion


@pytest.mark.parametrize("nothing", NOTHING)
def test_what_says_nothing_is_absent(nothing):
    assert without_empty({"a": nothing, "b": {"c": nothing}, "d": 1}) == {"d": 1}
    assert without_empty(nothing) is None


def test_what_says_something_stays_in_its_place():
    names = {"given": [None, "Ann"], "_given": [{"extension": [{"url": "x"}]}, {}]}
    assert without_empty(names) == {"given": [None, "Ann"], "_given": [{"extension": [{"url": "x"}]}, None]}
    assert without_empty({"active": False, "value": 0, "text": " a "}) == {"active": False, "value": 0, "text": " a "}


def test_what_is_nested_beyond_all_reading_is_left_alone():
    deep: list = []
    for _ in range(5000):
        deep = [deep]
    assert without_empty({"a": deep, "b": None}) is not None
    assert read({"resourceType": "Basic", "extension": deep}).unreadable == ()


def test_a_server_answer_says_nothing_with_null():
    answer = HttpResponse(200, {}, b'{"access_token": "t", "error": null, "patient": null, "scope": "", "x": {}}', "")
    assert answer.object() == {"access_token": "t"}
    assert HttpResponse(200, {}, b'{"error": null}', "").object() == {}


@pytest.mark.parametrize("nothing", NOTHING)
@pytest.mark.parametrize("name", ["abatementDateTime", "abatementPeriod", "abatementString", "abatementBoolean"])
@pytest.mark.parametrize("stop", DANGERS)
def test_an_empty_end_ends_no_danger(stop, name, nothing):
    danger = DANGERS[stop] | {name: nothing, "clinicalStatus": ACTIVE}
    assessed = assess(FRACTURE, danger)
    assert assessed.has(stop) and assessed.disposition is Disposition.REFER_NO_PRESCRIPTION
    assert assessed == assess(FRACTURE, DANGERS[stop] | {"clinicalStatus": ACTIVE})


@pytest.mark.parametrize("nothing", NOTHING)
def test_an_empty_choice_hides_no_other(nothing):
    onset = diagnosis(condition("S32.010A", onsetDateTime=nothing, onsetPeriod={"start": "2026-04-02"}))
    assert (onset.onset, onset.onset_kind) == (on("2026-04-02"), DateKind.PERIOD)
    (done,) = read(procedure("22511", performedDateTime=nothing, performedPeriod={"end": "2026-05-03"})).procedures
    assert done.performed == on("2026-05-03")
    score = measurement(observation(HIP_T, valueString="-2.7") | {"valueQuantity": nothing})
    assert (str(score.value), score.notes) == ("-2.7", ("the value was recorded as text",))


@pytest.mark.parametrize("nothing", NOTHING)
def test_a_bundle_without_entries_has_none(nothing):
    bundle = {"resourceType": "Bundle", "entry": nothing}
    assert read(bundle) == read()
    among = {"resourceType": "Bundle", "entry": [nothing, {"resource": FRACTURE, "fullUrl": nothing}, {"resource": 5}]}
    chart = read(among)
    assert [d.source.reference for d in chart.diagnoses] == ["Condition/f"]
    assert [line.where for line in chart.unreadable] == ["entry[2]"]


# -- more than one choice, or one that cannot be used


def test_the_next_choice_is_read_and_told():
    chart = read(condition("S32.010A", onsetDateTime="unknown", onsetPeriod={"start": "2026-04-02"}))
    assert chart.diagnoses[0].onset == on("2026-04-02")
    assert reasons(chart) == "Condition/c: onsetDateTime “unknown” is not a date and is taken as missing"


def test_two_choices_are_told():
    both = condition("S32.010A", onsetDateTime="2026-04-02", onsetPeriod={"start": "2025-01-01"})
    chart = read(both)
    assert chart.diagnoses[0].onset == on("2026-04-02")
    assert "onset is recorded 2 times (onsetDateTime, onsetPeriod)" in reasons(chart)
    twice = procedure("22511", performedDateTime="2026-05-03", performedString="May")
    assert "performed is recorded 2 times" in reasons(read(twice))
    dated = observation(HIP_T, effectiveInstant="2026-01-15T08:00:00Z", **quantity(-2, "{T-score}"))
    assert "effective is recorded 2 times" in reasons(read(dated))


def test_of_two_values_the_number_counts():
    score = measurement(observation(HIP_T, valueQuantity={"value": "see text"}, valueString="-2.7"))
    assert str(score.value) == "-2.7"
    assert "value is recorded 2 times (valueQuantity, valueString)" in score.notes
    unit_only = measurement(observation(HIP_T, valueQuantity={"unit": "SD"}, valueString="-2.7"))
    assert str(unit_only.value) == "-2.7"


@pytest.mark.parametrize(
    "end",
    [
        {"abatementDateTime": "unknown"},
        {"abatementDateTime": "1900-01-01"},
        {"abatementDateTime": "9999-12-31"},
        {"abatementPeriod": {"start": "2026-05-01"}},
        {"abatementPeriod": {"start": "2026-05-01", "end": "9999-12-31"}},
        {"abatementAge": {"unit": "a"}},
        {"abatementString": "unknown"},
        {"abatementString": "not yet"},
        {"abatementString": "9999-12-31"},
        {"abatementBoolean": "false"},
    ],
)
def test_an_end_that_cannot_be_used_ends_nothing(end):
    danger = condition("C90.00") | end
    found = diagnosis(danger)
    assert (found.abated, found.abatement) == (False, None)
    assert assess(FRACTURE, danger).has("active-cancer")
    assert reasons(read(danger)) or "abatementBoolean" in end


@pytest.mark.parametrize(
    ("end", "day"),
    [
        ({"abatementDateTime": "2026-06-01"}, on("2026-06-01")),
        ({"abatementPeriod": {"start": "2026-05-01", "end": "2026-06-01"}}, on("2026-06-01")),
        ({"abatementString": "2026-06-01"}, on("2026-06-01")),
        ({"abatementString": "healed in spring"}, None),
        ({"abatementBoolean": "true"}, None),
        ({"abatementAge": {"value": "66", "code": "a"}}, When(date(2026, 5, 10), date(2027, 5, 10), Precision.YEAR)),
    ],
)
def test_an_end_that_is_stated_counts(end, day):
    found = diagnosis(condition("C90.00") | end)
    assert (found.abated, found.abatement) == (True, day)


# -- active and ended


def test_active_and_ended_is_active_and_both_are_shown():
    cancer = condition("C90.00", clinicalStatus=ACTIVE, abatementDateTime="2026-06-01")
    assessed = assess(FRACTURE, cancer)
    (alert,) = [a for a in assessed.alerts if a.code == "active-cancer"]
    assert "recorded as active and as ended on 2026-06-01" in alert.reason.text
    assert "recorded as active and as ended on 2026-06-01: taken as active" in reasons(read(cancer))
    assert "taken as active" in diagnosis(cancer).source.note


def test_a_fracture_active_and_ended_has_not_healed():
    torn = assess(FRACTURE | {"abatementDateTime": "2026-09-01"})
    assert torn.has("healing-conflict") and torn.healing == assess(FRACTURE).healing
    assert (torn.effective_phase, torn.gates.prone) == (assess(FRACTURE).effective_phase, assess(FRACTURE).gates.prone)


@pytest.mark.parametrize("status", [ACTIVE, RESOLVED, None])
def test_an_end_still_to_come_ends_nothing(status):
    cancer = condition("C90.00", clinicalStatus=status, abatementDateTime="2027-01-01")
    (alert,) = [a for a in assess(FRACTURE, cancer).alerts if a.code == "active-cancer"]
    assert "its end is dated 2027-01-01, which is still to come" in alert.reason.text
    fracture = assess(FRACTURE | {"clinicalStatus": status, "abatementDateTime": "2027-01-01"})
    assert fracture.healing == assess(FRACTURE).healing
    assert fracture.has("healing-conflict") and fracture.has("future-date")


# -- versions, booleans, numbers, units, entities


@pytest.mark.parametrize(
    ("system", "code"),
    [
        ("http://snomed.info/sct|http://snomed.info/sct/731000124108/version/20240901", "207957008"),
        ("http://snomed.info/sct/|2024", "207957008"),
        ("http://hl7.org/fhir/sid/icd-10-cm|2024", "S32.010A"),
        ("HTTP://HL7.org/fhir/sid/ICD-10-CM/", "S32.010A"),
    ],
)
def test_a_version_behind_the_system_does_not_matter(system, code):
    assert diagnosis(condition(code, system)).fracture is not None


@pytest.mark.parametrize("said", ["true", "TRUE", " true "])
def test_booleans_sent_as_text_are_read(said):
    chart = read(people=[PATIENT | {"deceasedBoolean": said}])
    assert chart.patient.deceased and chart.unreadable == ()
    assert not read(people=[PATIENT | {"deceasedBoolean": "false"}]).patient.deceased
    assert "marked inactive" in reasons(read(people=[PATIENT | {"active": "false"}]))
    order = {"resourceType": "MedicationRequest", "id": "m", "status": "active", "intent": "order"}
    order["medicationCodeableConcept"] = {"text": "Prednisone 10 mg oral tablet"}
    assert len(read(order).medications) == 1
    assert read(order | {"doNotPerform": said}).medications == ()


def test_a_boolean_that_is_neither_is_told():
    chart = read(people=[PATIENT | {"deceasedBoolean": "perhaps"}])
    assert "deceasedBoolean “perhaps” is neither true nor false" in reasons(chart)


@pytest.mark.parametrize(
    "value", [{"valueDecimal": "-2.7"}, {"valueInteger": "-2"}, {"valueQuantity": {"value": "-2.7"}}]
)
def test_numbers_sent_as_text_are_read_with_a_note(value):
    score = measurement(observation(HIP_T, **value))
    assert str(score.value) in ("-2.7", "-2") and "recorded as text" in score.notes[0]


def test_an_age_sent_as_text_is_read():
    assert diagnosis(condition("S32.010A", onsetAge={"value": "65", "unit": "a"})).onset is not None
    assert diagnosis(condition("S32.010A", onsetAge={"value": "sixty", "unit": "a"})).onset is None


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ({"value": 18, "unit": "ng/mL", "system": "urn:local", "code": "NGML"}, "18"),
        ({"value": 18, "unit": "ng/mL", "code": "NGML"}, "18"),
        ({"value": 18, "unit": "ng/mL", "system": "urn:local", "code": "nmol/L"}, "18"),
        ({"value": "18", "unit": "ng/mL", "system": "urn:local", "code": "NGML"}, "18"),
    ],
)
def test_a_readable_unit_counts_beside_a_local_code(value, number):
    assert str(measurement(observation("1989-3", valueQuantity=value)).value) == number


def test_a_ucum_code_counts_before_the_unit_shown():
    value = {"value": 50, "unit": "ng/mL", "system": "http://unitsofmeasure.org", "code": "pmol/L"}
    assert read(observation("1989-3", valueQuantity=value)).measurements == ()


@pytest.mark.parametrize(
    "minus", ["&minus;", "&#8722;", "&#x2212;", "−", "–", "—", "‐", "‑", "‒", "﹣", "－", "&ndash;", "- ", "− "]
)
def test_every_minus_is_a_minus(minus):
    assert str(measurement(observation(HIP_T, valueString=f"{minus}2.7")).value) == "-2.7"
    report = {"resourceType": "DiagnosticReport", "id": "r", "status": "final", "code": {"text": "DXA"}}
    (offer,) = read(report | {"conclusion": f"Total hip T-score {minus}2.7."}).offers
    assert str(offer.value) == "-2.7"


def test_entities_are_read_once_and_markup_stays_text():
    assert clean("Fracture&nbsp;of L1 &lt;b&gt; &amp;lt; caf&eacute;") == "Fracture of L1 <b> &lt; café"
    assert diagnosis(condition(text="Compression&#32;fracture of L2 vertebra")).fracture.levels == {"L2"}


# -- the files themselves


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("min-abatement-null", "2026-04-02"),
        ("min-abatement-absent", "2026-04-02"),
        ("onset-null-then-period", "2026-04-02"),
    ],
)
def test_the_files_say_active_since_the_onset(shared, name, day):
    assessed = derive(read_chart(load_files(shared / "field" / f"{name}.json").values, load()), TODAY, load())
    assert (str(assessed.healing), str(assessed.anchor.day), assessed.anchor.rule) == ("unknown", day, "onset")


@pytest.mark.shared
def test_the_other_files(shared):
    def read_file(name):
        return read_chart(load_files(shared / "field" / f"{name}.json", knowledge=load()).values, load())

    (score,) = read_file("min-tscore-null-shadow").measurements
    assert (str(score.value), score.notes) == ("-2.7", ("the value was recorded as text",))
    assert read_file("min-deceased-string").patient.deceased
    assert all(p.performed for p in read_file("performed-null-then-period").procedures)
    assert any(d.fracture for d in read_file("frac-sys-sct-version").diagnoses)
    active = derive(read_file("min-frac-thoracic-active-null"), TODAY, load())
    assert str(active.healing) == "unknown" and active.disposition.prescribes
