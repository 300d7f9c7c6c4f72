"""Rules of volume 2b that no other test meets and just misses: from a chart to what the plan says and orders.

``rule_book_2b.csv`` names for every rule id the test that proves both sides.
"""

import ast
import csv
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from smartapp.core.derive import derive
from smartapp.core.plan import plan
from smartapp.core.program import HomeSet
from smartapp.core.proposal import Activity, ActivityKind, Component, Proposal
from smartapp.core.states import Prone
from smartapp.knowledge import load
from tests.cases import assessed, cases
from tests.core.charts import chart

K = load()
TODAY = date(2026, 3, 1)
ROOT = Path(__file__).parents[2]
WHO = ("man of 68", "osteopenia")
NEW = "L3 fracture on 2026-02-09, routine healing"  # day 20
EARLY = "L3 fracture on 2026-01-10, routine healing"  # day 50
MIDDLE = "L3 fracture on 2025-10-28, routine healing"
HEALED = "L3 fracture on 2025-07-01, resolved 2025-12-20"
CALM = "pain 3 of 10 on 2026-02-26"


@cache
def planned(*facts: str) -> Proposal:
    who = () if facts[0].startswith(("man", "woman")) else WHO
    return plan(derive(chart((*who, *facts), TODAY), TODAY, K), K)


def started(made: Proposal) -> dict[str, Activity]:
    """Exercises of today, those that wait aside."""
    return {a.id: a for a in made.activities if a.kind is ActivityKind.EXERCISE and not a.status_reason}


def has(*ids: str) -> Callable[[Proposal], bool]:
    return lambda made: {*ids} <= started(made).keys()


def note(words: str) -> Callable[[Proposal], bool]:
    return lambda made: words in f"{made.referral.note} {' '.join(made.notes)}"


def home(id_: str, home_set: HomeSet) -> Callable[[Proposal], bool]:
    return lambda made: id_ in started(made) and started(made)[id_].home_set is home_set


