"""Resources of one patient -> each with what it was read as, by which rows, what is told of it, or why it is quiet.

The facts are those of :func:`read_chart`; the readers run once more, over tables that note which rows match.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from smartapp.core.chart import CandidateValue, Chart, Diagnosis, Measurement, Unreadable
from smartapp.core.codes import CodeTable
from smartapp.core.concepts import Topic
from smartapp.core.knowledge import Knowledge
from smartapp.core.phrases import Phrase, PhraseKind
from smartapp.core.quotes import quoted
from smartapp.fhir.json import Resource, as_object, as_objects, without_empty
from smartapp.fhir.read.chart import READERS, facts_of, read_chart
from smartapp.fhir.read.context import Fact, FactRead, ReadContext, where
from smartapp.fhir.read.gather import Dated, gather
from smartapp.fhir.read.recorded import RecordedCode, codes_recorded, date_recorded, words_recorded
from smartapp.fhir.read.trace import CodeMatch, Matches, NotingCodes, noting_phrases
from smartapp.fhir.systems import EXAMPLE, Systems

# Types no fact is read of, that say something of the facts of others.
_BESIDE: Mapping[str, str] = {
    "Patient": "the patient: age and sex",
    "Encounter": "a visit: its start dates a diagnosis that has no other date",
    "Medication": "a medicine a prescription may refer to",
}
# The status of a record that is used, by type: what an unused one would be read as with it.
_USABLE: Mapping[str, Mapping[str, str]] = {
    "Observation": {"status": "final"},
    "DiagnosticReport": {"status": "final"},
    "Procedure": {"status": "completed"},
    "Goal": {"lifecycleStatus": "active"},
}
_ACTIVE = {"status": "active"}
_STATES = ("status", "lifecycleStatus", "verificationStatus", "intent", "doNotPerform")
_IN_ERROR = "entered-in-error"
_OTHER_TYPE = "another resource type, not read"
_NOT_OURS = "no word or code of ours"
_NO_PLAN = "no plan of ours"


@dataclass(frozen=True)
class ResourceRead:
    """One resource. ``facts`` are those of the chart it was the source of, a diagnosis without meaning too; ``told``
    what is said of it to the clinician; ``beside`` what it tells of others; ``quiet`` why there is nothing of these."""

    reference: str
    type: str
    date: str
    codes: tuple[RecordedCode, ...]
    words: str
    facts: tuple[FactRead, ...]
    told: tuple[Unreadable, ...]
    rows: tuple[CodeMatch, ...]
    phrases: tuple[Phrase, ...]
    beside: str = ""
    quiet: str = ""

    @property
    def read(self) -> tuple[FactRead, ...]:
        """The facts that mean something to a rule."""
        return tuple(fact for fact in self.facts if _means_something(fact))

    @property
    def offers(self) -> tuple[CandidateValue, ...]:
        """Values found in its words, which no rule uses before a clinician confirms them."""
        return tuple(fact for fact in self.facts if isinstance(fact, CandidateValue))

    @property
    def is_looked_for(self) -> bool:
        """Whether it is of the kind of things the rules ask for, used or not."""
        return self.quiet not in (_OTHER_TYPE, _NOT_OURS, _NO_PLAN)


@dataclass(frozen=True)
class ChartRead:
    """``lines``: what is told and is of no one resource, such as records of somebody else that were left out."""

    chart: Chart
    resources: tuple[ResourceRead, ...]
    lines: tuple[Unreadable, ...]

    def unknown_systems(self) -> Counter[str]:
        """Addresses systems.toml does not know, with how many codings have them; empty for a coding without one."""
        coded = (code for each in self.resources if is_looked_at(each.type) for code in each.codes)
        return Counter(code.system for code in coded if code.code and not code.known_as)


def is_looked_at(resource_type: str) -> bool:
    """Whether resources of a type are read at all."""
    return resource_type in READERS or resource_type in _BESIDE


def read_by_resource(
    resources: Iterable[Any],
    knowledge: Knowledge,
    patient_id: str | None = None,
    unreadable: Sequence[Unreadable] = (),
    systems: Systems = EXAMPLE,
) -> ChartRead:
    """As :func:`read_chart`, which see; of the patient's resources none is left out. Raises InputError as it does."""
    values = list(resources)
    chart = read_chart(values, knowledge, patient_id, unreadable, systems=systems)
    gathered = gather([without_empty(value) for value in values], knowledge, patient_id)
    matches = Matches()
    noting = replace(
        gathered.context,
        codes=NotingCodes(knowledge.codes.rows, knowledge.codes.systems, matches),
        phrases=noting_phrases(knowledge.phrases, matches),
        systems=systems,
    )
    each = [_one(dated, noting, matches, knowledge.codes) for dated in gathered.resources]
    each = _with_facts_of(chart, each)
    lines = _lines_besides(chart, each)
    placed = [_with_lines(one, lines) for one in each]
    of_resources = {line for one in placed for line in one.told}
    return ChartRead(chart, tuple(placed), tuple(line for line in lines if line not in of_resources))


