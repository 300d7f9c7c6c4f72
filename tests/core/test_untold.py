"""What a chart cannot say is asked: which medicine it is, and whose records these are."""

from dataclasses import replace
from datetime import date

import pytest

from smartapp.core.assessment import Assessment
from smartapp.core.chart import Chart, Medication, Patient, Source
from smartapp.core.derive import derive
from smartapp.core.plan import plan
from smartapp.core.states import Disposition
from smartapp.knowledge import load
from tests.core.charts import chart

TODAY = date(2026, 3, 1)
FRACTURED = chart(["man of 65", "L1 fracture on 2026-02-10"], TODAY)


def assessed(value: Chart) -> Assessment:
    return derive(value, TODAY, load())


def medicine(number: int, active: bool = True) -> Medication:
    return Medication(Source(f"MedicationRequest/{number}"), frozenset(), active, untold=True)


def asked(count: int, active: bool = True) -> list[str]:
    untold = tuple(medicine(number, active) for number in range(count))
    gaps = assessed(replace(FRACTURED, medications=untold)).gaps
    return [gap.question for gap in gaps if gap.concept == "medicines"]


def test_a_medicine_nobody_can_tell_is_asked_for():
    (question,) = asked(2)
    assert "MedicationRequest/0, MedicationRequest/1: the record does not say" in question
    (question,) = asked(7)
    assert "MedicationRequest/4 and 2 more" in question
    assert asked(2, active=False) == asked(0) == []


def test_it_changes_nothing_by_itself():
    told, untold = assessed(FRACTURED), assessed(replace(FRACTURED, medications=(medicine(1),)))
    assert (untold.disposition, untold.restrictions, untold.alerts) == (
        told.disposition, told.restrictions, told.alerts,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "disposition"),
    [
        (Chart(Patient("Patient/p"), left_out=3), Disposition.CONFIRM_FIRST),
        (Chart(Patient("Patient/p")), Disposition.NOT_APPLICABLE),
        (Chart(Patient("Patient/p", deceased=True), left_out=3), Disposition.NOT_APPLICABLE),
    ],
)
def test_where_all_records_name_another_patient_nothing_is_concluded(value, disposition):
    assessment = assessed(value)
    says_so = disposition is Disposition.CONFIRM_FIRST
    assert assessment.disposition is disposition
    assert (plan(assessment, load()).title == "No plan yet: the records are about another patient") is says_so
    assert (assessment.would_change == "Records that name this patient.") is says_so
    assert ("records-of-another-patient" in {gap.concept for gap in assessment.gaps}) is says_so
    assert ("lumbar-fracture" in {gap.concept for gap in assessment.gaps}) is (value == Chart(Patient("Patient/p")))
    assert value.names_another.endswith("3 left out.") or not value.left_out
