"""What an EHR answers over HTTP, as text and as JSON: the body in the encoding it really has."""

import codecs
import json
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from functools import cached_property
from typing import Any

from smartapp.errors import EhrUnavailable, Who
from smartapp.fhir.json import without_empty

_LATIN_1 = frozenset({"iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1", "windows-1252", "cp1252"})
_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}
_ODD_BYTES = "loadpath-odd-bytes"


class NoAnswer(EhrUnavailable):
    """The request may or may not have reached the EHR: for a write, look before sending again."""

    def __init__(self, text: str, sent: bool, timed_out: bool = False, who: Who | None = None):
        super().__init__(text, who=who)
        self.sent, self.timed_out = sent, timed_out


@dataclass(frozen=True)
class Answer:
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
