"""Upkeep of what is kept, on the command line: seal it anew after a change of the secret."""

import getpass
import socket
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from smartapp.fhir.audit_event import AuditContext, upkeep_event
from smartapp.settings import Settings

if TYPE_CHECKING:
    from smartapp.store import Store


def rekey(settings: Settings, store: "Store", lost: list[str]) -> Iterator[str]:
    """Seal everything with SMARTAPP_SECRET, column by column. ``lost`` is given a sentence for each column with values
    that cannot be opened; they stay as they are."""
    done = by_others = 0
    for told in store.reseal():
        done, by_others = done + told.done, by_others + told.by_others
        if told.done:
            yield f"{told.column}: {told.done} sealed anew"
        if told.lost:
            lost.append(f"WRONG  {told.column}: {told.lost} sealed with a secret that is gone; left as they are")
    note(settings, store, f"{done} values sealed anew, {len(lost)} columns with values that cannot be opened")
    if by_others:
        yield f"{by_others} were replaced by a worker meanwhile: run it again once all of them have the new secret."
    yield "Nothing that can be opened is sealed with another secret any more." if not by_others else "Not finished."


def note(settings: Settings, store: "Store", what: str) -> None:
    """What an administrator did here, as an event of the audit trail."""
    who = f"{getpass.getuser()}@{socket.gethostname()}"
    store.audit.append([upkeep_event(AuditContext(app=settings.base_url, at=time.time()), who, what)])
