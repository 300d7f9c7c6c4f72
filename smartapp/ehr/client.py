"""FHIR over HTTP for one session: reads, searches and single writes under one FHIR base, each with its audit event.

The access token goes only to addresses under that base (SMART F1, F2). A read is repeated where that is safe; a
write is sent once, except after 401, where it was not processed.
"""

import json
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, Protocol

from smartapp.ehr.addresses import is_id, under_base
from smartapp.ehr.answer import HttpResponse, NoAnswer, error_of
from smartapp.ehr.bulkhead import Budget
from smartapp.ehr.http_client import AddressRefused, HttpClient
from smartapp.ehr.pages import Pager, Params, Resource, SearchResult
from smartapp.ehr.replies import Reply, reply_to
from smartapp.errors import EhrUnavailable, SessionEnded
from smartapp.fhir.audit_event import AuditContext, Event
from smartapp.fhir.rest_event import classify, rest_events

FHIR_JSON = "application/fhir+json"
LONGEST_WAIT = 5.0  # seconds we let an EHR ask us to wait before a read is tried again (ours)
_BUSY = frozenset({429, 503})

KeepEvents = Callable[[tuple[Event, ...]], None]


class TokenSource(Protocol):
    """Where access tokens come from: :class:`~smartapp.ehr.launch.tokens.TokenKeeper`."""

    def current(self) -> str: ...

    def renew(self, refused: str) -> str: ...


