"""Requests of one export, each by the process's one client: where the token goes, how long is waited, what is tried
again.

The token goes to the origin of the FHIR base and nowhere else: status and files lie beside the base at some EHRs
(Epic), so that the rule for records, below the base, would not do. Other hosts are asked only where the issuers file
lists them, and without a token, also by a redirect.
"""

import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import BinaryIO

from smartapp.ehr.addresses import origin, resolve, safe_scheme
from smartapp.ehr.answer import HttpResponse, NoAnswer, error_of, retry_after
from smartapp.ehr.client import TokenSource
from smartapp.ehr.http_client import AddressRefused, HttpClient
from smartapp.ehr.issuers import Issuer
from smartapp.errors import EhrError, Who
from smartapp.settings import Settings

FIRST_PAUSE, LONGEST_PAUSE = 2.0, 60.0  # seconds, doubled each time, where the EHR does not say how long (ours)
TRIES = 5  # of one request that is answered by nothing, or by a fault of the server (ours)
REDIRECTS = 3
BUSY = frozenset({429, 503})
_PASSING = frozenset({408, 425, 500, 502, 504})


@dataclass
class Door:
    """``sleep`` and ``clock`` (seconds since the epoch) are the seams for tests. Safe to share between threads."""

    issuer: Issuer
    http_client: HttpClient
    tokens: TokenSource
    settings: Settings
    sleep: Callable[[float], object] = time.sleep
    clock: Callable[[], float] = time.time
    stopped: threading.Event = field(default_factory=threading.Event)
    _quiet_until: float = 0.0  # the EHR has asked to be left alone, by whichever request

    def ask(
        self,
        method: str,
        url: str,
        accept: str,
        *,
        needs_token: bool = True,
        into: BinaryIO | None = None,
        spend: Callable[[int], None] = lambda size: None,
    ) -> HttpResponse:
        """One answer of any status, redirects of a file followed. Raises AddressRefused, NoAnswer, EhrForbidden."""
        for _ in range(REDIRECTS + 1):
            answer = self._send(method, url, accept, needs_token, into, spend)
            place = answer.headers.get("Location", "")
            if into is None or answer.status_code not in (301, 302, 303, 307, 308) or not place:
                return answer
            url = resolve(place, url)
            needs_token = needs_token and self._is_own(url)
        raise AddressRefused("The EHR sends from one address of a file to the next without end.")

    def until_answered(
        self, ask: Callable[[], HttpResponse], until: float, tries: int = TRIES, final: Collection[int] = ()
    ) -> HttpResponse:
        """An answer that is neither “too busy” nor a fault that may pass; the last one where time or tries are over.

        Who is too busy is asked until then; the pause it wants holds for every request of this export. ``final``:
        statuses that say here that it will not pass.
        """
        failed, busy = 0, 0
        while True:
            try:
                answer = ask()
            except NoAnswer:
                failed += 1
                if failed >= tries or self.clock() >= until:
                    raise
                self.pause(doubled(failed))
                continue
            if self.clock() >= until or answer.status_code not in (BUSY | _PASSING) - set(final):
                return answer
            if answer.status_code in BUSY:
                busy += 1
                self.leave_alone(retry_after(answer) or doubled(busy))
                continue
            failed += 1
            if failed >= tries:
                return answer
            self.pause(doubled(failed))

    def leave_alone(self, seconds: float) -> None:
        self._quiet_until = max(self._quiet_until, self.clock() + seconds)

    def pause(self, seconds: float) -> None:
        self.sleep(seconds)
        self.check_stopped()

    def check_stopped(self) -> None:
        if self.stopped.is_set():
            raise EhrError("The export was stopped.", who=Who.YOU)

    def _send(
        self, method: str, url: str, accept: str, needs_token: bool, into: BinaryIO | None,
        spend: Callable[[int], None],
    ) -> HttpResponse:  # fmt: skip
        self._check(url, needs_token)
        self.check_stopped()
        while (left := self._quiet_until - self.clock()) > 0:
            self.pause(left)
        # An EHR may answer with an export it made for the same request before (HAPI): that is of another moment.
        headers = {"Accept": accept, "Prefer": "respond-async", "Cache-Control": "no-cache"}
        token = self.tokens.current() if needs_token else ""

        def send(token: str) -> HttpResponse:
            proof = headers | ({"Authorization": f"Bearer {token}"} if token else {})
            if into is not None:
                return self.http_client.download(url, into, headers=proof, spend=spend)
            return self.http_client.send(method, url, headers=proof)

        answer = send(token)
        return send(self.tokens.renew(token)) if answer.status_code == 401 and token else answer

    def _check(self, url: str, needs_token: bool) -> None:
        place = _origin(url)
        if not place or not safe_scheme(url, self.settings.dev_loopback) or "@" in url.partition("?")[0]:
            raise AddressRefused("The EHR named an address for the export that is not secure (https).")
        if not self.issuer.may_reach(url):
            raise AddressRefused(
                f"The EHR keeps the export's files at {place}, which is not registered for it. If that is right, "
                "add it to “hosts” in the issuers file.", who=Who.SITE,
            )  # fmt: skip
        if needs_token and not self._is_own(url):
            raise AddressRefused("The EHR wants its token at another host than its own: it is not sent there.")

    def _is_own(self, url: str) -> bool:
        return _origin(url) == _origin(self.issuer.iss)


def refused(answer: HttpResponse) -> EhrError:
    """The error of an answer that is no good, with the words of its OperationOutcome."""
    error = error_of(answer)
    return error if isinstance(error, EhrError) else EhrError("The EHR does not accept the access it has just granted.")


def _origin(url: str) -> str:
    try:
        return origin(url)
    except ValueError:
        return ""


def doubled(times: int) -> float:
    return min(FIRST_PAUSE * 2.0 ** min(times - 1, 10), LONGEST_PAUSE)
