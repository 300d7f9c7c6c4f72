"""Details of the derivation that a case file does not show: anchors, openings, uncertainty, trace, gaps."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from smartapp.core.assessment import Assessment
from smartapp.core.chart import Chart, Diagnosis, Patient, Source
from smartapp.core.concepts import Concept
from smartapp.core.dates import Precision, When, add_months, age_on
from smartapp.core.derive import derive
from smartapp.core.derive.phase import PhaseInputs, phase_of
from smartapp.core.fracture_coding import FractureCoding, Region
from smartapp.core.plan import plan
from smartapp.core.states import Healing, Phase, State
from smartapp.knowledge import load
from tests.core.charts import chart

TODAY = date(2026, 3, 1)
KNOWLEDGE = load()
MAN = ["man of 70", "osteopenia"]


def assess(*facts: str) -> Assessment:
    return derive(chart([*MAN, *facts], TODAY), TODAY, KNOWLEDGE)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(2026, 1, 31), -2, date(2025, 11, 30)),
        (date(2026, 1, 31), 12, date(2027, 1, 31)),
    ],
)
def test_months_clamp_to_month_end(day, months, expected):
    assert add_months(day, months) == expected


def test_age_counts_completed_years_of_the_youngest_reading():
    assert age_on(When.day(date(1956, 3, 1)), TODAY) == 70
    assert age_on(When.day(date(1956, 3, 2)), TODAY) == 69
    assert age_on(When(date(1956, 1, 1), date(1956, 12, 31), Precision.YEAR), TODAY) == 69
    assert age_on(When.day(date(1956, 2, 29)), date(2026, 2, 28)) == 69


ANCHORS = [
    ("L1 fracture on 2025-10-05", "2025-10-05", "2025-10-05", "onset"),
    ("L1 fracture on 2025-10", "2025-10-31", "2025-10-01", "onset-partial"),
    ("L1 fracture on 2025-10, recorded 2025-10-12", "2025-10-12", "2025-10-01", "onset-partial"),
    ("L1 fracture on 2026", "2026-03-01", "2026-01-01", "onset-partial"),
    ("L1 fracture, recorded 2025-10-12", "2025-10-12", "2025-10-12", "recorded"),
    ("L1 fracture, seen 2025-10-12", "2025-10-12", "2025-10-12", "encounter"),
    ("L1 fracture on 2025-10-05, recorded 2025-09-01", "2025-10-05", "2025-10-05", "onset"),
]


@pytest.mark.parametrize(("fact", "day", "earliest", "rule"), ANCHORS)
def test_anchor_ladder(fact, day, earliest, rule):
    anchor = assess(fact).anchor
    assert (str(anchor.day), str(anchor.earliest), anchor.rule) == (day, earliest, rule)
    assert anchor.source.reference == "Fact/3"
    assert anchor.reason.sources == (anchor.source,)


def test_anchor_of_a_procedure():
    found = assess(
        "L1 fracture on 2025-11-01", "kyphoplasty at lumbar on 2026-01-25", "kyphoplasty at lumbar on 2026-01-25"
    )
    assert (found.anchor.day, found.anchor.rule) == (date(2026, 1, 25), "augmentation")
    assert assess("L1 fracture on 2025-11-01", "fixation at lumbar on 2026-01-25").anchor.rule == "surgery"
    undated = assess("L1 fracture on 2025-11-01", "fixation at lumbar")
    assert (undated.anchor.day, undated.anchor.rule) == (TODAY, "reset-date-unknown")
    future = assess("L1 fracture on 2025-11-01", "fixation at lumbar on 2026-06-01")
    assert (future.anchor.day, future.anchor.rule) == (TODAY, "reset-date-unknown")


def test_an_earlier_follow_up_dates_a_fracture_only_without_a_better_record():
    assert assess("L1 fracture, routine healing, recorded 2025-11-01").anchor.rule == "recorded"
    both = assess(
        "L1 fracture, routine healing, recorded 2025-06-01", "L1 fracture, initial encounter, recorded 2025-11-01"
    )
    assert both.anchor.day == date(2025, 11, 1)
    onset = assess("L1 fracture, initial encounter", "L1 fracture on 2025-11-05, routine healing")
    assert onset.anchor.day == date(2025, 11, 5)


def test_no_anchor_without_a_date():
    found = assess("L1 fracture")
    assert found.anchor is None
    assert found.fracture.reference == "Fact/3"
    assert found.calendar_phase is found.effective_phase is Phase.INITIAL
    assert found.would_change == "The day of the fracture."
    assert found.alternatives[0].calendar_phase is None
    assert "fracture-onset" in [gap.concept for gap in found.gaps]
    assert "missing" in found.deciding[0].text


def test_governing_fracture_is_the_newest_not_healed():
    found = assess("L1 fracture on 2025-06-01", "L4 fracture on 2026-01-25, sequela", "L3 fracture on 2025-08-01")
    assert found.levels == {"L3"}
    assert found.anchor.day == date(2025, 8, 1)
    assert found.healing is Healing.UNKNOWN
    assert len(found.fractures) == 3
    all_healed = assess("L1 fracture on 2025-06-01, sequela", "L4 fracture on 2026-01-25, sequela")
    assert all_healed.levels == {"L4"}


def test_another_fracture_holds_the_phase_and_says_so():
    found = assess("L1 fracture on 2025-04-01, routine healing", "L4 fracture on 2026-01-25, sequela")
    assert (found.calendar_phase, found.effective_phase) == (Phase.ADVANCED, Phase.INITIAL)
    assert "Another fracture at L4" in found.phase_reason.text
    older = assess("L1 fracture on 2025-04-01, delayed healing", "L4 fracture on 2025-09-25, routine healing")
    assert older.levels == {"L4"}
    assert (older.calendar_phase, older.effective_phase) == (Phase.INTERMEDIATE, Phase.INITIAL)
    assert older.phase_reason.rule == "cap.delayed-healing"


def test_until_names_the_day_a_restriction_changes_by_itself():
    healed = assess("L1 fracture on 2026-01-10, sequela")
    until = {r.id: r.until for r in healed.restrictions}
    assert until["R1"] == until["R2"] == date(2026, 7, 10)
    assert until["R8"] == date(2026, 4, 10)
    assert until["R9"] == date(2026, 7, 10)
    assert until["R3"] is until["R4"] is until["R5"] is until["R10"] is None
    unknown = assess("L1 fracture on 2026-01-10")
    until = {r.id: r.until for r in unknown.restrictions}
    assert until["R1"] == date(2027, 1, 10)
    assert until["R8"] is until["R9"] is None
    imprecise = assess("L1 fracture on 2025, sequela")
    assert imprecise.restriction("R1").until == date(2026, 12, 31)
    assert "imprecise" in imprecise.restriction("R1").reason.text


def test_uncleared_surgery_and_undated_fractures_keep_the_strict_window_without_end():
    for facts in (("L1 fracture on 2024-01-10, sequela", "fusion at lumbar on 2024-02-10"), ("L1 fracture, sequela",)):
        found = assess(*facts)
        assert found.restriction("R1").state is State.STRICT
        assert found.restriction("R1").until is None


def test_three_facts_decided_and_one_would_change_it():
    found = assess("L1 fracture on 2025-10-05", "pain 2 of 10 on 2026-02-20")
    assert [reason.rule for reason in found.deciding] == ["anchor.onset", "healing.seventh-character", "pain.current"]
    assert found.would_change == "Proof that the fracture is stable would raise the phase."
    assert found.phase_reason.rule == "cap.stability-unknown"
    assert [(a.fact, a.effective_phase) for a in found.alternatives] == [
        ("healing: if a clinician confirmed that the fracture is stable", Phase.INTERMEDIATE),
        ("healing: if the fracture has healed", Phase.INTERMEDIATE),
    ]
    operated = assess("L1 fracture on 2025-10-05, routine healing", "fusion at lumbar on 2025-10-08")
    assert operated.deciding[2].rule == operated.phase_reason.rule == "cap.surgery"
    assert operated.phase_reason.sources[0].reference == "Fact/4"
    painful = assess("L1 fracture on 2025-10-05, routine healing", "pain 8 of 10 on 2026-02-20")
    assert painful.would_change == "A pain score below 7 would raise the phase."


def test_the_calendar_may_be_what_changes_next():
    routine = assess("L1 fracture on 2025-12-20, routine healing")
    assert routine.would_change == "Time: from 2026-03-20 the phase is intermediate."
    unknown = assess("L1 fracture on 2025-12-20")
    assert unknown.would_change == (
        "From 2026-03-20 the intermediate phase is possible by time since fracture; "
        "it also needs proof that the fracture is stable."
    )
    done = assess("L1 fracture on 2024-12-20, sequela")
    assert done.would_change.startswith("A new fracture")
    assert done.phase_reason is None
    assert done.alternatives == ()


def test_the_other_reading_of_an_uncertain_day():
    imprecise = assess("L1 fracture on 2025-12, routine healing")
    first = imprecise.alternatives[0]
    assert first.fact == "day of the fracture: if it happened on 2025-12-01"
    assert (first.calendar_phase, first.effective_phase) == (Phase.INTERMEDIATE, Phase.INTERMEDIATE)
    precise_enough = assess("L1 fracture on 2025-10, routine healing")
    assert precise_enough.alternatives[0].changes == "Nothing changes."
    recorded = assess("L1 fracture, routine healing, recorded 2026-01-20")
    assert recorded.alternatives[0].fact == "day of the fracture: if it happened on 2025-12-01 or before"
    assert recorded.alternatives[0].calendar_phase is Phase.INTERMEDIATE
    long_ago = assess("L1 fracture, sequela, recorded 2024-01-20")
    assert long_ago.alternatives == ()


@pytest.mark.parametrize("status", list(Healing))
def test_the_table_of_healing_is_total(status):
    inputs = PhaseInputs(date(2025, 6, 1), status)
    expected = {
        Healing.UNKNOWN: Phase.INITIAL,
        Healing.ROUTINE: Phase.INTERMEDIATE,
        Healing.STABLE: Phase.INTERMEDIATE,
        Healing.HEALED: Phase.ADVANCED,
        Healing.MALUNION: Phase.INTERMEDIATE,
        Healing.DELAYED: Phase.INITIAL,
        Healing.NONUNION: Phase.INITIAL,
    }
    assert phase_of(inputs, TODAY, KNOWLEDGE).effective is expected[status]


def test_a_new_fracture_undoes_presumed_stability():
    day = date(2024, 6, 1)
    assert phase_of(PhaseInputs(day, Healing.UNKNOWN), TODAY, KNOWLEDGE).effective is Phase.INTERMEDIATE
    assert phase_of(PhaseInputs(day, Healing.UNKNOWN, newer_fracture=True), TODAY, KNOWLEDGE).effective is Phase.INITIAL


def test_gates_say_what_they_wait_for():
    fresh = assess("L1 fracture on 2026-02-10")
    opens = {name: (day, waits) for name, day, waits in fresh.gates.opens}
    assert opens["prone"] == (date(2026, 2, 10) + timedelta(days=84), "day 42, then day 84 and proof of stability")
    assert opens["resisted-upper-back"][0] == opens["high-impact"][0] == date(2026, 8, 10)
    advanced = assess("L1 fracture on 2024-02-10, sequela", "pain 5 of 10 on 2026-02-20")
    opens = {name: (day, waits) for name, day, waits in advanced.gates.opens}
    assert "prone" not in opens
    assert opens["resisted-upper-back"] == (
        None,
        "a clinician's word that fragility has resolved and pain of 3 or less",
    )
    assert opens["high-impact"][1] == "better bone density on the same scanner"
    refused = assess("L1 fracture on 2026-02-10", "cauda equina")
    assert {waits for _, _, waits in refused.gates.opens} == {"a prescription from this app"}


def test_the_trace_tells_what_fired_and_what_nearly_did():
    found = assess("L1 fracture on 2025-10-05, routine healing", "25-OH vitamin D 34 ng/mL on 2026-02-01")
    fired = {line.rule for line in found.trace if line.fired}
    nearly = {line.rule for line in found.trace if not line.fired}
    assert {"anchor.onset", "healing", "alert.clinical-osteoporosis"} <= fired
    assert {"alert.confirm-stability", "alert.pain-hold", "alert.vitd-insufficient", "alert.cauda-equina"} <= nearly
    assert not {line.rule for line in found.trace if not line.text}


def test_gaps_name_the_question_and_the_effect():
    found = assess("L1 fracture on 2025-10-05", "not everything was read: Procedure")
    gaps = {gap.concept: gap for gap in found.gaps}
    assert {"healing", "pain", "dxa", "25-oh-vitamin-d", "mechanism", "partial: Procedure"} <= set(gaps)
    assert all(gap.question.endswith((".", "?", ")")) and gap.effect.endswith(".") for gap in found.gaps)
    known = assess("L1 fracture on 2025-10-05, sequela", "pain 1 of 10 on 2026-02-20", "fall from standing")
    assert not {"healing", "pain", "mechanism"} & {gap.concept for gap in known.gaps}
    assert "fragility" in {gap.concept for gap in known.gaps}


def test_same_day_results_count_at_their_strictest():
    found = assess(
        "L1 fracture on 2025-10-05, routine healing",
        "pain 2 of 10 on 2026-02-20",
        "pain 8 of 10 on 2026-02-20",
        "25-OH vitamin D 34 ng/mL on 2026-02-01",
        "25-OH vitamin D 15 ng/mL on 2026-02-01",
        "total hip T-score -1.2 on 2026-02-01",
        "total hip T-score -1.9 on 2026-02-01",
    )
    assert found.pain == Decimal(8)
    assert found.vitamin_d.ng_per_ml == Decimal(15)
    assert found.bone_density.value == Decimal("-1.9")


def test_readings_of_the_future_are_not_read():
    found = assess(
        "L1 fracture on 2025-10-05, routine healing",
        "pain 8 of 10 on 2026-03-02",
        "25-OH vitamin D 5 ng/mL on 2026-03-02",
        "attested healed on 2026-03-02",
    )
    assert found.pain is None
    assert found.vitamin_d is None
    assert found.healing is Healing.ROUTINE


def test_a_doubtful_lumbar_value_counts_as_the_lowest_beside_a_hip():
    found = assess(
        "L2 fracture on 2025-10-05", "lumbar spine T-score -1.9 on 2026-01-01", "total hip T-score -0.8 on 2026-01-01"
    )
    assert (found.bone_density.cls, found.bone_density.value) == ("osteopenia", Decimal("-1.9"))
    assert next(a for a in found.alerts if a.code == "ls-unreliable").severity == "info"


def test_a_doubtful_lumbar_z_score_alone_proves_nothing():
    facts = ["man of 40", "L2 fracture on 2025-10-05", "lumbar spine Z-score {} on 2026-01-01"]
    for value, expected in (("-1.0", None), ("-2.4", "below-expected-range")):
        found = derive(chart([fact.format(value) for fact in facts], TODAY), TODAY, KNOWLEDGE)
        assert (found.bone_density.cls if found.bone_density else None) == expected


@pytest.mark.parametrize(
    ("who", "amount"),
    [
        ("man of 70", "1,000"),
        ("man of 71", "1,200"),
        ("woman of 50", "1,000"),
        ("woman of 51", "1,200"),
        ("person of 80", "1,000-1,200"),
        ("man of 0", "1,000-1,200"),
    ],
)
def test_calcium_by_age_and_sex(who, amount):
    facts = chart([who, "osteopenia", "L1 fracture on 2026-02-01"], TODAY)
    line = plan(derive(facts, TODAY, KNOWLEDGE), KNOWLEDGE).activity("N-CALCIUM")
    assert line.title == f"Calcium {amount} mg a day in total"
    assert "S30" in line.reason.statements


@pytest.mark.parametrize(
    ("born", "onset", "history"), [("2000-01-15", "2017-06-01", True), ("2007-06-15", "2025-06-01", False)]
)
def test_a_recent_fracture_of_a_young_adult_is_not_history(born, onset, history):
    facts = [f"man born {born}", "osteopenia", f"L1 fracture on {onset}"]
    assert derive(chart(facts, TODAY), TODAY, KNOWLEDGE).has("childhood-fracture") is history


def test_a_level_decides_before_the_region():
    def regional(region, *levels):
        coding = FractureCoding(region, frozenset(levels))
        record = Diagnosis(
            Source("Condition/1"),
            frozenset({Concept.VERTEBRAL_FRACTURE}),
            fracture=coding,
            onset=When.day(date(2026, 1, 1)),
        )
        man = Patient("Patient/1", birth=When.day(date(1956, 1, 1)))
        return derive(Chart(man, (record,)), TODAY, KNOWLEDGE)

    assert regional(Region.THORACOLUMBAR, "T12").has("level-not-lumbar")
    assert regional(Region.THORACOLUMBAR, "L1").levels == {"L1"}
    assert regional(Region.UNSPECIFIED, "C5").has("level-not-lumbar")
    assert regional(Region.THORACOLUMBAR, "T12", "L1").has("multiple-vf")


def test_a_code_is_never_read_twice_and_sources_stay_single():
    found = assess("L1 fracture on 2025-10-05, routine healing", "kidney stones", "kidney stones")
    alert = next(a for a in found.alerts if a.code == "calcium-caution")
    assert len(alert.reason.sources) == 2
    assert alert.reason.text.count("kidney stones") == 1


def test_of_two_scans_at_one_site_the_newer_counts_though_higher():
    for first, second in (("2024-01-01", "2026-01-01"), ("2026-01-01", "2024-01-01")):
        found = assess(
            "L2 fracture on 2025-10-05", f"total hip T-score -1.9 on {first}", f"femoral neck T-score -1.2 on {second}"
        )
        assert found.bone_density.value == Decimal("-1.9")
    found = assess(
        "L2 fracture on 2025-10-05", "total hip T-score -2.6 on 2024-01-01", "total hip T-score -1.8 on 2026-01-01"
    )
    assert found.bone_density.value == Decimal("-1.8")


def test_lumbar_density_over_a_fracture_or_metal_shows_no_gain():
    scans = (
        "lumbar spine density 0.800 on 2025-01-01, scanner A",
        "lumbar spine density 0.900 on 2026-01-01, scanner A",
    )
    fracture = "L5 fracture on 2024-06-05, sequela"
    assert assess(fracture, *scans).gates.impact == "clinician-decision"
    assert assess("L2 fracture on 2024-06-05, sequela", *scans).gates.impact == "prohibited"
    metal = "fusion at lumbar on 2015-05-05, L2-L3"
    assert assess(fracture, metal, *scans).gates.impact == "prohibited"
    beside = "fusion at lumbar on 2015-05-05, L5"
    assert assess(fracture, beside, *scans).gates.impact == "clinician-decision"


def test_an_early_resolution_shows_the_other_reading():
    found = assess("L1 fracture on 2025-07-01, resolved 2025-07-22")
    assert found.effective_phase is Phase.ADVANCED
    assert [a.effective_phase for a in found.alternatives] == [Phase.INITIAL]


def test_to_whom_the_evidence_applies_goes_with_every_assessment():
    assert assess("L1 fracture on 2025-11-10, routine healing").evidence_note == KNOWLEDGE.evidence_note != ""
