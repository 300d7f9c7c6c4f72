"""Case -> sentences of the plan about exercises that are not ordered: what starts later, what may be tried, options."""

from collections.abc import Iterator

from smartapp.core.library import Effect
from smartapp.core.plan.case import PlanCase
from smartapp.core.plan.choosing import why_unfit
from smartapp.core.plan.patient_context import holds
from smartapp.core.states import Phase, Prone

_ENTRY, _LYING, _KNEELING = "E15", "E02", "E17"  # the first prone exercise, and what takes its place


def remarks(case: PlanCase) -> Iterator[str]:
    template = case.template
    if template.later:
        yield template.later
    yield from _prone_trial(case)
    options = [id_ for id_ in template.optional if _is_open(id_, case)]
    if options:
        names = "; ".join(case.knowledge.library.exercises[id_].title for id_ in options)
        yield case.knowledge.library.programme.texts["optional"].format(names=names)


def _prone_trial(case: PlanCase) -> Iterator[str]:
    """Rule book 2b, FT7 and 2c, CX21: no prone item is ordered; one line says when the therapist may try the first."""
    gates, exercises = case.assessment.gates, case.knowledge.library.exercises
    waits = gates is not None and (
        gates.prone is Prone.CONDITIONAL or (gates.prone is Prone.ALLOWED and case.phase is Phase.INITIAL)
    )
    if not waits or not _is_open(_ENTRY, case):
        return
    entry = exercises[_ENTRY]
    against = (m for m in entry.modifications if m.effect is not Effect.MODIFY and holds(m.unless, case.facts))
    if against_it := next(against, None):
        yield f"{entry.id} ({entry.title}) is left out. {against_it.text}"
        return
    order = (_LYING, _KNEELING) if case.phase is Phase.INITIAL else (_KNEELING, _LYING)
    instead = next((id_ for id_ in order if _is_open(id_, case)), "")
    text = case.knowledge.library.programme.texts["prone-trial"]
    named = f"{instead} ({exercises[instead].title})" if instead else "none"
    yield text.format(trial=f"{entry.id} ({entry.title})", instead=named)


def _is_open(id_: str, case: PlanCase) -> bool:
    exercise = case.knowledge.library.exercises[id_]
    return id_ not in case.assessment.removed and not why_unfit(exercise, case.assessment)
