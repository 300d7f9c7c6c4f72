"""OperationOutcome inside a search result -> lines: what the EHR says it could not or would not give."""

from collections.abc import Iterator

from smartapp.core.chart import Unreadable
from smartapp.ehr.read.codings import coded_text
from smartapp.ehr.read.shape import Malformed, Resource, part, parts, text, word

_TOLD = {"fatal", "error", "warning"}


def outcome(resource: Resource, place: str) -> Iterator[Unreadable]:
    """One line for each issue that is more than information."""
    try:
        for issue in parts(resource, "issue"):
            if word(issue, "severity") in _TOLD:
                said = coded_text(part(issue, "details")) or text(issue, "diagnostics") or text(issue, "code")
                yield Unreadable(place, f"the EHR says: {said or 'no reason given'}")
    except Malformed as fault:
        yield Unreadable(place, f"OperationOutcome: {fault}")
