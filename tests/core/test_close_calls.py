"""Close calls no case file turns on: found as mutants that survived (docs/mutation.md)."""

from dataclasses import replace
from datetime import date

import pytest

from smartapp.core.alert_codes import AlertCode
from smartapp.core.assessment import Assessment
from smartapp.core.chart import Unreadable
from smartapp.core.concepts import Topic
from smartapp.core.derive import derive
from smartapp.core.states import Healing, Severity
from smartapp.knowledge import load
from tests.core.charts import chart

TODAY = date(2026, 3, 1)
KNOWLEDGE = load()
MAN = ("man of 70", "osteopenia")


def assess(*facts: str) -> Assessment:
    return derive(chart([*MAN, *facts], TODAY), TODAY, KNOWLEDGE)


def alert(found: Assessment, code: str):
    return next(a for a in found.alerts if a.code == code)


@pytest.mark.parametrize(
    ("procedure", "stays_unstable"),
    [
        ("kyphoplasty at lumbar on 2025-11-01", True),
        ("fixation at lumbar", True),
        ("fixation at lumbar on 2025-11-01", False),
    ],
)
def test_only_a_dated_fixation_makes_an_unstable_fracture_stable(procedure, stays_unstable):
    found = assess("L1 fracture on 2025-10-05, unstable burst", procedure)
    assert found.has("unstable-fracture") is stays_unstable


def test_a_burst_is_unstable_until_a_record_of_it_says_stable():
    since = "L1 fracture on 2025-10-05"
    burst = assess(f"{since}, burst")
    assert "no record calls stable" in alert(burst, "unstable-fracture").reason.text
    assert not assess(f"{since}, burst", f"{since}, stable burst").has("unstable-fracture")
    assert not burst.has("clinical-osteoporosis")  # a burst speaks for high energy


@pytest.mark.parametrize(
    ("confirmed", "suspected", "disposition"),
    [
        ("L1", "L1", "prescribe"),
        ("L1", "lumbar", "prescribe"),
        ("lumbar", "L1", "prescribe"),
        ("L1", "L4", "confirm-first"),
    ],
)
def test_a_suspicion_is_settled_only_by_the_same_vertebra(confirmed, suspected, disposition):
    since = "on 2025-12-01"
    found = assess(f"{confirmed} fracture {since}, routine healing", f"{suspected} fracture {since}, unconfirmed")
    assert found.disposition.startswith(disposition), found.disposition
    assert found.has("confirm-fracture") is (disposition == "confirm-first")


@pytest.mark.parametrize(("suspected", "settled"), [("T8", True), ("T9", False)])
def test_a_thoracic_suspicion_is_settled_by_the_same_thoracic_fracture(suspected, settled):
    since = "on 2025-12-01"
    found = assess(
        f"L1 fracture {since}, routine healing",
        f"T8 fracture {since}, routine healing",
        f"{suspected} fracture {since}, unconfirmed",
    )
    assert found.disposition.prescribes is settled


def test_two_findings_of_one_alert_keep_its_words_and_action():
    found = alert(assess("L1 fracture on 2026-02-01", "kidney stones", "hypercalcaemia"), "calcium-caution")
    words = KNOWLEDGE.alerts["calcium-caution"].words
    assert (found.text, found.action, found.urgency) == (words.text, words.action, "")
    assert "kidney stones" in found.reason.text
    assert "hypercalcaemia" in found.reason.text


def test_regions_that_are_not_lumbar_are_listed():
    found = assess("T8 fracture on 2026-02-01", "sacral fracture on 2026-02-01")
    assert alert(found, "level-not-lumbar").reason.text == "Recorded: sacral, thoracic."


FRACTURE = "L1 fracture on 2025-06-01"


@pytest.mark.parametrize(
    ("record", "attested", "healing"),
    [
        ("delayed healing, recorded 2026-01-10", "stable on 2026-01-10", Healing.DELAYED),
        ("delayed healing, recorded 2026-01-10", "stable on 2026-01-11", Healing.STABLE),
        ("delayed healing, recorded 2026-01-10", "healed on 2026-01-10", Healing.HEALED),
        ("delayed healing, recorded 2026-01-11", "healed on 2026-01-10", Healing.DELAYED),
        ("nonunion, recorded 2026-01-10", "stable on 2026-02-01", Healing.NONUNION),
        ("routine healing, recorded 2026-02-01", "healed on 2026-01-10", Healing.HEALED),
        ("delayed healing, recorded 2026-02-01, resolved 2026-02-20", "healed on 2026-01-10", Healing.HEALED),
    ],
)
def test_attestation_and_record_of_about_the_same_day(record, attested, healing):
    assert assess(f"{FRACTURE}, {record}", f"attested {attested}").healing is healing


