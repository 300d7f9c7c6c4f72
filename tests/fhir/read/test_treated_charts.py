"""Charts of treated and untreated patients, from FHIR to alerts and work-up (rule book 2a, section 8: Y10, Y12, Y14 to
Y16, Y18, Y24), each with one that differs in what the alert is about."""

from dataclasses import replace
from datetime import date
from itertools import count

import pytest

from smartapp.core.assessment import Assessment
from smartapp.core.chart import Attestation
from smartapp.core.derive import derive
from smartapp.core.kinds import AttestationName
from smartapp.knowledge import load
from tests.fhir.read.records import LOINC, PATIENT, SUBJECT, condition, observation, procedure, quantity, read

TODAY = date(2026, 3, 1)
OSTEOPENIA = condition("M85.88", text="Osteopenia")


def patient(gender: str, born: str) -> dict:
    return {**PATIENT, "gender": gender, "birthDate": born}


def given(text: str, on: str) -> dict:
    made = {"resourceType": "MedicationAdministration", "status": "completed", "subject": SUBJECT}
    return made | {"medicationCodeableConcept": {"text": text}, "effectiveDateTime": on}


def ordered(text: str, on: str) -> dict:
    made = {"resourceType": "MedicationRequest", "status": "active", "intent": "order", "subject": SUBJECT}
    return made | {"medicationCodeableConcept": {"text": text}, "authoredOn": on}


def pain(score: int, on: str) -> dict:
    return observation("72514-3", LOINC, effectiveDateTime=on, **quantity(score, "{score}"))


def lab(code: str, value: float, unit: str, on: str = "2026-02-20", **more) -> dict:
    return observation(code, LOINC, effectiveDateTime=on, **quantity(value, unit), **more)


def on(person: dict, *resources: dict, attested: tuple[str, date] | None = None) -> Assessment:
    numbers = count(1)
    chart = read(*({**r, "id": f"r{next(numbers)}"} for r in resources), people=(person,))
    assert chart.unreadable == ()
    if attested:
        name, day = attested
        chart = replace(chart, attestations=(Attestation(AttestationName(name), day),))
    return derive(chart, TODAY, load())


def codes(found: Assessment) -> set[str]:
    return {alert.code for alert in found.alerts}


def why(found: Assessment, code: str) -> str:
    return next(alert.reason.text for alert in found.alerts if alert.code == code)


def done(found: Assessment, alert: str) -> dict[str, date | None]:
    (work_up,) = (w for w in found.work_up if w.alert == alert)
    return {item.name: item.done for item in work_up.items}


OF_80 = patient("female", "1945-06-01")
Y14 = (
    condition("M81.0", text="Osteoporosis"),
    given("Denosumab 60 mg/mL syringe", "2025-05-10"),
    condition("S32.020A", onsetDateTime="2026-02-01"),
    condition("S32.040A", onsetDateTime="2026-02-01"),
)


def test_y14_two_vertebrae_after_denosumab_was_stopped():
    found = on(OF_80, *Y14)
    assert codes(found) >= {"rebound-fracture", "denosumab-gap", "multiple-vf", "osteoporosis", "very-high-risk"}
    assert (found.effective_phase, found.gates.prone) == ("initial", "blocked")
    assert "evaluate for drug therapy" not in " ".join(f"{a.text} {a.action}" for a in found.alerts).lower()
    (drug,) = found.treatment
    assert (drug.state, drug.last, drug.due) == ("late", date(2025, 5, 10), date(2025, 11, 10))


def test_y14_with_the_next_dose_given_in_time():
    found = on(OF_80, *Y14, given("Denosumab 60 mg/mL syringe", "2025-11-08"))
    assert codes(found).isdisjoint({"rebound-fracture", "denosumab-gap", "drug-caution"})
    assert "treated" in codes(found)


def test_an_injected_drug_beside_a_low_calcium_in_si_units():
    treated = (*Y14, given("Denosumab 60 mg/mL syringe", "2025-11-08"))
    found = on(OF_80, *treated, lab("2000-8", 1.95, "mmol/L"))
    assert "7.81 mg/dL" in why(found, "drug-caution")
    assert "drug-caution" not in codes(on(OF_80, *treated, lab("2000-8", 2.3, "mmol/L")))


