"""A CDS Hooks call -> :class:`~smartapp.ehr.fetched_chart.FetchedChart`: what it brings, and what may be read besides.

What was prefetched stands for the first page of its search; the same loader as at a launch reads what is missing, with
the token of the call, from the EHR's own FHIR base and nowhere else, and only until the time for it is over. What then
is not there is named as not read. The token lives in this call: it is never kept and never logged.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from smartapp.ehr.addresses import normal_base
from smartapp.ehr.answer import HttpResponse
from smartapp.ehr.client import AuditedClient, KeepEvents
from smartapp.ehr.fetch import Batched, ChartLoader
from smartapp.ehr.fetched_chart import FetchedChart
from smartapp.ehr.http_client import HttpClient
from smartapp.ehr.issuers import Issuer
from smartapp.errors import ChartNotSent, EhrError, EhrForbidden, EhrRejected, EhrUnavailable, InputError
from smartapp.fhir.audit_event import AuditContext
from smartapp.fhir.hooks.calls import HookCall
from smartapp.fhir.hooks.discovery import prefetch, prefetch_key
from smartapp.fhir.json import reference_of
from smartapp.fhir.outcomes import issue_texts
from smartapp.fhir.read.searches import Search
from smartapp.settings import Settings

DIAGNOSES = ("diagnoses on the problem list", "diagnoses made at visits")  # without both nothing can be concluded
_NONE: Mapping[str, Any] = {"resourceType": "Bundle", "type": "searchset", "entry": []}
_TOO_LATE = "It was not sent with this call, and there was no time to read it."
_NO_ACCESS = "It was not sent with this call, which gives no access to read it."


class _Token:
    """The token of one call, which nobody can renew."""

    def __init__(self, token: str):
        self._token = token

    def current(self) -> str:
        if not self._token:
            raise EhrForbidden(_NO_ACCESS)
        return self._token

    def renew(self, refused: str) -> str:
        raise EhrForbidden("The EHR does not accept the access token of this call.")


class _UntilThen(HttpClient):
    """The connections of the process, for one call: nothing is begun, or waited for, past ``end``."""

    def __init__(self, shared: HttpClient, settings: Settings, end: float, types: Sequence[str], base: str):
        super().__init__(settings)
        self._shared, self._end = shared, end
        self.larger_pages = dict.fromkeys(((base, kind) for kind in types), False)  # its first page is here already

    def send(
        self, method: str, url: str, *, headers: Mapping[str, str], data: bytes | str | None = None,
        seconds: float | None = None, most_bytes: int | None = None, spend: Callable[[int], None] | None = None,
    ) -> HttpResponse:  # fmt: skip
        left = self._end - time.monotonic()
        if left <= 0:
            raise EhrUnavailable(_TOO_LATE)
        return self._shared.send(
            method, url, headers=headers, data=data, seconds=left, most_bytes=most_bytes, spend=spend
        )


class HookReader:
    """Reads the charts of calls: one for the process."""

    def __init__(self, loader: ChartLoader, http_client: HttpClient, settings: Settings, searches: Sequence[Search]):
        self._loader, self._http_client, self._settings = loader, http_client, settings
        self._searches = searches
        self.templates = prefetch(searches)  # of the same for each call

    def fetch_chart(
        self, call: HookCall, issuer: Issuer, audit_context: Callable[[], AuditContext], keep: KeepEvents
    ) -> FetchedChart:
        """Raises InputError for another EHR's address or another patient's records, ChartNotSent (412)."""
        check_server(call, issuer)
        end = time.monotonic() + self._settings.hook_seconds
        types = [search.resource for search in self._searches]
        within = _UntilThen(self._http_client, self._settings, end, types, issuer.iss)
        client = AuditedClient(
            within, issuer.iss, _Token(call.token), self._settings.pages, _not_again,
            audit_context=audit_context, keep=keep,
        )  # fmt: skip
        brought = [_brought(search, call.prefetch) for search in self._searches]
        try:
            chart = self._loader.fetch_chart(client, call.patient, self._searches, brought=brought)
        except EhrError as error:
            raise ChartNotSent(f"The patient's own record could not be had: {error}") from None
        _check_own(chart, call)
        _check_diagnoses(chart)
        return chart


def check_server(call: HookCall, issuer: Issuer) -> None:
    """No call sends us to another address than the one in the issuers file. Raises InputError."""
    try:
        same = not call.server or normal_base(call.server) == issuer.iss
    except ValueError:
        same = False
    if not same:
        raise InputError("fhirServer is not the FHIR base this EHR is registered with.")


def _not_again(seconds: float) -> None:
    raise EhrUnavailable("The EHR is asked for too much at once.")


def _brought(search: Search, prefetch: Mapping[str, Any]) -> Batched:
    """What the call says of a search: its first page, why there is none, or nothing (None)."""
    key = prefetch_key(search)
    if key not in prefetch:
        return None
    value = prefetch[key]
    if value is None:
        return EhrRejected("The EHR has no such record.") if search.resource == "Patient" else dict(_NONE)
    if value.get("resourceType") == "OperationOutcome":
        said = " ".join(issue_texts(value))
        return EhrUnavailable(f"The EHR could not fetch it. {said}".strip())
    found: dict[str, Any] = value
    return found


def _check_own(chart: FetchedChart, call: HookCall) -> None:
    others = set(chart.of_another)
    for key, value in call.prefetch.items():
        entries = value.get("entry") if value else None
        for place, entry in enumerate(entries if isinstance(entries, list) else ()):
            resource = entry.get("resource") if isinstance(entry, dict) else None
            if isinstance(resource, dict) and reference_of(resource) in others:
                raise InputError(f"prefetch.{key}.entry[{place}].resource is about another patient.")


def _check_diagnoses(chart: FetchedChart) -> None:
    missing = {label for failure in chart.failures for label in failure.searches}
    found = any(each.get("resourceType") == "Condition" for each in chart.resources)
    if missing.issuperset(DIAGNOSES) and not found:
        told = "; ".join(text for text in chart.partial if text.startswith(DIAGNOSES))
        raise ChartNotSent(f"Without the patient's diagnoses nothing can be said. {told}")
