"""Procedure -> core Procedure: what was done to which part of the spine, and when (rule book 2.1, 2.2 and 3.4)."""

from collections.abc import Iterator

from smartapp.core.chart import Procedure, ProcedureKind, ProcedureState, Source, Unreadable
from smartapp.core.codes import CodeRow, Kind
from smartapp.core.dates import When
from smartapp.core.fracture_coding import Region
from smartapp.fhir.json import Resource, choices, part, parts, texts, word
from smartapp.fhir.read import phrases
from smartapp.fhir.read.codings import Coded, coded
from smartapp.fhir.read.context import Context, Fact, where
from smartapp.fhir.read.dates import age, age_range, span, when

_IGNORED = {"not-done", "stopped", "entered-in-error"}
_PENDING = {"preparation", "in-progress", "on-hold"}
_ANY_BONE = "any-bone"  # part of a code row that does not say which bone


def procedure(resource: Resource, context: Context) -> Iterator[Fact]:
    """One Procedure; none where it was not done or is none of the kinds the rules know."""
    status = word(resource, "status").strip().lower()
    if status in _IGNORED:
        return
    said = coded(part(resource, "code"), context.codes, Kind.PROCEDURE)
    sites = " ; ".join(texts(resource, "bodySite"))
    row = said.rows[0] if said.rows else None
    kind = _kind(row, said)
    if kind is None or (row and row.part == _ANY_BONE and not phrases.SPINE.search(f"{sites} ; {said.wording}")):
        return
    if status != "completed" and status not in _PENDING:
        yield Unreadable(where(resource), f"status “{status[:40] or 'missing'}”: not taken as done, only as pending")
    if several := choices(resource, "performed"):
        yield Unreadable(where(resource), f"{several}: the first that gives a date counts")
    levels = _levels(resource, said, sites, context)
    performed = _performed(resource, context.birth)
    yield Procedure(
        source=Source(
            where(resource),
            display=said.shown,
            date=str(performed or ""),
            note="" if row else "read from its text, not from a code",
        ),
        kind=kind,
        region=_region(row, levels, sites, said),
        state=ProcedureState.COMPLETED if status == "completed" else ProcedureState.PENDING,
        performed=performed,
        levels=levels,
        code=said.code,
        text=said.text,
    )


def _kind(row: CodeRow | None, said: Coded) -> ProcedureKind | None:
    """By code; by text only where no code has a meaning for us, not even as a false friend."""
    if row is not None:
        return ProcedureKind(row.concepts[0])
    return None if said.excluded else phrases.procedure(said.wording)


def _levels(resource: Resource, said: Coded, sites: str, context: Context) -> frozenset[str]:
    rows = [row for site in parts(resource, "bodySite") for row in coded(site, context.codes, Kind.BODY_SITE).rows]
    by_code = frozenset(level for row in rows for level in row.levels)
    return by_code or phrases.levels(sites) or phrases.levels(said.wording)


def _region(row: CodeRow | None, levels: frozenset[str], sites: str, said: Coded) -> Region:
    if row is not None and row.region not in (None, Region.UNSPECIFIED):
        return row.region
    named = phrases.region_of(levels) or phrases.region(sites) or phrases.region(said.wording)
    return named or Region.UNSPECIFIED


def _performed(resource: Resource, birth: When | None) -> When | None:
    """The end of a period: the clock restarts when it was over. A text is never parsed."""
    start, end = span(part(resource, "performedPeriod"))
    return (
        when(resource.get("performedDateTime"))
        or end
        or start
        or age(part(resource, "performedAge"), birth)
        or age_range(part(resource, "performedRange"), birth)
    )
