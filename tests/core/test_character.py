"""What broke and how badly (rule book 2a, 2.1): what the case files leave open."""

import pytest

from smartapp.core.states import Prone, Severity
from tests.core.charts import chart as said
from tests.core.test_invariants import TODAY, assess

MAN = ["man of 71", "osteopenia"]
L1 = "L1 fracture on 2025-10-01, compression, routine healing"


def found(*facts):
    return assess(said([*MAN, *facts], TODAY))


def severities(assessment, code):
    return [a.severity for a in assessment.alerts if a.code == code]


@pytest.mark.parametrize(
    ("facts", "stops"),
    [
        (["L1 fracture on 2025-10-01, unconfirmed, stable burst, percent of height lost: 60"], True),
        (["L1 fracture on 2025-10-01, unconfirmed, percent of height lost: 60"], False),
        ([L1, "spinal ligament injury on 2025-10-02"], True),
        ([L1, "spinal ligament injury on 2025-10-02", "fixation at lumbar on 2025-10-03"], False),
        (["L1 fracture, compression, spinal ligament injury", "fixation at lumbar on 2025-10-03"], True),
        ([f"{L1}, percent of height lost: 60", "attested high energy on 2025-10-02"], True),
        (
            [
                f"{L1}, percent of height lost: 60",
                "motorcycle crash on 2025-10-01",
                "attested low trauma on 2026-01-01",
            ],
            False,
        ),
    ],
)
def test_signs_of_instability_stop_with_force_or_torn_ligaments(facts, stops):
    assert (severities(found(*facts), "unstable-fracture") == [Severity.STOP]) is stops


@pytest.mark.parametrize(
    ("facts", "severity"),
    [
        ([f"{L1}, percent of height lost: 60", "attested healed on 2026-02-01"], Severity.INFO),
        (["L1 fracture, compression, percent of height lost: 60"], Severity.REVIEW),
        ([f"{L1}, canal compromise", "attested stability imaging on 2026-02-01"], None),
        ([f"{L1}, resolved 2026-02-01, percent of height lost: 60"], None),
    ],
)
def test_a_healed_vertebra_sinks_no_more(facts, severity):
    assert severities(found(*facts), "severe-collapse") == ([severity] if severity else [])


def test_imaging_before_the_finding_answers_nothing():
    late = found(f"{L1}, percent of height lost: 60, recorded 2026-02-01", "attested stability imaging on 2026-01-01")
    assert severities(late, "severe-collapse") == [Severity.REVIEW]
    assert late.gates.prone is Prone.BLOCKED


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        (["L2 fracture, compression, fracture old", "attested fracture old on 2026-02-28"], True),
        (["L2 fracture, compression, fracture old", f"attested fracture old on {TODAY}"], False),
        (["L2 fracture, compression, fracture old, recorded 2026-02-01", "attested fracture old on 2026-01-31"], True),
        (["L2 fracture, compression, recorded 2026-02-01", "attested fracture old on 2026-02-02"], False),
    ],
)
def test_only_what_is_stated_after_the_record_dates_an_old_fracture(facts, asked):
    assert found(*facts).has("fracture-age-unknown") is asked


@pytest.mark.parametrize(
    ("fracture", "asked"),
    [
        ("L2 fracture, compression, fracture old, recorded 2026-02-01", True),
        ("L2 fracture, compression, fracture old, seen 2026-02-01", True),  # the day of a visit is no day of a fracture
        ("L2 fracture on 2025-02-01, compression, fracture old", False),
    ],
)
def test_the_day_somebody_wrote_or_saw_it_does_not_date_an_old_fracture(fracture, asked):
    old = found(fracture)
    assert old.has("fracture-age-unknown") is asked
    assert (old.effective_phase == "initial") is asked


def test_a_word_of_age_dates_no_fracture_without_such_words():
    dated = found("L2 fracture, compression, recorded 2026-02-01", "attested fracture old on 2026-02-02")
    assert dated.anchor.rule == "recorded"


@pytest.mark.parametrize(
    ("neck", "first"),
    [
        ("C2 fracture on 2024-01-01, fracture neck", True),
        ("C2 fracture on 2026-01-01, fracture neck, resolved 2026-02-20", True),
        ("C2 fracture on 2024-01-01, fracture neck, resolved 2024-06-01", False),
    ],
)
def test_a_broken_neck_comes_first_while_unhealed_or_young(neck, first):
    assert found(L1, neck).has("work-up-first") is first


def test_a_process_told_as_over_is_no_fracture_of_now():
    over = found("L4 fracture on 2024-02-17, process, process fracture, resolved 2024-06-01")
    assert [a.code for a in over.alerts] == ["no-active-fracture"]


def test_a_healed_stable_burst_waits_for_nobody():
    assert found("L1 fracture on 2024-02-01, stable burst, resolved 2024-09-01").effective_phase == "advanced"


def test_what_sinks_again_after_an_operation_counts_from_the_later():
    facts = ["L1 fracture on 2025-06-01, compression, collapse progress, recorded 2025-08-01"]
    assert found(*facts).anchor.rule == "sunk-again"
    assert found(*facts, "kyphoplasty at lumbar on 2025-10-01").anchor.rule == "augmentation"


def test_an_undated_fracture_that_sinks_counts_from_today():
    assert found("L1 fracture, compression, collapse progress").anchor.day == TODAY


def test_an_old_fatigue_fracture_is_no_new_fracture_of_the_pars():
    assert not found("L4 fracture on 2025-01-01, fatigue").has("posterior-element")
    assert found("L4 fracture on 2026-01-01, fatigue").has("posterior-element")
