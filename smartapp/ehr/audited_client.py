"""A FHIR client every request of which leaves an audit event, by whichever of its methods it was sent."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from smartapp.ehr.answer import Answer, NoAnswer
from smartapp.ehr.client import FhirClient
from smartapp.fhir.audit_event import AuditContext, Event
from smartapp.fhir.rest_event import classify, rest_events

Keep = Callable[[tuple[Event, ...]], None]


class WitnessedClient(FhirClient):
    """``scene`` is asked at every request, ``keep`` takes the events; where it fails, the answer is not used."""

    def __init__(self, *args: Any, audit_context: Callable[[], AuditContext], keep: Keep):
        super().__init__(*args)
        self._scene, self._keep = audit_context, keep

    def _once(self, method: str, url: str, body: bytes | None, headers: Mapping[str, str] | None, token: str) -> Answer:
        try:
            answer = super()._once(method, url, body, headers, token)
        except NoAnswer as error:
            if error.sent:
                self._saw(method, url, body, None)
            raise
        self._saw(method, url, body, answer)
        return answer

    def _saw(self, method: str, url: str, body: bytes | None, answer: Answer | None) -> None:
        writes = method != "GET"
        got = _value(answer.body) if answer and writes else None
        location = answer.headers.get("Location", "") if answer else ""
        what = classify(method, url, self.base, _value(body) if writes else None, got, location)
        self._keep(rest_events(self._scene(), method, url, answer.status_code if answer else 0, what))


def _value(body: bytes | None) -> Any:
    try:
        return json.loads(body or b"null")
    except (ValueError, RecursionError):
        return None
