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


def y16(order="TTWB right 6 weeks", **ankle):
    broken = condition("S82.841A", id="ankle", onsetDateTime="2026-02-12", note=[{"text": order}], **ankle)
    back = condition("S32.030D", onsetDateTime="2025-10-28")
    return answer(man("1951-08-01", "female"), OSTEOPENIA, back, broken)


def test_y16_toe_touch_on_a_broken_ankle():
    found, chosen, home = y16()
    assert (found.disposition, found.calendar_phase, found.effective_phase) == (
        "prescribe-with-review", "intermediate", "intermediate",
    )  # fmt: skip
    said = {"weight-bearing": "review", "other-fracture": "review", "very-high-risk": "info"}
    assert said.items() <= severities(found).items()
    assert (found.gates.prone, found.track) == ("allowed", "chair")
    assert not chosen & {"E14", "E17", "E20", "E21", "E22", "E24", "E27"}
    assert {"E19", "E41", "E44"} <= chosen and not {"E20", "E24"} & home
    (weight,) = (limit for limit in found.constraints if limit.id == "WP1")
    assert "right" in weight.text and str(weight.until) == "2026-03-26"  # six weeks from the day of the record


def test_y16_with_full_weight_stands():
    found, chosen, _ = y16("Full weight bearing right leg")
    assert found.track == "standing" and not found.has("weight-bearing")
    assert "other-fracture" in severities(found) and {"E14", "E20"} & chosen


def y17(on="2026-02-06"):
    fusion = procedure("22600", CPT, performedDateTime=on, text="Posterior cervical fusion")
    return answer(man("1956-08-01"), OSTEOPENIA, condition("S32.020D", onsetDateTime="2025-11-13"), fusion)


def test_y17_a_neck_fused_behind():
    found, chosen, _ = y17()
    assert (found.disposition, found.calendar_phase, found.effective_phase) == (
        "prescribe-with-review", "intermediate", "intermediate",
    )  # fmt: skip
    assert severities(found)["recent-surgery"] == "review"
    assert found.gates.prone == "blocked"  # by the neck, which does not move day 0 of the back
    assert not chosen & {"E15", "E16", "E17", "E25", "E28", "E30", "E35"}
    assert {"E20", "E23"} <= chosen


def test_y17_twelve_weeks_and_a_day_later_the_neck_limits_no_more():
    assert y17("2025-12-07")[0].has("recent-surgery")
    found, chosen, _ = y17("2025-12-06")
    assert not found.has("recent-surgery") and found.gates.prone == "allowed" and "E16" in chosen
