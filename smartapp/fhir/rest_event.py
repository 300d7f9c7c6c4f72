"""A request to the EHR and its answer -> what was done to which records, and an AuditEvent for each of them."""

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from smartapp.fhir.audit_event import (
    ACTION,
    ENTITY,
    EVENT,
    GOOD,
    MINOR,
    REST,
    ROLE,
    SERIOUS,
    AuditContext,
    Event,
    about_patient,
    absolute,
    audit_coding,
    audit_event,
    machines,
    record,
    user_agent,
)
from smartapp.fhir.json import as_object, path_of

_INTERACTION = {"POST": "create", "PUT": "update", "DELETE": "delete"}
_LOCATION = re.compile(r"(?:^|/)([A-Z][A-Za-z]+/[A-Za-z0-9.\-_]+)(/_history/[A-Za-z0-9.\-_]+)?/?$")


@dataclass(frozen=True)
class EntryDone:
    """One line of a transaction's answer."""

    interaction: str  # create, update, delete
    reference: str
    status: str


@dataclass(frozen=True)
class Interaction:
    """What a request to the EHR was, and which records it concerned."""

    interaction: str  # read, search, create, update, transaction, batch
    reference: str = ""
    entries: tuple[EntryDone, ...] = ()


def rest_events(context: AuditContext, method: str, url: str, status: int, answer: Interaction) -> tuple[Event, ...]:
    """One request to the EHR: an event for each record it concerned. ``status`` 0: there was no answer."""
    interaction = answer.interaction
    good = 200 <= status < 300
    desc = "" if good else f"HTTP {status}" if status else "no answer: the outcome is not known"
    outcome = GOOD if good else MINOR if 400 <= status < 500 else SERIOUS
    part = "IRCP" if method == "GET" else "AUT"
    agents = [*machines(context, interaction), user_agent(context, part)]
    if interaction == "search":
        about = [*about_patient(context), _query(url, context.iss)]
        return (audit_event(context, (EVENT, "rest"), [(REST, "search")], "E", agents, about, outcome, desc,
                       profile="search" if good else ""),)  # fmt: skip
    if interaction in ("transaction", "batch") and good:
        return tuple(event for entry in answer.entries for event in _entry(context, entry, agents))
    about = [*about_patient(context), record(reference=absolute(context, answer.reference))]
    kind = interaction if good and answer.reference else ""
    return (audit_event(context, (EVENT, "rest"), [(REST, interaction)], ACTION.get(interaction, "E"), agents, about,
                   outcome, desc, profile=kind),)  # fmt: skip


def classify(method: str, url: str, base: str, sent: Any, got: Any, location: str) -> Interaction:
    """Reads off a request and its answer what was done. ``sent`` and ``got`` are JSON values or None."""
    path = urlsplit(url).path.removeprefix(urlsplit(base).path).strip("/")
    if method == "GET":
        return Interaction("read", path) if "/" in path and "?" not in url else Interaction("search", path)
    if not path:
        kind = sent.get("type") if isinstance(sent, Mapping) else ""
        return Interaction("batch" if kind == "batch" else "transaction", entries=_entries(sent, got))
    if method == "PUT":
        return Interaction("update", path)
    id_ = got.get("id") if isinstance(got, Mapping) else None
    place = _LOCATION.search(path_of(location))
    reference = place[1] + (place[2] or "") if place else f"{path}/{id_}" if isinstance(id_, str) else ""
    return Interaction("create" if method == "POST" else method.lower(), reference)


def _entries(sent: Any, got: Any) -> tuple[EntryDone, ...]:
    """Request and answer of each entry, in order; of an answer that is not one, what was asked for."""
    answers = _list(got, "entry")
    found = []
    for position, entry in enumerate(_list(sent, "entry")):
        request = as_object(entry, "request")
        response = as_object(answers[position], "response") if position < len(answers) else {}
        place = _LOCATION.search(path_of(str(response.get("location", ""))))
        named = place[1] + (place[2] or "") if place else str(request.get("url", ""))
        interaction = _INTERACTION.get(str(request.get("method")), "read")
        found.append(EntryDone(interaction, named, str(response.get("status", ""))[:3]))
    return tuple(found)


def _list(value: Any, name: str) -> list[Any]:
    found = value.get(name) if isinstance(value, Mapping) else None
    return found if isinstance(found, list) else []


def _entry(context: AuditContext, entry: EntryDone, agents: list[Event]) -> tuple[Event, ...]:
    """A read or search of a batch is told as if it had been asked for by itself."""
    if entry.interaction != "read":
        return (_written(context, entry, agents),)
    kind = "search" if "?" in entry.reference else "read"
    status = int(entry.status) if entry.status.isdecimal() else 0
    return rest_events(context, "GET", f"{context.iss}/{entry.reference}", status, Interaction(kind, entry.reference))


def _written(context: AuditContext, entry: EntryDone, agents: list[Event]) -> Event:
    """A create that was answered 200 found the record in place (If-None-Exist): nothing was made, so no profile."""
    good = entry.status.startswith("2")
    found = entry.interaction == "create" and entry.status == "200"
    desc = "was there already" if found else "" if good else f"HTTP {entry.status}"
    about = [*about_patient(context), record(reference=absolute(context, entry.reference))]
    return audit_event(
        context, (EVENT, "rest"), [(REST, entry.interaction), (REST, "transaction")], ACTION[entry.interaction],
        agents, about, GOOD if good else MINOR, desc, profile=entry.interaction if good and not found else "",
    )  # fmt: skip


def _query(url: str, base: str) -> Event:
    raw = b64encode(url.removeprefix(base).encode()).decode()
    return {"type": audit_coding(ENTITY, "2"), "role": audit_coding(ROLE, "24"), "query": raw}
