"""The review page and every edit on it: look, attest, decide, undo, read again. Nothing here writes to the EHR."""

import time
from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from smartapp.core.kinds import Site
from smartapp.core.permissions import check_can_change, check_can_state_fact
from smartapp.core.proposal import Choice, Decision, Signer
from smartapp.core.review import check_decision
from smartapp.core.review.answers import key_of
from smartapp.ehr.fetched_chart import FetchedChart
from smartapp.ehr.launch.connection import finding_of
from smartapp.errors import EhrUnavailable, ReviewError
from smartapp.fhir import audit_event as audit
from smartapp.web.audit import note
from smartapp.web.catalog import Lazy, _
from smartapp.web.charts import failure
from smartapp.web.follow_up import with_carried
from smartapp.web.http import check_form
from smartapp.web.launch import charts
from smartapp.web.outbox import take_up
from smartapp.web.review_alerts import anchor_of
from smartapp.web.review_context import (
    FOUND_VALUE,
    ReviewContext,
    answers,
    carried_from,
    keep_edits,
    load_review,
    with_decision,
    with_decisions,
    without_item,
)
from smartapp.web.review_facts import found_readings
from smartapp.web.review_page import render_review
from smartapp.web.sessions import LaunchSession, enter
from smartapp.web.wiring import wiring

review = Blueprint("review", __name__)

PAGE_WAITS = 1.5  # seconds the page waits for the chart before it shows progress (ours)
LOOK_AGAIN = 0.2  # seconds from an answer, for which the progress page waited, to its next look (ours)
REREAD_WAITS = 20.0  # seconds a person waits who asked for a new look at the chart (ours)

FOUND = MappingProxyType({"use": "confirmed", "leave": "left-out", "withdraw": "withdrawn"})
DONE: Mapping[str, str] = MappingProxyType(
    {
        "confirmed": Lazy("Confirmed with your name and date. The plan was derived again."),
        "left-out": Lazy("Left out: the value is not used."),
        "entered": Lazy("The result is recorded with your name and date. The plan was derived again."),
        "attested": Lazy("Your statement is recorded. The plan was derived again."),
        "withdrawn": Lazy("The statement is withdrawn. The plan was derived again."),
        "changed": Lazy("Your change is in the plan."),
        "dropped": Lazy("Dropped from the plan."),
        "undone": Lazy("Undone: the plan says again what was suggested."),
        "refreshed": Lazy("The chart was read again."),
        "opened": Lazy("The edits of the draft are in the plan. Nothing is signed yet."),
    }
)


@review.get("/l/<launch_id>/", endpoint="review")
def show_review(launch_id: str) -> ResponseReturnValue:
    session = enter(launch_id)
    if "again" in request.args:
        charts().start(launch_id, session.connection)
        return redirect(url_for("review.review", launch_id=launch_id), 303)
    read = wait_for_chart(session, PAGE_WAITS)
    if read is None:
        return _progress(session)
    if "look" in request.args:
        return "", 204  # the page that waits opens the plan itself: it is made once
    context = with_carried(load_review(session, read))
    take_up(context, PAGE_WAITS)
    if finding := request.args.get("finding"):  # once: the page that is then shown has an address of its own
        anchor = anchor_of(finding, context.assessment)
        return redirect(url_for("review.review", launch_id=launch_id, _anchor=anchor or None), 303)
    return render_review(context, DONE.get(request.args.get("did", ""), ""))


def wait_for_chart(session: LaunchSession, seconds: float) -> FetchedChart | None:
    """The chart, if it is there or comes in time, whichever worker reads it. Raises what made the reading fail."""
    here, give_up = charts(), time.monotonic() + seconds
    if session.kept.chart_at is not None and (read := here.load(session.launch_id)):
        return read
    if read := here.wait(session.launch_id, seconds):
        return read
    if error := failure(session.kept.reading):
        raise error
    if here.is_lost(session.kept.reading):
        here.start(session.launch_id, session.connection)
        return here.wait(session.launch_id, max(0.0, give_up - time.monotonic()))
    while time.monotonic() < give_up:
        if read := here.load(session.launch_id):
            return read
        time.sleep(0.1)
    return here.load(session.launch_id)


