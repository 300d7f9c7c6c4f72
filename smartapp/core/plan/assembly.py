"""Chosen lines and dose -> a proposal that fits together: session, order, dates, options, guards and fingerprint.

Plan and review both end here, so a proposal after an edit is made the same way as the first one.
"""

from collections.abc import Sequence
from dataclasses import replace

from smartapp.core.assessment import Assessment
from smartapp.core.concepts import Concept
from smartapp.core.dates import add_months
from smartapp.core.fingerprint import with_fingerprint
from smartapp.core.knowledge import Knowledge
from smartapp.core.library import Effect, Exercise, Library
from smartapp.core.plan.activities import OF_LIMITS
from smartapp.core.plan.case import template_of
from smartapp.core.plan.choosing import Gate, gate_of, why_refused
from smartapp.core.plan.course import with_course
from smartapp.core.plan.goals import dated_goals
from smartapp.core.plan.guards import check_guards, exercises_of, ready
from smartapp.core.plan.limit_words import limit_lines, order_lines
from smartapp.core.plan.limits import kept_ids
from smartapp.core.plan.patient_context import PatientContext, holds, is_present, patient_context
from smartapp.core.plan.patient_texts import with_patient_texts
from smartapp.core.plan.ramp import rule_of_steps
from smartapp.core.plan.session_blocks import session_of, session_order
from smartapp.core.plan.visits import visit_timing
from smartapp.core.program import Visits
from smartapp.core.proposal import Activity, ActivityKind, Component, Decision, Proposal, Referral, Timing
from smartapp.core.sessions import SessionSet, Template
from smartapp.core.states import Phase

WEEKDAY = {"mon": "Mon", "tue": "Tue", "wed": "Wed", "thu": "Thu", "fri": "Fri", "sat": "Sat", "sun": "Sun"}


def assemble_with_fingerprint(proposal: Proposal, knowledge: Knowledge, decisions: Sequence[Decision] = ()) -> Proposal:
    """The consistent, guarded and fingerprinted proposal. Raises GuardFailed where an output guard does not hold."""
    return with_fingerprint(assemble(proposal, knowledge), decisions)


def assemble(proposal: Proposal, knowledge: Knowledge) -> Proposal:
    """As :func:`assemble_with_fingerprint`, without the fingerprint."""
    if proposal.program is not None:
        proposal = _programme(proposal, proposal.program, knowledge)
        dated = dated_goals(proposal.goals, proposal.start, proposal.ramp, knowledge)
        proposal = replace(proposal, goals=dated)
    proposal = with_patient_texts(proposal, knowledge)
    return replace(proposal, guards=check_guards(proposal, knowledge))


def phase_of_plan(assessment: Assessment) -> Phase:
    """The effective phase of a plan; INITIAL, the most careful one, should derivation ever leave it open."""
    return assessment.effective_phase or Phase.INITIAL


def _programme(proposal: Proposal, program: Timing, knowledge: Knowledge) -> Proposal:
    assessment, library = proposal.assessment, knowledge.library
    template = template_of(assessment, knowledge)
    fitting = _fitting_exercises(proposal, knowledge)
    timed = _in_order([_with_sessions(activity, program) for activity in proposal.activities])
    proposal = replace(proposal, end=add_months(proposal.year_from, proposal.months))
    proposal = with_course(proposal, program, knowledge)
    proposal = replace(
        proposal,
        description=_description(proposal, knowledge, template, program),
        activities=tuple(_with_options(activity, fitting, timed, library) for activity in timed),
    )
    bare = kept_ids(assessment) is not None and template.set in (SessionSet.FULL, SessionSet.EARLY_PAIN)
    blocks = session_of([a for a in ready(proposal) if a.block], template, library.programme.pace, bare)
    proposal = replace(proposal, session=blocks)
    return replace(proposal, referral=_referral(proposal, knowledge, template))


def _description(proposal: Proposal, knowledge: Knowledge, template: Template, timing: Timing) -> str:
    """Orders of others first (rule book 2c, CX29); walking is named where the plan has it."""
    words = knowledge.library.referral
    walks = any(a.component[:1] == (Component.AEROBIC,) for a in proposal.activities)
    ours = words.plan_description.format(
        phase=template.phase.upper(),
        focus=template.focus,
        dose=_dose(proposal, timing),
        supplement=words.plan_supplement if walks else "",
    )
    return " ".join((*order_lines(proposal.assessment), ours))


def _dose(proposal: Proposal, timing: Timing) -> str:
    """Without a day: a plan opened tomorrow says the same."""
    built = f". {proposal.ramp.build_up}".rstrip(".") if proposal.ramp else ""
    return f"{dose_text(timing, proposal.months)}{built}"


def _with_sessions(activity: Activity, timing: Timing) -> Activity:
    """An exercise done in the sessions follows their days and number."""
    if activity.timing is None or not activity.timing.days:
        return activity
    often = replace(activity.timing, frequency=timing.frequency, frequency_max=timing.frequency_max, days=timing.days)
    return replace(activity, timing=often)


def _fitting_exercises(proposal: Proposal, knowledge: Knowledge) -> tuple[Exercise, ...]:
    """The exercises that are not in the plan yet and could be chosen."""
    assessment, present = proposal.assessment, {activity.id for activity in proposal.activities}
    facts = patient_context(assessment, knowledge)
    absent = (each for each in knowledge.library.exercises.values() if each.id not in present)
    return tuple(each for each in absent if not misfit(each, assessment, knowledge, facts))


