"""Rows of systems.toml and lines of codes.csv -> the :class:`CodeTable` of the core, and what is wrong with them."""

import re
from collections.abc import Iterable, Iterator, Mapping

from smartapp.core.code_systems import CodeSystem, CodeSystems, plain_address
from smartapp.core.codes import CodeKind, CodeRow, CodeTable, CodeUse
from smartapp.core.concepts import Concept, Topic
from smartapp.core.kinds import OrderKind, ProcedureKind, Quantity
from smartapp.knowledge.origins import origin_of, said
from smartapp.knowledge.reading import Placed
from smartapp.knowledge.schema import CodeLine, SystemRow

# Observations that are read for more than one number: groups, and quantities measured in parts.
_OBSERVATION_GROUPS = frozenset({"dxa-panel", "dxa-report", "audit-c", "blood-pressure"})
# What a code of each kind may mean; outputs name the plan's own vocabulary.
CONCEPTS: Mapping[CodeKind, frozenset[str]] = {
    CodeKind.CONDITION: frozenset(c.value for c in Concept),
    CodeKind.MEDICATION: frozenset(c.value for c in Concept),
    CodeKind.PROCEDURE: frozenset(k.value for k in ProcedureKind),
    CodeKind.OBSERVATION: frozenset(q.value for q in Quantity) | _OBSERVATION_GROUPS,
    CodeKind.ANSWER: frozenset({"current", "former", "never", "unknown", "non-drinker"}),
    CodeKind.ORDER: frozenset(k.value for k in OrderKind),
    CodeKind.BODY_SITE: frozenset({"level", "site", "region"}),
    CodeKind.DOCUMENT: frozenset({"pt-note"}),
}

Lines = Iterable[Placed[CodeLine]]
Systems = Mapping[str, Placed[SystemRow]]


def codes_of(lines: Lines, systems: Systems) -> CodeTable:
    return CodeTable(tuple(_row(placed.row) for placed in lines), _systems_of(systems))


def _systems_of(systems: Systems, *but: str) -> CodeSystems:
    return CodeSystems(
        {id_: CodeSystem(id_, **said(placed.row, *but), origin=origin_of(placed)) for id_, placed in systems.items()}
    )


def _row(line: CodeLine) -> CodeRow:
    return CodeRow(
        system=line.system,
        code=line.code,
        prefix=line.match == "prefix",
        kind=line.kind,
        concepts=tuple(line.concept.split()),
        display=line.display,
        region=line.region,
        levels=frozenset(line.levels.split()),
        encounter=line.encounter,
        morphology=line.morphology,
        site=line.site,
        part=line.part,
        use=line.use,
        verified=line.verified,
        note=line.note,
    )


def system_mistakes(systems: Systems) -> Iterator[str]:
    """Addresses not written plainly or of two systems, systems that are not there, patterns that cannot be read."""
    owners: dict[str, str] = {}
    for id_, placed in systems.items():
        row = placed.row
        for address in row.addresses:
            if plain_address(address) != address:
                yield f"{placed.where}: write the address as “{plain_address(address)}”"
            if (owner := owners.setdefault(address, id_)) != id_ or address in systems:
                yield f"{placed.where}: “{address}” is {owner if owner != id_ else address} already"
        for other in (*row.shapes, *filter(None, (row.parent,))):
            if other not in systems:
                yield f"{placed.where}: “{other}” is not a system"
        if bool(row.parent) != bool(row.shared):
            yield f"{placed.where}: “parent” and “shared” go together"
        yield from (f"{placed.where}: {wrong}" for wrong in _broken(row))


def _broken(row: SystemRow) -> Iterator[str]:
    for pattern in (*row.shapes.values(), row.quiet, row.never_quiet):
        try:
            re.compile(pattern)
        except re.error as error:
            yield f"the pattern “{pattern}” cannot be read: {error}"


def code_mistakes(lines: Lines, systems: Systems, unread: bool = False) -> Iterator[str]:
    """``unread``: whether the systems could not be read, so that no name of one is called wrong."""
    known = _systems_of(systems, "shapes")  # a pattern that cannot be read is told elsewhere
    seen: set[tuple[str, str, str, str]] = set()
    for placed in lines:
        row = placed.row
        if not unread or row.system in known.by_id:
            yield from (f"{placed.where}: {wrong}" for wrong in _code(row, known))
        key = (row.system, row.code, row.match, f"writes {row.concept}" if row.use is CodeUse.OUTPUT else "")
        if key in seen:
            yield f"{placed.where}: {row.system} {row.code} is there twice"
        seen.add(key)


def _code(row: CodeLine, systems: CodeSystems) -> Iterator[str]:
    system = systems.by_id.get(row.system)
    if system is None:
        yield f"system “{row.system}” is not in systems.toml"
    elif (name := systems.code_name(row.system, row.code)) != row.code:
        yield f"write the code as “{name}”"
    if not row.verified:
        yield "say where the code was verified, or “memory”"
    if row.use is CodeUse.EXCLUDED:
        if row.concept or not row.note:
            yield "an excluded code has no concept and a note that says why"
        return
    if not row.concept:
        yield "a concept is missing"
    if row.use is CodeUse.OUTPUT and system is not None and not system.written:
        yield f"codes of {row.system} are not written"
    concepts = row.concept.split()
    allowed = frozenset(Topic) if row.use is CodeUse.ASKED else CONCEPTS.get(row.kind, frozenset(concepts))
    yield from (f"“{concept}” is not a concept of kind {row.kind}" for concept in concepts if concept not in allowed)
