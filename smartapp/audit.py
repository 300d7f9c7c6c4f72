"""The audit trail on the command line: is it whole, and what is in it, as NDJSON of FHIR AuditEvents."""

import getpass
import socket
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from smartapp.errors import InputError
from smartapp.settings import Settings

if TYPE_CHECKING:
    from smartapp.store import Place, Store, Trail


def open_trail(env: Mapping[str, str]) -> tuple[Settings, "Store"]:
    """Settings and store of this installation. Raises SettingsError."""
    from smartapp.store import open_store  # noqa: PLC0415 -- only who asks for the trail waits for the database

    settings = Settings.from_env(env)
    return settings, open_store(settings.database, *settings.secrets)


def place(text: str) -> "Place":
    """``SEQ:HASH`` as the log and ``audit verify`` say it. Raises InputError."""
    from smartapp.store import Place  # noqa: PLC0415

    seq, _, hash_ = text.partition(":")
    if not seq.isdecimal() or len(hash_) != 64:
        raise InputError(f"“{text}” is not a place in the audit trail, such as 17:4c09…")
    return Place(int(seq), hash_.lower())


def verdict(trail: "Trail") -> Iterator[str]:
    """What a walk along the chain found, line by line."""
    yield from (f"WRONG  {problem}" for problem in trail.problems)
    if trail.removed:
        yield f"Events 1 to {trail.removed} were removed: they had been kept long enough (smartapp retention)."
    yield f"{trail.events} events; the last one is {trail.events}:{trail.hash}"
    yield "The audit trail is not whole." if trail.problems else "The audit trail is whole."


def export(settings: Settings, store: "Store", since: date | None, unread: list[str]) -> Iterator[str]:
    """Every event since the beginning of a day (in this server's zone), one line each; that of this export is last.

    ``unread`` is given a sentence for each that cannot be opened: it was kept under a secret that is gone. Raises
    ValueError for an event that is no FHIR AuditEvent.
    """
    from smartapp.fhir.audit_event import AuditContext, check_event, trail_use_event  # noqa: PLC0415

    who = f"{getpass.getuser()}@{socket.gethostname()}"
    what = f"export since {since}" if since else "export of everything"
    store.audit.append([trail_use_event(AuditContext(app=settings.base_url, at=time.time()), who, what)])
    begin = datetime(since.year, since.month, since.day).astimezone().timestamp() if since else 0.0
    for kept in store.audit.kept(begin):
        if kept.event is not None:
            yield check_event(kept.event)
        else:
            at = datetime.fromtimestamp(kept.at, UTC).isoformat(timespec="seconds")
            unread.append(f"WRONG  event {kept.seq} of {at} was kept under a secret that is gone: it is not exported")
