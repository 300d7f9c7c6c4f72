"""What has changed since the signed plan (rule book 2b, section 8: FU1 to FU20).

Each row is told by one chart and just missed by another. A plan is signed on 2026-03-01 from some facts; on a later day
the chart says more, less or the same.
"""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest

from smartapp.core.assessment import Assessment
from smartapp.core.changes import Change, ChangeKind, ChangeName
from smartapp.core.chart import Chart, Procedure, Source
from smartapp.core.dates import When
from smartapp.core.derive import derive
from smartapp.core.follow_up import follow_up
from smartapp.core.fracture_coding import Region
from smartapp.core.kinds import ProcedureKind
from smartapp.core.knowledge import Knowledge
from smartapp.core.plan import plan
from smartapp.core.proposal import Choice, Decision, Proposal
from smartapp.core.review import revise
from smartapp.core.states import Severity
from smartapp.knowledge import load, parse, texts
from tests.cases import assessed, cases
from tests.core.charts import chart

K = load()
SIGNED = date(2026, 3, 1)
WHO = ("man born 1958-01-15", "osteopenia")
EARLY = "L3 fracture on 2026-01-10, routine healing"  # day 50
OLD = "L3 fracture on 2025-07-01, resolved 2025-12-20"
PAIN = "pain 3 of 10 on 2026-02-26"
TUG = "timed up and go 15 on 2026-02-20"
BASE = (EARLY, PAIN, TUG)


def charted(day: date, *facts: str, evaluated: str = "") -> Chart:
    made = chart((*WHO, *facts), day)
    if not evaluated:
        return made
    when = When.day(date.fromisoformat(evaluated))
    done = Procedure(Source("Procedure/pt"), ProcedureKind.PT_EVALUATION, Region.UNSPECIFIED, performed=when)
    return replace(made, procedures=(*made.procedures, done))


@cache
def proposed(day: date, *facts: str, evaluated: str = "") -> Proposal:
    return plan(derive(charted(day, *facts, evaluated=evaluated), day, K), K)


@cache
def changes(
    new: tuple[str, ...] = (),
    days: int = 5,
    base: tuple[str, ...] = BASE,
    gone: tuple[str, ...] = (),
    evaluated: str = "",
) -> tuple[Change, ...]:
    """Signed from ``base``; ``days`` later the chart says ``new`` as well and ``gone`` no more."""
    day = SIGNED + timedelta(days=days)
    kept = (fact for fact in base if fact not in gone)
    return follow_up(proposed(SIGNED, *base), proposed(day, *kept, *new, evaluated=evaluated), K)


def named(*args, **said) -> set[str]:
    return {change.name.value for change in changes(*args, **said)}


def test_the_same_chart_on_the_same_day_is_unchanged():
    (row,) = changes(days=0)
    assert (row.rule, row.severity, row.name) == ("FU20", Severity.INFO, ChangeName.UNCHANGED)
    assert row.text == (
        "Unchanged since 2026-03-01; next: 2026-03-29, Tolerance check: pain during and 24 hours after, minutes, sleep"
    )


