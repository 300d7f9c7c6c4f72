"""Observation -> Measurements: its own value, those of its components and contained members, each with site and date.

False friends are left out with a line saying so: areal BMD under a T-score code, Z-scores under T-score wording,
PROMIS T-scores, codes that do not classify (rule book 2.6, 2.7 and 3.6).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from smartapp.core.chart import Measurement, Source, Unreadable
from smartapp.core.codes import CodeKind, CodeRow
from smartapp.core.dates import When
from smartapp.core.derive.walking_aid import WALKED
from smartapp.core.kinds import Quantity
from smartapp.core.phrases import PhraseKind, PhraseTable
from smartapp.core.quotes import quoted
from smartapp.fhir.json import (
    Resource,
    get_list,
    get_object,
    get_str,
    get_strings,
    get_wordings,
    reference_target,
    repeated,
)
from smartapp.fhir.read.context import Coded, Fact, ReadContext, coded, where
from smartapp.fhir.read.dates import parse_date, parse_period
from smartapp.fhir.read.density import density_in, levels_scanned, scores_in_value, site_within
from smartapp.fhir.read.marks import mark_of
from smartapp.fhir.read.quantities import (
    ANSWERS,
    LOCAL,
    answers_nothing,
    bone_site,
    meaning_of,
    means_nothing,
)
from smartapp.fhir.read.refusals import another_quantity, doubtful_pain, refusal
from smartapp.fhir.read.specimens import aid_of, collection_of, device_of
from smartapp.fhir.read.told import not_ours, something_else, unused, without_value
from smartapp.fhir.read.values import Value, as_measured, own_unit, value

_FINAL = {"final", "amended", "corrected"}
_VOID = {"cancelled", "entered-in-error"}  # there is no such result
_BONE = frozenset({Quantity.T_SCORE, Quantity.Z_SCORE, Quantity.AREAL_BMD})
# An answer in words is an answer.
_COUNTED = frozenset(
    {Quantity.SMOKING, Quantity.FALL_RISK, Quantity.FALLS, Quantity.FALL_HISTORY, Quantity.CLINICAL_FRAILTY}
)


_SIDES = ("left", "right")
_Told = tuple[Resource, Coded, CodeRow | None, CodeRow | None]  # a node, what it says, its row, its false friend


@dataclass(frozen=True)
class _Node:
    """An observation or one of its components, with what it inherits from the whole."""

    element: Resource
    whole: Resource
    on: When | None
    date_note: str


def observation(resource: Resource, context: ReadContext) -> Iterator[Fact]:
    """Every measurement in it; a line for what is not final, has no value or is not understood and may be ours."""
    if _surely_none_of_ours(resource, context):
        return
    status = get_str(resource, "status").strip().lower()
    if status in _VOID:
        return
    nodes = [resource, *get_list(resource, "component"), *_contained(resource)]
    told = [(node, *meaning_of(node, resource, context)) for node in nodes]
    on, date_note = _date(resource, context)
    if not any(row or excluded for _, _, row, excluded in told):
        of_density = density_in(resource, told[0][1], on, context)
        if of_density is None:
            yield from not_ours(resource, [said for _, said, _, _ in told], on, context)
        else:
            yield from of_density
        return
    if status not in _FINAL:
        yield _not_final(resource, told, status, on)
        return
    if several := repeated(resource, "effective"):
        yield Unreadable(where(resource), f"{several}: the first that gives a date counts")
    for node, said, row, excluded in told:
        if row is not None:
            if node is resource and _is_told_in_parts(resource, told[1:]) and value(node) is None:
                continue
            yield from _measured(_Node(node, resource, on, date_note), said, row, context)
        elif excluded is not None and value(node) is not None:
            yield something_else(resource, said.text or excluded.display, on, f"not used: {excluded.note}")


def _not_final(resource: Resource, told: Sequence[_Told], status: str, on: When | None) -> Unreadable:
    """One line for all of it, about the first of its parts that is ours."""
    why = f"status {quoted(status[:40] or 'missing')}: the result is not used"
    for node, said, row, _ in told:
        if row is not None and row.quantity is not None:
            found = value(node)
            shown = f"{found.shown}, " if found and found.shown else ""
            return unused(resource, said.shown, row.quantity, on, f"{shown}{why}")
    return Unreadable(where(resource), why)


def _is_told_in_parts(resource: Resource, parts: Sequence[_Told]) -> bool:
    """Whether a panel has its results in its components or members."""
    return "hasMember" in resource or any(row or excluded for _, _, row, excluded in parts)


def _surely_none_of_ours(resource: Resource, context: ReadContext) -> bool:
    """A cheap look that spares most results of a chart the full reading; in any doubt False."""
    return (
        "component" not in resource
        and "contained" not in resource
        and means_nothing(resource.get("code"), context.codes, context.phrases, context.judged)
        and all(answers_nothing(resource.get(name), context.phrases) for name in ANSWERS)
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
    if quantity is None:
        return
    found = value(node.element)
    if found is None:
        yield unused(node.whole, said.shown, quantity, node.on, without_value(node.element))
        return
    if (told := as_measured(quantity, found.unit)) is not quantity:
        quantity, row = told, replace(row, concepts=(told,))
    if quantity is Quantity.SMOKING:
        answer = _smoking(get_object(node.element, "valueCodeableConcept"), found.wording, context)
        yield _measurement(node, said, row, None, found, answer, context)
        return
    if line := _not_used(node, said, row, quantity, found, context.phrases):
        yield line
        if found.number is None:
            yield from scores_in_value(node.whole, said, row, _site_words(node, said), found, node.on, context)
        return
    own = own_unit(quantity, found.number, found.unit) if found.number is not None else None
    yield _measurement(node, said, row, own, found, found.wording or said.text, context)


def _not_used(
    node: _Node, said: Coded, row: CodeRow, quantity: Quantity, found: Value, phrases: PhraseTable
) -> Unreadable | None:
    """The line for a value that cannot be used as this quantity; None where it can."""
    described = _site_words(node, said)
    why = another_quantity(quantity, said, found, described, phrases)
    in_doubt = quantity is Quantity.VITAMIN_D and row.system != LOCAL  # the code says another thing than the words
    if why and not in_doubt:
        return something_else(node.whole, said.shown, node.on, why)
    if not why and found.number is None and quantity not in _COUNTED:
        why = f"{found.shown or 'the value'} is not a number and is not used"
    if not why and quantity is Quantity.PAIN:
        why = doubtful_pain(described, phrases)
    why = why or refusal(row, quantity, found, node.element)
    return unused(node.whole, said.shown, quantity, node.on, why) if why else None


def _measurement(
    node: _Node, said: Coded, row: CodeRow, number: Decimal | None, found: Value, text: str, context: ReadContext
) -> Measurement:
    words_of_site = _site_words(node, said)
    quantity, bone = Quantity(row.concepts[0]), row.quantity in _BONE
    site = bone_site(row.site, words_of_site, context.phrases) if bone else None
    if bone and site is None:
        site = site_within(context.panels.get(where(node.whole), ""), words_of_site, context.phrases)
    notes = [*found.notes, node.date_note]
    if row.system == LOCAL:
        notes.append("recognised by its wording, not by a code")
    on = node.on
    return Measurement(
        source=Source(where(node.whole), display=said.text or row.display, date=str(on or ""), note=node.date_note),
        quantity=quantity,
        value=number,
        when=on,
        comparator=found.comparator,
        site=site,
        levels=levels_scanned(site, words_of_site, context.phrases),
        device=device_of(node.whole)
        if bone
        else aid_of(node.whole, said.wording, context.phrases)
        if quantity in WALKED
        else "",
        recorded_value=found.shown,
        text=text,
        side=_side(row, words_of_site) if bone else "",
        notes=tuple(filter(None, notes)),
        collected=f"{row.part}|{collection_of(node.whole)}" if row.quantity is Quantity.VITAMIN_D else "",
        mark=mark_of(quantity, number, found.unit, node.element),
    )


def _site_words(node: _Node, said: Coded) -> str:
    wholes = (
        get_wordings(node.whole, "bodySite", "method")
        if node.element is node.whole
        else get_wordings(node.whole, "code", "bodySite", "method")
    )
    own = () if node.element is node.whole else get_wordings(node.element, "bodySite", "method")
    return " ; ".join((said.wording, *own, *wholes))


def _side(row: CodeRow, words: str) -> str:
    """Of the code, else the one side the words name."""
    if row.part in _SIDES:
        return row.part
    named = [side for side in _SIDES if side in words.lower().split()]
    return named[0] if len(named) == 1 else ""


def _smoking(answer: Resource, wording: str, context: ReadContext) -> str:
    """current, former, never or unknown."""
    said = coded(answer, context.codes, CodeKind.ANSWER)
    if said.rows:
        return said.rows[0].concepts[0]
    return next(context.phrases.meanings(PhraseKind.SMOKING, f"{wording} ; {said.wording}"), "unknown")
