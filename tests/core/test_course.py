"""Ramp, visits, urgency and reviews (rule books 2b, sections 2 to 4 and 10; 2c, sections 2, 3, 7, 10, 11).

Each rule is met by one chart and just missed by another; the charts differ by a fact.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from smartapp.core.assessment import Assessment
from smartapp.core.derive import derive
from smartapp.core.plan import plan
from smartapp.core.plan.course_guards import full_dose, reviews_dated, visits_add_up
from smartapp.core.plan.reviews import reviews_as_tasks
from smartapp.core.plan.visits import expected_day, plan_of_care
from smartapp.core.program import DoseFlag, OutcomeMeasure, PriorityValue
from smartapp.core.proposal import Choice, Decision, Proposal
from smartapp.core.review import check_decision, revise
from smartapp.core.review.edits import loosens
from smartapp.errors import ReviewError
from smartapp.knowledge import load
from tests.cases import assessed, by_id
from tests.core.charts import chart

K = load()
TODAY = date(2026, 3, 1)


def found(*facts: str, who: str = "man of 68") -> Assessment:
    return derive(chart((who, "osteopenia", *facts), TODAY), TODAY, K)


def planned(*facts: str, who: str = "man of 68") -> Proposal:
    return plan(found(*facts, who=who), K)


def minutes(proposal: Proposal) -> tuple[str, int, int, str]:
    assert proposal.ramp
    full = proposal.ramp.full_dose_from
    return proposal.ramp.rule, proposal.ramp.start, proposal.ramp.target, str(full)[5:] if full else "held"


def ordered(proposal: Proposal) -> tuple[str, int, str, str]:
    assert proposal.visits and proposal.priority
    urgency = proposal.priority
    return proposal.visits.preset, proposal.visits.count, urgency.value.value, str(urgency.see_by)[5:]


EARLY = "L3 fracture on 2026-02-09, routine healing"  # day 20
INITIAL = "L3 fracture on 2026-01-10, routine healing"  # day 50
MIDDLE = "L3 fracture on 2025-10-28, routine healing"
HEALED = "L3 fracture on 2025-07-01, resolved 2025-12-20"
TUG, STANDS = "timed up and go 8 on 2026-02-20", "chair stands 16 on 2026-02-20"


# ------------------------------------------------------------------ the public cases (2c, section 10)

PUBLIC = {
    "V01 V25 V31 V42 V55 V63 V65 V67": (("RA1b", 15, 60, "05-03"), ("A", 21, "urgent", "03-08")),
    "V03 V06 V22 V27 V34 V35 V58 V59 V61": (("RA1c", 30, 60, "04-12"), ("B", 25, "routine", "03-15")),
    "V04 V08 V11 V24 V29 V44 V69 V74 V76 V79": (("RA1d", 40, 60, "03-29"), ("B", 25, "routine", "03-15")),
    "V70": (("RA1a", 40, 60, "held"), ("B", 25, "routine", "03-15")),
    "V10 V15": (("RA1e", 45, 60, "03-22"), ("B", 25, "routine", "03-15")),
    "V40": (("RA1a", 15, 60, "held"), ("F", 4, "routine", "03-15")),
}


@pytest.mark.parametrize(("id_", "row"), [(id_, row) for ids in PUBLIC for row in [ids] for id_ in ids.split()])
def test_the_public_cases_have_the_course_of_the_rule_book(id_, row):
    proposal = plan(assessed(by_id(id_)), K)
    assert (minutes(proposal), ordered(proposal)) == PUBLIC[row]


# ------------------------------------------------------------------ ramp

RAMPS = [
    # phase, day, pain
    ((EARLY,), ("RA1b", 15, 60, "05-03")),
    ((INITIAL,), ("RA1c", 30, 60, "04-12")),
    (("L3 fracture on 2026-01-19, routine healing",), ("RA1b", 15, 60, "05-03")),  # day 41
    (("L3 fracture on 2026-01-18, routine healing",), ("RA1c", 30, 60, "04-12")),  # day 42
    ((INITIAL, "pain 4 of 10 on 2026-02-27"), ("RA1b", 15, 60, "05-03")),
    ((INITIAL, "pain 3 of 10 on 2026-02-27"), ("RA1c", 30, 60, "04-12")),
    ((INITIAL, "pain 4 of 10 on 2026-02-14"), ("RA1c", 30, 60, "04-12")),  # older than 14 days
    ((INITIAL, "pain 6 of 10 on 2026-02-27"), ("RA1b", 15, 60, "05-03")),
    ((INITIAL, "pain 7 of 10 on 2026-02-27"), ("RA1a", 10, 60, "held")),
    ((MIDDLE,), ("RA1d", 40, 60, "03-29")),
    ((MIDDLE, "pain 5 of 10 on 2026-02-27"), ("RA1d", 40, 60, "03-29")),
    ((HEALED,), ("RA1e", 45, 60, "03-22")),
    (("L3 fracture, routine healing",), ("RA1b", 15, 60, "05-03")),  # no date: day 0
    # frail: a stated level, or two signs
    ((MIDDLE, "Clinical Frailty Scale 5 on 2026-02-01"), ("RA2", 15, 40, "05-10")),
    ((MIDDLE, "Clinical Frailty Scale 4 on 2026-02-01"), ("RA1d", 40, 60, "03-29")),
    ((MIDDLE, "frailty"), ("RA2", 15, 40, "05-10")),
    ((MIDDLE, "gait speed 0.8 on 2026-02-20", "chair rise 15.1 on 2026-02-20"), ("RA2", 15, 40, "05-10")),
    ((MIDDLE, "gait speed 0.8 on 2026-02-20", "chair rise 15 on 2026-02-20"), ("RA2p", 30, 60, "04-12")),
    ((MIDDLE, "gait speed 0.81 on 2026-02-20", "chair rise 15 on 2026-02-20"), ("RA1d", 40, 60, "03-29")),
    ((MIDDLE, "timed up and go 20 on 2026-02-20", "weight loss"), ("RA2", 15, 40, "05-10")),
    ((MIDDLE, "timed up and go 19.9 on 2026-02-20", "weight loss"), ("RA2p", 30, 60, "04-12")),
    ((MIDDLE, "chair stands 0 on 2026-02-20", "weight loss"), ("RA2", 15, 40, "05-10")),
    ((MIDDLE, "chair stands 1 on 2026-02-20", "weight loss"), ("RA2p", 30, 60, "04-12")),
    # pre-frail: one sign, slow, or fewer stands than the line of a man of 68
    ((MIDDLE, "timed up and go 12 on 2026-02-20"), ("RA2p", 30, 60, "04-12")),
    ((MIDDLE, "timed up and go 11.9 on 2026-02-20"), ("RA1d", 40, 60, "03-29")),
    ((MIDDLE, "timed up and go 12 on 2025-11-30"), ("RA1d", 40, 60, "03-29")),  # 91 days old
    ((MIDDLE, "timed up and go 12 on 2025-12-01"), ("RA2p", 30, 60, "04-12")),  # 90 days old
    ((MIDDLE, "chair stands 11 on 2026-02-20"), ("RA2p", 30, 60, "04-12")),
    ((MIDDLE, "chair stands 12 on 2026-02-20"), ("RA1d", 40, 60, "03-29")),
    ((EARLY, "timed up and go 12 on 2026-02-20"), ("RA2p", 15, 60, "05-03")),  # not below 15
    ((INITIAL, "timed up and go 12 on 2026-02-20"), ("RA2p", 20, 60, "04-26")),
    ((HEALED, "timed up and go 12 on 2026-02-20"), ("RA2p", 35, 60, "04-05")),
    # tracks and limits
    ((MIDDLE, "wheelchair"), ("RA2c", 15, 30, "03-22")),
    ((MIDDLE, "Clinical Frailty Scale 6 on 2026-02-01"), ("RA2c", 15, 30, "03-22")),
    ((MIDDLE, "bed bound"), ("RA2b", 10, 20, "held")),
    ((MIDDLE, "palliative"), ("CX15", 20, 20, "03-01")),
]


@pytest.mark.parametrize(("facts", "expected"), RAMPS)
def test_minutes_by_phase_day_pain_and_frailty(facts, expected):
    assert minutes(planned(*facts)) == expected


def test_a_healing_hip_has_its_own_row():
    proposal = planned(MIDDLE, "fracture hip femur on 2026-02-01", who="woman of 84")
    assert minutes(proposal) == ("RA2k", 15, 30, "03-22")
    assert proposal.ramp.flag is DoseFlag.BELOW_SEED and "healing hip" in proposal.ramp.reason


@pytest.mark.parametrize(
    ("facts", "start", "said"),
    [
        ((INITIAL, "pain 7 of 10 on 2026-02-27"), 10, "Pain first, 10 minutes twice a day"),
        ((MIDDLE, "fusion at lumbar on 2025-12-28"), 15, "Your surgeon decides"),
        (("L3 fracture on 2025-10-28, delayed healing",), 15, "Stability is in doubt"),
        (("L3 fracture on 2025-10-28, stable burst, routine healing",), 15, "Stability is in doubt"),
        (("L3 fracture on 2025-10-28, routine healing, percent of height lost: 41",), 15, "Stability is in doubt"),
        ((MIDDLE, "radiculopathy on 2026-02-10"), 30, "Time is added when this is answered: radiculopathy."),
        ((MIDDLE, "myocardial infarction on 2026-01-20"), 40, "med clearance"),
        ((MIDDLE, "pain 1 of 10 on 2026-02-18", "pain 3 of 10 on 2026-02-25"), 40, "pain worse"),
    ],
)
def test_what_holds_the_minutes_says_why(facts, start, said):
    ramp = planned(*facts).ramp
    assert said in ramp.held and said in ramp.dose_line
    assert (ramp.rule, ramp.start, ramp.full_dose_from, ramp.flag) == ("RA1a", start, None, DoseFlag.LATE)
    assert ramp.reason


@pytest.mark.parametrize(
    "facts",
    [
        (INITIAL, "pain 6 of 10 on 2026-02-27"),
        (MIDDLE, "fusion at lumbar on 2025-11-01", "attested surgeon clearance on 2026-02-20"),  # 12 weeks and cleared
        (MIDDLE, "kyphoplasty at lumbar on 2025-12-01"),
        ("L3 fracture on 2025-10-28, stable burst, routine healing", "attested stability imaging on 2026-02-20"),
        ("L3 fracture on 2025-10-28, routine healing, percent of height lost: 40",),
        (MIDDLE, "radiculopathy on 2026-02-10", "attested motor intact on 2026-02-20"),
        (MIDDLE, "pain 2 of 10 on 2026-02-18", "pain 3 of 10 on 2026-02-25"),
    ],
)
def test_what_just_does_not_hold_the_minutes(facts):
    ramp = planned(*facts).ramp
    assert ramp.held == "" and ramp.full_dose_from and ramp.rule != "RA1a"


def test_the_dose_line_is_that_of_the_rule_book():
    ramp = planned(EARLY).ramp
    assert ramp.dose_line == (
        "Source dose: 60+ min, 2-3/wk, at least 7 months, better 12. This plan starts at 15, reaches 60 min on "
        "2026-05-03; 9 months at full dose by 2027-03-01."
    )
    assert (ramp.flag, ramp.reason) == (DoseFlag.OK, "")


def test_frail_trains_three_times_a_week_and_the_reason_stands():
    proposal = planned(MIDDLE, "frailty")
    assert (proposal.program.frequency, proposal.program.frequency_max, proposal.program.minutes) == (3, None, 40)
    assert proposal.ramp.flag is DoseFlag.BELOW_SEED
    assert proposal.ramp.reason == "Target 30-45 minutes: the dose for frail adults. Less gain of bone is expected."
    assert "GU5" not in proposal.guards and dict(proposal.overrides)["GU5"] == proposal.ramp.reason


def test_a_bed_has_no_weekly_step():
    ramp = planned(MIDDLE, "bed bound").ramp
    assert "adds the second bout, 20 min in all" in ramp.dose_line and ramp.now == 10


def test_comfort_waives_the_dose_line():
    ramp = planned(MIDDLE, "palliative").ramp
    assert ramp.dose_line == "" and "Goals of care first" in ramp.reason


# ------------------------------------------------------------------ visits

PRESETS = [
    ((EARLY,), "A", 21),
    ((INITIAL,), "B", 25),
    ((INITIAL, "pain 4 of 10 on 2026-02-27"), "A", 21),
    ((MIDDLE, "pain 4 of 10 on 2026-02-27"), "B", 25),  # A is for the initial phase
    ((INITIAL, "pain 7 of 10 on 2026-02-27"), "E", 5),
    ((INITIAL, "pain 6 of 10 on 2026-02-27"), "A", 21),
    (("L3 fracture on 2025-10-28, delayed healing", "pain 7 of 10 on 2026-02-27"), "F", 4),  # F before E
    ((MIDDLE, "palliative", "pain 7 of 10 on 2026-02-27"), "G", 4),  # G before all
    ((EARLY, "frailty"), "A", 21),  # A before D
    ((MIDDLE, "frailty"), "D", 25),
    ((MIDDLE, "timed up and go 12 on 2026-02-20", "falls in 12 months 1 on 2026-02-20"), "D", 25),
    ((MIDDLE, "timed up and go 11.9 on 2026-02-20", "falls in 12 months 1 on 2026-02-20"), "B", 25),
    ((MIDDLE, "timed up and go 12 on 2026-02-20"), "B", 25),
    ((MIDDLE, "falls in 12 months 2 on 2026-02-20"), "D", 25),
    ((MIDDLE, "falls in 12 months 1 on 2026-02-20"), "B", 25),
    # the fall that broke the bone is none of them (CX11)
    ((MIDDLE, "fall from standing on 2025-10-28", "falls in 12 months 2 on 2026-02-20"), "B", 25),
    ((HEALED, TUG, STANDS), "C", 13),
    ((HEALED, f"{TUG}, with walker", "gait speed 1.2 on 2026-02-21, with walker", STANDS), "C", 13),
    ((HEALED, f"{TUG}, with walker", "gait speed 1.2 on 2026-02-21, with cane", STANDS), "B", 25),  # CD7
    ((HEALED, TUG), "B", 25),  # both must be measured
    ((HEALED, STANDS), "B", 25),
    ((HEALED, "timed up and go 12 on 2026-02-20", STANDS), "B", 25),
    ((HEALED, TUG, "chair stands 11 on 2026-02-20"), "B", 25),
    ((HEALED, TUG, "chair stands 12 on 2026-02-20"), "C", 13),
    ((MIDDLE, TUG, STANDS), "B", 25),  # not healed
]


@pytest.mark.parametrize(("facts", "preset", "count"), PRESETS)
def test_the_first_preset_that_fits_is_ordered(facts, preset, count):
    visits = planned(*facts).visits
    assert (visits.preset, visits.count) == (preset, count)


def test_an_oswestry_of_41_gives_the_visits_of_preset_a():
    for value, preset in ((41, "A"), (40, "B")):
        measure = OutcomeMeasure("odi", "97909-6", "Oswestry", value, "%", TODAY)
        proposal = revise(
            replace(planned(INITIAL), measures=(measure,)), [Decision("dose.days", Choice.CHANGE, "mon wed fri")], K
        )
        assert proposal.visits.preset == preset
    unusable = replace(measure, value=80, usable=False)
    kept = replace(planned(INITIAL), measures=(unusable,))
    assert revise(kept, [Decision("dose.days", Choice.CHANGE, "mon wed fri")], K).visits.preset == "B"


@pytest.mark.parametrize(
    ("facts", "minutes_", "rest"),
    [
        ((MIDDLE,), (30, 60), False),
        ((MIDDLE, "frailty"), (30, 30), True),
        ((EARLY, "frailty"), (30, 30), True),  # in preset A too (CX14)
        ((MIDDLE, "wheelchair"), (30, 30), False),
        ((MIDDLE, "falls in 12 months 2 on 2026-02-20"), (30, 30), True),
        ((MIDDLE, "bed bound"), (20, 20), False),
        ((MIDDLE, "palliative"), (20, 30), False),
    ],
)
def test_visits_are_short_for_whom_a_session_is(facts, minutes_, rest):
    visits = planned(*facts).visits
    assert visits.minutes == minutes_
    assert ("at home on the same day" in visits.text) is rest


def test_the_order_is_for_ninety_days_and_counts_its_visits():
    proposal = planned(EARLY)
    order, visits = proposal.referral, proposal.visits
    assert (order.start, order.end, order.quantity) == (TODAY, date(2026, 5, 30), 21)
    timing = order.timing
    assert (timing.frequency, timing.frequency_max, timing.period_days, timing.count) == (1, 2, 7, 21)
    assert (timing.minutes, timing.minutes_max, timing.days) == (30, 60, ("mon", "thu"))
    assert order.priority == "urgent"
    assert visits.text == "Evaluation + 20 visits in 12 weeks: 1 a week for 4 weeks, then 2 a week."
    assert visits.later.startswith("After 2026-05-30: fewer visits, same exercise.") and "Not ordered" in visits.later
    assert (proposal.end, proposal.program.minutes) == (date(2027, 3, 1), 60)


@pytest.mark.parametrize(
    ("facts", "timing"),
    [
        ((MIDDLE,), (2, None, 7)),
        ((HEALED, TUG, STANDS), (1, None, 7)),
        ((INITIAL, "pain 7 of 10 on 2026-02-27"), (1, None, 7)),
        ((MIDDLE, "fusion at lumbar on 2025-12-28"), (1, None, 28)),
        ((MIDDLE, "palliative"), (1, None, 28)),
    ],
)
def test_how_often_by_preset(facts, timing):
    order = planned(*facts).referral.timing
    assert (order.frequency, order.frequency_max, order.period_days) == timing


def test_medicares_elements_are_all_there():
    proposal = planned(EARLY)
    box = plan_of_care(proposal, K.course.texts)
    assert box.diagnoses.startswith("Diagnoses:") and box.goals and box.amount == "1 treatment a day"
    assert "therapeutic exercise" in box.type and "1 a week for 4 weeks" in box.frequency
    assert box.duration == "21 visits, the evaluation included, 2026-03-01 to 2026-05-30"
    assert plan_of_care(replace(proposal, visits=None), K.course.texts) is None


def test_who_does_not_leave_the_house_is_visited():
    for fact in ("needs help", "homebound", "wheelchair"):
        assert "Home-bound" in planned(MIDDLE, fact).visits.setting
    assert "Home-bound" in planned(MIDDLE, "bed bound").referral.note
    assert planned(MIDDLE).visits.setting == ""


# ------------------------------------------------------------------ urgency

ALONE = "lives alone"
URGENCY = [
    ((MIDDLE,), "routine", "nothing on record"),
    (("L3 fracture on 2026-01-18, routine healing",), "urgent", "day 42 of healing"),
    (("L3 fracture on 2026-01-17, routine healing",), "routine", ""),
    (("L3 fracture, routine healing",), "urgent", "the fracture has no date"),
    ((MIDDLE, "kyphoplasty at lumbar on 2026-01-18"), "urgent", "operation of the spine 42 days ago"),
    ((MIDDLE, "kyphoplasty at lumbar on 2026-01-17"), "routine", ""),
    ((MIDDLE, "order brace given 2026-02-01"), "urgent", "a brace without a wearing plan"),
    ((MIDDLE, "order brace until 2026-04-01 given 2026-02-01"), "routine", ""),
    ((MIDDLE, "falls on 2026-01-30"), "urgent", "a fall on 2026-01-30"),
    ((MIDDLE, "falls on 2026-01-29"), "routine", ""),
    ((MIDDLE, "falls on 2026-02-10", "falls on 2026-02-20"), "asap", "2 falls in the last 30 days"),
    ((MIDDLE, "falls on 2026-01-10", "falls on 2026-02-20"), "urgent", "a fall on 2026-02-20"),
    ((MIDDLE, "timed up and go 20 on 2026-02-20"), "urgent", "timed up and go 20 s"),
    ((MIDDLE, "timed up and go 19.9 on 2026-02-20"), "routine", ""),
    ((MIDDLE, "takes oxycodone since 2025-10-21"), "urgent", "an opioid for the fracture"),
    ((MIDDLE, "takes oxycodone since 2025-10-20"), "routine", ""),  # more than a week before
    ((MIDDLE, "takes oxycodone"), "routine", ""),  # since when is not known
    ((MIDDLE, "takes oxycodone since 2025-11-01, stopped"), "routine", ""),
    ((MIDDLE, "takes zolpidem since 2025-11-01"), "routine", ""),
    ((MIDDLE, ALONE, "pain 4 of 10 on 2026-02-27"), "urgent", "lives alone, with pain or weak legs"),
    ((MIDDLE, ALONE, "pain 3 of 10 on 2026-02-27"), "routine", ""),
    ((MIDDLE, "pain 4 of 10 on 2026-02-27"), "routine", ""),
    ((MIDDLE, ALONE, "chair stands 8 on 2026-02-20"), "urgent", "weak legs"),  # the line is 12
    ((MIDDLE, ALONE, "chair stands 9 on 2026-02-20"), "routine", ""),
    ((INITIAL, "pain 7 of 10 on 2026-02-27"), "urgent", "after the question about red flags"),
    ((MIDDLE, "hospital stay on 2026-02-15"), "urgent", "discharged from hospital on 2026-02-15"),
    ((MIDDLE, "hospital stay on 2026-02-14"), "routine", "nothing on record"),
    ((MIDDLE, "hospital stay on 2026-03-02"), "routine", "nothing on record"),  # the end of a stay that goes on
    ((MIDDLE, "hospital stay on 2026-02"), "urgent", "discharged from hospital on 2026-02-28"),
    ((MIDDLE, ALONE, "needs help"), "asap", "lives alone"),
    ((MIDDLE, ALONE, "wheelchair"), "asap", "lives alone"),
    ((MIDDLE, ALONE, "bed bound"), "asap", "lives alone"),
    ((MIDDLE, "needs help"), "routine", ""),
    ((MIDDLE, f"{ALONE}, resolved", "needs help"), "routine", ""),
]
DAYS = {"asap": 3, "urgent": 7, "routine": 14}


@pytest.mark.parametrize(("facts", "value", "because"), URGENCY)
def test_how_soon_and_why(facts, value, because):
    priority = planned(*facts).priority
    assert priority.value.value == value
    assert priority.see_by == TODAY + timedelta(days=DAYS[value])
    assert because in "; ".join(priority.because)
    assert priority.text.startswith(f"See by {priority.see_by}: ")
    assert (priority.proposed, priority.reason) == (None, "")


# ------------------------------------------------------------------ reviews


def days_of(proposal: Proposal) -> dict[str, str]:
    return {review.id: str(review.day) for review in proposal.reviews}


def test_reviews_of_an_early_fracture():
    proposal = planned(EARLY, "25-OH vitamin D 15 ng/mL on 2026-02-20", "order brace until 2026-05-04 given 2026-02-10")
    assert days_of(proposal) == {
        "VI9-tolerance": "2026-03-22",
        "VI8-plan-of-care": "2026-04-07",
        "VI7-10": "2026-04-23",
        "PG9-brace": "2026-05-04",
        "PG9-prone": "2026-05-04",  # day 84, and the brace shuts the gate until then
        "PG9-intermediate": "2026-05-09",
        "VI6-renewal": "2026-05-16",
        "VI8-recertify": "2026-05-23",
        "VI7-20": "2026-05-28",
        "PG9-vitamin-d": "2026-06-01",
        "VI9-3": "2026-06-08",
        "PG9-advanced": "2026-08-09",
        "PG9-flexion-first": "2026-08-09",
        "VI9-6": "2026-09-08",
        "PG9-flexion": "2027-02-09",
        "VI9-12": "2027-03-08",
    }
    assert [review.day for review in proposal.reviews] == sorted(review.day for review in proposal.reviews)
    assert {r.decides.value for r in proposal.reviews if r.id == "PG9-brace"} == {"surgeon"}


def test_prone_is_asked_twice_while_the_calendar_shuts_it():
    days = days_of(planned(EARLY))
    assert (days["PG9-prone-first"], days["PG9-prone"]) == ("2026-03-23", "2026-05-04")
    assert not {"PG9-prone-first", "PG9-prone"} & days_of(planned(MIDDLE)).keys()  # open already
    longer = days_of(planned(EARLY, "order brace until 2026-06-30 given 2026-02-10"))
    assert longer["PG9-prone"] == "2026-06-30" and "PG9-prone-first" not in longer
    no_end = days_of(planned(EARLY, "order brace"))
    assert "PG9-prone" not in no_end and no_end["PG9-brace"] == "2026-03-08"  # by the first visit


def test_what_is_past_or_settled_is_no_review():
    days = days_of(planned(MIDDLE))
    assert "PG9-intermediate" not in days and "PG9-advanced" in days
    assert "PG9-brace" not in days and "PG9-vitamin-d" not in days
    assert "PG9-flexion" not in days_of(planned("L3 fracture on 2024-06-01, resolved 2025-01-01", who="man of 45"))
    undated = days_of(planned("L3 fracture, routine healing"))
    assert not any(name.startswith("PG9-") for name in undated) and len(undated) >= 5


def test_few_visits_have_no_report_and_an_early_decision():
    days = days_of(planned(INITIAL, "pain 7 of 10 on 2026-02-27"))
    assert "VI7-10" not in days and days["VI6-renewal"] == "2026-03-29"  # four weeks


def test_goals_of_care_take_the_place_of_all_reviews():
    assert days_of(planned(MIDDLE, "palliative")) == {"CX15-4": "2026-04-12", "CX15-12": "2026-06-07"}


def test_expected_days_of_visits():
    visits = planned(EARLY).visits  # 1 a week for 4 weeks, then 2 a week
    days = [(expected_day(visits, number, TODAY) - TODAY).days for number in (1, 2, 5, 6, 7, 21)]
    assert days == [0, 7, 28, 32, 35, 84]
    assert expected_day(visits, 22, TODAY) is None


# ------------------------------------------------------------------ no plan


@pytest.mark.parametrize("facts", [("cauda equina", MIDDLE), (f"{MIDDLE}, unconfirmed",), ()])
def test_without_a_plan_there_is_no_course(facts):
    proposal = planned(*facts)
    assert (proposal.program, proposal.ramp, proposal.visits, proposal.priority) == (None, None, None, None)
    assert proposal.reviews == ()


# ------------------------------------------------------------------ edits


def edited(proposal: Proposal, *edits: tuple[str, ...]) -> Proposal:
    made = revise(proposal, [Decision(f"dose.{item}", Choice.CHANGE, *rest) for item, *rest in edits], K)
    assert len(made.decisions) == len({item for item, *_ in edits}), made.warnings
    return made


def test_fewer_months_make_full_dose_late_and_the_line_says_so():
    ramp = edited(planned(EARLY), ("months", "9")).ramp
    assert ramp.flag is DoseFlag.LATE and "6 months at full dose by 2026-12-01" in ramp.dose_line
    assert ramp.reason == "Only 6 months at full dose before 2026-12-01: 7 full months would end on 2026-12-03."
    assert edited(planned(EARLY), ("months", "10")).ramp.flag is DoseFlag.OK


def test_fewer_minutes_are_below_the_source_with_the_clinicians_reason():
    proposal = edited(planned(INITIAL), ("minutes", "45", "wants less"))
    assert minutes(proposal) == ("RA1c", 30, 45, "03-22")
    assert proposal.ramp.flag is DoseFlag.BELOW_SEED
    assert proposal.ramp.reason == "The clinician set 45 minutes as the target. wants less"


def test_a_later_start_moves_ramp_and_order_not_the_urgency():
    proposal = edited(planned(INITIAL), ("start", "2026-03-09"))
    assert minutes(proposal)[3] == "04-20"
    assert (proposal.visits.start, proposal.referral.end) == (date(2026, 3, 9), date(2026, 6, 7))
    assert proposal.priority.see_by == date(2026, 3, 15)


@pytest.mark.parametrize(
    ("count", "frequency", "most", "period", "days"),
    [
        ("1", 1, None, 12, ()),
        ("7", 1, None, 2, ()),
        ("13", 1, None, 1, ()),
        ("19", 1, 2, 1, ("mon", "thu")),
        ("31", 2, 3, 1, ("mon", "wed", "fri")),
        ("37", 3, None, 1, ("mon", "wed", "fri")),
    ],
)
def test_the_clinician_orders_another_number_of_visits(count, frequency, most, period, days):
    proposal = edited(planned(INITIAL), ("visits", count))
    visits = proposal.visits
    assert (visits.count, visits.proposed) == (int(count), 25)
    assert (visits.frequency, visits.frequency_max, visits.period_weeks, visits.days) == (frequency, most, period, days)
    assert proposal.referral.quantity == int(count) and "GU17" in proposal.guards
    assert "set by the clinician" in visits.text
    back = edited(planned(INITIAL), ("visits", count), ("visits", "25"))
    assert back.visits == planned(INITIAL).visits


@pytest.mark.parametrize("value", ["0", "38", "many"])
def test_no_more_visits_than_leave_a_day_of_rest(value):
    with pytest.raises(ReviewError, match="whole number from 1 to 37"):
        check_decision(planned(INITIAL), Decision("dose.visits", Choice.CHANGE, value), K)


def test_more_visits_before_the_surgeon_has_answered_need_a_reason():
    held = planned(MIDDLE, "fusion at lumbar on 2025-12-28")
    assert loosens(held, Decision("dose.visits", Choice.CHANGE, "5"), K)
    assert not loosens(held, Decision("dose.visits", Choice.CHANGE, "3"), K)
    assert not loosens(planned(INITIAL), Decision("dose.visits", Choice.CHANGE, "30"), K)
    assert edited(held, ("visits", "5", "spoke with the surgeon")).visits.count == 5


def test_more_minutes_than_a_limit_sets_need_a_reason_and_stay_within_the_weeks_of_a_ramp():
    seated = planned(MIDDLE, "wheelchair")
    assert loosens(seated, Decision("dose.minutes", Choice.CHANGE, "60"), K)
    assert minutes(edited(seated, ("minutes", "60", "trains daily"))) == ("RA2c", 15, 60, "05-03")
    with pytest.raises(ReviewError, match="takes more than 12 weeks: set a lower target"):
        check_decision(planned(MIDDLE, "frailty"), Decision("dose.minutes", Choice.CHANGE, "60", "fit"), K)
    with pytest.raises(ReviewError, match="do not grow by the week cannot reach 60 minutes"):
        check_decision(planned(MIDDLE, "bed bound"), Decision("dose.minutes", Choice.CHANGE, "60", "sits well"), K)
    with pytest.raises(ReviewError, match="From 15 to 80 minutes takes more than 12 weeks"):
        check_decision(planned(EARLY), Decision("dose.minutes", Choice.CHANGE, "80"), K)
    assert minutes(edited(planned(EARLY), ("minutes", "75"))) == ("RA1b", 15, 75, "05-24")


def test_less_urgent_needs_a_reason_more_urgent_does_not():
    early = planned(EARLY)
    assert loosens(early, Decision("dose.priority", Choice.CHANGE, "routine"), K)
    assert not loosens(early, Decision("dose.priority", Choice.CHANGE, "asap"), K)
    later = edited(early, ("priority", "routine", "seen in the ward"), ("months", "10"))
    assert (later.priority.value, later.priority.see_by) == (PriorityValue.ROUTINE, date(2026, 3, 15))
    assert later.referral.priority == "routine"
    assert later.priority.because[0] == "Set to routine by the clinician (urgent was proposed): seen in the ward"
    sooner = edited(early, ("priority", "asap"))
    assert sooner.priority.because[0] == "Set to asap by the clinician (urgent was proposed)"
    assert edited(early, ("priority", "asap"), ("priority", "urgent")).priority == early.priority
    assert edited(early, ("priority", "urgent", "as proposed")).priority == early.priority
    with pytest.raises(ReviewError, match="one of asap, urgent, routine"):
        check_decision(early, Decision("dose.priority", Choice.CHANGE, "stat", "now"), K)


def test_the_same_plan_tomorrow_is_the_same_plan():
    today, later = plan(found(INITIAL), K), plan(replace(found(INITIAL), as_of=date(2026, 3, 2)), K)
    assert today.content_hash == later.content_hash and today.fingerprint != later.fingerprint


# ------------------------------------------------------------------ guards


def test_gu5_asks_for_a_ramp_that_rises_in_time_and_for_reasons():
    proposal = planned(EARLY)
    ramp = proposal.ramp
    assert list(full_dose(proposal, K)) == []
    assert list(full_dose(replace(proposal, ramp=None), K)) == ["The minutes of the sessions do not say how they grow."]
    assert list(full_dose(replace(proposal, ramp=replace(ramp, start=70)), K)) == ["The minutes fall from 70 to 60."]
    short = list(full_dose(replace(proposal, ramp=replace(ramp, target=50)), K))
    assert short == ["Sessions that do not grow by the week cannot reach 60 minutes."]
    slow = list(full_dose(replace(proposal, ramp=replace(ramp, step_weeks=2)), K))
    assert slow == ["From 15 to 60 minutes takes more than 12 weeks: set a lower target."]
    silent = list(full_dose(replace(proposal, ramp=replace(ramp, flag=DoseFlag.LATE)), K))
    assert silent == ["A dose below the source's has no reason."]


def test_gu17_the_order_is_the_sum_of_its_visits_within_ninety_days():
    proposal = planned(EARLY)
    order, visits = proposal.referral, proposal.visits
    assert list(visits_add_up(proposal, K)) == []
    for wrong in (replace(proposal, visits=None), replace(proposal, referral=replace(order, quantity=20))):
        assert list(visits_add_up(wrong, K)) == ["The order does not say how many visits it is for."]
    uneven = replace(proposal, visits=replace(visits, schedule=((20, 11),)), referral=replace(order, quantity=21))
    assert list(visits_add_up(uneven, K)) == []
    short = replace(proposal, visits=replace(visits, schedule=((19, 12),)))
    assert list(visits_add_up(short, K)) == ["21 visits are ordered and 20 planned."]
    long = replace(proposal, referral=replace(order, end=date(2026, 5, 31)))
    assert list(visits_add_up(long, K)) == ["An order runs for at most 90 days, not from 2026-03-01 to 2026-05-31."]


def test_gu18_at_least_five_reviews_on_days_to_come():
    proposal = planned(EARLY)
    few = replace(proposal, reviews=proposal.reviews[:4])
    assert list(reviews_dated(few, K)) == ["4 dated reviews are fewer than 5."]
    past = replace(proposal.reviews[0], day=TODAY)
    assert list(reviews_dated(replace(proposal, reviews=(past, *proposal.reviews)), K)) == [
        f"“{past.what}” is due on 2026-03-01, which is no day to come."
    ]
    assert list(reviews_dated(planned(MIDDLE, "palliative"), K)) == []


def test_what_somebody_decides_or_sends_on_a_day_is_a_task_where_there_is_an_order():
    made = plan(derive(chart(("man born 1958-01-15", "osteopenia", "L3 fracture on 2026-01-10"), TODAY), TODAY, K), K)
    found = {review.id for review in reviews_as_tasks(made, K)}
    assert {"PG9-intermediate", "VI8-recertify"} <= found < {review.id for review in made.reviews}
    assert reviews_as_tasks(replace(made, referral=None), K) == ()
