"""One decision on one item -> the changed proposal, or the sentence that says why it cannot be taken.

Items: an activity or goal id (``E14``, ``R1``, ``G3``), a field of an activity (``E14.dose``, ``E14.description``), or
the programme (``dose.frequency``, ``dose.frequency-max``, ``dose.minutes``, ``dose.months``, ``dose.days``,
``dose.start``, ``dose.visits``, ``dose.priority``).
"""

import re
from dataclasses import replace

from smartapp.core.assessment import Reason
from smartapp.core.knowledge import Knowledge
from smartapp.core.library import REQUIRED, Contraindication, Effect
from smartapp.core.plan.activities import AVOID, exercise_activity
from smartapp.core.plan.assembly import assemble, misfit
from smartapp.core.plan.doses import changed_programme, loosens_program
from smartapp.core.plan.guards import is_generic_prohibition, names_alternative, ready
from smartapp.core.plan.patient_context import holds, patient_context
from smartapp.core.plan.selecting import exchanged
from smartapp.core.program import Fitt
from smartapp.core.proposal import Activity, ActivityKind, Choice, Decision, Proposal
from smartapp.core.quotes import quoted
from smartapp.errors import ReviewError

ITEM = re.compile(r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9_-]+)*\Z")
LONGEST = 1000  # characters of one text; ours: a line of a plan, not a letter
_RULED_OUT = re.compile(
    r"\b(?:no|not|never|avoid|without|instead of|sin|evit\w+|nunca|kein\w*|nicht|ohne|vermeid\w+|statt)\b",
    re.IGNORECASE,
)  # in the languages of the words
_ID = re.compile(r"[EX]\d\d\Z", re.IGNORECASE)


def apply_decision(proposal: Proposal, decision: Decision, knowledge: Knowledge) -> Proposal:
    """The proposal with the decision applied, guarded. Raises ReviewError with a sentence for the person."""
    if proposal.referral is None:
        raise ReviewError("There is no exercise plan here that could be changed.")
    if not ITEM.match(decision.item):
        raise ReviewError("There is no such line in this plan.")
    if decision.reason.strip():
        _text(decision.reason)
    if loosens(proposal, decision, knowledge) and not decision.reason.strip():
        raise ReviewError("This loosens a precaution. Give a reason, which is kept with the plan.")
    if decision.item.startswith("dose."):
        changed = changed_programme(proposal, decision, knowledge)
    elif any(goal.id == decision.item for goal in proposal.goals):
        changed = _goal(proposal, decision)
    elif decision.choice is Choice.DROP:
        changed = _drop(proposal, decision)
    else:
        changed = _change(proposal, decision, knowledge)
    return assemble(changed, knowledge)


def loosens(proposal: Proposal, decision: Decision, knowledge: Knowledge) -> bool:
    """Whether the decision takes a precaution away or weakens it, so that a reason is required.

    Dropping or rewording a restriction, a movement to avoid or a safety follow-up; changing an exercise that waits, is
    gated or is adapted to the patient; a dose below the seed's or
    beyond a limit, or less urgency. Dropping an exercise never loosens.
    """
    if decision.item.startswith("dose."):
        return loosens_program(proposal, decision, knowledge)
    activity = proposal.activity(decision.item.partition(".")[0])
    if activity is None or not activity.cautious:
        return False
    return not (activity.kind is ActivityKind.EXERCISE and decision.choice is Choice.DROP)


def _goal(proposal: Proposal, decision: Decision) -> Proposal:
    known = next(goal for goal in proposal.goals if goal.id == decision.item)
    if decision.choice is Choice.DROP:
        kept = tuple(goal for goal in proposal.goals if goal is not known)
        return replace(proposal, goals=kept, removed=(*proposal.removed, f"{known.id} {known.description}"))
    text = _text(decision.value)
    goals = tuple(replace(g, description=text, patient_text=text) if g is known else g for g in proposal.goals)
    return replace(proposal, goals=goals)


def _activity_of(proposal: Proposal, item: str) -> Activity:
    activity = proposal.activity(item)
    if activity is None:
        raise ReviewError(f"There is no line {quoted(item)} in this plan.")
    return activity


def _drop(proposal: Proposal, decision: Decision) -> Proposal:
    activity = _activity_of(proposal, decision.item)
    if activity.locked:
        raise ReviewError(f"{activity.title} stays in every plan and cannot be dropped.")
    _check_components(proposal, activity, ())
    kept = tuple(each for each in proposal.activities if each is not activity)
    gone = f"{activity.id} {activity.title}" + (f" ({decision.reason})" if decision.reason else "")
    return replace(proposal, activities=kept, removed=(*proposal.removed, gone))


def _check_components(proposal: Proposal, leaving: Activity, coming: tuple[Activity, ...]) -> None:
    """An extensor, a resistance and a balance exercise stay in every plan (S01, GU2)."""
    staying = [a for a in ready(proposal) if a is not leaving] + list(coming)
    for component in REQUIRED:
        if component in leaving.component and not any(component in each.component for each in staying):
            raise ReviewError(
                f"{leaving.title} is the last {component} exercise that can start now. "
                f"Every plan needs one: exchange it for another instead."
            )


