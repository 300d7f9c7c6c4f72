"""Samples are the same for the same seed, and a figure says how sure it is."""

import pytest

from tests.mutation.figures import chosen, interval, report

NAMES = [f"smartapp.core.{module}.x_f__mutmut_{n}" for module in ("plan", "review") for n in range(50)]


def test_a_sample_depends_on_its_seed_alone():
    first = chosen(NAMES, [], 20, seed=1)
    assert len(set(first)) == 20
    assert first == chosen(NAMES, [], 20, seed=1) != chosen(NAMES, [], 20, seed=2)
    assert chosen(NAMES, ["*.plan.*"], None, seed=1) == chosen(NAMES, ["*.plan.*"], 50, seed=1) == NAMES[:50]


@pytest.mark.parametrize(
    ("killed", "run", "low", "high"),
    [(95, 100, 0.888, 0.978), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0)],
)
def test_the_interval_is_wilsons(killed, run, low, high):
    assert interval(killed, run) == pytest.approx((low, high), abs=0.001)


def test_a_mutant_that_hangs_counts_as_noticed():
    told = report({"mutant": name, "outcome": outcome} for name, outcome in zip(
        NAMES[49:52], ("survived", "killed", "hangs"), strict=True
    )).splitlines()  # fmt: skip
    assert told[1].startswith("plan | 1 | 0 | 0.0%")
    assert told[2].startswith("review | 2 | 2 | 100.0%")
    assert told[3].startswith("all | 3 | 2 | 66.7%")
    assert told[-1] == NAMES[49]


def test_a_run_without_a_verdict_has_no_figure():
    assert report([]).strip() == "module | run | killed | % | 95 % interval"
