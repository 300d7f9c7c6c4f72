"""Grids generated from the knowledge itself: each date edge at -1, 0 and +1 day, each threshold on either side."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from smartapp.core.assessment import Assessment
from smartapp.core.dates import add_months, dates_as_read, months_between, near_date, us_date
from smartapp.core.derive import derive
from smartapp.core.states import Phase, Prone, State, UpperBack
from smartapp.core.thresholds import ThresholdName
from smartapp.knowledge import load, parse, texts
from tests.core.charts import chart

KNOWLEDGE = load()
DAY = timedelta(days=1)
ANCHORS = [date(2025, 6, 15), date(2025, 8, 31), date(2024, 11, 30), date(2024, 2, 29)]
MAN = ["man born 1955-01-15", "osteopenia"]


def assess(facts: list[str], today: date) -> Assessment:
    return derive(chart(facts, today), today, KNOWLEDGE)


def months_after(anchor: date, limit: ThresholdName) -> date:
    return add_months(anchor, KNOWLEDGE.whole(limit))


@pytest.mark.parametrize("anchor", ANCHORS)
@pytest.mark.parametrize(
    ("limit", "before", "from_then_on"),
    [
        (ThresholdName.INTERMEDIATE_FROM, Phase.INITIAL, Phase.INTERMEDIATE),
        (ThresholdName.ADVANCED_FROM, Phase.INTERMEDIATE, Phase.ADVANCED),
    ],
)
def test_phases_begin_on_the_day(anchor, limit, before, from_then_on):
    edge, facts = months_after(anchor, limit), [*MAN, f"L1 fracture on {anchor}, sequela"]
    assert [assess(facts, edge + DAY * n).effective_phase for n in (-1, 0, 1)] == [before, from_then_on, from_then_on]


@pytest.mark.parametrize("anchor", ANCHORS)
@pytest.mark.parametrize(
    ("limit", "more"),
    [(ThresholdName.STRICT_ALWAYS_BEFORE, []), (ThresholdName.STRICT_UNLESS_HEALED_BEFORE, ["osteoporosis"])],
)
def test_the_strict_window_ends_on_the_day(anchor, limit, more):
    edge, facts = months_after(anchor, limit), [*MAN, *more, f"L1 fracture on {anchor}, sequela"]
    found = [assess(facts, edge + DAY * n) for n in (-1, 0, 1)]
    for id_ in ("R1", "R2"):
        assert [f.restriction(id_).state for f in found] == [State.STRICT, State.MODIFY, State.MODIFY]
    assert found[0].restriction("R1").until == edge
    assert found[1].restriction("R1").until is None


@pytest.mark.parametrize("anchor", ANCHORS)
@pytest.mark.parametrize(
    ("limit", "before", "from_then_on"),
    [
        (ThresholdName.PRONE_CONDITIONAL_FROM, Prone.BLOCKED, Prone.CONDITIONAL),
        (ThresholdName.PRONE_ALLOWED_FROM, Prone.CONDITIONAL, Prone.ALLOWED),
    ],
)
def test_prone_gate_moves_on_the_day(anchor, limit, before, from_then_on):
    edge = anchor + DAY * KNOWLEDGE.whole(limit)
    facts = [*MAN, f"L1 fracture on {anchor}, routine healing"]
    found = [assess(facts, edge + DAY * n).gates for n in (-1, 0, 1)]
    assert [gates.prone for gates in found] == [before, from_then_on, from_then_on]
    opens = {name: (day, waits) for name, day, waits in found[0].opens}
    assert opens["prone"][0] == anchor + DAY * KNOWLEDGE.whole(ThresholdName.PRONE_ALLOWED_FROM)
    assert opens["resisted-upper-back"][0] == months_after(anchor, ThresholdName.ADVANCED_FROM)


@pytest.mark.parametrize("anchor", ANCHORS)
def test_stability_is_presumed_from_the_day(anchor):
    edge, facts = months_after(anchor, ThresholdName.PRESUMED_STABLE_FROM), [*MAN, f"L1 fracture on {anchor}"]
    found = [assess(facts, edge + DAY * n) for n in (-1, 0, 1)]
    assert [f.effective_phase for f in found] == [Phase.INITIAL, Phase.INTERMEDIATE, Phase.INTERMEDIATE]
    assert [f.has("confirm-stability") for f in found] == [True, False, False]
    assert [f.has("confirm-healing") for f in found] == [False, True, True]
    assert all(f.gates.prone is Prone.CONDITIONAL for f in found)


def edge_of(day: date, limit: ThresholdName) -> date:
    """The first day on which something of ``day`` is no longer recent: days and weeks, or months, after it."""
    threshold = KNOWLEDGE.thresholds[limit]
    return {
        "days": lambda: day + DAY * KNOWLEDGE.whole(limit),
        "weeks": lambda: day + DAY * 7 * KNOWLEDGE.whole(limit),
        "months": lambda: add_months(day, KNOWLEDGE.whole(limit)),
    }[threshold.unit]()


OLD = "L2 fracture on 2020-01-10, sequela"
SEEN = date(2025, 5, 20)


@pytest.mark.parametrize(
    ("limit", "fact", "code", "within", "on_edge"),
    [
        (ThresholdName.PAIN_RECENT_WITHIN, f"pain 5 of 10 on {SEEN}", "pain-hold", True, True),
        (ThresholdName.SYMPTOM_NEW_WITHIN, f"urinary retention on {SEEN}", "neuro-red-flag", True, True),
        (
            ThresholdName.REPORT_DANGER_WITHIN,
            f"spine report of {SEEN} states fracture nonunion",
            "nonunion",
            True,
            True,
        ),
        (ThresholdName.INFARCTION_WITHIN, f"heart attack on {SEEN}", "med-clearance", True, True),
        (ThresholdName.SURGERY_RECENT_WITHIN, f"fusion at cervical on {SEEN}", "recent-surgery", True, False),
        (ThresholdName.POSTPARTUM_FOR, f"postpartum on {SEEN}", "postpartum", True, False),
        (ThresholdName.DXA_STALE_AFTER, f"total hip T-score -1.5 on {SEEN}", "stale-dxa", False, False),
        (ThresholdName.VITD_STALE_AFTER, f"25-OH vitamin D 35 ng/mL on {SEEN}", "vitd-stale", False, False),
        (ThresholdName.READING_STALE_AFTER, f"BMI 17 on {SEEN}", "low-energy-availability", True, True),
        (ThresholdName.READING_STALE_AFTER, f"weight loss on {SEEN}", "low-energy-availability", True, True),
        (ThresholdName.READING_STALE_AFTER, f"alcohol 3 on {SEEN}", "alcohol-high", True, True),
        (ThresholdName.READING_STALE_AFTER, f"current smoker on {SEEN}", "tobacco", True, True),
        (
            ThresholdName.PREGNANCY_UNCLEAR_AFTER,
            f"pregnancy on {SEEN}, without clinical status",
            "pregnancy",
            True,
            True,
        ),
    ],
)
def test_recency_windows(limit, fact, code, within, on_edge):
    """``on_edge``: what holds on the day that lies exactly the window's length later."""
    edge = edge_of(SEEN, limit)
    found = [assess([*MAN, OLD, fact], edge + DAY * n).has(code) for n in (-1, 0, 1)]
    assert found == [within, on_edge, not within]


