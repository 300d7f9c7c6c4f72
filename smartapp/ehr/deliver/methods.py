"""What an EHR declares and granted, and what its site decided -> how each artifact is written when somebody signs.

Per artifact the methods from best to last, per method one check that answers with the obstacle in words. The first
method without an obstacle is taken; the later ones without one are the fallbacks, for an EHR that then refuses. Source
of the methods: how EHRs really take writes (Epic, Oracle, athenahealth, MEDITECH, Canvas, HAPI).

``[x.site]`` of the issuers file::

    methods = ["transaction", "create", "note", "copy"] # only these; all where it says nothing
    write = { CarePlan = "note" }                       # no better method than this for this artifact
    order_entry = true                                  # the order may be offered on a card, unsigned (CDS Hooks)
    questionnaire = "https://..."                       # canonical of the form this EHR takes notes in
    note_formats = ["text", "pdf"]                      # contents of one note, for EHRs that take a single one
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from types import MappingProxyType
from typing import Any

from smartapp.ehr.capabilities import Capabilities
from smartapp.ehr.launch.scopes import Grants
from smartapp.errors import SettingsError
from smartapp.fhir.build.fallback_document import FORMATS


class WriteMethod(StrEnum):
    """From best to last."""

    TRANSACTION = "transaction"
    CREATE = "create"
    ORDER_ENTRY = "order-entry"
    NOTE = "note"
    MESSAGE = "message"
    COPY = "copy"


_ALL = tuple(method for method in WriteMethod if method is not WriteMethod.ORDER_ENTRY)
# Artifact -> the methods it can go by. Only an order can be offered on a card. A task is nothing in a note and no work
# for a hand: where it cannot be written it is not promised, the order goes without one, and its referral is kept here
# (decision 0049).
METHODS_OF: Mapping[str, tuple[WriteMethod, ...]] = MappingProxyType(
    {
        "Goal": _ALL,
        "CarePlan": _ALL,
        "ServiceRequest": tuple(WriteMethod),
        "Task": (WriteMethod.TRANSACTION, WriteMethod.CREATE, WriteMethod.COPY),
        "Observation": _ALL,
        "Provenance": _ALL,
    }
)
ARTIFACTS = tuple(kind for kind in METHODS_OF if kind != "Observation")  # of every plan
WITH_RESULTS = tuple(METHODS_OF)  # of one with results of tests that were entered at the review
BY_A_PERSON = frozenset({WriteMethod.ORDER_ENTRY, WriteMethod.COPY})  # a person has to do something in the EHR
RESOURCE_METHODS = frozenset({WriteMethod.TRANSACTION, WriteMethod.CREATE})

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "Goal": "The goals",
        "CarePlan": "The plan",
        "ServiceRequest": "The physical therapy referral",
        "Task": "The task for the care coordinator",
        "Observation": "The results of tests entered here",
        "Provenance": "The record of who signed and on what grounds",
    }
)

HAPPENS: Mapping[WriteMethod, str] = MappingProxyType(
    {
        WriteMethod.TRANSACTION: "saved to the chart",
        WriteMethod.CREATE: "saved to the chart, by itself",
        WriteMethod.ORDER_ENTRY: "offered on a card in the EHR as an unsigned order, which you sign there",
        WriteMethod.NOTE: "saved to the chart as part of a clinical note",
        WriteMethod.MESSAGE: "sent into the chart as part of a message",
        WriteMethod.COPY: "NOT saved: you get a copy to enter by hand",
    }
)
NOT_DECLARED = "What this EHR can do could not be read, so it will be tried, and only the receipt says what landed."


@dataclass(frozen=True)
class SiteSettings:
    """What one site has decided about writing. The default decides nothing."""

    methods: frozenset[WriteMethod] = frozenset(WriteMethod)
    best: Mapping[str, WriteMethod] = field(default_factory=dict)  # artifact -> no better method than this
    questionnaire: str = ""
    note_formats: tuple[str, ...] = FORMATS
    order_entry: bool = False  # the EHR shows our cards, and takes an unsigned order from one


def read_site(table: Mapping[str, Any]) -> SiteSettings:
    """``[x.site]`` of the issuers file. Keys of other rooms are left alone. Raises SettingsError naming the key."""
    problems = ["site.rungs is called site.methods now"] if "rungs" in table else []
    methods = _methods(table.get("methods", list(WriteMethod)), "site.methods", problems)
    write = table.get("write", {})
    if not isinstance(write, Mapping) or set(write) - set(METHODS_OF):
        problems.append(f"site.write may name {', '.join(METHODS_OF)} only")
        write = {}
    best = {
        kind: found[0] for kind, name in write.items() if (found := _methods([name], f"site.write.{kind}", problems))
    }
    problems += [
        f"site.write.{kind} cannot be {top.value!r}" for kind, top in best.items() if top not in METHODS_OF[kind]
    ]
    formats = table.get("note_formats", list(FORMATS))
    if not isinstance(formats, list) or not formats or set(formats) - set(FORMATS):
        problems.append("site.note_formats must list text, pdf or both")
        formats = list(FORMATS)
    order_entry = table.get("order_entry", False)
    if not isinstance(order_entry, bool):
        problems.append("site.order_entry must be true or false")
    questionnaire = table.get("questionnaire", "")
    if not isinstance(questionnaire, str):
        problems.append("site.questionnaire must be the canonical address of a form")
    if problems:
        raise SettingsError("\n".join(problems))
    usable = frozenset((*methods, WriteMethod.COPY, *([WriteMethod.ORDER_ENTRY] if order_entry else [])))
    return SiteSettings(usable, best, questionnaire, tuple(formats), order_entry)


def _methods(names: Any, where: str, problems: list[str]) -> tuple[WriteMethod, ...]:
    known = {method.value: method for method in WriteMethod}
    if not isinstance(names, list) or any(name not in known for name in names):
        problems.append(f"{where} must be of {', '.join(known)}")
        return ()
    return tuple(known[name] for name in names)


# -- what will happen


@dataclass(frozen=True)
class PlannedWrite:
    """One artifact and its method. ``document``: the resource type of the note or message that holds it."""

    artifact: str
    method: WriteMethod
    reason: str  # why not a better one; empty where there is none better
    fallbacks: tuple[WriteMethod, ...] = ()  # where it goes if the EHR refuses this method
    document: str = ""

    @property
    def words(self) -> str:
        return f"{NAMES[self.artifact]}: {HAPPENS[self.method]}."

    @property
    def in_chart(self) -> bool:
        """Whether it reaches the chart without a hand's help."""
        return self.method not in BY_A_PERSON