# Rule: what is looked at, facts with which it holds, facts with which it just does not.
RULES = {
    "FT6 chair: 5 stands": (
        has("E20"),
        (MIDDLE, "chair stands 5 on 2026-02-20"),
        (MIDDLE, "chair stands 4 on 2026-02-20"),
    ),
    "FT6 extensor: pain 4": (
        lambda made: "E02" in started(made) and "E01" not in started(made),
        (EARLY, "pain 4 of 10 on 2026-02-26"),
        (EARLY, CALM),
    ),
    "FT7 conditional from day 42": (
        note("PT may try E15"),
        ("L3 fracture on 2026-01-18, routine healing",),
        ("L3 fracture on 2026-01-19, routine healing",),
    ),
    "FT7 blocked: no prone item and one line": (
        lambda made: not {"E15", "E16"} & started(made).keys() and made.assessment.gates.prone is Prone.BLOCKED,
        (NEW,),
        (MIDDLE,),
    ),
    "FT8 pain holds the hinge and the squat": (has("E06", "E14"), (EARLY, CALM), (EARLY, "pain 4 of 10 on 2026-02-26")),
    "FT8 before day 14": (
        has("E06", "E14"),
        ("L3 fracture on 2026-02-15, routine healing", CALM),
        ("L3 fracture on 2026-02-16, routine healing", CALM),
    ),
    "FT9 no weight, nothing standing": (
        lambda made: not {"E09", "E10", "E11", "E20", "E24", "E27"} & started(made).keys(),
        (MIDDLE, "order no weight left given 2026-02-20"),
        (MIDDLE, "order weight as tolerated left given 2026-02-20"),
    ),
    "FT12 back exercises at the surgeon's word": (
        has("E02"),
        (MIDDLE, "fusion at lumbar on 2025-11-20, L3", "attested surgeon clearance on 2026-02-25"),
        (MIDDLE, "fusion at lumbar on 2025-11-20, L3"),
    ),
    "FT2 reserve only for loads of the last phase": (
        lambda made: any(a.fitt and a.fitt.rir for a in started(made).values()),
        (HEALED,),
        (MIDDLE,),
    ),
    "FT3 8 to 12 repetitions at most only when advanced": (
        lambda made: any(a.fitt and a.fitt.rm for a in started(made).values()),
        (HEALED,),
        (MIDDLE,),
    ),
    "FT11 strength never two days in a row": (note("never done on two days in a row"), (MIDDLE,), ()),
    "FT10 never hold the breath": (note("never hold the breath"), (MIDDLE,), ()),
    "RA3 what is light daily, what trains in a home session": (
        lambda made: home("E27", HomeSet.DAILY)(made) and home("E19", HomeSet.SESSION)(made),
        (MIDDLE,),
        (EARLY,),
    ),
    "OM2 weak legs start lower": (
        lambda made: made.ramp.rule == "RA2p",
        (MIDDLE, "chair stands 11 on 2026-02-20"),
        (MIDDLE, "chair stands 12 on 2026-02-20"),
    ),
    "OM1 slow: the falls pathway": (
        lambda made: made.assessment.has("fall-risk"),
        (MIDDLE, "timed up and go 12 on 2026-02-20"),
        (MIDDLE, "timed up and go 11.9 on 2026-02-20"),
    ),
    "OM1 two falls in a year: the falls pathway": (
        lambda made: made.assessment.has("fall-risk"),
        (MIDDLE, "falls in 12 months 2 on 2026-02-20"),
        (MIDDLE, "falls in 12 months 1 on 2026-02-20"),
    ),
    "OM1 Stay Independent 4: the falls pathway": (
        lambda made: made.assessment.has("fall-risk"),
        (MIDDLE, "Stay Independent 4 on 2026-02-20"),
        (MIDDLE, "Stay Independent 3 on 2026-02-20"),
    ),
    "OM1 heel to toe under 10 s: the falls pathway": (
        lambda made: made.assessment.has("fall-risk"),
        (MIDDLE, "tandem stance 9.9 s on 2026-02-20"),
        (MIDDLE, "tandem stance 10 s on 2026-02-20"),
    ),
    "RA2c level 6 trains on the chair": (
        lambda made: made.ramp.rule == "RA2c",
        (MIDDLE, "Clinical Frailty Scale 6 on 2026-02-01"),
        (MIDDLE, "Clinical Frailty Scale 5 on 2026-02-01"),
    ),
    "RA2b level 8 trains in bed": (
        lambda made: made.ramp.rule == "RA2b",
        (MIDDLE, "Clinical Frailty Scale 8 on 2026-02-01"),
        (MIDDLE, "Clinical Frailty Scale 7 on 2026-02-01"),
    ),
    "RA2k a hip that broke up to 84 days ago": (
        lambda made: made.ramp.rule == "RA2k",
        (MIDDLE, "fracture hip femur on 2025-12-07"),
        (MIDDLE, "fracture hip femur on 2025-12-06"),
    ),
    "OM4 shorter: no step up, bending strict": (
        lambda made: made.assessment.has("suspect-new-vf") and bool(made.ramp.held),
        (HEALED, "height 175 on 2025-06-01", "height 173 on 2026-02-20"),
        (HEALED, "height 175 on 2025-06-01", "height 173.1 on 2026-02-20"),
    ),
    "PM8 nothing forced by hand": (note("no thrust and no traction at the fractured level"), (MIDDLE,), ()),
    "PM10 pain off course from day 42": (
        lambda made: any("usual" in alert.text and alert.code == "pain-hold" for alert in made.assessment.alerts),
        ("L3 fracture on 2026-01-18, routine healing", "pain 4 of 10 on 2026-02-26"),
        ("L3 fracture on 2026-01-19, routine healing", "pain 4 of 10 on 2026-02-26"),
    ),
    "PM6 an opioid: bowels, sleepiness, falls": (
        lambda made: "bowels, sleepiness and falls" in made.activity("PAIN").description,
        (NEW, "takes oxycodone since 2026-02-10"),
        (NEW, "takes nsaid"),
    ),
    "PM11 fear: what is safe first": (
        note("Fear of falling is high"),
        (MIDDLE, "falls efficacy 28 on 2026-02-20"),
        (MIDDLE, "falls efficacy 27 on 2026-02-20"),
    ),
    "PG10 severe pain goes back a phase by itself": (
        lambda made: made.assessment.effective_phase == "initial",
        (MIDDLE, "pain 7 of 10 on 2026-02-26"),
        (MIDDLE, "pain 6 of 10 on 2026-02-26"),
    ),
    "VI3 later visits are told and not ordered": (
        lambda made: made.visits.later.endswith("Not ordered yet.") and (made.visits.end - made.start).days == 90,
        (MIDDLE,),
        (MIDDLE, "palliative"),
    ),
    "RP9 no task without an order": (lambda made: made.referral is not None, (MIDDLE,), (MIDDLE, "urinary retention")),
}  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_is_met_by_one_chart_and_just_missed_by_another(rule):
    holds, met, missed = RULES[rule]
    assert holds(planned(*met)), rule
    assert not missed or not holds(planned(*missed)), rule


# ------------------------------------------------------------------ what holds for every case

PLANS = [case for case in cases() if assessed(case).disposition.prescribes]
CAPS = {"initial": 3, "intermediate": 5, "advanced": 8}  # effort of 10 (FT3)
_TRAINS = {Component.EXTENSOR, Component.CORE, Component.RESISTANCE}