def test_an_attestation_without_a_name_is_told_without_one():
    facts = chart([*MAN, FRACTURE, "attested healed on 2026-01-10"], TODAY)
    unnamed = replace(facts, attestations=tuple(replace(a, by="") for a in facts.attestations))
    said = {line.text for line in derive(unnamed, TODAY, KNOWLEDGE).trace}
    assert "Attested healed on 2026-01-10." in said
    assert "Attested healed on 2026-01-10 by Dr. Test." in {line.text for line in derive(facts, TODAY, KNOWLEDGE).trace}


def test_low_and_high_energy_attested_on_one_day():
    """Neither outdates the other: the low trauma stands, the contradiction is shown."""
    low, high = "attested low trauma on 2026-02-01", "attested high energy on {}"
    same, later = (assess(FRACTURE, low, high.format(day)) for day in ("2026-02-01", "2026-02-02"))
    assert later.has("high-energy")
    assert not same.has("high-energy")


@pytest.mark.parametrize(
    ("who", "lumbar", "other", "severity"),
    [
        ("man of 70", "lumbar spine T-score -1.5", "forearm T-score -1.2", Severity.REVIEW),
        ("man of 70", "lumbar spine T-score -1.5", "total hip T-score -1.2", Severity.INFO),
        ("man of 40", "lumbar spine Z-score -1.5", "total hip Z-score -1.2", Severity.INFO),
    ],
)
def test_a_lumbar_scan_over_the_fracture_is_only_information_beside_a_hip(who, lumbar, other, severity):
    facts = [who, FRACTURE, f"{lumbar} on 2026-01-01, L1-L4", f"{other} on 2026-01-01"]
    found = derive(chart(facts, TODAY), TODAY, KNOWLEDGE)
    assert alert(found, "ls-unreliable").severity is severity


HEALED = ("L2 fracture on 2024-10-01, resolved", "pain 1 of 10 on 2026-02-25")


@pytest.mark.parametrize(("second", "impact"), [("0.820", "prohibited"), ("0.770", "clinician-decision")])
def test_a_gain_is_counted_from_the_best_earlier_scan(second, impact):
    found = assess(
        *HEALED,
        "total hip density 0.790 on 2023-01-10, scanner A",
        f"total hip density {second} on 2024-11-10, scanner A",
        "total hip density 0.845 on 2026-01-10, scanner A",
    )
    assert found.gates.impact == impact


def test_the_gain_is_told_with_its_statement_and_both_scans():
    found = assess(
        *HEALED,
        "total hip density 0.790 on 2024-11-10, scanner A",
        "total hip density 0.845 on 2026-01-10, scanner A",
    )
    reason = dict(found.gates.reasons)["high-impact"]
    assert "S22" in reason.statements
    assert {source.reference for source in reason.sources} >= {"Fact/5", "Fact/6"}
    assert alert(found, "impact-decision").reason.statements


@pytest.mark.parametrize(("day", "unreliable"), [("2025-05-31", False), ("2025-06-01", True)])
def test_a_lumbar_scan_of_the_day_of_the_fracture_reads_high(day, unreliable):
    found = assess(FRACTURE, f"lumbar spine T-score -1.5 on {day}, L1-L4", "total hip T-score -1.2 on 2026-01-01")
    assert found.has("ls-unreliable") is unreliable


def test_a_pair_of_thoracic_vertebrae_is_one_level_in_either_order():
    found = assess("T9-T10 fracture on 2026-01-01", "T10-T9 fracture on 2026-01-01", "L1 fracture on 2026-01-01")
    assert alert(found, "multiple-vf").reason.text.count("2026-01-01") == 2


@pytest.mark.parametrize(("day", "healing"), [("2025-05-31", Healing.UNKNOWN), ("2025-06-01", Healing.STABLE)])
def test_stable_attested_before_the_fracture_does_not_count(day, healing):
    assert assess(FRACTURE, f"attested stable on {day}").healing is healing


