"""Laboratory results as signs of a tumor or an infection, as causes of weak bone, and as what is missing (rule book 2a,
RF5-RF12, TX11-TX16; 2c, CD24, CD25)."""

from datetime import date

import pytest

from smartapp.core.assessment import Assessment
from smartapp.core.derive import derive
from smartapp.core.derive.facts import Facts
from smartapp.core.derive.laboratory import words
from smartapp.core.states import Disposition, Severity
from smartapp.knowledge import load
from tests.core.charts import chart

TODAY = date(2026, 3, 1)
MAN, WOMAN = ("man of 70", "osteopenia"), ("woman of 70", "osteopenia")
FRACTURE = "L1 fracture on 2025-11-10, routine healing"
FRESH = "L1 fracture on 2026-02-10, initial encounter"
OLD = "L1 fracture on 2025-01-15, sequela"
CANCER = "cancer history"  # one soft sign
PANEL = (
    *("hemoglobin 15 on 2026-01-02", "ESR 8 on 2026-01-02", "CRP 2 on 2026-01-02", "calcium 9.4 on 2026-01-02"),
    *("albumin 4.2 on 2026-01-02", "phosphate 3.2 on 2026-01-02", "eGFR 80 on 2026-01-02"),
    *("alkaline phosphatase 70 on 2026-01-02", "25-OH vitamin D 40 ng/mL on 2026-01-02", "PTH 40 on 2026-01-02"),
    *("TSH 2 on 2024-06-02", "M-protein 0 on 2026-01-02", "light chain ratio 1 on 2026-01-02"),
    *("transglutaminase 1 on 2024-06-02", "testosterone 500 on 2024-06-02", "PSA 1 on 2026-01-02"),
)


def on(*facts: str) -> Assessment:
    return derive(chart(facts, TODAY), TODAY, load())


def raised(found: Assessment, code: str) -> str:
    """The sentence of an alert; empty where it is not raised."""
    return next((a.reason.text for a in found.alerts if a.code == code), "")


def test_calcium_is_told_as_measured_and_where_albumin_is_known_as_corrected():
    alone, beside = ("calcium 11.4 on 2026-02-01",), ("calcium 10.4 on 2026-02-01", "albumin 3.0 on 2026-02-01")
    assert raised(on(*MAN, FRACTURE, *alone), "work-up-first") == (
        "Signs: calcium 11.4 mg/dL (2026-02-01), PTH unknown."
    )
    assert raised(on(*MAN, FRACTURE, *beside), "work-up-first") == (
        "Signs: calcium 10.4 mg/dL (2026-02-01), 11.2 corrected for albumin, PTH unknown."
    )


def test_a_result_in_words_has_its_comparator_its_unit_and_its_day():
    facts = Facts(chart(("CRP <0 on 2026-02-01", "PTH 40"), TODAY), TODAY, load())
    assert [words(found, facts) for found in facts.chart.measurements] == [
        "CRP <0 mg/L (2026-02-01)",
        "PTH 40 pg/mL (no date)",
    ]


# -- tumor


