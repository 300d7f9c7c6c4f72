"""A database URL -> an engine, and on it what every part of the store works with: transactions, seal and clock."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, create_engine, event, insert, update
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, IntegrityError
from sqlalchemy.pool import ConnectionPoolEntry

from smartapp.store.seal import Seal

CACHE = "cache_size=-32768"  # KiB of a connection, as far as it needs them: a list of 10,000 referrals fits (ours)
LOCK_WAITS = 15  # seconds (ours)


class _Open(threading.local):
    """The transaction this thread has open, and what to do once it is committed."""

    db: Connection | None = None
    after: tuple[Callable[[], None], ...] = ()


class Database:
    """One for all parts of the store, so that what several of them write can be one transaction."""

    def __init__(self, engine: Engine, seal: Seal, clock: Callable[[], float]):
        self.engine, self.seal, self.clock = engine, seal, clock
        self._reads = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._open = _Open()

    def watch_connections(self, told: Callable[[int], None]) -> None:
        """Tell of each connection that is taken (1) and given back (-1)."""
        event.listen(self.engine, "checkout", lambda *_: told(1))
        event.listen(self.engine, "checkin", lambda *_: told(-1))

    def read(self) -> AbstractContextManager[Connection]:
        """A connection for looking only: it sees what is committed, and locks nobody out."""
        return self._reads.connect()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Everything this thread writes inside is one transaction: whatever is raised undoes all of it.

        Inside another one it is a part of it that can fail and be caught alone. Nothing inside may wait for the
        network: on SQLite every other writer waits for the end.
        """
        if self._open.db is not None:
            with self._open.db.begin_nested():
                yield self._open.db
            return
        with self.engine.begin() as db:
            self._open.db, self._open.after = db, ()
            try:
                yield db
            finally:
                self._open.db = None
        done: tuple[Callable[[], None], ...] = self._open.after
        for act in done:
            act()

    def after_commit(self, act: Callable[[], None]) -> None:
        """Do this once what was written is kept: at once, or at the end of :meth:`transaction`."""
        if self._open.db is None:
            act()
        else:
            self._open.after += (act,)

    def put(self, table: Table, key: Mapping[str, object], values: Mapping[str, object]) -> None:
        """Update the row of this key, or insert it."""
        mine = [table.c[name] == value for name, value in key.items()]
        for _ in range(2):  # another worker may insert between our update and our insert
            with suppress(IntegrityError), self.transaction() as db:
                if db.execute(update(table).where(*mine).values(**values)).rowcount == 0:
                    db.execute(insert(table).values(**key, **values))
                return


def open_engine(url: str) -> Engine:
    """SQLite: WAL, waits for locks, writers lock first; PostgreSQL: by psycopg. Raises what SQLAlchemy raises."""
    parsed = make_url(url)
    backend = parsed.get_backend_name()
    if backend == "postgresql":
        return _postgres(parsed)
    if backend != "sqlite":
        raise ArgumentError(f"“{backend}” is neither sqlite nor postgresql")
    if parsed.database in (None, "", ":memory:"):
        raise ArgumentError("a database in memory is gone when the process ends: name a file")
    _private_file(Path(parsed.database))
    engine = create_engine(parsed, connect_args={"timeout": LOCK_WAITS}, pool_size=20, max_overflow=40)
    event.listen(engine, "connect", _sqlite_connect)
    event.listen(engine, "begin", _sqlite_begin)
    return engine


def _postgres(url: URL) -> Engine:
    """Plain ``postgresql://`` means psycopg. What is committed is on the disk, and nobody waits for a lock for ever."""
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    ours = {"connect_timeout": 10}
    said = f"-c synchronous_commit=on -c lock_timeout={LOCK_WAITS}s"
    options = {} if "options" in url.query else {"options": said}
    return create_engine(url, connect_args={**ours, **options}, pool_pre_ping=True, pool_size=20, max_overflow=40)


def _private_file(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=True)


def _sqlite_connect(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # BEGIN is ours, see below
    cursor = connection.cursor()
    # FULL: what was about to be sent is on the disk before it leaves, also when the power fails.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", CACHE):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _sqlite_begin(connection: Connection) -> None:
    """A transaction that reads and then writes must hold the write lock from its start, or two of them collide."""
    if connection.get_execution_options().get("isolation_level") == "AUTOCOMMIT":
        return  # a read alone locks nobody out
    connection.exec_driver_sql("BEGIN IMMEDIATE")
