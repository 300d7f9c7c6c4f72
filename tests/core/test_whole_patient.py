"""What holds of every alert, drug and code of the whole patient's rules (rule book 2a, assertions B6, B8 and B10)."""

import csv
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from smartapp.core.chart import Medication, Source
from smartapp.core.concepts import Concept
from smartapp.core.dates import When
from smartapp.core.derive import derive
from smartapp.core.plan import plan
from smartapp.core.states import AlertGroup, Concern
from smartapp.core.treatment import TreatmentState
from smartapp.knowledge import texts
from tests.core.charts import chart
from tests.core.test_invariants import KNOWLEDGE, TODAY
from tests.core.test_limits_properties import limited

# An amount of a drug; a result (per volume) and an amount eaten (alcohol, protein) are none.
DOSE = re.compile(r"\b\d[\d.,]*\s?(?:mg|mcg|µg|micrograms?|milligrams?|IU|units?)\b(?!\s?(?:/|per|a day of alcohol))")
# What the rule book's nutrition says of vitamin D and calcium (volume 1, 2.7) is no drug for the bone.
BONE_DRUGS = (Concept.DENOSUMAB, Concept.ZOLEDRONATE, Concept.BONE_ANABOLIC, Concept.ANTIRESORPTIVE)
NUTRITION = re.compile(r"vitd|vitamin|calcium|supplement")


@pytest.mark.parametrize("code", [code for code in KNOWLEDGE.alerts if not NUTRITION.search(code)])
def test_no_alert_names_a_dose(code):
    row = KNOWLEDGE.alerts[code]
    said = [value for value in vars(row).values() if isinstance(value, str)]
    assert [found[0] for text in said if (found := DOSE.search(text))] == []


def test_a_dose_is_seen():
    assert DOSE.search("Give 60 mg now") and DOSE.search("take 1,000 IU a day")
    assert not DOSE.search("below 20 mg/dL") and not DOSE.search("in 6 months")


@st.composite
def drugs(draw):
    """A bone drug taken for days or months, last given within a month."""
    started, last = draw(st.integers(31, 700)), draw(st.integers(0, 30))
    return Medication(
        Source("MedicationRequest/drug", "Drug"),
        frozenset({draw(st.sampled_from(BONE_DRUGS))}),
        started=When.day(TODAY - timedelta(days=started)),
        last=When.day(TODAY - timedelta(days=last)),
    )


@settings(max_examples=80, deadline=None)
@given(limited(), drugs())
def test_who_has_a_bone_drug_is_never_asked_to_be_evaluated_for_one(on_record, drug):
    found = derive(replace(on_record, medications=(*on_record.medications, drug)), TODAY, KNOWLEDGE)
    assume(any(each.state is TreatmentState.ON for each in found.treatment))
    activities = plan(found, KNOWLEDGE).activities
    said = " ".join([*(alert.action for alert in found.alerts), *(f"{a.title} {a.description}" for a in activities)])
    assert "evaluate for drug therapy" not in said.lower()


def test_what_nobody_has_verified_is_never_written_out():
    rows = list(csv.DictReader(texts()["codes.csv"].splitlines()))
    assert [row["code"] for row in rows if row["use"] == "output" and row["verified"] in {"", "memory"}] == []
    assert "physical-therapy" in {row["concept"] for row in rows if row["use"] == "output"}


def test_what_was_found_is_said_before_what_it_means():
    facts = ("man of 70", "osteopenia", "L1 fracture on 2025-11-01, compression", "takes oxycodone")
    raised = {alert.code: alert for alert in derive(chart(facts, TODAY), TODAY, KNOWLEDGE).alerts}
    assert (
        raised["fall-drugs"].text == f"{raised['fall-drugs'].reason.text} {KNOWLEDGE.alerts['fall-drugs'].words.text}"
    )
    assert raised["fall-drugs"].text.startswith("On record: ")
    assert raised["treatment-gap"].text == KNOWLEDGE.alerts["treatment-gap"].words.text


def shown_in(*facts):
    found = derive(
        chart(("man of 70", "osteopenia", "L1 fracture on 2026-02-10, compression", *facts), TODAY), TODAY, KNOWLEDGE
    )
    return {alert.code: found.group(alert) for alert in found.alerts}


def test_an_alert_stands_in_one_of_four_groups():
    """Rule book 2a, NS20: a limit is for the therapist, unless it is asked about; information is for the record."""
    assert shown_in("cauda equina")["cauda-equina"] is AlertGroup.STOP
    found = shown_in("stroke", "pain 5 of 10 on 2026-02-28")
    assert found["pain-hold"] is AlertGroup.DECIDE
    assert found["vitd-missing"] is AlertGroup.RECORD
    assert shown_in("visual impairment")["vision"] is AlertGroup.THERAPIST


def test_concerns_are_ranked_as_the_rule_book_does():
    leading = ["danger", "order", "fracture", "surgery", "drug", "missing-data"]
    assert [concern.value for concern in sorted(Concern, key=lambda each: each.rank)][:6] == leading


def test_before_a_plan_as_with_one_nobody_is_told_to_do_what_a_limit_takes_out():
    facts = (
        "man of 70",
        "osteopenia",
        "L1 fracture on 2026-02-10, compression",
        "order toe-touch left given 2026-02-10",
    )
    for more in ((), ("cauda equina",)):
        found = derive(chart((*facts, *more), TODAY), TODAY, KNOWLEDGE)
        assert found.removed and found.restriction("R4")
        assert "walking" not in found.restriction("R4").instead
    bare = derive(chart((*facts[:3], "cauda equina"), TODAY), TODAY, KNOWLEDGE)
    assert "brisk walking" in bare.restriction("R4").instead