# Row: what is told (facts added, days later, facts of the signed chart, facts gone), and what just is not.
DENOSUMAB = "takes denosumab since 2025-01-01, last dose on 2025-08-10"
HEIGHT = "height 175 on 2026-01-05"
STANDS = "chair stands 9 on 2026-02-20"
VISITS = 90  # days of the order
HIP = "total hip density 0.800 on 2024-06-01, scanner A"
GAIT = "gait speed 0.9 on 2026-02-20"
YEAR = "L3 fracture on 2025-12-05, routine healing"  # three months on 2026-03-05
TOLD: dict[str, tuple[dict[str, object], dict[str, object]]] = {
    "FU1": (
        {"new": ("L1 fracture on 2026-03-04, routine healing",)},
        {"new": ("L3 fracture on 2026-01-10, routine healing, recorded 2026-03-04",)},
    ),
    "FU2": ({"new": ("urinary retention on 2026-03-05",)}, {"new": ("urinary retention, resolved 2020-01-01",)}),
    "FU2-held": ({"new": ("back pain on 2026-03-04",)}, {"new": ("back pain on 2020-01-01",)}),
    "FU3": (
        {"new": ("pain 5 of 10 on 2026-03-04",)},
        {"new": ("pain 4 of 10 on 2026-03-04",)},
    ),
    "FU3-stays": (
        {"new": ("pain 5 of 10 on 2026-03-03", "pain 6 of 10 on 2026-03-04")},
        {"new": ("pain 5 of 10 on 2026-03-02", "pain 4 of 10 on 2026-03-03", "pain 6 of 10 on 2026-03-04")},
    ),
    "FU3-less": (
        {"base": (EARLY, "pain 5 of 10 on 2026-02-26"), "new": ("pain 3 of 10 on 2026-03-04",)},
        {"base": (EARLY, "pain 5 of 10 on 2026-02-26"), "new": ("pain 4 of 10 on 2026-03-04",)},
    ),
    "FU4": (
        {"base": ("L3 fracture on 2025-09-05, routine healing",)},
        {"base": ("L3 fracture on 2025-09-05, routine healing",), "days": 3},
    ),
    "FU4-lower": (
        {"base": ("L3 fracture on 2025-11-05, routine healing", PAIN), "new": ("pain 7 of 10 on 2026-03-05",)},
        {"base": ("L3 fracture on 2025-11-05, routine healing", PAIN), "new": ("pain 6 of 10 on 2026-03-05",)},
    ),
    "FU4-higher": ({"base": (YEAR,)}, {"base": (YEAR,), "days": 3}),
    "FU5": (
        {"base": ("L3 fracture on 2025-09-05, routine healing",)},
        {"base": ("L3 fracture on 2025-09-05, routine healing",), "days": 3},
    ),
    "FU5-stricter": ({"new": ("neck operation on 2026-03-03",)}, {"new": ("eye operation on 2020-03-03",)}),
    "FU5-open": (
        {"base": ("L3 fracture on 2025-12-11, routine healing",), "days": 5},
        {"base": ("L3 fracture on 2025-12-11, routine healing",), "days": 1},
    ),
    "FU6": ({"days": 28 + 8, "evaluated": "2026-03-10"}, {"days": 28 + 7, "evaluated": "2026-03-10"}),
    "FU6-due": ({"days": 28}, {"days": 27}),
    "FU7": ({"evaluated": "2026-03-04"}, {"evaluated": "2026-02-20"}),
    "FU7-first": ({"new": ("chair stands 9 on 2026-03-04",)}, {"new": ("chair stands 9",)}),
    "FU8": (
        {"new": ("timed up and go 11.9 on 2026-03-04",)},
        {"new": ("timed up and go 12 on 2026-03-04",)},
    ),
    "FU8-past": ({"days": 85}, {"days": 84}),
    "FU9": (
        {"new": ("timed up and go 18.4 on 2026-03-04",)},
        {"new": ("timed up and go 18.3 on 2026-03-04",)},
    ),
    "FU9-flat": (
        {
            "base": (*BASE, STANDS),
            "days": 84,
            "new": ("timed up and go 15 on 2026-05-20", "chair stands 10 on 2026-05-20"),
        },
        {
            "base": (*BASE, STANDS),
            "days": 83,
            "new": ("timed up and go 15 on 2026-05-20", "chair stands 10 on 2026-05-20"),
        },
    ),
    "FU9-trend": (
        {"new": ("timed up and go 14 on 2026-03-04",)},
        {"new": ("timed up and go 15 on 2026-03-04",)},
    ),
    "FU11": (
        {"base": (*BASE, HEIGHT), "new": ("height 173 on 2026-03-04",)},
        {"base": (*BASE, HEIGHT), "new": ("height 173.5 on 2026-03-04",)},
    ),
    "FU12": (
        {"new": ("falls on 2026-03-04",)},
        {"base": (*BASE, "falls on 2026-02-04"), "new": ("falls on 2026-02-04",)},
    ),
    "FU13": ({"new": ("takes zolpidem since 2026-03-02",)}, {"new": ("takes zolpidem since 2026-03-02, stopped",)}),
    "FU13-glucocorticoid": (
        {"new": ("takes prednisolone since 2026-03-02",)},
        {"base": (*BASE, "takes prednisolone since 2025-03-02"), "new": ("takes prednisolone since 2026-03-02",)},
    ),
    "FU13-denosumab": (
        {"base": (*BASE, DENOSUMAB), "days": 9},  # seven months after the dose
        {"base": (*BASE, DENOSUMAB), "days": 8},
    ),
    "FU13-stopped": (
        {"base": (*BASE, "takes oxycodone since 2026-02-01"), "gone": ("takes oxycodone since 2026-02-01",)},
        {"base": (*BASE, "takes oxycodone since 2026-02-01")},
    ),
    "FU14": (
        {"base": (*BASE, "total hip T-score -1.8 on 2025-06-01"), "new": ("total hip T-score -1.9 on 2026-03-03",)},
        {"base": (*BASE, "total hip T-score -1.8 on 2025-06-01"), "new": ("total hip T-score -1.8 on 2024-03-03",)},
    ),
    "FU14-class": (
        {"base": (*BASE, "total hip T-score -1.8 on 2025-06-01"), "new": ("total hip T-score -2.6 on 2026-03-03",)},
        {"base": (*BASE, "total hip T-score -1.8 on 2025-06-01"), "new": ("total hip T-score -2.4 on 2026-03-03",)},
    ),
    "FU14-lost": (
        {"base": (*BASE, HIP), "new": ("total hip density 0.760 on 2026-03-03, scanner A",)},
        {"base": (*BASE, HIP), "new": ("total hip density 0.761 on 2026-03-03, scanner A",)},
    ),
    "FU14-gained": (
        {"base": (*BASE, HIP), "new": ("total hip density 0.840 on 2026-03-03, scanner A",)},
        {"base": (*BASE, HIP), "new": ("total hip density 0.840 on 2026-03-03, scanner B",)},
    ),
    "FU14-same": (
        {"base": (*BASE, HIP), "new": ("total hip density 0.839 on 2026-03-03, scanner A",)},
        {"base": (*BASE, HIP, "total hip density 0.839 on 2026-02-03, scanner A")},
    ),
    "FU14-vitamin-d": (
        {"new": ("25-OH vitamin D 18 ng/mL on 2026-03-03",)},
        {
            "base": (*BASE, "25-OH vitamin D 18 ng/mL on 2026-02-03"),
            "new": ("25-OH vitamin D 18 ng/mL on 2026-02-03",),
        },
    ),
    "FU14-egfr": (
        {"new": ("eGFR 28 on 2026-03-03",)},
        {"base": (*BASE, "eGFR 28 on 2026-02-03"), "new": ("eGFR 28 on 2026-02-03",)},
    ),
    "FU15": (
        {"new": ("kyphoplasty at lumbar on 2026-03-03, L3",)},
        {"new": ("kyphoplasty at lumbar on 2026-03-03, L3, planned",)},
    ),
    "FU15-elsewhere": (
        {"new": ("neck operation on 2026-03-03",)},
        {"new": ("neck operation on 2026-03-03, planned",)},
    ),
    "FU16": ({"days": 14 + 8}, {"days": 14 + 7}),
    "FU16-urgent": (
        {"base": ("L3 fracture on 2026-02-10, routine healing",), "days": 7 + 8},
        {"base": ("L3 fracture on 2026-02-10, routine healing",), "days": 7 + 8, "evaluated": "2026-03-05"},
    ),
    "FU18-visits": ({"days": VISITS - 14}, {"days": VISITS - 15}),
    "FU18": ({"days": 335}, {"days": 334}),
    "FU18-months": ({"days": 275}, {"days": 265}),
    "FU19": ({"days": 56 + 29}, {"days": 56 + 28}),
    "FU19-held": ({"new": ("pain 7 of 10 on 2026-03-04",)}, {"new": ("pain 4 of 10 on 2026-03-04",)}),
    "FU19-free": (
        {"base": (EARLY, "pain 7 of 10 on 2026-02-27"), "new": ("pain 5 of 10 on 2026-03-04",)},
        {"base": (EARLY, "pain 7 of 10 on 2026-02-27"), "new": ("pain 7 of 10 on 2026-03-04",)},
    ),
    "FU19-target": (
        {"new": ("Clinical Frailty Scale 5 on 2026-03-04",)},
        {"new": ("Clinical Frailty Scale 4 on 2026-03-04",)},
    ),
    "LIMIT": ({"new": ("parkinson",)}, {"new": ("parkinson, resolved 2020-01-01",)}),
    "LIMIT-ended": ({"days": 90}, {"days": 30}),
    "ALERT": (
        {"new": ("unknown operation on 2026-03-03, in words knee operation",)},
        {"base": (*BASE, "unknown operation on 2026-02-03"), "days": 1},
    ),
}


