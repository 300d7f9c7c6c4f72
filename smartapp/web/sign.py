"""Signature -> what is in the chart, exactly once, and the receipt that says so.

The signed plan is kept before anything leaves (the outbox); one worker at a time may write it, and none again once it
is written. Reload, back and double click therefore end at the same receipt.
"""

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, NotFound

from smartapp.core.proposal import Receipt, SignedPlan, Written
from smartapp.core.review import approve
from smartapp.ehr import audit
from smartapp.ehr import write as writing
from smartapp.errors import ChartChanged, EhrUnavailable, LoadpathError, ReviewError
from smartapp.web.archive import from_json, to_json
from smartapp.web.audit import note
from smartapp.web.guard import check_form
from smartapp.web.launch import readings
from smartapp.web.plan_text import plan_text
from smartapp.web.reading import Read
from smartapp.web.rendering import page_of_launch
from smartapp.web.review_page import page, patient_shown
from smartapp.web.visit import Entrance, Visit, chart_link, check_sign, enter, look
from smartapp.web.wiring import wiring

sign = Blueprint("sign", __name__)
log = logging.getLogger("smartapp.web.sign")

REREAD_WAITS = 20.0  # seconds a signature waits for a new look at an old chart (ours)
STATES: Mapping[str, str] = {
    "written": "In the chart",
    "found": "Was in the chart already",
    "failed": "Not in the chart",
    "manual": "To be done by hand",
    "unknown": "Not known whether it arrived",
}
RUNGS: Mapping[str, str] = {
    "transaction": "written in one step with the others",
    "create": "written by itself",
    "unsigned-order": "unsigned order in the EHR",
    "note": "as a note",
    "message": "as a message",
    "copy": "as a copy",
}


ORDER = ("CarePlan", "ServiceRequest", "Goal", "Provenance")  # as a clinician asks for them


@sign.post("/l/<launch_id>/sign", endpoint="sign")
def sign_plan(launch_id: str) -> ResponseReturnValue:
    entrance = enter(launch_id)
    check_form(launch_id, entrance.patient)
    if again := request.form.get("again"):
        return _send_again(entrance, again)
    if request.form.get("as") not in ("active", "draft"):
        raise BadRequest
    if kept := _signed_before(entrance, request.form.get("fingerprint", "")):
        return _deliver(entrance, kept)
    visit = look(entrance, _fresh(entrance))
    try:
        signed = _approve(visit)
    except ChartChanged as error:
        return page(visit, f"{error} {error.next_step}", warning=True), error.status
    record = {"signed": to_json(signed), "previous": _replaced(visit, signed),
              "encounter": entrance.connection.context.encounter}  # fmt: skip
    kept = wiring().store.record_signature(
        launch_id, entrance.patient_key, signed.plan_id, signed.proposal.fingerprint, record
    )
    if kept.new:
        note(audit.signed, entrance.connection, kept.plan_id, signed.active)
    log.info("signed", extra={"event": "signed", "plan": kept.plan_id, "reference": g.reference})
    return _deliver(entrance, kept)


def _approve(visit: Visit) -> SignedPlan:
    check_sign(visit)
    signed = approve(
        visit.revised, visit.decisions, visit.signer, request.form.get("fingerprint", ""), wiring().now(),
        request.form.get("as") == "active", knowledge=wiring().knowledge, fhir_base=visit.entrance.connection.iss,
    )  # fmt: skip
    plan, order = visit.current("CarePlan"), visit.current("ServiceRequest")
    return replace(
        signed,
        replaces=plan.source.reference if plan and plan.identifier != signed.plan_id else "",
        replaces_request=order.source.reference if order and not order.identifier.startswith(signed.plan_id) else "",
    )


def _fresh(entrance: Entrance) -> Read:
    """The chart, read again if what was seen is older than the site allows. Raises EhrUnavailable."""
    read = readings().load(entrance.launch_id)
    if read is None:
        raise ReviewError("The chart is not there yet.")
    made = wiring()
    if made.clock() - read.at <= made.settings.chart_fresh_seconds:
        return read
    future = readings().start(entrance.launch_id, entrance.connection)
    try:
        return future.result(timeout=REREAD_WAITS)
    except TimeoutError:
        raise EhrUnavailable("The chart could not be read again before signing, so nothing was signed.") from None


def _signed_before(entrance: Entrance, fingerprint: str) -> Any:
    """What was signed from this very page: a second press, a reload, or a step back in the browser."""
    kept = wiring().store.signatures_of(entrance.patient_key)
    return next((k for k in kept if k.launch_id == entrance.launch_id and k.fingerprint == fingerprint), None)


def _replaced(visit: Visit, signed: SignedPlan) -> list[dict[str, Any]]:
    """The records this plan ends, as the signer saw them: their versions guard the update."""
    wanted = {signed.replaces, signed.replaces_request} - {""}
    old = [r for r in visit.read.wave.resources if f"{r.get('resourceType')}/{r.get('id')}" in wanted]
    goals = {str(goal.get("reference", "")).rpartition("/")[2] for r in old for goal in r.get("goal") or ()}
    return old + [r for r in visit.read.wave.resources if r.get("resourceType") == "Goal" and r.get("id") in goals]


