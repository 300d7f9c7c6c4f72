"""What speaks against the next dose, what must follow a course, drugs that make falls likelier, and how likely the next
fracture is (rule book 2a, TX6, TX9, TX11-TX13, TX17)."""

import re
from datetime import date

import pytest

from smartapp.core.assessment import Alert, Assessment
from smartapp.core.derive import derive
from smartapp.core.states import Severity
from smartapp.knowledge import load
from tests.core.charts import chart

TODAY = date(2026, 3, 1)
MAN = ("man of 70", "osteopenia")
OLD = "L1 fracture on 2025-01-15, sequela"
DENOSUMAB = "takes denosumab since 2025-06-01, last dose on 2025-12-01"
TERIPARATIDE = "takes teriparatide since 2025-06-01"
ROMOSOZUMAB = "takes romosozumab since 2025-06-01"


def on(*facts: str, who=MAN) -> Assessment:
    return derive(chart((*who, OLD, *facts), TODAY), TODAY, load())


def line(found: Assessment, code: str) -> Alert | None:
    return next((a for a in found.alerts if a.code == code), None)


def severity(found: Assessment, code: str) -> Severity | None:
    alert = line(found, code)
    return alert.severity if alert else None


REVIEW, INFO = Severity.REVIEW, Severity.INFO


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (("jaw necrosis",), REVIEW),
        (("jaw necrosis, resolved",), REVIEW),
        (("jaw necrosis, unconfirmed",), REVIEW),
        (("jaw inflammation",), None),
        (("jaw inflammation", DENOSUMAB), REVIEW),
        (("jaw inflammation", f"{DENOSUMAB}, stopped"), REVIEW),  # the last dose decides, not the order
        (("jaw inflammation", "takes alendronate since 2025-01-01, stopped"), None),
        (("jaw inflammation", TERIPARATIDE), None),
        (("atypical femur fracture",), REVIEW),
        (("thigh pain",), None),
        (("thigh pain", "takes alendronate since 2020-01-01"), REVIEW),
        (("thigh pain", "takes alendronate"), REVIEW),  # for how long is not known
        (("thigh pain", "takes alendronate since 2025-01-01"), None),
        (("thigh pain", "takes alendronate since 2020-01-01, stopped"), None),
        (("thigh pain, resolved", "takes alendronate since 2020-01-01"), None),
        (("alkaline phosphatase 30 on 2026-01-01, marked low",), INFO),
        (("alkaline phosphatase 30 on 2026-01-01, marked low", DENOSUMAB), REVIEW),
        (("alkaline phosphatase 30 on 2026-01-01", DENOSUMAB), None),
        (("calcium 7.9 on 2026-01-01",), None),
        (("calcium 7.9 on 2026-01-01", DENOSUMAB), REVIEW),
        (("calcium 8.6 on 2026-01-01, marked low", DENOSUMAB), REVIEW),
        (("calcium 8.2 on 2026-01-01, marked normal", DENOSUMAB), None),
        (("calcium 8.2 on 2026-01-01", "albumin 3.2 on 2026-01-01", DENOSUMAB), None),  # 8.84 corrected
        (("calcium 8.7 on 2026-01-01", "albumin 4.6 on 2026-01-01", DENOSUMAB), REVIEW),  # 8.22 corrected
        (("calcium 7.9 on 2024-01-01", DENOSUMAB), None),
        (("hypocalcaemia", DENOSUMAB), REVIEW),
        (("hypocalcaemia", "takes alendronate since 2025-01-01"), None),
        (("25-OH vitamin D 19 ng/mL on 2026-01-01", "takes zoledronic acid since 2025-06-01"), REVIEW),
        (("25-OH vitamin D 20 ng/mL on 2026-01-01", "takes zoledronic acid since 2025-06-01"), None),
        (("jaw necrosis", "palliative"), None),
    ],
)
def test_cautions(facts, expected):
    assert severity(on(*facts), "drug-caution") is expected


