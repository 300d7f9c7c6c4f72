"""What must outlive a request: :func:`open_store` turns a database URL and a secret into a :class:`Store`.

Nothing of a patient, a person or a token stands in clear in the database: values are sealed, keys are keyed hashes.
SQLite for one host; PostgreSQL (SQLAlchemy URL) for several. Any worker can serve any request.
"""

import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError

from smartapp.errors import SettingsError
from smartapp.store.audit import Audit, Place, Trail
from smartapp.store.launches import Callback, Launches, Limits, Session
from smartapp.store.records import Records, Signature, Stated
from smartapp.store.schema import SchemaMismatch, meta, open_engine
from smartapp.store.seal import Seal
from smartapp.store.sessions import OpenSession, Sessions
from smartapp.store.undelivered import Deliveries, Undelivered

__all__ = [
    "Audit", "Callback", "Launches", "Limits", "OpenSession", "Place", "Records", "Session", "Signature", "Stated",
    "Store", "Trail", "Undelivered",
    "open_store",
]  # fmt: skip


class Store(Launches, Sessions, Audit, Records, Deliveries):
    """Launches, records and audit trail of one installation."""

    def __init__(self, engine: Engine, seal: Seal, clock: Callable[[], float], limits: Limits):
        Launches.__init__(self, engine, seal, clock, limits)

    def seal_text(self, purpose: str, value: Any) -> str:
        """A JSON value that only we can read and make, as text that may stand in an address."""
        return self._seal.seal(purpose, value).decode()

    def open_text(self, purpose: str, text: str) -> Any:
        """What :meth:`seal_text` sealed for this purpose. Raises Unsealable."""
        return self._seal.open(purpose, text.encode())

    def ready(self) -> bool:
        """Whether the database answers."""
        try:
            with self._reads.connect() as db:
                return db.execute(select(meta.c.value)).first() is not None
        except SQLAlchemyError:
            return False

    def close(self) -> None:
        self._engine.dispose()


def open_store(
    url: str,
    secret: str,
    previous: str = "",
    *,
    clock: Callable[[], float] = time.time,
    limits: Limits = Limits(),  # noqa: B008 -- frozen
) -> Store:
    """The store at ``url``, its tables made if need be. Raises SettingsError if it cannot be used."""
    try:
        return Store(open_engine(url), Seal(secret, previous), clock, limits)
    except (SQLAlchemyError, SchemaMismatch, OSError) as error:
        raise SettingsError(f"SMARTAPP_DATABASE: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    origin = getattr(error, "orig", None)  # the driver's words, without the statement and its values
    return str(origin or error).splitlines()[0]
