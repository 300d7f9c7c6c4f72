"""For the clinician who signed: where the referral stands, and the answer to a coordinator's question."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from smartapp.core.permissions import check_can_sign
from smartapp.core.proposal import Role, Signer
from smartapp.core.referral_clocks import clocks
from smartapp.core.referral_moves import LONGEST, RECEIVER, Action, Step, moves
from smartapp.core.therapist import course_words
from smartapp.ehr.fetch import read_user_record
from smartapp.ehr.referral_orders import complete_order, may_complete
from smartapp.ehr.referral_questions import mend_questions
from smartapp.ehr.referrals import Inbox, open_referral, referrals_of
from smartapp.errors import EhrError, NotPermitted, ReviewError
from smartapp.fhir.read.user import UserRecord, read_user
from smartapp.fhir.text import as_typed
from smartapp.web.catalog import Lazy, _
from smartapp.web.http import check_form, form_token
from smartapp.web.launch import charts
from smartapp.web.link_desk import report_values
from smartapp.web.link_view import next_review
from smartapp.web.reading import client_of
from smartapp.web.referral_again import may_send_again, send_again
from smartapp.web.referral_list import inbox_line
from smartapp.web.referral_steps import make_step
from smartapp.web.report_view import not_in_chart
from smartapp.web.review_context import load_review
from smartapp.web.review_page import patient_banner
from smartapp.web.sessions import LaunchSession, check_user, enter
from smartapp.web.signatures import plan_of
from smartapp.web.wiring import wiring

referral_status = Blueprint("referral_status", __name__)
ORDER_DONE, SENT_AGAIN = "order", "again"
ANSWERED = {
    Action.ANSWER.value: Lazy("Your answer is saved to the EHR."),
    "here": Lazy("Your answer is saved. This referral is kept by Loadpath."),
    ORDER_DONE: Lazy("The order is completed in the EHR."),
    SENT_AGAIN: Lazy("The referral is sent again: it is new in the coordinators' list."),
}
TAKEN_OVER = Lazy("What the therapist told is in the referral.")


@referral_status.get("/l/<launch_id>/referral", endpoint="status")
def show_status(launch_id: str) -> ResponseReturnValue:
    """The referrals of the patient of this launch."""
    session = enter(launch_id)
    did = request.args.get("did", "")
    return _status_page(session, _role(session), ANSWERED.get(did, TAKEN_OVER if did in set(Action) else ""))


@referral_status.post("/l/<launch_id>/referral/<task_id>/answer", endpoint="answer")
def answer_question(launch_id: str, task_id: str) -> ResponseReturnValue:
    session = enter(launch_id)
    check_form(launch_id, session.patient)
    role = _role(session)
    opened = open_referral(client_of(session), task_id, wiring().systems)
    if opened.row.referral.patient != session.patient:
        raise NotFound
    step = Step(Action.ANSWER, text=as_typed(request.form.get("text", ""), 2 * LONGEST))
    outcome = make_step(session, opened, request.form.get("version", ""), step, role)
    if outcome.problem:
        return _status_page(session, role, outcome.problem, task_id), outcome.status
    return redirect(
        url_for("referral_status.status", launch_id=launch_id, did="here" if opened.row.here else step.action), 303
    )


@referral_status.post("/l/<launch_id>/referral/<task_id>/complete-order", endpoint="complete_order")
def complete_it(launch_id: str, task_id: str) -> ResponseReturnValue:
    """The order of a completed referral, by who may sign."""
    session = enter(launch_id)
    check_form(launch_id, session.patient)
    role, client = _role(session), client_of(session)
    check_can_sign(Signer(session.connection.user.reference, session.connection.user.name, role), active=True)
    referral = open_referral(client, task_id, wiring().systems).row.referral
    if referral.patient != session.patient:
        raise NotFound
    try:
        complete_order(client, referral)
    except EhrError as error:
        return _status_page(
            session, role, _("%(error)s Look at it before you repeat it.", error=error), task_id
        ), error.status
    return redirect(url_for("referral_status.status", launch_id=launch_id, did=ORDER_DONE), 303)


@referral_status.post("/l/<launch_id>/referral/<task_id>/again", endpoint="again")
def send_it_again(launch_id: str, task_id: str) -> ResponseReturnValue:
    """The same order by a new Task, by who may sign, to the same clinic or another."""
    session = enter(launch_id)
    check_form(launch_id, session.patient)
    role, opened = _role(session), open_referral(client_of(session), task_id, wiring().systems)
    if opened.row.referral.patient != session.patient:
        raise NotFound
    try:
        send_again(session, opened, role, as_typed(request.form.get("receiver", ""), 2 * RECEIVER))
    except NotPermitted:
        raise
    except (ReviewError, EhrError) as error:
        return _status_page(session, role, str(error), task_id), error.status
    return redirect(url_for("referral_status.status", launch_id=launch_id, did=SENT_AGAIN), 303)


def _role(session: LaunchSession) -> Role:
    """Of somebody who may look at this chart. Raises NotPermitted."""
    client, user = client_of(session), session.connection.user.reference
    record = read_user(read_user_record(client, user)) if user.startswith("PractitionerRole/") else UserRecord()
    check_user(session.connection, session.issuer, lambda: record)
    return session.issuer.roles.of(user, record.role_codes)


def _status_page(session: LaunchSession, role: Role, said: str = "", problem: str = "") -> str:
    """``problem``: the referral whose answer was refused."""
    client = client_of(session)
    found = referrals_of(client, session.connection.context.patient, wiring().systems)
    for row in found.rows:
        mend_questions(client, session.connection.grants, row.referral, wiring().now(), wiring().systems)
    lines = [(inbox_line(row, client.base), [move for move in moves(row.referral, role)]) for row in found.rows]
    read = charts().load(session.launch_id)
    return render_template(
        "referral_status.html", view=patient_banner(load_review(session, read), said) if read else None, lines=lines,
        missing=found.missing, said=said, problem=problem, clocks=clocks, sent=request.form if problem else {},
        launch_id=session.launch_id, token=form_token(session.launch_id), patient=session.patient,
        back=url_for("review.review", launch_id=session.launch_id), **_of_therapists(session, found, role),
    )  # fmt: skip


def _of_therapists(session: LaunchSession, found: Inbox, role: Role) -> dict[str, object]:
    """How far the therapy is: days of the newest referral, the next review of its plan, and what is not in it yet."""
    newest = found.rows[0].referral if found.rows else None
    if newest is None:
        return {}
    review = next_review(plan_of(session, newest.plan_id))
    course = course_words(newest.visited, newest.plan_of_care, review) if newest.visited or newest.plan_of_care else ""
    told = report_values(session, newest, role) if role is Role.SIGNER else {}
    if role is Role.SIGNER:
        told["order_open"] = may_complete(client_of(session), session.connection.grants, newest)
        told["again"], told["receiver"] = may_send_again(session, newest, role), RECEIVER
    return {"course": course, "untaken": not_in_chart(session.patient_key), **told}
