"""An answer of the EHR that is not a success -> the error of ours that says what to do."""

from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from smartapp.ehr.answer import Answer
from smartapp.errors import EhrConflict, EhrError, EhrForbidden, EhrRejected, EhrUnavailable, SessionEnded
from smartapp.fhir.outcomes import issue_texts

_BY_STATUS: Mapping[int, tuple[type[EhrError] | type[SessionEnded], str]] = {
    401: (SessionEnded, "The EHR has ended this session's access."),
    403: (EhrForbidden, "The EHR does not allow this."),
    408: (EhrUnavailable, "The EHR did not answer in time."),
    409: (EhrConflict, "The record in the EHR has changed meanwhile."),
    412: (EhrConflict, "The record in the EHR is not as it was when it was read."),
    429: (EhrUnavailable, "The EHR is asked for too much at once."),
}
_LONGEST_WAIT = 3600.0


def refusal(answer: Answer) -> EhrError | SessionEnded:
    """The error of an answer whose status is not 2xx, with the EHR's own words where it gave some."""
    status = answer.status_code
    kind, words = _BY_STATUS.get(status, (EhrRejected, "The EHR did not accept the request."))
    if status >= 500:
        kind, words = EhrUnavailable, f"The EHR had an internal error (HTTP {status})."
    elif status < 400:
        kind, words = EhrError, f"The EHR sent an answer that cannot be used (HTTP {status})."
    said = "; ".join(issues(answer))
    error = kind(f"{words} It said: {said}" if said else words)
    if isinstance(error, EhrError):
        error.http_status, error.retry_after = status, asked_to_wait(answer)
    return error


def asked_to_wait(answer: Answer) -> float | None:
    """Seconds of Retry-After, as a number or as a date, at most an hour (ours); None if it says nothing usable."""
    text = answer.headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), _LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(text)
        said_at = parsedate_to_datetime(answer.headers.get("Date", ""))
        return min(max((until - said_at).total_seconds(), 0.0), _LONGEST_WAIT)
    except (TypeError, ValueError):
        return None


def issues(answer: Answer) -> tuple[str, ...]:
    """The issue texts of an OperationOutcome; empty for anything else (servers also answer errors in HTML or text)."""
    try:
        outcome = answer.object()
    except ValueError:
        return ()
    return issue_texts(outcome)