def test_surgery_alert_ends_after_its_months():
    facts = [*MAN, "L2 fracture on 2025-05-10, sequela", f"fusion at lumbar on {SEEN}"]
    edge = edge_of(SEEN, ThresholdName.SURGERY_ALERT_FOR)
    facts.append(f"attested surgeon clearance on {SEEN + DAY * 90}")
    assert [assess(facts, edge + DAY * n).has("post-fusion-clearance") for n in (-1, 0, 1)] == [True, False, False]


def test_surgery_opens_prone_work_on_the_day():
    cleared = f"attested surgeon clearance on {SEEN + DAY * 30}"
    facts = [*MAN, "L2 fracture on 2025-05-10, routine healing", f"fusion at lumbar on {SEEN}", cleared]
    edge = edge_of(SEEN, ThresholdName.SURGERY_PRONE_FROM)
    found = [assess(facts, edge + DAY * n).gates.prone for n in (-1, 0, 1)]
    assert found == [Prone.BLOCKED, Prone.ALLOWED, Prone.ALLOWED]


def test_refracture_from_the_day():
    days = KNOWLEDGE.whole(ThresholdName.REFRACTURE_FROM)
    today = date(2025, 9, 1)
    for later, expected in ((days - 1, False), (days, True), (days + 1, True)):
        facts = [*MAN, f"L1 fracture on {SEEN}", f"L1 fracture on {SEEN + DAY * later}"]
        assert assess(facts, today).has("possible-refracture") is expected
        facts = [*MAN, f"L1 fracture on {SEEN}", f"lumbar fracture on {SEEN + DAY * later}"]
        assert assess(facts, today).has("multiple-vf") is expected


