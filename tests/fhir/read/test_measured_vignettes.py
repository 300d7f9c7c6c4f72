"""Vignettes of the rule book (2a, section 8), FHIR to answer: those that hang on falls, frailty and hip scans."""

from datetime import date

from smartapp.core.derive import derive
from smartapp.core.plan import plan
from smartapp.fhir.read import read_chart
from smartapp.knowledge import load
from tests.fhir.read.records import CPT, condition, observation, procedure, quantity

K = load()
TODAY = date(2026, 3, 1)
OSTEOPENIA = condition("M85.88", id="osteopenia")


def man(born: str, gender: str = "male"):
    return {"resourceType": "Patient", "id": "p", "gender": gender, "birthDate": born}


def answer(*resources):
    """The assessment, the ids of the exercises of the plan and of those done at home."""
    found = derive(read_chart(resources, K), TODAY, K)
    chosen = [a for a in plan(found, K).activities if a.id.startswith("E") and not a.id.startswith("ED")]
    return found, {a.id for a in chosen}, {a.id for a in chosen if a.home_set}


def severities(found):
    return {alert.code: alert.severity for alert in found.alerts}


def y15(*falls):
    abaloparatide = {
        "resourceType": "MedicationRequest", "id": "m", "status": "active", "intent": "order",
        "subject": {"reference": "Patient/p"}, "authoredOn": "2025-12-05",
        "medicationCodeableConcept": {"text": "abaloparatide"},
    }  # fmt: skip
    return answer(
        man("1953-08-01"), OSTEOPENIA, condition("S32.010D", onsetDateTime="2025-10-20"), condition("G20.B2", id="pd"),
        abaloparatide, observation("72514-3", valueInteger=2, effectiveDateTime="2026-02-25"), *falls,
    )  # fmt: skip


def test_y15_parkinsons_and_three_falls_in_six_months_however_they_are_told():
    told = (
        condition("Z91.81", id="falls", text="3 falls in 6 months"),
        condition("R29.6", id="falls", note=[{"text": "3 falls in the last 6 months"}]),
        observation("52552-7", id="falls", effectiveDateTime="2026-02-20", **quantity(3)),
        observation("52552-7", id="falls", effectiveDateTime="2026-02-20", valueString="3 falls"),
    )
    for falls in told:
        found, chosen, home = y15(falls)
        assert (found.disposition, found.effective_phase) == ("prescribe-with-review", "intermediate")
        assert found.gates.prone == "allowed"
        assert {"parkinson": "review", "fall-risk": "review", "treated": "info"}.items() <= severities(found).items()
        assert {"E24", "E27"} <= chosen and not {"E24", "E27"} & home


def test_y15_without_falls_asks_for_no_review():
    found, _, _ = y15()
    assert severities(found)["parkinson"] == "info" and not found.has("fall-risk")


def test_y18_a_new_hip_whose_scan_does_not_classify():
    broken = condition("S72.001A", id="hip", onsetDateTime="2026-01-30")
    scan = observation("80945-9", id="scan", effectiveDateTime="2026-02-10", **quantity(-0.9))
    found, chosen, _ = answer(
        man("1942-08-01", "female"), OSTEOPENIA, condition("S32.040D", onsetDateTime="2025-09-25"), broken, scan,
        procedure("27125", CPT, performedDateTime="2026-01-30", text="Hemiarthroplasty of right hip"),
    )  # fmt: skip
    assert (found.disposition, found.gates.prone) == ("prescribe-with-review", "blocked")
    assert {"other-fracture", "joint-replacement", "dxa-site-invalid"} <= severities(found).keys()
    assert found.bone_density is None
    assert not chosen & {"E06", "E15", "E16", "E20", "E21", "E26", "E34"}
    assert {"E02", "E13", "E41"} <= chosen


def test_y19_a_very_frail_man_with_two_helpers():
    found, chosen, _ = answer(
        man("1940-08-01"), condition("M80.08XA", text="L3", onsetDateTime="2026-01-30"), condition("G30.1", id="ad"),
        condition("R54", id="frail", text="CFS 7"), condition("Z99.3", id="chair", text="Hoist transfers, two assist"),
        observation("72514-3", valueInteger=3, effectiveDateTime="2026-02-25"),
    )  # fmt: skip
    assert {"not-walking", "frailty", "cognition", "osteoporosis"} <= severities(found).keys()
    assert not chosen & {"E04", "E06", "E10", "E11", "E14", "E51", "E52"}
    assert {"E13", "E43", "E45"} <= chosen
