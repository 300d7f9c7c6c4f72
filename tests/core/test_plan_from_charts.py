"""Chart -> derive -> plan: the two halves of the line meet."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from smartapp.core.chart import Chart, PlanOnRecord, Source
from smartapp.core.dates import When
from smartapp.core.derive import derive
from smartapp.core.plan import plan
from smartapp.core.proposal import ActivityKind, Proposal
from smartapp.core.review import unchanged_on_record
from smartapp.core.states import Phase, Prone
from tests.core.assessments import knowledge
from tests.core.charts import chart as said

K = knowledge()
AS_OF = date(2026, 3, 1)


def chart(onset: date, healing: str = "routine healing") -> Chart:
    return said(("man of 66", "osteopenia", f"L2 fracture on {onset}, {healing}"), AS_OF)


def planned(facts: Chart, today: date = AS_OF) -> Proposal:
    return plan(derive(facts, today, K), K)


@pytest.mark.parametrize(
    ("onset", "phase", "prone"),
    [
        (date(2026, 2, 1), Phase.INITIAL, Prone.BLOCKED),
        (date(2026, 1, 1), Phase.INITIAL, Prone.CONDITIONAL),
        (date(2025, 12, 5), Phase.INITIAL, Prone.ALLOWED),
        (date(2025, 11, 10), Phase.INTERMEDIATE, Prone.ALLOWED),
    ],
)
def test_phase_and_prone_gate_decide_the_exercises(onset: date, phase: Phase, prone: Prone) -> None:
    proposal = planned(chart(onset))
    assert proposal.assessment.effective_phase is phase
    assert proposal.assessment.gates is not None
    assert proposal.assessment.gates.prone is prone
    ids = {a.id for a in proposal.activities if a.kind is ActivityKind.EXERCISE}
    assert ("E16" in ids) is (prone is Prone.ALLOWED and phase is Phase.INTERMEDIATE)
    assert any("may try E15" in note for note in proposal.notes) is (prone is not Prone.BLOCKED and "E16" not in ids)
    assert ("E20" in ids) is (phase is Phase.INTERMEDIATE)


def test_a_healed_fracture_after_a_year_is_in_the_advanced_phase() -> None:
    proposal = planned(chart(date(2025, 2, 1), "sequela"))
    assert proposal.assessment.effective_phase is Phase.ADVANCED
    assert {"E30", "E31", "E34"} <= {a.id for a in proposal.activities}


@pytest.mark.parametrize("onset", [date(2026, 2, 1), date(2026, 1, 1), date(2025, 11, 10), date(2025, 2, 1)])
def test_opened_again_the_next_day_an_unchanged_plan_is_recognised(onset: date) -> None:
    first = planned(chart(onset))
    known = PlanOnRecord(
        Source("CarePlan/9"), "CarePlan", "id-9", "draft", fingerprint=first.content_hash,
        created=When.day(AS_OF),
    )  # fmt: skip
    later = planned(replace(chart(onset), plans=(known,)), AS_OF + timedelta(days=1))
    assert unchanged_on_record(later) == known


def test_a_day_that_changes_the_phase_changes_the_plan() -> None:
    before = planned(chart(date(2025, 12, 2)))
    after = planned(chart(date(2025, 12, 2)), AS_OF + timedelta(days=1))
    assert before.assessment.effective_phase is Phase.INITIAL
    assert after.assessment.effective_phase is Phase.INTERMEDIATE
    assert before.content_hash != after.content_hash


def test_every_line_rests_on_a_fact_of_the_chart() -> None:
    facts = chart(date(2025, 11, 10))
    known = {d.source.reference for d in facts.diagnoses} | {facts.patient.reference}
    for activity in planned(facts).activities:
        assert {source.reference for source in activity.reason.sources} <= known, activity.id
        assert activity.reason.sources, activity.id
