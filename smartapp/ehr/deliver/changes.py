"""An older record -> an update that ends it over the version that was seen; and what somebody changed since."""

from collections.abc import Mapping
from typing import Any

from smartapp.ehr.deliver.lookup import status_of
from smartapp.ehr.deliver.ports import FhirWriter
from smartapp.ehr.replies import Reply
from smartapp.errors import EhrConflict, EhrError, EhrRejected
from smartapp.fhir.build.elements import Element
from smartapp.fhir.json import version_of


def put(client: FhirWriter, resource: Element, if_match: str) -> Reply:
    """The update; once more with a strong ETag, where an EHR refuses the weak one over the very version it gave.

    Raises as the client does, with the refusal of the weak one where the record has changed.
    """
    try:
        return client.update(resource, if_match)
    except (EhrConflict, EhrRejected) as error:
        if strong(if_match) == if_match or error.http_status not in (400, 412):
            raise
        if not _unchanged(client, resource, if_match):
            raise
    return client.update(resource, strong(if_match))


def strong(etag: str) -> str:
    """FHIR's ETags are weak; RFC 9110 lets If-Match compare strong ones only, and some servers insist on it."""
    return etag.removeprefix("W/")


def _unchanged(client: FhirWriter, resource: Element, if_match: str) -> bool:
    try:
        now = client.read(str(resource["resourceType"]), str(resource["id"]))
    except EhrError:
        return False
    return strong(if_match) == f'"{version_of(now)}"'


def differences(seen: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Each element that changed, as it was seen and as it is; the status we were about to set does not count."""
    ours = {"meta", "text", "status", "lifecycleStatus"}
    names = [name for name in {**seen, **now} if name not in ours and seen.get(name) != now.get(name)]
    lines = [f"{name}: was {_short(seen.get(name))}, is {_short(now.get(name))}." for name in names]
    return (*([f"Its status is now {status_of(now)}."] if status_of(now) else []), *lines)


def _short(value: Any, most: int = 80) -> str:
    text = "absent" if value is None else str(value)
    return text if len(text) <= most else text[:most] + " …"