@pytest.mark.parametrize("name", TOLD)
def test_each_row_is_told_by_one_chart_and_just_missed_by_another(name):
    hit, missed = TOLD[name]
    assert name in named(**hit), [change.text for change in changes(**hit)]
    assert name not in named(**missed)


def test_a_short_order_is_renewed_when_its_visits_are_done():
    """Preset E: four visits in four weeks, then decide."""
    severe = (EARLY, "pain 7 of 10 on 2026-02-27")
    assert "FU18-visits" not in named(days=27, base=severe) and "FU18-visits" in named(days=28, base=severe)


def test_the_end_of_the_plan_shows_what_was_reached_and_what_stays_at_home():
    found = {c.name.value: c for c in changes(("timed up and go 11 on 2027-01-20",), days=335)}["FU18"]
    assert "Timed Up and Go, 3 m 15 → 11 s" in found.now and "At home for life: " in found.consequence
    assert "No result since signing" in {c.name.value: c for c in changes(days=335)}["FU18"].now
    months = {c.name.value: c for c in changes(days=275)}["FU18-months"]
    assert "No result since signing" in months.now and "At home for life: None" not in months.consequence


def test_results_with_another_walking_aid_are_not_compared_and_meet_no_goal():
    base = (EARLY, PAIN, f"{TUG}, with walker")
    fast = "timed up and go 9 on 2026-03-04"
    same = {c.name.value: c for c in changes((f"{fast}, with walker",), base=base)}
    other = {c.name.value: c for c in changes((f"{fast}, with no aid",), base=base)}
    assert "FU8" in same and "FU8" not in other
    assert other["FU9-trend"].consequence == "With another walking aid: not compared. Repeat at evaluation."
    assert "FU9" not in {c.name.value for c in changes(("timed up and go 30 on 2026-03-04, with no aid",), base=base)}


