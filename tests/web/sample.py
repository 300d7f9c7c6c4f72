"""Hand-made values of the line's types: one patient whose page shows every part. No rule of medicine is run here."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from smartapp.core.assessment import (
    Alert,
    Alternative,
    Anchor,
    Assessment,
    BoneDensity,
    Gap,
    Gates,
    Reason,
    Restriction,
    VitaminD,
)
from smartapp.core.chart import Attestation, Chart, Diagnosis, Measurement, Patient, Procedure, Source, Unreadable
from smartapp.core.dates import Precision, When  # fmt: skip
from smartapp.core.fracture_coding import FractureCoding, Region
from smartapp.core.kinds import AttestationName, DateKind, ProcedureKind, Quantity, Sex, Site
from smartapp.core.program import DoseFlag, HomeSet, PriorityValue, Ramp, TherapyPriority, Visits
from smartapp.core.proposal import (
    Activity,
    ActivityKind,  # fmt: skip
    Block,
    Component,
    Proposal,
    ProposedGoal,
    Referral,
    Timing,
)
from smartapp.core.states import Disposition, Impact, Phase, Prone, Severity, State, UpperBack

TODAY = date(2026, 3, 1)
FRACTURE = Source("Condition/f1", "Wedge compression fracture of first lumbar vertebra", "2025-09-15")
KYPHOPLASTY = Source("Procedure/k1", "Kyphoplasty L1", "2025-10-20")
DXA = Source("Observation/t1", "DXA femoral neck T-score", "2024-11-03")
VITAMIN = Source("Observation/v1", "25-Hydroxyvitamin D", "2026-01-12")
BOUNDARIES = ((Phase.INITIAL, 0), (Phase.INTERMEDIATE, 3), (Phase.ADVANCED, 6))


def chart() -> Chart:
    return Chart(
        patient=Patient("Patient/hale", "Robert Hale", When.day(date(1963, 4, 12)), Sex.MALE, record_number="LP-10432"),
        diagnoses=(
            Diagnosis(
                FRACTURE,
                frozenset({"vertebral-fracture"}),
                fracture=FractureCoding(Region.LUMBAR, frozenset({"L1"})),
                onset=When(date(2025, 9, 1), date(2025, 9, 30), Precision.MONTH),
                onset_kind=DateKind.DATE,
                text="Wedge compression fracture L1",
            ),
        ),
        procedures=(
            Procedure(KYPHOPLASTY, ProcedureKind.AUGMENTATION, Region.LUMBAR, performed=When.day(date(2025, 10, 20))),
        ),
        measurements=(
            Measurement(DXA, Quantity.T_SCORE, Decimal("-1.9"), When.day(date(2024, 11, 3)), site=Site.FEMORAL_NECK),
            Measurement(VITAMIN, Quantity.VITAMIN_D, Decimal("24"), When.day(date(2026, 1, 12))),
        ),
        attestations=(Attestation(AttestationName.LOW_TRAUMA, date(2025, 9, 15), "Dr Ann Reed"),),
        unreadable=(Unreadable("Observation/x9", "no value and no reason for its absence"),),
        partial=("Medications: the EHR did not answer in time.",),
    )


def reason(text: str, *statements: str, sources: tuple[Source, ...] = (FRACTURE,), rule: str = "") -> Reason:
    return Reason(text, statements, sources, rule)


def restrictions(strict: bool = True) -> tuple[Restriction, ...]:
    def one(id_, state, movement, quality, instead, until=None):
        text = f"{movement} — {quality}. Instead: {instead}."
        return Restriction(
            id_,
            state,
            text,
            text,
            until,
            reason(f"{movement}: because of the fracture.", "S04", "S20"),
            movement,
            quality,
            instead,
        )

    half = State.STRICT if strict else State.MODIFY
    until = date(2026, 10, 20) if strict else None
    return (
        one(
            "R1",
            half,
            "Spinal flexion",
            "rapid, repetitive, sustained, weighted or end-range",
            "hinge at the hips, squat to reach",
            until,
        ),
        one(
            "R2", half, "Twisting", "rapid, repetitive, sustained, weighted or end-range", "step the feet round", until
        ),
        one("R3", State.PROHIBITED, "Toe touches, sit-ups, crunches", "in any form", "bracing, bird-dog"),
        one("R4", State.PROHIBITED, "Jumping, hopping, running", "any impact above brisk walking", "brisk walking"),
        one(
            "R5",
            State.MODIFY,
            "Yoga and Pilates poses",
            "flexion or end-range twist",
            "neutral-spine variants, supervised",
        ),
        one("R6", State.ALLOWED, "Prone exercise", "to neutral only", "bird-dog if prone is uncomfortable"),
        one("R7", State.BLOCKED, "Load on the upper back", "any", "row with a light band"),
        one(
            "R9",
            State.PROHIBITED,
            "Lifting from the floor",
            "or away from the body",
            "from a 30–40 cm block, hip hinge",
        ),
        one("R10", State.STRICT, "Unsupervised progression", "load, range or new exercises", "ask the therapist first"),
    )


def assessment(**changes: object) -> Assessment:
    values = Assessment(
        as_of=TODAY,
        chart=chart(),
        disposition=Disposition.PRESCRIBE_WITH_REVIEW,
        calendar_phase=Phase.INTERMEDIATE,
        effective_phase=Phase.INITIAL,
        anchor=Anchor(
            date(2025, 10, 20),
            date(2025, 10, 20),
            Precision.DAY,
            "augmentation",
            KYPHOPLASTY,
            reason(
                "The kyphoplasty of 2025-10-20 starts the calendar again.",
                sources=(KYPHOPLASTY,),
                rule="anchor.augmentation",
            ),
        ),
        gates=Gates(
            Prone.ALLOWED,
            UpperBack.BLOCKED,
            Impact.PROHIBITED,
            (("resisted-upper-back", reason("Needs the advanced phase, healing and fragility resolved.", "S07")),),
            (("resisted-upper-back", date(2026, 4, 20), "healing confirmed"),),
        ),
        restrictions=restrictions(),
        alerts=(
            Alert(
                "clinical-osteoporosis",
                Severity.REVIEW,
                "A low-trauma vertebral fracture at 50 or older counts as osteoporosis whatever the T-score.",
                reason("Age 62, L1 fracture.", "S45"),
                "Evaluate for drug therapy.",
            ),
            Alert(
                "post-augmentation",
                Severity.REVIEW,
                "Kyphoplasty after the fracture: the calendar starts again on 2025-10-20.",
                reason("Procedure after onset.", sources=(KYPHOPLASTY,)),
            ),
            Alert("sex-out-of-seed", Severity.INFO, "The evidence is thin for everyone.", reason("Population.", "S45")),
            Alert(
                "stale-dxa",
                Severity.INFO,
                "DXA is from before the fracture; suggest a repeat.",
                reason("2024-11-03.", sources=(DXA,)),
            ),
        ),
        bone_density=BoneDensity(
            "osteopenia",
            Decimal("-1.9"),
            Site.FEMORAL_NECK,
            date(2024, 11, 3),
            DXA,
            reason("Lowest valid T-score.", "S45", sources=(DXA,)),
        ),
        vitamin_d=VitaminD(
            "insufficient",
            Decimal("24"),
            date(2026, 1, 12),
            VITAMIN,
            reason("24 ng/mL is below 30.", "S32", sources=(VITAMIN,)),
        ),
        gaps=(
            Gap("healing", "Has the fracture healed, or is it stable?", "Stable would allow the intermediate phase."),
            Gap("pain", "How much pain now (0-10)?", "4 or more holds the step up."),
        ),
        deciding=(
            reason("Day 0 is 2025-10-20, the kyphoplasty: month 4.", sources=(KYPHOPLASTY,)),
            reason("Healing is not recorded: initial encounter code (A)."),
            reason("No pain score in the last 14 days.", sources=()),
        ),
        would_change="If you confirm that the fracture is stable, the phase becomes Intermediate.",
        alternatives=(
            Alternative("fracture date", Phase.INTERMEDIATE, Phase.INTERMEDIATE, "the month alone is recorded"),
        ),
        phase_reason=reason("Without evidence of stability the phase stays Initial.", "S42"),
        fracture=FRACTURE,
        fractures=(FRACTURE,),
        knowledge_version="0123456789ab",
        site_changes=("Pain that stops a step up: 5 points here, 4 as delivered.",),
    )
    return replace(values, **changes)


def activity(id_: str, title: str, dose: str, component: Component, options: tuple[str, ...] = (), home: bool = False):
    return Activity(
        id_,
        ActivityKind.EXERCISE,
        title,
        f"{title}, done slowly in neutral spine.",
        title,
        reason(f"{title} belongs to this phase.", "S03"),
        (component,),
        dose,
        options=options,
        home_set=HomeSet.DAILY if home else None,
    )


def proposal(of: Assessment | None = None) -> Proposal:
    advice = [
        Activity(
            "N-CALCIUM",
            ActivityKind.NUTRITION,
            "Calcium 1,000 mg a day in total",
            "Diet first.",
            "Calcium",
            reason("Man of 62.", "S30"),
        ),
        Activity(
            "N-VITD",
            ActivityKind.NUTRITION,
            "Vitamin D 800-1,000 IU a day",
            "Minimum.",
            "Vitamin D",
            reason("Minimum.", "S31"),
        ),
        Activity(
            "ED1",
            ActivityKind.EDUCATION,
            "Which movements, which qualities",
            "Named movements.",
            "…",
            reason("Named.", "S36"),
        ),
        Activity("ED3", ActivityKind.EDUCATION, "Warning signs", "When to stop and call.", "…", reason("Safety.")),
        Activity(
            "F-DXA",
            ActivityKind.FOLLOW_UP,
            "Repeat DXA, hip",
            "Before the fracture; same scanner.",
            "…",
            reason("Old scan.", sources=(DXA,)),
        ),
    ]
    exercises = [
        activity("E01", "Seated back-extensor isometric", "2×8, hold 3–5 s, RPE 2–3", Component.EXTENSOR, ("E04",)),
        activity("E03", "Abdominal bracing", "2×8, hold 5–10 s", Component.CORE),
        activity("E04", "Co-contraction at the wall", "2×6, hold 5–8 s", Component.CORE),
        activity("E08", "Glute and quad sets", "2×10, hold 5 s", Component.RESISTANCE),
        activity("E14", "Wall-supported mini squat", "2×8, RPE 3", Component.RESISTANCE),
        activity("E09", "Chair stand with arm help", "2×6–8, RPE 3", Component.BALANCE),
        activity("E10", "Supported semi-tandem stand", "3×20–30 s", Component.BALANCE),
        activity("E02", "Supine realignment", "5–10 min daily", Component.EXTENSOR, home=True),
        activity("E11", "Walking bouts", "5–10 min, 2–3 a day", Component.AEROBIC, home=True),
    ]
    held = [
        Activity(
            r.id,
            ActivityKind.RESTRICTION,
            r.movement,
            f"AVOID: {r.text}",
            r.patient_text,
            r.reason,
            do_not_perform=True,
        )
        for r in restrictions()
    ]
    return Proposal(
        assessment=of or assessment(),
        title="Rehabilitation plan",
        description="Supervised programme",
        start=TODAY,
        end=date(2027, 3, 1),
        activities=(*exercises, *held, *advice),
        goals=(
            ProposedGoal("G1", "Pain 3 or less", "Less pain", date(2026, 6, 1), reason("Pain.")),
            ProposedGoal("G3", "No falls", "No falls", date(2027, 3, 1), reason("Falls.", "S13")),
        ),
        session=(
            Block("Warm-up walk, breathing", 5),
            Block("Positioning, log roll, hinge", 12),
            Block("Extensor and core", 14, ("E01", "E03", "E04")),
            Block("Limb resistance", 10, ("E08", "E14")),
            Block("Balance and function", 9, ("E09", "E10")),
            Block("Cool-down, symptom log", 10),
        ),
        referral=Referral(
            "Wedge compression fracture L1; osteopenia",
            "Restrictions first: …",
            "Bring loose clothes.",
            Timing(1, 2, 7, 30, ("mon", "thu"), 60, 21),
            TODAY,
            date(2026, 5, 30),
            "Physical therapist who knows osteoporosis precautions",
            "urgent",
            21,
        ),
        program=Timing(2, 3, 7, 60, ("mon", "wed", "fri")),
        ramp=Ramp("RA1b", 15, 60, 5, 1, date(2026, 5, 3), DoseFlag.OK, "Source dose: 60+ min.", begun=TODAY, first=15),
        visits=Visits(
            *("A", 21, 12, TODAY, date(2026, 5, 30), 1, 2, 1, (30, 60), "Evaluation + 20 visits."),
            note="Evaluation + 20 visits, 2026-03-01 to 2026-05-30.",
        ),
        priority=TherapyPriority(PriorityValue.URGENT, date(2026, 3, 8), ("day 20",), text="See by 2026-03-08: day 20"),
        fingerprint="f" * 64,
        content_hash="c" * 64,
    )


def later() -> tuple[Assessment, ...]:
    """What the same chart would give on days to come."""
    return (
        assessment(as_of=date(2026, 4, 20), calendar_phase=Phase.ADVANCED),
        assessment(
            as_of=date(2026, 10, 20),
            calendar_phase=Phase.ADVANCED,
            effective_phase=Phase.INTERMEDIATE,
            restrictions=restrictions(strict=False),
        ),
    )
