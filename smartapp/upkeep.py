"""Upkeep of what is kept, on the command line: sealed anew after a change of the secret, removed after its time."""

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


def kept_days(settings: Settings) -> dict[str, int]:
    """By kind; 0: for good."""
    return {
        "signed plans": settings.keep_plan_days,
        "withdrawn statements": settings.keep_statement_days,
        "therapist links": settings.keep_link_days,
        "closed referrals": settings.keep_referral_days,
        "audit events": settings.keep_audit_days,
    }


def over_time(settings: Settings, store: "Store") -> Iterator[str]:
    """Of each kind, how much has been kept long enough."""
    days = kept_days(settings)
    due = store.retention.due(days)
    for kind, kept in days.items():
        yield f"{kind}: {due[kind]} older than {kept} days" if kept else f"{kind}: kept for good"


def remove_over_time(settings: Settings, store: "Store") -> Iterator[str]:
    """Remove that. The audit trail is told before, so that nothing goes without a word."""
    days = kept_days(settings)
    told = ", ".join(
        f"{count} {kind} older than {days[kind]} days" for kind, count in store.retention.due(days).items()
    )
    note(settings, store, f"to be removed: {told}")
    for kind, removed in store.retention.remove(days):
        yield f"{kind}: {removed} removed"


def note(settings: Settings, store: "Store", what: str) -> None:
    """What an administrator did here, as an event of the audit trail."""
    who = f"{getpass.getuser()}@{socket.gethostname()}"
    store.audit.append([upkeep_event(AuditContext(app=settings.base_url, at=time.time()), who, what)])
