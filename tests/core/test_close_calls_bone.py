"""Close calls about bone density no case file turns on: found as mutants that survived (docs/mutation.md)."""

from dataclasses import replace
from datetime import date

import pytest

from smartapp.core.derive import derive
from smartapp.core.states import Severity
from smartapp.knowledge import load
from tests.core.charts import chart
from tests.core.test_close_calls import HEALED, TODAY, alert, assess

GAIN = (
    "total hip density 0.800 on 2024-11-10, scanner A",
    "total hip density 0.842 on 2026-01-10, scanner A",
)


def test_a_percentage_is_rounded_half_up():
    """0.800 to 0.842 g/cm2 are 5.25 percent."""
    reason = dict(assess(*HEALED, *GAIN).gates.reasons)["high-impact"]
    assert "5.3 percent" in reason.text


@pytest.mark.parametrize("newer", ["lumbar spine", "heel"])
def test_a_newer_scan_of_another_site_does_not_end_the_comparison(newer):
    found = assess(*HEALED, *GAIN, f"{newer} density 0.900 on 2026-02-01, scanner A")
    assert found.gates.impact == "clinician-decision"


def test_densities_without_a_scanner_are_not_compared():
    found = assess(*HEALED, *(line.removesuffix(", scanner A") for line in GAIN))
    assert found.gates.impact == "prohibited"


@pytest.mark.parametrize(
    ("day", "impact"),
    [("2024-09-30", "prohibited"), ("2024-10-01", "clinician-decision"), ("2025-10-01", "clinician-decision")],
)
def test_better_density_attested_before_the_fracture_does_not_count(day, impact):
    assert assess(*HEALED, f"attested bmd improved on {day}").gates.impact == impact


@pytest.mark.parametrize(("other", "severity"), [("", Severity.REVIEW), ("total hip T-score -1.5", Severity.INFO)])
def test_a_scan_at_no_usable_site_is_only_information_beside_one_that_is(other, severity):
    lines = ["L1 fracture on 2025-06-01", "heel T-score -1.2 on 2026-01-01"]
    found = alert(assess(*lines, *([f"{other} on 2026-01-01"] if other else [])), "dxa-site-invalid")
    assert found.severity is severity


def test_a_scan_without_a_site_says_so():
    facts = chart(["man of 70", "L1 fracture on 2025-06-01", "heel T-score -1.2 on 2026-01-01"], TODAY)
    unnamed = replace(facts, measurements=tuple(replace(m, site=None) for m in facts.measurements))
    found = alert(derive(unnamed, TODAY, load()), "dxa-site-invalid")
    assert found.reason.text == "T-score -1.2 at site “not stated” does not classify."


def test_a_t_score_that_says_too_little_is_not_replaced_by_a_young_z_score():
    """Over a fracture a lumbar T-score proves osteoporosis only; a Z-score from before 50 is no way round it."""
    found = assess(
        "L1 fracture on 2025-06-01",
        "lumbar spine T-score -1.5 on 2026-01-01, L1-L4",
        f"total hip Z-score -1.0 on {date(TODAY.year - 25, 1, 1)}",
    )
    assert found.bone_density is None


@pytest.mark.parametrize(("best", "impact"), [("0.790", "clinician-decision"), ("0.830", "prohibited")])
def test_a_gain_is_counted_from_the_best_scan_also_where_a_worse_one_is_newer(best, impact):
    found = assess(
        *HEALED,
        f"total hip density {best} on 2023-01-10, scanner A",
        "total hip density 0.780 on 2024-11-10, scanner A",
        "total hip density 0.845 on 2026-01-10, scanner A",
    )
    assert found.gates.impact == impact


@pytest.mark.parametrize(("day", "impact"), [("2024-09-30", "prohibited"), ("2024-10-01", "clinician-decision")])
def test_a_normal_scan_from_before_the_fracture_does_not_count(day, impact):
    assert assess(*HEALED, f"total hip T-score -0.5 on {day}").gates.impact == impact


@pytest.mark.parametrize(("other", "severity"), [("", Severity.REVIEW), ("L1-L4", Severity.INFO)])
def test_a_single_vertebra_never_classifies(other, severity):
    lines = ["L5 fracture on 2025-06-01", "lumbar spine T-score -2.9 on 2026-01-01, L1"]
    found = assess(*lines, *([f"lumbar spine T-score -2.0 on 2026-01-01, {other}"] if other else []))
    assert (found.bone_density and found.bone_density.cls) == ("osteopenia" if other else None)
    assert alert(found, "ls-unreliable").severity is severity


@pytest.mark.parametrize(("day", "cls"), [("2026-01-01", "osteopenia"), ("2025-12-01", None)])
def test_the_region_without_the_fractured_vertebra_counts_beside_the_whole_of_the_same_scan(day, cls):
    whole = "lumbar spine T-score -2.0 on 2026-01-01, L1-L4"
    found = assess("L2 fracture on 2025-06-01", whole, f"lumbar spine T-score -1.9 on {day}, L3-L4")
    assert (found.bone_density and found.bone_density.cls) == cls
    assert found.has("ls-unreliable")
