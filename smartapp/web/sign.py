"""Signature -> what is in the chart, exactly once, and the receipt that says so.

The signed plan and every step of it are kept before anything leaves (the outbox); one worker at a time may write it.
Reload, back and double click therefore end at the same receipt, and opening a receipt goes on with what still waits.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, NotFound

from smartapp.core.proposal import Role, SignedPlan
from smartapp.core.review import approve
from smartapp.ehr import audit
from smartapp.ehr.write.choices import again, choose
from smartapp.ehr.write.delivery import Progress, steps_of
from smartapp.ehr.write.retract import RETRACT
from smartapp.ehr.write.steps import Landing, Step, landed
from smartapp.ehr.write.supersede import goal_ids
from smartapp.errors import ChartChanged, EhrUnavailable, ReviewError
from smartapp.web import downloads, outbox
from smartapp.web.archive import from_json
from smartapp.web.audit import note
from smartapp.web.guard import check_form
from smartapp.web.launch import readings
from smartapp.web.reading import Read, failure
from smartapp.web.rendering import page_of_launch
from smartapp.web.review_page import page, patient_shown
from smartapp.web.visit import Entrance, Visit, check_sign, enter, look
from smartapp.web.wiring import wiring

sign = Blueprint("sign", __name__)
log = logging.getLogger("smartapp.web.sign")

REREAD_WAITS = 20.0  # seconds a signature waits for a new look at an old chart (ours)


@sign.post("/l/<launch_id>/sign", endpoint="sign")
def sign_plan(launch_id: str) -> ResponseReturnValue:
    entrance = enter(launch_id)
    check_form(launch_id, entrance.patient)
    if plan_id := request.form.get("again"):
        return _send_again(entrance, plan_id)
    if request.form.get("as") not in ("active", "draft"):
        raise BadRequest
    if kept := outbox.signed_here_before(entrance, request.form.get("fingerprint", "")):
        return _deliver(entrance, kept)
    visit = look(entrance, _fresh(entrance))
    try:
        signed = _approve(visit)
    except ChartChanged as error:
        return page(visit, f"{error} {error.next_step}", warning=True), error.status
    record, rows = outbox.record_of(entrance, signed, _replaced(visit, signed))
    store = wiring().store
    with store.together():
        kept = store.record_signature(
            launch_id, entrance.patient_key, signed.plan_id, signed.proposal.fingerprint, record, rows
        )
        if kept.new:
            note(audit.signed, entrance.connection, kept.plan_id, signed.active)
    log.info("signed", extra={"event": "signed", "plan": kept.plan_id, "reference": g.reference})
    return _deliver(entrance, kept)


def _approve(visit: Visit) -> SignedPlan:
    check_sign(visit)
    active = request.form.get("as") == "active"
    signed = approve(
        visit.revised, visit.decisions, visit.signer, request.form.get("fingerprint", ""), wiring().now(),
        active, knowledge=wiring().knowledge, fhir_base=visit.entrance.connection.iss,
        retracted=outbox.no_longer_standing(visit.entrance, visit.revised, active),
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


def _replaced(visit: Visit, signed: SignedPlan) -> list[dict[str, Any]]:
    """The records this plan ends, as the signer saw them: their versions guard the update."""
    wanted = {signed.replaces, signed.replaces_request} - {""}
    old = [r for r in visit.read.wave.resources if f"{r.get('resourceType')}/{r.get('id')}" in wanted]
    goals = goal_ids(old)
    return old + [r for r in visit.read.wave.resources if r.get("resourceType") == "Goal" and r.get("id") in goals]


def _send_again(entrance: Entrance, plan_id: str) -> ResponseReturnValue:
    kept = wiring().store.signature_of(entrance.patient_key, plan_id)
    if kept is None:
        raise NotFound
    choose(wiring().store, kept.id, again)
    return _deliver(entrance, kept)


def _deliver(entrance: Entrance, kept: Any) -> ResponseReturnValue:
    """Write what was signed, unless another request does or did; in every case, go to the receipt."""
    progress = outbox.send(entrance, kept)
    if progress.complete:
        # The edits stay: with them today's proposal is the plan on record, and there is nothing new to sign.
        readings().start(entrance.launch_id, entrance.connection)  # the next look shows the plan as being there
    return redirect(url_for("sign.receipt", launch_id=entrance.launch_id, plan_id=kept.plan_id), 303)


@sign.get("/l/<launch_id>/receipt/<plan_id>")
def receipt(launch_id: str, plan_id: str) -> ResponseReturnValue:
    """What landed where; goes on with what waits. ``copy=text``, ``pdf``, ``json`` or ``receipt`` is to take along."""
    entrance = enter(launch_id)
    store = wiring().store
    kept = store.signature_of(entrance.patient_key, plan_id)
    read = readings().load(launch_id)
    if kept is None:
        raise NotFound
    signed = from_json(SignedPlan, kept.record["signed"])
    if kind := request.args.get("copy"):
        return _copy(kind, signed, kept, entrance)
    if read is None:
        raise failure(entrance.session.reading) or NotFound()
    progress = outbox.send(entrance, kept)
    taken_back = steps_of(store, kept.id, RETRACT)
    if not landed(taken_back):
        taken_back = outbox.send(entrance, kept, RETRACT).steps
    visit = look(entrance, read)
    complete = progress.complete and not taken_back
    return page_of_launch(
        "receipt.html", launch_id, view=patient_shown(visit, "Written to the chart." if complete else ""),
        complete=complete, active=signed.active, ordered=_ordered(progress.steps), plan_id=plan_id,
        problem=_problem(progress),
        signed_by=signed.signer.name or signed.signer.reference,
        signed_at=f"{signed.signed_at.astimezone():%Y-%m-%d %H:%M}",
        artifacts=tuple(outbox.lines(progress.steps, entrance)),
        taken_back=tuple(outbox.lines(taken_back, entrance)), taken_back_whole=landed(taken_back),
        by_hand=_any(progress.steps, Landing.MANUAL), conflict=_any(progress.steps, Landing.CONFLICT),
        failed=_any(progress.steps, Landing.FAILED), doubtful=_any(progress.steps, Landing.DOUBTFUL),
        doubtful_back=_any(taken_back, Landing.DOUBTFUL),
        wait=outbox.wait_of(progress.steps), may_take_back=visit.signer.role is Role.SIGNER and bool(progress.steps),
        by_hand_back=_any(taken_back, Landing.MANUAL), conflict_back=_any(taken_back, Landing.CONFLICT),
        copies=downloads.COPIES, back=url_for("review.review", launch_id=launch_id),
    )  # fmt: skip


def _ordered(steps: Sequence[Step]) -> bool:
    """Whether the EHR holds the referral as an order of its own, not only in words."""
    return any(step.reference.startswith("ServiceRequest/") and not step.ends_something for step in steps)


def _any(steps: Sequence[Step], landing: Landing) -> bool:
    return any(step.landing is landing for step in steps)


def _problem(progress: Progress) -> str:
    if progress.busy:
        return (
            "It is being written at this moment. Look again in a few seconds; should the server that writes it have "
            "stopped, it goes on by itself in little more than a minute."
        )
    return progress.problem


def _copy(kind: str, signed: SignedPlan, kept: Any, entrance: Entrance) -> ResponseReturnValue:
    made = downloads.download(kind, signed, kept, entrance)
    if made is None:
        raise NotFound
    note(audit.exported, entrance.connection, signed.plan_id, made.media.partition(";")[0])
    response = Response(made.body, mimetype=made.media)
    response.headers["Content-Disposition"] = f'attachment; filename="loadpath-{signed.plan_id[:8]}{made.ending}"'
    return response
