"""What an EHR answers over HTTP -> text and JSON in the encoding it really has, or the error that says what to do."""

import codecs
import json
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import Any

from smartapp.errors import EhrConflict, EhrError, EhrForbidden, EhrRejected, EhrUnavailable, SessionEnded, Who
from smartapp.fhir.json import without_empty
from smartapp.fhir.outcomes import issue_texts

_LATIN_1 = frozenset({"iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1", "windows-1252", "cp1252"})
_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}
_ODD_BYTES = "loadpath-odd-bytes"
_BY_STATUS: Mapping[int, tuple[type[EhrError] | type[SessionEnded], str]] = {
    401: (SessionEnded, "The EHR has ended this session's access."),
    403: (EhrForbidden, "The EHR does not allow this."),
    408: (EhrUnavailable, "The EHR did not answer in time."),
    409: (EhrConflict, "The record in the EHR has changed meanwhile."),
    412: (EhrConflict, "The record in the EHR is not as it was when it was read."),
    429: (EhrUnavailable, "The EHR is asked for too much at once."),
}
_MOST_ISSUES = 5
_LONGEST_WAIT = 3600.0


class NoAnswer(EhrUnavailable):
    """The request may or may not have reached the EHR: for a write, look before sending again."""

    def __init__(self, text: str, sent: bool, timed_out: bool = False, who: Who | None = None):
        super().__init__(text, who=who)
        self.sent, self.timed_out = sent, timed_out


@dataclass(frozen=True)
class HttpResponse:
    """What came back; ``body`` is complete and at most as large as allowed."""

    status_code: int
    headers: Mapping[str, str]
    body: bytes
    url: str

    @cached_property
    def _decoded(self) -> tuple[str, bool]:
        """The body as text, and whether its encoding had to be guessed."""
        try:
            return self.body.decode(json.detect_encoding(self.body)), False  # UTF-8, -16 or -32, with or without a mark
        except UnicodeDecodeError:
            declared = _as_declared(self.body, _charset(self.headers))
        if declared is not None:
            return declared, False
        return self.body.decode("utf-8-sig", _ODD_BYTES), True

    @property
    def text(self) -> str:
        return self._decoded[0]

    @property
    def guessed(self) -> bool:
        """Whether the body is neither UTF-8 nor what it declares to be, so that single characters may be wrong."""
        return self._decoded[1]

    @property
    def ok(self) -> bool:
        return 200 <= self.status_code < 300

    def json(self) -> Any:
        """The body as JSON. Raises ValueError (also for absurdly nested input)."""
        try:
            return json.loads(self.text)
        except RecursionError as error:
            raise ValueError("nested too deeply") from error

    def object(self) -> dict[str, Any]:
        """The body as a JSON object, without what says nothing (``"error": null``). Raises ValueError."""
        value = self.json()
        if not isinstance(value, dict):
            raise ValueError("not a JSON object")
        return without_empty(value) or {}


def _charset(headers: Mapping[str, str]) -> str:
    """The charset of Content-Type; empty where none is declared."""
    read = Message()
    read["Content-Type"] = headers.get("Content-Type", "")
    declared = read.get_param("charset")
    return declared.lower() if isinstance(declared, str) else ""


def _as_declared(body: bytes, charset: str) -> str | None:
    """None where the body is not what was declared, or nothing readable was."""
    try:
        return _western(body) if charset in _LATIN_1 else body.decode(charset)
    except (LookupError, ValueError):
        return None


def _western(body: bytes) -> str:
    """Latin-1, with the dashes and quotes of Windows-1252 where Latin-1 has control characters, as browsers read it.

    A dash may be the minus of a T-score.
    """
    return body.decode("latin-1").translate(_WINDOWS)


def _odd_bytes(error: UnicodeError) -> tuple[str, int]:
    """Only what is no UTF-8 is read in another way: the rest of the answer may well be."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _western(error.object[error.start : error.end]), error.end


codecs.register_error(_ODD_BYTES, _odd_bytes)


def error_of(answer: HttpResponse) -> EhrError | SessionEnded:
    """The error of an answer whose status is not 2xx, with the EHR's own words where it gave some."""
    status = answer.status_code
    kind, words = _BY_STATUS.get(status, (EhrRejected, "The EHR did not accept the request."))
    if status >= 500:
        kind, words = EhrUnavailable, f"The EHR had an internal error (HTTP {status})."
    elif status < 400:
        kind, words = EhrError, f"The EHR sent an answer that cannot be used (HTTP {status})."
    said = "; ".join(_issues_of(answer))
    error = kind(f"{words} It said: {said}" if said else words)
    if isinstance(error, EhrError):
        error.http_status, error.retry_after = status, retry_after(answer)
    return error


def retry_after(answer: HttpResponse) -> float | None:
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


def _issues_of(answer: HttpResponse) -> tuple[str, ...]:
    """The issue texts of an OperationOutcome; empty for anything else (servers also answer errors in HTML or text)."""
    try:
        outcome = answer.object()
    except ValueError:
        return ()
    return issue_texts(outcome)
