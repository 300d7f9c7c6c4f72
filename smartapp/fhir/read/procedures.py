"""Procedure -> core Procedure: what was done, to which part of the spine or elsewhere, and when (rule book 2.1, 2.2,
3.4; 2a, 4.3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from smartapp.core.chart import Procedure, Source, Unreadable
from smartapp.core.codes import CodeKind, CodeRow
from smartapp.core.concepts import Topic
from smartapp.core.dates import When
from smartapp.core.fracture_coding import Region
from smartapp.core.kinds import ProcedureKind, ProcedureState
from smartapp.core.quotes import quoted
from smartapp.core.signs import Sign
from smartapp.fhir.json import Resource, get_list, get_object, get_str, get_text, get_wordings, repeated
from smartapp.fhir.read.context import Coded, Fact, ReadContext, coded, where
from smartapp.fhir.read.dates import performed_on
from smartapp.fhir.read.operations import (
    ELSEWHERE,
    OPERATIONS,
    STRICTEST,
    at_the_neck,
    is_only_spoken_of,
    kinds_of,
    named_in,
    notes_naming,
    strictest_first,
)
from smartapp.fhir.read.states import state, states_told
from smartapp.fhir.read.unknown import not_understood, topics_in, unknown
from smartapp.fhir.read.unrecognised import is_no_operation, untold_procedure
from smartapp.fhir.read.vertebrae import levels_in, region_in, region_of

_IGNORED = {"not-done", "stopped", "entered-in-error"}
_PENDING = {"preparation", "in-progress", "on-hold"}
_ANY_BONE = "any-bone"  # part of a code row that does not say which bone
_REGIONS = (Region.THORACOLUMBAR, Region.LUMBAR, Region.THORACIC, Region.SACRAL, Region.PELVIC, Region.CERVICAL)


@dataclass(frozen=True)
class _Said:
    """What one Procedure says, in codes and in words."""

    code: Coded
    sites: str  # in words
    site_levels: frozenset[str]  # by code
    context: ReadContext

    @property
    def words(self) -> str:
        return " ; ".join(filter(None, (self.sites, self.code.wording)))

    @cached_property
    def rows(self) -> tuple[CodeRow, ...]:
        """Codes that say what was done, and to a bone of the spine."""
        return tuple(r for r in self.code.rows if r.part != _ANY_BONE or self.says(Sign.SPINE))

    @cached_property
    def coded(self) -> tuple[ProcedureKind, ...]:
        return self._placed(kinds_of(self.rows))

    def _placed(self, kinds: tuple[ProcedureKind, ...]) -> tuple[ProcedureKind, ...]:
        return at_the_neck(kinds) if _region(self) is Region.CERVICAL else kinds

    @cached_property
    def named(self) -> tuple[ProcedureKind, ...]:
        return self._placed(named_in(self.code.wording, self.context.phrases))

    @cached_property
    def stricter(self) -> tuple[ProcedureKind, ...]:
        """What the words name beyond, and before, what the codes say."""
        least = STRICTEST.index(self.coded[0]) if self.coded else len(STRICTEST)
        return tuple(kind for kind in self.named if STRICTEST.index(kind) < least)

    @cached_property
    def only_spoken_of(self) -> bool:
        return is_only_spoken_of(self.code.wording, self.context.phrases)

    @property
    def is_doubted(self) -> bool:
        """Whether words that are no title deny, plan or look back on the operation the code says was done."""
        own = "" if self.code.words in self.code.displays else self.code.words
        named = OPERATIONS & set(self.coded) & set(named_in(own, self.context.phrases))
        return bool(named) and is_only_spoken_of(own, self.context.phrases)

    @cached_property
    def kinds(self) -> tuple[ProcedureKind, ...]:
        """The strictest, and beside it cement left in the spine and whatever was done elsewhere."""
        named = () if self.only_spoken_of else (*self.stricter, *(kind for kind in self.named if kind in ELSEWHERE))
        found = strictest_first((*self.coded, *named))
        beside = ELSEWHERE | {ProcedureKind.AUGMENTATION}
        return (*found[:1], *(kind for kind in found[1:] if kind in beside))

    @cached_property
    def worded_levels(self) -> frozenset[str]:
        said = (levels_in(each, self.context.phrases) for each in (self.sites, self.code.wording))
        return frozenset().union(*said)

    @property
    def levels(self) -> frozenset[str]:
        return self.site_levels | self.worded_levels

    @cached_property
    def coded_regions(self) -> frozenset[Region]:
        found = (*(row.region for row in self.rows), region_of(self.site_levels))
        return frozenset(region for region in found if region not in (None, Region.UNSPECIFIED))

    @cached_property
    def worded_regions(self) -> frozenset[Region]:
        named = (region_in(each, self.context.phrases) for each in (self.sites, self.code.wording))
        return frozenset(filter(None, (*named, region_of(self.worded_levels))))

    @property
    def is_a_diagnosis(self) -> bool:
        """Whether a code calls a diagnosis, not a care, something done."""
        return not states_told(self.code) and any(row.kind is CodeKind.CONDITION for row in self.code.others)

    def says(self, sign: Sign) -> bool:
        return self.context.phrases.says(sign, self.words)


def procedure(resource: Resource, context: ReadContext) -> Iterator[Fact]:
    """One Procedure, or two where cement was left beside another operation; a line where it may be and is none we
    understand; none where it was not done or cannot bear on the spine."""
    status = get_str(resource, "status").strip().lower()
    if status in _IGNORED:
        return
    said = _said(resource, context)
    performed = performed_on(resource, context.birth)
    on = performed or get_text(resource, "performedString")
    if said.stricter and said.only_spoken_of and OPERATIONS & set(said.stricter):
        why = "its words name an operation and not that it was done that day: not counted"
        yield not_understood(resource, said.code.shown, on, Topic.OPERATION, why)
    elif noted := _noted(resource, said):
        why = "its note names an operation: not counted"
        yield not_understood(resource, noted, on, Topic.OPERATION, why)
    elif not said.kinds:
        yield from _not_ours(resource, said, on)
    yield from state(resource, said.code, performed)
    if not (said.kinds or states_told(said.code)):
        yield from untold_procedure(resource, said.code, said.words, performed, context)
    if said.kinds:
        yield from _faults(resource, status, said)
        yield from _procedures(resource, status, said, performed)


def _said(resource: Resource, context: ReadContext) -> _Said:
    said = coded(get_object(resource, "code"), context.codes, CodeKind.PROCEDURE)
    sites = get_list(resource, "bodySite")
    rows = [row for site in sites for row in coded(site, context.codes, CodeKind.BODY_SITE).rows]
    levels = frozenset(level for row in rows for level in row.levels)
    return _Said(said, " ; ".join(get_wordings(resource, "bodySite")), levels, context)


def _noted(resource: Resource, said: _Said) -> str:
    """The note that names an operation stricter than what was read; empty where none does."""
    least = STRICTEST.index(said.kinds[0]) if said.kinds else len(STRICTEST)
    found = notes_naming(resource, said.context.phrases)
    return next((text for text, kind in found if STRICTEST.index(kind) < least), "")


def _not_ours(resource: Resource, said: _Said, on: object) -> Iterator[Unreadable]:
    """The line for what is none of our kinds and may bear on the spine, a bone or an operation."""
    code = said.code
    topic = _topic(said)
    if topic is not None:
        yield not_understood(resource, code.shown, on, topic)
    elif not (code.rows or is_no_operation(code, said.words, said.context)):
        yield from unknown(resource, code, said.words, on, said.context)


def _topic(said: _Said) -> Topic | None:
    """What it may be about. Of a look, a test or a talk only words about an operation count."""
    if said.code.rows:
        return None if said.says(Sign.NOT_SPINE) else Topic.OPERATION  # a device of a bone that is not named
    topics = topics_in(said.words, said.context.phrases)
    if is_no_operation(said.code, said.words, said.context):
        return Topic.OPERATION if Topic.OPERATION in topics else None
    if Topic.SPINE in topics[:1] or (not topics and (said.says(Sign.SPINE) or said.is_a_diagnosis)):
        return Topic.OPERATION
    return next(iter(topics), None)


def _faults(resource: Resource, status: str, said: _Said) -> Iterator[Unreadable]:
    """What is shown beside a procedure that is read: its status, its dates, and words that say more than its code."""
    place = where(resource)
    if status != "completed" and status not in _PENDING:
        yield Unreadable(place, f"status {quoted(status[:40] or 'missing')}: not taken as done, only as pending")
    if several := repeated(resource, "performed"):
        yield Unreadable(place, f"{several}: the first that gives a date counts")
    if said.code.rows or said.code.excluded:
        yield from _differences(place, said)
    if said.is_doubted:
        yield Unreadable(place, f"coded as done, and its words {quoted(said.code.text)} may not say so: it counts")


def _differences(place: str, said: _Said) -> Iterator[Unreadable]:
    if said.stricter and not said.only_spoken_of:
        by_code = said.coded[0] if said.coded else said.code.excluded[0].display
        yield Unreadable(place, f"its code says {by_code}, its words {said.stricter[0]}: the stricter counts")
    if said.coded_regions and said.worded_regions and _one_of(said.coded_regions) is not _region(said):
        yield Unreadable(
            place, f"its code says {_one_of(said.coded_regions)}, its words {_one_of(said.worded_regions)}: both count"
        )
    elif said.site_levels and (more := said.worded_levels - said.site_levels):
        named, beyond = (", ".join(sorted(levels)) for levels in (said.site_levels, more))
        yield Unreadable(place, f"its site says {named}, its words also {beyond}: all count")


def _procedures(resource: Resource, status: str, said: _Said, performed: When | None) -> Iterator[Procedure]:
    for kind in said.kinds:
        note = "" if kind in said.coded else "read from its text, not from a code"
        yield Procedure(
            source=Source(where(resource), display=said.code.shown, date=str(performed or ""), note=note),
            kind=kind,
            region=_region_of(kind, said),
            state=ProcedureState.COMPLETED if status == "completed" else ProcedureState.PENDING,
            performed=performed,
            levels=said.levels,
            code=said.code.code,
            text=said.code.text,
        )


def _region_of(kind: ProcedureKind, said: _Said) -> Region:
    if kind in ELSEWHERE:
        return Region.CERVICAL if kind is ProcedureKind.CERVICAL_SURGERY else Region.UNSPECIFIED
    return _region(said)


def _region(said: _Said) -> Region:
    return _one_of(said.coded_regions | said.worded_regions)


def _one_of(regions: frozenset[Region]) -> Region:
    """The one region for several: the junction for its two neighbors, else the one that concerns the lumbar spine."""
    if {Region.LUMBAR, Region.THORACIC} <= regions:
        return Region.THORACOLUMBAR
    return next((region for region in _REGIONS if region in regions), Region.UNSPECIFIED)
