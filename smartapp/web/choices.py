"""What a person does on a receipt: try again, send another way, end what has changed, confirm hand work, take back."""

from collections.abc import Callable, Mapping

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, NotFound

from smartapp.core.proposal import Role, Signer
from smartapp.ehr.deliver import choices as decided
from smartapp.ehr.deliver.engine import RETRACT, WRITE, items_of
from smartapp.ehr.fetched_chart import FetchedChart
from smartapp.errors import NotPermitted, ReviewError
from smartapp.web import outbox
from smartapp.web.guard import check_form
from smartapp.web.launch import charts
from smartapp.web.receipt import redirect_to_receipt
from smartapp.web.signed import Signed, plan_of
from smartapp.web.visit import Entrance, enter, signer_of
from smartapp.web.wiring import wiring

choices = Blueprint("choices", __name__)


@choices.post("/l/<launch_id>/receipt/<plan_id>", endpoint="choose")
def act_on_choice(launch_id: str, plan_id: str) -> ResponseReturnValue:
    entrance = enter(launch_id)
    check_form(launch_id, entrance.patient)
    one = plan_of(entrance, plan_id)
    read = charts().load(launch_id)
    if one is None or read is None:
        raise NotFound
    act = _ACTS.get(request.form.get("choice", ""))
    if act is None:
        raise BadRequest
    act(entrance, one, read)
    return redirect_to_receipt(launch_id, plan_id)


def _check_may(entrance: Entrance, read: FetchedChart) -> Signer:
    signer = signer_of(entrance, read.user_record)
    if signer.role not in (Role.SIGNER, Role.DRAFTER):
        raise NotPermitted("You may not change what was written.")
    return signer


def _try_again(entrance: Entrance, one: Signed, read: FetchedChart) -> None:
    _check_may(entrance, read)
    _change_both(entrance, one, decided.try_again)


def _take_fallback(entrance: Entrance, one: Signed, read: FetchedChart) -> None:
    _check_may(entrance, read)
    decided.apply_choice(wiring().store.outbox, one.kept.id, decided.take_fallback)


def _end_as_it_is(entrance: Entrance, one: Signed, read: FetchedChart) -> None:
    _check_may(entrance, read)
    _change_both(entrance, one, decided.end_as_it_is(charts().client(entrance.launch_id, entrance.connection)))


def _confirm(entrance: Entrance, one: Signed, read: FetchedChart) -> None:
    _change_both(entrance, one, decided.confirm(*_who_and_when(entrance, read)))


def _mark_there(entrance: Entrance, one: Signed, read: FetchedChart) -> None:
    _change_both(entrance, one, decided.mark_there(*_who_and_when(entrance, read)))


def _mark_not_there(entrance: Entrance, one: Signed, read: FetchedChart) -> None:
    _change_both(entrance, one, decided.mark_not_there(*_who_and_when(entrance, read)))


def _who_and_when(entrance: Entrance, read: FetchedChart) -> tuple[str, str]:
    signer = _check_may(entrance, read)
    return signer.name or signer.reference, f"{wiring().now().astimezone():%Y-%m-%d %H:%M}"


def _change_both(entrance: Entrance, one: Signed, change: decided.Change) -> None:
    """What was written and what is being taken back; a plan that was complete is open again while it is taken back."""
    store = wiring().store
    taking_back = bool(items_of(store.outbox, one.kept.id, RETRACT))
    if taking_back:
        store.outbox.open_again(one.kept.id)
    for purpose in (WRITE, RETRACT):
        decided.apply_choice(store.outbox, one.kept.id, change, purpose)
    if taking_back:
        _finish_retraction(entrance, one)


def _take_back(entrance: Entrance, one: Signed, read: FetchedChart) -> None:
    """Plan the taking back once, then go on with it as with any write."""
    signer, reason = _check_may(entrance, read), request.form.get("reason", "").strip()
    if signer.role is not Role.SIGNER:
        raise NotPermitted("Only a person who may sign can take a plan back.")
    if not reason:
        raise ReviewError("Say why the plan is taken back.")
    store, client = wiring().store, charts().client(entrance.launch_id, entrance.connection)
    if not items_of(store.outbox, one.kept.id, RETRACT):
        signed, write_plan = one.record.signed, one.record.write_plan
        retraction = decided.Retraction(signed.plan_id, signer, wiring().now(), reason)
        written = items_of(store.outbox, one.kept.id)
        items = decided.retraction_items(client, entrance.connection.iss, retraction, written, write_plan)
        store.outbox.open_again(one.kept.id)
        decided.apply_choice(store.outbox, one.kept.id, lambda _: items, RETRACT)
    _finish_retraction(entrance, one)


def _finish_retraction(entrance: Entrance, one: Signed) -> None:
    store = wiring().store
    store.outbox.open_again(one.kept.id)
    if outbox.send(entrance.launch_id, entrance.connection, one, RETRACT).complete:
        store.records.retire(one.kept.id)
        charts().start(entrance.launch_id, entrance.connection)  # the next look shows the chart without the plan


_ACTS: Mapping[str, Callable[[Entrance, Signed, FetchedChart], None]] = {
    "again": _try_again,
    "other-way": _take_fallback,
    "end-as-it-is": _end_as_it_is,
    "confirm": _confirm,
    "is-there": _mark_there,
    "is-not-there": _mark_not_there,
    "take-back": _take_back,
}