@dataclass(frozen=True)
class _Facts:
    capabilities: Capabilities
    grants: Grants
    site: SiteSettings
    chosen: Mapping[str, PlannedWrite]  # artifacts decided before this one


def choose_methods(
    capabilities: Capabilities, grants: Grants, site: SiteSettings, artifacts: Sequence[str] = ARTIFACTS
) -> tuple[PlannedWrite, ...]:
    """The plan of the write, one line per artifact, in the order given; nothing is sent anywhere.

    A task is among them only where it can be written.
    """
    chosen: dict[str, PlannedWrite] = {}
    for artifact in sorted(artifacts, key=_decided_after):
        chosen[artifact] = _planned(artifact, _Facts(capabilities, grants, site, chosen))
    return tuple(p for p in map(chosen.__getitem__, artifacts) if p.artifact != "Task" or p.in_chart)


def can_end(kind: str, capabilities: Capabilities, grants: Grants) -> bool:
    """Whether a record of this type can be ended there by an update."""
    return (capabilities.can(kind, "update") or not capabilities.declared) and grants.may(kind, "u")


def document_type_of(method: WriteMethod, capabilities: Capabilities, grants: Grants, site: SiteSettings) -> str:
    """The resource type of notes or messages here; empty if there is none."""
    open_here = (k for k in _document_types(method, site) if not _create_obstacle(k, capabilities, grants))
    return next(open_here, "")


def _decided_after(artifact: str) -> int:
    """Goals go with their plan, a task with its order; the record of who signed needs something to point at."""
    return {"CarePlan": 0, "ServiceRequest": 0, "Goal": 1, "Task": 1, "Observation": 1}.get(artifact, 2)


