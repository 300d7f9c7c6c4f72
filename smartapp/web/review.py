"""The review page and every edit on it: look, attest, decide, undo, read again. Nothing here writes to the EHR."""

import json
import time
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, NotFound

from smartapp.core.chart import AttestationName, Site
from smartapp.core.proposal import Choice, Decision, Role
from smartapp.core.review import check_decision
from smartapp.core.review.confirmation import key_of
from smartapp.ehr.fetched_chart import FetchedChart
from smartapp.errors import EhrUnavailable, NotPermitted, ReviewError
from smartapp.fhir import audit_event as audit
from smartapp.web.audit import note
from smartapp.web.charts import failure
from smartapp.web.guard import check_form
from smartapp.web.launch import charts
from smartapp.web.outbox import take_up
from smartapp.web.rendering import page_of_launch
from smartapp.web.review_page import page, patient_shown, source_uses
from smartapp.web.visit import (
    FOUND_VALUE,
    Entrance,
    Visit,
    answers,
    as_revised,
    chart_link,
    decision_json,
    enter,
    look,
    statements,
    told_at,
    with_decision,
    without_item,
)
from smartapp.web.wiring import wiring

review = Blueprint("review", __name__)

PAGE_WAITS = 1.5  # seconds the page waits for the chart before it shows progress (ours)
LOOK_AGAIN = 1  # seconds after which the progress page looks again (ours)
REREAD_WAITS = 20.0  # seconds a person waits who asked for a new look at the chart (ours)

FOUND = MappingProxyType({"use": "confirmed", "leave": "left-out", "withdraw": "withdrawn"})
DONE: Mapping[str, str] = MappingProxyType(
    {
        "confirmed": "Confirmed with your name and date. The plan was derived again.",
        "left-out": "Left out: the value is not used.",
        "attested": "Your statement is recorded. The plan was derived again.",
        "withdrawn": "The statement is withdrawn. The plan was derived again.",
        "changed": "Your change is in the plan.",
        "dropped": "Dropped from the plan.",
        "undone": "Undone: the plan says again what was suggested.",
        "refreshed": "The chart was read again.",
    }
)


@review.get("/l/<launch_id>/", endpoint="review")
def show(launch_id: str) -> ResponseReturnValue:
    entrance = enter(launch_id)
    if "again" in request.args:
        charts().start(launch_id, entrance.connection)
        return redirect(url_for("review.review", launch_id=launch_id), 303)
    read = arrived(entrance, PAGE_WAITS)
    if read is None:
        return _progress(entrance)
    visit = look(entrance, read)
    take_up(visit, PAGE_WAITS)
    return page(visit, DONE.get(request.args.get("did", ""), ""))


def arrived(entrance: Entrance, seconds: float) -> FetchedChart | None:
    """The chart, if it is there or comes in time, whichever worker reads it. Raises what made the reading fail."""
    here, give_up = charts(), time.monotonic() + seconds
    if entrance.session.chart_at is not None and (read := here.load(entrance.launch_id)):
        return read
    if read := here.wait(entrance.launch_id, seconds):
        return read
    if error := failure(entrance.session.reading):
        raise error
    if here.is_lost(entrance.session.reading):
        here.start(entrance.launch_id, entrance.connection)
        return here.wait(entrance.launch_id, max(0.0, give_up - time.monotonic()))
    while time.monotonic() < give_up:
        if read := here.load(entrance.launch_id):
            return read
        time.sleep(0.1)
    return here.load(entrance.launch_id)


def _progress(entrance: Entrance) -> ResponseReturnValue:
    noted = (entrance.session.reading or {}).get("parts")
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
    return render_template(
        "progress.html", ehr=entrance.issuer.title, parts=lines, done=sum(bool(line["arrived"]) for line in lines),
        total=len(lines), every=LOOK_AGAIN, here=url_for("review.review", launch_id=entrance.launch_id),
    )  # fmt: skip


def _edit(launch_id: str) -> Visit:
    """The visit a form changes. Raises for a foreign form, NotPermitted for a person who may only look."""
    entrance = enter(launch_id)
    check_form(launch_id, entrance.patient)
    read = charts().load(launch_id)
    if read is None:
        raise ReviewError("The chart is not there yet.")
    visit = look(entrance, read)
    check_edit(visit)
    return visit


def check_edit(visit: Visit) -> None:
    """Raises a sentence where this person may look, not change."""
    if visit.signer.role not in (Role.SIGNER, Role.DRAFTER):
        raise NotPermitted("The EHR did not say who you are, so nothing can be changed here.")


def _back(launch_id: str, done: str) -> ResponseReturnValue:
    anchor = request.form.get("back", "")
    safe = anchor if anchor.replace("-", "").replace("_", "").isalnum() else None
    return redirect(url_for("review.review", launch_id=launch_id, did=done, _anchor=safe), 303)


