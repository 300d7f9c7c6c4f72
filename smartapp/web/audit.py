"""What happens on the pages -> the audit trail. The one place that knows both a request and the events.

An event is kept before the page that follows from it is shown: where it cannot be kept, the page is not shown either.
What we keep ourselves (a session, a statement, a signature) and its event are one transaction (decision 0013).
Refusals without a session could be asked for without end; of those, each worker keeps so many a minute one by one, and
says with the next one how many it left out.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from flask import current_app, g, has_request_context, request
from werkzeug.exceptions import Forbidden

from smartapp.ehr.launch.connection import Connection, Pending
from smartapp.errors import CallerRefused, LaunchError, NotPermitted
from smartapp.fhir import audit_event as audit
from smartapp.fhir.audit_event import AuditContext, Event
from smartapp.web.wiring import Wiring, wiring

log = logging.getLogger("smartapp.audit")

REFUSALS_A_MINUTE = 60  # without a session, kept one by one, in one worker (ours)
# Refusals of these kinds are about who may do what; other errors are about fields and servers.
AUDITED = (LaunchError, NotPermitted, Forbidden, CallerRefused)


def keep(made: Wiring, events: Sequence[Event]) -> None:
    """Append to the trail; the log learns number and hash of each, so that the trail can be held against it."""
    for place in made.store.audit.append(events):
        told = {"event": "audit", "seq": place.seq, "hash": place.hash}
        made.store.after_commit(partial(log.info, "kept", extra=told))


def audit_context(made: Wiring, connection: Connection | None = None, pending: Pending | None = None) -> AuditContext:
    """Of this moment and this request; outside of requests (reads in the background) without the latter."""
    found = AuditContext(app=made.settings.base_url, at=made.clock(), plans=made.systems.plan)
    if has_request_context():
        found = replace(found, request_id=str(g.get("reference", "")), address=request.remote_addr or "")
    if pending is not None:
        issuer = made.smart.issuer_of(pending.issuer)
        found = replace(found, iss=issuer.iss, client_id=issuer.client_id)
    if connection is not None:
        user = connection.user
        found = replace(
            found, iss=connection.iss, client_id=made.smart.issuer_of(connection.issuer).client_id,
            user=user.reference, user_issuer=user.issuer, subject=user.subject, user_name=user.name,
            patient=connection.context.patient_reference,
        )  # fmt: skip
    return found


def scenes(made: Wiring, connection: Connection) -> Callable[[], AuditContext]:
    """For requests to the EHR that outlive this one: its id stays with them, the time is each one's own."""
    begun = audit_context(made, connection)
    return lambda: replace(begun, at=made.clock())


def note(event: Callable[..., Event], connection: Connection, *told: object) -> None:
    """Keep ``event(scene, *told)`` of this session."""
    made = wiring()
    keep(made, [event(audit_context(made, connection), *told)])


def note_refusal(error: Exception, at_launch: bool) -> None:
    """Keep a refusal, with the session it happened in if there was one."""
    if not isinstance(error, AUDITED):
        return
    made = wiring()
    connection: Connection | None = g.get("connection")
    why = type(error).__name__
    if connection is None:
        left_out = current_app.extensions["loadpath-refusals"].passes(made.clock())
        if left_out is None:
            return
        why += f" (and {left_out} refusals before it that were not kept)" if left_out else ""
    here = audit_context(made, connection, g.get("pending"))
    if at_launch:
        keep(made, [audit.launch_refusal_event(here, why)])
    else:
        keep(made, [audit.refusal_event(here, why, str(request.endpoint or "no page"))])


class RefusalLimit:
    """So many a minute; what did not pass is counted until something passes again."""

    def __init__(self, most: int = REFUSALS_A_MINUTE):
        self._most, self._lock = most, threading.Lock()
        self._minute, self._passed, self._left_out = 0, 0, 0

    def passes(self, now: float) -> int | None:
        """None: no. A number: yes, and so many did not before."""
        with self._lock:
            if int(now // 60) != self._minute:
                self._minute, self._passed = int(now // 60), 0
            if self._passed >= self._most:
                self._left_out += 1
                return None
            self._passed += 1
            left_out, self._left_out = self._left_out, 0
            return left_out
