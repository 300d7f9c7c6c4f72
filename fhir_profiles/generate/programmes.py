"""The session template of a phase -> the R4 PlanDefinition of its programme: supervised session, home set, the rest."""

from collections.abc import Iterable

from fhir_profiles.generate.activity_definitions import activity_canonical, activity_id, limits, offered, stop_rules
from fhir_profiles.generate.metadata import Element, awaiting, citations, definition
from smartapp.core.knowledge import Knowledge
from smartapp.core.library import Exercise
from smartapp.core.program import BlockCode
from smartapp.core.proposal import Timing
from smartapp.core.sessions import Template
from smartapp.fhir.build.elements import UCUM, timing
from smartapp.reviewers.entry import KnowledgeEntry

TYPE = {
    "coding": [{"system": "http://terminology.hl7.org/CodeSystem/plan-definition-type", "code": "clinical-protocol"}]
}
GROUP = {"groupingBehavior": "logical-group"}


def programme(template: Template, rows: tuple[KnowledgeEntry, ...], knowledge: Knowledge) -> Element:
    library, phase = knowledge.library, template.phase
    texts = library.programme.texts
    rest = [e.id for e in offered(knowledge) if e.phase is phase and e.id not in template.members]
    groups = [
        _session(template, knowledge),
        _group("Home set, every day", template.daily, template, knowledge),
        _group("Home session", template.home_session, template, knowledge),
        _group("Others of this phase, to change to", rest, template, knowledge),
    ]
    title, aim = f"Programme of the {phase.value} phase", f"Aim: {template.focus}."
    named = {"programme", f"session-{template.name}", *template.members, *rest}
    resting = [row for row in rows if row.id in named]
    framing = [row for row in resting if row.section != "exercise"]
    return definition("PlanDefinition", f"phase-{phase.value}", title, aim, awaiting(resting)) | {
        "type": TYPE,
        "usage": "\n\n".join((texts["progress-rule"], stop_rules(knowledge))),
        "relatedArtifact": citations(framing, knowledge),
        "action": [group for group in groups if "action" in group],
    }


def _session(template: Template, knowledge: Knowledge) -> Element:
    """The blocks in their order, with their minutes; those without exercises are named all the same."""
    dose = knowledge.library.programme
    often = timing(Timing(dose.frequency, dose.frequency_max, 7, dose.minutes, dose.days))
    blocks = []
    for block in template.blocks:
        lasts = {"value": block.minutes, "unit": "min", "system": UCUM, "code": "min"}
        ids = [id_ for id_ in template.turns if block.code and _block(id_, template, knowledge) is block.code]
        group = _group(block.title, ids, template, knowledge)
        blocks.append(group | {"timingDuration": lasts})
    return {"title": "Supervised session", "timingTiming": often, **GROUP, "selectionBehavior": "all", "action": blocks}


def _block(id_: str, template: Template, knowledge: Knowledge) -> BlockCode:
    return knowledge.library.exercises[id_].dose(template.phase, template.track).block


def _group(title: str, exercises: Iterable[str], template: Template, knowledge: Knowledge) -> Element:
    inner = [_chosen(knowledge.library.exercises[id_], template) for id_ in exercises]
    return {"title": title} | ({**GROUP, "selectionBehavior": "any", "action": inner} if inner else {})


def _chosen(exercise: Exercise, template: Template) -> Element:
    limited = {"textEquivalent": limits(exercise)} if limits(exercise) else {}
    return {
        "title": exercise.title,
        **limited,
        "requiredBehavior": "must" if exercise.id in template.exercises else "could",
        "definitionCanonical": activity_canonical(activity_id(exercise.id)),
    }