def _planned(artifact: str, facts: _Facts) -> PlannedWrite:
    offered = [m for m in METHODS_OF[artifact] if m is not WriteMethod.ORDER_ENTRY or facts.site.order_entry]
    obstacles = {method: _obstacle(artifact, method, facts) for method in offered}
    method, *rest = [each for each, obstacle in obstacles.items() if not obstacle]
    better = list(obstacles.values())[: list(obstacles).index(method)]
    words = [*better, *([NOT_DECLARED] if not facts.capabilities.declared and method not in BY_A_PERSON else [])]
    document = document_type_of(method, facts.capabilities, facts.grants, facts.site)
    fallbacks = tuple(each for each in rest if artifact != "Task" or each is not WriteMethod.COPY)
    return PlannedWrite(artifact, method, " ".join(dict.fromkeys(words)), fallbacks, document)


def _obstacle(artifact: str, method: WriteMethod, facts: _Facts) -> str:
    """Why this artifact cannot go by this method, in one sentence; empty if it can."""
    order, best = list(WriteMethod), facts.site.best.get(artifact)
    if method not in facts.site.methods or (best and order.index(method) < order.index(best)):
        return "" if method is WriteMethod.COPY else f"This site has chosen not to use: {HAPPENS[method]}."
    return CHECKS[method](artifact, facts)


def _check_transaction(artifact: str, facts: _Facts) -> str:
    if obstacle := _check_create(artifact, facts):
        return obstacle  # the same as by itself, and told once
    if facts.capabilities.declared and not facts.capabilities.transaction:
        return "The EHR does not take several records in one step."
    others = (p.method is WriteMethod.TRANSACTION for p in facts.chosen.values())
    if artifact in ("Observation", "Provenance") and not any(others):
        return "Nothing else goes in one step."
    return ""


def _check_create(artifact: str, facts: _Facts) -> str:
    if obstacle := _create_obstacle(artifact, facts.capabilities, facts.grants):
        return obstacle
    leader = facts.chosen.get({"Goal": "CarePlan", "Task": "ServiceRequest"}.get(artifact, ""))
    if leader and leader.method not in RESOURCE_METHODS:
        return f"{NAMES[artifact]} cannot stand alone, without {NAMES[leader.artifact].lower()}."
    if artifact == "Provenance" and not any(p.method in RESOURCE_METHODS or p.document for p in facts.chosen.values()):
        return "There is nothing in the chart it could point at."
    return ""


def _create_obstacle(kind: str, capabilities: Capabilities, grants: Grants) -> str:
    if capabilities.declared and not capabilities.can(kind, "create"):
        return f"The EHR does not let apps create {kind}."
    if not grants.may(kind, "c"):
        return f"The EHR did not grant Loadpath the right to create {kind}."
    return ""


def _check_document(method: WriteMethod, artifact: str, facts: _Facts) -> str:
    if document_type_of(method, facts.capabilities, facts.grants, facts.site):
        return ""
    kinds = _document_types(method, facts.site)
    return " ".join(_create_obstacle(kind, facts.capabilities, facts.grants) for kind in kinds)


def _document_types(method: WriteMethod, site: SiteSettings) -> tuple[str, ...]:
    if method is WriteMethod.NOTE:
        return ("DocumentReference",)
    if method is WriteMethod.MESSAGE:
        return (*(("QuestionnaireResponse",) if site.questionnaire else ()), "Communication")
    return ()


CHECKS: Mapping[WriteMethod, Callable[[str, _Facts], str]] = MappingProxyType(
    {
        WriteMethod.TRANSACTION: _check_transaction,
        WriteMethod.CREATE: _check_create,
        WriteMethod.ORDER_ENTRY: lambda artifact, facts: "",  # the site's word counts
        WriteMethod.NOTE: partial(_check_document, WriteMethod.NOTE),
        WriteMethod.MESSAGE: partial(_check_document, WriteMethod.MESSAGE),
        WriteMethod.COPY: lambda artifact, facts: "",
    }
)
