"""Findings of imaging reports as facts: what counts, what is used once it is accepted, what is never used."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartapp.core.chart import ImagingReport, Source
from smartapp.core.concepts import Concept
from smartapp.core.dates import When
from smartapp.core.derive import derive
from smartapp.core.derive.facts import Facts
from smartapp.core.derive.report_findings import with_report_facts
from smartapp.core.fracture_coding import NOT_MEASURED, Region
from smartapp.core.imaging import FindingKind, ReportFinding
from smartapp.core.kinds import OrderKind, ProcedureKind, Verification
from smartapp.core.review.answers import ValueAnswer, key_of_finding, with_answered_findings
from smartapp.core.states import Severity
from tests.core.charts import chart
from tests.core.test_dangers import STRICTNESS
from tests.core.test_invariants import KNOWLEDGE, TODAY, assert_not_looser, assess, served

MAN = ["man born 1955-01-15", "osteopenia", "L1 fracture on 2025-12-01, routine healing"]
ON = date(2026, 3, 1)
DANGERS = (
    *(Concept.FRACTURE_NONUNION, Concept.MALIGNANT_LESION, Concept.ACTIVE_CANCER, Concept.PATHOLOGICAL_FRACTURE),
    *(Concept.SPINAL_INFECTION, Concept.MYELOPATHY, Concept.NEURO_SIGN, Concept.MOTOR_DEFICIT, Concept.CANCER_SIGN),
    *(Concept.ANKYLOSED_SPINE, Concept.SPINAL_INSTABILITY, Concept.FRACTURE_DISLOCATION, Concept.FEVER),
)


def derived(*more):
    return derive(chart([*MAN, *more], ON), ON, KNOWLEDGE)


def severity(assessment, code="report-finding"):
    return next((alert.severity for alert in assessment.alerts if alert.code == code), None)


def used(*more):
    return with_report_facts(Facts(chart([*MAN, *more], ON), ON, KNOWLEDGE)).chart


# -- dangers


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("states fracture nonunion", "nonunion"),
        ("suspects malignant lesion", "work-up-first"),
        ("suspects active cancer", "work-up-first"),
        ("suspects pathological fracture", "work-up-first"),
        ("states malignant lesion", "active-cancer"),
        ("states pathological fracture", "work-up-first"),
        ("states pathological fracture", "pathological-fracture"),
        ("suspects spinal infection", "infection-suspected"),
        ("states spinal infection", "spinal-infection"),
        ("states spinal instability", "work-up-first"),
        ("states myelopathy", "neuro-red-flag"),
        ("suspects fracture dislocation", "unstable-fracture"),
        ("states ankylosed spine", "unstable-fracture"),
    ],
)
def test_each_danger_raises_the_alert_of_its_kind(said, code):
    found = derived(f"spine report of 2026-02-20 {said}")
    assert found.has(code) and severity(found) is Severity.REVIEW
    assert all(source.reference for alert in found.alerts for source in alert.reason.sources)


def test_a_report_of_a_day_to_come_says_nothing_yet():
    assert not derived("spine report of 2026-03-02 states fracture nonunion").has("report-finding")
    newer = "spine report of 2026-03-02 denies fracture nonunion"
    assert derived("spine report of 2026-02-20 states fracture nonunion", newer).has("nonunion")


@pytest.mark.parametrize(
    ("older", "newer", "stops"),
    [
        ("spine report of 2026-02-01", "spine report of 2026-02-20 denies fracture nonunion", False),
        ("spine report of 2026-02-20", "spine report of 2026-02-20 denies fracture nonunion", True),
        ("spine report of 2026-02", "spine report of 2026-02-20 denies fracture nonunion", True),
        ("spine report of 2026-02-01", "spine report of 2026-02-20 denies spinal infection", True),
        ("spine report of 2026-02-01", "spine report denies fracture nonunion", True),
        ("spine report", "spine report of 2026-02-20 denies fracture nonunion", True),
        ("spine report of 2026-02-01", "spine report of 2026-02-20 is not readable", True),
    ],
)
def test_only_a_surely_newer_report_that_denies_it_wins(older, newer, stops):
    found = derived(f"{older} states fracture nonunion", newer)
    assert found.has("nonunion") is stops


def test_another_part_of_the_body_denies_nothing_of_the_spine():
    denying = ImagingReport(Source("DiagnosticReport/chest"), When.day(date(2026, 2, 25)), False)
    denying = replace(denying, denied=frozenset({Concept.FRACTURE_NONUNION.value}))
    facts = chart([*MAN, "spine report of 2026-02-20 states fracture nonunion"], ON)
    assert derive(replace(facts, reports=(*facts.reports, denying)), ON, KNOWLEDGE).has("nonunion")


def test_a_danger_too_old_to_count_is_offered_and_counts_once_accepted():
    old = "spine report of 2025-06-01 suspects spinal infection"
    assert severity(derived(old)) is Severity.INFO and not derived(old).has("infection-suspected")
    assert derived(f"{old}, accepted").has("spinal-infection")
    assert severity(derived(f"{old}, refused")) is None


def test_a_danger_that_counts_is_not_refused_away():
    assert derived("spine report of 2026-02-20 states fracture nonunion, refused").has("nonunion")


def test_without_a_fracture_a_danger_is_told_and_stops_nothing():
    found = derive(chart(["man of 70", "spine report of 2026-02-20 states malignant lesion"], ON), ON, KNOWLEDGE)
    assert found.has("report-finding") and severity(found) is Severity.REVIEW


# -- what is offered


@pytest.mark.parametrize(
    "said",
    [
        "delayed healing at L1", "burst at L1", "kyphoplasty at L1", "bed rest", "vertebral fracture at L3",
        "spondylolysis at L5", "wheelchair",
    ],
)  # fmt: skip
def test_what_is_offered_changes_nothing_before_it_is_accepted(said):
    offered = f"spine report of 2026-02-20 offers {said}"
    before, after = derived(), derived(offered)
    assert severity(after) is Severity.INFO
    assert replace(before, chart=after.chart, alerts=(), trace=()) == replace(after, alerts=(), trace=())
    refused = derived(f"{offered}, refused")
    assert severity(refused) is None and refused.alerts == before.alerts
    accepted = derived(f"{offered}, accepted")
    assert severity(accepted) is None and accepted.chart != after.chart


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ("L3 fracture on 2025-12-01", "vertebral fracture at L3"),
        ("L3 fracture on 2025-12-01", "vertebral fracture"),
        ("L3 fracture on 2025-12-01, delayed healing", "delayed healing at L3"),
        ("L3 fracture on 2025-12-01, burst", "burst at L3"),
        ("kyphoplasty at lumbar on 2025-12-05", "kyphoplasty at L1"),
        ("order bed rest given 2026-02-12", "bed rest"),
        ("wheelchair", "wheelchair"),
    ],
)
def test_what_the_record_says_already_is_not_asked_about(known, said):
    assert severity(derived(known, f"spine report of 2026-02-20 offers {said}")) is None


@pytest.mark.parametrize(("on", "told"), [("2025-09-02", Severity.INFO), ("2025-09-01", None)])
def test_another_broken_bone_waits_while_it_may_limit(on, told):
    assert severity(derived(f"spine report of {on} offers fracture pelvis")) is told


def test_a_fracture_only_a_report_names_is_offered_and_eligible_once_accepted():
    facts = ["man of 70", "osteopenia", "spine report of 2026-02-20 offers vertebral fracture"]
    offered = derive(chart(facts, ON), ON, KNOWLEDGE)
    assert severity(offered) is Severity.INFO and not offered.disposition.prescribes
    accepted = derive(chart([*facts[:2], f"{facts[2]} at L2, accepted"], ON), ON, KNOWLEDGE)
    assert accepted.disposition.prescribes and accepted.levels == {"L2"}


def test_accepted_it_is_a_fact_of_the_report_and_the_person():
    offered = "spine report of 2026-02-20 offers"
    (done,) = used(f"{offered} kyphoplasty at L1, accepted").procedures
    assert (done.kind, done.performed, done.levels) == (ProcedureKind.AUGMENTATION, None, {"L1"})
    assert done.source.note == "in the words of the report, accepted by Dr. Test, 2026-02-21"
    (order,) = used(f"{offered} bed rest, accepted").orders
    assert (order.kind, str(order.given)) == (OrderKind.BED_REST, "2026-02-20")
    broken = used(f"{offered} burst at L1, accepted").diagnoses[-1]
    assert broken.fracture and broken.fracture.region is Region.LUMBAR and str(broken.recorded) == "2026-02-20"


def test_nothing_is_added_twice():
    said = [f"spine report of 2026-02-20 offers {what}, accepted" for what in ("kyphoplasty", "bed rest", "burst")]
    once = used(*said)
    assert with_report_facts(Facts(once, ON, KNOWLEDGE)).chart == once


def test_further_collapse_is_a_record_of_the_fracture_it_speaks_of():
    said = "spine report of 2026-02-20 suspects collapse progress"
    joined = used(f"{said} at L1").diagnoses[-1]
    assert joined.fracture and joined.fracture.levels == {"L1"} and joined.verification is Verification.CONFIRMED
    assert joined.concepts == {"vertebral-fracture", "collapse-progress"}
    unnamed = used(said, "T8 fracture on 2024-01-01").diagnoses[-1]
    assert unnamed.fracture and unnamed.fracture.levels == {"L1", "T8"}
    alone = used(f"{said} at L4").diagnoses[-1]
    assert alone.fracture is None and alone.verification is Verification.UNCONFIRMED
    assert not derived(f"{said} at L4").levels - {"L1"}


# -- answers


def test_an_answer_holds_for_this_reading_of_these_words():
    facts = chart([*MAN, "spine report of 2026-02-20 offers delayed healing at L1"], ON)
    (report,) = facts.reports
    (finding,) = report.findings
    answer = ValueAnswer(key_of_finding(report, finding), False, "Dr. Lee", ON)
    (answered,) = with_answered_findings(facts, [answer]).reports[0].findings
    assert (answered.accepted, answered.by) == (False, "Dr. Lee, 2026-03-01")
    changed = replace(finding, quote="Delayed union at L1, unchanged")
    other = replace(facts, reports=(replace(report, findings=(changed,)),))
    assert with_answered_findings(other, [answer]) == other
    assert with_answered_findings(facts, ()) is facts


# -- the newest image


@pytest.mark.parametrize(
    ("reports", "told"),
    [
        (["spine report of 2026-02-20 is not readable"], True),
        (["spine report is not readable"], True),
        (["spine report of 2025-09-02 is not readable"], True),
        (["spine report of 2025-09-01 is not readable"], False),
        (["spine report of 2026-03-02 is not readable"], False),
        (["spine report of 2026-02-01 is not readable", "spine report of 2026-02-20 denies fever"], False),
        (["spine report of 2026-02-20 is not readable", "spine report of 2026-02-20 denies fever"], True),
        (["spine report of 2026-02-20 is not readable", "spine report of 2026-02-01 denies fever"], True),
    ],
)
def test_the_newest_image_that_nobody_could_read_is_reviewed(reports, told):
    assert (severity(derived(*reports)) is Severity.REVIEW) is told


# -- none loosens anything


@st.composite
def reports(draw):
    finding = ReportFinding(
        FindingKind.DIAGNOSIS, draw(st.sampled_from(DANGERS)).value, "a sentence", True, draw(st.booleans())
    )
    day = draw(st.none() | st.dates(date(2023, 1, 1), TODAY).map(When.day))
    return ImagingReport(Source("DiagnosticReport/danger"), day, draw(st.booleans()), (finding,))


@given(served(), reports())
@settings(max_examples=150, deadline=None)
def test_a_danger_in_a_report_loosens_nothing(facts, report):
    before, after = assess(facts), assess(replace(facts, reports=(report,)))
    assert STRICTNESS.index(after.disposition) <= STRICTNESS.index(before.disposition)
    assert_not_looser(before, after)
    stops = {a.code for a in before.alerts if a.severity is Severity.STOP}
    assert stops <= {a.code for a in after.alerts if a.severity is Severity.STOP}


# -- what was measured


def measured(on, name="height_loss", value=45, level="L1", accepted=None, spine=True):
    finding = ReportFinding(
        FindingKind.MEASURE, name.replace("_", "-"), f"{value} at {level}", levels=frozenset({level} if level else ()),
        region=Region.LUMBAR, accepted=accepted, measured=replace(NOT_MEASURED, **{name: value}),
    )  # fmt: skip
    when = When.day(date.fromisoformat(on)) if on else None
    return ImagingReport(Source(f"DiagnosticReport/{on}-{value}"), when, spine=spine, findings=(finding,))


def with_reports(*reports, more=()):
    return derive(replace(chart([*MAN, *more], ON), reports=reports), ON, KNOWLEDGE)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("height_loss", 41, Severity.REVIEW),
        ("height_loss", 40, Severity.INFO),
        ("kyphosis", 31, Severity.REVIEW),
        ("kyphosis", 30, Severity.INFO),
        ("canal_loss", 51, Severity.REVIEW),
        ("curve", 60, Severity.INFO),
    ],
)
def test_a_number_of_a_report_waits_and_is_reviewed_where_it_is_severe(name, value, told):
    found = with_reports(measured("2026-02-10", name, value))
    assert severity(found) is told
    assert not found.has("severe-collapse") and not found.has("kyphosis") and not found.has("canal-compromise")


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("height_loss", 45, "severe-collapse"),
        ("kyphosis", 35, "severe-collapse"),
        ("canal_loss", 30, "canal-compromise"),
        ("curve", 60, "kyphosis"),
    ],
)
def test_a_number_counts_once_it_is_accepted(name, value, code):
    assert with_reports(measured("2026-02-10", name, value, accepted=True)).has(code)
    refused = with_reports(measured("2026-02-10", name, value, accepted=False))
    assert not refused.has(code) and severity(refused) is None


def test_a_number_of_a_report_makes_no_fracture():
    base = chart(["man born 1955-01-15", "osteopenia"], ON)
    for name in ("height_loss", "curve"):
        report = measured("2026-02-10", name, 45, accepted=True)
        (said,) = with_report_facts(Facts(replace(base, reports=(report,)), ON, KNOWLEDGE)).chart.diagnoses[1:]
        assert said.fracture is None and not said.concepts


def test_a_number_on_record_is_not_offered_again():
    known = "L1 fracture on 2025-12-01, percent of height lost: 45"
    assert severity(with_reports(measured("2026-02-10"), more=[known])) is None
    assert severity(with_reports(measured("2026-02-10", value=46), more=[known])) is Severity.REVIEW


@pytest.mark.parametrize(
    ("reports", "sunk"),
    [
        ([measured("2025-12-05", value=20), measured("2026-02-10", value=30)], True),
        ([measured("2025-12-05", value=20), measured("2026-02-10", value=29)], False),
        ([measured("2026-02-10", value=30), measured("2025-12-05", value=20)], True),  # in whatever order
        ([measured("2025-12-05", value=30), measured("2026-02-10", value=20)], False),
        ([measured("2025-12-05", value=20), measured("2026-01-05", value=25), measured("2026-02-10", value=30)], True),
        ([measured("2026-02-10", value=20), measured("2026-02-10", value=30)], False),  # two readings of one day
        ([measured(None, value=20), measured("2026-02-10", value=30)], False),  # which was later nobody knows
        ([measured("2025-12-05", value=20), measured("2026-03-02", value=30)], False),  # still to come
        ([measured("2025-12-05", value=20, level="L3"), measured("2026-02-10", value=30)], False),
        ([measured("2025-12-05", value=20, level=""), measured("2026-02-10", value=30)], True),  # one is broken
        ([measured("2025-12-05", value=20, accepted=False), measured("2026-02-10", value=30)], False),
        ([measured("2025-12-05", value=20), measured("2026-02-10", value=30, accepted=False)], False),
        ([measured("2025-12-05", value=20, accepted=True), measured("2026-02-10", value=30, accepted=True)], True),
        ([measured("2024-12-05", value=20), measured("2025-08-31", value=30)], False),  # older than a danger counts
        ([measured("2026-02-10", value=30)], False),
        ([measured("2025-12-05", "kyphosis", 10), measured("2026-02-10", "kyphosis", 30)], False),
    ],
)
def test_a_second_report_that_has_lost_more_height_is_a_vertebra_that_sank(reports, sunk):
    found = with_reports(*reports)
    assert found.has("possible-refracture") is sunk
    assert (found.anchor.day == date(2026, 2, 10)) is sunk  # the later date counts


def test_of_two_broken_vertebrae_a_report_that_names_none_is_not_compared():
    reports = (measured("2025-12-05", value=20, level=""), measured("2026-02-10", value=30))
    assert not with_reports(*reports, more=["L3 fracture on 2025-12-01"]).has("possible-refracture")
    both = (measured("2025-12-05", value=20, level=""), measured("2026-02-10", value=30, level=""))
    assert with_reports(*both, more=["L3 fracture on 2025-12-01"]).has("possible-refracture")


def test_old_and_new_accepted_of_one_vertebra_are_asked():
    base = ["man born 1955-01-15", "osteopenia", "L1 fracture"]
    old = "spine report of 2026-02-10 offers fracture old at L1, accepted"
    new = "spine report of 2026-02-11 offers fracture new at L1, accepted"
    for said, text in (([old], "without a date"), ([old, new], "Old or new?"), ([new], "")):
        found = derive(chart([*base, *said], ON), ON, KNOWLEDGE)
        words = "".join(alert.text for alert in found.alerts if alert.code == "fracture-age-unknown")
        assert text in words and bool(text) == bool(words)


@pytest.mark.parametrize("said", ["states collapse progress", "offers fracture new"])
def test_what_is_told_of_a_known_fracture_starts_none(said):
    """A follow-up record with its onset dates the fracture, and no report of it."""
    report = f"spine report of 2026-02-10 {said} at L1{', accepted' if 'offers' in said else ''}"
    found = derived(report)
    assert found.anchor.day == (date(2026, 2, 10) if "progress" in said else date(2025, 12, 1))
    assert not found.has("anchor-recorded") and not found.has("multiple-vf")


def test_a_report_dates_a_fracture_nothing_else_dates():
    base = ["man born 1955-01-15", "osteopenia", "L1 fracture"]
    found = derive(chart([*base, "spine report of 2026-02-10 offers fracture new at L1, accepted"], ON), ON, KNOWLEDGE)
    assert (found.anchor.day, found.anchor.rule) == (date(2026, 2, 10), "recorded")


def test_a_mild_number_that_is_accepted_says_nothing_of_healing():
    found = with_reports(measured("2026-02-10", value=20, accepted=True))
    assert (found.healing, found.effective_phase) == (derived().healing, derived().effective_phase)
    sunk = with_reports(measured("2025-12-05", value=20), measured("2026-02-10", value=30))
    assert sunk.healing == "unknown"  # that it sank does
