"""What a clinician knows that the chart does not say -> kept with name and date; it changes the plan at once."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from smartapp.core.chart import Attestation
from smartapp.core.kinds import AttestationName
from smartapp.core.permissions import check_can_state_fact
from smartapp.core.review.results import EnteredResult
from smartapp.errors import ReviewError
from smartapp.fhir import audit_event as audit
from smartapp.web.audit import note
from smartapp.web.catalog import _
from smartapp.web.limit_answers import LONGEST, StatedLimit, check_counts, check_stated, outdoes
from smartapp.web.results import entry_card, stated_result
from smartapp.web.review import back_to_review, open_to_edit
from smartapp.web.review_context import TEST_RESULT, ReviewContext, attestations
from smartapp.web.review_page import render_review
from smartapp.web.wiring import wiring

statements = Blueprint("statements", __name__)
CARD: Final = "attest"  # the part of the page where statements stand that answer no limit


@statements.post("/l/<launch_id>/attest")
def attest(launch_id: str) -> ResponseReturnValue:
    """State or withdraw one fact the chart does not say."""
    context = open_to_edit(launch_id, check_can_state_fact)
    try:
        name = AttestationName(request.form.get("name", ""))
    except ValueError:
        raise BadRequest from None
    if request.form.get("withdraw") == "yes":
        _withdraw(context, name, request.form.get("value", ""))
        return back_to_review(launch_id, "withdrawn")
    try:
        stated = _stated(name, wiring().today())
        said = _checked(stated, context)
    except ReviewError as error:
        problem = (request.form.get("limit") or CARD, str(error))
        return render_review(context, str(error), warning=True, problem=problem), 422
    _keep(context, said, stated.basis)
    return back_to_review(launch_id, "attested")


@statements.post("/l/<launch_id>/result", endpoint="result")
def enter_result(launch_id: str) -> ResponseReturnValue:
    """Enter the result of a test, or withdraw one. The same test of the same day entered again replaces it."""
    context = open_to_edit(launch_id, check_can_state_fact)
    if withdrawn := request.form.get("withdraw"):
        _withdraw_results(context, [each for each in context.results if each.id == withdrawn])
        return back_to_review(launch_id, "withdrawn")
    try:
        said = stated_result(request.form, context)
    except ReviewError as error:
        return render_review(context, str(error), warning=True, problem=(entry_card(request.form), str(error))), 422
    kept = {"name": TEST_RESULT, "test": said.test, "value": f"{said.value:f}", "on": said.on.isoformat()}
    kept |= {key: text for key, text in (("site", said.site or ""), ("basis", said.basis), ("aid", said.aid)) if text}
    made = wiring()
    same = [each for each in context.results if (each.test, each.site, each.on) == (said.test, said.site, said.on)]
    with made.store.transaction():
        _withdraw_results(context, same)
        note(audit.attestation_event, context.session.connection, False)
        made.store.records.attest(
            context.session.patient_key, {**kept, "by": said.by, "reference": context.signer.reference}
        )
    return back_to_review(launch_id, "entered")


def _withdraw_results(context: ReviewContext, results: Iterable[EnteredResult]) -> None:
    made = wiring()
    with made.store.transaction():
        for each in results:
            made.store.records.withdraw(
                context.session.patient_key, each.id, context.signer.name or context.signer.reference
            )
            note(audit.attestation_event, context.session.connection, True)


def _stated(name: AttestationName, today: date) -> StatedLimit:
    form = request.form
    said = {key: form.get(key, "").strip() for key in ("limit", "amount", "side", "record")}
    return StatedLimit(name, _day(form.get("on", ""), today), basis=form.get("basis", "").strip()[:LONGEST], **said)


def _checked(stated: StatedLimit, context: ReviewContext) -> Attestation:
    made = wiring()
    check_stated(stated, context.assessment.constraints, made.knowledge.constraints)
    said = Attestation(stated.name, stated.on, context.signer.name or context.signer.reference, value=stated.value)
    check_counts(stated, said, context.chart, made.today(), made.knowledge)
    return said


def _keep(context: ReviewContext, said: Attestation, basis: str) -> None:
    """One transaction: what it takes the place of is withdrawn, the event is noted, the statement kept."""
    made, patient = wiring(), context.session.patient_key
    kept = {"name": said.name, "on": said.on.isoformat(), "by": said.by, "reference": context.signer.reference}
    kept |= {key: text for key, text in (("value", said.value), ("basis", basis)) if text}
    with made.store.transaction():
        for stated in attestations(made, patient):
            if outdoes(said, stated.attestation):
                made.store.records.withdraw(patient, stated.id, said.by)
        note(audit.attestation_event, context.session.connection, False)
        made.store.records.attest(patient, kept)


def _withdraw(context: ReviewContext, name: AttestationName, value: str) -> None:
    made, patient = wiring(), context.session.patient_key
    with made.store.transaction():
        for stated in attestations(made, patient):
            if (stated.attestation.name, stated.attestation.value) == (name, value):
                made.store.records.withdraw(patient, stated.id, context.signer.name or context.signer.reference)
        note(audit.attestation_event, context.session.connection, True)


def _day(text: str, today: date) -> date:
    try:
        on = date.fromisoformat(text)
    except ValueError:
        raise ReviewError(_("Give the day since when it is true.")) from None
    if on > today:
        raise ReviewError(_("A statement cannot be true since a day that is still to come."))
    return on