@pytest.mark.parametrize(
    ("facts", "first"),
    [
        (("calcium 10.4 on 2026-02-01",), False),
        (("calcium 10.4 on 2026-02-01", "albumin 3.0 on 2026-02-01"), True),  # 11.2 corrected
        (("calcium 10.4 on 2026-02-01", "albumin 3.0 on 2025-10-01"), False),  # not near enough
        (("calcium 10.4 on 2026-02-01", "albumin 3.0"), False),
        (("calcium 10.9 on 2026-02-01", "albumin 4.6 on 2026-02-01"), False),  # 10.42 corrected
        (("calcium >10.5 on 2026-02-01",), True),
        (("calcium 11.2 on 2026-02-01", "PTH 90 on 2026-02-01, marked high"), False),
        (("calcium 11.2 on 2026-02-01", "PTH 40 on 2026-02-01, marked normal"), False),
        (("calcium 11.2 on 2026-02-01", "PTH 40 on 2026-02-01"), True),
        (("calcium 11.2 on 2026-02-01", "PTH 5 on 2026-02-01, marked low"), True),
        (("calcium 11.2 on 2026-02-01", "PTH 90 on 2024-02-01, marked high"), True),  # too old to explain it
        (("calcium 11.2 on 2025-02-01",), False),
        (("calcium 11.2",), True),
        (("M-protein <0.5 on 2026-02-01",), False),
        (("light chain ratio <0.27 on 2026-02-01", "eGFR 80 on 2026-02-01"), False),
        (("PSA 30 on 2026-02-01",), False),  # nothing hurts
        (("PSA 30 on 2026-02-01", "back pain on 2026-02-01"), True),
        (("PSA 30 on 2026-02-01", "pain 0 of 10 on 2026-02-27"), False),
        (("PSA 9 on 2026-02-01", "PSA 2 on 2024-02-01", "pain 3 of 10 on 2026-02-27"), False),  # not within the year
        (("PSA 9 on 2026-02-01", "PSA 2 on 2026-02-01", "pain 3 of 10 on 2026-02-27"), False),
    ],
)
def test_one_strong_sign_asks_for_a_work_up_first(facts, first):
    found = on(*MAN, FRACTURE, *facts)
    assert bool(raised(found, "work-up-first")) is first
    assert (found.disposition is Disposition.CONFIRM_FIRST) is first


@pytest.mark.parametrize(
    ("facts", "signs"),
    [
        (("hemoglobin 12 on 2026-02-01",), 1),
        (("hemoglobin 12 on 2026-02-01", "anemia explained"), 0),
        (("hemoglobin 12 on 2026-02-01", "ckd 4 5"), 0),
        (("anemia on 2026-02-01",), 1),
        (("anemia on 2026-02-01", "anemia on 2026-02-02"), 1),
        (("anemia on 2024-02-01",), 0),  # CD25: of the last 90 days
        (("anemia on 2026-02-01", "hemoglobin 14 on 2026-02-02"), 0),
        (("alkaline phosphatase 300 on 2026-02-01, marked high",), 0),  # vitamin D unknown
        (("alkaline phosphatase 300 on 2026-02-01, marked high", "25-OH vitamin D 35 ng/mL on 2026-02-01"), 1),
        (("alkaline phosphatase 300 on 2026-02-01, marked high", "25-OH vitamin D 12 ng/mL on 2026-02-01"), 0),
        (("alkaline phosphatase 300 on 2026-02-01", "25-OH vitamin D 35 ng/mL on 2026-02-01"), 0),  # no mark
        (("hypercalcaemia",), 1),
        (("hypercalcaemia, unconfirmed",), 1),
        (("hypercalcaemia on 2026-01-01", "calcium 9.4 on 2026-02-01"), 0),
        (("hypercalcaemia on 2026-02-10", "calcium 9.4 on 2026-02-01"), 1),
        (("hypercalcaemia", "calcium 9.4 on 2026-02-01"), 0),
        (("hypercalcaemia", "calcium 9.4 on 2024-02-01"), 1),
        (("hypercalcaemia", "calcium 9.4"), 1),
    ],
)
def test_a_soft_sign_counts_once_and_only_beside_another(facts, signs):
    alone, beside = on(*MAN, FRACTURE, *facts), on(*MAN, FRACTURE, CANCER, *facts)
    assert raised(alone, "work-up-first") == ""
    assert bool(raised(beside, "work-up-first")) is bool(signs)


def test_of_unknown_sex_the_stricter_limit_of_hemoglobin_holds():
    facts = (FRACTURE, "osteopenia", CANCER, "hemoglobin 12.5 on 2026-02-01")
    assert raised(on("person of 70", *facts), "work-up-first")
    assert raised(on("woman of 70", *facts), "work-up-first") == ""


def test_a_tumor_excluded_after_the_result_lifts_it():
    facts = (*MAN, FRACTURE, "M-protein 1.2 on 2026-02-01")
    assert raised(on(*facts, "attested malignancy excluded on 2026-01-20"), "work-up-first")
    assert raised(on(*facts, "attested malignancy excluded on 2026-02-01"), "work-up-first") == ""


