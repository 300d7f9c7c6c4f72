"""The moments in a chart at which services are asked, and the cards: launch, accept, override; an order to its signing.

Opening a chart is patient-view, choosing an order is order-select, signing it is order-sign.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, abort, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from .access import Access
from .chart_pages import current_user, frame
from .chart_view import PatientLine
from .compartment import Resource
from .fhir_remote import RemoteFhir
from .hooks import Fired, OrderInHand, ShownCard, Unanswered, fire, tell
from .outcome import Refused
from .people import User
from .scopes import permissions
from .state import Sandbox, sandbox
from .structure import check_structure

hooks = Blueprint("hooks", __name__)
SNOMED, CPT = "http://snomed.info/sct", "http://www.ama-assn.org/go/cpt"
# what can be ordered here: key -> words on the order, and its code
CATALOG: dict[str, tuple[str, Resource | None]] = {
    "physical-therapy": (
        "Physical therapy", {"system": SNOMED, "code": "91251008", "display": "Physical therapy procedure"},
    ),
    "evaluation": ("Physical therapy evaluation", {"system": CPT, "code": "97161"}),
    "manual-therapy": ("Manual therapy of the lumbar spine", None),
    "strength": ("Resistance training, high load", None),
}  # fmt: skip
WRITE = "user/*.crus"


@hooks.get("/hooks/jwks")
def jwks() -> Response:
    """By which a service knows that a call is ours."""
    return jsonify(sandbox().hooks.jwks())


@hooks.get("/chart/<id_>/cards")
def cards(id_: str) -> Response:
    """patient-view. ``part``: only the cards, for the chart page that asks while it is read already."""
    line, user = _line(id_), _clinician()
    fired = fire(sandbox(), "patient-view", id_, user)
    template = "_cards.html" if "part" in request.args else "cards.html"
    answer = make_response(render_template(template, patient=line, fired=fired, order="", tab="cards", **frame()))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@hooks.post("/chart/<id_>/cards/<card>/accept")
def accept(id_: str, card: str) -> BaseResponse:
    """A suggestion becomes what it proposes, unsigned; then the service is told."""
    shown, box = _shown(id_, card), sandbox()
    wanted = request.form.get("suggestion", "")
    suggestion = next((s for s in _listed(shown.card, "suggestions") if s.get("uuid", s.get("label")) == wanted), None)
    if suggestion is None or shown.done:
        abort(400)
    try:
        filed = [place for action in _listed(suggestion, "actions") if (place := _do(box, shown, action))]
    except Refused as error:
        return _stopped("This suggestion cannot be taken.", str(error))
    shown.done = "accepted"
    told = {"acceptedSuggestions": [{"id": suggestion["uuid"]}]} if "uuid" in suggestion else {}
    _tell(shown, "accepted", **told)
    return redirect(url_for("chart.summary", id_=id_, _anchor=filed[0] if filed else None), code=303)


@hooks.post("/chart/<id_>/cards/<card>/override")
def override(id_: str, card: str) -> BaseResponse:
    """Not followed, with a reason of the card's own list or none; the topic is not shown to this user here again."""
    shown, box = _shown(id_, card), sandbox()
    given, comment = request.form.get("reason", ""), request.form.get("comment", "").strip()[:500]
    reason = next((r for r in _listed(shown.card, "overrideReasons") if r.get("code") == given), None)
    if shown.done:
        abort(400)
    why: dict[str, Any] = {"reason": {k: reason[k] for k in ("code", "system") if k in reason}} if reason else {}
    why |= {"userComment": comment} if comment else {}
    shown.done = "overridden"
    box.hooks.overridden.add((current_user().id, id_, shown.topic))
    _tell(shown, "overridden", **({"overrideReason": why} if why else {}))
    if shown.order:
        return redirect(url_for("hooks.order", id_=id_, order_id=shown.order), code=303)
    return redirect(url_for("chart.summary", id_=id_), code=303)


# -- orders


@hooks.get("/chart/<id_>/order")
def new_order(id_: str) -> str:
    unsigned = [r for r in sandbox().fhir.raw_all("ServiceRequest", id_) if r.get("status") == "draft"]
    return render_template(
        "order.html", patient=_line(id_), catalog=CATALOG, unsigned=unsigned, tab="order", hand=None, **frame()
    )


@hooks.post("/chart/<id_>/order")
def choose_order(id_: str) -> BaseResponse:
    """order-select."""
    _line(id_)
    box, user = sandbox(), _clinician()
    chosen = CATALOG.get(request.form.get("what", ""))
    if chosen is None:
        abort(400)
    made = _order(box, id_, user, *chosen, request.form.get("note", "").strip()[:4000])
    hand = box.hooks.orders[box.hooks.take_in_hand(id_, made)]
    hand.fired = fire(box, "order-select", id_, user, hand)
    return redirect(url_for("hooks.order", id_=id_, order_id=made["id"]), code=303)


@hooks.get("/chart/<id_>/orders/<order_id>")
def order(id_: str, order_id: str) -> str:
    return _order_page(id_, _in_hand(id_, order_id))