# ------------------------------------------------------------------ properties

PRESCRIBED = [case for case in cases()[::8] if assessed(case).disposition.prescribes]


@pytest.mark.parametrize("case", PRESCRIBED, ids=lambda case: case.id)
def test_the_same_chart_on_the_same_day_has_nothing_new_and_its_order_does_not_matter(case):
    found: Assessment = assessed(case)
    parts = ("diagnoses", "procedures", "measurements", "medications", "orders", "unrecognised", "reports")
    turned = replace(found.chart, **{name: getattr(found.chart, name)[::-1] for name in parts})
    signed, now = plan(found, K), plan(derive(turned, found.as_of, K), K)
    assert [change.rule for change in follow_up(signed, now, K)] == ["FU20"]


OF_THE_DAY = {
    *("FU4", "FU4-higher", "FU4-lower", "FU5", "FU5-open", "FU5-stricter", "FU6", "FU6-due", "FU8-past", "FU13"),
    *(
        "FU13-stopped",
        "FU13-denosumab",
        "FU14-class",
        "FU16",
        "FU16-urgent",
        "FU18-visits",
        "FU18",
        "FU18-months",
        "FU19",
    ),
    *("FU19-held", "FU19-free", "FU19-target", "LIMIT", "LIMIT-ended", "ALERT", "FU20"),
}


@pytest.mark.parametrize("days", [1, 30, 200])
def test_a_later_day_alone_brings_no_new_fact(days):
    for case in PRESCRIBED[::4]:
        found: Assessment = assessed(case)
        later = plan(derive(found.chart, found.as_of + timedelta(days=days), K), K)
        told = {change.name.value for change in follow_up(plan(found, K), later, K)}
        assert told <= OF_THE_DAY, (case.id, told - OF_THE_DAY)


