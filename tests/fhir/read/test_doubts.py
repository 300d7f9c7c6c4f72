"""Dates nobody lived: not believed, read as missing, and told with the date as it stood."""

import json
from datetime import date

import pytest

from smartapp.core.dates import When
from tests.fhir.read.records import PATIENT, SUBJECT, condition, observation, procedure, quantity, read, reasons

NOT_BELIEVED = [
    ("0001-01-01", "before 1910"),
    ("0001-01-01T00:00:00Z", "before 1910"),
    ("1753-01-01", "before 1910"),
    ("1840-12-31", "before 1910"),
    ("1900-01-01T00:00:00", "before 1910"),
    ("1909", "before 1910"),
    ("1950-01-01", "before the patient's birth"),
    ("1960-05-09", "before the patient's birth"),
    ("1970-01-01", "the day many systems write where they have none"),
    ("1970-01-01T00:00:00.000+00:00", "the day many systems write where they have none"),
    ("1969-12-31T19:00:00-05:00", "the day many systems write where they have none"),
    ("2099-12-31", "too far in the future"),
    ("2199", "too far in the future"),
    ("9999-12-31", "too far in the future"),
    ("9999", "too far in the future"),
]
BELIEVED = ["1960-05-10", "1960", "1970", "1970-01", "1970-01-02", "1969-12-30", "2026-04-02", "2027-01-01"]


def visit(start):
    return {"resourceType": "Encounter", "id": "e", "subject": SUBJECT, "period": {"start": start, "end": "9999-12-31"}}


def results(start):
    """A value without a date of its own, inside a dated report."""
    inner = observation("80948-3", **quantity(-2, "{T-score}")) | {"effectiveDateTime": None}
    report = {"resourceType": "DiagnosticReport", "id": "r", "status": "final", "code": {"text": "DXA"}}
    return [inner, report | {"effectiveDateTime": start, "result": [{"reference": "Observation/o"}]}]


# How a resource carries a date, where it is told, and what was read as a date of it.
CARRIERS = {
    "Condition onset": (
        lambda day: [condition("S32.010A", onsetDateTime=day)], "onsetDateTime", lambda c: c.diagnoses[0].onset),
    "Condition period": (
        lambda day: [condition("S32.010A", onsetPeriod={"start": day})], "onsetPeriod.start",
        lambda c: c.diagnoses[0].onset),
    "Condition recorded": (
        lambda day: [condition("S32.010A", recordedDate=day)], "recordedDate", lambda c: c.diagnoses[0].recorded),
    "Condition asserted": (
        lambda day: [condition("S32.010A", extension=[
            {"url": "http://hl7.org/fhir/StructureDefinition/condition-assertedDate", "valueDateTime": day}])],
        "assertedDate", lambda c: c.diagnoses[0].recorded),
    "Condition end": (
        lambda day: [condition("S32.010A", abatementDateTime=day)], "abatementDateTime",
        lambda c: c.diagnoses[0].abatement),
    "Condition end of period": (
        lambda day: [condition("S32.010A", abatementPeriod=[{"end": day}])], "abatementPeriod.end",
        lambda c: c.diagnoses[0].abatement),
    "Encounter": (
        lambda day: [condition("S32.010A", encounter={"reference": "Encounter/e"}), visit(day)], "period.start",
        lambda c: c.diagnoses[0].encounter_start),
    "Observation": (
        lambda day: [observation("80948-3", **quantity(-2, "{T-score}")) | {"effectiveDateTime": day}],
        "effectiveDateTime", lambda c: c.measurements[0].when),
    "Observation timing": (
        lambda day: [observation("80948-3", **quantity(-2, "{T-score}"))
                     | {"effectiveDateTime": None, "effectiveTiming": {"event": [day]}}],
        "effectiveTiming.event", lambda c: c.measurements[0].when),
    "Observation issued": (
        lambda day: [observation("80948-3", **quantity(-2, "{T-score}")) | {"effectiveDateTime": None, "issued": day}],
        "issued", lambda c: c.measurements[0].when),
    "report of a result": (results, "effectiveDateTime", lambda c: c.measurements[0].when),
    "Procedure": (
        lambda day: [procedure("22511", performedDateTime=day)], "performedDateTime",
        lambda c: c.procedures[0].performed),
    "Procedure period": (
        lambda day: [procedure("22511", performedPeriod={"start": "2020-01-01", "end": day})], "performedPeriod.end",
        lambda c: c.procedures[0].performed),
    "MedicationRequest": (
        lambda day: [{"resourceType": "MedicationRequest", "id": "m", "status": "active", "authoredOn": day,
                      "medicationCodeableConcept": {"text": "Prednisone 10 mg oral tablet"}}],
        "authoredOn", lambda c: c.medications[0].started),
}  # fmt: skip


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize(("day", "why"), NOT_BELIEVED)
def test_a_date_nobody_lived_is_missing_and_told(carrier, day, why):
    made, name, dated = CARRIERS[carrier]
    chart = read(*made(day))
    assert dated(chart) is None
    (told,) = [line.reason for line in chart.unreadable if day in line.reason and "not believed" in line.reason]
    assert told == f"{name} “{day}” is not believed ({why}) and is taken as missing"


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize("day", BELIEVED)
def test_any_other_date_is_believed(carrier, day):
    made, _, dated = CARRIERS[carrier]
    chart = read(*made(day))
    assert str(dated(chart)) == day
    assert "not believed" not in reasons(chart)


