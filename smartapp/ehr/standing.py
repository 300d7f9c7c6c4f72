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
    """The resource without its references to records that are there no more: an EHR that checks them takes no other."""
    kept: dict[str, Any] = _kept(resource, missing)
    return kept


def _kept(value: Any, missing: Container[str]) -> Any:
    if isinstance(value, list):
        return [kept for each in value if (kept := _kept(each, missing)) is not None] or None
    if not isinstance(value, Mapping):
        return value
    if value.get("reference") in missing:
        return None
    return {name: kept for name, old in value.items() if (kept := _kept(old, missing)) is not None}
