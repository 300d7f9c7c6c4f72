"""Signature -> what is in the chart, exactly once; the receipt says so.

The signed plan and every item of it are kept before anything leaves (the outbox); one worker at a time may write it.
Reload, back and double click therefore end at the same receipt, and opening a receipt goes on with what still waits.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, NotFound

from smartapp.archive import kept_json
from smartapp.core.fingerprint import plan_id
from smartapp.core.permissions import check_can_change, check_can_change_written, check_can_sign
from smartapp.core.proposal import SignatureKind, SignedPlan
from smartapp.core.review import approve
from smartapp.core.states import Severity
from smartapp.ehr.deliver.choices import apply_choice, try_again
from smartapp.ehr.fetched_chart import FetchedChart
from smartapp.errors import EhrUnavailable, NotPermitted, NotSupported, ReviewError
from smartapp.fhir import audit_event as audit
from smartapp.store import Signature
from smartapp.web import ledger, outbox
from smartapp.web.audit import note
from smartapp.web.catalog import Lazy, _
from smartapp.web.drafts import with_draft
from smartapp.web.follow_up import PlanToEnd, plan_to_end
from smartapp.web.headlines import headline_of
from smartapp.web.http import check_form
from smartapp.web.launch import charts
from smartapp.web.receipt import redirect_to_receipt
from smartapp.web.review import back_to_review, open_to_edit
from smartapp.web.review_alerts import alert_groups
from smartapp.web.review_context import ReviewContext, carried_from, keep_edits, load_review
from smartapp.web.review_page import render_review
from smartapp.web.sessions import LaunchSession, enter
from smartapp.web.signatures import Signed, newest_plan, plan_of, signed_of, signed_plans
from smartapp.web.signed import Lost, lost_by_the_chart, next_order, signable_again
from smartapp.web.wiring import wiring

sign = Blueprint("sign", __name__)
log = logging.getLogger("smartapp.web.sign")

REREAD_WAITS = 20.0  # seconds a signature waits for a new look at an old chart (ours)
NOT_SIGNED = Lazy("Nothing was signed.")
PERHAPS_SIGNED = Lazy(
    "Nothing was sent to the EHR, but it is not known whether your signature was kept. Open the "
    "plan again before you sign: it says what is signed."
)
SETTLE_FIRST = Lazy(
    "Settle each point to settle, or leave it open: the points left stand with your name in what is signed."
)
LOOK_AGAIN = Lazy("The chart or the plan is no longer what you looked at. Look again before you end the plan.")
REASON_NEEDED = Lazy("The chart no longer has the plan that was signed before: say why it is signed again.")


@sign.post("/l/<launch_id>/sign", endpoint="sign")
def sign_plan(launch_id: str) -> ResponseReturnValue:
    session = enter(launch_id)
    check_form(launch_id, session.patient)
    if again := request.form.get("again"):
        return _send_again(session, again)
    g.known = NOT_SIGNED
    if request.form.get("as") not in ("active", "draft"):
        raise BadRequest
    reason = request.form.get("reason", "").strip()
    before, earlier = _load_seen(launch_id), signed_plans(session)
    if kept := outbox.signed_here_before(session, request.form.get("fingerprint", "")):
        lost = lost_by_the_chart(load_review(session, before), earlier) if reason else None
        if lost is None or lost.kept.id != kept.id:
            return redirect_to_receipt(launch_id, kept.plan_id)
    context = load_review(session, _read_anew(session, before))
    lost = lost_by_the_chart(context, earlier)
    if lost and not reason:
        problem = ("sign", REASON_NEEDED)
        return render_review(context, f"{NOT_SIGNED} {REASON_NEEDED}", warning=True, problem=problem), 422
    try:
        signed = _approve(context, earlier, lost is not None)
        if signed.active and _unanswered(context):
            return render_review(
                context, f"{NOT_SIGNED} {SETTLE_FIRST}", warning=True, problem=("open", SETTLE_FIRST)
            ), 422
    except NotPermitted:
        raise
    except ReviewError as error:
        changed = _tell_changes(session, before, context)
        told = isinstance(error, NotSupported) and any(alert.text in changed for alert in context.assessment.alerts)
        said = " ".join(map(str, filter(None, (NOT_SIGNED, changed, "" if told else error, _(error.next_step)))))
        return render_review(context, said, warning=True), error.status
    return _deliver(session, _keep(context, signed, lost, reason))


@sign.post("/l/<launch_id>/end", endpoint="end")
def end_plan(launch_id: str) -> ResponseReturnValue:
    """The plan that runs ends with the outcome the page showed: signed, and written to its own record (FU18)."""
    session = enter(launch_id)
    check_form(launch_id, session.patient)
    g.known = NOT_SIGNED
    before, earlier = _load_seen(launch_id), signed_plans(session)
    last = newest_plan(earlier)
    if last and last.opened and last.opened.signed.signs is SignatureKind.END:
        return redirect_to_receipt(launch_id, last.kept.plan_id)
    context = load_review(session, _read_anew(session, before))
    check_can_sign(context.signer, active=True)
    ending = plan_to_end(context, earlier)
    if ending is None or request.form.get("fingerprint", "") != context.revised.fingerprint:
        return render_review(context, f"{NOT_SIGNED} {LOOK_AGAIN}", warning=True), 409
    return _deliver(session, _keep(context, _ended(context, ending), None, ""))


def _ended(context: ReviewContext, ending: PlanToEnd) -> SignedPlan:
    """Known by the plan it ends: pressing twice ends it once."""
    proposal, patient = context.revised, context.chart.patient.reference
    id_ = plan_id(patient, context.session.connection.iss, f"end-of-{ending.care_plan}")
    return SignedPlan(
        proposal, proposal.decisions, context.signer, wiring().now(), True, id_,
        replaces=ending.care_plan, replaces_request=ending.order, signs=SignatureKind.END, care_plan=ending.care_plan,
        outcome=ending.outcome,
    )  # fmt: skip


@sign.post("/l/<launch_id>/draft", endpoint="draft")
def open_draft(launch_id: str) -> ResponseReturnValue:
    """Go on with a draft somebody saved: its edits become this person's, to be looked at and signed."""
    context = open_to_edit(launch_id, check_can_change)
    keep_edits(context.session, with_draft(context), carried_from(context.session))
    return back_to_review(launch_id, "opened")


