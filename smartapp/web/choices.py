"""What a person does on a receipt: try again, send another way, end what has changed, confirm hand work, take back."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, NotFound

from smartapp.core.proposal import Role
from smartapp.ehr.deliver import choices as moves
from smartapp.ehr.deliver.delivery import steps_of
from smartapp.ehr.deliver.items import OutboxItem
from smartapp.ehr.deliver.retract import RETRACT, Retraction, retraction_steps
from smartapp.ehr.fetched_chart import FetchedChart
from smartapp.errors import NotPermitted, ReviewError
from smartapp.web import outbox
from smartapp.web.guard import check_form
from smartapp.web.launch import charts
from smartapp.web.signed import Signed, plan_of
from smartapp.web.visit import Entrance, enter, signer_of
from smartapp.web.wiring import wiring

choices = Blueprint("choices", __name__)


@choices.post("/l/<launch_id>/receipt/<plan_id>", endpoint="choose")
def choose(launch_id: str, plan_id: str) -> ResponseReturnValue:
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
    return redirect(url_for("sign.receipt", launch_id=launch_id, plan_id=plan_id), 303)


def _check_may(entrance: Entrance, read: FetchedChart) -> Any:
    signer = signer_of(entrance, read.user_record)
    if signer.role not in (Role.SIGNER, Role.DRAFTER):
        raise NotPermitted("You may not change what was written.")
    return signer


def _again(entrance: Entrance, one: Signed, read: FetchedChart) -> None:
    _check_may(entrance, read)
    _of_both(entrance, one, moves.again)


def _other_way(entrance: Entrance, one: Signed, read: FetchedChart) -> None:
    _check_may(entrance, read)
    moves.choose(wiring().store, one.kept.id, moves.other_way)


def _end_as_it_is(entrance: Entrance, one: Signed, read: FetchedChart) -> None:
    _check_may(entrance, read)
    _of_both(entrance, one, moves.end_as_it_is(charts().client(entrance.launch_id, entrance.connection)))


def _confirm(entrance: Entrance, one: Signed, read: FetchedChart) -> None:
    _of_both(entrance, one, moves.confirm(*_who_and_when(entrance, read)))


def _is_there(entrance: Entrance, one: Signed, read: FetchedChart) -> None:
    _of_both(entrance, one, moves.is_there(*_who_and_when(entrance, read)))


def _is_not_there(entrance: Entrance, one: Signed, read: FetchedChart) -> None:
    _of_both(entrance, one, moves.is_not_there(*_who_and_when(entrance, read)))


def _who_and_when(entrance: Entrance, read: FetchedChart) -> tuple[str, str]:
    signer = _check_may(entrance, read)
    return signer.name or signer.reference, f"{wiring().now().astimezone():%Y-%m-%d %H:%M}"


def _of_both(entrance: Entrance, one: Signed, changed: Callable[[Sequence[OutboxItem]], Sequence[OutboxItem]]) -> None:
    """What was written and what is being taken back; a plan that was complete is open again while it is taken back."""
    store = wiring().store
    taking_back = bool(steps_of(store, one.kept.id, RETRACT))
    if taking_back:
        store.open_again(one.kept.id)
    for purpose in ("write", RETRACT):
        moves.choose(store, one.kept.id, changed, purpose)
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
    if not steps_of(store, one.kept.id, RETRACT):
        signed, writing = one.record.signed, one.record.writing
        retraction = Retraction(signed.plan_id, signer, wiring().now(), reason)
        written = steps_of(store, one.kept.id)
        steps = retraction_steps(client, entrance.connection.iss, retraction, written, writing)
        store.open_again(one.kept.id)
        moves.choose(store, one.kept.id, lambda _: steps, RETRACT)
    _finish_retraction(entrance, one)


def _finish_retraction(entrance: Entrance, one: Signed) -> None:
    store = wiring().store
    store.open_again(one.kept.id)
    if outbox.send(entrance.launch_id, entrance.connection, one, RETRACT).complete:
        store.retire(one.kept.id)
        charts().start(entrance.launch_id, entrance.connection)  # the next look shows the chart without the plan


_ACTS: Mapping[str, Callable[[Entrance, Signed, FetchedChart], None]] = {
    "again": _again,
    "other-way": _other_way,
    "end-as-it-is": _end_as_it_is,
    "confirm": _confirm,
    "is-there": _is_there,
    "is-not-there": _is_not_there,
    "take-back": _take_back,
}