MUCH = (
    *("pain 6 of 10 on 2026-03-10", "timed up and go 19 on 2026-03-09", "falls on 2026-03-09"),
    *("takes prednisolone since 2026-03-04", "25-OH vitamin D 18 ng/mL on 2026-03-05", "neck operation on 2026-03-06"),
    *("takes zolpidem since 2026-03-02", "parkinson", "L1 fracture on 2026-03-04, routine healing"),
)


def test_the_strictest_stands_first_and_every_source_is_in_the_chart():
    found = changes((*MUCH, "urinary retention on 2026-03-05"), 12)
    ranks = [(change.severity.rank, change.kind.rank) for change in found]
    assert ranks == sorted(ranks)
    assert found[0].rule == "FU2" and found[0].kind is ChangeKind.STOP
    assert {"FU1", "FU12", "FU3"} <= {change.rule for change in found}
    known = {f"Fact/{number}" for number in range(1, 40)}
    assert all(set(change.sources) <= known for change in found)
    assert all(change.text and change.title and "{" not in change.text for change in found)


def test_what_one_row_says_no_other_says_again():
    found = changes(("neck operation on 2026-03-06",), 10)
    told = [change for change in found if "Fact/6" in change.sources and change.name is not ChangeName.STRICTER]
    assert [change.rule for change in told] == ["FU15"]
    assert "no load through the arms" in told[0].consequence


def test_a_danger_in_the_record_of_the_fracture_is_told_beside_what_follows_from_it():
    worse = f"{EARLY}, percent of height lost: 60"
    told = {change.rule for change in changes((worse,), base=(EARLY,), gone=(EARLY,))}
    assert {"severe-collapse", "FU5"} <= told


def reworded() -> Knowledge:
    files = dict(texts())
    for name, old, new in (
        ("exercises.toml", 'title = "', 'title = "Newly: '),
        ("follow_up.toml", 'title = "Pain"', 'title = "Pain, in new words"'),
        ("restrictions.toml", 'instead = "', 'instead = "rather '),
    ):
        files[name] = files[name].replace(old, new)
    return parse(files, try_phrases=False)


def test_other_words_of_the_knowledge_are_told_as_such_and_as_nothing_else():
    new = reworded()
    signed, day = proposed(SIGNED, *BASE), SIGNED + timedelta(days=1)
    (row,) = follow_up(signed, plan(derive(charted(day, *BASE), day, new), new), new)
    assert row.rule == "FU17"
    assert row.signed == f"Knowledge {K.version}" and "more" not in row.text
    assert row.text.endswith("rules of this plan changed. Re-sign?") and int(row.text.split()[0]) > 9


def test_another_version_that_changes_no_line_of_the_plan_is_not_told():
    new = replace(K, version="0123456789ab")
    signed, day = proposed(SIGNED, *BASE), SIGNED + timedelta(days=1)
    (row,) = follow_up(signed, plan(derive(charted(day, *BASE), day, new), new), new)
    assert row.rule == "FU20"


# ------------------------------------------------------------------ what is not known is not said


def compared(signed: Proposal, now: Proposal) -> set[str]:
    return {change.name.value for change in follow_up(signed, now, K)}


def unread(proposal: Proposal) -> Proposal:
    found = proposal.assessment
    chart_ = replace(found.chart, medicines_unread=True)
    return replace(proposal, assessment=replace(found, chart=chart_))


def test_a_medicine_that_was_not_read_is_not_stopped():
    drugs = ("takes oxycodone since 2026-02-01", "takes alendronate since 2026-01-01")
    signed, now = proposed(SIGNED, *BASE, *drugs), proposed(SIGNED, *BASE)
    assert compared(signed, now) == {"FU13-stopped"}
    assert compared(signed, unread(now)) == {"FU20"}


