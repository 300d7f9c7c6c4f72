"""Case files (tests/cases/<question>/<case>.toml) -> cases: what the chart says and what must be concluded from it.

A case that lacks a section, has a key nobody reads or names an unknown exercise is refused, with file and key.
``python -m tests.cases FILE`` shows what Loadpath concludes now.
"""

import re
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType

import msgspec

from smartapp.core.assessment import Assessment
from smartapp.core.derive import derive
from smartapp.core.plan import plan
from smartapp.core.proposal import ActivityKind, Proposal
from smartapp.core.states import Severity
from smartapp.knowledge import load
from tests.core.charts import chart

FOLDER = Path(__file__).parent
NONE = "none"
ALL = "all"  # of the exercises: none at all is planned


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A table of a case file: every key is known and, unless it has a default, present."""


class Phases(Strict):
    calendar: str
    effective: str


class Gates(Strict):
    prone: str
    upper_back: str
    high_impact: str


class Findings(Strict):
    """What the phase rests on."""

    fracture: str  # the record that governs
    records: tuple[str, ...]  # all that speak of the fractures which count
    levels: str
    day_0: str  # the cautious reading, the earliest one where it differs, and the rule they come from
    healing: str
    pain: str
    bone_density: str
    vitamin_d: str


class Alerts(Strict):
    stop: tuple[str, ...]
    review: tuple[str, ...]
    info: tuple[str, ...]


class Exercises(Strict):
    """Those the question of the case is about, and all that wait."""

    planned: tuple[str, ...]
    waiting: tuple[str, ...]
    withheld: tuple[str, ...]
    changed: tuple[str, ...] = ()  # modifications at work, as the reviewers' document names them


class Conclusions(Strict):
    """All of an answer but its exercises, of which a case names some."""

    disposition: str
    phase: Phases
    findings: Findings
    gates: Gates
    restrictions: dict[str, str]  # R1 to R10: state, and until when
    alerts: Alerts


class Expected(Conclusions, kw_only=True):
    exercises: Exercises
    statements: tuple[str, ...] = ()  # of the rule book, cited among others
    gaps: tuple[str, ...] = ()  # asked for among others


class Case(Strict):
    id: str
    title: str
    as_of: date
    facts: tuple[str, ...]
    expect: Expected

    @property
    def file_name(self) -> str:
        """The whole title, so that a listing of the folder can be read."""
        return f"{self.id}-{re.sub(r'[^a-z0-9]+', '-', self.title.lower()).strip('-')}.toml"


def load_case(path: Path) -> Case:
    """Raises ValueError that names the file and the key, or the exercise."""
    try:
        case = msgspec.toml.decode(path.read_bytes(), type=Case)
    except msgspec.DecodeError as error:
        raise ValueError(f"{path.name}: {error}") from None
    named = case.expect.exercises
    library = load().library
    known = {ALL, *library.exercises, *(row.id for row in chain(library.never, library.advice))}
    for id_ in (*named.planned, *named.waiting, *named.withheld):
        if id_ not in known:
            raise ValueError(f"{path.name}: no exercise is called {id_} - at `$.expect.exercises`")
    return case


@cache
def paths() -> tuple[Path, ...]:
    return tuple(sorted(FOLDER.glob("*/*.toml"), key=lambda path: path.name))


@cache
def cases() -> tuple[Case, ...]:
    """Every case, by id."""
    return tuple(load_case(path) for path in paths())


def by_id(id_: str) -> Case:
    return {case.id: case for case in cases()}[id_]


@cache
def assess(facts: tuple[str, ...], as_of: date) -> Assessment:
    return derive(chart(facts, as_of), as_of, load())


def assessed(case: Case) -> Assessment:
    return assess(case.facts, case.as_of)


@cache
def _planned(facts: tuple[str, ...], as_of: date) -> Proposal:
    return plan(assess(facts, as_of), load())


def planned(case: Case) -> Proposal:
    """What a case comes to, made once."""
    return _planned(case.facts, case.as_of)


def conclusions(found: Assessment) -> Conclusions:
    """The answer in the words of a case file."""
    gates = found.gates
    return Conclusions(
        found.disposition.value,
        Phases(found.calendar_phase or NONE, found.effective_phase or NONE),
        _findings(found),
        Gates(gates.prone, gates.upper_back, gates.impact) if gates else Gates(NONE, NONE, NONE),
        {r.id: f"{r.state} until {r.until}" if r.until else r.state.value for r in found.restrictions},
        Alerts(*(tuple(sorted(a.code for a in found.alerts if a.severity is each)) for each in Severity)),
    )


def _findings(found: Assessment) -> Findings:
    bone, vitamin_d = found.bone_density, found.vitamin_d
    value = f" {bone.value} at {bone.site} on {bone.on}" if bone and bone.value is not None else ""
    return Findings(
        found.fracture.display if found.fracture else NONE,
        tuple(source.display for source in found.fractures),
        " ".join(sorted(found.levels)) or NONE,
        _day_0(found),
        found.healing.value if found.fracture else NONE,
        NONE if found.pain is None else str(found.pain),
        f"{bone.cls}{value}" if bone else NONE,
        f"{vitamin_d.cls} on {vitamin_d.on}" if vitamin_d and vitamin_d.on else vitamin_d.cls if vitamin_d else NONE,
    )


def _day_0(found: Assessment) -> str:
    anchor = found.anchor
    if anchor is None:
        return NONE
    return f"{anchor.day}{'' if anchor.earliest == anchor.day else f' or from {anchor.earliest}'}, {anchor.rule}"


def exercises(proposal: Proposal) -> MappingProxyType[str, bool]:
    """By id of every exercise in the plan: whether it waits for something."""
    of_plan = (activity for activity in proposal.activities if activity.kind is ActivityKind.EXERCISE)
    return MappingProxyType({activity.id: bool(activity.status_reason) for activity in of_plan})
