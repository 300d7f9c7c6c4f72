"""FHIR over HTTP for one session: reads, searches with their pages, and single writes under one FHIR base.

The access token goes only to addresses under that base (SMART F1, F2). A read is repeated where that is safe; a
write is sent once, except after 401, where it was not processed.
"""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlencode

from smartapp.ehr.addresses import resolve, under_base
from smartapp.ehr.connection import is_id
from smartapp.ehr.egress import AddressRefused, Answer, Egress, NoAnswer
from smartapp.ehr.outcomes import lacks, refusal
from smartapp.ehr.preconditions import unchanged
from smartapp.ehr.replies import Reply, reply_to
from smartapp.errors import EhrError, EhrUnavailable, SessionEnded

Resource = dict[str, Any]
Params = Mapping[str, str] | Iterable[tuple[str, str]]
FHIR_JSON = "application/fhir+json"
LONGEST_WAIT = 5.0  # seconds we let an EHR ask us to wait before a read is tried again (ours)
_BUSY = frozenset({429, 503})


class TokenSource(Protocol):
    """Where access tokens come from: :class:`~smartapp.ehr.tokens.TokenKeeper`."""

    def current(self) -> str: ...

    def renewed(self, refused: str) -> str: ...


@dataclass
class Found:
    """What one search brought: resources of all pages, and in words what may be missing."""

    resources: list[Resource] = field(default_factory=list)
    partial: list[str] = field(default_factory=list)


