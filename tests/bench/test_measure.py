"""The benchmark's arithmetic, on runs whose answer is known."""

import pytest

from tests.bench.measure import Request, Run, longest_chain, round_trips, summary, up_to_the_last_write


def requests(*spans):
    return tuple(Request("GET", "/fhir", began, ended) for began, ended in spans)


@pytest.mark.parametrize(
    ("spans", "chain"),
    [
        ([], 0),
        ([(0, 1)], 1),
        ([(0, 1), (1, 2), (2, 3)], 3),
        ([(0, 1), (0.1, 1.1), (0.2, 1.2)], 1),
        ([(0, 1), (1, 2), (1, 2.1), (1, 2.2)], 2),
        ([(0, 1), (0, 1), (1.5, 2), (0.5, 1.8)], 2),
    ],
)
def test_the_longest_chain_counts_what_could_depend_on_each_other(spans, chain):
    assert longest_chain(requests(*spans)) == chain


def test_what_follows_the_last_write_is_left_out():
    before, write, after = (
        Request("GET", "/fhir", 0, 1),
        Request("POST", "/fhir", 1, 2),
        Request("GET", "/fhir", 2.1, 3),
    )
    assert up_to_the_last_write([before, write, after]) == (before, write)
    assert up_to_the_last_write([before, after]) == (before, after)


@pytest.mark.parametrize("trips", [1, 2, 11])
@pytest.mark.parametrize("local", [0, 0.3])
def test_round_trips_are_what_the_delay_multiplies(trips, local):
    walls = {delay: local + trips * delay / 1000 for delay in (0, 50, 200)}
    assert round_trips(walls) == pytest.approx(trips)


def test_a_summary_takes_medians_of_each_side():
    runs = [
        Run(side, delay, trips * delay / 1000 + noise, delay / 1000, requests((0, 1), (1, 2)), requests((3, 4)))
        for side, trips in (("a", 2), ("b", 9))
        for delay in (0, 50, 200)
        for noise in (0, 0.001, 5)
    ]
    found = summary(runs)
    assert found["a"]["to_plan_round_trips"] == pytest.approx(2, abs=0.01)
    assert found["b"]["to_plan_round_trips"] == pytest.approx(9, abs=0.01)
    assert found["a"]["to_receipt_round_trips"] == pytest.approx(1)
    assert found["b"]["reading_chain"] == 2
    assert found["b"]["writing_requests"] == 1