@review.post("/l/<launch_id>/attest")
def attest(launch_id: str) -> ResponseReturnValue:
    """State or withdraw one fact the chart does not say. One statement per name is in force."""
    visit = _edit(launch_id)
    try:
        name = AttestationName(request.form.get("name", ""))
    except ValueError:
        raise BadRequest from None
    made, patient = wiring(), visit.entrance.patient_key
    withdraw = request.form.get("withdraw") == "yes"
    on = date.min
    try:
        on = on if withdraw else _day(request.form.get("on", ""), made.today())
    except ReviewError as error:
        return page(visit, str(error), warning=True, problem=("attest", str(error))), 422
    said = visit.signer.name or visit.signer.reference
    stated_now = {"name": name, "on": on.isoformat(), "by": said, "reference": visit.signer.reference}
    with made.store.transaction():
        for stated in statements(made, patient):
            if stated.attestation.name is name:
                made.store.records.withdraw(patient, stated.id, said)
        note(audit.stated, visit.entrance.connection, withdraw)
        if not withdraw:
            made.store.records.attest(patient, stated_now)
    return _back(launch_id, "withdrawn" if withdraw else "attested")


@review.post("/l/<launch_id>/found", endpoint="found")
def found_value(launch_id: str) -> ResponseReturnValue:
    """Confirm or leave out a value found in a report's words, or withdraw what was said of it."""
    visit = _edit(launch_id)
    made, patient = wiring(), visit.entrance.patient_key
    key, choice = request.form.get("key", ""), request.form.get("choice", "")
    offer = next((offer for offer in visit.offered if key_of(offer) == key), None)
    site = request.form.get("site", "")
    if offer is None or choice not in FOUND or site not in ("", *Site):
        raise BadRequest
    said = visit.signer.name or visit.signer.reference
    with made.store.transaction():
        for kept in answers(made, patient):
            if kept.answer.key == key:
                made.store.records.withdraw(patient, kept.id, said)
        note(audit.stated, visit.entrance.connection, choice == "withdraw")
        if choice != "withdraw":
            made.store.records.attest(patient, {
                "name": FOUND_VALUE, "key": key, "accepted": choice == "use", "site": "" if offer.site else site,
                "by": said, "reference": visit.signer.reference,
            })  # fmt: skip
    return _back(launch_id, FOUND[choice])


def _day(text: str, today: date) -> date:
    try:
        on = date.fromisoformat(text)
    except ValueError:
        raise ReviewError("Give the day as year-month-day, for example 2026-01-31.") from None
    if on > today:
        raise ReviewError("A statement cannot be true since a day that is still to come.")
    return on


@review.post("/l/<launch_id>/decide")
def decide(launch_id: str) -> ResponseReturnValue:
    """Change or drop one item of the plan. A refusal comes back as the page, with the sentence at the item."""
    visit = _edit(launch_id)
    form = request.form
    try:
        choice = Choice(form.get("choice", ""))
    except ValueError:
        raise BadRequest from None
    item = form.get("item", "")
    if choice is Choice.DROP and not item.startswith("dose."):
        item = item.partition(".")[0]
    new = Decision(item, choice, form.get("value", "").strip(), form.get("reason", "").strip())
    others = without_item(visit.decisions, item) if choice is Choice.DROP else tuple(
        d for d in visit.decisions if d.item != item
    )  # fmt: skip
    try:
        check_decision(as_revised(visit, others).revised, new, wiring().knowledge)
    except ReviewError as error:
        shown = item if item.startswith("dose.") else item.partition(".")[0]
        return page(visit, str(error), warning=True, problem=(shown, str(error))), 422
    _keep(launch_id, with_decision(others, new))
    return _back(launch_id, "dropped" if choice is Choice.DROP else "changed")


@review.post("/l/<launch_id>/undo")
def undo(launch_id: str) -> ResponseReturnValue:
    visit = _edit(launch_id)
    _keep(launch_id, without_item(visit.decisions, request.form.get("item", "")))
    return _back(launch_id, "undone")


def _keep(launch_id: str, decisions: tuple[Decision, ...]) -> None:
    wiring().store.sessions.save_decisions(launch_id, [decision_json(decision) for decision in decisions])


@review.post("/l/<launch_id>/refresh")
def refresh(launch_id: str) -> ResponseReturnValue:
    """Read the chart again now."""
    entrance = enter(launch_id)
    check_form(launch_id, entrance.patient)
    try:
        charts().start(launch_id, entrance.connection).result(timeout=REREAD_WAITS)
    except TimeoutError:
        raise EhrUnavailable("The chart could not be read again in time. The plan is still the one you saw.") from None
    return _back(launch_id, "refreshed")


@review.get("/l/<launch_id>/source/<kind>/<id_>")
def source(launch_id: str, kind: str, id_: str) -> ResponseReturnValue:
    """One record as it was read."""
    entrance = enter(launch_id)
    read = charts().load(launch_id)
    record = next((r for r in read.resources if _is(r, kind, id_)), None) if read else None
    if read is None or record is None:
        raise NotFound
    visit = look(entrance, read)
    raw_meta = record.get("meta")
    meta: Mapping[str, Any] = raw_meta if isinstance(raw_meta, dict) else {}
    reference = f"{kind}/{id_}"
    note(audit.viewed, entrance.connection, reference)
    return page_of_launch(
        "source.html", launch_id, view=patient_shown(visit), reference=reference,
        record=json.dumps(record, indent=2, ensure_ascii=False), uses=source_uses(visit.chart, reference),
        version=meta.get("versionId"), updated=meta.get("lastUpdated"), read_at=told_at(wiring(), read.at),
        chart_link=chart_link(entrance.issuer, reference, entrance.patient),
        back=url_for("review.review", launch_id=launch_id),
    )  # fmt: skip


def _is(record: Mapping[str, Any], kind: str, id_: str) -> bool:
    return record.get("resourceType") == kind and record.get("id") == id_
