"""OperationOutcome inside a search result -> lines: what the EHR says it could not or would not give."""

from collections.abc import Iterator

from smartapp.core.chart import Unreadable
from smartapp.fhir.json import Malformed, Resource, part, parts, text, word
from smartapp.fhir.read.codings import coded_text

_TOLD = {"fatal", "error", "warning"}
# Epic says of every empty result, as a warning, that it is empty (its message 4101): nothing is missing then.
_EPIC, _EMPTY = "urn:oid:1.2.840.114350.", "4101"


def outcome(resource: Resource, place: str) -> Iterator[Unreadable]:
    """One line for each issue that is more than information."""
    try:
        for issue in parts(resource, "issue"):
            if tells_of_a_lack(issue):
                said = coded_text(part(issue, "details")) or text(issue, "diagnostics") or text(issue, "code")
                yield Unreadable(place, f"the EHR says: {said or 'no reason given'}")
    except Malformed as fault:
        yield Unreadable(place, f"OperationOutcome: {fault}")


def tells_of_a_lack(issue: Resource) -> bool:
    """Whether an issue beside a search's results says that something may be missing. Raises Malformed."""
    codings = parts(part(issue, "details"), "coding")
    empty = any(word(c, "system").startswith(_EPIC) and word(c, "code") == _EMPTY for c in codings)
    return not empty and word(issue, "severity") in _TOLD
