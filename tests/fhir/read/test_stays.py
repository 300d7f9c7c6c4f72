"""Encounter -> a stay in a hospital, by its last day (rule book 2c, CD20)."""

import pytest

from smartapp.core.kinds import ProcedureKind
from smartapp.fhir.read.by_resource import read_by_resource
from smartapp.fhir.read.searches import OPTIONAL
from smartapp.knowledge import load
from tests.fhir.read.records import PATIENT, SUBJECT, read

ACT = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
PERIOD = {"start": "2026-02-10T08:00:00Z", "end": "2026-02-20T11:00:00Z"}


def encounter(code="IMP", status="finished", **more):
    made = {"resourceType": "Encounter", "id": "e", "status": status, "subject": SUBJECT, "period": PERIOD}
    return made | {"class": {"system": ACT, "code": code}} | more


@pytest.mark.parametrize("code", ["IMP", "ACUTE", "NONAC", "imp"])
def test_a_stay_is_read_by_its_last_day(code):
    (stay,) = read(encounter(code)).procedures
    assert (stay.kind, str(stay.performed), stay.source.reference) == (
        ProcedureKind.HOSPITAL_STAY, "2026-02-20", "Encounter/e",
    )  # fmt: skip


@pytest.mark.parametrize(
    "visit",
    [
        *(encounter("AMB"), encounter("EMER"), encounter(status="planned"), encounter(status="entered-in-error")),
        *(encounter(period={"start": "2026-02-10"}), encounter(period="2026"), encounter(**{"class": "inpatient"})),
        encounter(subject={"reference": "Patient/other"}),
    ],
)
def test_of_other_visits_and_of_one_that_goes_on_nothing_is_read(visit):
    assert read(visit).procedures == ()


def test_an_unlikely_day_is_told_once():
    chart = read(encounter(period={"start": "2026-13-40", "end": "2026-02-20"}))
    assert len(chart.procedures) == 1 and len(chart.unreadable) == 1


def test_where_visits_are_not_granted_nothing_is_missing():
    assert "visits" in OPTIONAL


def test_each_visit_is_shown_for_what_it_tells():
    made = read_by_resource([PATIENT, encounter(), encounter("AMB", id="v")], load())
    stay, visit = (one for one in made.resources if one.type == "Encounter")
    assert [fact.source.display for fact in stay.read] == ["Hospital stay"]
    assert visit.read == () and visit.beside and not visit.quiet
