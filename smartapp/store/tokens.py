"""The tokens of an open session, of which one worker at a time may use the refresh token (SMART R2)."""

from collections.abc import Callable, Mapping

from sqlalchemy import select, update

from smartapp.errors import SessionEnded
from smartapp.store.database import Database
from smartapp.store.schema import launches

_REFRESH_LEASE = 30.0  # seconds after which a worker that was renewing tokens counts as dead (ours)
_OPEN = launches.c.phase == "open"


class TokenStore:
    """What :class:`smartapp.ehr.launch.tokens.SessionTokens` asks for; ``end_session`` is that of the sessions."""

    def __init__(self, database: Database, end_session: Callable[[str], None]):
        self._database, self._seal, self.end_session = database, database.seal, end_session

    def load(self, launch_id: str) -> tuple[dict[str, object], int]:
        """The tokens and their version. Raises SessionEnded if there are none."""
        with self._database.read() as db:
            row = db.execute(
                select(launches.c.tokens, launches.c.tokens_version).where(launches.c.id == launch_id, _OPEN)
            ).one_or_none()
        if row is None or row.tokens is None:
            raise SessionEnded("Access to the EHR has ended.")
        return self._seal.open_object(f"{launch_id} tokens", row.tokens), row.tokens_version

    def claim_refresh(self, launch_id: str, version: int) -> bool:
        """Whether the caller may use the refresh token of this version: one caller among all workers."""
        now = self._database.clock()
        free = (launches.c.tokens_version == version, launches.c.refresh_until <= now)
        with self._database.transaction() as db:
            done = db.execute(
                update(launches).where(launches.c.id == launch_id, *free).values(refresh_until=now + _REFRESH_LEASE)
            )
        return done.rowcount == 1

    def release_refresh(self, launch_id: str, version: int) -> None:
        """The renewal failed and may be tried again at once."""
        self._set(launch_id, version, refresh_until=0.0)

    def save(self, launch_id: str, tokens: Mapping[str, object], version: int) -> None:
        """New tokens under the next version; the old ones are gone with this."""
        sealed = self._seal.seal(f"{launch_id} tokens", dict(tokens))
        self._set(launch_id, version - 1, tokens=sealed, tokens_version=version, refresh_until=0.0)

    def drop(self, launch_id: str) -> None:
        """Forget them; the session stays, without access to the EHR."""
        alive = launches.c.phase.in_(("exchanging", "open"))
        with self._database.transaction() as db:
            db.execute(update(launches).where(launches.c.id == launch_id, alive).values(tokens=None))

    def _set(self, launch_id: str, version: int, **values: object) -> None:
        fits = (launches.c.id == launch_id, launches.c.tokens_version == version, _OPEN)
        with self._database.transaction() as db:
            db.execute(update(launches).where(*fits).values(**values))
