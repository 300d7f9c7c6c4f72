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

from smartapp.core.assessment import Severity
from smartapp.core.permissions import can_change_written, can_retract, check_can_change_written
from smartapp.core.proposal import SignedPlan
from smartapp.core.review import approve
from smartapp.ehr.deliver.choices import again, choose
from smartapp.ehr.deliver.delivery import Progress, steps_of
from smartapp.ehr.deliver.items import OutboxItem, WriteStatus, landed
from smartapp.ehr.deliver.retract import RETRACT
from smartapp.errors import EhrUnavailable, NotPermitted, NotSupported, ReviewError
from smartapp.fhir import audit_event as audit
from smartapp.fhir.build.supersede import goal_ids
from smartapp.store import Signature
from smartapp.web import downloads, outbox
from smartapp.web.audit import note
from smartapp.web.http import check_form
from smartapp.web.launch import readings
from smartapp.web.pages import render_launch_page
from smartapp.web.reading import Read, failure
from smartapp.web.review_context import ReviewContext, load_review
from smartapp.web.review_page import patient_banner, render_review
from smartapp.web.sessions import LaunchSession, enter
from smartapp.web.signed import (
    UNDELIVERED,
    FractureStatus,
    Lost,
    Signed,
    Where,
    answered,
    history,
    lost_by_the_chart,
    moment,
    newest,
    no_longer_standing,
    obstacle,
    plan_of,
    signed_of,
    standing,
)
from smartapp.web.wiring import wiring
from smartapp.web.words import DISPOSITIONS

sign = Blueprint("sign", __name__)
log = logging.getLogger("smartapp.web.sign")

REREAD_WAITS = 20.0  # seconds a signature waits for a new look at an old chart (ours)
REFRESH = 10  # seconds after which a receipt of which something waits looks again (ours)
NOT_SIGNED = "Nothing was signed."
PERHAPS_SIGNED = (
    "Nothing was sent to the EHR, but it is not known whether your signature was kept. Open the plan again before you "
    "sign: it says what is signed."
)
REASON_NEEDED = "The chart no longer has the plan that was signed before: say why it is signed again."


@sign.post("/l/<launch_id>/sign", endpoint="sign")
def sign_plan(launch_id: str) -> ResponseReturnValue:
    session = enter(launch_id)
    check_form(launch_id, session.patient)
    if plan_id := request.form.get("again"):
        return _send_again(session, plan_id)
    g.known = NOT_SIGNED
    if request.form.get("as") not in ("active", "draft"):
        raise BadRequest
    reason = request.form.get("reason", "").strip()
    before, earlier = _seen(launch_id), history(session)
    if kept := outbox.signed_here_before(session, request.form.get("fingerprint", "")):
        lost = lost_by_the_chart(load_review(session, before), earlier) if reason else None
        if lost is None or lost.kept.id != kept.id:
            return _to_receipt(launch_id, kept.plan_id)
    context = load_review(session, _fresh(session, before))
    lost = lost_by_the_chart(context, earlier)
    if lost and not reason:
        problem = ("sign", REASON_NEEDED)
        return render_review(context, f"{NOT_SIGNED} {REASON_NEEDED}", warning=True, problem=problem), 422
    try:
        signed = _approve(context, earlier, lost is not None)
    except NotPermitted:
        raise
    except ReviewError as error:
        changed = _changed(session, before, context)
        told = isinstance(error, NotSupported) and any(alert.text in changed for alert in context.assessment.alerts)
        said = " ".join(filter(None, (NOT_SIGNED, changed, "" if told else str(error), error.next_step)))
        return render_review(context, said, warning=True), error.status
    return _deliver(session, _kept(context, signed, lost, reason))


def _kept(context: ReviewContext, signed: SignedPlan, lost: Lost | None, reason: str) -> Signature:
    """The signature, kept before anything leaves; that of a plan the chart has lost makes room for it."""
    session, store = context.session, wiring().store
    record, rows = outbox.record_for(session, signed, _replaced(context, signed), lost, reason)
    g.known = PERHAPS_SIGNED
    with store.transaction():
        if lost:
            store.records.release(lost.kept.id)
        kept = store.records.sign(
            session.launch_id, session.patient_key, signed.plan_id, signed.proposal.fingerprint, record, rows
        )
        if kept.new:
            note(audit.signed, session.connection, kept.plan_id, signed.active, reason if lost else "")
    log.info("signed", extra={"event": "signed", "plan": kept.plan_id, "reference": g.reference})
    return kept