def test_a_bone_drug_begun_since_is_not_called_stopped():
    drug = "takes alendronate since 2026-02-20"
    without, with_ = proposed(SIGNED, *BASE), proposed(SIGNED, *BASE, drug)
    told = {change.name for change in follow_up(without, with_, K) if change.rule.startswith("FU13")}
    assert told == {ChangeName.DRUG_STARTED}
    told = {change.name for change in follow_up(with_, without, K) if change.rule.startswith("FU13")}
    assert told == {ChangeName.DRUG_STOPPED}


def test_a_medicine_that_was_not_read_when_signed_is_not_called_new():
    signed, now = proposed(SIGNED, *BASE), proposed(SIGNED, *BASE, "takes oxycodone since 2020-02-01")
    told = [change.signed for change in follow_up(unread(signed), now, K) if change.rule == "FU13"]
    assert told == ["Not all read when signed"]
    assert [c.signed for c in follow_up(signed, now, K) if c.rule == "FU13"] == ["None on record"]


def test_a_bone_drug_is_told_by_its_class_and_not_by_its_name():
    signed = proposed(SIGNED, *BASE, "takes alendronate since 2026-01-01")
    found = proposed(SIGNED, *BASE, "takes alendronate since 2026-01-01").assessment
    renamed = replace(found, treatment=tuple(replace(each, drug="Fosamax 70 mg") for each in found.treatment))
    assert compared(signed, plan(renamed, K)) == {"FU20"}
    started = [c for c in follow_up(proposed(SIGNED, *BASE), signed, K) if c.rule == "FU13"]
    assert [(c.title, c.signed, c.now) for c in started] == [("Alendronate", "None on record", "On, since 2026-01-01")]


def test_of_a_plan_signed_before_there_were_programs_nothing_is_made_up():
    signed = proposed(SIGNED, *BASE, "takes alendronate since 2026-01-01")
    older = replace(signed.assessment, treatment=(), broken_on=None)
    bare = replace(signed, assessment=older, ramp=None, priority=None, reviews=(), measures=(), visits=None)
    later = SIGNED + timedelta(days=60)
    told = compared(bare, proposed(later, *BASE, "takes alendronate since 2026-01-01"))
    assert told == {"FU4-higher", "FU5-open"}


def test_minutes_the_signer_chose_are_no_change():
    edit = Decision("dose.minutes", Choice.CHANGE, "50", "Tires easily")
    signed = revise(proposed(SIGNED, *BASE), (edit,), K)
    assert signed.ramp and signed.ramp.target == 50
    assert compared(signed, proposed(SIGNED, *BASE)) == {"FU20"}


def test_another_unknown_operation_beside_a_known_unknown_one_is_told():
    first, second = "unknown operation on 2026-02-03", "unknown operation on 2026-03-03, in words knee operation"
    (row,) = changes((second,), 4, base=(*BASE, first))
    assert row.rule == "unrecognised" and "knee operation" in row.now


def test_a_first_number_for_a_fracture_without_a_day_is_told():
    bare = "L3 fracture, routine healing"
    signed, now = proposed(SIGNED, bare), proposed(SIGNED, "L3 fracture on 2026-01-10, routine healing")
    (row,) = [change for change in follow_up(signed, now, K) if change.rule == "FU1"]
    assert (row.signed, row.now) == ("L3, day not recorded", "L3, 2026-01-10")


def test_another_day_of_the_same_fracture_is_told_and_a_known_operation_is_not():
    later = "L3 fracture on 2026-02-01, routine healing"
    (row,) = [change for change in changes((later,), gone=(EARLY,)) if change.rule == "FU1"]
    assert (row.signed, row.now) == ("L3, 2026-01-10", "L3, 2026-02-01")
    assert "FU15-elsewhere" not in named(base=(*BASE, "neck operation on 2026-01-05"))


def test_an_imprecise_day_does_not_move_with_the_day_of_the_question():
    assert "FU1" not in named(base=("L3 fracture on 2026, routine healing",), days=20)


def test_a_fall_told_in_a_count_is_told_as_the_record_says_it():
    (row,) = [c for c in changes(("falls in 12 months 3 on 2026-03-04",)) if c.rule == "FU12"]
    assert (row.signed, row.now) == ("None on record", "3 falls in 12 months")
    base = (*BASE, "falls in 12 months 2 on 2026-02-04")
    (row,) = [c for c in changes(("falls in 12 months 3 on 2026-03-04",), base=base) if c.rule == "FU12"]
    assert row.signed == "2 in 12 months"