@cache
def plan_of(id_: str) -> Proposal:
    return plan(assessed(next(case for case in PLANS if case.id == id_)), K)


@pytest.mark.parametrize("id_", [case.id for case in PLANS[::3]])
def test_no_plan_goes_beyond_what_its_phase_allows(id_):
    """FT3: effort; FT4: no maximum is ever tested; PM8: nothing by force."""
    made = plan_of(id_)
    most = Decimal(CAPS[made.assessment.effective_phase])
    for activity in started(made).values():
        if activity.fitt and activity.fitt.rpe and _TRAINS & set(activity.component):
            assert (activity.fitt.rpe[1] or 0) <= most, (activity.id, activity.fitt.rpe)
    words = f"{made.referral.note} {' '.join(a.description for a in started(made).values())}"
    assert not re.search(r"(?<!never )test(ed)? (the )?1RM|percent of (the )?1RM", words)
    assert "no thrust and no traction at the fractured level" in made.referral.note


def test_an_effort_beyond_the_phase_would_be_seen():
    """The property above can fail: the last phase is beyond the cap of the first."""
    efforts = [a.fitt.rpe[1] for a in started(planned(HEALED)).values() if a.fitt and a.fitt.rpe]
    assert max(efforts) > CAPS["intermediate"]


@pytest.mark.parametrize(
    ("rule", "where", "said"),
    [
        (
            "PG1",
            "green",
            "Pain 3 or less (from 4-6: at most 1 more, back within 1 hour); 24 hours later at most 1 more",
        ),
        ("PG1", "green", "Twice in a row: one step up."),
        ("PG2", "yellow", "Pain 4-5, or 2 more that settles within 24 hours, or effort 1 above the range, or 2 cues."),
        ("PG3", "red", "Pain 6 or more, 2 more for over 24 hours, a new leg symptom, sudden new back pain, a fall."),
        (
            "PG3",
            "red",
            "New pain or over 24 hours: call us the same day. Weak leg, numb saddle, bladder or bowels: 911.",
        ),
        ("PG4", "session", "one thing only, in this order: reps, hold or slower lowering, sets, load, support"),
        ("PG5", "yellow", "Twice in a row: step down."),
        (
            "PG5",
            "session",
            "After 2 weeks without sessions go one step down; after 4 weeks two steps, and evaluate again.",
        ),
        ("PM8", "session", "No manual thrust and no traction at the fractured level."),
        ("FT4", "session", "Never test 1RM."),
    ],
)
def test_the_therapist_reads_when_to_step_up_hold_and_stop(rule, where, said):
    assert said in K.papers.texts["program"].words("en")[where], rule


# ------------------------------------------------------------------ the table of rules


def rows(volume: str) -> list[dict[str, str]]:
    table = Path(__file__).with_name(f"rule_book_{volume}.csv")
    return list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))


def functions_of(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("volume", ["2a", "2b"])
def test_every_rule_names_tests_that_are_there(volume):
    for row in rows(volume):
        for named in row["tests"].split():
            path, _, name = named.partition("::")
            assert name in functions_of(path), (row["id"], named)


def test_every_rule_of_volume_2a_is_in_the_table_once():
    """Those of nothing silent, fracture character, words, red flags, constraints, treatment and corrections."""
    counts = {"FC": 25, "RF": 18, "WP": 49, "TX": 18, "CO": 23}
    wanted = [f"{name}{n}" for name, count in counts.items() for n in range(1, count + 1)]
    wanted += [f"NS{n}" for n in (*range(1, 14), *range(20, 26))] + [f"PH{n:02}" for n in range(1, 41)]
    wanted += ["FC3b", "FC3c", "FC5b", "FC6b", "FC8b", "FC17b", "FC17c", "RF9b"]
    assert sorted(row["id"] for row in rows("2a")) == sorted(wanted)


def test_every_rule_of_the_volume_is_in_the_table_once():
    counts = {"FT": 12, "PG": 10, "VI": 12, "OM": 8, "GS": 9, "PM": 12, "RP": 10, "FU": 20}
    wanted = [f"{name}{n}" for name, count in counts.items() for n in range(1, count + 1)]
    wanted += [f"GU{n}" for n in range(12, 23)]
    wanted += [f"RA{n}" for n in ("1a", "1b", "1c", "1d", "1e", "2", "2p", "2b", "2c", "2k", "3", "4", "5", "6", "7")]
    wanted += [f"RP4{letter}" for letter in "bcdefgh"] + ["TST1"]
    assert sorted(row["id"] for row in rows("2b")) == sorted(wanted)
