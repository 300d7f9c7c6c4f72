"""Rows of the library and derived restrictions -> the lines of a plan, each with its reason and its chart sources."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from smartapp.core.assessment import Assessment, Reason, Restriction
from smartapp.core.chart import Source
from smartapp.core.knowledge import Knowledge
from smartapp.core.library import Advice, Condition, Contraindication, Programme
from smartapp.core.plan.case import template_of
from smartapp.core.plan.choosing import FORBIDS, Chosen, Selection
from smartapp.core.plan.limit_words import of_load, sentence, track_line
from smartapp.core.plan.limits import ONE_SIDE, lines_left_out
from smartapp.core.plan.patient_context import PatientContext, evidence, holds
from smartapp.core.plan.patient_sentences import SWITCHING, without
from smartapp.core.program import Fitt
from smartapp.core.proposal import Activity, ActivityKind, Timing
from smartapp.core.sessions import Template
from smartapp.core.states import State
from smartapp.core.threshold_words import fill_numbers

AVOID = "AVOID:"
OF_LIMITS = "DN0"
# States in which a restriction is not a line of the plan: what it restricted is open.
SILENT = frozenset({State.ALLOWED, State.ELIGIBLE, State.LIFTED})


def base_sources(assessment: Assessment) -> tuple[Source, ...]:
    """The facts every line rests on: the fractures of the episode, else whoever the patient is."""
    governing = (assessment.fracture,) if assessment.fracture else ()
    return tuple(dict.fromkeys((*governing, *assessment.fractures))) or (Source(assessment.chart.patient.reference),)


def restriction_activities(assessment: Assessment, knowledge: Knowledge) -> tuple[Activity, ...]:
    """One line for each restriction that forbids or changes a movement today."""
    return tuple(_restriction(r, assessment, knowledge) for r in assessment.restrictions if r.state not in SILENT)


def _restriction(restriction: Restriction, assessment: Assessment, knowledge: Knowledge) -> Activity:
    forbids = restriction.state in FORBIDS
    row = knowledge.restrictions.get(restriction.id)
    reason = restriction.reason
    return Activity(
        id=restriction.id,
        kind=ActivityKind.RESTRICTION,
        title=row.title if row else restriction.movement or restriction.id,
        description=_avoid_activity(restriction) if forbids else restriction.text,
        patient_text=restriction.patient_text,
        reason=Reason(reason.text, reason.statements, reason.sources or base_sources(assessment), reason.rule),
        do_not_perform=forbids,
        concept="exercise-avoidance" if forbids else "",
        cautious=True,
    )


def _avoid_activity(restriction: Restriction) -> str:
    """Movement, quality and alternative (GU1), and how long at least."""
    until = f" At least until {restriction.until.isoformat()}." if restriction.until else ""
    if not (restriction.movement and restriction.quality and restriction.instead):
        return f"{AVOID} {restriction.text}{until}"
    movement, quality, instead = restriction.movement, restriction.quality, restriction.instead
    return f"{AVOID} {movement} — {quality}. Instead: {instead}.{until}"


def limit_activities(assessment: Assessment) -> tuple[Activity, ...]:
    """One line for all that this patient's body must not be loaded with, before the movements (rule book 2c, CX28)."""
    limits = of_load(assessment.constraints)
    if not limits:
        return ()
    told = " ".join(dict.fromkeys(sentence(limit.text) for limit in limits))
    instead = track_line(assessment) or "what stands in this plan, as its notes say it is done."
    statements = tuple(dict.fromkeys(s for limit in limits for s in limit.reason.statements))
    sources = tuple(dict.fromkeys(s for limit in limits for s in limit.reason.sources))
    return (
        Activity(
            id=OF_LIMITS,
            kind=ActivityKind.RESTRICTION,
            title="Limits of this patient",
            description=f"{AVOID} whatever breaks a limit of this patient. {told} Instead: {instead}",
            patient_text="",  # the limits have patient texts of their own
            reason=Reason(told, statements, sources, "limits"),
            do_not_perform=True,
            concept="exercise-avoidance",
            cautious=True,
            locked=True,
        ),
    )


def never_activities(assessment: Assessment, knowledge: Knowledge) -> tuple[Activity, ...]:
    """The never-selectable movements, each while its restriction forbids, and what is said of it afterwards."""
    made = (_never(row, assessment) for row in knowledge.library.never)
    return tuple(activity for activity in made if activity)


def _never(row: Contraindication, assessment: Assessment) -> Activity | None:
    governing = assessment.restriction(row.forbidden_while) if row.forbidden_while else None
    forbids = not row.forbidden_while or (governing is not None and governing.state in FORBIDS)
    if not forbids and not row.afterwards:
        return None
    sources = governing.reason.sources if governing else ()
    return Activity(
        id=row.id,
        kind=ActivityKind.RESTRICTION,
        title=row.title,
        description=row.text if forbids else row.afterwards,
        patient_text=row.patient_text if forbids else row.patient_afterwards,
        reason=Reason(f"{row.title}: {row.quality}.", row.origin.statements, sources or base_sources(assessment)),
        do_not_perform=forbids,
        concept="exercise-avoidance" if forbids else "",
        cautious=True,
        locked=row.locked,
    )