def test_early_resolution_before_the_day():
    weeks = KNOWLEDGE.whole(ThresholdName.EARLY_RESOLUTION_BEFORE)
    for later, expected in ((7 * weeks - 1, True), (7 * weeks, False), (7 * weeks + 1, False)):
        facts = [*MAN, f"L1 fracture on {SEEN}, resolved {SEEN + DAY * later}"]
        assert assess(facts, date(2026, 1, 1)).has("early-resolved") is expected


def test_mechanism_belongs_within_its_days():
    days = KNOWLEDGE.whole(ThresholdName.MECHANISM_WITHIN)
    for later, expected in ((days - 1, True), (days, True), (days + 1, False), (-days, True), (-days - 1, False)):
        facts = [*MAN, f"L1 fracture on {SEEN}", f"motorcycle crash on {SEEN + DAY * later}"]
        assert assess(facts, date(2026, 1, 1)).has("high-energy") is expected


AGES = [
    (ThresholdName.ADULT_FROM_AGE, "man", "L1 fracture on 2026-02-01", lambda f: f.has("age-under-18"), True),
    (
        ThresholdName.T_SCORE_FROM_AGE,
        "man",
        "total hip T-score -2.7 on 2026-03-01",
        lambda f: f.has("osteoporosis"),
        False,
    ),
    (
        ThresholdName.CLINICAL_OSTEOPOROSIS_FROM_AGE,
        "woman",
        "osteopenia",
        lambda f: f.has("clinical-osteoporosis"),
        False,
    ),
]


@pytest.mark.parametrize(
    ("limit", "who", "fact", "holds", "below"), AGES, ids=lambda value: "holds" if callable(value) else str(value)[:30]
)
def test_ages_begin_on_the_birthday(limit, who, fact, holds, below):
    today, years = date(2026, 3, 1), KNOWLEDGE.whole(limit)
    for shift, expected in ((1, below), (0, not below), (-1, not below)):
        born = date(today.year - years, today.month, today.day) + DAY * shift
        found = assess([f"{who} born {born}", "L2 fracture on 2026-01-10", fact], today)
        assert holds(found) is expected, born


STEP = Decimal("0.01")
TODAY = date(2026, 3, 1)


def bmd(found: Assessment) -> str:
    return found.bone_density.cls if found.bone_density else ""


