"""What a run is and what is computed from runs: medians, round trips from the delay, the longest chain in the log."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Request:
    """One request as the EHR saw it, in seconds of the machine's monotonic clock."""

    method: str
    path: str
    began: float
    ended: float


@dataclass(frozen=True)
class Run:
    """One launch: seconds from the callback to the plan and from the signature to the receipt, and what the EHR saw."""

    side: str
    delay_ms: int
    to_plan: float
    to_receipt: float
    reading: tuple[Request, ...]
    writing: tuple[Request, ...]


def longest_chain(requests: Iterable[Request]) -> int:
    """The most requests of which each began after the one before had ended: what can depend on each other.

    The greedy choice by earliest end is optimal (interval scheduling).
    """
    chain, free_from = 0, float("-inf")
    for request in sorted(requests, key=lambda r: r.ended):
        if request.began >= free_from:
            chain, free_from = chain + 1, request.ended
    return chain


def up_to_the_last_write(requests: Iterable[Request]) -> tuple[Request, ...]:
    """Without what was asked after everything had been written: a new look at the chart, which no receipt waits for."""
    rows = tuple(requests)
    last = max((row.ended for row in rows if row.method != "GET"), default=float("inf"))
    return tuple(row for row in rows if row.began < last)


def round_trips(seconds_by_delay: Mapping[int, float]) -> float:
    """Dependent round trips: how many times the added delay shows up in the wall time.

    The slope of a least-squares line through (delay, wall time), delays in ms and wall times in seconds; what takes
    time locally is the line's intercept and does not count.
    """
    delays = [delay / 1000 for delay in seconds_by_delay]
    walls = list(seconds_by_delay.values())
    mean_delay, mean_wall = sum(delays) / len(delays), sum(walls) / len(walls)
    spread = sum((d - mean_delay) ** 2 for d in delays)
    return sum((d - mean_delay) * (w - mean_wall) for d, w in zip(delays, walls, strict=True)) / spread


def summary(runs: Iterable[Run]) -> dict[str, Any]:
    """Per side: median seconds by delay, round trips from the slope, and the median longest chain and count by log."""
    runs = list(runs)
    return {side: _side([run for run in runs if run.side == side]) for side in sorted({run.side for run in runs})}


def _side(runs: list[Run]) -> dict[str, Any]:
    delays = sorted({run.delay_ms for run in runs})
    plan = {delay: median(run.to_plan for run in runs if run.delay_ms == delay) for delay in delays}
    receipt = {delay: median(run.to_receipt for run in runs if run.delay_ms == delay) for delay in delays}
    # With no delay a request ends before the next thread has begun: chains then say nothing.
    slowed = [run for run in runs if run.delay_ms]
    return {
        "runs": len(runs),
        "to_plan_seconds": plan,
        "to_receipt_seconds": receipt,
        "to_plan_round_trips": round_trips(plan),
        "to_receipt_round_trips": round_trips(receipt),
        "plan_and_receipt_round_trips": round_trips({delay: plan[delay] + receipt[delay] for delay in delays}),
        "reading_chain": median(longest_chain(run.reading) for run in slowed),
        "reading_requests": median(len(run.reading) for run in slowed),
        "writing_chain": median(longest_chain(run.writing) for run in slowed),
        "writing_requests": median(len(run.writing) for run in slowed),
    }
