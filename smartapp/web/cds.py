"""CDS Hooks: the EHR asks at a moment of its own, and Loadpath answers with one card at most, or with none.

Every call passes :func:`caller` before anything of it is read: it says whose EHR it is. Faults are answered as an
OperationOutcome; nothing of a call is logged but that it came.
"""

import logging
import traceback
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, current_app, g, jsonify, make_response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from smartapp.core.hooks import Feedback, Firing
from smartapp.ehr.issuers import Issuer
from smartapp.errors import LoadpathError, ServiceUnknown
from smartapp.fhir.hooks.answers import outcome
from smartapp.fhir.hooks.calls import parse_call
from smartapp.fhir.hooks.discovery import Service, discovery, service_of
from smartapp.fhir.hooks.feedback import parse_feedback
from smartapp.web.audit import note_refusal
from smartapp.web.card_answer import answer, hook_reader
from smartapp.web.hook_callers import cors
from smartapp.web.launch import charts
from smartapp.web.wiring import wiring

cds = Blueprint("cds", __name__)
cds.after_request(cors)
log = logging.getLogger("smartapp.web.cds")


# -- who calls, and what is kept


def caller() -> Issuer:
    """Whose EHR calls: the one table of the issuers file whose caller this is. Raises CallerRefused."""
    issuer: Issuer = current_app.extensions["loadpath-hook-callers"]()
    return issuer


def record(firing: Firing) -> None:
    """Keep what was answered. Without patient data."""
    wiring().store.hooks.keep_firing(firing)
    told = {"event": "hook", "service": firing.service, "cards": len(firing.cards), "shown": firing.shown}
    log.info("fired", extra=told)


def keep_feedback(issuer: Issuer, service: Service, entries: Sequence[Feedback]) -> None:
    """Keep what became of cards; the same may be told again."""
    new = wiring().store.hooks.keep_feedback(issuer.key, service.id, entries)
    log.info("feedback", extra={"event": "hook-feedback", "ehr": issuer.key, "service": service.id, "new": new})


# -- the addresses


@cds.get("/cds-services", endpoint="discovery")
def show_services() -> ResponseReturnValue:
    """The services, with what they want prefetched."""
    caller()
    return jsonify(discovery(charts().searches))


@cds.post("/cds-services/<service_id>/feedback", endpoint="feedback")
def take_feedback(service_id: str) -> ResponseReturnValue:
    """What became of cards of this service."""
    issuer = caller()
    service = _service(service_id)
    keep_feedback(issuer, service, parse_feedback(request.get_data()))
    return jsonify({})


@cds.post("/cds-services/<service_id>", endpoint="service")
def answer_call(service_id: str) -> ResponseReturnValue:
    """One moment in the EHR: a card, or none."""
    issuer = caller()
    service = _service(service_id)
    request.max_content_length = wiring().settings.hook_bytes
    call = parse_call(request.get_data(), service, hook_reader().templates)
    if not call.by_clinician:  # whatever else it is: no patient is told what to do by a card
        return jsonify({"cards": []})
    answered = answer(call, issuer)
    shown = not (issuer.cds_hooks and issuer.cds_hooks.is_silent(service.hook))
    record(
        Firing(
            service.id, service.hook, call.instance, issuer.key, answered.fired, answered.decided.missing,
            answered.decided.order_exists, shown, wiring().knowledge.version,
        )
    )  # fmt: skip
    return jsonify({"cards": list(answered.cards) if shown else []})


def _service(id_: str) -> Service:
    found = service_of(id_)
    if found is None:
        raise ServiceUnknown("There is no such CDS service: GET /cds-services lists them.")
    return found


# -- faults


@cds.errorhandler(LoadpathError)
def _known(error: LoadpathError) -> ResponseReturnValue:
    log.info("refused", extra={"event": type(error).__name__, "status": error.status, "reference": _reference()})
    note_refusal(error, at_launch=False)
    return _told(error.status, str(error))


@cds.errorhandler(HTTPException)
def _of_http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    return _told(status, "The body is too large." if status == 413 else "This request cannot be answered.")


@cds.errorhandler(Exception)
def _unknown(error: Exception) -> ResponseReturnValue:
    log.error("fault %s %s\n%s", type(error).__name__, _reference(), "".join(traceback.format_tb(error.__traceback__)))
    return _told(500, "Loadpath met a fault of its own.")


def _told(status: int, text: str) -> ResponseReturnValue:
    body: dict[str, Any] = outcome(status, text, _reference())
    response = make_response(jsonify(body), status)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _reference() -> str:
    return str(g.get("reference", ""))
