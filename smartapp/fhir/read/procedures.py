"""Procedure -> core Procedure: what was done to which part of the spine, and when (rule book 2.1, 2.2 and 3.4)."""

from collections.abc import Iterable, Iterator

from smartapp.core.chart import Procedure, ProcedureKind, ProcedureState, Source, Unreadable
from smartapp.core.codes import CodeKind, CodeRow
from smartapp.core.dates import When
from smartapp.core.fracture_coding import Region
from smartapp.core.phrases import Sign
from smartapp.fhir.json import Resource, get_list, get_object, get_str, get_wordings, repeated
from smartapp.fhir.read.context import (
    Coded,
    Fact,
    ReadContext,
    coded,
    levels_in,
    procedure_in,
    region_in,
    region_of,
    where,
)
from smartapp.fhir.read.dates import age, age_range, parse_date, parse_period

_IGNORED = {"not-done", "stopped", "entered-in-error"}
_PENDING = {"preparation", "in-progress", "on-hold"}
_ANY_BONE = "any-bone"  # part of a code row that does not say which bone


def procedure(resource: Resource, context: ReadContext) -> Iterator[Fact]:
    """One Procedure; none where it was not done or is none of the kinds the rules know."""
    status = get_str(resource, "status").strip().lower()
    if status in _IGNORED:
        return
    said = coded(get_object(resource, "code"), context.codes, CodeKind.PROCEDURE)
    words = (" ; ".join(get_wordings(resource, "bodySite")), said.wording)
    row = said.rows[0] if said.rows else None
    kind = _kind(row, said, context)
    if kind is None or (row and row.part == _ANY_BONE and not context.phrases.says(Sign.SPINE, " ; ".join(words))):
        return
    if status != "completed" and status not in _PENDING:
        yield Unreadable(where(resource), f"status “{status[:40] or 'missing'}”: not taken as done, only as pending")
    if several := repeated(resource, "performed"):
        yield Unreadable(where(resource), f"{several}: the first that gives a date counts")
    levels = _levels(resource, words, context)
    performed = _performed(resource, context.birth)
    note = "" if row else "read from its text, not from a code"
    yield Procedure(
        source=Source(where(resource), display=said.shown, date=str(performed or ""), note=note),
        kind=kind,
        region=_region(row, levels, words, context),
        state=ProcedureState.COMPLETED if status == "completed" else ProcedureState.PENDING,
        performed=performed,
        levels=levels,
        code=said.code,
        text=said.text,
    )


def _kind(row: CodeRow | None, said: Coded, context: ReadContext) -> ProcedureKind | None:
    """By code; by text only where no code has a meaning for us, not even as a false friend."""
    if row is not None:
        return ProcedureKind(row.concepts[0])
    return None if said.excluded else procedure_in(said.wording, context.phrases)


def _levels(resource: Resource, words: Iterable[str], context: ReadContext) -> frozenset[str]:
    sites = get_list(resource, "bodySite")
    rows = [row for site in sites for row in coded(site, context.codes, CodeKind.BODY_SITE).rows]
    by_code = frozenset(level for row in rows for level in row.levels)
    return by_code or next(filter(None, (levels_in(said, context.phrases) for said in words)), frozenset())


def _region(row: CodeRow | None, levels: frozenset[str], words: Iterable[str], context: ReadContext) -> Region:
    if row is not None and row.region not in (None, Region.UNSPECIFIED):
        return row.region
    named = (region_in(said, context.phrases) for said in words)
    return region_of(levels) or next(filter(None, named), Region.UNSPECIFIED)


def _performed(resource: Resource, birth: When | None) -> When | None:
    """The end of a period: the clock restarts when it was over. A text is never parsed."""
    start, end = parse_period(get_object(resource, "performedPeriod"))
    return (
        parse_date(resource.get("performedDateTime"))
        or end
        or start
        or age(get_object(resource, "performedAge"), birth)
        or age_range(get_object(resource, "performedRange"), birth)
    )
