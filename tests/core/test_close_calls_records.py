"""Close calls about which record speaks of what: found as mutants that survived (docs/mutation.md)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from smartapp.core.dates import When
from smartapp.core.derive import derive
from smartapp.core.fingerprint import chart_hash
from smartapp.core.fracture_coding import FractureCoding, Region
from smartapp.core.kinds import ClinicalStatus
from smartapp.core.states import Severity
from smartapp.knowledge import load
from tests.core.charts import chart
from tests.core.test_close_calls import FRACTURE, MAN, TODAY, alert, assess


@pytest.mark.parametrize(("day", "two"), [("2025-06-14", False), ("2025-06-15", True), ("2025-05-18", True)])
def test_a_fracture_of_an_unnamed_vertebra_is_another_one_from_14_days_on(day, two):
    assert assess(FRACTURE, f"lumbar fracture on {day}").has("multiple-vf") is two


def test_what_began_today_has_a_date():
    found = alert(assess(FRACTURE, f"heart attack on {TODAY}"), "med-clearance")
    assert str(TODAY) in found.reason.text


@pytest.mark.parametrize(
    ("text", "display", "named"),
    [("Myeloma, IgG", "Myeloma", "Myeloma, IgG"), ("", "Myeloma", "Myeloma"), ("", "", "Fact/4")],
)
def test_a_diagnosis_is_told_in_the_charts_words_as_far_as_it_has_any(text, display, named):
    facts = chart([*MAN, FRACTURE, "myeloma"], TODAY)
    *others, last = facts.diagnoses
    told = replace(last, text=text, source=replace(last.source, display=display))
    found = derive(replace(facts, diagnoses=(*others, told)), TODAY, load())
    assert alert(found, "active-cancer").reason.text == f"Recorded: {named}."


def test_gates_that_a_hard_stop_closes_rest_on_its_records():
    found = assess(FRACTURE, "myeloma", "kidney stones")
    assert {source.reference for _, reason in found.gates.reasons for source in reason.sources} == {"Fact/4"}


def test_gates_that_a_suspicion_closes_rest_on_it():
    found = assess("L1 fracture on 2026-02-01, unconfirmed", "kidney stones")
    assert {source.reference for _, reason in found.gates.reasons for source in reason.sources} == {"Fact/3"}


@pytest.mark.parametrize(
    ("beside", "severity"),
    [
        ("forearm T-score -1.2", Severity.REVIEW),
        ("total hip T-score -1.2", Severity.INFO),
        ("femoral neck Z-score -1.2", Severity.INFO),
    ],
)
def test_cement_in_the_scanned_region_is_only_information_beside_a_hip(beside, severity):
    found = assess(
        FRACTURE,
        "kyphoplasty at lumbar on 2025-07-01, L2",
        "lumbar spine T-score -1.5 on 2026-01-01, L2-L4",
        f"{beside} on 2026-01-01",
    )
    cement = next(line for line in found.trace if line.fired and "Cement or metal" in line.text)
    assert cement.sources
    assert alert(found, "ls-unreliable").severity is severity


@pytest.mark.parametrize(
    "coding", [FractureCoding(Region.UNSPECIFIED, frozenset({"T8"})), FractureCoding(Region.THORACIC)]
)
def test_a_thoracic_fracture_is_known_by_its_level_or_its_region(coding):
    facts = chart([*MAN, FRACTURE, "T8 fracture on 2025-06-01"], TODAY)
    lumbar, thoracic = (d for d in facts.diagnoses if d.fracture)
    others = tuple(d for d in facts.diagnoses if not d.fracture)
    found = derive(replace(facts, diagnoses=(*others, lumbar, replace(thoracic, fracture=coding))), TODAY, load())
    assert found.has("multiple-vf")
    assert not found.has("level-not-lumbar")


@pytest.mark.parametrize(("end", "taken"), [(TODAY + timedelta(days=1), True), (TODAY, False)])
def test_what_ends_tomorrow_is_present_today(end, taken):
    facts = chart([*MAN, FRACTURE, "glucocorticoid use"], TODAY)
    *others, last = facts.diagnoses
    last = replace(last, abatement=When.day(end), abated=True, clinical_status=ClinicalStatus.UNKNOWN)
    ending = replace(facts, diagnoses=(*others, last))
    assert derive(ending, TODAY, load()).has("gc-use") is taken


@pytest.mark.parametrize(
    ("day", "reviewed"), [("2026-03-01", True), ("2025-09-02", True), ("2025-09-01", False), ("2026-03", True)]
)
def test_a_birth_is_reviewed_from_its_day_for_six_months(day, reviewed):
    facts = chart(["woman of 35", "osteopenia", FRACTURE, f"postpartum on {day}"], TODAY)
    assert derive(facts, TODAY, load()).has("postpartum") is reviewed


def test_a_chart_with_one_vertebra_or_diagnosis_exchanged_is_another_chart():
    """What a person has seen is known by its fingerprint: sets of facts count with what is in them."""
    facts = chart([*MAN, FRACTURE, "falls"], TODAY)
    fracture = next(d for d in facts.diagnoses if d.fracture)
    moved = replace(fracture, fracture=FractureCoding(Region.LUMBAR, frozenset({"L2"})))
    renamed = tuple(replace(d, concepts=frozenset({"copd"})) if "falls" in d.concepts else d for d in facts.diagnoses)
    charts = (
        facts,
        replace(facts, diagnoses=tuple(moved if d is fracture else d for d in facts.diagnoses)),
        replace(facts, diagnoses=renamed),
    )
    assert len({chart_hash(each) for each in charts}) == 3


def test_dates_in_the_future_are_told_one_by_one():
    found = assess("L1 fracture on 2026-04-01, recorded 2026-04-02, seen 2026-02-01")
    assert alert(found, "future-date").reason.text == "Not used: 2026-04-01, 2026-04-02."
    assert not [a for a in assess(f"L1 fracture on {TODAY}, recorded {TODAY}").alerts if a.code == "future-date"]


@pytest.mark.parametrize(("since", "told"), [("2026-03", False), ("2025-12", True)])
def test_a_month_of_which_one_day_is_left_leaves_nothing_open(since, told):
    """Today is the first of March: a fracture of this month is of today."""
    found = assess(f"L1 fracture on {since}")
    assert any("if it happened on" in other.fact for other in found.alternatives) is told


def test_a_fracture_that_healed_early_is_still_strict_for_six_months():
    found = assess("L1 fracture on 2025-11-01", "attested healed on 2026-02-01")
    for id_ in ("R1", "R2"):
        restriction = found.restriction(id_)
        assert (restriction.state, str(restriction.until)) == ("strict", "2026-05-01")
        assert restriction.reason.text == "Strict for 6 months from 2025-11-01."


def test_another_active_medicine_is_no_glucocorticoid():
    facts = chart([*MAN, FRACTURE, "takes prednisolone"], TODAY)
    (steroid,) = facts.medications
    other = replace(steroid, concepts=frozenset({"antiresorptive-therapy"}))
    assert derive(facts, TODAY, load()).has("gc-use")
    assert not derive(replace(facts, medications=(other,)), TODAY, load()).has("gc-use")


@pytest.mark.parametrize(
    ("since", "told"), [("", "Too old: BMI 17, without a date."), (" on 1999-05-01", "Too old: BMI 17, of 1999-05-01.")]
)
def test_a_reading_too_old_to_count_is_told_with_its_date_or_without(since, told):
    assert told in {line.text for line in assess(FRACTURE, f"BMI 17{since}").trace}
