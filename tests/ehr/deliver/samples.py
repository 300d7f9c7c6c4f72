"""A signed plan of one made-up patient, complete enough that every kind of artifact and activity is written."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from smartapp.core.assessment import Alert, Anchor, Assessment, BoneDensity, Reason, Restriction, VitaminD
from smartapp.core.chart import Attestation, Chart, Measurement, Patient, Source
from smartapp.core.dates import Precision, When
from smartapp.core.kinds import AttestationName, Site
from smartapp.core.proposal import (
    Activity,
    Block,
    Choice,
    Component,
    Decision,
    Proposal,
    ProposedGoal,
    Referral,
    Role,
    SignedPlan,
    Signer,
    Timing,
)
from smartapp.core.proposal import (
    ActivityKind as Kind,
)
from smartapp.core.review.results import ENTERED
from smartapp.core.states import Disposition, Phase, Severity, State
from smartapp.knowledge import load

BASE = "https://ehr.example/fhir"
KNOWLEDGE = replace(load(), version="0123456789ab")
FRACTURE = Source("Condition/f1", "Compression fracture of lumbar spine", "2026-01-10")
DXA = Source("Observation/dxa", "Lumbar spine T-score", "2025-12-01")
VITAMIN_D = Source("Observation/vd", "25-OH vitamin D", "2026-02-01")
WHY = Reason("Because the record says so", ("S01", "S04"), (FRACTURE,), "anchor.onset")
DOSE = Timing(2, 3, 7, 60, ("mon", "wed", "fri"))
VISITS = Timing(1, 2, 7, 30, ("mon", "thu"), 60, 21)
R1_TEXT = "Spinal flexion that is rapid, repeated, sustained, weighted or end-range: hinge at the hips instead."


def assessment(patient: str = "Patient/p1", name: str = "Alex Example") -> Assessment:
    chart = Chart(
        Patient(patient, name),
        attestations=(Attestation(AttestationName.STABLE, date(2026, 2, 20), "Dr Example"),),
    )
    return Assessment(
        as_of=date(2026, 3, 1),
        chart=chart,
        disposition=Disposition.PRESCRIBE_WITH_REVIEW,
        calendar_phase=Phase.INTERMEDIATE,
        effective_phase=Phase.INITIAL,
        anchor=Anchor(date(2026, 1, 10), date(2026, 1, 10), Precision.DAY, "onset", FRACTURE, WHY),
        gates=None,
        restrictions=(Restriction("R1", State.STRICT, R1_TEXT, "Hinge at your hips.", None, WHY),),
        alerts=(Alert("confirm-stability", Severity.REVIEW, "Stability is not confirmed.", WHY, "Ask the surgeon."),),
        bone_density=BoneDensity(
            "osteopenia", Decimal("-1.8"), Site.LUMBAR_SPINE, date(2025, 12, 1), DXA, Reason("T", (), (DXA,))
        ),
        vitamin_d=VitaminD("insufficient", Decimal(24), date(2026, 2, 1), VITAMIN_D, Reason("D", (), (VITAMIN_D,))),
        gaps=(),
        phase_reason=Reason("Healing is not confirmed, so the plan stays in the initial phase."),
        fracture=FRACTURE,
        fractures=(FRACTURE,),
        knowledge_version=KNOWLEDGE.version,
    )


def activities() -> tuple[Activity, ...]:
    return (
        Activity(
            "E01", Kind.EXERCISE, "Seated back-extensor isometric", "Sit tall, press the mid-back into the chair back.",
            "Sit tall.", WHY, (Component.EXTENSOR,), "2x8, hold 3-5 s", timing=DOSE,
        ),
        Activity("E09", Kind.EXERCISE, "Chair stand", "Rise with arm help.", "Stand up.", WHY, (Component.BALANCE,)),
        Activity("R1", Kind.RESTRICTION, "Flexion", f"AVOID: {R1_TEXT}", "Hinge.", WHY, do_not_perform=True),
        Activity(
            "E15", Kind.EXERCISE, "Prone lying", "Lie on the front, pillow under the abdomen.", "Not yet.", WHY,
            status_reason="Prone work is blocked until 42 days.",
        ),
        Activity("N-CALCIUM", Kind.NUTRITION, "Calcium", "1,000 mg a day in total, diet first.", "Calcium.", WHY),
        Activity("ED1", Kind.EDUCATION, "Which movements", "Teach hinge, squat and step-turn.", "Learn.", WHY),
        Activity("F-VITD", Kind.FOLLOW_UP, "Check 25-OH vitamin D", "Check 25-OH vitamin D.", "Blood test.", WHY),
    )  # fmt: skip


def proposal(patient: str = "Patient/p1", name: str = "Alex Example") -> Proposal:
    return Proposal(
        assessment=assessment(patient, name),
        title="Rehabilitation after lumbar fracture",
        description="Supervised multi-component programme, initial phase.",
        start=date(2026, 3, 1),
        end=date(2027, 3, 1),
        activities=activities(),
        goals=(
            ProposedGoal(
                "G1", "Pain at most 3 of 10", "Less pain", date(2026, 6, 1), WHY, "pain", None, Decimal(3), "{score}",
            ),
            ProposedGoal(
                "G6", "25-OH vitamin D 30 to 50 ng/mL", "Vitamin D", date(2026, 6, 1), WHY,
                "25-oh-vitamin-d", Decimal(30), Decimal("50.5"), "ng/mL",
            ),
            ProposedGoal("G8", "No new fracture", "No new fracture", None, WHY),
        ),
        session=(Block("Warm-up", 5), Block("Extensor and core", 55, ("E01",))),
        referral=Referral(
            reason_text="Compression fracture of the lumbar spine with osteopenia",
            note=f"Precautions first: {R1_TEXT}",
            patient_instruction="Bring shoes. Stop if your legs feel weak.",
            timing=VISITS,
            start=date(2026, 3, 1),
            end=date(2026, 5, 30),
            quantity=21,
            performer_text="Physical therapist who knows osteoporosis precautions",
        ),
        program=DOSE,
        warnings=("Session shortened at first.",),
        fingerprint="f" * 64,
        content_hash="c" * 64,
    )  # fmt: skip


def with_results(made: Proposal) -> Proposal:
    """The plan of a patient of whom every test that can be entered was entered."""
    day, who = date(2026, 2, 27), "entered by Dr. Ann Reed, 2026-03-01"
    measured = tuple(
        Measurement(Source(ENTERED, test.title, f"{day}", who), test.quantity, test.between[1], When.day(day))
        for test in KNOWLEDGE.library.tests.values()
        if test.quantity is not None and test.between is not None
    )
    return replace(
        made, assessment=replace(made.assessment, chart=replace(made.assessment.chart, measurements=measured))
    )


def signed(**changes: object) -> SignedPlan:
    made = SignedPlan(
        proposal=proposal(),
        decisions=(Decision("E09", Choice.CHANGE, "2x6", "Knee pain"),),
        signer=Signer("Practitioner/d1", "Dr Dana Example", Role.SIGNER),
        signed_at=datetime(2026, 3, 1, 15, 4, 5, 678, tzinfo=UTC),
        active=True,
        plan_id="plan-0001",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def moved(value: Any, places: Mapping[str, str]) -> Any:
    """The same values resting on other records: references replaced by ``places``."""
    if isinstance(value, Source):
        return replace(value, reference=places.get(value.reference, value.reference))
    if isinstance(value, tuple):
        return tuple(moved(each, places) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: moved(getattr(value, f.name), places) for f in fields(value) if f.init})
    return value
