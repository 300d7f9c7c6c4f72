"""Where an EHR tells that a Task has changed: an address per subscription that nobody can guess (decision 0049).

Nothing of what it says is believed: it makes us read the Tasks anew, one reading at a time, with access of our own.
"""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, NotFound

from smartapp.ehr.subscriptions import kind_of
from smartapp.web.reading import read_soon
from smartapp.web.wiring import wiring

subscriptions = Blueprint("subscriptions", __name__)


@subscriptions.post("/subscriptions/<token>", endpoint="notified")
def note_change(token: str) -> ResponseReturnValue:
    """Handshake, heartbeat or event: each says that the EHR is alive, and is a reason to look."""
    if not kind_of(request.get_json(force=True, silent=True)):
        raise BadRequest
    base = wiring().store.subscriptions.hear(token)
    if not base:
        raise NotFound
    read_soon(base)
    return "", 200
