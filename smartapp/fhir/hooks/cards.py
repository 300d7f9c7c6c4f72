"""A card of the core -> the card an EHR shows: JSON without null and without anything empty.

What a chart says reaches the card escaped, as Markdown knows it: a name in a record can bring in neither a link nor a
heading. The order that is suggested is made by the one builder, and nobody has signed it.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from smartapp.core.assessment import Assessment, Reason
from smartapp.core.card import Card, Offer
from smartapp.core.hooks import CardTopic, FiredCard
from smartapp.core.knowledge import Knowledge
from smartapp.core.plan import plan
from smartapp.fhir.build import App, limited_order, order_to_sign, unsigned_order
from smartapp.fhir.build.codings import CANONICAL
from smartapp.fhir.build.visit_words import visit_words
from smartapp.fhir.hooks.calls import HookCall
from smartapp.fhir.hooks.overrides import override_reasons
from smartapp.fhir.json import reference_of
from smartapp.fhir.systems import Systems

TOPICS = f"{CANONICAL}/CodeSystem/card-topic"
MOST_UNREAD = 5  # ours
_MARKUP = re.compile(r"([\\`*_\[\]|~@])")
_BEGINS = re.compile(r"[#+=-]|\d+[.)]")  # at the start of a line: a heading, a list
NAMES: Mapping[CardTopic, str] = {
    CardTopic.NO_EXERCISE: "No exercise: refer first",
    CardTopic.ORDER_CONFLICT: "Order against a limit",
    CardTopic.CONFIRM_FIRST: "Something to confirm first",
    CardTopic.DUPLICATE_ORDER: "Second order for physical therapy",
    CardTopic.ORDER_WITHOUT_RESTRICTIONS: "Physical therapy order without limits",
    CardTopic.REFER_TO_THERAPY: "Physical therapy after a lumbar fracture",
    CardTopic.SIGNED_ORDER: "Order of a signed plan",
}


@dataclass(frozen=True)
class Surroundings:
    """What a card needs beside its medicine. ``order_code``: by which this EHR takes an order, SYSTEM|CODE or CODE."""

    knowledge: Knowledge
    app: App
    review_status: str  # of the knowledge: whether clinicians have signed it
    order_code: str = ""
    signed_order: Mapping[str, Any] | None = None  # as kept with the signed plan that waits for it

    @property
    def systems(self) -> Systems:
        return self.app.systems


def card_json(card: Card, now: Assessment, call: HookCall, around: Surroundings) -> tuple[dict[str, Any], FiredCard]:
    """The card, and what of it is kept."""
    suggestions = [made] if (made := _suggestion(card, now, call, around)) else []
    uuid, base = str(uuid4()), around.app.url
    context = json.dumps({"finding": card.finding}, separators=(",", ":"))
    topic = {"system": TOPICS, "code": card.topic.value, "display": NAMES[card.topic]}
    value = {
        "uuid": uuid,
        "summary": card.summary,
        "detail": _detail(card, now, around),
        "indicator": card.indicator.value,
        "source": {"label": around.app.name, "url": f"{base}/about", "topic": topic},
        **({"suggestions": suggestions, "selectionBehavior": "any"} if suggestions else {}),
        "overrideReasons": override_reasons(card.topic),
        "links": [{"label": "Open in Loadpath", "url": f"{base}/launch", "type": "smart", "appContext": context}],
    }
    return value, FiredCard(uuid, card.topic, card.because, tuple(each["uuid"] for each in suggestions))


# -- the words


def _detail(card: Card, now: Assessment, around: Surroundings) -> str:
    """GitHub-flavored Markdown."""
    parts = (
        _plain(card.asked),
        _question(card),
        _listed("Why", [_why(reason) for reason in card.reasons]),
        _listed("To settle before signing", [_plain(line) for line in card.settle]),
        _listed("Not to be done today", [_plain(line) for line in card.limits]),
        _listed("Not read for this card", _unread(now)),
        f"Rules of Loadpath, knowledge {now.knowledge_version}: {_plain(around.review_status)}. "
        "Loadpath proposes; the clinician decides.",
    )
    return "\n\n".join(part for part in parts if part)


def _question(card: Card) -> str:
    asked = card.question
    return f"**{_plain(asked.text)}** {_plain(asked.effect)}" if asked else ""


def _listed(title: str, lines: list[str]) -> str:
    told = list(dict.fromkeys(line for line in lines if line))
    return "\n".join((f"**{title}**", "", *(f"- {line}" for line in told))) if told else ""


def _why(reason: Reason) -> str:
    """The sentence, and the records it rests on with their dates."""
    named = (f"{s.display or s.reference}{f', {s.date}' if s.date else ''}" for s in reason.sources)
    records = "; ".join(dict.fromkeys(named))
    return f"{_plain(reason.text)} ({_plain(records)})" if records else _plain(reason.text)


def _unread(now: Assessment) -> list[str]:
    """What could not be had is named: never silence."""
    chart = now.chart
    told = [*chart.partial, *(f"{line.where}: {line.reason}" for line in chart.unreadable)]
    more = len(told) - MOST_UNREAD
    return [*map(_plain, told[:MOST_UNREAD]), *([f"and {more} more; Loadpath lists them."] if more > 0 else [])]


def _plain(text: str) -> str:
    """Text as text: no markup of a record is one of the card, and no address in it a link."""
    told = _MARKUP.sub(r"\\\1", " ".join(text.split())).replace("://", r":\//").replace("www.", r"www\.")
    if begins := _BEGINS.match(told):
        told = f"{told[: begins.end() - 1]}\\{told[begins.end() - 1 :]}"
    return told.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


# -- the suggestion: one action


def _suggestion(card: Card, now: Assessment, call: HookCall, around: Surroundings) -> dict[str, Any] | None:
    """The program is made only for a card that offers it."""
    proposal = plan(now, around.knowledge) if card.offer in (Offer.ORDER, Offer.LIMITS) else None
    if proposal and card.offer is Offer.ORDER and proposal.referral:
        order = unsigned_order(proposal, around.knowledge, around.app, call.encounter, around.order_code)
        what = (
            f"Physical therapy order nobody has signed: {visit_words(proposal, proposal.referral)} Sign it in the EHR."
        )
        return _suggested("Add an unsigned physical therapy order with its limits", "create", what, order)
    if card.offer is Offer.SIGNED and around.signed_order:
        order = order_to_sign(around.signed_order, call.encounter, around.order_code)
        return _suggested(
            "Add the order, unsigned", "create", "The order of the signed plan. Sign it in the EHR.", order
        )
    if proposal and card.offer is Offer.LIMITS and card.order:
        wanted = card.order.source.reference
        draft = next((each for each in call.drafts if reference_of(each) == wanted), None)
        if draft is not None:
            limited = limited_order(draft, proposal, around.knowledge, around.app)
            what = "The order as it is, with a note: what is asked, what is safe today and what to avoid."
            return _suggested("Add the limits to the order", "update", what, limited)
    return None


def _suggested(label: str, kind: str, description: str, resource: Mapping[str, Any]) -> dict[str, Any]:
    """One action: Epic takes no second one."""
    action = {"type": kind, "description": description, "resource": resource}
    return {"label": label, "uuid": str(uuid4()), "actions": [action]}
