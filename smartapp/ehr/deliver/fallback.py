"""What the EHR declares, what it granted and what the site decided -> what will happen to each artifact when you sign.

A pure table: per artifact the rungs from best to last, per rung one check that answers with the obstacle in words. The
first rung without an obstacle is taken; those below it that are open too are where the artifact goes if the EHR then
refuses. Source of the rungs: how EHRs really take writes (Epic, Oracle, athenahealth, MEDITECH, Canvas, HAPI).
"""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from smartapp.ehr.deliver.methods import HAPPENS, NAMES, RUNGS_OF, Site, WriteMethod

DEFAULT_ARTIFACTS = ("Goal", "CarePlan", "ServiceRequest", "Task", "Provenance")
RESOURCE_RUNGS = frozenset({WriteMethod.TRANSACTION, WriteMethod.CREATE})
NOT_DECLARED = "What this EHR can do could not be read, so it will be tried, and only the receipt says what landed."


class Capabilities(Protocol):
    """What is asked of :class:`smartapp.ehr.capabilities.Capabilities`."""

    @property
    def transaction(self) -> bool: ...

    @property
    def declared(self) -> bool: ...

    @property
    def conditional_create(self) -> Container[str]: ...

    @property
    def search_parameters(self) -> Mapping[str, Container[str]]: ...

    def can(self, resource_type: str, interaction: str) -> bool: ...


class Grants(Protocol):
    """What is asked of :class:`smartapp.ehr.launch.scopes.Grants`."""

    def may(self, resource_type: str, action: str) -> bool: ...


@dataclass(frozen=True)
class PlannedWrite:
    """One artifact and its rung. ``carrier``: the resource type that holds it, on the rungs of notes and messages."""

    artifact: str
    rung: WriteMethod
    reason: str  # why not a better one; empty where there is none better
    below: tuple[WriteMethod, ...] = ()  # where it goes if the EHR refuses this rung
    carrier: str = ""

    @property
    def words(self) -> str:
        return f"{NAMES[self.artifact]}: {HAPPENS[self.rung]}."

    @property
    def in_chart(self) -> bool:
        """Whether it reaches the chart without a hand's help."""
        return self.rung is not WriteMethod.COPY


@dataclass(frozen=True)
class _Facts:
    capabilities: Capabilities
    grants: Grants
    site: Site
    chosen: Mapping[str, PlannedWrite]  # artifacts decided before this one


def ladder(
    capabilities: Capabilities, grants: Grants, site: Site, artifacts: Sequence[str] = DEFAULT_ARTIFACTS
) -> tuple[PlannedWrite, ...]:
    """The plan of the write, one line per artifact, in the order given; nothing is sent anywhere.

    A task is among them only where it can be written.
    """
    chosen: dict[str, PlannedWrite] = {}
    for artifact in sorted(artifacts, key=_decided_after):
        chosen[artifact] = _place(artifact, _Facts(capabilities, grants, site, chosen))
    return tuple(p for p in map(chosen.__getitem__, artifacts) if p.artifact != "Task" or p.in_chart)


def may_end(kind: str, capabilities: Capabilities, grants: Grants) -> bool:
    """Whether a record of this type can be ended there by an update."""
    return (capabilities.can(kind, "update") or not capabilities.declared) and grants.may(kind, "u")


def carrier_of(rung: WriteMethod, capabilities: Capabilities, grants: Grants, site: Site) -> str:
    """The resource type that carries notes or messages here; empty if none does."""
    for kind in _carriers(rung, site):
        if not _create_obstacle(kind, capabilities, grants):
            return kind
    return ""


def _decided_after(artifact: str) -> int:
    """Goals go with their plan, a task with its order; the record of who signed needs something to point at."""
    return {"CarePlan": 0, "ServiceRequest": 0, "Goal": 1, "Task": 1}.get(artifact, 2)


