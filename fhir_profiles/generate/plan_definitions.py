"""The knowledge as a whole -> R4 PlanDefinitions: the guideline, and one programme per phase below it.

The rules that decide (which phase, which restriction, which alert) are run by Loadpath, not by these definitions: they
say what there is to decide between, in which order, and on what it rests.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby

from fhir_profiles.generate.activity_definitions import REFERRAL, activity_canonical, activity_id, restrictions
from fhir_profiles.generate.metadata import TOPIC, USAGE_CONTEXT, Element, awaiting, canonical, citations, definition
from fhir_profiles.generate.programmes import GROUP, TYPE, programme
from fhir_profiles.generate.value_sets import read_sets
from smartapp.core.goals import GoalTarget
from smartapp.core.knowledge import Knowledge
from smartapp.core.proposal import ActivityKind
from smartapp.core.states import Phase, Severity
from smartapp.core.thresholds import ThresholdName
from smartapp.fhir.build.codings import (
    ALERT,
    PHYSIOTHERAPY_GOAL,
    alert_display,
    codings,
    movement_coding,
    phase_coding,
    phase_display,
)
from smartapp.fhir.build.elements import UCUM, json_number
from smartapp.fhir.build.identifiers import RULESET
from smartapp.reviewers.entries import knowledge_entries
from smartapp.reviewers.entry import SECTIONS, KnowledgeEntry, advice_ids, condition_words

GUIDELINE = "osteopenia-lumbar-fracture"
HEADINGS = {
    ActivityKind.RESTRICTION: "Movement restrictions",
    ActivityKind.EXERCISE: "Exercises",
    ActivityKind.NUTRITION: "Nutrition",
    ActivityKind.EDUCATION: "Education",
    ActivityKind.FOLLOW_UP: "Checks",
    ActivityKind.REFERRAL: "Referrals suggested",
}
_STEPS = {
    Severity.STOP: "Stop and refer: nothing is prescribed",
    Severity.REVIEW: "A clinician looks at these before signing",
    Severity.INFO: "To know; the plan stands",
}


def plan_definitions(knowledge: Knowledge) -> Iterator[Element]:
    rows = knowledge_entries(knowledge)
    yield _guideline(rows, knowledge)
    for phase in Phase:
        yield programme(knowledge.library.template(phase), rows, knowledge)


def _guideline(rows: tuple[KnowledgeEntry, ...], knowledge: Knowledge) -> Element:
    by_id = {entry.id: entry for entry in rows if entry.section != "statement"}
    about = (
        f"{knowledge.evidence_note} The rules that choose are "
        "run by Loadpath; this definition says what there is to choose, and on what it rests."
    )
    made = definition(
        "PlanDefinition", GUIDELINE, "Rehabilitation after lumbar fracture with osteopenia", about, awaiting(rows)
    )
    return made | {
        "version": knowledge.version,
        "identifier": [{"system": "urn:ietf:rfc:3986", "value": f"{RULESET}/{knowledge.version}"}],
        "type": TYPE,
        "useContext": [
            {"code": {"system": USAGE_CONTEXT, "code": "focus"}, "valueCodeableConcept": {"text": TOPIC}},
        ],
        "usage": knowledge.evidence_note,
        "relatedArtifact": _all_sources(rows, knowledge),
        "goal": [_goal(row, by_id[row.id], knowledge) for row in knowledge.library.goals],
        "action": [
            _inputs(knowledge),
            *(_alerts(severity, by_id, knowledge) for severity in Severity),
            _phases(knowledge),
            _restrictions(by_id, knowledge),
            _never(knowledge),
            {
                "title": "Refer for supervised physical therapy",
                "definitionCanonical": activity_canonical(REFERRAL),
                "requiredBehavior": "must",
            },
            *_advice(knowledge),
        ],
    }  # fmt: skip


def _all_sources(rows: Iterable[KnowledgeEntry], knowledge: Knowledge) -> list[Element]:
    """Every source once, in the order of sources.toml."""
    found = {made["label"]: made for made in citations(rows, knowledge) if "citation" in made}
    return [found[id_] for id_ in knowledge.sources if id_ in found]


def _inputs(knowledge: Knowledge) -> Element:
    """What is read of the chart: the value sets of the codes Loadpath reads, by resource."""
    types = {"condition": "Condition", "procedure": "Procedure", "observation": "Observation",
             "medication": "MedicationRequest"}  # fmt: skip
    path = {"MedicationRequest": "medication"}
    wanted = [
        {"type": types[kind], "codeFilter": [{"path": path.get(types[kind], "code"), "valueSet": read.url}]}
        for read in read_sets(knowledge)
        if (kind := read.kind.value) in types
    ]
    return {
        "title": "Read the chart",
        "description": "Missing stays missing: a fact not in the chart is a gap with a question, never assumed.",
        "input": wanted,
    }


def _alerts(severity: Severity, rows: dict[str, KnowledgeEntry], knowledge: Knowledge) -> Element:
    inner = [
        {
            "title": alert_display(row.code.value, knowledge),
            "description": row.words.text,
            "textEquivalent": f"{row.words.action} ({row.words.urgency})" if row.words.urgency else row.words.action,
            "code": [{"coding": [{"system": ALERT, "code": row.code.value}]}],
            "documentation": citations([rows[row.code.value]], knowledge),
        }
        for row in knowledge.alerts.values()
        if row.severity is severity
    ]
    return {"title": _STEPS[severity], **GROUP, "selectionBehavior": "any", "action": inner}


def _phases(knowledge: Knowledge) -> Element:
    starts = [0, knowledge.whole(ThresholdName.INTERMEDIATE_FROM), knowledge.whole(ThresholdName.ADVANCED_FROM), None]
    inner = [
        {
            "title": phase_display(phase),
            "code": [{"coding": [phase_coding(phase)]}],
            "timingRange": {key: _months(at) for key, at in (("low", low), ("high", high)) if at is not None},
            "definitionCanonical": canonical("PlanDefinition", f"phase-{phase.value}"),
        }
        for phase, low, high in zip(Phase, starts, starts[1:], strict=False)
    ]
    return {
        "title": "Find the phase",
        "description": "By the calendar since day 0 of healing, which is a ceiling; healing and pain may hold it back.",
        **GROUP,
        "selectionBehavior": "exactly-one",
        "action": inner,
    }


def _months(value: int) -> Element:
    return {"value": value, "unit": "months", "system": UCUM, "code": "mo"}


def _restrictions(rows: dict[str, KnowledgeEntry], knowledge: Knowledge) -> Element:
    states = groupby(restrictions(knowledge), key=lambda pair: pair[0])
    inner = []
    for id_, pairs in states:
        coding = movement_coding(id_, knowledge)
        choices = [
            {
                "title": state.value.replace("-", " ").capitalize(),
                "definitionCanonical": activity_canonical(activity_id(id_, state.value)),
            }
            for _, state in pairs
        ]
        inner.append(
            {
                "title": knowledge.restrictions[id_].title,
                "code": [{"coding": [coding]}],
                "documentation": citations([rows[id_]], knowledge),
                "selectionBehavior": "at-most-one",
                "action": choices,
            }
        )
    return {"title": SECTIONS["restriction"], **GROUP, "action": inner}


def _never(knowledge: Knowledge) -> Element:
    inner = [
        {"title": row.title, "definitionCanonical": activity_canonical(activity_id(row.id))}
        | ({"textEquivalent": f"While restriction {row.forbidden_while} forbids."} if row.forbidden_while else {})
        for row in knowledge.library.never
    ]
    return {"title": SECTIONS["never"], **GROUP, "action": inner}


def _advice(knowledge: Knowledge) -> Iterator[Element]:
    advice = knowledge.library.advice
    named = list(zip(advice_ids(advice), advice, strict=True))
    for kind in (ActivityKind.NUTRITION, ActivityKind.EDUCATION, ActivityKind.FOLLOW_UP, ActivityKind.REFERRAL):
        ids = dict.fromkeys(row.id for _, row in named if row.kind is kind)
        groups = [[(id_, row) for id_, row in named if row.id == wanted] for wanted in ids]
        inner = [
            {
                "title": group[0][0].partition(".")[0],
                "description": "The first that holds." if len(group) > 1 else "Where it holds.",
                "selectionBehavior": "at-most-one",
                "action": [
                    {
                        "title": id_,
                        "textEquivalent": f"When: {condition_words(row.when).replace('-', ' ')}.",
                        "definitionCanonical": activity_canonical(activity_id(id_)),
                    }
                    for id_, row in group
                ],
            }
            for group in groups
        ]
        yield {"title": HEADINGS[kind], **GROUP, "action": inner}


def _goal(row: GoalTarget, entry: KnowledgeEntry, knowledge: Knowledge) -> Element:
    ends = {
        name: _measured(value, row.unit) for name, value in (("low", row.low), ("high", row.high)) if value is not None
    }
    weeks = {"value": row.due_weeks, "unit": "wk", "system": UCUM, "code": "wk"}
    target: Element = {"due": _months(row.due_months) if row.due_months else weeks}
    text = for_anybody(row)
    measure = codings(knowledge.codes, row.measure) if row.measure else ()
    if measure:
        target["measure"] = {"coding": list(measure), "text": text}
        target |= {"detailRange": ends} if ends else {}
    return {
        "category": {"coding": [PHYSIOTHERAPY_GOAL]},
        "description": {"text": text},
        "documentation": citations([entry], knowledge),
        "target": [target] if row.due_months or row.due_weeks or measure else [],
    }


def for_anybody(row: GoalTarget) -> str:
    """The goal where nobody is measured yet."""
    named, target, _ = row.text.partition(" {target}")
    return row.at_evaluation or (f"{named}: target set from the first result" if target else row.text)


def _measured(value: Decimal, unit: str) -> Element:
    return {"value": json_number(value), "unit": unit, "system": UCUM, "code": unit}