def test_pain_in_the_thigh_holds_the_loading_of_the_leg():
    held = on("thigh pain", "takes alendronate since 2020-01-01")
    (limit,) = (c for c in held.constraints if c.id == "WP8")
    assert {"E11", "E45"} <= set(limit.keeps)
    assert "E20" in limit.removes
    assert held.track == "chair"
    assert not any(c.id == "WP8" for c in on("jaw necrosis", "takes alendronate since 2020-01-01").constraints)
    beside = on("thigh pain", "takes alendronate since 2020-01-01", "alkaline phosphatase 30 on 2026-01-01, marked low")
    assert any(c.id == "WP8" for c in beside.constraints)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((TERIPARATIDE,), None),
        (("takes teriparatide since 2023-06-01",), INFO),
        (("takes teriparatide since 2023-06-01, stopped",), INFO),
        (("takes teriparatide since 2023-06-01", DENOSUMAB), None),
        (("takes teriparatide since 2023-06-01", "takes alendronate since 2022-01-01"), INFO),
        ((ROMOSOZUMAB,), None),
        (("takes romosozumab since 2024-06-01",), INFO),
        ((ROMOSOZUMAB, "heart attack on 2025-09-01"), REVIEW),
        ((ROMOSOZUMAB, "stroke on 2025-09-01"), REVIEW),
        ((ROMOSOZUMAB, "stroke"), REVIEW),
        ((ROMOSOZUMAB, "stroke on 2020-01-01"), None),
        ((f"{ROMOSOZUMAB}, stopped", "stroke on 2025-09-01"), None),
        ((TERIPARATIDE, "irradiation history"), REVIEW),
        ((ROMOSOZUMAB, "irradiation history"), None),
        ((TERIPARATIDE, "takes letrozole", "attested malignancy excluded on 2026-02-01"), REVIEW),
        (("takes letrozole", "attested malignancy excluded on 2026-02-01"), None),
    ],
)
def test_courses(facts, expected):
    assert severity(on(*facts), "drug-sequence") is expected


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (("takes teriparatide since 2023-06-01",), "teriparatide since 2023-06-01. Course ends 2025-06-01."),
        ((TERIPARATIDE, "irradiation history"), "teriparatide; irradiation history."),
        ((ROMOSOZUMAB, "stroke on 2025-09-01"), "romosozumab; stroke, 2025-09-01."),
        ((ROMOSOZUMAB, "heart attack"), "romosozumab; heart attack, no date."),
    ],
)
def test_a_course_names_what_it_meets(facts, why):
    found = on(*facts)
    (asked,) = (a for a in found.alerts if a.code == "drug-sequence")
    assert asked.reason.text == why
    assert {source.display for source in asked.reason.sources} == set(facts)


