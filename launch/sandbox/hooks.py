"""The EHR's side of CDS Hooks: at a moment in the chart, ask the services and keep the cards they answer with.

Every call is signed by a key of this EHR's own; the data a service wants is fetched beforehand by its templates, and an
access token for the call alone goes along. Source: CDS Hooks 2.0.
"""

from __future__ import annotations

import json
import secrets
import time
import uuid
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests
from joserfc import jwt
from joserfc.jwk import ECKey

from .access import Access
from .compartment import Resource
from .config import SandboxConfig
from .ledger import Grant, Token
from .people import User
from .prefetch import prefetch
from .scopes import permissions
from .wire import Wire

if TYPE_CHECKING:
    from .state import Sandbox

SCOPE = "patient/*.rs"
TOKEN_SECONDS, AUTHORIZATION_SECONDS, SERVICES_SECONDS = 300, 300, 300
PATIENCE = (2.0, 10.0)  # seconds to connect, and to wait for an answer
KEPT = 500  # cards and orders in hand


class Unanswered(Exception):
    """A service that did not answer, or not as it should; the words are for whoever sits here."""


@dataclass
class ShownCard:
    """A card on the screen: of which service, about which order in hand (empty: none), what became of it."""

    id: str
    patient: str
    service: str
    card: Resource
    order: str = ""
    done: str = ""

    @property
    def topic(self) -> str:
        return str(self.card.get("source", {}).get("topic", {}).get("code", ""))

    @property
    def critical(self) -> bool:
        return self.card.get("indicator") == "critical"


@dataclass
class Fired:
    """What a moment brought: cards to show, how many were left out as overridden before, and what went wrong."""

    cards: list[ShownCard] = field(default_factory=list)
    left_out: int = 0
    problems: list[str] = field(default_factory=list)


@dataclass
class OrderInHand:
    """An order nobody has signed, with the cards it brought."""

    patient: str
    resource: Resource
    fired: Fired = field(default_factory=Fired)


class HookDesk:
    """The services of one app, this EHR's key for them, and what is on the screens. In memory only."""

    def __init__(self, config: SandboxConfig, wire: Wire):
        self.url, self.wire, self.clock = (config.cds_url or "").rstrip("/"), wire, config.clock
        self.name, self.jku = config.public_url, f"{config.public_url}/hooks/jwks"
        self.key = ECKey.generate_key("P-384", {"use": "sig", "alg": "ES384"}, auto_kid=True)
        self.session = config.cds_session()
        self.cards: OrderedDict[str, ShownCard] = OrderedDict()
        self.orders: OrderedDict[str, OrderInHand] = OrderedDict()
        self.overridden: set[tuple[str, str, str]] = set()  # user, patient, topic: not shown again
        self._services: tuple[float, list[Resource]] = (0.0, [])

    def jwks(self) -> dict[str, Any]:
        return {"keys": [self.key.as_dict(private=False)]}

    def services(self, hook: str) -> list[Resource]:
        """Those for this hook, as discovery names them. Raises Unanswered."""
        at, known = self._services
        if not known or self.clock() - at > SERVICES_SECONDS:
            found = self.call("GET", "").get("services")
            known = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
            self._services = (self.clock(), known)
        return [service for service in known if service.get("hook") == hook and service.get("id")]

    def call(self, method: str, path: str, body: Resource | None = None) -> Resource:
        """One signed call, written down for the developer's pages. Raises Unanswered."""
        url, began = f"{self.url}{path}", time.perf_counter()
        headers = {"Authorization": f"Bearer {self._signed(url)}", "Accept": "application/json"}
        content = None if body is None else json.dumps(body)
        if content is not None:
            headers["Content-Type"] = "application/json"
        try:
            answer = self.session.request(
                method, url, data=content, headers=headers, timeout=PATIENCE, allow_redirects=False
            )
        except requests.RequestException as error:
            self.wire.add_call(method, url, headers, body, None, began)
            raise Unanswered(f"{url} did not answer: {type(error).__name__}.") from error
        self.wire.add_call(method, url, headers, body, answer, began)
        if answer.status_code != 200:
            raise Unanswered(f"{url} answered {answer.status_code}. {_why(answer)}".strip())
        return _object(answer)

    def keep(self, shown: ShownCard) -> ShownCard:
        self.cards[shown.id] = shown
        while len(self.cards) > KEPT:
            self.cards.popitem(last=False)
        return shown

    def take_in_hand(self, patient: str, resource: Resource) -> str:
        self.orders[resource["id"]] = OrderInHand(patient, resource)
        while len(self.orders) > KEPT:
            self.orders.popitem(last=False)
        return str(resource["id"])

    def _signed(self, url: str) -> str:
        now = int(self.clock())
        header = {"alg": "ES384", "typ": "JWT", "kid": self.key.as_dict()["kid"], "jku": self.jku}
        claims = {"iss": self.name, "aud": url, "exp": now + TOKEN_SECONDS, "iat": now, "jti": str(uuid.uuid4())}
        return jwt.encode(header, claims, self.key, algorithms=["ES384"])


