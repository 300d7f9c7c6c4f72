"""Every number the rules use, moved by one step either way -> the cases whose answer changes.

A case that changes sits on the number: it proves on which side of it the rule acts. ``python -m tests.core.edges``
prints the table; ``tests.core.proof`` puts it into the reviewers' document.
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from smartapp.core.chart import Chart
from smartapp.core.derive import derive
from smartapp.core.knowledge import Knowledge
from smartapp.core.plan import plan
from smartapp.core.thresholds import Threshold, ThresholdName, Unit
from smartapp.knowledge import load
from tests.cases import cases
from tests.core.charts import chart

KNOWLEDGE = load()
# One step of a unit: as finely as it is reported.
STEPS = {Unit.SD: "0.1", Unit.PERCENT: "0.1", Unit.MG_PER_DL: "0.1", Unit.BMI: "0.1", Unit.IU_PER_DAY: "100"}
STEPS |= {Unit.MG_PER_DAY: "100", Unit.CELSIUS: "0.1", Unit.CENTIMETERS: "0.1"}
STEPS |= {Unit.G_PER_DL: "0.1", Unit.RATIO: "0.01", Unit.MIU_PER_L: "0.01"}
# Numbers that are only said in a plan, or chosen by age for it: the plan is the answer.
MOVES = {"raised": 1, "lowered": -1}
SAID = {limit for limit in ThresholdName if limit.startswith(("vitamin-d.dose", "calcium.base", "calcium.older"))}


def step(limit: ThresholdName) -> Decimal:
    return Decimal(STEPS.get(KNOWLEDGE.thresholds[limit].unit, "1"))


def edge_row(limit: ThresholdName, moved: str) -> str:
    """Name of a row of proof.csv: ``pain.severe-from raised``."""
    return f"{limit} {moved}"


@cache
def turning(limit: ThresholdName) -> dict[str, tuple[str, ...]]:
    """Ids of the cases whose answer changes when the number is ``raised`` or ``lowered`` by one step."""
    asking = [case for case in charts() if limit in numbers_read(case)]
    return {moved: tuple(case for case in asking if turns(case, limit, moved)) for moved in MOVES}


def turns(case: str, limit: ThresholdName, moved: str) -> bool:
    """Whether the answer of the case changes when the number is moved."""
    seen, (facts, on) = said if limit in SAID else answer, charts()[case]
    return seen(facts, on, _moved(limit, moved)) != seen(facts, on, KNOWLEDGE)


class _Recorded(dict[ThresholdName, Threshold]):
    """The numbers; which of them were asked for is kept in ``read``."""

    def __init__(self, numbers: Mapping[ThresholdName, Threshold]):
        super().__init__(numbers)
        self.read: set[ThresholdName] = set()

    def __getitem__(self, name: ThresholdName) -> Threshold:
        self.read.add(name)
        return super().__getitem__(name)


class _Recording(Knowledge):
    def whole(self, name: ThresholdName) -> int:
        return int(self.number(name))


@cache
def numbers_read(case: str) -> frozenset[ThresholdName]:
    """The numbers the rules ask for in this case: another one cannot change its answer, however it is moved."""
    recorded = _Recorded(KNOWLEDGE.thresholds)
    told = {field.name: getattr(KNOWLEDGE, field.name) for field in fields(KNOWLEDGE)}
    knowledge, (facts, on) = _Recording(**{**told, "thresholds": recorded}), charts()[case]
    _answer(facts, on, knowledge)
    said(facts, on, knowledge)
    return frozenset(recorded.read)


@cache
def charts() -> dict[str, tuple[Chart, date]]:
    """By id of the case: what it says, and its day."""
    return {case.id: (chart(case.facts, case.as_of), case.as_of) for case in cases()}


@cache
def _moved(limit: ThresholdName, moved: str) -> Knowledge:
    threshold = KNOWLEDGE.thresholds[limit]
    other = replace(threshold, value=threshold.value + MOVES[moved] * step(limit))
    return replace(KNOWLEDGE, thresholds=MappingProxyType({**KNOWLEDGE.thresholds, limit: other}))


@cache
def _as_delivered(facts: Chart, on: date) -> Hashable:
    return _answer(facts, on, KNOWLEDGE)


def answer(facts: Chart, on: date, knowledge: Knowledge) -> Hashable:
    """What the rules conclude, without the sentences that merely name a number."""
    return _as_delivered(facts, on) if knowledge is KNOWLEDGE else _answer(facts, on, knowledge)


def _answer(facts: Chart, on: date, knowledge: Knowledge) -> Hashable:
    found = derive(facts, on, knowledge)
    return (
        (found.disposition, found.calendar_phase, found.effective_phase),
        (found.gates.prone, found.gates.upper_back, found.gates.impact) if found.gates else (),
        tuple((r.id, r.state) for r in found.restrictions),
        tuple((alert.code, alert.severity, alert.text) for alert in found.alerts),
        tuple(read.cls for read in (found.bone_density, found.vitamin_d) if read),
        tuple(gap.concept for gap in found.gaps),
        tuple((drug.state, drug.due) for drug in found.treatment),
        tuple((limit.id, limit.rows, limit.until) for limit in found.constraints),
    )


def said(facts: Chart, on: date, knowledge: Knowledge) -> Hashable:
    """What the plan says."""
    return tuple(activity.description for activity in plan(derive(facts, on, knowledge), knowledge).activities)


def rows() -> Iterator[str]:
    return (edge_row(limit, moved) for limit in ThresholdName for moved in MOVES)


def table() -> Iterator[tuple[str, tuple[str, ...]]]:
    for limit in ThresholdName:
        for moved, turned in turning(limit).items():
            yield edge_row(limit, moved), turned


if __name__ == "__main__":
    for row, turned in table():
        print(row, len(turned), " ".join(turned[:4]), sep="\t")
