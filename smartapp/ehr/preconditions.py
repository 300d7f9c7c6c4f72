"""What was seen of a record -> the header that keeps an update from overwriting what somebody changed meanwhile."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any


def unchanged(resource: Mapping[str, Any], if_match: str = "") -> dict[str, str]:
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