def test_the_sentence_names_result_unit_and_day():
    found = on(*MAN, FRACTURE, CANCER, "ESR 51 on 2026-02-20")
    assert raised(found, "work-up-first") == "Signs: past cancer, ESR 51 mm/h (2026-02-20)."


# -- infection


@pytest.mark.parametrize(
    ("facts", "severity"),
    [
        (("fever on 2026-02-25",), Severity.REVIEW),
        (("fever on 2026-02-25", "CRP 96 on 2026-02-25"), Severity.STOP),
        (("fever on 2026-02-25", "CRP 9 on 2026-02-25"), Severity.REVIEW),
        (("fever on 2026-02-25", "CRP 96 on 2026-02-20", "CRP 4 on 2026-02-27"), Severity.REVIEW),
        (("fever on 2026-02-25", "ESR 60 on 2026-02-25"), Severity.STOP),
        (("fever on 2026-02-25", "CRP 12 on 2026-02-25, marked normal"), Severity.REVIEW),
        (("fever on 2026-02-25", "CRP 8 on 2026-02-25, marked high"), Severity.STOP),
        (("fever on 2026-02-25", "CRP 96"), Severity.STOP),
        (("CRP 96 on 2026-02-12",), None),  # two days after the fracture: the fracture explains it
        (("CRP 96 on 2026-02-26",), Severity.REVIEW),
        (("CRP 96",), Severity.REVIEW),
        (("CRP 96 on 2026-02-26", "attested infection excluded on 2026-02-27"), None),
        (("CRP 96 on 2026-02-26", "attested infection excluded on 2026-02-20"), Severity.REVIEW),
    ],
)
def test_raised_crp_or_esr_beside_fever_and_alone(facts, severity):
    found = [a.severity for a in on(*MAN, FRESH, *facts).alerts if a.code == "infection-suspected"]
    assert found == ([severity] if severity else [])


# -- work-up


def test_what_is_done_has_its_day_and_what_concerns_the_other_sex_is_not_asked():
    facts = (FRACTURE, "osteopenia", "M-protein 1.2 on 2026-02-01", "creatinine 1 on 2026-01-05", "PSA 2")
    (man,) = on("man of 70", *facts).work_up
    done = {item.name: item.done for item in man.items}
    assert done["serum protein electrophoresis"] == date(2026, 2, 1)
    assert done["creatinine and eGFR"] == date(2026, 1, 5)
    assert done["PSA (men)"] is None  # without a day
    assert done["free light chains"] is None
    assert "breast status (women)" not in done
    (woman,) = on("woman of 70", *facts).work_up
    assert {"PSA (men)", "testosterone (men)"}.isdisjoint(item.name for item in woman.items)
    assert "breast status (women)" in {item.name for item in woman.items}


# -- causes, and what is missing


@pytest.mark.parametrize(
    ("who", "fact", "severity"),
    [
        (MAN, "TSH 0.05 on 2026-01-01", Severity.REVIEW),
        (MAN, "TSH 0.3 on 2026-01-01, marked low", Severity.REVIEW),
        (MAN, "TSH 9 on 2026-01-01, marked high", Severity.REVIEW),
        (MAN, "TSH 9 on 2026-01-01", None),
        (MAN, "TSH 0.05 on 2026-01-01, marked normal", None),
        (MAN, "PTH 120 on 2026-01-01, marked high", Severity.REVIEW),
        (MAN, "PTH 120 on 2026-01-01", None),
        (MAN, "testosterone 200 on 2026-01-01", Severity.REVIEW),
        (WOMAN, "testosterone 20 on 2026-01-01", None),
        (MAN, "takes carbamazepine", Severity.REVIEW),
        (MAN, "takes carbamazepine, stopped", None),
        (MAN, "takes omeprazole", Severity.INFO),
        (MAN, "weakens bone", Severity.REVIEW),
        (MAN, "weakens bone, resolved", None),
        (MAN, "paget spine", Severity.REVIEW),
        (MAN, "osteogenesis imperfecta", Severity.REVIEW),
    ],
)
def test_secondary_causes(who, fact, severity):
    found = [a.severity for a in on(*who, OLD, fact).alerts if a.code == "secondary-cause"]
    assert found == ([severity] if severity else [])