class FhirClient:
    """One session's door to its EHR. Safe to share between threads. ``budget``: of all it reads, where given."""

    def __init__(
        self,
        http_client: HttpClient,
        base: str,
        tokens: TokenSource,
        pages: int = 20,
        sleep: Callable[[float], None] = time.sleep,
        budget: Budget | None = None,
    ):
        self.base = base.rstrip("/")
        self._http_client, self._tokens, self._pages, self._sleep = http_client, tokens, pages, sleep
        self._spend = budget.spend if budget else None

    # -- reading

    def read(self, resource_type: str, resource_id: str, found: SearchResult | None = None) -> Resource:
        """One resource. Raises EhrRejected (also where there is none), EhrForbidden, EhrUnavailable, SessionEnded.

        ``found`` is told what :meth:`find` would tell.
        """
        if not is_id(resource_id):
            raise AddressRefused("This is not the id of a record.")
        resource = self._object(f"{self.base}/{resource_type}/{resource_id}", found or SearchResult())
        if resource.get("resourceType") != resource_type:
            raise EhrUnavailable("The EHR answered with another kind of record than the one asked for.")
        return resource

    def search(self, resource_type: str, params: Params) -> list[Resource]:
        """Matches on all pages. Raises like :meth:`read`; also EhrUnavailable where pages could not all be read."""
        found = self.find(resource_type, params)
        if told := [*found.partial, *found.remarks]:
            raise EhrUnavailable(told[0])
        return found.resources

    def find(self, resource_type: str, params: Params, first: Resource | None = None) -> SearchResult:
        """As :meth:`search`, but what later pages could not bring is said in ``partial``. Raises for the first page.

        ``first``: that page, where a batch has brought it already.
        """
        return Pager(self.base, self._object, self._pages, self._http_client.larger_pages).find(
            resource_type, params, first
        )

    def post_batch(self, bundle: Mapping[str, Any], found: SearchResult) -> Resource:
        """The answer to a batch of reads. Raises like :meth:`read`, and tells ``found`` as that does."""
        answer = self._send("POST", self.base, json.dumps(bundle).encode(), {"Content-Type": FHIR_JSON})
        if not answer.ok:
            raise error_of(answer)
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
        headers = precondition(resource, if_match)
        answer = self._write("PUT", f"{self.base}/{resource['resourceType']}/{resource['id']}", resource, headers)
        return reply_to(answer, resource["resourceType"])

    # -- one request

    def _object(self, url: str, found: SearchResult) -> Resource:
        answer = self._get(url)
        found.guessed |= answer.guessed
        return _object(answer)

    def _get(self, url: str) -> HttpResponse:
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
            raise error_of(answer)
        return answer

    def _write(
        self, method: str, url: str, body: Mapping[str, Any], headers: Mapping[str, str] | None = None
    ) -> HttpResponse:
        content = {"Content-Type": FHIR_JSON, "Prefer": "return=representation", **(headers or {})}
        answer = self._send(method, url, json.dumps(body, ensure_ascii=False).encode(), content)
        if not answer.ok:
            raise error_of(answer)
        return answer

    def _send(
        self, method: str, url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> HttpResponse:
        """With the token; once more with a new one after 401. Raises AddressRefused outside of the FHIR base."""
        if not under_base(url, self.base):
            raise AddressRefused("The EHR named an address outside of its own records.")
        token = self._tokens.current()
        answer = self._once(method, url, body, headers, token)
        if answer.status_code == 401:
            answer = self._once(method, url, body, headers, self._tokens.renew(token))
        if answer.status_code == 401:
            raise SessionEnded("The EHR has ended this session's access.")
        return answer

    def _once(
        self, method: str, url: str, body: bytes | None, headers: Mapping[str, str] | None, token: str
    ) -> HttpResponse:
        # Some servers (HAPI) answer a search again from its last result for a minute: our own plan would not be there.
        fresh = {"Cache-Control": "no-cache"} if method == "GET" else {}
        sent = {"Accept": FHIR_JSON, "Authorization": f"Bearer {token}", **fresh, **(headers or {})}
        return self._http_client.send(method, url, headers=sent, data=body, spend=self._spend)


class AuditedClient(FhirClient):
    """Every request leaves an audit event, by whichever method it was sent.

    ``audit_context`` is asked at every request, ``keep`` takes the events; where it fails, the answer is not used.
    """

    def __init__(self, *args: Any, audit_context: Callable[[], AuditContext], keep: KeepEvents, **options: Any):
        super().__init__(*args, **options)
        self._audit_context, self._keep = audit_context, keep

    def _once(
        self, method: str, url: str, body: bytes | None, headers: Mapping[str, str] | None, token: str
    ) -> HttpResponse:
        try:
            answer = super()._once(method, url, body, headers, token)
        except NoAnswer as error:
            if error.sent:
                self._record(method, url, body, None)
            raise
        self._record(method, url, body, answer)
        return answer

    def _record(self, method: str, url: str, body: bytes | None, answer: HttpResponse | None) -> None:
        writes = method != "GET"
        got = _value(answer.body) if answer and writes else None
        location = answer.headers.get("Location", "") if answer else ""
        what = classify(method, url, self.base, _value(body) if writes else None, got, location)
        self._keep(rest_events(self._audit_context(), method, url, answer.status_code if answer else 0, what))


def precondition(resource: Mapping[str, Any], if_match: str = "") -> dict[str, str]:
    """``If-Match`` with the version seen; where a server knows no versions, the date of the last change (RFC 9110).

    An HTTP date has no parts of a second: they count as the next one, so that no record seems changed that is not.
    """
    if if_match:
        return {"If-Match": if_match}
    meta = resource.get("meta")
    try:
        seen = datetime.fromisoformat(meta["lastUpdated"]) if isinstance(meta, Mapping) else None
    except (KeyError, TypeError, ValueError):
        return {}
    if seen is None or seen.tzinfo is None:
        return {}
    whole = seen.astimezone(UTC) + timedelta(seconds=1 if seen.microsecond else 0)
    return {"If-Unmodified-Since": format_datetime(whole.replace(microsecond=0), usegmt=True)}


def _object(answer: HttpResponse) -> Resource:
    try:
        return answer.object()
    except ValueError as error:
        raise EhrUnavailable("The EHR's answer is not FHIR JSON.") from error


def _pause(answer: HttpResponse) -> float | None:
    """Seconds a busy EHR asks for, if short enough to wait for; None if it does not say or asks for too long."""
    text = answer.headers.get("Retry-After", "")
    seconds = float(text) if text.isascii() and text.isdigit() and len(text) < 6 else None
    return seconds if seconds is not None and seconds <= LONGEST_WAIT else None


def _value(body: bytes | None) -> Any:
    try:
        return json.loads(body or b"null")
    except (ValueError, RecursionError):
        return None