@pytest.mark.parametrize(
    ("limit", "fact", "seen", "below", "at", "above"),
    [
        (
            ThresholdName.T_OSTEOPOROSIS,
            "total hip T-score {} on 2026-01-01",
            bmd,
            "osteoporosis",
            "osteoporosis",
            "osteopenia",
        ),
        (ThresholdName.T_NORMAL, "total hip T-score {} on 2026-01-01", bmd, "osteopenia", "normal", "normal"),
        (ThresholdName.T_PLAUSIBLE, "total hip T-score {} on 2026-01-01", bmd, "normal", "normal", ""),
        (
            ThresholdName.VITD_SEVERE_BELOW,
            "25-OH vitamin D {} ng/mL on 2026-01-01",
            lambda f: f.vitamin_d.cls,
            "severely-deficient",
            "deficient",
            "deficient",
        ),
        (
            ThresholdName.VITD_DEFICIENT_BELOW,
            "25-OH vitamin D {} ng/mL on 2026-01-01",
            lambda f: f.vitamin_d.cls,
            "deficient",
            "insufficient",
            "insufficient",
        ),
        (
            ThresholdName.VITD_INSUFFICIENT_BELOW,
            "25-OH vitamin D {} ng/mL on 2026-01-01",
            lambda f: f.vitamin_d.cls,
            "insufficient",
            "target",
            "target",
        ),
        (
            ThresholdName.VITD_TARGET_TO,
            "25-OH vitamin D {} ng/mL on 2026-01-01",
            lambda f: f.vitamin_d.cls,
            "target",
            "target",
            "above-target",
        ),
        (
            ThresholdName.VITD_TOXIC_ABOVE,
            "25-OH vitamin D {} ng/mL on 2026-01-01",
            lambda f: f.vitamin_d.cls,
            "above-target",
            "above-target",
            "possible-toxicity",
        ),
        (
            ThresholdName.EGFR_CAUTION_BELOW,
            "eGFR {} on 2026-01-01",
            lambda f: f.has("calcium-caution"),
            True,
            False,
            False,
        ),
        (
            ThresholdName.CALCIUM_SERUM_HIGH_ABOVE,
            "calcium {} on 2026-01-01",
            lambda f: f.has("work-up-first"),  # PTH is not known: a tumor is excluded first (rule book 2a, RF10)
            False,
            False,
            True,
        ),
        (
            ThresholdName.BMI_LOW_BELOW,
            "BMI {} on 2026-01-01",
            lambda f: f.has("low-energy-availability"),
            True,
            False,
            False,
        ),
        (
            ThresholdName.ALCOHOL_ABOVE,
            "alcohol grams {} on 2026-01-01",
            lambda f: f.has("alcohol-high"),
            False,
            False,
            True,
        ),
        (
            ThresholdName.PAIN_PERMITS_TO,
            "pain {} of 10 on 2026-02-28",
            lambda f: f.has("pain-hold"),
            False,
            False,
            True,
        ),
        (
            ThresholdName.PAIN_SEVERE_FROM,
            "pain {} of 10 on 2026-02-28",
            lambda f: f.effective_phase,
            Phase.ADVANCED,
            Phase.INITIAL,
            Phase.INITIAL,
        ),
    ],
    ids=lambda value: str(value) if isinstance(value, ThresholdName) else "",
)
def test_thresholds_on_either_side(limit, fact, seen, below, at, above):
    value = KNOWLEDGE.number(limit)
    found = [seen(assess([*MAN, OLD, fact.format(value + STEP * n)], TODAY)) for n in (-1, 0, 1)]
    assert found == [below, at, above]


def test_z_score_on_either_side():
    value = KNOWLEDGE.number(ThresholdName.Z_BELOW_EXPECTED)
    facts = ["man of 40", "L2 fracture on 2020-01-10, sequela"]
    found = [bmd(assess([*facts, f"total hip Z-score {value + STEP * n} on 2026-01-01"], TODAY)) for n in (-1, 0, 1)]
    assert found == ["below-expected-range", "below-expected-range", "within-expected-range"]


def test_pain_that_undoes_presumed_stability():
    value = KNOWLEDGE.number(ThresholdName.PAIN_UNSTABLE_FROM)
    facts = [*MAN, "L2 fracture on 2020-01-10"]
    found = [
        assess([*facts, f"pain {value + STEP * n} of 10 on 2026-02-28"], TODAY).effective_phase for n in (-1, 0, 1)
    ]
    assert found == [Phase.INTERMEDIATE, Phase.INITIAL, Phase.INITIAL]


