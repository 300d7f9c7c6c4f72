"""Exercises, restrictions, never-selected movements, advice and the referral -> R4 ActivityDefinitions."""

from collections.abc import Iterator, Mapping
from typing import Any

from fhir_profiles.generate.metadata import Element, canonical, citations, definition, reviewed
from smartapp.core.knowledge import Knowledge
from smartapp.core.library import Advice, Exercise
from smartapp.core.plan.activities import SILENT, dose_timing, fill
from smartapp.core.plan.choosing import FORBIDS
from smartapp.core.proposal import ActivityKind, Timing
from smartapp.core.states import State
from smartapp.fhir.build.activities import KINDS
from smartapp.fhir.build.codings import codings, movement_coding
from smartapp.fhir.build.elements import concept, timing
from smartapp.reviewers.entries import knowledge_entries
from smartapp.reviewers.entry import KnowledgeEntry, advice_ids, condition_words

REFERRAL = "physical-therapy-referral"


def activity_id(row: str, *more: str) -> str:
    """``N-CALCIUM.2`` -> ``n-calcium-2``."""
    return "-".join((row, *more)).lower().replace(".", "-")


def activity_definitions(knowledge: Knowledge) -> Iterator[Element]:
    rows = {entry.id: entry for entry in knowledge_entries(knowledge) if entry.section != "statement"}
    for exercise in offered(knowledge):
        yield _exercise(exercise, rows[exercise.id], knowledge)
    for id_, state in restrictions(knowledge):
        yield _restriction(id_, state, rows[id_], knowledge)
    for never in knowledge.library.never:
        made = _made(
            activity_id(never.id), never.title, never.text, ActivityKind.RESTRICTION, rows[never.id], knowledge
        )
        yield _moved(made, never.id, True, knowledge) | {"usage": f"For the patient: {never.patient_text}"}
    for id_, advice in zip(advice_ids(knowledge.library.advice), knowledge.library.advice, strict=True):
        yield _advice(id_, advice, rows[id_], knowledge)
    yield _referral(rows["programme"], knowledge)


def offered(knowledge: Knowledge) -> tuple[Exercise, ...]:
    """Impact is described in the knowledge and never prescribed (S22): it has no definition here."""
    return tuple(exercise for exercise in knowledge.library.exercises.values() if exercise.selectable)


def restrictions(knowledge: Knowledge) -> Iterator[tuple[str, State]]:
    """Each restriction in each state in which it is a line of a plan."""
    for row in knowledge.restrictions.values():
        yield from ((row.id, state) for state in row.texts if state not in SILENT)


def _made(id_: str, title: str, text: str, kind: ActivityKind, entry: KnowledgeEntry, knowledge: Knowledge) -> Element:
    return {
        **definition("ActivityDefinition", id_, title, text, not entry.standing.signed),
        **({"purpose": entry.standing.applicability} if entry.standing.applicability else {}),
        **reviewed(entry.standing),
        "relatedArtifact": citations([entry], knowledge),
        "kind": KINDS[kind],
        "intent": "proposal",
    }


def _exercise(exercise: Exercise, entry: KnowledgeEntry, knowledge: Knowledge) -> Element:
    text = f"{exercise.position.capitalize()}; {exercise.kit}. {exercise.text} {exercise.caution}".strip()
    made = _made(activity_id(exercise.id), exercise.title, text, ActivityKind.EXERCISE, entry, knowledge)
    said = [f"Dose ({exercise.dose.label}): {exercise.dose.text}."]
    said += [limits(exercise)] if limits(exercise) else []
    said += [f"Where {condition_words(m.unless)}: {m.effect}. {m.text}" for m in exercise.modifications]
    said += [f"For the patient: {exercise.patient_text}"]
    return made | {
        "usage": "\n\n".join(said),
        "code": concept(codings(knowledge.codes, exercise.concept), exercise.title),
        "timingTiming": _timing(dose_timing(exercise.dose, knowledge.library.programme)),
    }


def limits(exercise: Exercise) -> str:
    """What must hold for it to be chosen at all, in words; empty where nothing must."""
    gates = f"Only while the gate is open: {', '.join(sorted(exercise.needs))}." if exercise.needs else ""
    broken = sorted(exercise.breaks, key=lambda id_: int(id_[1:]))
    return " ".join(filter(None, (gates, f"Not while these forbid: {', '.join(broken)}." if broken else "")))


def _restriction(id_: str, state: State, entry: KnowledgeEntry, knowledge: Knowledge) -> Element:
    row = knowledge.restrictions[id_]
    clinician, patient = row.texts[state]
    title = f"{row.title}: {state.value.replace('-', ' ')}"
    made = _made(activity_id(id_, state.value), title, clinician, ActivityKind.RESTRICTION, entry, knowledge)
    return _moved(made, id_, state in FORBIDS, knowledge) | {"usage": f"For the patient: {patient}"}


def _moved(made: Element, id_: str, forbids: bool, knowledge: Knowledge) -> Element:
    coding = movement_coding(id_, knowledge)
    return made | {"code": concept([coding] if coding else []), "doNotPerform": forbids}


def _advice(id_: str, row: Advice, entry: KnowledgeEntry, knowledge: Knowledge) -> Element:
    title = fill(row.title, knowledge)
    made = _made(activity_id(id_), title, fill(row.text, knowledge), row.kind, entry, knowledge)
    when = f"When: {condition_words(row.when).replace('-', ' ')}."
    patient = fill(row.patient_text, knowledge)
    said = [when, *([f"For the patient: {patient}"] if patient else [])]
    return made | {"usage": "\n\n".join(said), "code": concept(codings(knowledge.codes, row.concept), title)}


def _referral(entry: KnowledgeEntry, knowledge: Knowledge) -> Element:
    words, dose = knowledge.library.referral, knowledge.library.programme
    made = _made(REFERRAL, words.title, dose.texts["supervision"], ActivityKind.REFERRAL, entry, knowledge)
    often = Timing(dose.frequency, dose.frequency_max, 7, dose.minutes, dose.days)
    written = [coding for name in (REFERRAL, "physical-therapy") for coding in codings(knowledge.codes, name)]
    lasts = f"At least {dose.months_minimum}, better {dose.months} months. {dose.texts['short-dose']}"
    return made | {
        "usage": "\n\n".join((lasts, dose.texts["progress-rule"], dose.texts["stop-rule"])),
        "code": concept(written, "Referral for supervised physical therapy"),
        "timingTiming": _timing(often),
        "participant": [{"type": "practitioner", "role": {"text": words.performer}}],
    }


def _timing(dose: Timing) -> Mapping[str, Any] | None:
    return timing(dose)


def activity_canonical(id_: str) -> str:
    return canonical("ActivityDefinition", id_)
