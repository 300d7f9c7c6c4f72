"""A line for what is not understood is no noise: in records of others, most charts have few."""

from collections import Counter
from statistics import median

import pytest

from smartapp.fhir.read import read_chart
from smartapp.knowledge import load
from tests.journey.records import third_party

MOST = 3  # lines told of half the charts; issue of the charts of senders


@pytest.mark.shared
def test_half_the_records_of_others_have_three_lines_or_fewer(shared):
    charts = {record.name: read_chart(record.resources, load(), record.patient) for record in third_party()}
    assert len(charts) == 29
    counts = {name: len(chart.unreadable) for name, chart in charts.items()}
    lines = Counter(line.reason for chart in charts.values() for line in chart.unreadable)
    distribution = sorted(Counter(counts.values()).items())
    told = [
        "lines: charts",
        *(f"{count:>5}: {charts}" for count, charts in distribution),
        "the charts with most: " + ", ".join(f"{name} {count}" for name, count in Counter(counts).most_common(5)),
        *(f"{count:>5} times: {reason}" for reason, count in lines.most_common()),
    ]
    print("\n".join(told))  # pytest -rP shows each line to look at
    assert median(counts.values()) <= MOST, "\n".join(told)
