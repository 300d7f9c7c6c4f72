"""OperationOutcome inside a search result -> lines: what the EHR says it could not or would not give."""

from collections.abc import Iterator

from smartapp.core.chart import Unreadable
from smartapp.fhir.json import Malformed, Resource, get_list, get_object, get_str, get_text
from smartapp.fhir.read.context import coded_text

_TOLD = {"fatal", "error", "warning"}
# Epic says of every empty result, as a warning, that it is empty (its message 4101): nothing is missing then.
_EPIC, _EMPTY = "urn:oid:1.2.840.114350.", "4101"


def outcome(resource: Resource, place: str) -> Iterator[Unreadable]:
    """One line for each issue that is more than information."""
    try:
        for issue in get_list(resource, "issue"):
            if tells_of_a_lack(issue):
                said = (
                    coded_text(get_object(issue, "details"))
                    or get_text(issue, "diagnostics")
                    or get_text(issue, "code")
                )
                yield Unreadable(place, f"the EHR says: {said or 'no reason given'}")
    except Malformed as fault:
        yield Unreadable(place, f"OperationOutcome: {fault}")


def tells_of_a_lack(issue: Resource) -> bool:
    """Whether an issue beside a search's results says that something may be missing. Raises Malformed."""
    codings = get_list(get_object(issue, "details"), "coding")
    empty = any(get_str(c, "system").startswith(_EPIC) and get_str(c, "code") == _EMPTY for c in codings)
    return not empty and get_str(issue, "severity") in _TOLD
