"""One door to the network: a request to an allowed address -> an :class:`Answer` of bounded size in bounded time.

Everything Loadpath sends to an EHR goes through :class:`Egress`: no redirect is followed, no cookie is kept, no proxy
or netrc of the machine is used, connections are pooled for the process.
"""

import codecs
import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import Message
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from smartapp.ehr.addresses import origin, safe_scheme
from smartapp.ehr.read.shape import without_empty
from smartapp.errors import EhrError, EhrUnavailable, Who
from smartapp.settings import Settings

if TYPE_CHECKING:
    from smartapp.ehr.wire import Wire

USER_AGENT = "Loadpath/0.1"
_LATIN_1 = frozenset({"iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1", "windows-1252", "cp1252"})
_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}
_ODD_BYTES = "loadpath-odd-bytes"


class NoAnswer(EhrUnavailable):
    """The request may or may not have reached the EHR: for a write, look before sending again."""

    def __init__(self, text: str, sent: bool, timed_out: bool = False, who: Who | None = None):
        super().__init__(text, who=who)
        self.sent, self.timed_out = sent, timed_out


class AddressRefused(EhrError):
    """A URL outside of what this EHR is allowed to send us to."""


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


class Egress:
    """The process's connections to EHRs. ``sessions`` makes the session: tests mount an in-process EHR there."""

    def __init__(self, settings: Settings, sessions: Callable[[], Any] | None = None):
        self._settings, self._sessions = settings, sessions
        self._guard = threading.Lock()
        self._wire: Wire | None = None
        self.larger_pages: dict[tuple[str, str], bool] = {}  # FHIR base, type -> whether _count brought more

    @property
    def wire(self) -> "Wire":
        from smartapp.ehr.wire import Wire  # noqa: PLC0415 -- slow

        with self._guard:
            self._wire = self._wire or Wire(self._settings, self._sessions)
            return self._wire

    def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        data: bytes | str | None = None,
        seconds: float | None = None,
        most_bytes: int | None = None,
    ) -> Answer:
        """One request, one answer of any status. Raises AddressRefused, NoAnswer."""
        self._check(url)
        sent_headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip, deflate", **headers}
        read, most = seconds or self._settings.read_seconds, most_bytes or self._settings.answer_bytes
        return self.wire.send(method, url, sent_headers, data, read, most)

    def _check(self, url: str) -> None:
        try:
            origin(url)
        except ValueError as error:
            raise AddressRefused("The EHR named an address that cannot be used.") from error
        if not safe_scheme(url, self._settings.dev_loopback):
            raise AddressRefused("The EHR named an address that is not encrypted (https).")


class TokenWire:
    """What Authlib's OAuth2Client uses as its session: form posts through :class:`Egress`, sent once, never retried."""

    def __init__(self, egress: Egress):
        self._egress = egress

    def post(self, url: str, data: Mapping[str, str], headers: Mapping[str, str], auth: Any) -> Answer:
        _, signed, body = auth.prepare("POST", url, dict(headers), urlencode(data))
        return self._egress.send("POST", url, headers=signed, data=body, most_bytes=256 * 1024)