def _send_again(entrance: Entrance, plan_id: str) -> ResponseReturnValue:
    kept = wiring().store.signature_of(entrance.patient_key, plan_id)
    if kept is None:
        raise NotFound
    return _deliver(entrance, kept)


def _deliver(entrance: Entrance, kept: Any) -> ResponseReturnValue:
    """Write what was signed, unless another request does or did; in every case, go to the receipt."""
    store = wiring().store
    to_receipt = redirect(url_for("sign.receipt", launch_id=entrance.launch_id, plan_id=kept.plan_id), 303)
    if not store.claim_write(kept.id):
        return to_receipt
    try:
        receipt = _write(entrance, kept)
    except LoadpathError as error:
        log.warning(
            "not written", extra={"event": type(error).__name__, "plan": kept.plan_id, "reference": g.reference}
        )
        store.save_receipt(kept.id, {"problem": f"{error} {error.next_step}"}, complete=False)
        return to_receipt
    except BaseException:
        store.release_write(kept.id)
        raise
    store.save_receipt(kept.id, {"receipt": to_json(receipt)}, complete=receipt.complete)
    if receipt.complete:
        # The edits stay: with them today's proposal is the plan on record, and there is nothing new to sign.
        readings().start(entrance.launch_id, entrance.connection)  # the next look shows the plan as being there
    return to_receipt


def _write(entrance: Entrance, kept: Any) -> Receipt:
    made = wiring()
    signed = from_json(SignedPlan, kept.record["signed"])
    capabilities = made.capabilities.of(entrance.issuer)
    one_step = capabilities.transaction or not capabilities.declared
    encounter = kept.record["encounter"]
    return (writing.write if one_step else writing.write_in_order)(
        readings().client(entrance.launch_id, entrance.connection),
        signed, made.knowledge, entrance.connection.iss, made.settings.base_url,
        encounter=f"Encounter/{encounter}" if encounter else "",
        previous=kept.record["previous"] or None,
        by_tag=writing.without_identifier_search(capabilities.search_parameters),
    )  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One artifact of the receipt in words."""

    kind: str
    title: str
    identifier: str
    rung: str
    state: str
    reference: str
    version: str
    detail: str
    link: str


@sign.get("/l/<launch_id>/receipt/<plan_id>")
def receipt(launch_id: str, plan_id: str) -> ResponseReturnValue:
    """What landed where; ``copy=text`` or ``copy=json`` gives the signed plan to take along."""
    entrance = enter(launch_id)
    kept = wiring().store.signature_of(entrance.patient_key, plan_id)
    read = readings().load(launch_id)
    if kept is None or read is None:
        raise NotFound
    signed = from_json(SignedPlan, kept.record["signed"])
    if kind := request.args.get("copy"):
        return _copy(kind, signed, entrance)
    told = kept.receipt or {}
    made = from_json(Receipt, told["receipt"]) if "receipt" in told else None
    visit = look(entrance, read)
    complete = bool(made and made.complete)
    return page_of_launch(
        "receipt.html", launch_id, view=patient_shown(visit, "Written to the chart." if complete else ""),
        complete=complete, active=signed.active, plan_id=plan_id, problem=_problem(kept, told),
        signed_by=signed.signer.name or signed.signer.reference,
        signed_at=f"{signed.signed_at.astimezone():%Y-%m-%d %H:%M}",
        artifacts=tuple(_lines(made.artifacts if made else (), entrance)),
        back=url_for("review.review", launch_id=launch_id),
    )  # fmt: skip


def _problem(kept: Any, told: Mapping[str, Any]) -> str:
    if kept.state == "writing":
        return "It is being written at this moment. Look again in a few seconds."
    return str(told.get("problem", ""))


def _lines(artifacts: tuple[Written, ...], entrance: Entrance) -> Iterator[Line]:
    for a in sorted(artifacts, key=lambda a: ORDER.index(a.kind) if a.kind in ORDER else len(ORDER)):
        yield Line(
            a.kind, a.title, a.identifier, RUNGS.get(a.rung, a.rung), STATES.get(a.state, a.state), a.reference,
            a.version, a.detail, chart_link(entrance.issuer, a.reference, entrance.patient),
        )  # fmt: skip


def _copy(kind: str, signed: SignedPlan, entrance: Entrance) -> ResponseReturnValue:
    if kind == "text":
        body, mimetype, ending = plan_text(signed), "text/plain; charset=utf-8", "txt"
    elif kind == "json":
        bundle = writing.proposal_bundle(signed.proposal, wiring().knowledge)
        body, mimetype, ending = json.dumps(bundle, indent=2, ensure_ascii=False), "application/fhir+json", "json"
    else:
        raise NotFound
    note(audit.exported, entrance.connection, signed.plan_id, mimetype.partition(";")[0])
    response = Response(body, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="loadpath-{signed.plan_id[:8]}.{ending}"'
    return response