def test_pain_that_permits_resistance_on_the_upper_back():
    value = KNOWLEDGE.number(ThresholdName.PAIN_PERMITS_TO)
    facts = [*MAN, OLD, "attested fragility resolved on 2026-02-01"]
    found = [assess([*facts, f"pain {value + STEP * n} of 10 on 2026-02-28"], TODAY).gates for n in (-1, 0, 1)]
    assert [gates.upper_back for gates in found] == [UpperBack.ELIGIBLE, UpperBack.ELIGIBLE, UpperBack.PENDING]


@pytest.mark.parametrize(
    ("limit", "site", "more"),
    [
        (ThresholdName.LSC_TOTAL_HIP, "total hip", ""),
        (ThresholdName.LSC_FEMORAL_NECK, "femoral neck", ""),
        (ThresholdName.LSC_LUMBAR_SPINE, "lumbar spine", ", L3-L4"),
    ],
)
def test_least_significant_change_on_either_side(limit, site, more):
    percent = KNOWLEDGE.number(limit)
    for shift, expected in ((-STEP, "prohibited"), (Decimal(0), "clinician-decision"), (STEP, "clinician-decision")):
        gained = Decimal("0.800") * (1 + (percent + shift) / 100)
        facts = [
            *MAN,
            OLD,
            f"{site} density 0.800 on 2021-01-01, scanner A{more}",
            f"{site} density {gained:f} on 2026-01-01, scanner A{more}",
        ]
        assert assess(facts, TODAY).gates.impact == expected


def test_a_site_threshold_moves_the_edge_and_is_shown():
    site = '["pain.severe-from"]\nvalue = 8\nreason = "Local protocol."\n'
    knowledge = parse(texts(), site)
    facts = chart([*MAN, OLD, "pain 7 of 10 on 2026-02-28"], TODAY)
    assert derive(facts, TODAY, KNOWLEDGE).effective_phase is Phase.INITIAL
    found = derive(facts, TODAY, knowledge)
    assert found.effective_phase is Phase.ADVANCED
    assert len(found.site_changes) == 1
    assert "8" in found.site_changes[0]
    assert "7 as delivered" in found.site_changes[0]
    assert found.knowledge_version != KNOWLEDGE.version