def exercise_activities(
    choice: Selection, assessment: Assessment, knowledge: Knowledge, facts: PatientContext
) -> tuple[Activity, ...]:
    """The chosen exercises as lines."""
    return tuple(exercise_activity(chosen, assessment, knowledge, facts) for chosen in choice.exercises)


def exercise_activity(chosen: Chosen, assessment: Assessment, knowledge: Knowledge, facts: PatientContext) -> Activity:
    exercise, fitt = chosen.exercise, chosen.dose.fitt
    return Activity(
        id=exercise.id,
        kind=ActivityKind.EXERCISE,
        title=exercise.title,
        description=_how(chosen),
        patient_text=_patient_how(chosen),
        reason=_why(chosen, template_of(assessment, knowledge), assessment, facts),
        component=exercise.components,
        dose=fitt.text,
        position=exercise.position,
        status_reason=chosen.waiting,
        timing=dose_timing(fitt, knowledge.library.programme),
        concept=exercise.concept,
        cautious=bool(exercise.needs or chosen.waiting or chosen.adapted),
        fitt=fitt,
        block=chosen.block,
        home_set=chosen.home_set,
        home_note=chosen.home_note,
        variant=chosen.variant,
        turn=chosen.turn,
    )


def _how(chosen: Chosen) -> str:
    exercise = chosen.exercise
    place = f"{exercise.position.capitalize()}; {exercise.kit}."
    adapted = (m.text for m in chosen.adapted)
    return " ".join(
        filter(
            None,
            (
                place,
                exercise.text,
                exercise.caution,
                *(_with_leg(chosen, "With the {} leg only, not the limited one.", "free")),
                *adapted,
            ),
        )
    )


def _with_leg(chosen: Chosen, words: str, unknown: str) -> Iterator[str]:
    """Which leg it is done with, where a limit leaves one."""
    for variant in chosen.variant:
        if variant.startswith(ONE_SIDE):
            yield words.format(variant.removeprefix(ONE_SIDE).removeprefix("-") or unknown)


def _patient_how(chosen: Chosen) -> str:
    exercise = chosen.exercise
    changes = (m.patient_text for m in chosen.adapted if m.patient_text not in chosen.patient_waiting)
    leg = tuple(_with_leg(chosen, "Only with your {} leg. The other one rests.", "good"))
    said = without(exercise.patient_text, (SWITCHING,)) if leg else exercise.patient_text
    parts = (chosen.patient_waiting, said, exercise.patient_caution, *leg, *changes)
    return " ".join(filter(None, parts))


def _why(chosen: Chosen, template: Template, assessment: Assessment, facts: PatientContext) -> Reason:
    exercise = chosen.exercise
    said = [f"{template.phase.capitalize()} phase: {template.focus}."]
    said += [f"Stands in for {other.id}. {other.text}" for other in chosen.stands_for]
    said += [m.text for m in chosen.adapted]
    found = [source for m in chosen.adapted for source in evidence(m.unless, assessment, facts)]
    found += [source for other in chosen.stands_for for source in other.sources]
    sources = tuple(dict.fromkeys((*base_sources(assessment), *found)))
    return Reason(" ".join(dict.fromkeys(said)), exercise.origin.statements, sources, f"exercise.{exercise.id}")


def dose_timing(fitt: Fitt, programme: Programme) -> Timing:
    """How often: as its dose says; as often as the supervised sessions, on their days, where that is the same."""
    minutes = int(fitt.minutes[0]) if fitt.minutes and fitt.minutes[0] else None
    daily = fitt.per_day if fitt.per_day and fitt.per_day[1] != 1 else None
    often, period = (daily, 1) if daily else (fitt.per_week, 7)
    sessions = (Decimal(programme.frequency), Decimal(programme.frequency_max))
    if often is None or (often == sessions and not daily):
        return Timing(programme.frequency, programme.frequency_max, 7, minutes, programme.days)
    low, high = max(1, int(often[0] or 1)), often[1]
    return Timing(low, int(high) if high is not None and high > low else None, period, minutes)


def advice_activities(assessment: Assessment, knowledge: Knowledge, facts: PatientContext) -> tuple[Activity, ...]:
    """Of the rows with one id the first whose condition holds; without a plan only what is meant for that (A1)."""
    rows: Iterable[Advice] = knowledge.library.advice
    if not facts.prescribes:
        rows = (row for row in rows if row.when.prescribes is False)
    first: dict[str, Advice] = {}
    left_out = lines_left_out(assessment, knowledge)
    for row in rows:
        if row.id not in left_out and holds(row.when, facts):
            first.setdefault(row.id, row)
    return tuple(_advice(row, assessment, knowledge, facts) for row in first.values())


def _advice(row: Advice, assessment: Assessment, knowledge: Knowledge, facts: PatientContext) -> Activity:
    found = evidence(row.when, assessment, facts) if row.when != Condition() else ()
    text = fill(row.text, knowledge)
    return Activity(
        id=row.id,
        kind=row.kind,
        title=fill(row.title, knowledge),
        description=text,
        patient_text=fill(row.patient_text, knowledge),
        reason=Reason(text, row.origin.statements, found or base_sources(assessment), f"advice.{row.id}"),
        concept=row.concept,
        cautious=row.cautious,
        locked=row.locked,
    )


def fill(text: str, knowledge: Knowledge) -> str:
    """``{calcium.base}`` -> ``1,000``: the threshold in force, a site's own included."""
    return fill_numbers(text, knowledge.thresholds)