def _place(artifact: str, facts: _Facts) -> PlannedWrite:
    open_rungs: list[WriteMethod] = []
    obstacles: list[str] = []
    for rung in RUNGS_OF[artifact]:
        obstacle = _obstacle(artifact, rung, facts)
        if not obstacle:
            open_rungs.append(rung)
        elif not open_rungs:
            obstacles.append(obstacle)
    rung = open_rungs[0]
    words = [*obstacles, *([NOT_DECLARED] if not facts.capabilities.declared and rung is not WriteMethod.COPY else [])]
    carrier = carrier_of(rung, facts.capabilities, facts.grants, facts.site)
    below = tuple(r for r in open_rungs[1:] if artifact != "Task" or r is not WriteMethod.COPY)
    return PlannedWrite(artifact, rung, " ".join(dict.fromkeys(words)), below, carrier)


def _obstacle(artifact: str, rung: WriteMethod, facts: _Facts) -> str:
    """Why this artifact cannot stand on this rung, in one sentence; empty if it can."""
    ranks = list(WriteMethod)
    highest = facts.site.highest.get(artifact)
    if rung not in facts.site.rungs or (highest and ranks.index(rung) < ranks.index(highest)):
        return "" if rung is WriteMethod.COPY else f"This site has chosen not to use: {HAPPENS[rung]}."
    return CHECKS[rung](artifact, facts)


def _transaction(artifact: str, facts: _Facts) -> str:
    if obstacle := _create(artifact, facts):
        return obstacle  # the same as by itself, and told once
    if facts.capabilities.declared and not facts.capabilities.transaction:
        return "The EHR does not take several records in one step."
    return _company(artifact, facts)


def _company(artifact: str, facts: _Facts) -> str:
    """A record of who signed goes in one step with what was signed, or by itself with a note."""
    if artifact == "Provenance" and not any(p.rung is WriteMethod.TRANSACTION for p in facts.chosen.values()):
        return "Nothing else goes in one step."
    return ""


def _create(artifact: str, facts: _Facts) -> str:
    if obstacle := _create_obstacle(artifact, facts.capabilities, facts.grants):
        return obstacle
    leader = facts.chosen.get({"Goal": "CarePlan", "Task": "ServiceRequest"}.get(artifact, ""))
    if leader and leader.rung not in RESOURCE_RUNGS:
        return f"{NAMES[artifact]} cannot stand alone, without {NAMES[leader.artifact].lower()}."
    if artifact == "Provenance" and not any(p.rung in RESOURCE_RUNGS or p.carrier for p in facts.chosen.values()):
        return "There is nothing in the chart it could point at."
    return ""


def _create_obstacle(kind: str, capabilities: Capabilities, grants: Grants) -> str:
    if capabilities.declared and not capabilities.can(kind, "create"):
        return f"The EHR does not let apps create {kind}."
    if not grants.may(kind, "c"):
        return f"The EHR did not grant Loadpath the right to create {kind}."
    return ""


def _carried(rung: WriteMethod) -> Callable[[str, _Facts], str]:
    def obstacle(artifact: str, facts: _Facts) -> str:
        if carrier_of(rung, facts.capabilities, facts.grants, facts.site):
            return ""
        kinds = _carriers(rung, facts.site)
        return " ".join(_create_obstacle(kind, facts.capabilities, facts.grants) for kind in kinds)

    return obstacle


def _carriers(rung: WriteMethod, site: Site) -> tuple[str, ...]:
    if rung is WriteMethod.NOTE:
        return ("DocumentReference",)
    if rung is WriteMethod.MESSAGE:
        return (*(("QuestionnaireResponse",) if site.questionnaire else ()), "Communication")
    return ()


def _copy(artifact: str, facts: _Facts) -> str:
    return ""


CHECKS: Mapping[WriteMethod, Callable[[str, _Facts], str]] = MappingProxyType(
    {
        WriteMethod.TRANSACTION: _transaction,
        WriteMethod.CREATE: _create,
        WriteMethod.NOTE: _carried(WriteMethod.NOTE),
        WriteMethod.MESSAGE: _carried(WriteMethod.MESSAGE),
        WriteMethod.COPY: _copy,
    }
)