def test_no_line_on_drugs_and_results_where_care_is_palliative():
    """Rule book 2c, CX15."""
    facts = (
        "takes carbamazepine",
        "TSH 0.05 on 2026-01-01",
        "takes denosumab since 2023-01-01, last dose on 2025-05-01",
    )
    silent = {"secondary-cause", "labs-missing", "treated", "denosumab-gap", "very-high-risk"}
    assert {a.code for a in on(*MAN, OLD, *facts, "takes alendronate since 2026-01-01").alerts} & silent
    assert {a.code for a in on(*MAN, OLD, *facts, "palliative").alerts}.isdisjoint(silent)
    alendronate = ("takes alendronate since 2026-01-01", "palliative")
    assert {a.code for a in on(*MAN, OLD, *alendronate).alerts}.isdisjoint(silent)


def test_several_causes_are_one_line_at_the_higher_severity():
    found = on(*MAN, OLD, "takes omeprazole", "takes carbamazepine", "weakens bone")
    (line,) = (a for a in found.alerts if a.code == "secondary-cause")
    assert line.severity is Severity.REVIEW
    assert all(name in line.reason.text for name in ("omeprazole", "carbamazepine", "weakens bone"))


def test_what_is_missing_and_what_is_abnormal_is_one_line():
    assert "tissue transglutaminase, testosterone (men), PSA (men)." in raised(on(*MAN, OLD), "labs-missing")
    assert "(men)" not in raised(on(*WOMAN, OLD), "labs-missing")
    assert raised(on(*MAN, OLD, *PANEL), "labs-missing") == ""
    found = on(*MAN, OLD, *PANEL[1:], "hemoglobin 11 on 2026-01-02")
    assert raised(found, "labs-missing") == "Not normal: hemoglobin 11 g/dL (2026-01-02)."
    words = {a.code: a.text for each in (found, on(*MAN, OLD, "hemoglobin 11 on 2026-01-02")) for a in each.alerts}
    assert "outside the laboratory's range" not in words["labs-missing"], "where something is missing, that leads"
    assert "outside the laboratory's range" in next(a.text for a in found.alerts if a.code == "labs-missing")


@pytest.mark.parametrize(("ratio", "abnormal"), [("0.2", True), ("1.0", False), ("2", True)])
def test_light_chains_are_abnormal_on_either_side(ratio, abnormal):
    """Once a tumor is excluded the ratio is still told."""
    excluded = "attested malignancy excluded on 2026-02-20"
    found = on(*MAN, OLD, *PANEL, f"light chain ratio {ratio} on 2026-01-03", excluded)
    assert ("free light chain ratio" in raised(found, "labs-missing")) is abnormal


@pytest.mark.parametrize(
    ("fact", "abnormal"),
    [
        ("phosphate 1.9 on 2026-01-03, marked low", True),
        ("phosphate 1.9 on 2026-01-03", False),
        ("albumin 2 on 2026-01-03, marked normal", False),
        ("calcium 10.6 on 2026-01-03", True),
        ("M-protein 0.2 on 2026-01-03", False),
        ("testosterone 250 on 2026-01-03", True),
    ],
)
def test_what_the_laboratory_marks_is_abnormal_else_what_our_limits_say(fact, abnormal):
    facts = (*PANEL, fact, "PTH 40 on 2026-01-03, marked normal")
    assert bool(raised(on(*MAN, OLD, *facts), "labs-missing")) is abnormal


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ((OLD,), True),
        ((OLD, "palliative"), False),
        ((OLD, "motorcycle crash on 2025-01-15"), False),
        (("L1 fracture on 2025-01-15, sequela, stable burst",), False),
    ],
)
def test_the_panel_is_asked_for_after_a_fragility_fracture(facts, missing):
    assert bool(raised(on(*MAN, *facts), "labs-missing")) is missing


def test_the_panel_is_asked_for_at_any_age_where_there_was_no_force():
    assert raised(on("man of 40", OLD), "labs-missing") == ""
    assert raised(on("man of 40", OLD, "fall from standing on 2025-01-15"), "labs-missing")