def test_y15_a_bone_building_drug_on_record():
    resources = (
        OSTEOPENIA,
        condition("G20.B2", text="Parkinson's disease"),
        condition("R29.6", text="3 falls in 6 months", onsetDateTime="2026-01-15"),
        condition("S32.010D", onsetDateTime="2025-10-20"),
        pain(2, "2026-02-25"),
    )
    man = patient("male", "1953-06-01")
    found = on(man, *resources, ordered("Abaloparatide pen", "2025-12-05"))
    assert codes(found) >= {"parkinson", "fall-risk", "treated", "very-high-risk"}
    assert codes(found).isdisjoint({"treatment-gap", "drug-sequence"})
    assert (found.calendar_phase, found.effective_phase, found.gates.prone) == (
        "intermediate",
        "intermediate",
        "allowed",
    )
    assert "drug-sequence" in codes(on(man, *resources, ordered("Abaloparatide pen", "2023-12-05")))


def test_y16_and_y18_very_high_risk_is_only_told():
    ankle = condition("S82.841A", onsetDateTime="2026-02-12", text="Ankle", note=[{"text": "TTWB right 6 weeks"}])
    found = on(patient("female", "1951-06-01"), OSTEOPENIA, condition("S32.030D", onsetDateTime="2025-10-28"), ankle)
    assert codes(found) >= {"weight-bearing", "other-fracture", "very-high-risk"}
    hip = (condition("S72.001A", onsetDateTime="2026-01-30"), procedure("27125", performedDateTime="2026-01-30"))
    found = on(patient("female", "1942-06-01"), OSTEOPENIA, condition("S32.040D", onsetDateTime="2025-09-25"), *hip)
    assert codes(found) >= {"joint-replacement", "other-fracture", "very-high-risk"}
    assert "fractures of hip and spine" in why(found, "very-high-risk")
    assert all(a.severity == "info" for a in found.alerts if a.code == "very-high-risk")


LETROZOLE = (
    condition("Z85.3", text="History of breast cancer"),
    ordered("Letrozole 2.5 mg", "2024-01-01"),
    condition("S32.020A", onsetDateTime="2026-01-04"),
    pain(4, "2026-02-25"),
    OSTEOPENIA,
)


def test_y12_after_the_tumor_is_excluded_the_gap_of_treatment_is_told():
    woman = patient("female", "1963-06-01")
    assert on(woman, *LETROZOLE).disposition == "refer-no-prescription"
    found = on(woman, *LETROZOLE, attested=("malignancy-excluded", date(2026, 2, 20)))
    assert found.disposition == "prescribe-with-review"
    assert codes(found) >= {"cancer-history", "secondary-cause", "pain-hold", "treatment-gap"}
    assert "aromatase" in next(a.text for a in found.alerts if a.code == "secondary-cause")


def test_y24_an_old_quiet_fracture_without_treatment():
    found = on(patient("male", "1953-06-01"), OSTEOPENIA, condition(text="L1 VCF", onsetDateTime="2013"))
    assert codes(found) >= {"clinical-osteoporosis", "treatment-gap", "labs-missing"}
    assert "very-high-risk" not in codes(found)


def test_y10_fever_and_a_measured_crp_stop():
    facts = (
        OSTEOPENIA,
        condition("S32.010A", onsetDateTime="2026-02-05"),
        condition("R50.9", text="Fever", onsetDateTime="2026-02-25"),
    )
    man = patient("male", "1968-06-01")
    found = on(man, *facts, lab("1988-5", 9.6, "mg/dL", "2026-02-25"))
    assert found.disposition == "refer-no-prescription"
    assert done(found, "infection-suspected")["CRP"] == date(2026, 2, 25)
    assert done(found, "infection-suspected")["ESR"] is None
    found = on(man, *facts, lab("1988-5", 0.6, "mg/dL", "2026-02-25"))
    assert found.disposition == "prescribe-with-review"


MARKED_HIGH = {"interpretation": [{"coding": [{"code": "H"}]}]}


@pytest.mark.parametrize(
    ("results", "first"),
    [
        ((lab("33358-3", 12, "g/L"),), True),
        ((lab("33358-3", 3, "g/L"),), False),
        ((lab("48378-4", 8.4, "{ratio}"),), True),
        ((lab("48378-4", 2.4, "{ratio}"), lab("98979-8", 41, "mL/min/{1.73_m2}")), False),
        ((lab("17861-6", 10.2, "mg/dL"), lab("1751-7", 30, "g/L")), True),
        ((lab("17861-6", 11.2, "mg/dL"), lab("2731-8", 110, "pg/mL", **MARKED_HIGH)), False),
        ((lab("718-7", 105, "g/L"), lab("4537-7", 70, "mm/h")), True),
        ((lab("718-7", 105, "g/L"),), False),
    ],
)
def test_results_that_ask_for_a_work_up_first(results, first):
    found = on(patient("male", "1953-06-01"), OSTEOPENIA, condition("S32.010D", onsetDateTime="2025-11-10"), *results)
    assert (found.disposition == "confirm-first") is first
    assert ("work-up-first" in codes(found)) is first