def test_a_re_evaluation_and_a_blood_test_close_their_dates():
    low = (*BASE, "25-OH vitamin D 18 ng/mL on 2026-02-20")
    dates = {c.name: c.signed for c in changes(days=130, base=low)}
    assert dates[ChangeName.LATE].startswith("Tolerance check (2026-03-29)")
    count = int(next(c.text for c in changes(days=130, base=low) if c.rule == "FU6").split()[0])
    fresh = ("25-OH vitamin D 35 ng/mL on 2026-06-20",)
    fewer = next(c.text for c in changes(fresh, 130, base=low, evaluated="2026-06-10") if c.rule == "FU6")
    assert count - int(fewer.split()[0]) == 2


def test_a_brace_that_is_over_closes_its_date():
    brace = "order brace until 2026-04-01 given 2026-02-12"
    days = 20 + 30

    def asked(*facts: str) -> int:
        return int(next(c.text for c in changes(facts, days, base=(EARLY, brace)) if c.rule == "FU6").split()[0])

    assert asked() - asked("attested brace weaned on 2026-03-20") == 1


def test_the_words_of_kidneys_bone_and_goals():
    (row,) = [c for c in changes(("eGFR 28 on 2026-03-03",), base=(*BASE, "eGFR 45")) if c.rule == "FU14"]
    assert (row.signed, row.now) == ("45, day not recorded", "28, 2026-03-03")
    (row,) = [c for c in changes(("total hip T-score -2.6 on 2026-03-03",)) if c.name is ChangeName.BONE_CLASS]
    assert row.now == "-2.6 (total hip, 2026-03-03): osteoporosis"
    (row,) = [c for c in changes(("timed up and go 11 on 2026-03-04",)) if c.name is ChangeName.GOAL_MET]
    assert (row.signed, row.now, row.consequence) == ("15, goal 11.9 or less", "11 s, 2026-03-04", "Goal met. Keep it.")
    stands = (EARLY, PAIN, "chair stands 9 on 2026-02-20")
    (row,) = [c for c in changes(("chair stands 12 on 2026-03-04",), base=stands) if c.name is ChangeName.GOAL_MET]
    assert row.signed == "9, goal 12 or more" and row.consequence.startswith("Goal met. Next: Chair stand")


def test_an_undated_operation_is_told_without_a_day():
    (row,) = [c for c in changes(("neck operation",)) if c.rule == "FU15"]
    assert row.now == "neck operation, day not recorded"


def test_clear_gains_and_unclear_ones_are_told_apart():
    base = (*BASE, "gait speed 0.9 on 2026-02-20")
    told = {
        speed: [c.consequence for c in changes((f"gait speed {speed} on 2026-03-04",), base=base) if c.rule == "FU9"]
        for speed in ("0.93", "0.99")
    }
    assert told == {"0.93": ["No clear change yet."], "0.99": ["No clear change yet."]}


def test_an_ended_plan_is_told_with_the_days_since():
    (row,) = [c for c in changes(days=400) if c.name is ChangeName.PLAN_ENDS]
    assert row.now == "Ended 35 days ago. No result since signing"


def test_pain_of_one_day_asks_whether_it_stays():
    (row,) = [c for c in changes(("pain 5 of 10 on 2026-03-04", "pain 4 of 10 on 2026-03-04")) if c.rule == "FU3"]
    assert row.name is ChangeName.PAIN_WORSE and "does it stay for more than 24 hours?" in row.consequence
    new = ("pain 5 of 10 on 2026-03-04", "pain 6 of 10 on 2026-03-01")
    assert "FU3-stays" not in named(new, base=(EARLY, PAIN)), "the day of the signature was seen when it was signed"


@pytest.mark.parametrize(("days", "says"), [(140, "before the plan ends"), (160, "set more months")])
def test_a_late_full_dose_says_whether_the_plan_is_long_enough(days, says):
    (row,) = [c for c in changes(days=days) if c.name is ChangeName.FULL_DOSE_LATE]
    assert says in row.consequence