def _progress(session: LaunchSession) -> ResponseReturnValue:
    noted = (session.kept.reading or {}).get("parts")
    parts = noted if isinstance(noted, dict) else {}
    lines = [
        {
            "label": label,
            "arrived": label in parts,
            "count": parts.get(label, [0, ""])[0],
            "problem": parts.get(label, [0, ""])[1],
        }
        for label in dict.fromkeys(search[0] for search in charts().searches)
    ]
    finding = finding_of({"finding": request.args.get("finding")})
    page = partial(url_for, "review.review", launch_id=session.launch_id, finding=finding or None)
    return render_template(
        "progress.html", ehr=session.issuer.title, parts=lines, done=sum(bool(line["arrived"]) for line in lines),
        total=len(lines), every=LOOK_AGAIN, here=page(), look=page(look=1), finding=finding,
    )  # fmt: skip


def open_to_edit(launch_id: str, check: Callable[[Signer], None]) -> ReviewContext:
    """The review a form changes. Raises for a foreign form, NotPermitted from ``check``."""
    session = enter(launch_id)
    check_form(launch_id, session.patient)
    read = charts().load(launch_id)
    if read is None:
        raise ReviewError(_("The chart is not there yet."))
    context = load_review(session, read)
    check(context.signer)
    return context


def back_to_review(launch_id: str, done: str) -> ResponseReturnValue:
    anchor = request.form.get("back", "")
    safe = anchor if anchor.replace("-", "").replace("_", "").isalnum() else None
    return redirect(url_for("review.review", launch_id=launch_id, did=done, _anchor=safe), 303)


@review.post("/l/<launch_id>/found", endpoint="found")
def found_value(launch_id: str) -> ResponseReturnValue:
    """Confirm or leave out a value found in a report's words, or withdraw what was said of it."""
    context = open_to_edit(launch_id, check_can_state_fact)
    made, patient = wiring(), context.session.patient_key
    key, choice = request.form.get("key", ""), request.form.get("choice", "")
    offer = next((offer for offer in context.offers if key_of(offer) == key), None)
    site = request.form.get("site", "")
    known = offer is not None or key in {each.key for each in found_readings(context) if not each.counts}
    if not known or choice not in FOUND or site not in ("", *Site):
        raise BadRequest
    said = context.signer.name or context.signer.reference
    with made.store.transaction():
        for kept in answers(made, patient):
            if kept.answer.key == key:
                made.store.records.withdraw(patient, kept.id, said)
        note(audit.attestation_event, context.session.connection, choice == "withdraw")
        if choice != "withdraw":
            made.store.records.attest(patient, {
                "name": FOUND_VALUE, "key": key, "accepted": choice == "use",
                "site": site if offer and not offer.site else "", "by": said, "reference": context.signer.reference,
            })  # fmt: skip
    return back_to_review(launch_id, FOUND[choice])


@review.post("/l/<launch_id>/decide")
def decide(launch_id: str) -> ResponseReturnValue:
    """Change or drop one item of the plan. A refusal comes back as the page, with the sentence at the item."""
    context = open_to_edit(launch_id, check_can_change)
    form = request.form
    try:
        choice = Choice(form.get("choice", ""))
    except ValueError:
        raise BadRequest from None
    item = form.get("item", "")
    if choice is Choice.DROP and not item.startswith("dose."):
        item = item.partition(".")[0]
    new = Decision(item, choice, form.get("value", "").strip(), form.get("reason", "").strip())
    others = without_item(context.decisions, item) if choice is Choice.DROP else tuple(
        d for d in context.decisions if d.item != item
    )  # fmt: skip
    try:
        check_decision(with_decisions(context, others).revised, new, wiring().knowledge)
    except ReviewError as error:
        shown = item if item.startswith("dose.") else item.partition(".")[0]
        return render_review(context, str(error), warning=True, problem=(shown, str(error))), 422
    _keep(context, with_decision(others, new))
    return back_to_review(launch_id, "dropped" if choice is Choice.DROP else "changed")


@review.post("/l/<launch_id>/undo")
def undo(launch_id: str) -> ResponseReturnValue:
    context = open_to_edit(launch_id, check_can_change)
    _keep(context, without_item(context.decisions, request.form.get("item", "")))
    return back_to_review(launch_id, "undone")


def _keep(context: ReviewContext, decisions: tuple[Decision, ...]) -> None:
    keep_edits(context.session, decisions, carried_from(context.session))


@review.post("/l/<launch_id>/refresh")
def refresh(launch_id: str) -> ResponseReturnValue:
    """Read the chart again now."""
    session = enter(launch_id)
    check_form(launch_id, session.patient)
    try:
        charts().start(launch_id, session.connection).result(timeout=REREAD_WAITS)
    except TimeoutError:
        raise EhrUnavailable(
            _("The chart could not be read again in time. The plan is still the one you saw.")
        ) from None
    return back_to_review(launch_id, "refreshed")