class FhirClient:
    """One session's door to its EHR. Safe to share between threads."""

    def __init__(
        self,
        egress: Egress,
        base: str,
        tokens: TokenSource,
        pages: int = 20,
        sleep: Callable[[float], None] = time.sleep,
    ):
        self.base = base.rstrip("/")
        self._egress, self._tokens, self._pages, self._sleep = egress, tokens, pages, sleep

    # -- reading

    def read(self, resource_type: str, resource_id: str) -> Resource:
        """One resource. Raises EhrRejected (also where there is none), EhrForbidden, EhrUnavailable, SessionEnded."""
        if not is_id(resource_id):
            raise AddressRefused("This is not the id of a record.")
        resource = _object(self._get(f"{self.base}/{resource_type}/{resource_id}"))
        if resource.get("resourceType") != resource_type:
            raise EhrUnavailable("The EHR answered with another kind of record than the one asked for.")
        return resource

    def search(self, resource_type: str, params: Params) -> list[Resource]:
        """Matches on all pages. Raises like :meth:`read`; also EhrUnavailable where pages could not all be read."""
        found = self.find(resource_type, params)
        if found.partial:
            raise EhrUnavailable(found.partial[0])
        return found.resources

    def find(self, resource_type: str, params: Params, first: Resource | None = None) -> Found:
        """As :meth:`search`, but what later pages could not bring is said in ``partial``. Raises for the first page.

        ``first``: that page, where a batch has brought it already.
        """
        found = Found()
        for page in self._pages_of(f"{self.base}/{address(resource_type, params)}", found.partial, first):
            _collect(page, found)
        return found

    def post_batch(self, bundle: Mapping[str, Any]) -> Resource:
        """The answer to a batch of reads. Raises like :meth:`read`."""
        answer = self._send("POST", self.base, json.dumps(bundle).encode(), {"Content-Type": FHIR_JSON})
        if not answer.ok:
            raise refusal(answer)
        return _object(answer)

    # -- writing: EhrUnavailable means that the outcome is unknown, look before sending again

    def post_transaction(self, bundle: Mapping[str, Any]) -> Resource:
        """The transaction-response Bundle; empty where the EHR accepted it with an answer that is no JSON.

        Raises EhrUnavailable, EhrForbidden, EhrRejected, EhrConflict.
        """
        answer = self._write("POST", self.base, bundle)
        try:
            return answer.object()
        except ValueError:
            return {}

    def create(self, resource: Mapping[str, Any], if_none_exist: str = "") -> Reply:
        """POST, conditional where ``if_none_exist`` is given; what the EHR says of it, which may be another record."""
        headers = {"If-None-Exist": if_none_exist} if if_none_exist else {}
        answer = self._write("POST", f"{self.base}/{resource['resourceType']}", resource, headers)
        return reply_to(answer, resource["resourceType"])

    def update(self, resource: Mapping[str, Any], if_match: str = "") -> Reply:
        """PUT, only over the version ``if_match`` where given; what the EHR says of it.

        Without a version the date of the last change that was seen is the guard, for servers that know no versions.
        """
        headers = unchanged(resource, if_match)
        answer = self._write("PUT", f"{self.base}/{resource['resourceType']}/{resource['id']}", resource, headers)
        return reply_to(answer, resource["resourceType"])

    # -- one request

    def _pages_of(self, url: str, partial: list[str], first: Resource | None = None) -> Iterator[Resource]:
        seen: set[str] = set()
        while url:
            seen.add(url)
            try:
                page = first if first is not None and len(seen) == 1 else _object(self._get(url))
            except EhrError as error:
                if len(seen) == 1:
                    raise
                partial.append(f"page {len(seen)} could not be read: {error}")
                return
            yield page
            url = self._next(page, seen, partial)

    def _next(self, page: Resource, seen: set[str], partial: list[str]) -> str:
        """The link to the next page exactly as given, as long as it is one we may follow."""
        links = page.get("link")
        urls = [x.get("url") for x in links if isinstance(x, dict) and x.get("relation") == "next"] if isinstance(
            links, list
        ) else []  # fmt: skip
        if not urls or not isinstance(urls[0], str):
            return ""
        url = resolve(urls[0], self.base)
        if not under_base(url, self.base):
            partial.append("more pages lie on another server, which is not followed")
        elif url in seen:
            partial.append("the EHR repeats a page; what follows was not read")
        elif len(seen) >= self._pages:
            partial.append(f"there is more than {self._pages} pages; what follows was not read")
        else:
            return url
        return ""

    def _get(self, url: str) -> Answer:
        """A read; tried once more after a busy EHR's pause, or where a pooled connection had died."""
        try:
            answer = self._send("GET", url)
        except NoAnswer as error:
            if error.timed_out:
                raise
            answer = self._send("GET", url)
        if answer.status_code in _BUSY and (pause := _pause(answer)) is not None:
            self._sleep(pause)
            answer = self._send("GET", url)
        if not answer.ok:
            raise refusal(answer)
        return answer

    def _write(
        self, method: str, url: str, body: Mapping[str, Any], headers: Mapping[str, str] | None = None
    ) -> Answer:
        content = {"Content-Type": FHIR_JSON, "Prefer": "return=representation", **(headers or {})}
        answer = self._send(method, url, json.dumps(body, ensure_ascii=False).encode(), content)
        if not answer.ok:
            raise refusal(answer)
        return answer

    def _send(
        self, method: str, url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """With the token; once more with a new one after 401. Raises AddressRefused outside of the FHIR base."""
        if not under_base(url, self.base):
            raise AddressRefused("The EHR named an address outside of its own records.")
        token = self._tokens.current()
        answer = self._once(method, url, body, headers, token)
        if answer.status_code == 401:
            answer = self._once(method, url, body, headers, self._tokens.renewed(token))
        if answer.status_code == 401:
            raise SessionEnded("The EHR has ended this session's access.")
        return answer

    def _once(self, method: str, url: str, body: bytes | None, headers: Mapping[str, str] | None, token: str) -> Answer:
        # Some servers (HAPI) answer a search again from its last result for a minute: our own plan would not be there.
        fresh = {"Cache-Control": "no-cache"} if method == "GET" else {}
        sent = {"Accept": FHIR_JSON, "Authorization": f"Bearer {token}", **fresh, **(headers or {})}
        return self._egress.send(method, url, headers=sent, data=body)


def address(resource_type: str, params: Params) -> str:
    """A search below the FHIR base."""
    return f"{resource_type}?{urlencode(list(params.items()) if isinstance(params, Mapping) else list(params))}"


def _collect(page: Resource, found: Found) -> None:
    """Resources of one page. An outcome entry is the EHR's remark about the search: something may be missing."""
    entries = page.get("entry", [])
    if page.get("resourceType") != "Bundle" or not isinstance(entries, list):
        found.partial.append("the EHR's answer is not a search result")
        return
    for entry in entries:
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if not isinstance(resource, dict):
            found.partial.append("an entry holds no record")
        elif resource.get("resourceType") == "OperationOutcome":
            found.partial.extend(lacks(resource))
        else:
            found.resources.append(resource)


def _object(answer: Answer) -> Resource:
    try:
        return answer.object()
    except ValueError as error:
        raise EhrUnavailable("The EHR's answer is not FHIR JSON.") from error


def _pause(answer: Answer) -> float | None:
    """Seconds a busy EHR asks for, if short enough to wait for; None if it does not say or asks for too long."""
    text = answer.headers.get("Retry-After", "")
    seconds = float(text) if text.isascii() and text.isdigit() and len(text) < 6 else None
    return seconds if seconds is not None and seconds <= LONGEST_WAIT else None
