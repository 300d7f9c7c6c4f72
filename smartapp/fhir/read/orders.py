"""What somebody else ordered of how the patient may move -> :class:`ActivityOrder` (rule book 2a, NS9; 2c, CD23).

Read from orders, devices, plans and flags, and from the notes of problems and operations. Our own plan and order are
known by their identifier and are never read as somebody's order.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from smartapp.core.chart import ActivityOrder, Source, Unreadable
from smartapp.core.codes import CodeKind
from smartapp.core.dates import When
from smartapp.core.kinds import OrderKind, ProcedureKind, Untold
from smartapp.core.phrases import PhraseKind, PhraseTable
from smartapp.core.quotes import quoted
from smartapp.core.signs import Sign
from smartapp.fhir.json import Resource, get_bool, get_list, get_object, get_prose, get_str, get_text, get_wordings
from smartapp.fhir.read.beside import Stands, clauses_of, standing
from smartapp.fhir.read.context import Coded, Fact, ReadContext, coded, status_word, where
from smartapp.fhir.read.dates import parse_date, parse_period
from smartapp.fhir.read.order_ends import end_stated
from smartapp.fhir.read.states import state, states_told
from smartapp.fhir.read.unrecognised import operation_ordered, unrecognised

_OVER = {
    *("completed", "revoked", "entered-in-error", "cancelled", "stopped", "inactive", "resolved", "refuted"),
    *("not-done", "draft", "rejected", "not-taken"),
}
_NOT_ORDERED = {"proposal", "option"}
_ALL = frozenset(OrderKind)
_DEVICES = {"DeviceRequest": Untold.ORDERED, "DeviceUseStatement": Untold.IN_USE}
_STRICTEST = tuple(OrderKind)
_LONGEST = 200  # characters quoted; ours
_BEFORE = 25  # characters before an order that may name its side; ours
_NEAR = 4  # words that may call an order over; ours
_OF_A_LEG = r"(?= (?:leg|foot|lower|hip|knee|ankle))"
_SIDES = (
    ("both", re.compile(r"\b(?:both|bilateral\w*|ble|beide\w*|ambas)\b", re.I)),
    ("left", re.compile(rf"\b(?:left|lle|lt|links?\w*|izquierd\w*|gauche|L{_OF_A_LEG})\b", re.I)),
    ("right", re.compile(rf"\b(?:right|rle|rt|rechts?\w*|derech\w*|droite|R{_OF_A_LEG})\b", re.I)),
)
_ARM = re.compile(
    r"\b(?:arms?|wrists?|hands?|fingers?|elbows?|shoulders?|upper (?:limbs?|extremit\w+)|[lr]?ue)\b", re.I
)
_LEG = re.compile(r"\b(?:legs?|foot|feet|hips?|knees?|ankles?|lower (?:limbs?|extremit\w+)|[lrb]le)\b", re.I)
_OF_WEIGHT = frozenset(_STRICTEST[: _STRICTEST.index(OrderKind.BRACE)])
_LINKS = re.compile(
    r"(?:\W|\b(?:a|an|any|the|of|for|in|on|to|is|be|or|nor|and|her|his|need\w*|requir\w*|indicat\w*|evidence|wear\w*|wore"
    r"|us(?:e|es|ed|ing)|further|more|longer|current|specific|formal|additional|strict|order\w*|restriction\w*|limit\w*"
    r"|braces?|collars?|corsets?|orthos[ei]s|lumbar|thoracic|cervical|spinal|spine|back|hard|soft|rigid|external|left|right|both|legs?|patient|been|was)\b)*",
    re.I,
)
_SIDED = _OF_WEIGHT | {OrderKind.HIP_PRECAUTIONS}


@dataclass(frozen=True)
class Given:
    """When an order was given, until when the record itself says, and by whom."""

    on: When | None
    until: When | None = None
    by: str = ""


def orders_in(text: str, given: When | None, phrases: PhraseTable) -> Iterator[tuple[OrderKind, str, str, When | None]]:
    """(kind, quote, side, end) of every order a text states and does not deny or call over."""
    for clause in clauses_of((text,), phrases):
        places = _places(clause, phrases)
        starts = [*(place.start() for _, place in places), len(clause)]
        for (kind, place), following in zip(places, starts[1:], strict=True):
            if _holds(clause, place, kind, phrases):
                own = clause[place.start() : following]
                until = end_stated(own, given) or end_stated(clause[place.start() :], given)
                yield kind, _quote(clause, place), _side(clause, place, own) if kind in _SIDED else "", until


def _quote(clause: str, place: re.Match[str]) -> str:
    """The clause; of a long one what stands around the order."""
    start = 0 if place.end() <= _LONGEST else max(0, place.start() - _LONGEST // 2)
    return clause[start : start + _LONGEST].strip()


def _places(clause: str, phrases: PhraseTable) -> list[tuple[OrderKind, re.Match[str]]]:
    """In the order of the text; of two in one place the stricter."""
    found = [(OrderKind(means), place) for means, place in phrases.places(PhraseKind.ORDER, clause, _ALL)]
    kept: list[tuple[OrderKind, re.Match[str]]] = []
    for kind, place in sorted(found, key=lambda each: _STRICTEST.index(each[0])):
        if all(place.end() <= other.start() or other.end() <= place.start() for _, other in kept):
            kept.append((kind, place))
    return sorted(kept, key=lambda each: each[1].start())


def _holds(clause: str, place: re.Match[str], kind: OrderKind, phrases: PhraseTable) -> bool:
    near = clause[: place.start()].split()[-_NEAR:], clause[place.end() :].split()[:_NEAR]
    if any(phrases.says(Sign.ORDER_OVER, " ".join(words)) for words in near):
        return False
    heard = _without_foreign_denial(clause, place, phrases)
    return standing(heard, place, kind, phrases, advised=True) in (Stands.PRESENT, Stands.UNCLEAR)


def _without_foreign_denial(clause: str, place: re.Match[str], phrases: PhraseTable) -> str:
    """The clause, blank up to a denial of something else: "no brace", but "without fever brace when up".

    Seven words before it deny a finding; an order only where between them stands no word but other orders and links.
    """
    before = clause[: place.start()]
    end = max((found.end() for found in phrases.found(Sign.DENIES, before)), default=0)
    between = before[end:]
    for _, other in phrases.places(PhraseKind.ORDER, between, _ALL):
        between = between.replace(other[0], " ")
    return clause if _LINKS.fullmatch(between) else " " * end + clause[end:]


def _side(clause: str, place: re.Match[str], own: str) -> str:
    """Behind the order, up to a comma or the next; else just before it."""
    for words in (own.partition(",")[0], own, clause[max(0, place.start() - _BEFORE) : place.start()]):
        sides = [side for side, pattern in _SIDES if pattern.search(words)]
        if sides:
            return sides[0] if len(sides) == 1 else "both"
    return ""


def orders(resource: Resource, context: ReadContext) -> Iterator[Fact]:
    """Of a ServiceRequest, CarePlan, Flag, DeviceRequest or DeviceUseStatement of somebody else that is in force."""
    ours = {get_str(identifier, "system") for identifier in get_list(resource, "identifier")} & {*context.systems.plans}
    status, intent = get_str(resource, "status").strip().lower(), get_str(resource, "intent")
    if ours or status in _OVER or intent in _NOT_ORDERED:
        return
    given = given_of(resource)
    said = _code_of(resource, context)
    if get_str(resource, "resourceType").startswith("Device"):  # a care that is only ordered tells nothing yet
        yield from state(resource, said, given.on)
    if get_str(resource, "resourceType") == "ServiceRequest":
        yield from operation_ordered(resource, context)
    if get_bool(resource, "doNotPerform"):
        yield from _forbidden(resource, said, given, context.phrases)
        return
    words = words_of_order(resource, said)
    found = tuple(_found(resource, said, given, words, context.phrases))
    yield from found
    kind = _DEVICES.get(get_str(resource, "resourceType"))
    if kind and not (found or states_told(said)):
        yield from unrecognised(resource, kind, said, " ; ".join(words), given.on, context)


def orders_noted(resource: Resource, context: ReadContext) -> Iterator[Fact]:
    """Of the notes and words of a Condition or Procedure that is neither over nor wrong."""
    states = (
        get_str(resource, "status"),
        *(status_word(resource, name) for name in ("clinicalStatus", "verificationStatus")),
    )
    done = resource.get("resourceType") == "Procedure"
    if any(status in _OVER and not (done and status == "completed") for status in states):
        return
    said = coded(get_object(resource, "code"), context.codes, CodeKind.ORDER, CodeKind.PROCEDURE)
    yield from _found(resource, said, given_of(resource), [said.wording], context.phrases)
    for note in get_list(resource, "note"):
        given = Given(parse_date(note.get("time")) or given_of(resource).on, by=get_text(note, "authorString"))
        yield from _found(resource, None, given, [get_prose(note, "text")], context.phrases)


def _code_of(resource: Resource, context: ReadContext) -> Coded:
    element = get_object(resource, "codeCodeableConcept") or get_object(resource, "code")
    return coded(element, context.codes, CodeKind.ORDER)


def words_of_order(resource: Resource, said: Coded) -> list[str]:
    """Everything an order says, each piece by itself."""
    pieces = [said.wording, *(get_prose(resource, name) for name in ("title", "description", "patientInstruction"))]
    pieces += get_wordings(resource, "orderDetail", "reasonCode")
    pieces += [get_prose(detail, "text") for detail in get_list(resource, "orderDetail")]
    pieces += [get_text(get_object(resource, name), "display") for name in ("codeReference", "device")]
    pieces += [get_prose(note, "text") for note in get_list(resource, "note")]
    for activity in get_list(resource, "activity"):
        detail = get_object(activity, "detail")
        if get_str(detail, "status") not in _OVER and not get_bool(detail, "doNotPerform"):
            pieces += [*get_wordings(detail, "code"), get_prose(detail, "description")]
    return [piece for piece in dict.fromkeys(pieces) if piece]


def given_of(resource: Resource) -> Given:
    periods = [parse_period(get_object(resource, name)) for name in ("occurrencePeriod", "period", "timingPeriod")]
    named = ("authoredOn", "recordedOn", "created", "performedDateTime", "recordedDate", "onsetDateTime")
    dates = [parse_date(resource.get(name)) for name in named]
    performed = parse_period(get_object(resource, "performedPeriod"))[1]
    on = next(filter(None, (*dates, performed, *(start for start, _ in periods))), None)
    by = next(
        filter(None, (get_text(get_object(resource, n), "display") for n in ("requester", "author", "source"))), ""
    )
    return Given(on, next(filter(None, (end for _, end in periods)), None), by)


def _found(
    resource: Resource, said: Coded | None, given: Given, words: Iterable[str], phrases: PhraseTable
) -> Iterator[ActivityOrder | Unreadable]:
    """By code and by words, each kind and side once; the line for one of an arm, which no rule knows."""
    found: dict[tuple[OrderKind, str], ActivityOrder] = {}
    for kind, quote, side, until in (each for text in words for each in orders_in(text, given.on, phrases)):
        if kind in _OF_WEIGHT and _ARM.search(quote) and not _LEG.search(quote):
            yield Unreadable(where(resource), f"{quoted(quote)}: weight on an arm, not taken as one on a leg")
            continue
        found.setdefault((kind, side), _order(resource, kind, quote, side, given, until))
    for kind in _coded(said) if said else ():
        if not any(known is kind for known, _ in found):
            found[kind, ""] = _order(resource, kind, said.shown if said else "", "", given, None)
    yield from found.values()


def _coded(said: Coded) -> Iterator[OrderKind]:
    for row in said.rows:
        if row.kind is CodeKind.ORDER:
            yield OrderKind(row.concepts[0])
        elif ProcedureKind.CLOSED_TREATMENT in row.concepts:
            yield OrderKind.BRACE


def _forbidden(resource: Resource, said: Coded, given: Given, phrases: PhraseTable) -> Iterator[ActivityOrder]:
    """An order not to do something: exercise, or to put weight on a leg."""
    if phrases.says(Sign.EXERCISE, said.wording):
        yield _order(resource, OrderKind.NO_EXERCISE, f"not to be done: {said.shown}", "", given, None)
    elif phrases.says(Sign.WEIGHT_BEARING, said.wording):
        side = next((side for side, pattern in _SIDES if pattern.search(said.wording)), "")
        yield _order(resource, OrderKind.NO_WEIGHT, f"not to be done: {said.shown}", side, given, None)


def _order(
    resource: Resource, kind: OrderKind, quote: str, side: str, given: Given, until: When | None
) -> ActivityOrder:
    source = Source(where(resource), display=quote, date=str(given.on or ""), note=f"by {given.by}" if given.by else "")
    return ActivityOrder(source, kind, quote, side, given.on, until or given.until)
