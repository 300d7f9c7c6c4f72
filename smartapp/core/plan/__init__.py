"""Assessment -> Proposal: what would be written if it were signed as it stands.

Where the disposition does not prescribe there is no exercise, no goal and no order (A1): only what to avoid meanwhile
and where to refer.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from smartapp.core.assessment import Assessment
from smartapp.core.knowledge import Knowledge
from smartapp.core.library import Programme
from smartapp.core.plan.activities import (
    advice_activities,
    exercise_activities,
    limit_activities,
    never_activities,
    restriction_activities,
)
from smartapp.core.plan.assembly import assemble_with_fingerprint, phase_of_plan
from smartapp.core.plan.choosing import Selection
from smartapp.core.plan.course_facts import CourseFacts
from smartapp.core.plan.course_guards import DOSE
from smartapp.core.plan.goals import proposed_goals
from smartapp.core.plan.instead import WhyNoPlan, why_no_plan
from smartapp.core.plan.limits import emptied_components, shorter_program
from smartapp.core.plan.outcomes import measure_notes, outcome_measures
from smartapp.core.plan.pain import pain_activities
from smartapp.core.plan.patient_context import PatientContext, patient_context
from smartapp.core.plan.ramp import program_timing, ramp_row
from smartapp.core.plan.selecting import choose_exercises
from smartapp.core.program import Continued
from smartapp.core.proposal import Activity, Component, Proposal, Referral
from smartapp.core.states import Phase


def plan(
    assessment: Assessment, knowledge: Knowledge, start: date | None = None, continues: Continued | None = None
) -> Proposal:
    """The machine's proposal, guarded and fingerprinted. ``start``: first day of the plan, by default ``as_of``.
    ``continues``: the signed plan it goes on from, as :func:`going_on` says.

    Raises GuardFailed where an output guard does not hold: then the knowledge or the assessment contradicts itself.
    """
    facts = patient_context(assessment, knowledge)
    if not facts.prescribes:
        return assemble_with_fingerprint(_without_plan(assessment, knowledge, facts), knowledge)
    made = _with_plan(assessment, knowledge, facts, start or assessment.as_of)
    return assemble_with_fingerprint(replace(made, continues=continues), knowledge)


def _with_plan(assessment: Assessment, knowledge: Knowledge, facts: PatientContext, begins: date) -> Proposal:
    """Not yet assembled: its last day, its words and its session follow from the months and the minutes."""
    choice, programme = choose_exercises(assessment, knowledge, facts), knowledge.library.programme
    months, fewer = shorter_program(assessment, knowledge)
    course = CourseFacts(assessment, knowledge)
    program = program_timing(course, programme)
    shorter = " ".join(filter(None, (fewer, ramp_row(course).reason)))
    measures = outcome_measures(assessment, knowledge)
    waived = emptied_components(_trained(choice), assessment)
    words = knowledge.library.referral
    return Proposal(
        assessment=assessment,
        title=words.plan_title.format(phase=phase_of_plan(assessment).upper()),
        description="",
        start=begins,
        end=begins,
        activities=_activities(choice, assessment, knowledge, facts),
        goals=proposed_goals(assessment, knowledge, measures, frozenset(c.exercise.id for c in choice.exercises)),
        session=(),
        referral=Referral("", "", "", program, begins, begins, words.performer),
        program=program,
        warnings=(*_warnings(assessment, programme, shorter), *(said for _, said in waived)),
        months=min(months or programme.months, programme.months),
        notes=(*choice.left_out, *measure_notes(measures, assessment, knowledge)),
        waived=waived,
        measures=measures,
        overrides=((DOSE, shorter),) if shorter else (),
    )


def _activities(
    choice: Selection, assessment: Assessment, knowledge: Knowledge, facts: PatientContext
) -> tuple[Activity, ...]:
    return (
        *limit_activities(assessment),
        *restriction_activities(assessment, knowledge),
        *never_activities(assessment, knowledge),
        *exercise_activities(choice, assessment, knowledge, facts),
        *pain_activities(assessment, knowledge),
        *advice_activities(assessment, knowledge, facts),
    )


def _trained(choice: Selection) -> frozenset[Component]:
    """The components of what can start now."""
    return frozenset(part for c in choice.exercises if not c.waiting for part in c.exercise.components)


_OF_A_PROGRAM = "R10"  # to make no exercise harder alone: there is none (rule book 2c, CX37)


def _without_plan(assessment: Assessment, knowledge: Knowledge, facts: PatientContext) -> Proposal:
    return Proposal(
        assessment=assessment,
        title=_title_without_plan(assessment, knowledge),
        description="",
        start=assessment.as_of,
        end=assessment.as_of,
        activities=(
            *(a for a in restriction_activities(assessment, knowledge) if a.id != _OF_A_PROGRAM),
            *advice_activities(assessment, knowledge, facts),
        ),
        goals=(),
        session=(),
        referral=None,
        measures=outcome_measures(assessment, knowledge),
    )


def _title_without_plan(assessment: Assessment, knowledge: Knowledge) -> str:
    why = why_no_plan(assessment)
    if why is WhyNoPlan.ANOTHER:
        return "No plan yet: the records are about another patient"
    return knowledge.library.referral.not_prescribing[why]


def _warnings(assessment: Assessment, programme: Programme, shorter: str) -> Iterator[str]:
    """That a session may be split, or why it is shorter anyhow."""
    pain = assessment.pain
    if shorter:
        yield shorter
    elif assessment.effective_phase is Phase.INITIAL and pain is not None and pain >= programme.split_pain_at_least:
        yield programme.texts["split"]