def test_twelve_doses_end_a_course_of_romosozumab():
    months = [f"2025-{month:02}-10" for month in range(6, 13)]
    doses = [f"takes romosozumab, last dose on {day}" for day in (*months, "2026-01-10", "2026-02-10")]
    more = [f"takes romosozumab, last dose on 2025-{month:02}-11" for month in (6, 7, 8)]
    assert [t.state for t in on(*doses).treatment] == ["on"]
    assert [t.state for t in on(*doses, *more).treatment] == ["finished"]
    assert severity(on(*doses, *more), "drug-sequence") is INFO


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        (("ckd 4 5",), "Kidney bone disease is possible."),
        (("ckd 3",), ""),
        (("eGFR 29 on 2026-01-01",), "Kidney bone disease is possible."),
        (("eGFR 29 on 2020-01-01",), "Kidney bone disease is possible."),
        (("eGFR 29 on 2025-01-01", "eGFR 55 on 2026-01-01"), ""),
        (("dialysis", DENOSUMAB), "Kidney bone disease is possible, and denosumab is on record: calcium can fall far."),
        (("dialysis", "palliative"), ""),
    ],
)
def test_kidney(facts, text):
    found = line(on(*facts), "ckd-mbd")
    assert (found.text if found else "") == text


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        (("takes oxycodone",), ["oxycodone"]),
        (("takes oxycodone, stopped",), []),
        (("takes lisinopril", "takes amlodipine"), []),
        (("takes lisinopril", "falls"), []),
        (("takes lisinopril", "takes amlodipine", "falls"), ["lisinopril", "amlodipine"]),
        (("takes lisinopril", "takes amlodipine", "orthostatic hypotension"), ["lisinopril", "amlodipine"]),
        (("takes oxycodone", "takes lisinopril", "falls"), ["oxycodone"]),
    ],
)
def test_drugs_that_make_falls_likelier(facts, named):
    found = line(on(*facts), "fall-drugs")
    assert (found.reason.text if found else "") == (f"On record: {', '.join(named)}." if named else "")


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ((), ""),
        (("L3 fracture on 2025-08-01",), "more than one vertebral fracture"),
        (("L3 fracture on 2025-08-01",), "a vertebral fracture of 2025-08-01"),
        (("takes denosumab since 2024-01-01, last dose on 2025-12-01",), "a fracture on denosumab"),
        (("takes prednisolone",), "glucocorticoids beside a fracture"),
        (("fracture hip femur on 2020-01-01, resolved",), "fractures of hip and spine"),
        (("total hip T-score -3.2 on 2025-12-01",), "T-score -3.2"),
        (("FRAX 31 % on 2025-12-01",), "FRAX 31 %"),
    ],
)
def test_what_makes_the_risk_very_high(facts, why):
    found = line(on(*facts), "very-high-risk")
    assert why in found.reason.text if why else found is None


@pytest.mark.parametrize(
    ("who", "facts"),
    [
        (("man of 40", "osteopenia"), ()),
        (("man of 0", "osteopenia"), ()),
        (MAN, ("palliative",)),
        (MAN, ("motorcycle crash on 2025-08-01",)),
        (MAN, ("active cancer", "attested malignancy excluded on 2020-01-01")),
    ],
)
def test_where_the_risk_is_not_judged(who, facts):
    assert line(on("L3 fracture on 2025-08-01", *facts, who=who), "very-high-risk") is None


def test_of_a_man_the_risk_says_where_the_evidence_is_from():
    facts = ("L3 fracture on 2025-08-01",)
    assert "mostly in women" in line(on(*facts), "very-high-risk").text
    assert "mostly in women" not in line(on(*facts, who=("woman of 70", "osteopenia")), "very-high-risk").text


def test_a_fracture_probability_is_shown_and_lowers_nothing():
    low, high = (line(on(f"FRAX {value} % on 2026-01-01"), "fracture-probability") for value in ("8", "24"))
    assert low.reason.text == "FRAX 8 % (major fracture), 2026-01-01."
    assert "treat" in high.text and "treat" not in low.text
    assert "never lowers the risk" in low.text


@pytest.mark.parametrize("facts", [(DENOSUMAB,), ("takes denosumab since 2023-01-01, last dose on 2025-05-01",)])
def test_nobody_is_asked_to_think_of_a_first_drug_while_one_is_on_record(facts):
    found = on("osteoporosis", "L3 fracture on 2026-01-20", *facts)
    said = " ".join(f"{a.text} {a.action}".lower() for a in found.alerts)
    assert "evaluate for drug therapy" not in said
    assert line(found, "treatment-gap") is None


def test_no_alert_names_a_dose():
    """AS-B6: neither the words of an alert nor its variants; of vitamin D the seed itself names one (S32)."""
    for row in (row for row in load().alerts.values() if not row.code.startswith("vitd-")):
        for words in (row.words, *row.variants.values()):
            said = f"{words.text} {words.action} {row.treated}"
            assert not re.search(r"\d\s?(mg|µg|mcg|IU|units|mL)\b", said), row.code
