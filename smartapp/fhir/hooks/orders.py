"""ServiceRequests -> :class:`~smartapp.core.card.TherapyOrder`: what an order is about, whether it says its limits.

Orders that stand in the chart and orders nobody has signed yet are read alike. An order of anything else is None.
"""

import re
from collections.abc import Iterable, Iterator

from smartapp.core.card import Moment, TherapyKind, TherapyOrder
from smartapp.core.chart import Source
from smartapp.core.codes import CodeKind
from smartapp.core.dates import When
from smartapp.core.knowledge import Knowledge
from smartapp.core.plan.activities import AVOID
from smartapp.core.signs import Sign
from smartapp.errors import InputError
from smartapp.fhir.hooks.calls import HookCall
from smartapp.fhir.json import Malformed, Resource, get_list, get_object, get_str, reference_of
from smartapp.fhir.read.context import ReadContext, coded, status_word, where
from smartapp.fhir.read.dates import parse_period
from smartapp.fhir.read.orders import given_of, orders_in, words_of_order
from smartapp.fhir.systems import Systems

_THERAPY = (
    *("physical-therapy", "physical-therapy-referral", "physiotherapist-referral", "physiotherapy-service-referral"),
    *("exercise-therapy-referral", "exercise-therapy", "pt-assessment"),
)
_STANDS = frozenset({"active", "on-hold"})
_SENTENCE = re.compile(r"[.;!?\n]+")
_RULED_OUT = re.compile(
    r"\b(?:no|not|never|avoid|without|instead of|sin|evit\w+|nunca|kein\w*|nicht|ohne|vermeid\w+|statt)\b",
    re.IGNORECASE,
)  # in the languages of the words
_RULED_OUT_AFTER = re.compile(
    r"\b(?:contra-?indicat\w*|contraindicad\w*|kontraindiziert|forbidden|prohibited|avoided|not allowed|vermeiden|"
    r"nicht (?:erlaubt|durchführen))\b",
    re.IGNORECASE,
)
_BROKEN = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


def moment_of(call: HookCall, chart: Iterable[Resource], knowledge: Knowledge, systems: Systems) -> Moment:
    """What is on the screen. Raises InputError where an order being written cannot be read."""
    context = ReadContext(knowledge.codes, knowledge.phrases, f"Patient/{call.patient}", systems=systems)
    chosen = [reference_of(each) for each in call.selected]
    beside = [each for each in call.drafts if reference_of(each) not in chosen]
    drafts = {reference_of(each) for each in call.drafts}
    standing = (each for each in chart if reference_of(each) not in drafts)
    return Moment(
        call.hook,
        selected=tuple(_drafted(call.selected, context)),
        beside=tuple(_drafted(beside, context)),
        standing=tuple(_standing(standing, context)),
    )


def _drafted(resources: Iterable[Resource], context: ReadContext) -> Iterator[TherapyOrder]:
    for resource in resources:
        try:
            order = therapy_order(resource, context)
        except _BROKEN as fault:
            said = str(fault) if isinstance(fault, Malformed) else type(fault).__name__
            raise InputError(f"context.draftOrders: {where(resource)} cannot be read: {said}.") from None
        if order:
            yield order


def _standing(resources: Iterable[Resource], context: ReadContext) -> Iterator[TherapyOrder]:
    """What cannot be read of the chart has a line of its own there."""
    for resource in resources:
        try:
            order = therapy_order(resource, context) if status_word(resource, "status") in _STANDS else None
        except _BROKEN:
            continue
        if order:
            yield order


def therapy_order(resource: Resource, context: ReadContext) -> TherapyOrder | None:
    """Raises what a malformed resource raises."""
    if resource.get("resourceType") != "ServiceRequest":
        return None
    said = coded(get_object(resource, "code"), context.codes, CodeKind.ORDER)
    rows = (context.codes.find(system, code) for system, code in said.given)
    name = " ; ".join(filter(None, (said.wording, *(row.display for row in rows if row))))
    kind = _kind(name, frozenset(said.given), context)
    if kind is None:
        return None
    given = given_of(resource)
    words = "\n".join((name, *words_of_order(resource, said)))
    sentences, ours = _SENTENCE.split(words), _is_ours(resource, context)
    source = Source(where(resource), display=said.shown or name, date=str(given.on or ""))
    return TherapyOrder(
        source,
        kind,
        "" if ours else "\n".join(line for line in words.split("\n") if AVOID not in line),
        limited=ours or any(_says_limits(each, context) for each in sentences),
        manual=any(_asks_for_manual(each, context) for each in sentences),
        given=given.on,
        until=given.until or _end_of_visits(resource),
    )


def _kind(name: str, codes: frozenset[tuple[str, str]], context: ReadContext) -> TherapyKind | None:
    table = context.codes
    therapy = {(system, code) for concept in _THERAPY for system, code, _ in table.codings(concept)}
    phrases = context.phrases
    if codes & therapy or phrases.says(Sign.THERAPY_ORDER, name):
        return TherapyKind.PHYSICAL_THERAPY
    if phrases.says(Sign.MANUAL_THERAPY, name):
        return TherapyKind.MANUAL_THERAPY
    return TherapyKind.TRAINING if phrases.says(Sign.TRAINING, name) else None


def _is_ours(resource: Resource, context: ReadContext) -> bool:
    systems = {get_str(each, "system") for each in get_list(resource, "identifier")}
    return not systems.isdisjoint(context.systems.plans)


def _says_limits(sentence: str, context: ReadContext) -> bool:
    said = AVOID in sentence or context.phrases.says(Sign.SPINE_LIMITS, sentence)
    return said or any(True for _ in orders_in(sentence, None, context.phrases))


def _asks_for_manual(sentence: str, context: ReadContext) -> bool:
    if not context.phrases.says(Sign.MANUAL_THERAPY, sentence):
        return False
    place = next(context.phrases.found(Sign.MANUAL_THERAPY, sentence))
    return not (_RULED_OUT.search(sentence[: place.start()]) or _RULED_OUT_AFTER.search(sentence[place.end() :]))


def _end_of_visits(resource: Resource) -> When | None:
    """Of an order for visits: the end of the time they are counted in."""
    repeat = get_object(get_object(resource, "occurrenceTiming"), "repeat")
    return parse_period(get_object(repeat, "boundsPeriod"))[1]