def _approve(context: ReviewContext, earlier: Sequence[Signed], lost: bool) -> SignedPlan:
    active = request.form.get("as") == "active"
    signed = approve(
        context.revised, context.decisions, context.signer, request.form.get("fingerprint", ""), wiring().now(),
        active, knowledge=wiring().knowledge, fhir_base=context.session.connection.iss,
        retracted=no_longer_standing(earlier, context.revised, active, lost),
    )  # fmt: skip
    plan, order = context.current("CarePlan"), context.current("ServiceRequest")
    return replace(
        signed,
        replaces=plan.source.reference if plan and plan.identifier != signed.plan_id else "",
        replaces_request=order.source.reference if order and not order.identifier.startswith(signed.plan_id) else "",
    )


def _seen(launch_id: str) -> Read:
    """The chart the page was made of."""
    read = readings().load(launch_id)
    if read is None:
        raise ReviewError("The chart is not there yet.")
    return read


def _fresh(session: LaunchSession, read: Read) -> Read:
    """The chart, read again if what was seen is older than the site allows. Raises EhrUnavailable."""
    made = wiring()
    if made.clock() - read.at <= made.settings.chart_fresh_seconds:
        return read
    future = readings().start(session.launch_id, session.connection)
    try:
        return future.result(timeout=REREAD_WAITS)
    except TimeoutError:
        raise EhrUnavailable("The chart could not be read again before signing.") from None


def _changed(session: LaunchSession, before: Read, now: ReviewContext) -> str:
    """What the chart says now that it did not say when the person looked, as far as it decides about the plan."""
    if before is now.read:
        return ""
    old, new = load_review(session, before).assessment, now.assessment
    known = {(alert.code, alert.text) for alert in old.alerts}
    told = [a.text for a in new.alerts if (a.code, a.text) not in known and a.severity is not Severity.INFO]
    if old.disposition is not new.disposition:
        titles = [DISPOSITIONS[each.disposition].title for each in (old, new)]
        told.append(f"It was “{titles[0]}”, it is “{titles[1]}”.")
    return " ".join(("The chart has changed since you looked:", *told)) if told else ""


def _replaced(context: ReviewContext, signed: SignedPlan) -> list[dict[str, Any]]:
    """The records this plan ends, as the signer saw them: their versions guard the update."""
    wanted = {signed.replaces, signed.replaces_request} - {""}
    old = [r for r in context.read.wave.resources if f"{r.get('resourceType')}/{r.get('id')}" in wanted]
    goals = goal_ids(old)
    return old + [r for r in context.read.wave.resources if r.get("resourceType") == "Goal" and r.get("id") in goals]


def _send_again(session: LaunchSession, plan_id: str) -> ResponseReturnValue:
    one = plan_of(session, plan_id)
    if one is None:
        raise NotFound
    check_can_change_written(load_review(session, _seen(session.launch_id)).signer)
    choose(wiring().store.outbox, one.kept.id, again)
    return _to_receipt(session.launch_id, plan_id)


def _deliver(session: LaunchSession, kept: Signature) -> ResponseReturnValue:
    """Write what was signed, unless another request does; in every case, go to the receipt."""
    progress = outbox.send(session.launch_id, session.connection, signed_of(kept))
    if progress.complete:
        # The edits stay: with them today's proposal is the plan on record, and there is nothing new to sign.
        readings().start(session.launch_id, session.connection)  # the next look shows the plan as being there
    return _to_receipt(session.launch_id, kept.plan_id)


def _to_receipt(launch_id: str, plan_id: str) -> ResponseReturnValue:
    return redirect(url_for("sign.receipt", launch_id=launch_id, plan_id=plan_id), 303)


