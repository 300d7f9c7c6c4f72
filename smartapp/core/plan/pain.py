"""Assessment -> the line on pain of a plan: positions, pacing, moves, medicine and brace (rule book 2b, PM1-PM12).

It stands in the initial phase, while pain holds a step up and where disability is high (OM5); no sentence doses a drug.
"""

from collections.abc import Iterator
from datetime import timedelta

from smartapp.core.assessment import Assessment, Reason
from smartapp.core.concepts import Concept
from smartapp.core.kinds import OrderKind, ProcedureKind, Quantity
from smartapp.core.knowledge import Knowledge
from smartapp.core.plan.activities import base_sources, fill
from smartapp.core.proposal import Activity, ActivityKind
from smartapp.core.states import Phase, Track
from smartapp.core.thresholds import ThresholdName

PAIN = "PAIN"
PAIN_MEDICINES = frozenset({Concept.OPIOID, Concept.NSAID, Concept.ANALGESIC})
_LYING = frozenset({"E02", "E03", "E08"})
_HINGING = frozenset({"E06", "E20"})
_WALKING = frozenset({"E11"})


def has_pain_line(assessment: Assessment, knowledge: Knowledge) -> bool:
    pain = assessment.pain
    hurts = pain is not None and pain >= knowledge.number(ThresholdName.PAIN_UNSTABLE_FROM)
    return hurts or assessment.effective_phase is Phase.INITIAL or _is_disabled(assessment, knowledge)


def _is_disabled(assessment: Assessment, knowledge: Knowledge) -> bool:
    """By the newest Oswestry score that still counts; of several on one day the worst (OM5)."""
    first = assessment.as_of - timedelta(days=knowledge.library.tests["odi"].within)
    scores = [
        (m.when.latest, m.value)
        for m in assessment.chart.measurements
        if m.quantity is Quantity.OSWESTRY and m.value is not None and m.when and not m.comparator
        and first <= m.when.latest <= assessment.as_of
    ]  # fmt: skip
    return bool(scores) and max(scores)[1] >= knowledge.course.limits.odi_severe_from


def pain_activities(assessment: Assessment, knowledge: Knowledge) -> tuple[Activity, ...]:
    """One line, or none."""
    if not has_pain_line(assessment, knowledge):
        return ()
    rows = [knowledge.library.pain[name] for name in sentence_names(assessment)]
    text = " ".join(fill(row.text, knowledge) for row in rows)
    statements = tuple(dict.fromkeys(s for row in rows for s in row.origin.statements))
    return (
        Activity(
            id=PAIN,
            kind=ActivityKind.EDUCATION,
            title="Pain",
            description=text,
            patient_text="",  # the patient's texts on pain have rows of their own
            reason=Reason(text, statements, base_sources(assessment), "pain"),
            concept="patient-education",
            locked=True,
        ),
    )


def sentence_names(assessment: Assessment) -> Iterator[str]:
    """Rows of pain.toml, in their order; in comfort care no pacing and no moves to learn."""
    removed, seated = assessment.removed.keys(), (assessment.track or Track.STANDING) is not Track.STANDING
    yield "PM1-raised" if removed >= _LYING else "PM1"
    if not is_comfort_care(assessment):
        yield "PM2-seated" if seated or removed >= _WALKING else "PM2"
        yield "PM3-seated" if seated or removed >= _HINGING else "PM3"
        yield "PM4"
    yield _medicine(assessment)
    yield "PM9" if wears_brace(assessment) else "PM9-none"


def _medicine(assessment: Assessment) -> str:
    taken = pain_medicines(assessment)
    if Concept.OPIOID in taken:
        return "PM5-opioid"
    if taken:
        return "PM5"
    return "PM5-unread" if assessment.chart.medicines_unread else "PM5-none"


def pain_medicines(assessment: Assessment) -> frozenset[str]:
    """Of what is taken now."""
    taken = (m.concepts for m in assessment.chart.medications if m.active)
    return frozenset().union(*taken) & PAIN_MEDICINES


def is_comfort_care(assessment: Assessment) -> bool:
    """Palliative care: what is wished, and nothing to reach (rule book 2c, CX15)."""
    return any(limit.id == "WP36" for limit in assessment.constraints)


def wears_brace(assessment: Assessment) -> bool:
    """One is ordered, or a fracture was treated with one."""
    chart = assessment.chart
    ordered = any(order.kind is OrderKind.BRACE for order in chart.orders)
    return ordered or any(each.kind is ProcedureKind.CLOSED_TREATMENT for each in chart.procedures)