def _with_options(
    activity: Activity, fitting: Sequence[Exercise], lines: Sequence[Activity], library: Library
) -> Activity:
    """The exercises of the same leading component that could take its place, beside no twin of theirs."""
    if activity.kind is not ActivityKind.EXERCISE:
        return activity
    others = [a.id for a in lines if a.block and a.id != activity.id]
    same = (e.id for e in fitting if e.components[0] is activity.component[0])
    return replace(activity, options=tuple(id_ for id_ in same if not library.twin_beside(id_, others)))


def _in_order(lines: Sequence[Activity]) -> tuple[Activity, ...]:
    """Exercises in the order of a session, then those at home only; every other line where it stood."""
    ordered = sorted((a for a in lines if a.kind is ActivityKind.EXERCISE), key=session_order)
    following = iter(ordered)
    return tuple(next(following) if a.kind is ActivityKind.EXERCISE else a for a in lines)


def misfit(exercise: Exercise, assessment: Assessment, knowledge: Knowledge, facts: PatientContext) -> str:
    """Why a clinician cannot choose this exercise for this patient today, as a sentence; empty where it fits."""
    refused = why_refused(exercise, assessment, knowledge)
    if refused:
        return refused
    if gate_of(exercise, assessment.gates) is Gate.WAITING or exercise.phase.rank > phase_of_plan(assessment).rank:
        return f"{exercise.id} ({exercise.title}) cannot be started yet: its gate or its phase is not reached."
    against = (m for m in exercise.modifications if m.effect is not Effect.MODIFY and holds(m.unless, facts))
    return next((f"{exercise.id} ({exercise.title}) does not fit this patient. {m.text}" for m in against), "")


def dose_text(timing: Timing, months: int) -> str:
    """``2-3 sessions of 60 minutes a week (Mon, Wed, Fri) for 12 months``."""
    times = str(timing.frequency)
    if timing.frequency_max and timing.frequency_max > timing.frequency:
        times += f"-{timing.frequency_max}"
    sessions = "session" if times == "1" else "sessions"
    days = ", ".join(WEEKDAY[day] for day in timing.days)
    return f"{times} {sessions} of {timing.minutes} minutes a week ({days}) for {months} months"


def _referral(proposal: Proposal, knowledge: Knowledge, template: Template) -> Referral:
    """Type, amount, frequency, duration, diagnoses and precautions of the order, from what the plan now holds."""
    words, assessment, visits = knowledge.library.referral, proposal.assessment, proposal.visits
    assert visits and proposal.priority  # noqa: S101 - with_course sets both
    return Referral(
        reason_text=words.reason.format(
            diagnoses="; ".join(_diagnoses(assessment)),
            bone=_bone(assessment),
            phase=template.phase.upper(),
            anchor=f"counted from {assessment.anchor.day}"
            if assessment.anchor
            else "the day of the fracture not on record",
        ),
        note="\n".join(_note(proposal, knowledge, visits)),
        patient_instruction="",
        timing=visit_timing(visits),
        start=visits.start,
        end=visits.end,
        performer_text=words.performer,
        priority=proposal.priority.value,
        quantity=visits.count,
    )


def _diagnoses(assessment: Assessment) -> tuple[str, ...]:
    """Fracture conditions and low bone density as recorded."""
    bone = {Concept.OSTEOPENIA, Concept.OSTEOPOROSIS}
    sources = assessment.fractures or ((assessment.fracture,) if assessment.fracture else ())
    present = (d.source for d in assessment.chart.diagnoses if d.concepts & bone and is_present(d, assessment.as_of))
    low = {source.display or source.reference for source in present}
    named = (*(source.display or source.reference for source in sources), *sorted(low))
    return tuple(dict.fromkeys(named)) or ("lumbar fracture",)


def _bone(assessment: Assessment) -> str:
    density = assessment.bone_density
    if density is None:
        return "not on record"
    value = f", {density.value}" if density.value is not None else ""
    return f"{density.cls}{value}{f' ({density.site})' if density.site else ''}"


def _note(proposal: Proposal, knowledge: Knowledge, visits: Visits) -> list[str]:
    """Precautions first, then what waits, visits, the dose and how to progress."""
    library = knowledge.library
    restrictions = [a for a in proposal.activities if a.kind is ActivityKind.RESTRICTION]
    derived = [f"{a.id} {a.description}" for a in restrictions if not a.id.startswith("X") and a.id != OF_LIMITS]
    never = [a.title for a in restrictions if a.id.startswith("X") and a.do_not_perform]
    lines = [
        library.referral.note_heading,
        *limit_lines(proposal.assessment),
        *derived,
        f"Not to be used as exercises: {'; '.join(never)}.",
    ]
    lines += [f"{a.id} {a.title}: {a.status_reason}" for a in exercises_of(proposal) if a.status_reason]
    stop = (library.patient_texts[id_].en for id_ in ("stop.emergency", "stop.today"))
    lines += [*proposal.notes, *(f"Patient's stop rule: {text}" for text in stop)]
    lines += [f"Visits: {visits.text}", *([visits.setting] if visits.setting else [])]
    lines += [f"Program (not visits): {_dose(proposal, proposal.program or Timing(0))}."]
    lines += [rule_of_steps(knowledge)]
    lines += [library.programme.texts[name] for name in ("by-hand", "progress-rule", "tempo", "alternate-days")]
    return [*lines, *(w for w in proposal.warnings if w == library.programme.texts["split"])]
