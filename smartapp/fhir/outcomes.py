"""OperationOutcome -> what the EHR says in it: words for a person, and lines of what may be missing from a result."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from smartapp.core.chart import Unreadable
from smartapp.fhir.json import Malformed, Resource, coded_text, get_list, get_object, get_str, get_text

_MOST_ISSUES = 5
_TOLD = {"fatal", "error", "warning"}
# Epic says of every empty result, as a warning, that it is empty (its message 4101): nothing is missing then.
_EPIC, _EMPTY = "urn:oid:1.2.840.114350.", "4101"


def outcome_lines(resource: Resource, place: str) -> Iterator[Unreadable]:
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


def issue_texts(outcome: Mapping[str, Any]) -> tuple[str, ...]:
    """Words of each issue of an OperationOutcome, at most a handful, shortened, without control characters."""
    if outcome.get("resourceType") != "OperationOutcome" or not isinstance(outcome.get("issue"), list):
        return ()
    return tuple(_texts(outcome["issue"][:_MOST_ISSUES]))


def remarks_of(outcome: Mapping[str, Any]) -> tuple[str, ...]:
    """Of an OperationOutcome among results, the words of what may be missing; information is left out."""
    issues = outcome.get("issue")
    told = (
        [issue for issue in issues if not isinstance(issue, dict) or _told(issue)] if isinstance(issues, list) else []
    )
    return issue_texts({**outcome, "issue": told})


def _told(issue: Mapping[str, Any]) -> bool:
    try:
        return tells_of_a_lack(issue)
    except Malformed:
        return True


def _texts(found: list[Any]) -> Iterator[str]:
    for issue in found:
        if isinstance(issue, dict):
            details = issue.get("details")
            text = (details.get("text") if isinstance(details, dict) else None) or issue.get("diagnostics")
            if isinstance(text, str) and plain(text):
                yield plain(text)


def plain(text: str) -> str:
    """Words of somebody else, short and without control characters; the page escapes them like any text."""
    return re.sub(r"\s+", " ", "".join(c if c.isprintable() else " " for c in text)).strip()[:200]