def fire(box: Sandbox, hook: str, patient: str, user: User, order: OrderInHand | None = None) -> Fired:
    """Ask every service of this hook. What goes wrong is told beside the cards; it never holds up the chart."""
    fired, desk = Fired(), box.hooks
    try:
        services = desk.services(hook)
    except Unanswered as error:
        return Fired(problems=[str(error)])
    for service in services:
        token = _access_token(box, patient, user)
        try:
            body = _request(box, service, hook, patient, user, order, token)
            found = desk.call("POST", f"/{service['id']}", body).get("cards")
        except Unanswered as error:
            fired.problems.append(str(error))
            continue
        finally:
            token.revoked = True  # a service may use it within the call, no longer
        for card in found if isinstance(found, list) else []:
            if not _is_card(card):
                fired.problems.append(f"{service['id']} sent a card that lacks what every card has.")
                continue
            shown = ShownCard(
                str(card.get("uuid") or uuid.uuid4()), patient, service["id"], card,
                order.resource["id"] if order else "",
            )  # fmt: skip
            if shown.topic and (user.id, patient, shown.topic) in desk.overridden:
                fired.left_out += 1
            else:
                fired.cards.append(desk.keep(shown))
    return fired


def tell(box: Sandbox, shown: ShownCard, outcome: str, **more: Any) -> None:
    """Feedback, for cards that can be named. Raises Unanswered."""
    if "uuid" in shown.card:
        at = datetime.fromtimestamp(box.config.clock(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        entry = {"card": shown.card["uuid"], "outcome": outcome, **more, "outcomeTimestamp": at}
        box.hooks.call("POST", f"/{shown.service}/feedback", {"feedback": [entry]})


def _access_token(box: Sandbox, patient: str, user: User) -> Token:
    """For this call alone; it belongs to the app that is registered here."""
    client, clock = next(iter(box.clients)), box.config.clock
    grant = Grant(client, user, SCOPE, patient, {})
    token = Token(secrets.token_urlsafe(32), None, grant, SCOPE, int(clock()), AUTHORIZATION_SECONDS, clock)
    box.ledger.add_token(token)
    return token


def _request(
    box: Sandbox, service: Resource, hook: str, patient: str, user: User, order: OrderInHand | None, token: Token
) -> Resource:
    """The body of a call; the long part comes last, for who reads it."""
    encounter = box.chart.latest_encounter(patient)
    context: Resource = {"userId": user.fhir_user, "patientId": patient}
    if encounter:
        context["encounterId"] = encounter
    if order:
        if hook == "order-select":
            context["selections"] = [f"ServiceRequest/{order.resource['id']}"]
        entries = [{"resource": order.resource}]
        context["draftOrders"] = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    access = Access(permissions(SCOPE), patient, user, box.config.fhir_base)
    authorization = {
        "access_token": token.access_token, "token_type": "Bearer", "expires_in": AUTHORIZATION_SECONDS,
        "scope": SCOPE, "subject": token.grant.client_id, "patient": patient,
    }  # fmt: skip
    return {
        "hook": hook,
        "hookInstance": str(uuid.uuid4()),
        "fhirServer": box.config.fhir_base,
        "fhirAuthorization": authorization,
        "context": context,
        "prefetch": prefetch(box.fhir, access, service.get("prefetch") or {}, context, box.chart.today),
    }


# what a member of each list of a card must have as text
_MEMBERS = {"links": ("label", "url", "type"), "suggestions": ("label",), "overrideReasons": ("code", "display")}


def _is_card(card: Any) -> bool:
    """Whether it has what is shown of every card: summary, indicator, source, and lists of what they should be of."""
    if not isinstance(card, dict) or not _has(card, "summary", "indicator") or not _has(card.get("source"), "label"):
        return False
    lists = [(card.get(name, []), names) for name, names in _MEMBERS.items()]
    return all(isinstance(found, list) and all(_has(each, *names) for each in found) for found, names in lists)


def _has(found: Any, *names: str) -> bool:
    return isinstance(found, dict) and all(isinstance(found.get(name), str) for name in names)


def _object(answer: requests.Response) -> Resource:
    try:
        found = answer.json()
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Unanswered(f"{answer.url} answered with something that is no JSON object.")
    return found


def _why(answer: requests.Response) -> str:
    """The sentences of an OperationOutcome, where it is one."""
    try:
        return " ".join(str(issue["details"]["text"]) for issue in answer.json()["issue"])
    except (ValueError, KeyError, TypeError):
        return ""


def allowed_link(url: Any, origins: tuple[str, ...]) -> str:
    """The link where this EHR lists its place, as EHRs do; empty otherwise."""
    if not isinstance(url, str):
        return ""
    parts = urlsplit(url)
    return url if parts.scheme in ("http", "https") and f"{parts.scheme}://{parts.netloc}" in origins else ""
