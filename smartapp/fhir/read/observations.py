"""Observation -> Measurements: its own value, those of its components and contained members, each with site and date.

False friends are left out with a line saying so: areal BMD under a T-score code, Z-scores under T-score wording,
PROMIS T-scores, codes that do not classify (rule book 2.6, 2.7 and 3.6).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from smartapp.core.chart import Measurement, Quantity, Site, Source, Topic, Unreadable
from smartapp.core.codes import CodeKind, CodeRow
from smartapp.core.dates import When
from smartapp.core.phrases import PhraseKind, PhraseTable, Sign
from smartapp.fhir.json import (
    Resource,
    get_list,
    get_object,
    get_str,
    get_strings,
    get_text,
    get_wordings,
    reference_target,
    repeated,
)
from smartapp.fhir.read.context import Coded, Fact, ReadContext, coded, where
from smartapp.fhir.read.dates import parse_date, parse_period
from smartapp.fhir.read.density import density_in, site_within
from smartapp.fhir.read.offers import offers_of
from smartapp.fhir.read.quantities import LOCAL, bone_site, meaning_of, means_nothing, vertebrae_scanned
from smartapp.fhir.read.score_marks import Place
from smartapp.fhir.read.unknown import not_understood
from smartapp.fhir.read.values import BELIEVED, Value, is_areal, needs_unit, own_unit, value

_FINAL = {"final", "amended", "corrected"}
_NOT_FINAL = {"registered", "preliminary", "cancelled", "entered-in-error"}
_VOID = {"cancelled", "entered-in-error"}  # there is no such result
_BONE = frozenset({Quantity.T_SCORE, Quantity.Z_SCORE, Quantity.AREAL_BMD})
_COUNTED = frozenset({Quantity.SMOKING, Quantity.FALL_RISK})  # an answer in words is an answer


@dataclass(frozen=True)
class _Node:
    """An observation or one of its components, with what it inherits from the whole."""

    element: Resource
    whole: Resource
    on: When | None
    date_note: str


def observation(resource: Resource, context: ReadContext) -> Iterator[Fact]:
    """Every measurement in it; nothing where it is not final or speaks of none of our quantities."""
    if _surely_none_of_ours(resource, context):
        return
    status = get_str(resource, "status").strip().lower()
    if status in _VOID:
        return
    nodes = [resource, *get_list(resource, "component"), *_contained(resource)]
    told = [(node, *meaning_of(node, resource, context)) for node in nodes]
    if not any(row or excluded for _, _, row, excluded in told):
        yield from density_in(resource, told[0][1], _date(resource, context)[0], context) or ()
        return
    if status not in _FINAL:
        ours = any(row is not None and row.quantity in _BONE for _, _, row, _ in told)
        if ours or status not in _NOT_FINAL:
            why = f"status “{status[:40] or 'missing'}”: the result is not used"
            yield Unreadable(where(resource), why, topic=Topic.BONE_DENSITY if ours else None)
        return
    if several := repeated(resource, "effective"):
        yield Unreadable(where(resource), f"{several}: the first that gives a date counts")
    on, date_note = _date(resource, context)
    for node, said, row, excluded in told:
        if row is not None:
            yield from _measured(_Node(node, resource, on, date_note), said, row, context)
        elif excluded is not None and value(node) is not None:
            yield Unreadable(where(resource), f"“{said.text or excluded.display}” is not used: {excluded.note}")


def _surely_none_of_ours(resource: Resource, context: ReadContext) -> bool:
    """A cheap look that spares most results of a chart the full reading; in any doubt False."""
    return (
        "component" not in resource
        and "contained" not in resource
        and means_nothing(resource.get("code"), context.codes, context.phrases)
    )


def _contained(resource: Resource) -> list[Resource]:
    """Members carried inside this resource; members that stand by themselves are read by themselves."""
    members = {reference_target(member) for member in get_list(resource, "hasMember")}
    return [
        inner
        for inner in get_list(resource, "contained")
        if inner.get("resourceType") == "Observation" and f"#{inner.get('id')}" in members
    ]


def _date(resource: Resource, context: ReadContext) -> tuple[When | None, str]:
    """effective[x], else the date of the panel or report it belongs to, else the date of issue, labelled."""
    for name in ("effectiveDateTime", "effectiveInstant"):
        if on := parse_date(resource.get(name)):
            return on, ""
    start, end = parse_period(get_object(resource, "effectivePeriod"))
    if end or start:
        return end or start, ""
    events = get_strings(get_object(resource, "effectiveTiming"), "event")
    if events and (on := parse_date(events[0])):
        return on, ""
    if on := parse_date(context.examined.get(where(resource))):
        return on, "date of the report it belongs to"
    if on := parse_date(resource.get("issued")):
        return on, "date of issue: the examination has no date of its own"
    return None, ""


def _measured(node: _Node, said: Coded, row: CodeRow, context: ReadContext) -> Iterator[Fact]:
    quantity = row.quantity
    found = value(node.element)
    if quantity is None or found is None:
        if quantity in _BONE and not {"dataAbsentReason", "hasMember", "component"} & node.element.keys():
            yield not_understood(node.whole, said.shown, node.on, Topic.BONE_DENSITY, "recorded without a value")
        return
    place = where(node.whole)
    if quantity is Quantity.SMOKING:
        answer = _smoking(get_object(node.element, "valueCodeableConcept"), found.wording, context)
        yield _measurement(node, said, row, None, found, answer, context)
        return
    number = found.number
    if number is None and quantity not in _COUNTED:
        why = f"{found.shown or 'the value'} is not a number and is not used"
        topic = Topic.BONE_DENSITY if quantity in _BONE else None
        yield Unreadable(place, f"“{said.shown}”: {why}", topic=topic)
        yield from _offers(node, said, row, found, context.phrases)
        return
    if refusal := _refusal(quantity, said, found, _site_words(node, said), context.phrases):
        yield Unreadable(place, f"“{said.shown}”: {refusal}")
        return
    own = own_unit(quantity, number, found.unit) if number is not None else None
    yield _measurement(node, said, row, own, found, found.wording or said.text, context)


def _refusal(quantity: Quantity, said: Coded, found: Value, described: str, phrases: PhraseTable) -> str:
    """Why a number cannot be used as this quantity; empty if it can."""
    if found.number is None:
        return ""
    if quantity in (Quantity.T_SCORE, Quantity.Z_SCORE):
        if is_areal(found.unit):
            return f"{found.shown} is areal bone density, not a {quantity}, and is not used"
        meant = set(phrases.meanings(PhraseKind.MEASUREMENT, said.wording))
        if quantity is Quantity.T_SCORE and Quantity.Z_SCORE in meant and Quantity.T_SCORE not in meant:
            return "coded as a T-score and called a Z-score: not used"
        if phrases.says(Sign.NOT_DXA, described):
            return "measured by another method than DXA: does not classify and is not used"
        if phrases.says(Sign.QUESTIONNAIRE, said.wording):
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
    node: _Node, said: Coded, row: CodeRow, number: Decimal | None, found: Value, text: str, context: ReadContext
) -> Measurement:
    words_of_site = _site_words(node, said)
    bone = row.quantity in _BONE
    site = bone_site(row.site, words_of_site, context.phrases) if bone else None
    if bone and site is None:
        site = site_within(context.panels.get(where(node.whole), ""), words_of_site, context.phrases)
    notes = [*found.notes, node.date_note]
    if row.system == LOCAL:
        notes.append("recognised by its wording, not by a code")
    on = node.on
    return Measurement(
        source=Source(where(node.whole), display=said.text or row.display, date=str(on or ""), note=node.date_note),
        quantity=Quantity(row.concepts[0]),
        value=number,
        when=on,
        comparator=found.comparator,
        site=site,
        levels=_levels(site, words_of_site, context.phrases),
        device=_device(node.whole) if bone else "",
        recorded_value=found.shown,
        text=text,
        notes=tuple(filter(None, notes)),
        collected=f"{row.part}|{_collection(node.whole)}" if row.quantity is Quantity.VITAMIN_D else "",
    )


def _site_words(node: _Node, said: Coded) -> str:
    wholes = (
        get_wordings(node.whole, "bodySite", "method")
        if node.element is node.whole
        else get_wordings(node.whole, "code", "bodySite", "method")
    )
    own = () if node.element is node.whole else get_wordings(node.element, "bodySite", "method")
    return " ; ".join((said.wording, *own, *wholes))


def _device(resource: Resource) -> str:
    device = get_object(resource, "device")
    return get_text(device, "display") or reference_target(device) if device else ""


def _collection(resource: Resource) -> str:
    """What tells two results of one specimen from others: the moment it was drawn, else the specimen.

    The moment first, because some laboratories number the specimen per analyte.
    """
    drawn = (
        resource.get("effectiveDateTime")
        or reference_target(get_object(resource, "specimen"))
        or resource.get("issued")
    )
    return drawn if isinstance(drawn, str) else ""


def _offers(node: _Node, said: Coded, row: CodeRow, found: Value, phrases: PhraseTable) -> Iterator[Fact]:
    if row.quantity is Quantity.T_SCORE and found.wording:
        words = _site_words(node, said)
        site = bone_site(row.site, words, phrases)
        within = (Place(0, 0, words, site, _levels(site, words, phrases)),)
        yield from offers_of(node.whole, said.text, [f"T-score {found.wording}"], node.on, phrases, within)


def _levels(site: Site | None, words: str, phrases: PhraseTable) -> frozenset[str]:
    return vertebrae_scanned(words, phrases) if site is Site.LUMBAR_SPINE else frozenset()


def _smoking(answer: Resource, wording: str, context: ReadContext) -> str:
    """current, former, never or unknown."""
    said = coded(answer, context.codes, CodeKind.ANSWER)
    if said.rows:
        return said.rows[0].concepts[0]
    return next(context.phrases.meanings(PhraseKind.SMOKING, f"{wording} ; {said.wording}"), "unknown")
