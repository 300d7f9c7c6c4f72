"""References of what we wrote -> what the chart says of each today, asked for one by one."""

from collections.abc import Container, Mapping
from typing import Any, Protocol

from smartapp.errors import EhrError, LoadpathError

GONE = ""  # there is no such record any more
_NO_SUCH = frozenset({404, 410})


class Reader(Protocol):
    def read(self, resource_type: str, resource_id: str) -> Any: ...


def status_now(client: Reader, reference: str) -> str | None:
    """The status the record has, :data:`GONE`, or None where the EHR does not say."""
    kind, _, id_ = reference.partition("/")
    try:
        found = client.read(kind, id_).get("status")
    except EhrError as error:
        return GONE if error.http_status in _NO_SUCH else None
    except LoadpathError:
        return None
    return found if isinstance(found, str) and found else None


def without(resource: Mapping[str, Any], missing: Container[str]) -> dict[str, Any]:
    """The resource without what points at records that are there no more: an EHR that checks references takes no other.

    A part of it goes as a whole, because what is left of it may lack what it must have.
    """
    kept = {
        name: [each for each in value if not _points(each, missing)] if isinstance(value, list) else value
        for name, value in resource.items()
    }
    return {name: value for name, value in kept.items() if value != [] and not _points(value, missing)}


def _points(value: Any, missing: Container[str]) -> bool:
    if isinstance(value, list):
        return any(_points(each, missing) for each in value)
    if not isinstance(value, Mapping):
        return False
    return value.get("reference") in missing or any(_points(each, missing) for each in value.values())