@hooks.post("/chart/<id_>/orders/<order_id>/sign")
def sign_order(id_: str, order_id: str) -> BaseResponse | str:
    """order-sign; what no card speaks against is signed. A critical card must be overridden first."""
    hand, box, user = _in_hand(id_, order_id), sandbox(), _clinician()
    if not user.may_sign:
        return _stopped("You may not sign orders here.", f"{user.role}.")
    if "anyway" not in request.form or any(card.critical for card in _open(hand.fired)):
        hand.fired = fire(box, "order-sign", id_, user, hand)
        if _open(hand.fired):
            return _order_page(id_, hand, asked=True)
    signed = {**hand.resource, "status": "active", "intent": "order"}
    box.hooks.orders.pop(order_id, None)
    return redirect(url_for("chart.summary", id_=id_, _anchor=_file(box, signed, user)), code=303)


def _order_page(id_: str, hand: OrderInHand, asked: bool = False) -> str:
    return render_template(
        "order.html", patient=_line(id_), hand=hand, fired=hand.fired, asked=asked, tab="order",
        critical=any(card.critical for card in _open(hand.fired)), open_cards=_open(hand.fired), **frame(),
    )  # fmt: skip


def _open(fired: Fired) -> list[ShownCard]:
    return [card for card in fired.cards if not card.done]


def _order(box: Sandbox, patient: str, user: User, words: str, coding: Resource | None, note: str) -> Resource:
    made: Resource = {
        "resourceType": "ServiceRequest",
        "id": box.store.new_id(),
        "status": "draft",
        "intent": "order",
        "code": {"coding": [coding], "text": words} if coding else {"text": words},
        "subject": {"reference": f"Patient/{patient}"},
        "requester": {"reference": user.fhir_user, "display": user.name},
        "authoredOn": datetime.fromtimestamp(box.config.clock(), UTC).isoformat(timespec="seconds"),
    }
    if note:
        made["note"] = [{"text": note}]
    return made


def _in_hand(id_: str, order_id: str) -> OrderInHand:
    """An order being written, or one that lies in the chart unsigned."""
    box = sandbox()
    found = box.hooks.orders.get(order_id)
    if found is None:
        filed = box.fhir.raw_read("ServiceRequest", order_id)
        if filed is None or filed.get("status") != "draft":
            abort(404)
        found = box.hooks.orders[box.hooks.take_in_hand(id_, filed)]
    if found.patient != id_ or found.resource.get("subject", {}).get("reference") != f"Patient/{id_}":
        abort(404)
    return found


# -- what a suggestion does


def _do(box: Sandbox, shown: ShownCard, action: Resource) -> str:
    """One action of a suggestion; returns the anchor of what was filed. Raises Refused for what an EHR never takes."""
    kind, resource = action.get("type"), action.get("resource")
    if kind == "delete":
        wanted = action.get("resourceId")
        for reference in wanted if isinstance(wanted, list) else [wanted]:
            box.hooks.orders.pop(str(reference).partition("/")[2], None)
        return ""
    if kind not in ("create", "update") or not isinstance(resource, dict):
        raise Refused(422, "an action must create, update or delete a resource")
    if resource.get("resourceType") != "ServiceRequest" or resource.get("status") != "draft":
        raise Refused(422, "only an unsigned order (ServiceRequest, draft) may be suggested here")
    if resource.get("subject", {}).get("reference") != f"Patient/{shown.patient}":
        raise Refused(422, "the order is about another patient")
    known = box.hooks.orders.pop(str(resource.get("id")), None) if kind == "update" else None
    if kind == "update" and known is None:
        raise Refused(422, "the order that should change is not in hand any more")
    return _file(box, {**resource, "id": known.resource["id"] if known else box.store.new_id()}, current_user())


def _file(box: Sandbox, resource: Resource, user: User) -> str:
    """Into the chart; returns its anchor there. Raises Refused."""
    check_structure(resource, "ServiceRequest")
    if isinstance(box.fhir, RemoteFhir):
        access = Access(permissions(WRITE), None, user, box.config.fhir_base)
        known = box.fhir.raw_read("ServiceRequest", resource["id"])
        reply = (
            box.fhir.update(access, "ServiceRequest", resource["id"], resource)
            if known
            else box.fhir.create(access, "ServiceRequest", {k: v for k, v in resource.items() if k != "id"})
        )
        return f"ServiceRequest-{(reply.body or {}).get('id', '')}"
    return box.store.put(resource).reference.replace("/", "-")


# -- small things


def _tell(shown: ShownCard, outcome: str, **more: Any) -> None:
    """What was done here stands, whether the service hears of it or not."""
    try:
        tell(sandbox(), shown, outcome, **more)
    except Unanswered as error:
        shown.done += f" ({error})"


def _listed(where: Resource, name: str) -> list[Resource]:
    found = where.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _shown(id_: str, card: str) -> ShownCard:
    found = sandbox().hooks.cards.get(card)
    if found is None or found.patient != id_:
        abort(404)
    return found


def _line(id_: str) -> PatientLine:
    found = sandbox().chart.line(id_) if sandbox().hooks.url else None
    if found is None:
        abort(404)
    return found


def _clinician() -> User:
    """Services are asked for clinicians; who else sits here is shown no cards."""
    if not current_user().treats:
        abort(404)
    return current_user()


def _stopped(headline: str, detail: str) -> BaseResponse:
    return make_response(render_template("stop.html", headline=headline, detail=detail), 422)
