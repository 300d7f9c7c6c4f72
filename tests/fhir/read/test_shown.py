"""What a person reads of a code that came without words."""

import pytest

import smartapp.knowledge
from smartapp.core.codes import CodeKind
from smartapp.fhir.read.context import coded

CODES = smartapp.knowledge.load().codes
ICD = "http://hl7.org/fhir/sid/icd-10-cm"


@pytest.mark.parametrize(
    ("element", "shown"),
    [
        ({"text": "Broken back", "coding": [{"system": ICD, "code": "S32.010A"}]}, "Broken back"),
        ({"coding": [{"system": ICD, "code": "S32.010A", "display": "Wedge fracture"}]}, "Wedge fracture"),
        ({"coding": [{"system": "http://example.org/local", "code": "X-17"}]}, "X-17"),
        ({}, ""),
    ],
)
def test_words_as_recorded_come_first(element, shown):
    assert coded(element, CODES, CodeKind.CONDITION).shown == shown


def test_a_code_without_words_is_named():
    said = coded({"coding": [{"system": ICD, "code": "S32.010A"}]}, CODES, CodeKind.CONDITION)
    assert "first lumbar vertebra" in said.shown
    assert said.shown.endswith("(S32.010A)")
    assert said.text == ""  # our name is for people: it is never matched as if the record said it