def _one(dated: Dated, context: ReadContext, matches: Matches, table: CodeTable) -> ResourceRead:
    resource = dated.resource
    kind = resource["resourceType"]
    matches.clear()
    reader = READERS.get(kind)
    facts = list(facts_of(reader, resource, context, dated.lines)) if reader else []
    quiet = "" if any(map(_means_something, facts)) else _why_quiet(resource, context, matches)
    return ResourceRead(
        where(resource),
        kind,
        date_recorded(resource),
        tuple(codes_recorded(resource, table)),
        words_recorded(resource) if is_looked_at(kind) else "",
        facts=tuple(fact for fact in facts if not isinstance(fact, Unreadable)),
        told=tuple(fact for fact in facts if isinstance(fact, Unreadable)),
        rows=tuple(matches.codes),
        phrases=tuple(matches.phrases),
        beside=_BESIDE.get(kind, ""),
        quiet=quiet,
    )


def _means_something(fact: Fact) -> bool:
    return not isinstance(fact, Diagnosis) or bool(fact.concepts or fact.fracture)


def _why_quiet(resource: Resource, context: ReadContext, matches: Matches) -> str:
    kind = resource["resourceType"]
    if kind in _BESIDE:
        return ""
    if kind not in READERS:
        return _OTHER_TYPE
    if why := _why_by_status(resource, context):
        return why
    if excluded := next((match.row for match in matches.codes if match.row.excluded), None):
        return f"looks like one of ours and is not: {excluded.note}"
    if matches.codes or any(row.kind is not PhraseKind.SIGN for row in matches.phrases):
        return "its codes or words are known, and it holds nothing that is read"
    if kind in ("CarePlan", "ServiceRequest", "Goal"):
        return _NO_PLAN
    return _NOT_OURS


def _why_by_status(resource: Resource, context: ReadContext) -> str:
    """Which status keeps it from being used: that without which it would be read."""
    states = {name: said for name in _STATES if (said := _state(resource, name))}
    if _IN_ERROR in states.values():
        return "entered in error"
    alone = {name: said for name, said in states.items() if _is_read_without({name}, resource, context)}
    if alone or _is_read_without(states.keys(), resource, context):
        return f"its {', '.join(f'{name} is {quoted(said)}' for name, said in (alone or states).items())}"
    return ""


def _is_read_without(names: Collection[str], resource: Resource, context: ReadContext) -> bool:
    kind = resource["resourceType"]
    usable = {name: value for name, value in _USABLE.get(kind, _ACTIVE).items() if name in names}
    kept = {name: value for name, value in resource.items() if name not in names}
    return bool(names) and any(map(_means_something, facts_of(READERS[kind], kept | usable, context, ())))


def _state(resource: Resource, name: str) -> str:
    value = resource.get(name)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return value.strip().lower()[:40]
    codings = as_objects(as_object(value).get("coding"))
    return next((code.strip().lower()[:40] for one in codings if isinstance(code := one.get("code"), str)), "")


def _facts(chart: Chart) -> list[FactRead]:
    found: list[FactRead] = [*chart.diagnoses, *chart.procedures, *chart.measurements, *chart.medications]
    return [*found, *chart.plans, *chart.orders, *chart.offers, *chart.reports, *chart.unrecognised]


def _with_facts_of(chart: Chart, each: Iterable[ResourceRead]) -> list[ResourceRead]:
    """Facts of a resource that are the chart's own; for those the chart changed, such as a sum of two, the changed."""
    left = _facts(chart)
    kept: list[tuple[ResourceRead, list[FactRead]]] = []
    for one in each:
        own = [fact for fact in map(_as_in_chart, one.facts) if fact in left]
        for fact in own:
            left.remove(fact)
        kept.append((one, own))
    found = []
    for one, own in kept:
        changed = [fact for fact in left if fact.source.reference == one.reference]
        left = [fact for fact in left if fact not in changed]
        found.append(_as_kept(one, (*own, *changed)))
    return found


def _as_in_chart(fact: FactRead) -> FactRead:
    """``collected`` only groups the parts of a vitamin D; the chart clears it."""
    return replace(fact, collected="") if isinstance(fact, Measurement) else fact


def _as_kept(one: ResourceRead, facts: tuple[FactRead, ...]) -> ResourceRead:
    covered = "" if facts or not one.facts else "counted with, or covered by, another result of the same specimen"
    return replace(one, facts=facts, quiet=one.quiet or covered)


def _lines_besides(chart: Chart, each: Iterable[ResourceRead]) -> list[Unreadable]:
    """Lines of the chart no reader of a resource gave: of the file, of the patient, of all results together."""
    told = {_alike(line) for one in each for line in one.told}
    return [line for line in chart.unreadable if _alike(line) not in told]


def _alike(line: Unreadable) -> Unreadable:
    """Lines with a topic that say the same, and all of the unknown, may stand in the chart as one."""
    if line.topic is None:
        return line
    if line.topic is Topic.UNKNOWN:
        return Unreadable("", "", topic=line.topic)
    return replace(line, where="")


def _with_lines(one: ResourceRead, lines: Iterable[Unreadable]) -> ResourceRead:
    about = (line for line in lines if line.where == one.reference and not line.of_another)
    told = (*one.told, *about)
    return replace(one, told=told, quiet="" if told else one.quiet)
