"""Vignettes of the rule book (2b, section 10) as far as the dose decides them, and each rule FT just met and missed."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from smartapp.core.assessment import Assessment, Constraint, Reason
from smartapp.core.chart import Attestation, Measurement, Source
from smartapp.core.dates import When
from smartapp.core.derive import derive
from smartapp.core.kinds import AttestationName, Quantity
from smartapp.core.plan import plan
from smartapp.core.plan.case import stability_doubt
from smartapp.core.program import HomeSet
from smartapp.core.proposal import ActivityKind, Proposal
from smartapp.core.states import Healing, Phase, Prone, Track, UpperBack
from tests.core.assessments import ADVANCED, AS_OF, INITIAL, INTERMEDIATE, alert, assessment, knowledge, with_concepts
from tests.core.charts import chart

K = knowledge()


def planned(*facts: str, **tests: str) -> Proposal:
    found = derive(measured_chart(facts, tests), AS_OF, K)
    return plan(found, K)


def measured_chart(facts, tests):
    known = {"stands": Quantity.CHAIR_STANDS, "tug": Quantity.TIMED_UP_AND_GO}
    read = chart(("osteopenia", *facts), AS_OF)
    more = tuple(
        Measurement(Source(f"Observation/{name}"), known[name], Decimal(value), When.day(date(2026, 2, 20)))
        for name, value in tests.items()
    )
    return replace(read, measurements=(*read.measurements, *more))


def with_test(facts: Assessment, quantity: Quantity, value: str, day: date = AS_OF) -> Assessment:
    result = Measurement(Source(f"Observation/{quantity}"), quantity, Decimal(value), When.day(day))
    return replace(facts, chart=replace(facts.chart, measurements=(*facts.chart.measurements, result)))


def session(proposal: Proposal) -> list[str]:
    return [id_ for block in proposal.session for id_ in block.exercises]


def ordered(proposal: Proposal) -> set[str]:
    return {a.id for a in proposal.activities if a.kind is ActivityKind.EXERCISE}


EARLY = ["E11", "E05", "E07", "E02", "E03", "E08", "E09", "E10"]


# ------------------------------------------------------------------ vignettes


def test_vg1_early_pain_set() -> None:
    made = planned("woman of 70", "L1 fracture on 2026-02-09", "pain 5 of 10 on 2026-02-27")
    assert session(made) == EARLY and not {"E14", "E06", "E01"} & ordered(made)
    e09 = made.activity("E09")
    assert e09 and e09.fitt and (e09.fitt.sets, e09.fitt.reps) == ((1, 2), (5, 5))


def test_vg2_the_whole_first_phase_and_the_prone_line() -> None:
    made = planned("man of 63", "L3 fracture on 2026-01-10, routine healing", "pain 3 of 10 on 2026-02-27")
    assert "E01" in session(made) and 7 <= len(session(made)) <= 12
    assert any(note.startswith("PT may try E15") for note in made.notes)


def test_vg3_chair_stand_without_hands_from_half_of_the_test() -> None:
    facts = ("man of 68", "L2 fracture on 2025-10-25, routine healing", "pain 2 of 10 on 2026-02-27")
    made = planned(*facts, stands="11", tug="9.8")
    e20 = made.activity("E20")
    assert e20 and e20.fitt and e20.fitt.start_reps == "5" and "start with 5" in e20.dose
    e24 = made.activity("E24")
    assert e24 and (e24.home_set, e24.home_note) == (HomeSet.DAILY, "")
    assert len(session(made)) == 13 and all(len(b.odd) == len(b.even) for b in made.session)


def test_vg4_balance_work_is_not_done_alone_by_who_falls() -> None:
    facts = ("woman of 79", "L4 fracture on 2025-09-28, routine healing", "pain 3 of 10 on 2026-02-27", "falls")
    made = planned(*facts, tug="15.2")
    e24 = made.activity("E24")
    assert e24 and e24.home_set is None and "both hands on the counter" in e24.description


def test_vg5_no_chair_stand_without_arms() -> None:
    facts = ("man of 88", "L1 fracture on 2025-12-20, initial encounter", "pain 4 of 10 on 2026-02-27")
    made = planned(*facts, stands="0")
    assert session(made) == EARLY


def test_vg6_advanced_while_the_upper_back_waits() -> None:
    facts = ("man of 66", "L2 fracture on 2025-06-28, sequela", "fall from standing", "pain 0 of 10 on 2026-02-27")
    made = planned(*facts[:2], facts[3], stands="16", tug="8")
    e30 = made.activity("E30")
    assert e30 and e30.fitt and (e30.fitt.rm, e30.fitt.rir) == ((8, 12), (2, 4))
    assert "E16" in session(made) and not {"E29", "E32"} & ordered(made) and "E37" in session(made)


def test_vg7_loaded_extension_light_and_supervised() -> None:
    e29 = plan(ADVANCED, K).activity("E29")
    assert e29 and e29.fitt and e29.home_set is None
    assert (e29.fitt.start_load_kg, e29.fitt.rpe, e29.fitt.rir) == (1, (4, 6), (4, None))


def test_vg8_doubt_of_stability_keeps_the_early_set() -> None:
    made = planned("man of 58", "L1 fracture on 2025-09-28, delayed healing", "pain 3 of 10 on 2026-02-27")
    assert session(made) == EARLY


def test_vg9_nine_days_after_a_kyphoplasty() -> None:
    facts = ("woman of 74", "L2 fracture on 2025-11-01", "kyphoplasty at lumbar on 2026-02-20")
    assert session(planned(*facts, "pain 3 of 10 on 2026-02-27")) == EARLY


def test_vg10_after_a_fusion_the_set_of_the_surgeon() -> None:
    made = planned("man of 61", "L2 fracture on 2025-12-28, routine healing", "fusion at lumbar on 2025-12-29")
    assert session(made) == ["E11", "E05", "E07", "E03", "E08", "E09", "E10"] and ordered(made) == {*session(made)}
    assert "Back exercises start when your surgeon agrees." in made.notes
    assert {a.id for a in made.activities if a.home_set} == {"E03", "E05", "E07", "E08", "E11"}


def test_y02_cleared_early_adds_the_press_and_the_shoulder_blades() -> None:
    facts = ("man of 61", "L2 fracture on 2025-12-28, routine healing", "fusion at lumbar on 2025-12-29")
    made = planned(*facts, "attested surgeon clearance on 2026-02-20")
    assert {"E02", "E13", "E03"} <= {*session(made)} and "E12" not in ordered(made)


def test_vg14_hands_and_knees_for_who_cannot_lie_on_the_belly() -> None:
    facts = ("man of 71", "L4 fracture on 2025-10-28, routine healing", "copd", "pain 2 of 10 on 2026-02-27")
    assert "E17" in session(planned(*facts)) and "E16" not in ordered(planned(*facts))
    assert "E16" in session(planned(*facts[:2], facts[3]))


def test_vg15_positions_only_at_pain_8() -> None:
    made = planned("man of 70", "L2 fracture on 2025-12-28, routine healing", "pain 8 of 10 on 2026-02-27")
    assert ordered(made) == {"E02", "E05", "E07", "E11"} == {a.id for a in made.activities if a.home_set}


# ------------------------------------------------------------------ twins by fact (FT6)


@pytest.mark.parametrize(
    ("stands", "pain", "chosen"),
    [("5", 3, "E20"), ("4", 3, "E09"), ("5", 4, "E09"), (None, 3, "E20"), (None, None, "E20")],
)
def test_chair_stand_by_the_test_and_pain(stands: str | None, pain: int | None, chosen: str) -> None:
    facts = assessment(Phase.INTERMEDIATE, Prone.ALLOWED, pain=pain)
    facts = with_test(facts, Quantity.CHAIR_STANDS, stands) if stands else facts
    assert {"E09", "E20"} & {*session(plan(facts, K))} == {chosen}


@pytest.mark.parametrize(("day", "chosen"), [(date(2025, 12, 1), "E09"), (date(2025, 11, 30), "E20")])
def test_a_test_counts_for_90_days(day: date, chosen: str) -> None:
    assert chosen in session(plan(with_test(INTERMEDIATE, Quantity.CHAIR_STANDS, "2", day), K))


@pytest.mark.parametrize(("tug", "chosen"), [("11.9", "E37"), ("12", "E24"), (None, "E24")])
def test_moving_balance_only_for_steady_legs(tug: str | None, chosen: str) -> None:
    facts = with_test(ADVANCED, Quantity.TIMED_UP_AND_GO, tug) if tug else ADVANCED
    assert {"E24", "E37"} & {*session(plan(facts, K))} == {chosen}


@pytest.mark.parametrize(
    ("tug", "home"), [("11.9", (HomeSet.DAILY, "")), ("12", (None, "")), (None, (HomeSet.DAILY, "with-helper"))]
)
def test_balance_alone_at_home_only_for_steady_legs(tug: str | None, home: tuple[HomeSet | None, str]) -> None:
    facts = with_test(INITIAL, Quantity.TIMED_UP_AND_GO, tug) if tug else INITIAL
    e10 = plan(facts, K).activity("E10")
    assert e10 and (e10.home_set, e10.home_note) == home


def test_back_work_by_the_gates() -> None:
    pending = assessment(Phase.ADVANCED, Prone.ALLOWED, UpperBack.PENDING)
    closed = assessment(Phase.ADVANCED, Prone.BLOCKED)
    back = {"E15", "E16", "E17", "E29"}
    assert [back & {*session(plan(a, K))} for a in (ADVANCED, pending, closed)] == [{"E29"}, {"E16"}, {"E17"}]


def test_lift_from_a_block_only_where_healed_and_no_bone_or_drug_speaks_against_it() -> None:
    assert "E32" in session(plan(ADVANCED, K)) and "E06" not in session(plan(ADVANCED, K))
    against = [
        replace(ADVANCED, healing=Healing.UNKNOWN),
        replace(ADVANCED, alerts=(alert("clinical-osteoporosis"),)),
        with_concepts(ADVANCED, "glucocorticoid-use"),
    ]
    for facts in against:
        assert "E06" in session(plan(facts, K)) and "E32" not in ordered(plan(facts, K))


def without_ids(facts: Assessment, *ids: str) -> Assessment:
    limit = Constraint("WP99", "A limit", "Not that.", "Not that.", ids, (), Reason("Since."))
    return replace(facts, constraints=(limit,))


def test_who_may_not_push_with_the_arms_rises_without_them() -> None:
    e20 = plan(with_test(without_ids(INTERMEDIATE, "E09"), Quantity.CHAIR_STANDS, "3"), K).activity("E20")
    assert e20 and e20.variant == ("no-arms",)
    plain = plan(without_ids(INTERMEDIATE, "E13"), K).activity("E20")
    assert plain and plain.variant == ()


# ------------------------------------------------------------------ swaps, turns, tracks


@pytest.mark.parametrize(
    ("removed", "comes"),
    [
        (("E17", "E16"), "E01"),  # E18, E28 and E19 are in the session
        (("E20",), "E09"),
        (("E24",), "E10"),
        (("E22",), "E26"),
        (("E27",), "E11"),
        (("E18",), "E08"),
        (("E28",), "E13"),
    ],
)
def test_what_takes_the_place_of_what_is_taken_out(removed: tuple[str, ...], comes: str) -> None:
    made = plan(without_ids(INTERMEDIATE, *removed), K)
    assert comes in session(made) and not {*removed} & ordered(made)
    activity = made.activity(comes)
    assert activity and "Stands in for" in activity.reason.text


def test_bracing_gives_way_to_the_slide_and_a_mini_squat_to_the_sets() -> None:
    e12 = plan(without_ids(INITIAL, "E03"), K).activity("E12")
    assert e12 and e12.variant == ("slide",) and e12.home_set is None
    e08 = plan(without_ids(INITIAL, "E14"), K).activity("E08")
    assert e08 and e08.home_set is HomeSet.SESSION


def test_where_one_half_of_a_pair_is_gone_the_other_is_done_every_time() -> None:
    made = plan(without_ids(INTERMEDIATE, "E25"), K)
    [limbs] = [block for block in made.session if "E22" in block.exercises]
    assert (limbs.odd, limbs.even) == ((), ())


@pytest.mark.parametrize(("said", "rising"), [(None, False), ("yes", True), ("no", False)])
def test_rising_with_a_helper_only_where_it_is_said(said: str | None, rising: bool) -> None:
    facts = replace(INTERMEDIATE, track=Track.CHAIR)
    if said:
        stated = Attestation(AttestationName.STANDS_WITH_HELP, AS_OF, value=said)
        facts = replace(facts, chart=replace(facts.chart, attestations=(stated,)))
    made = plan(facts, K)
    assert ({"E51", "E52"} <= {*session(made)}) is rising and ("E45" in session(made)) is not rising


def test_the_chair_has_seven_exercises_and_the_bed_two_bouts() -> None:
    chair = plan(replace(INITIAL, track=Track.CHAIR), K)
    for left_out in ("odd", "even"):
        done = [i for b in chair.session for i in b.exercises if i not in getattr(b, left_out)]
        assert len(done) == 7
    early = plan(replace(assessment(pain=5), track=Track.CHAIR), K)
    assert session(early) == ["E47", "E05", "E07", "E02", "E13", "E43", "E45"]
    bed = plan(replace(INITIAL, track=Track.BED), K)
    assert sum(block.minutes for block in bed.session) == 10
    assert {a.id for a in bed.activities if a.home_set} == {"E02", "E05", "E07", "E47", "E48", "E49", "E50"}
    e50 = bed.activity("E50")
    assert e50 and e50.home_note == "with-helper"


def test_a_keep_set_has_each_twin_once_and_the_easier_one_at_home() -> None:
    kept = ("E01", "E02", "E05", "E07", "E08", "E11", "E13", "E41", "E43", "E45", "E47")
    gone = tuple(id_ for id_ in K.library.exercises if id_ not in kept)
    limit = Constraint("WP6", "Hip", "Hip first.", "Hip first.", gone, (), Reason("Since."), keeps=kept)
    made = plan(replace(INTERMEDIATE, constraints=(limit,), track=Track.CHAIR), K)
    assert "E01" in session(made) and "E02" not in session(made)
    e02 = made.activity("E02")
    assert e02 and e02.home_set is HomeSet.DAILY and e02.block is None
    painful = plan(replace(assessment(Phase.INTERMEDIATE, pain=5), constraints=(limit,), track=Track.CHAIR), K)
    assert "E02" in session(painful) and "E01" not in ordered(painful)


def test_what_is_not_done_alone_is_done_with_a_carer() -> None:
    facts = derive(chart(("man of 70", "L1 fracture on 2025-10-28, routine healing", "dementia"), AS_OF), AS_OF, K)
    assert not [a for a in plan(facts, K).activities if a.home_set]
    carer = Attestation(AttestationName.CARER, AS_OF, value="yes")
    helped = plan(replace(facts, chart=replace(facts.chart, attestations=(carer,))), K)
    assert {a.home_note for a in helped.activities if a.home_set} == {"with-helper"}
    to_come = replace(carer, on=AS_OF + timedelta(days=1))
    alone = plan(replace(facts, chart=replace(facts.chart, attestations=(to_come,))), K)
    assert not [a for a in alone.activities if a.home_set]


@pytest.mark.parametrize("code", ["severe-collapse", "canal-compromise", "burst-stable"])
def test_doubt_of_stability(code: str) -> None:
    doubtful = replace(INITIAL, alerts=(alert(code),))
    assert stability_doubt(doubtful) and not stability_doubt(INITIAL)
    answered = replace(doubtful.chart, attestations=(Attestation(AttestationName.BRACE_WEANED, AS_OF),))
    assert stability_doubt(replace(doubtful, chart=answered)) is (code != "burst-stable")