# Limits no edge above is generated from, each with the test or part that uses it.
ELSEWHERE = {
    ThresholdName.CHILDHOOD_BEFORE_AGE,  # test_derive.py
    ThresholdName.CHILDHOOD_OLDER_THAN,
    ThresholdName.VITD_DOSE_LOW,  # texts of the plan
    ThresholdName.VITD_DOSE_HIGH,
    ThresholdName.CALCIUM_BASE,  # test_derive.py
    ThresholdName.CALCIUM_OLDER,
    ThresholdName.CALCIUM_OLDER_MEN_FROM_AGE,
    ThresholdName.CALCIUM_OLDER_WOMEN_FROM_AGE,
    ThresholdName.PRESUMED_HEALED_FROM,
    ThresholdName.QUIET_WITHIN,
    ThresholdName.HEALED_LONG_FROM,  # tests/cases/red-flags and tests/cases/pain, a case on each side
    ThresholdName.PAIN_VERY_SEVERE_FROM,
    ThresholdName.PAIN_RISE,
    ThresholdName.PAIN_RISE_APART,
    ThresholdName.PAIN_RISE_WITHIN,
    ThresholdName.PAIN_RISE_AFTER,
    ThresholdName.NEW_PAIN_AFTER,
    ThresholdName.NEW_PAIN_WITHIN,
    ThresholdName.PAIN_OFF_COURSE_FROM,
    ThresholdName.NSAID_FROM_AGE,  # tests/cases/medicines
    ThresholdName.PAIN_LEAP_FROM,
    ThresholdName.HEIGHT_LOSS_FROM,
    ThresholdName.OCCIPUT_RISE_FROM,
    ThresholdName.WEAKNESS_BESIDE_WITHIN,
    ThresholdName.FEVER_WITHIN,
    ThresholdName.INFLAMMATION_WITHIN,
    ThresholdName.INFLAMMATION_AFTER,
    ThresholdName.CANCER_TREATMENT_WITHIN,
    ThresholdName.SOFT_SIGNS_FROM,
    ThresholdName.ATYPICAL_TO_LEVEL,
    ThresholdName.SUDDEN_PAIN_WITHIN,
    # tests/cases/medicines and tests/cases/whole-patient, a case on each side
    ThresholdName.DENOSUMAB_DUE,
    ThresholdName.DENOSUMAB_LATE_FROM,
    ThresholdName.REBOUND_FROM,
    ThresholdName.REBOUND_TO,
    ThresholdName.REBOUND_HOLD_FOR,
    ThresholdName.ZOLEDRONATE_DUE,
    ThresholdName.ZOLEDRONATE_LATE_FROM,
    ThresholdName.ZOLEDRONATE_YEARLY_FROM,  # T1305-T1309
    ThresholdName.TREATMENT_UNKNOWN_AFTER,
    ThresholdName.TREATMENT_FAILED_FROM,
    # T700-T739, a case on each side
    ThresholdName.HEIGHT_LOSS_SEVERE,
    ThresholdName.KYPHOSIS_SEVERE,
    ThresholdName.CANAL_LOSS_SEVERE,
    ThresholdName.COLLAPSE_PROGRESS_FROM,  # test_report_findings.py
    ThresholdName.PARS_NEW_WITHIN,
    ThresholdName.CLUSTER_WITHIN,
    # T760-T799, a case on each side
    ThresholdName.ANABOLIC_LONGEST,
    ThresholdName.ROMOSOZUMAB_LONGEST,
    ThresholdName.ROMOSOZUMAB_EVENT_WITHIN,
    ThresholdName.THIGH_PAIN_FROM,
    ThresholdName.CALCIUM_SERUM_LOW_BELOW,
    ThresholdName.LAB_WITHIN,
    ThresholdName.LAB_SLOW_WITHIN,
    ThresholdName.LAB_SIGN_WITHIN,
    ThresholdName.CRP_ABOVE,
    ThresholdName.ESR_ABOVE,
    ThresholdName.ESR_SIGN_ABOVE,
    ThresholdName.HEMOGLOBIN_MEN_BELOW,
    ThresholdName.HEMOGLOBIN_WOMEN_BELOW,
    ThresholdName.M_PROTEIN_FROM,
    ThresholdName.LIGHT_CHAINS_BELOW,
    ThresholdName.LIGHT_CHAINS_ABOVE,
    ThresholdName.LIGHT_CHAINS_KIDNEY_BELOW,
    ThresholdName.LIGHT_CHAINS_KIDNEY_ABOVE,
    ThresholdName.LIGHT_CHAINS_EGFR_BELOW,
    ThresholdName.PSA_ABOVE,
    ThresholdName.PSA_RISE,
    ThresholdName.TESTOSTERONE_BELOW,
    ThresholdName.TSH_BELOW,
    ThresholdName.RISK_FRACTURE_WITHIN,
    ThresholdName.RISK_T_SCORE,
    ThresholdName.RISK_PROBABILITY_FROM,
    ThresholdName.RISK_HIP_PROBABILITY_FROM,  # T1300-T1339, a case on each side, and what follows
    ThresholdName.OPERATION_LIMITS_FOR,
    ThresholdName.PLANNED_WITHIN,
    ThresholdName.FRACTURE_LIMITS_FOR,
    ThresholdName.FRACTURE_ASKED_TO,
    ThresholdName.ORDER_HOLDS_FOR,
    ThresholdName.ORDER_NEVER_BEYOND,
    ThresholdName.LIMIT_NEW_WITHIN,
    ThresholdName.PRESSURE_STOP_SYSTOLIC,
    ThresholdName.PRESSURE_STOP_DIASTOLIC,
    ThresholdName.PRESSURE_REVIEW_SYSTOLIC,
    ThresholdName.PRESSURE_REVIEW_DIASTOLIC,
    ThresholdName.PRESSURE_ALONE_WITHIN,
    ThresholdName.PRESSURE_TWICE_WITHIN,
    ThresholdName.PRESSURE_DROP,
    ThresholdName.SATURATION_BELOW,
    ThresholdName.SATURATION_WITHIN,
    ThresholdName.FEVER_AT,
    ThresholdName.FALLS_HIGH_FROM,
    ThresholdName.FALLS_WITHIN,
    ThresholdName.FALLS_INDEX_WITHIN,
    ThresholdName.TUG_SLOW_FROM,
    ThresholdName.MORSE_HIGH_FROM,
    ThresholdName.FALL_HISTORY_WITHIN,  # T1310-T1330
    ThresholdName.STAY_INDEPENDENT_FROM,
    ThresholdName.TANDEM_BELOW,
    ThresholdName.PLATELETS_BELOW,
    ThresholdName.THORACIC_CURVE_FROM,
    ThresholdName.TEST_WITHIN,
    ThresholdName.ANEURYSM_LARGE_FROM,
    ThresholdName.FRAX_MAJOR_FROM,
    ThresholdName.FRAX_HIP_FROM,
    ThresholdName.ALCOHOL_FRAX_FROM,
    ThresholdName.GRAMS_PER_DRINK,
}