@sign.get("/l/<launch_id>/receipt/<plan_id>")
def receipt(launch_id: str, plan_id: str) -> ResponseReturnValue:
    """What landed where; goes on with what waits. ``copy=text``, ``pdf``, ``json`` or ``receipt`` is to take along."""
    session = enter(launch_id)
    one = plan_of(session, plan_id)
    if one is None:
        raise NotFound
    signed = one.record.signed
    if kind := request.args.get("copy"):
        return _copy(kind, one, session)
    read = readings().load(launch_id)
    if read is None:
        raise failure(session.kept.reading) or NotFound()
    context = load_review(session, read)
    one, problem = _gone_on(context, one)
    taken_back = steps_of(wiring().store.outbox, one.kept.id, RETRACT)
    if not landed(taken_back) and can_change_written(context.signer):
        taken_back = outbox.send(launch_id, session.connection, one, RETRACT).steps
    last = newest(history(session))
    stands = standing(context, one, last is not None and last.kept.id == one.kept.id)
    waits = stands.where in UNDELIVERED and one.goes_on
    return render_launch_page(
        "receipt.html", launch_id, view=patient_banner(context, _said(stands, taken_back)),
        stands=stands, answered=answered(one), in_chart=stands.where in (Where.THERE, Where.NOTE), active=signed.active,
        ordered=_ordered(one.steps), plan_id=plan_id, problem=problem,
        signed_by=signed.signer.name or signed.signer.reference,
        signed_at=f"{signed.signed_at.astimezone():%Y-%m-%d %H:%M}",
        artifacts=tuple(outbox.lines(one.steps, session, bool(stands.gone))), again_because=one.record.reason,
        taken_back=tuple(outbox.lines(taken_back, session)), taken_back_whole=landed(taken_back),
        by_hand=_any(one.steps, WriteStatus.MANUAL), conflict=_any(one.steps, WriteStatus.CONFLICT),
        failed=_any(one.steps, WriteStatus.FAILED), doubtful=_any(one.steps, WriteStatus.DOUBTFUL),
        doubtful_back=_any(taken_back, WriteStatus.DOUBTFUL),
        refresh=REFRESH if waits else 0, looked=moment(wiring().clock()),
        may_change=can_change_written(context.signer), may_take_back=can_retract(context.signer) and bool(one.steps),
        by_hand_back=_any(taken_back, WriteStatus.MANUAL), conflict_back=_any(taken_back, WriteStatus.CONFLICT),
        copies=downloads.COPIES, back=url_for("review.review", launch_id=launch_id),
    )  # fmt: skip


def _gone_on(context: ReviewContext, one: Signed) -> tuple[Signed, str]:
    """The plan after going on with what waits of it, and what is in the way, in words."""
    session = context.session
    if landed(one.steps) and not one.goes_on:
        return one, ""
    if held := obstacle(context, one, newest(history(session))):
        return one, held
    if one.kept.launch_id != session.launch_id:
        outbox.carry(session, one)
    progress = outbox.send(session.launch_id, session.connection, one)
    if progress.complete:
        readings().start(session.launch_id, session.connection)
    return signed_of(one.kept), _problem(progress)


def _said(stands: FractureStatus, taken_back: Sequence[OutboxItem]) -> str:
    return "Written to the chart." if stands.where in (Where.THERE, Where.NOTE) and not taken_back else ""


def _ordered(steps: Sequence[OutboxItem]) -> bool:
    """Whether the EHR holds the referral as an order of its own, not only in words."""
    return any(step.reference.startswith("ServiceRequest/") and not step.ends_something for step in steps)


def _any(steps: Sequence[OutboxItem], landing: WriteStatus) -> bool:
    return any(step.landing is landing for step in steps)


def _problem(progress: Progress) -> str:
    if progress.busy:
        return (
            "It is being written at this moment. Look again in a few seconds; should the server that writes it have "
            "stopped, it goes on by itself in little more than a minute."
        )
    return progress.problem


def _copy(kind: str, one: Signed, session: LaunchSession) -> ResponseReturnValue:
    made = downloads.download(kind, one, session)
    if made is None:
        raise NotFound
    plan_id = one.kept.plan_id
    note(audit.exported, session.connection, plan_id, made.media.partition(";")[0])
    response = Response(made.body, mimetype=made.media)
    response.headers["Content-Disposition"] = f'attachment; filename="loadpath-{plan_id[:8]}{made.ending}"'
    return response