@pytest.mark.parametrize(
    ("text", "display", "named"),
    [
        ("Balloon kyphoplasty L1", "Kyphoplasty", "Balloon kyphoplasty L1"),
        ("", "Kyphoplasty", "Kyphoplasty"),
        ("", "", "augmentation"),
    ],
)
def test_a_procedure_is_told_in_the_charts_words_as_far_as_it_has_any(text, display, named):
    facts = chart([*MAN, FRACTURE, "kyphoplasty at lumbar"], TODAY)
    (done,) = facts.procedures
    told = replace(done, text=text, source=replace(done.source, display=display))
    found = derive(replace(facts, procedures=(told,)), TODAY, KNOWLEDGE)
    assert f"{named} (lumbar, date unknown)" in alert(found, "reset-date-unknown").reason.text


@pytest.mark.parametrize(("birthday", "childhood"), [("2003-06-02", True), ("2003-06-01", False)])
def test_a_fracture_on_the_eighteenth_birthday_is_an_adults(birthday, childhood):
    facts = chart([f"man born {birthday}", "osteopenia", "L1 fracture on 2021-06-01"], TODAY)
    assert derive(facts, TODAY, KNOWLEDGE).has("childhood-fracture") is childhood


@pytest.mark.parametrize("crash", ["2025-08-12", "2026-02-05"])
def test_a_crash_near_any_day_of_the_fracture_belongs_to_it(crash):
    """Near its beginning, or near the day it was recorded long afterwards."""
    fracture = "L1 fracture on 2025-11-10, routine healing, recorded 2026-02-20"
    assert assess(fracture, f"motorcycle crash on {crash}").has("high-energy")


def test_a_sign_of_unknown_day_is_said_to_be_one():
    found = assess(FRACTURE, "urinary retention")
    assert alert(found, "neuro-red-flag").reason.text.endswith("since an unknown day.")


def test_what_was_not_understood_is_named_and_nothing_of_it_is_called_unrecorded():
    facts = chart([*MAN, FRACTURE], TODAY)
    topics = (*Topic, Topic.FRACTURE)
    lines = tuple(Unreadable(f"Observation/{at}", "not understood", topic=topic) for at, topic in enumerate(topics))
    found = derive(replace(facts, unreadable=lines), TODAY, KNOWLEDGE)
    asked = {gap.concept: gap.question for gap in found.gaps}
    vitamin, anything = (f"Observation/{topics.index(topic)}" for topic in (Topic.VITAMIN_D, Topic.UNKNOWN))
    assert asked["25-oh-vitamin-d"].endswith(f"On record and not understood: {vitamin}, {anything}.")
    assert anything in asked["dxa"] and anything in asked["pain"]
    nearly = {line.rule: line.text for line in found.trace if not line.fired}
    assert nearly["alert.cauda-equina"].startswith("Nothing of the kind is recorded as present, as far as it is under")
    assert f"Observation/{topics.index(Topic.OPERATION)}" in nearly["alert.cauda-equina"], (
        "it may have been one of the spine"
    )
    assert nearly["alert.pain-hold"].startswith("No current pain score is recorded. On record and not understood: ")
    without_bone = replace(facts, diagnoses=tuple(d for d in facts.diagnoses if d.fracture), unreadable=lines)
    bare = derive(without_bone, TODAY, KNOWLEDGE)
    assert alert(bare, "no-bmd-data").text == KNOWLEDGE.alerts[AlertCode.NO_BMD_DATA].variants["unread"].text
    nobody = derive(replace(facts, diagnoses=(), unreadable=lines), TODAY, KNOWLEDGE)
    assert "Observation/2" in next(gap for gap in nobody.gaps if gap.concept == "lumbar-fracture").question


def test_of_many_that_were_not_understood_five_are_named():
    lines = tuple(Unreadable(f"Observation/{at}", "not understood", topic=Topic.PAIN) for at in range(7))
    found = derive(replace(chart([*MAN, FRACTURE], TODAY), unreadable=lines), TODAY, KNOWLEDGE)
    asked = next(gap for gap in found.gaps if gap.concept == "pain").question
    assert asked.endswith("Observation/4 and 2 more.")
