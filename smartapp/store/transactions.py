"""Several calls to the store -> one transaction: what happened and its audit event are kept together, or neither is."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection as Db
from sqlalchemy import Engine


class Open(threading.local):
    """The transaction this thread has open, and what to do once it is committed."""

    db: Db | None = None
    after: tuple[Callable[[], None], ...] = ()


class Transactions:
    _engine: Engine
    _open: Open

    @contextmanager
    def together(self) -> Iterator[None]:
        """Everything this thread writes inside is one transaction: whatever is raised undoes all of it.

        Nothing inside may wait for the network: on SQLite every other writer waits for the end.
        """
        with self._begin():
            yield

    def after_commit(self, act: Callable[[], None]) -> None:
        """Do this once what was written is kept: at once, or at the end of :meth:`together`."""
        if self._open.db is None:
            act()
        else:
            self._open.after += (act,)

    @contextmanager
    def _begin(self) -> Iterator[Db]:
        """A transaction of its own, or a part of the open one that can fail and be caught alone."""
        if self._open.db is not None:
            with self._open.db.begin_nested():
                yield self._open.db
            return
        with self._engine.begin() as db:
            self._open.db, self._open.after = db, ()
            try:
                yield db
            finally:
                self._open.db = None
        done: tuple[Callable[[], None], ...] = self._open.after
        for act in done:
            act()
