"""What a person does on a receipt: try again, send another way, end what has changed, confirm hand work, take back."""

from collections.abc import Callable, Mapping, Sequence

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, NotFound

from smartapp.core.permissions import check_can_change_written, check_can_retract
from smartapp.core.proposal import Signer
from smartapp.ehr.deliver import choices as moves
from smartapp.ehr.deliver.delivery import steps_of
from smartapp.ehr.deliver.items import OutboxItem
from smartapp.ehr.deliver.retract import RETRACT, Retraction, retraction_steps
from smartapp.errors import ReviewError
from smartapp.web import outbox
from smartapp.web.http import check_form
from smartapp.web.launch import readings
from smartapp.web.reading import Read
from smartapp.web.sessions import LaunchSession, enter, signer_of
from smartapp.web.signed import Signed, plan_of
from smartapp.web.wiring import wiring

choices = Blueprint("choices", __name__)


@choices.post("/l/<launch_id>/receipt/<plan_id>", endpoint="choose")
def choose(launch_id: str, plan_id: str) -> ResponseReturnValue:
    session = enter(launch_id)
    check_form(launch_id, session.patient)
    one = plan_of(session, plan_id)
    read = readings().load(launch_id)
    if one is None or read is None:
        raise NotFound
    act = _ACTS.get(request.form.get("choice", ""))
    if act is None:
        raise BadRequest
    act(session, one, read)
    return redirect(url_for("sign.receipt", launch_id=launch_id, plan_id=plan_id), 303)


def _check_may(session: LaunchSession, read: Read) -> Signer:
    signer = signer_of(session, read.user)
    check_can_change_written(signer)
    return signer


def _again(session: LaunchSession, one: Signed, read: Read) -> None:
    _check_may(session, read)
    _of_both(session, one, moves.again)


def _other_way(session: LaunchSession, one: Signed, read: Read) -> None:
    _check_may(session, read)
    moves.choose(wiring().store.outbox, one.kept.id, moves.other_way)


def _end_as_it_is(session: LaunchSession, one: Signed, read: Read) -> None:
    _check_may(session, read)
    _of_both(session, one, moves.end_as_it_is(readings().client(session.launch_id, session.connection)))


def _confirm(session: LaunchSession, one: Signed, read: Read) -> None:
    _of_both(session, one, moves.confirm(*_who_and_when(session, read)))


def _is_there(session: LaunchSession, one: Signed, read: Read) -> None:
    _of_both(session, one, moves.is_there(*_who_and_when(session, read)))


def _is_not_there(session: LaunchSession, one: Signed, read: Read) -> None:
    _of_both(session, one, moves.is_not_there(*_who_and_when(session, read)))


def _who_and_when(session: LaunchSession, read: Read) -> tuple[str, str]:
    signer = _check_may(session, read)
    return signer.name or signer.reference, f"{wiring().now().astimezone():%Y-%m-%d %H:%M}"


def _of_both(
    session: LaunchSession, one: Signed, changed: Callable[[Sequence[OutboxItem]], Sequence[OutboxItem]]
) -> None:
    """What was written and what is being taken back; a plan that was complete is open again while it is taken back."""
    kept = wiring().store.outbox
    taking_back = bool(steps_of(kept, one.kept.id, RETRACT))
    if taking_back:
        kept.open_again(one.kept.id)
    for purpose in ("write", RETRACT):
        moves.choose(kept, one.kept.id, changed, purpose)
    if taking_back:
        _finish_retraction(session, one)


def _take_back(session: LaunchSession, one: Signed, read: Read) -> None:
    """Plan the taking back once, then go on with it as with any write."""
    signer, reason = _check_may(session, read), request.form.get("reason", "").strip()
    check_can_retract(signer)
    if not reason:
        raise ReviewError("Say why the plan is taken back.")
    kept, client = wiring().store.outbox, readings().client(session.launch_id, session.connection)
    if not steps_of(kept, one.kept.id, RETRACT):
        signed, writing = one.record.signed, one.record.writing
        retraction = Retraction(signed.plan_id, signer, wiring().now(), reason)
        written = steps_of(kept, one.kept.id)
        steps = retraction_steps(client, session.connection.iss, retraction, written, writing)
        kept.open_again(one.kept.id)
        moves.choose(kept, one.kept.id, lambda _: steps, RETRACT)
    _finish_retraction(session, one)


def _finish_retraction(session: LaunchSession, one: Signed) -> None:
    store = wiring().store
    store.outbox.open_again(one.kept.id)
    if outbox.send(session.launch_id, session.connection, one, RETRACT).complete:
        store.records.retire(one.kept.id)
        readings().start(session.launch_id, session.connection)  # the next look shows the chart without the plan


_ACTS: Mapping[str, Callable[[LaunchSession, Signed, Read], None]] = {
    "again": _again,
    "other-way": _other_way,
    "end-as-it-is": _end_as_it_is,
    "confirm": _confirm,
    "is-there": _is_there,
    "is-not-there": _is_not_there,
    "take-back": _take_back,
}
