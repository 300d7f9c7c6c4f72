"""FHIR over HTTP for one session: reads, searches with their pages, and single writes under one FHIR base.

The access token goes only to addresses under that base (SMART F1, F2). A read is repeated where that is safe; a
write is sent once, except after 401, where it was not processed.
"""

import json
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol
from urllib.parse import urlencode

from smartapp.ehr.addresses import is_id, resolve, under_base
from smartapp.ehr.answer import Answer, NoAnswer
from smartapp.ehr.http_client import AddressRefused, HttpClient
from smartapp.ehr.outcomes import refusal
from smartapp.ehr.pages import Found, Pages, Resource, entries, links
from smartapp.ehr.preconditions import unchanged
from smartapp.ehr.replies import Reply, reply_to
from smartapp.errors import EhrError, EhrRejected, EhrUnavailable, SessionEnded

Params = Mapping[str, str] | Iterable[tuple[str, str]]
FHIR_JSON = "application/fhir+json"
LARGE_PAGE = 200  # records asked for in one page where an EHR's own are smaller: as many as Oracle Health gives; ours
LONGEST_WAIT = 5.0  # seconds we let an EHR ask us to wait before a read is tried again (ours)
_BUSY = frozenset({429, 503})


class TokenSource(Protocol):
    """Where access tokens come from: :class:`~smartapp.ehr.launch.tokens.TokenKeeper`."""

    def current(self) -> str: ...

    def renewed(self, refused: str) -> str: ...


class FhirClient:
    """One session's door to its EHR. Safe to share between threads."""

    def __init__(
        self,
        http_client: HttpClient,
        base: str,
        tokens: TokenSource,
        pages: int = 20,
        sleep: Callable[[float], None] = time.sleep,
    ):
        self.base = base.rstrip("/")
        self._http_client, self._tokens, self._pages, self._sleep = http_client, tokens, pages, sleep

    # -- reading

    def read(self, resource_type: str, resource_id: str, found: Found | None = None) -> Resource:
        """One resource. Raises EhrRejected (also where there is none), EhrForbidden, EhrUnavailable, SessionEnded.

        ``found`` is told what :meth:`find` would tell.
        """
        if not is_id(resource_id):
            raise AddressRefused("This is not the id of a record.")
        resource = self._object(f"{self.base}/{resource_type}/{resource_id}", found or Found())
        if resource.get("resourceType") != resource_type:
            raise EhrUnavailable("The EHR answered with another kind of record than the one asked for.")
        return resource

    def search(self, resource_type: str, params: Params) -> list[Resource]:
        """Matches on all pages. Raises like :meth:`read`; also EhrUnavailable where pages could not all be read."""
        found = self.find(resource_type, params)
        if told := [*found.partial, *found.remarks]:
            raise EhrUnavailable(told[0])
        return found.resources

    def find(self, resource_type: str, params: Params, first: Resource | None = None) -> Found:
        """As :meth:`search`, but what later pages could not bring is said in ``partial``. Raises for the first page.

        ``first``: that page, where a batch has brought it already.
        """
        found = Found()
        read = Pages(resource_type, found)
        seen = {f"{self.base}/{address(resource_type, params)}"}
        page = self._first(resource_type, params, first, found)
        while True:
            read.take(page)
            url, why_not = self._next(page, seen)
            if not url:
                read.close(why_not)
                return found
            seen.add(url)
            try:
                page = self._object(url, found)
            except EhrError as error:
                read.close(f"page {len(seen)} could not be read: {error}")
                return found

    def post_batch(self, bundle: Mapping[str, Any], found: Found) -> Resource:
        """The answer to a batch of reads. Raises like :meth:`read`, and tells ``found`` as that does."""
        answer = self._send("POST", self.base, json.dumps(bundle).encode(), {"Content-Type": FHIR_JSON})
        if not answer.ok:
            raise refusal(answer)
        found.guessed |= answer.guessed
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

    def _first(self, resource_type: str, params: Params, brought: Resource | None, found: Found) -> Resource:
        """The first page, in the size the EHR gives; a larger one where there is more and it takes ``_count``.

        No first question carries ``_count``: OpenEMR answers it with nothing, without a word (docs/decisions/0020).
        """
        sizes, place = self._http_client.larger_pages, (self.base, resource_type)
        known = sizes.get(place)
        if known and brought is None:
            try:
                return self._larger(resource_type, params, found)
            except EhrRejected:
                sizes[place] = False
        page = brought or self._object(f"{self.base}/{address(resource_type, params)}", found)
        if known is None and self._next(page, set())[0]:
            try:
                larger = self._larger(resource_type, params, found)
            except EhrError:
                larger = {}
            sizes[place] = len(entries(larger)) > len(entries(page))
            return larger if sizes[place] else page
        return page

    def _larger(self, resource_type: str, params: Params, found: Found) -> Resource:
        asked = [*(params.items() if isinstance(params, Mapping) else params), ("_count", str(LARGE_PAGE))]
        return self._object(f"{self.base}/{address(resource_type, asked)}", found)

    def _next(self, page: Resource, seen: set[str]) -> tuple[str, str]:
        """The link to the next page exactly as given, or why it is one we may not follow."""
        urls = links(page, "next")
        if not urls:
            return "", ""
        url = resolve(urls[0], self.base)
        if not under_base(url, self.base):
            return "", "more pages lie on another server, which is not followed"
        if url in seen:
            return "", "the EHR repeats a page; what follows was not read"
        if len(seen) >= self._pages:
            return "", f"there is more than {self._pages} pages; what follows was not read"
        return url, ""

    def _object(self, url: str, found: Found) -> Resource:
        answer = self._get(url)
        found.guessed |= answer.guessed
        return _object(answer)

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
        return self._http_client.send(method, url, headers=sent, data=body)


def address(resource_type: str, params: Params) -> str:
    """A search below the FHIR base."""
    return f"{resource_type}?{urlencode(list(params.items()) if isinstance(params, Mapping) else list(params))}"


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
