"""What a person does on a receipt: try again, send another way, end what has changed, confirm hand work, take back."""

from collections.abc import Callable, Mapping

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, NotFound

from smartapp.core.permissions import check_can_change_written, check_can_retract
from smartapp.core.proposal import SignatureKind, Signer
from smartapp.ehr.deliver import choices as decided
from smartapp.ehr.deliver.engine import RETRACT, WRITE, items_of
from smartapp.ehr.fetched_chart import FetchedChart
from smartapp.fhir.read.user import read_user
from smartapp.web import ledger, outbox
from smartapp.web.catalog import Lazy
from smartapp.web.http import check_form
from smartapp.web.launch import charts
from smartapp.web.receipt import redirect_to_receipt, render_receipt
from smartapp.web.sessions import LaunchSession, enter, signer_of
from smartapp.web.signatures import Signed, plan_of
from smartapp.web.wiring import wiring

choices = Blueprint("choices", __name__)
NO_REASON = Lazy("Nothing was retracted. Say why the plan is retracted: the reason is kept with it.")


@choices.post("/l/<launch_id>/receipt/<plan_id>", endpoint="choose")
def act_on_choice(launch_id: str, plan_id: str) -> ResponseReturnValue:
    session = enter(launch_id)
    check_form(launch_id, session.patient)
    one = plan_of(session, plan_id)
    read = charts().load(launch_id)
    if one is None or read is None:
        raise NotFound
    act = _ACTS.get(request.form.get("choice", ""))
    if act is None:
        raise BadRequest
    if act is _take_back and not request.form.get("reason", "").strip():
        check_can_retract(_check_may(session, read))
        return render_receipt(session, one, read, NO_REASON), 422
    act(session, one, read)
    return redirect_to_receipt(launch_id, plan_id)


def _check_may(session: LaunchSession, read: FetchedChart) -> Signer:
    signer = signer_of(session, read_user(read.user_record))
    check_can_change_written(signer)
    return signer


def _try_again(session: LaunchSession, one: Signed, read: FetchedChart) -> None:
    _check_may(session, read)
    _change_both(session, one, decided.try_again)


def _take_fallback(session: LaunchSession, one: Signed, read: FetchedChart) -> None:
    _check_may(session, read)
    decided.apply_choice(wiring().store.outbox, one.kept.id, decided.take_fallback)


def _end_as_it_is(session: LaunchSession, one: Signed, read: FetchedChart) -> None:
    _check_may(session, read)
    _change_both(session, one, decided.end_as_it_is(charts().client(session.launch_id, session.connection)))


def _confirm(session: LaunchSession, one: Signed, read: FetchedChart) -> None:
    _change_both(session, one, decided.confirm(*_who_and_when(session, read)))


def _mark_there(session: LaunchSession, one: Signed, read: FetchedChart) -> None:
    _change_both(session, one, decided.mark_there(*_who_and_when(session, read)))


def _mark_not_there(session: LaunchSession, one: Signed, read: FetchedChart) -> None:
    _change_both(session, one, decided.mark_not_there(*_who_and_when(session, read)))


def _who_and_when(session: LaunchSession, read: FetchedChart) -> tuple[str, str]:
    signer = _check_may(session, read)
    return signer.name or signer.reference, f"{wiring().now().astimezone():%Y-%m-%d %H:%M}"


def _change_both(session: LaunchSession, one: Signed, change: decided.Change) -> None:
    """What was written and what is being taken back; a plan that was complete is open again while it is taken back."""
    store = wiring().store
    taking_back = bool(items_of(store.outbox, one.kept.id, RETRACT))
    if taking_back:
        store.outbox.open_again(one.kept.id)
    for purpose in (WRITE, RETRACT):
        decided.apply_choice(store.outbox, one.kept.id, change, purpose)
    ledger.settle_quietly(one.kept.id)
    if taking_back:
        _finish_retraction(session, one)


def _take_back(session: LaunchSession, one: Signed, read: FetchedChart) -> None:
    """Plan the taking back once, then go on with it as with any write."""
    signer, reason = _check_may(session, read), request.form.get("reason", "").strip()
    check_can_retract(signer)
    if one.record.signed.signs is SignatureKind.END:
        raise BadRequest  # what it has completed is not made again: a new plan is signed
    store, client = wiring().store, charts().client(session.launch_id, session.connection)
    if not items_of(store.outbox, one.kept.id, RETRACT):
        signed, write_plan = one.record.signed, one.record.write_plan
        retraction = decided.Retraction(signed.plan_id, signer, wiring().now(), reason)
        written = items_of(store.outbox, one.kept.id)
        items = decided.retraction_items(client, session.connection.iss, retraction, written, write_plan)
        ledger.await_retraction(one.kept.id)
        store.outbox.open_again(one.kept.id)
        decided.apply_choice(store.outbox, one.kept.id, lambda _: items, RETRACT)
    _finish_retraction(session, one)


def _finish_retraction(session: LaunchSession, one: Signed) -> None:
    store = wiring().store
    store.outbox.open_again(one.kept.id)
    if outbox.send(session.launch_id, session.connection, one, RETRACT).complete:
        store.records.retire(one.kept.id)
        charts().start(session.launch_id, session.connection)  # the next look shows the chart without the plan


_ACTS: Mapping[str, Callable[[LaunchSession, Signed, FetchedChart], None]] = {
    "again": _try_again,
    "other-way": _take_fallback,
    "end-as-it-is": _end_as_it_is,
    "confirm": _confirm,
    "is-there": _mark_there,
    "is-not-there": _mark_not_there,
    "take-back": _take_back,
}
