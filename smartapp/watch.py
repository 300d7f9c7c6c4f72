"""What happens in a process -> whoever measures it; by itself nobody does. Nothing that is told here names a person."""

from collections.abc import Iterable


class Watch:
    """``ehr`` addresses are whole here, and stay in the process."""

    def answered(self, route: str, method: str, status: int, seconds: float) -> None:
        """A request of a browser or an EHR. ``route``: the rule of the page, never its address."""

    def asking(self, url: str, change: int) -> None:
        """A request to an EHR begins (1) or ends (-1)."""

    def asked(self, url: str, method: str, outcome: str, seconds: float) -> None:
        """It has ended: "2xx" to "5xx", "no answer", "timed out", or "not sent"."""

    def renewed(self, issuer: str, well: bool) -> None:
        """The access of a session was renewed, or could not be. ``issuer``: its key in the issuers file."""

    def raised(self, reading: tuple[str, float], codes: Iterable[str]) -> None:
        """Alerts of a chart, by code. ``reading``: which session's, and when it was read; one reading counts once."""

    def connected(self, change: int) -> None:
        """A connection to the database was taken (1) or given back (-1)."""