def _change(proposal: Proposal, decision: Decision, knowledge: Knowledge) -> Proposal:
    item, _, field = decision.item.partition(".")
    activity, value = _activity_of(proposal, item), decision.value.strip()
    if field not in ("", "dose", "description"):
        raise ReviewError(f"{quoted(field)} of a line cannot be changed; its dose and its description can.")
    if not field and _ID.match(value):
        new = _exchange(proposal, activity, value.upper(), knowledge)
    elif field == "dose":
        new = _with_dose(activity, _checked_words(value, knowledge))
    elif activity.kind is ActivityKind.EXERCISE:
        text = _checked_words(value, knowledge)
        new = replace(activity, description=text, patient_text=text)
    else:
        new = _reword(activity, value)
    new = replace(
        new,
        original=activity.original or _proposed_words(activity),
        edit_reason=decision.reason or activity.edit_reason,
    )
    return replace(proposal, activities=tuple(new if each is activity else each for each in proposal.activities))


def _proposed_words(activity: Activity) -> str:
    dose = f" Dose: {activity.dose}." if activity.dose else ""
    return f"{activity.id} {activity.title}: {activity.description}{dose}"


def _text(value: str) -> str:
    text = " ".join(value.split())
    if not text:
        raise ReviewError("The text is empty. Write what should stand there, or drop the line.")
    if len(text) > LONGEST:
        raise ReviewError(f"The text is longer than {LONGEST} characters. Shorten it.")
    if is_generic_prohibition(text.replace("“", " ").replace("”", " ")):
        raise ReviewError(
            "Name what does harm in bending or twisting (rapid, repetitive, sustained, weighted or end-range) and what "
            "to do instead: a bare prohibition frightens and teaches nothing."
        )
    return text


def _checked_words(value: str, knowledge: Knowledge) -> str:
    """Free text of an exercise: it may not bring in a movement that can never be selected."""
    text = _text(value)
    never = next((row for row in knowledge.library.never if asks_for(row, text)), None)
    if never:
        raise ReviewError(f"{never.title} can never be selected. Instead: {never.instead}.")
    return text


def asks_for(never: Contraindication, text: str) -> bool:
    """Whether the text names the movement other than to rule it out in the same sentence."""
    stems = (r"[\s-]?".join(re.escape(part) for part in re.split(r"[\s-]", word)) for word in never.words)
    named = re.compile(rf"\b(?:{'|'.join(stems)})", re.IGNORECASE) if never.words else None
    found = (named.search(sentence) for sentence in re.split(r"[.;!?\n]+", text)) if named else ()
    return any(match and not _RULED_OUT.search(match.string[: match.start()]) for match in found)


def _with_dose(activity: Activity, dose: str) -> Activity:
    if activity.kind is not ActivityKind.EXERCISE:
        raise ReviewError(f"{activity.id} has no dose of its own.")
    return replace(activity, dose=dose, fitt=Fitt(text=dose))  # the numbers were those of the dose before


def _reword(activity: Activity, value: str) -> Activity:
    text = _text(value)
    if not activity.do_not_perform:
        if text.startswith(AVOID):
            raise ReviewError(f"{activity.id} is not something to avoid: begin without {quoted(AVOID)}.")
        return replace(activity, description=text, patient_text=text)
    if not names_alternative(text):
        raise ReviewError("Say what to do instead: a restriction names movement, quality and alternative.")
    plain = text.removeprefix(AVOID).strip()
    return replace(activity, description=f"{AVOID} {plain}", patient_text=plain)


def _exchange(proposal: Proposal, activity: Activity, id_: str, knowledge: Knowledge) -> Activity:
    """The exercise ``id_`` in place of ``activity``; only what fits phase, gates, restrictions and patient."""
    if activity.kind is not ActivityKind.EXERCISE:
        raise ReviewError(f"{activity.id} is not an exercise and cannot be exchanged for one.")
    never = next((row for row in knowledge.library.never if row.id == id_), None)
    if never:
        raise ReviewError(f"{never.title} can never be selected. Instead: {never.instead}.")
    exercise = knowledge.library.exercises.get(id_)
    if exercise is None:
        raise ReviewError(f"There is no exercise {quoted(id_)}.")
    if proposal.activity(id_) is not None:
        raise ReviewError(f"{exercise.title} is already in the plan.")
    assessment = proposal.assessment
    facts = patient_context(assessment, knowledge)
    if refused := misfit(exercise, assessment, knowledge, facts):
        raise ReviewError(refused)
    session = [a.id for a in proposal.activities if a.block and a is not activity]
    if twin := knowledge.library.twin_beside(id_, session):
        raise ReviewError(f"{exercise.title} is not done in one session with {twin}: a session has one of them.")
    adapted = tuple(m for m in exercise.modifications if m.effect is Effect.MODIFY and holds(m.unless, facts))
    new = exercise_activity(exchanged(exercise, activity, adapted, assessment, knowledge), assessment, knowledge, facts)
    _check_components(proposal, activity, (new,))
    why = Reason(f"Chosen by the clinician in place of {activity.id}.", new.reason.statements, new.reason.sources)
    return replace(new, reason=why)
