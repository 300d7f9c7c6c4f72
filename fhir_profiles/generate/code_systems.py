"""Everything Loadpath has codes of its own for -> FSH CodeSystems and the ValueSets of all their codes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from fhir_profiles.generate.fsh import camel, code, string, titled
from fhir_profiles.generate.metadata import awaiting, canonical
from fhir_profiles.generate.own_words import DISPOSITIONS, TOPICS
from smartapp.core.constraints import ConstraintRule
from smartapp.core.kinds import AttestationName
from smartapp.core.knowledge import Knowledge, RestrictionText
from smartapp.core.library import Contraindication
from smartapp.core.states import Phase
from smartapp.core.thresholds import ThresholdName
from smartapp.fhir.build.apply import disposition_display
from smartapp.fhir.build.codings import alert_display, phase_display
from smartapp.fhir.hooks.cards import NAMES
from smartapp.reviewers.entries import knowledge_entries
from smartapp.reviewers.entry import KnowledgeEntry
from smartapp.web.words import ATTESTATIONS


@dataclass(frozen=True)
class Concept:
    code: str
    display: str
    definition: str
    properties: Mapping[str, str] = field(default_factory=dict)  # of the system's own, each a code


@dataclass(frozen=True)
class System:
    id: str
    title: str
    description: str
    concepts: tuple[Concept, ...]
    experimental: bool
    properties: Mapping[str, str] = field(default_factory=dict)  # name -> what it says


def systems(knowledge: Knowledge) -> tuple[System, ...]:
    rows = knowledge_entries(knowledge)
    return (
        _phases(knowledge, rows),
        _movements(knowledge, rows),
        _limits(knowledge, rows),
        _alerts(knowledge, rows),
        _attestations(),
        _dispositions(),
        _topics(),
    )


def code_systems(knowledge: Knowledge) -> Iterator[str]:
    for system in systems(knowledge):
        yield _system(system)
        yield _all_of(system)


def _waiting(rows: Iterable[KnowledgeEntry], *sections: str) -> bool:
    return awaiting(row for row in rows if row.section in sections)


def _phases(knowledge: Knowledge, rows: Iterable[KnowledgeEntry]) -> System:
    starts = {Phase.INITIAL: 0, Phase.INTERMEDIATE: knowledge.whole(ThresholdName.INTERMEDIATE_FROM),
              Phase.ADVANCED: knowledge.whole(ThresholdName.ADVANCED_FROM)}  # fmt: skip
    ends = dict(zip(starts, [*list(starts.values())[1:], None], strict=True))
    concepts = []
    for phase in Phase:
        calendar = f"{starts[phase]} months" + (f" to before {ends[phase]}" if ends[phase] else " and later")
        focus = knowledge.library.template(phase).focus
        concepts.append(
            Concept(
                phase.value, phase_display(phase),
                f"By the calendar {calendar} after day 0 of healing, which is a ceiling: healing and pain may hold the "
                f"patient in an earlier phase. Aim: {focus}.",
            )
        )  # fmt: skip
    about = "How far the rehabilitation after a lumbar fracture may go: in a CarePlan's category the phase it is for."
    return System("phase", "Rehabilitation phase", about, tuple(concepts), _waiting(rows, "threshold", "session"))


def _movements(knowledge: Knowledge, rows: Iterable[KnowledgeEntry]) -> System:
    restricted = [
        Concept(row.id, row.title, _moved(row), {"group": "restriction"}) for row in knowledge.restrictions.values()
    ]
    never = [
        Concept(row.id, row.title, _moved(row), {"group": "never-selected"})
        for row in knowledge.library.never
    ]  # fmt: skip
    about = (
        "Movements that Loadpath restricts after a lumbar fracture, each with the quality that loads the fracture "
        "and what to do instead. A code names the movement; whether it is forbidden or only changed is said where "
        "the code stands (CarePlan.activity.detail.doNotPerform and description)."
    )
    group = {"group": "restriction: changes with phase, healing and risk; never-selected: never offered as an exercise"}
    return System(
        "movement-restriction", "Restricted movements", about, (*restricted, *never),
        _waiting(rows, "restriction", "never"), group,
    )  # fmt: skip


def _moved(row: RestrictionText | Contraindication) -> str:
    return f"{row.movement} — {row.quality}. Instead: {row.instead}."


def _limits(knowledge: Knowledge, rows: Iterable[KnowledgeEntry]) -> System:
    """Rows that share what stands before the dash are parts of one limit: its first row names it."""
    first: dict[str, ConstraintRule] = {}
    for rule in knowledge.constraints.rules:
        first.setdefault(rule.name.partition("-")[0], rule)
    concepts = tuple(Concept(id_, rule.title, rule.text) for id_, rule in first.items())
    about = (
        "What else about a patient limits the program: in a CarePlan why a line forbids (activity.detail.reasonCode)."
    )
    return System("limit", "Limits of the whole patient", about, concepts, _waiting(rows, "constraint"))


def _alerts(knowledge: Knowledge, rows: Iterable[KnowledgeEntry]) -> System:
    concepts = tuple(
        Concept(
            row.code.value, alert_display(row.code.value, knowledge), f"{row.words.text} {row.words.action}",
            {"severity": row.severity.value},
        )
        for row in knowledge.alerts.values()
    )  # fmt: skip
    about = "What Loadpath tells a clinician to stop for, to look at before signing, or to know."
    severity = {"severity": "stop: nothing is prescribed; review: a clinician looks before signing; info: to know"}
    return System("alert", "Alerts", about, concepts, _waiting(rows, "alert"), severity)


def _attestations() -> System:
    concepts = tuple(
        Concept(name.value, ATTESTATIONS[name].said, f"{ATTESTATIONS[name].question} the day stated.")
        for name in AttestationName
    )
    about = "What a clinician may state from own knowledge, with the day it became true, where the chart is silent."
    return System("attestation", "Attestations", about, concepts, experimental=False)


def _dispositions() -> System:
    concepts = tuple(Concept(each.value, disposition_display(each), told) for each, told in DISPOSITIONS.items())
    about = "What follows from a chart as a whole: in the answer of $apply (RequestGroup.code)."
    return System("disposition", "Dispositions", about, concepts, experimental=False)


def _topics() -> System:
    """No code of it is ever renamed or reused."""
    concepts = tuple(Concept(topic.value, NAMES[topic], told) for topic, told in TOPICS.items())
    about = "What a card of CDS Hooks is about (card.source.topic): EHRs remember by it what a user overrode."
    return System("card-topic", "Topics of cards", about, concepts, experimental=False)


def _system(system: System) -> str:
    lines = [
        *titled("CodeSystem", system.id, system.title, system.description, system.experimental),
        "* ^caseSensitive = true",
        f"* ^valueSet = {string(_value_set(system)[1])}",
    ]
    for place, (name, meaning) in enumerate(system.properties.items()):
        lines += [
            f"* ^property[{place}].code = {code(name)}",
            f"* ^property[{place}].description = {string(meaning)}",
            f"* ^property[{place}].type = #code",
        ]
    for concept in system.concepts:
        lines.append(f"* {code(concept.code)} {string(concept.display)} {string(concept.definition)}")
        for place, (name, value) in enumerate(concept.properties.items()):
            lines.append(f"* {code(concept.code)} ^property[{place}].code = {code(name)}")
            lines.append(f"* {code(concept.code)} ^property[{place}].valueCode = {code(value)}")
    return "\n".join(lines) + "\n"


def _value_set(system: System) -> tuple[str, str]:
    return f"all-{system.id}", canonical("ValueSet", f"all-{system.id}")


def _all_of(system: System) -> str:
    id_, _ = _value_set(system)
    about = f"Every code of the code system: {system.title[:1].lower()}{system.title[1:]}."
    head = titled("ValueSet", id_, f"{system.title}, all", about, system.experimental)
    return "\n".join([*head, f"* include codes from system {camel(system.id)}"]) + "\n"
