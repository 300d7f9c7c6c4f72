"""Laboratory results: which code is which result, in which unit, and what the laboratory says by mark or range."""

from decimal import Decimal

import pytest

from smartapp.core.kinds import Quantity
from smartapp.core.laboratory import LabMark
from smartapp.fhir.read.searches import searches
from smartapp.fhir.read.values import FACTORS, OWN_UNIT
from smartapp.knowledge import load
from tests.fhir.read.records import concept, measurement, observation, quantity, read, reasons

RANGE = {"low": {"value": 44, "unit": "U/L"}, "high": {"value": 121, "unit": "U/L"}}


def mark(code: str) -> list:
    return [concept(code, "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation")]


@pytest.mark.parametrize(
    ("code", "unit", "value", "what", "own"),
    [
        ("718-7", "g/dL", 12.5, "hemoglobin", "12.5"),
        ("718-7", "g/L", 125, "hemoglobin", "12.5"),
        ("718-7", "mmol/L", 10, "hemoglobin", "16.114"),
        ("4537-7", "mm/h", 52, "esr", "52"),
        ("30341-2", "mm/hr", 52, "esr", "52"),
        ("1988-5", "mg/L", 96, "crp", "96"),
        ("1988-5", "mg/dL", 9.6, "crp", "96.0"),
        ("30522-7", "ug/mL", 96, "crp", "96"),
        ("6768-6", "U/L", 130, "alkaline-phosphatase", "130"),
        ("6768-6", "ukat/L", 2.5, "alkaline-phosphatase", "150.0"),
        ("2777-1", "mmol/L", 1, "phosphate", "3.0974"),
        ("1751-7", "g/L", 38, "albumin", "3.8"),
        ("2160-0", "umol/L", 88.42, "creatinine", "1"),
        ("2731-8", "pmol/L", 2, "pth", "18.850"),
        ("3016-3", "u[IU]/mL", 0.05, "tsh", "0.05"),
        ("2986-8", "nmol/L", 10, "testosterone", "288.420"),
        ("2986-8", "ng/mL", 2.5, "testosterone", "250.0"),
        ("33358-3", "g/L", 12, "m-protein", "1.2"),
        ("51435-6", "g/dL", 1.2, "m-protein", "1.2"),
        ("48378-4", "", 8.4, "light-chain-ratio", "8.4"),
        ("48378-4", "{ratio}", 8.4, "light-chain-ratio", "8.4"),
        ("2857-1", "ug/L", 21, "psa", "21"),
        ("2000-8", "mmol/L", 2.5, "calcium", "10.01950"),
        ("777-3", "10*3/uL", 45, "platelets", "45"),
        ("777-3", "/uL", 45000, "platelets", "45.000"),
        ("46128-5", "[arb'U]/mL", 3, "tissue-transglutaminase", "3"),
    ],
)
def test_a_result_is_kept_in_one_unit(code, unit, value, what, own):
    found = measurement(observation(code, **quantity(value, unit)))
    assert (found.quantity, found.value) == (what, Decimal(own))


@pytest.mark.parametrize(
    ("code", "unit", "value", "told"),
    [
        ("718-7", "", 12.5, "has no unit"),
        ("718-7", "%", 38, "unit “%” is not known"),
        ("718-7", "g/dL", 125, "no believable hemoglobin"),
        ("1751-7", "g/dL", 38, "no believable albumin"),
        ("33358-3", "%", 12, "unit “%” is not known"),
        ("1988-5", "nmol/L", 96, "unit “nmol/L” is not known"),
        ("4537-7", "", 52, "has no unit"),
    ],
)
def test_a_unit_that_is_missing_or_foreign_is_told_and_never_guessed(code, unit, value, told):
    chart = read(observation(code, **quantity(value, unit)))
    assert chart.measurements == ()
    assert told in reasons(chart)


def test_a_result_in_words_is_told():
    chart = read(observation("33358-3", valueString="No monoclonal protein seen"))
    assert "is not a number and is not used" in reasons(chart)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, None),
        ({"interpretation": mark("H")}, LabMark.HIGH),
        ({"interpretation": mark("HH")}, LabMark.HIGH),
        ({"interpretation": mark("L")}, LabMark.LOW),
        ({"interpretation": mark("N")}, LabMark.NORMAL),
        ({"interpretation": [{"text": "High"}]}, LabMark.HIGH),
        ({"interpretation": mark("A")}, None),
        ({"interpretation": [*mark("H"), *mark("L")]}, None),
        ({"referenceRange": [RANGE]}, LabMark.HIGH),
        ({"referenceRange": [{"high": {"value": 3, "unit": "ukat/L"}}]}, LabMark.NORMAL),
        ({"referenceRange": [{"low": {"value": 140, "unit": "U/L"}}]}, LabMark.LOW),
        ({"referenceRange": [{"low": {"value": 140}}]}, LabMark.LOW),
        ({"referenceRange": [{"high": {"value": 121, "unit": "%"}}]}, None),
        ({"referenceRange": [{"text": "44-121"}]}, None),
        ({"referenceRange": [RANGE, RANGE]}, None),
        ({"interpretation": mark("N"), "referenceRange": [RANGE]}, LabMark.HIGH),
        ({"interpretation": mark("L"), "referenceRange": [RANGE]}, LabMark.LOW),
    ],
)
def test_the_laboratory_says_whether_it_is_high_or_low(said, expected):
    assert measurement(observation("6768-6", **quantity(130, "U/L"), **said)).mark is expected


def test_what_is_no_result_of_the_laboratory_has_no_mark():
    assert measurement(observation("39156-5", **quantity(31, "kg/m2"), interpretation=mark("H"))).mark is None


@pytest.mark.parametrize(
    ("words", "unit", "what"),
    [
        ("C-reactive protein", "mg/L", Quantity.CRP),
        ("ESR", "mm/h", Quantity.ESR),
        ("PSA, total", "ng/mL", Quantity.PSA),
        ("M-spike, serum", "g/dL", Quantity.M_PROTEIN),
        ("Calcium", "mg/dL", Quantity.CALCIUM),
    ],
)
def test_a_local_code_is_read_by_its_words(words, unit, what):
    found = measurement(observation("LAB1", "http://hospital.example/lab", text=words, **quantity(9, unit)))
    assert found.quantity is what
    assert found.notes == ("recognised by its wording, not by a code",)


@pytest.mark.parametrize("words", ["PSA free", "Calcium, ionized", "M-protein, urine", "CRP and ESR"])
def test_words_of_another_result_are_not(words):
    assert (
        read(observation("LAB1", "http://hospital.example/lab", text=words, **quantity(9, "mg/dL"))).measurements == ()
    )


def test_the_results_of_the_laboratory_are_asked_for_apart_from_those_of_other_kinds():
    """Hundreds of them must not fill the pages that hold pain and vitamin D."""
    asked = {search.label: search.params.get("code", "") for search in searches(load().codes)}
    for code in ("718-7", "1988-5", "4537-7", "6768-6", "2731-8", "33358-3", "48378-4", "46128-5"):
        assert f"http://loinc.org|{code}" in asked["blood tests"]
        assert f"http://loinc.org|{code}" not in asked["laboratory results, pain and habits"]
    assert "http://loinc.org|17861-6" in asked["laboratory results, pain and habits"]


def test_every_unit_has_a_factor_of_one():
    for what in OWN_UNIT:
        assert Decimal(1) in FACTORS[what].values()
