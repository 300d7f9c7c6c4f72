"""What an EHR answers to a write -> :class:`Reply`: what it says became of the record, and nothing it does not say."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from smartapp.ehr.answer import HttpResponse
from smartapp.fhir.json import path_of
from smartapp.fhir.outcomes import issue_texts

_PLACE = re.compile(r"(?:^|/)([A-Z][A-Za-z]+)/([A-Za-z0-9.\-_]{1,64})(?:/_history/([^/\s]+))?/?$")
_ETAG = re.compile(r'(?:W/)?"([^"]+)"')
_STATUS = re.compile(r"[1-5]\d\d(?!\d)")


@dataclass(frozen=True)
class Reply:
    """``resource`` is what came back, empty where nothing did; whose it is, the reader has to look.

    ``status`` is HTTP's, 0 where the EHR gives none; ``reference`` is ``Type/id`` of the type that was sent, or empty.
    """

    status: int = 0
    reference: str = ""
    version: str = ""
    resource: Mapping[str, Any] = field(default_factory=dict)
    said: tuple[str, ...] = ()  # its words where it refused this part

    @property
    def accepted(self) -> bool:
        return 200 <= self.status < 300


def reply_to(answer: HttpResponse, kind: str) -> Reply:
    """The answer to one create or update. Location may name an inner host: it is read, never followed."""
    try:
        body: Any = answer.object()
    except ValueError:
        body = {}
    location = path_of(answer.headers.get("Location", "")) or path_of(answer.headers.get("Content-Location", ""))
    return _reply(answer.status_code, kind, body, location, answer.headers.get("ETag", ""))


def replies_to(answer: Mapping[str, Any], kinds: list[str]) -> list[Reply]:
    """One for each entry of a transaction, in its order; replies that say nothing where the answer is of another kind:
    the Bundle as it was sent or stored, another number of entries, no entries at all.
    """
    entries = answer.get("entry")
    if not isinstance(entries, list) or len(entries) != len(kinds):
        return [Reply()] * len(kinds)
    return [_of_entry(entry, kind) for entry, kind in zip(entries, kinds, strict=True)]


def _of_entry(entry: Any, kind: str) -> Reply:
    whole = entry if isinstance(entry, Mapping) else {}
    told = whole.get("response")
    told = told if isinstance(told, Mapping) else {}
    status = _STATUS.match(str(told.get("status", "")).strip())
    location = told.get("location") or whole.get("fullUrl")
    made = _reply(int(status[0]) if status else 0, kind, whole.get("resource"), str(location), str(told.get("etag")))
    outcome = told.get("outcome")
    return made if made.accepted or not isinstance(outcome, Mapping) else Reply(made.status, said=issue_texts(outcome))


def _reply(status: int, kind: str, body: Any, location: str, etag: str) -> Reply:
    resource = body if isinstance(body, Mapping) and body.get("resourceType") == kind else {}
    place, tag = _PLACE.search(location), _ETAG.fullmatch(etag.strip())
    named = place if place and place[1] == kind else None
    id_ = resource.get("id")
    if not (isinstance(id_, str) and _PLACE.fullmatch(f"{kind}/{id_}")):
        id_ = named[2] if named else ""
    meta = resource.get("meta")
    version = meta.get("versionId") if isinstance(meta, Mapping) else None
    told = [version if isinstance(version, str) else "", (named[3] or "") if named else "", tag[1] if tag else ""]
    return Reply(status, f"{kind}/{id_}" if id_ else "", next(filter(None, told), ""), resource)