def test_every_threshold_has_an_edge_here_or_elsewhere():
    from pathlib import Path

    text = Path(__file__).read_text(encoding="utf-8")
    used = {limit for limit in ThresholdName if f"ThresholdName.{limit.name}" in text.split("ELSEWHERE = {")[0]}
    assert used | ELSEWHERE == set(ThresholdName)
    assert not used & ELSEWHERE


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2025-11-30", "2026-02-28", 3),
        ("2025-11-30", "2026-02-27", 2),
        ("2026-03-01", "2025-03-01", 0),
        ("2025-03-01", "2026-03-01", 12),
    ],
)
def test_completed_months(first, last, months):
    assert months_between(date.fromisoformat(first), date.fromisoformat(last)) == months


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Not before 2026-03-01.", "Not before Mar 1, 2026."),
        ("2024-11 to 2026-12-31", "Nov 2024 to Dec 31, 2026"),
        ("(2025-10-12)", "(Oct 12, 2025)"),
        ("Of 2026-02-20: “compared with 2025-11-02”.", "Of Feb 20, 2026: “compared with 2025-11-02”."),
        ("“stable 2026-01” (2026-01-05)", "“stable 2026-01” (Jan 5, 2026)"),
        *((same, same) for same in (
            "2026-13-01", "2026-00", "2026-03-32", "Condition/f-2026-03-01", "2026-03-01T12:00:00Z", "12026-03-01",
            "LOINC 38265-5", "30-60 min", "2026-03-01-a", "1899-03-01", "x.2026-03-01",
        )),
    ],
)  # fmt: skip
def test_a_date_of_a_sentence_is_read_as_us_english_writes_it(written, read):
    assert dates_as_read(written) == read


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 5, 29), "May 29"), (date(2026, 8, 30), "Aug 30"), (date(2026, 8, 31), "Aug 31, 2026"),
        (date(2025, 8, 31), "Aug 31"), (date(2025, 8, 30), "Aug 30, 2025"),
    ],
)  # fmt: skip
def test_the_year_is_left_out_within_half_a_year(day, written):
    assert near_date(day, date(2026, 3, 1)) == written


def test_a_day_as_us_english_writes_it():
    assert us_date(date(2026, 11, 28)) == "Nov 28, 2026"
