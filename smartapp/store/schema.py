"""The tables. LargeBinary columns are sealed, columns ending in _mark are keyed hashes, times are epoch seconds."""

from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Engine,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    create_engine,
    event,
    func,
    insert,
    select,
)
from sqlalchemy.engine import URL, make_url

VERSION = 2
_PREPARING = 7_411_021  # number of the lock under which tables are made; any that nobody else uses

metadata = MetaData()

meta = Table(
    "meta", metadata, Column("name", String(40), primary_key=True), Column("value", String(200), nullable=False)
)

launches = Table(
    "launches",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("phase", String(10), nullable=False),  # pending, exchanging, open, ended
    Column("issuer", String(100), nullable=False),  # key in the issuers file
    Column("browser_mark", String(64), nullable=False),
    Column("state_mark", String(64), unique=True),
    Column("person_mark", String(64)),  # issuer and subject
    Column("draft_mark", String(64)),  # FHIR base, person and patient
    Column("pending", LargeBinary),
    Column("connection", LargeBinary),
    Column("tokens", LargeBinary),
    Column("tokens_version", Integer, nullable=False, default=0),
    Column("refresh_until", Float, nullable=False, default=0.0),  # lease on using the refresh token
    Column("chart", LargeBinary),
    Column("chart_at", Float),
    Column("reading", LargeBinary),  # progress of the fetch of the chart
    Column("decisions", LargeBinary),
    Column("created", Float, nullable=False),
    Column("seen", Float, nullable=False),
    Column("expires", Float, nullable=False),
    Index("launches_by_browser", "browser_mark", "phase"),
    Index("launches_by_expiry", "expires"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("mark", String(64), primary_key=True),  # FHIR base, person and patient
    Column("decisions", LargeBinary, nullable=False),
    Column("expires", Float, nullable=False),
)

attestations = Table(
    "attestations",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("patient_mark", String(64), nullable=False, index=True),
    Column("statement", LargeBinary, nullable=False),
    Column("made", Float, nullable=False),
    Column("withdrawn", Float),
    Column("withdrawal", LargeBinary),  # who withdrew it
)

signatures = Table(
    "signatures",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("launch_id", String(64), nullable=False),
    Column("fingerprint", String(128), nullable=False),
    Column("patient_mark", String(64), nullable=False),
    Column("plan_id", String(128), nullable=False),
    Column("record", LargeBinary, nullable=False),
    Column("signed", Float, nullable=False),
    Column("state", String(10), nullable=False),  # signed, writing, incomplete, written
    Column("writing_until", Float, nullable=False, default=0.0),  # lease on writing it to the EHR
    Column("writing_by", String(64), nullable=False, default=""),  # whose lease it is
    UniqueConstraint("launch_id", "fingerprint"),
    UniqueConstraint("patient_mark", "plan_id"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("signature_id", String(64), primary_key=True),
    Column("purpose", String(10), primary_key=True),  # write, retract
    Column("position", Integer, primary_key=True),  # order of sending
    Column("landing", String(10), nullable=False),  # waiting, sending, unknown, written, found, failed, conflict ...
    Column("doubtful", Integer, nullable=False, default=0),  # a request without an answer may still land
    Column("content", LargeBinary, nullable=False),  # what is sent; sealed once
    Column("state", LargeBinary, nullable=False),
    Index("outbox_by_landing", "landing"),
)


carried = Table(  # beside a signature whose plan has not reached the chart
    "carried",
    metadata,
    Column("signature_id", String(64), primary_key=True),
    Column("launch_id", String(64), nullable=False, default=""),  # a later session of the patient that carries it
    Column("told", Float, nullable=False, default=0.0),  # when the log last said that it is overdue
)


class SchemaMismatch(Exception):
    """The database was made by another version of Loadpath."""


def open_engine(url: str) -> Engine:
    """An engine whose tables exist. SQLite: WAL, waits for locks, writers lock first; PostgreSQL: by psycopg.

    Raises SchemaMismatch, and what SQLAlchemy raises for a database that cannot be reached.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database and parsed.database != ":memory:":
            _private_file(Path(parsed.database))
        engine = create_engine(parsed, connect_args={"timeout": 15}, pool_size=20, max_overflow=40)
        event.listen(engine, "connect", _sqlite_connect)
        event.listen(engine, "begin", _sqlite_begin)
    elif parsed.get_backend_name() == "postgresql":
        engine = _postgres(parsed)
    else:
        engine = create_engine(parsed, pool_pre_ping=True, pool_size=20, max_overflow=40)
    _prepare(engine)
    return engine


def _prepare(engine: Engine) -> None:
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":  # two processes that start at once must not make the tables at once
            connection.execute(select(func.pg_advisory_xact_lock(_PREPARING)))
        metadata.create_all(connection)
        found = connection.execute(select(meta.c.value).where(meta.c.name == "schema")).scalar()
        if found is None:
            connection.execute(insert(meta).values(name="schema", value=str(VERSION)))
        elif found != str(VERSION):
            raise SchemaMismatch(f"the database has schema {found}, this version of Loadpath needs {VERSION}")


def _postgres(url: URL) -> Engine:
    """Plain ``postgresql://`` means psycopg. What is committed is on the disk, and nobody waits for a lock for ever."""
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    ours = {"connect_timeout": 10}
    options = {} if "options" in url.query else {"options": "-c synchronous_commit=on -c lock_timeout=15s"}
    return create_engine(url, connect_args={**ours, **options}, pool_pre_ping=True, pool_size=20, max_overflow=40)


def _private_file(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=True)


def _sqlite_connect(connection: Any, record: Any) -> None:
    connection.isolation_level = None  # BEGIN is ours, see below
    cursor = connection.cursor()
    # FULL: what was about to be sent is on the disk before it leaves, also when the power fails.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _sqlite_begin(connection: Any) -> None:
    """A transaction that reads and then writes must hold the write lock from its start, or two of them collide."""
    if connection.get_execution_options().get("isolation_level") == "AUTOCOMMIT":
        return  # a read alone locks nobody out
    connection.exec_driver_sql("BEGIN IMMEDIATE")
