"""Observation -> Measurements: its own value, those of its components and contained members, each with site and date.

False friends are left out with a line saying so: areal BMD under a T-score code, Z-scores under T-score wording,
PROMIS T-scores, codes that do not classify (rule book 2.6, 2.7 and 3.6).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from smartapp.core.chart import CandidateValue, Measurement, Quantity, Site, Source, Unreadable
from smartapp.core.codes import CodeRow, CodeTable, Kind
from smartapp.core.dates import When
from smartapp.fhir.json import Resource, choices, part, parts, text, texts, word, words
from smartapp.fhir.read import bone_sites
from smartapp.fhir.read.codings import Coded, coded
from smartapp.fhir.read.context import Context, Fact, target, where
from smartapp.fhir.read.dates import span, when
from smartapp.fhir.read.habits import smoking
from smartapp.fhir.read.reports import offers_in
from smartapp.fhir.read.units import is_areal, needs_unit, own_unit
from smartapp.fhir.read.values import BELIEVED, Value, value

_FINAL = {"final", "amended", "corrected"}
_NOT_FINAL = {"registered", "preliminary", "cancelled", "entered-in-error"}
_BONE = frozenset({Quantity.T_SCORE, Quantity.Z_SCORE, Quantity.AREAL_BMD})
_COUNTED = frozenset({Quantity.SMOKING, Quantity.FALL_RISK})  # an answer in words is an answer

_I = re.IGNORECASE
_T_WORDS = re.compile(r"\bt[- ]?score\b", _I)
_Z_WORDS = re.compile(r"\bz[- ]?score\b", _I)
_BONE_WORDS = re.compile(r"\b(?:dxa|dexa|bmd|bone|hip|spine|lumbar|femur|femoral|radius|forearm|densi\w+)\b", _I)
_PROMIS = re.compile(
    r"\b(?:promis|physical function|fatigue|pain interference|anxiety|depress\w+|sleep|social|"
    r"global (?:physical|mental)|neuro-?qol|questionnaire|survey|cognitive|mmpi)\b",
    _I,
)
_NOT_DXA = re.compile(r"\b(?:qct|quantitative ct|ultrasound|qus|tbs|trabecular bone score|opportunistic)\b", _I)
_VITAMIN_D_WORDS = re.compile(r"\b(?:25[- ]?(?:oh|hydroxy\w*)|calcidiol|vitamin[- ]?d)\b", _I)
_25_OH = re.compile(r"\bvit\w*[ _.-]*d.*25[ _(-]*(?:oh|hydroxy)|25[ _(-]*(?:oh|hydroxy)\w*\W*.*\bvit", _I)
_1_25_OH = re.compile(r"\b1[ ,.\-]+(?:alpha[ ,-]*)?25|dihydroxy|calcitriol", _I)
_MAYBE = re.compile(r"score|vit|25", _I)  # a stem of every meaning that is found in words
_LOCAL = "local"  # system of a meaning that was found in words
_VAGUE_VITAMIN_D = "35365-6"  # taken as vitamin D only after the display says so: rule book 3.6


@dataclass(frozen=True)
class _Node:
    """An observation or one of its components, with what it inherits from the whole."""

    element: Resource
    whole: Resource
    on: When | None
    date_note: str


def observation(resource: Resource, context: Context) -> Iterator[Fact]:
    """Every measurement in it; nothing where it is not final or speaks of none of our quantities."""
    if _surely_none_of_ours(resource, context):
        return
    status = word(resource, "status").strip().lower()
    if status in _NOT_FINAL:
        return
    nodes = [resource, *parts(resource, "component"), *_contained(resource)]
    told = [(node, *_meaning(node, resource, context)) for node in nodes]
    if not any(row or excluded for _, _, row, excluded in told):
        return
    if status not in _FINAL:
        yield Unreadable(where(resource), f"status “{status[:40] or 'missing'}”: the result is not used")
        return
    if several := choices(resource, "effective"):
        yield Unreadable(where(resource), f"{several}: the first that gives a date counts")
    on, date_note = _date(resource, context)
    for node, said, row, excluded in told:
        if row is not None:
            yield from _measured(_Node(node, resource, on, date_note), said, row, context)
        elif excluded is not None and value(node) is not None:
            yield Unreadable(where(resource), f"“{said.text or excluded.display}” is not used: {excluded.note}")


def _surely_none_of_ours(resource: Resource, context: Context) -> bool:
    """A cheap look that spares most results of a chart the full reading; in any doubt False."""
    return (
        "component" not in resource
        and "contained" not in resource
        and means_nothing(resource.get("code"), context.codes)
    )


def means_nothing(code: object, table: CodeTable) -> bool:
    """Whether a code of an Observation has surely no meaning for us, neither by the table nor in its words."""
    if type(code) is not dict:
        return False
    codings, said = code.get("coding") or (), code.get("text") or ""
    if type(said) is not str or any(type(c) is not dict or c.get("code") in table.observed for c in codings):
        return False
    return not any(_MAYBE.search(words) for words in (said, *(str(c.get("display") or "") for c in codings)))


def _contained(resource: Resource) -> list[Resource]:
    """Members carried inside this resource; members that stand by themselves are read by themselves."""
    members = {target(member) for member in parts(resource, "hasMember")}
    return [
        inner
        for inner in parts(resource, "contained")
        if inner.get("resourceType") == "Observation" and f"#{inner.get('id')}" in members
    ]


def _meaning(node: Resource, whole: Resource, context: Context) -> tuple[Coded, CodeRow | None, CodeRow | None]:
    said = coded(part(node, "code"), context.codes, Kind.OBSERVATION)
    row = next((row for row in said.rows if row.quantity is not None), None)
    if row is None and not said.rows and not said.excluded:
        row = _bone_in_words(said, whole) or _vitamin_d_in_words(said)
    if row is not None and row.code == _VAGUE_VITAMIN_D and not _VITAMIN_D_WORDS.search(said.wording):
        row = None
    return said, row, said.excluded[0] if said.excluded else None


def _bone_in_words(said: Coded, whole: Resource) -> CodeRow | None:
    """A local code whose words say that it is a bone density T-score or Z-score; never one of a questionnaire."""
    wording = said.wording
    is_t, is_z = _T_WORDS.search(wording), _Z_WORDS.search(wording)
    if not (is_t or is_z) or (is_t and is_z) or _PROMIS.search(wording):
        return None
    if not _BONE_WORDS.search(f"{wording} ; {' ; '.join(texts(whole, 'code', 'bodySite'))}"):
        return None
    quantity = Quantity.T_SCORE if is_t else Quantity.Z_SCORE
    return _by_words(said, quantity)


def _vitamin_d_in_words(said: Coded) -> CodeRow | None:
    """A local code whose words say 25-hydroxyvitamin D; never the 1,25-dihydroxy form."""
    if not _25_OH.search(said.wording) or _1_25_OH.search(said.wording):
        return None
    kinds = {kind for kind in ("d2", "d3") if re.search(rf"\b{kind}\b", said.wording, _I)}
    return _by_words(said, Quantity.VITAMIN_D, kinds.pop() if len(kinds) == 1 else "total")


def _by_words(said: Coded, quantity: Quantity, part: str = "") -> CodeRow:
    row = CodeRow(_LOCAL, said.code, False, Kind.OBSERVATION, (quantity.value,), said.text, verified="text")
    return replace(row, part=part)


def _date(resource: Resource, context: Context) -> tuple[When | None, str]:
    """effective[x], else the date of the panel or report it belongs to, else the date of issue, labelled."""
    for name in ("effectiveDateTime", "effectiveInstant"):
        if on := when(resource.get(name)):
            return on, ""
    start, end = span(part(resource, "effectivePeriod"))
    if end or start:
        return end or start, ""
    events = words(part(resource, "effectiveTiming"), "event")
    if events and (on := when(events[0])):
        return on, ""
    if on := when(context.examined.get(where(resource))):
        return on, "date of the report it belongs to"
    if on := when(resource.get("issued")):
        return on, "date of issue: the examination has no date of its own"
    return None, ""


def _measured(node: _Node, said: Coded, row: CodeRow, context: Context) -> Iterator[Fact]:
    quantity = row.quantity
    found = value(node.element)
    if quantity is None or found is None:
        return
    place = where(node.whole)
    if quantity is Quantity.SMOKING:
        answer = smoking(part(node.element, "valueCodeableConcept"), found.wording, context)
        yield _measurement(node, said, row, None, found, text=answer)
        return
    number = found.number
    if number is None and quantity not in _COUNTED:
        yield Unreadable(place, f"“{said.shown}”: {found.shown or 'the value'} is not a number and is not used")
        yield from _offers(node, said, row, found)
        return
    if refusal := _refusal(quantity, said, found, _site_words(node, said)):
        yield Unreadable(place, f"“{said.shown}”: {refusal}")
        return
    own = own_unit(quantity, number, found.unit) if number is not None else None
    yield _measurement(node, said, row, own, found, text=found.wording or said.text)


def _refusal(quantity: Quantity, said: Coded, found: Value, described: str) -> str:
    """Why a number cannot be used as this quantity; empty if it can."""
    if found.number is None:
        return ""
    if quantity in (Quantity.T_SCORE, Quantity.Z_SCORE):
        if is_areal(found.unit):
            return f"{found.shown} is areal bone density, not a {quantity}, and is not used"
        if quantity is Quantity.T_SCORE and _Z_WORDS.search(said.wording) and not _T_WORDS.search(said.wording):
            return "coded as a T-score and called a Z-score: not used"
        if _NOT_DXA.search(described):
            return "measured by another method than DXA: does not classify and is not used"
        if _PROMIS.search(said.wording):
            return "a T-score of a questionnaire, not of bone density: not used"
    own = own_unit(quantity, found.number, found.unit)
    if own is None:
        missing = not found.unit and needs_unit(quantity)
        return (
            f"{found.shown} has no unit and is not used" if missing else f"unit “{found.unit}” is not known: not used"
        )
    lowest, highest = BELIEVED.get(quantity, (own, own))
    if not lowest <= own <= highest:
        return f"{found.shown} is no believable {quantity} (from {lowest} to {highest}) and is not used"
    if quantity is Quantity.PAIN and not 0 <= own <= 10:
        return f"{found.shown} is outside the 0-10 scale and is not used"
    return ""


def _measurement(
    node: _Node, said: Coded, row: CodeRow, number: Decimal | None, found: Value, text: str
) -> Measurement:
    words_of_site = _site_words(node, said)
    bone = row.quantity in _BONE
    site = bone_sites.site(row.site, words_of_site) if bone else None
    notes = [*found.notes, node.date_note]
    if row.system == _LOCAL:
        notes.append("recognised by its wording, not by a code")
    on = node.on
    return Measurement(
        source=Source(where(node.whole), display=said.text or row.display, date=str(on or ""), note=node.date_note),
        quantity=Quantity(row.concepts[0]),
        value=number,
        when=on,
        comparator=found.comparator,
        site=site,
        levels=bone_sites.vertebrae(words_of_site) if site is Site.LUMBAR_SPINE else frozenset(),
        device=_device(node.whole) if bone else "",
        recorded_value=found.shown,
        text=text,
        notes=tuple(filter(None, notes)),
        collected=f"{row.part}|{_collection(node.whole)}" if row.quantity is Quantity.VITAMIN_D else "",
    )


def _site_words(node: _Node, said: Coded) -> str:
    wholes = (
        texts(node.whole, "bodySite", "method")
        if node.element is node.whole
        else texts(node.whole, "code", "bodySite", "method")
    )
    own = () if node.element is node.whole else texts(node.element, "bodySite", "method")
    return " ; ".join((said.wording, *own, *wholes))


def _device(resource: Resource) -> str:
    device = part(resource, "device")
    return text(device, "display") or target(device) if device else ""


def _collection(resource: Resource) -> str:
    """What tells two results of one specimen from others: the moment it was drawn, else the specimen.

    The moment first, because some laboratories number the specimen per analyte.
    """
    drawn = resource.get("effectiveDateTime") or target(part(resource, "specimen")) or resource.get("issued")
    return drawn if isinstance(drawn, str) else ""


def _offers(node: _Node, said: Coded, row: CodeRow, found: Value) -> Iterator[CandidateValue]:
    if row.quantity is Quantity.T_SCORE and found.wording:
        site = bone_sites.site(row.site, _site_words(node, said))
        yield from offers_in(f"T-score {found.wording}", where(node.whole), said.text, node.on, site)