@pytest.mark.parametrize("day", ["1969-06-01", "1970-01-02", "1970-12-31"])
def test_the_first_day_of_unix_time_is_believed_where_another_date_of_the_record_supports_it(day):
    chart = read(condition("S32.010A", onsetDateTime="1970-01-01", recordedDate=day))
    assert str(chart.diagnoses[0].onset) == "1970-01-01"
    other = read(condition("S32.010A", onsetDateTime="1970-01-01", recordedDate="1985-01-01"))
    assert other.diagnoses[0].onset is None


@pytest.mark.parametrize("day", ["0001-01-01", "1753-01-01", "1900-01-01", "1970-01-01", "9999-12-31", "unknown"])
def test_a_birth_date_nobody_has_is_missing_and_told(day):
    chart = read(condition("S32.010A", onsetDateTime="1930-01-01"), people=[PATIENT | {"birthDate": day}])
    assert chart.patient.birth is None and day in reasons(chart)
    assert str(chart.diagnoses[0].onset) == "1930-01-01"


def test_a_day_of_death_that_cannot_be_used_is_still_one():
    chart = read(people=[PATIENT | {"deceasedDateTime": "0001-01-01"}])
    assert chart.patient.deceased
    assert "deceasedDateTime “0001-01-01” is not believed (before 1910): taken as deceased" in reasons(chart)


def test_what_no_rule_reads_is_not_told():
    other = observation("8867-4", display="Heart rate", **quantity(60, "/min")) | {"effectiveDateTime": "1900-01-01"}
    assert read(other, visit("2026-01-01")).unreadable == ()


def test_a_result_inside_a_report_is_judged_as_well():
    inner = observation("80948-3", **quantity(-2, "{T-score}")) | {"effectiveDateTime": "1753-01-01"}
    report = {"resourceType": "DiagnosticReport", "id": "r", "status": "final", "code": {"text": "DXA"}}
    chart = read(report | {"contained": [inner], "result": [{"reference": "#o"}]})
    assert chart.measurements[0].when is None
    assert "DiagnosticReport/r: effectiveDateTime “1753-01-01” is not believed" in reasons(chart)


def test_the_end_of_a_visit_is_no_reason_to_lose_its_start():
    chart = read(condition("S32.010A", encounter={"reference": "Encounter/e"}), visit("2026-03-01"))
    assert chart.diagnoses[0].encounter_start == When.day(date(2026, 3, 1))
    assert json.dumps(reasons(chart)).count("9999") == 0