def _keep(context: ReviewContext, signed: SignedPlan, lost: Lost | None, reason: str) -> Signature:
    """The signature, kept before anything leaves; that of a plan the chart has lost makes room for it."""
    session, store = context.session, wiring().store
    record, items = outbox.record_for(context, signed, lost, reason)
    g.known = PERHAPS_SIGNED
    with store.transaction():
        if lost:
            store.records.release(lost.kept.id)
        store.knowledge.keep(*outbox.knowledge_signed_with())
        kept: Signature = store.records.sign(
            session.launch_id, session.patient_key, signed.plan_id,
            signed.plan_id if signed.signs is SignatureKind.END else signed.proposal.fingerprint,
            kept_json(record), [item.to_row() for item in items],
        )  # fmt: skip
        if kept.new:
            ledger.await_order(kept, record, items)
            if signed.signs is SignatureKind.END:
                ledger.end_kept(record)
            note(audit.signature_event, session.connection, kept.plan_id, signed.active, reason if lost else "")
    log.info("signed", extra={"event": "signed", "plan": kept.plan_id, "reference": g.reference})
    return kept


def _approve(context: ReviewContext, earlier: Sequence[Signed], lost: bool) -> SignedPlan:
    active = request.form.get("as") == "active" and request.form.get("save") != "draft"
    signed = approve(
        context.revised, context.decisions, context.signer, request.form.get("fingerprint", ""), wiring().now(),
        active, knowledge=wiring().knowledge, fhir_base=context.session.connection.iss,
        retracted=signable_again(earlier, context.revised, active, lost),
    )  # fmt: skip
    plan, order = context.current("CarePlan"), context.current("ServiceRequest")
    goes_on = next_order(context, earlier) if active else ""
    ticked = request.form.getlist("open")
    points = alert_groups(context.assessment).points
    return replace(
        signed,
        left_open=tuple(told for point in points if point.key in ticked for told in point.told),
        replaces=plan.source.reference if plan and plan.identifier != signed.plan_id and not goes_on else "",
        replaces_request=order.source.reference if order and not order.identifier.startswith(signed.plan_id) else "",
        signs=SignatureKind.ORDER if goes_on else SignatureKind.PLAN,
        care_plan=goes_on,
    )


def _unanswered(context: ReviewContext) -> bool:
    """Whether a point is neither settled nor left open by a tick."""
    return not {point.key for point in alert_groups(context.assessment).points} <= {*request.form.getlist("open")}


def _load_seen(launch_id: str) -> FetchedChart:
    """The chart the page was made of."""
    read = charts().load(launch_id)
    if read is None:
        raise ReviewError(_("The chart is not there yet."))
    return read


def _read_anew(session: LaunchSession, read: FetchedChart) -> FetchedChart:
    """The chart, read again if what was seen is older than the site allows. Raises EhrUnavailable."""
    made = wiring()
    if made.clock() - read.at <= made.settings.chart_fresh_seconds:
        return read
    future = charts().start(session.launch_id, session.connection)
    try:
        return future.result(timeout=REREAD_WAITS)
    except TimeoutError:
        raise EhrUnavailable(_("The chart could not be read again before signing.")) from None


def _tell_changes(session: LaunchSession, before: FetchedChart, now: ReviewContext) -> str:
    """What the chart says now that it did not say when the person looked, as far as it decides about the plan."""
    if before is now.read:
        return ""
    old, new = load_review(session, before).assessment, now.assessment
    known = {(alert.code, alert.text) for alert in old.alerts}
    told = [a.text for a in new.alerts if (a.code, a.text) not in known and a.severity is not Severity.INFO]
    if headline_of(old) != headline_of(new):
        titles = [headline_of(each).title for each in (old, new)]
        told.append(_("It was: %(was)s. It is: %(now)s.", was=titles[0], now=titles[1]))
    return " ".join((_("The chart has changed since you looked:"), *told)) if told else ""


def _send_again(session: LaunchSession, signed_id: str) -> ResponseReturnValue:
    one = plan_of(session, signed_id)
    if one is None:
        raise NotFound
    check_can_change_written(load_review(session, _load_seen(session.launch_id)).signer)
    apply_choice(wiring().store.outbox, one.kept.id, try_again)
    return redirect_to_receipt(session.launch_id, signed_id)


def _deliver(session: LaunchSession, kept: Signature) -> ResponseReturnValue:
    """Write what was signed, unless another request does; in every case, go to the receipt."""
    progress = outbox.send(session.launch_id, session.connection, signed_of(kept))
    if progress.complete:
        # The edits stay: with them today's proposal is the plan on record, and there is nothing new to sign.
        charts().start(session.launch_id, session.connection)  # the next look shows the plan as being there
    return redirect_to_receipt(session.launch_id, kept.plan_id)
