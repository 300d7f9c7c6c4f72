"""The tables, and any database -> the same tables: made in an empty one, migrated by Alembic in an older one.

LargeBinary columns are sealed, columns ending in _index are blind indexes, times are epoch seconds. Whoever changes a
table adds a revision in ``migrations/versions`` and names it as HEAD; the tests hold both against each other.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    event,
    func,
    insert,
    inspect,
    select,
    text,
)

from smartapp.store.database import LOCK_WAITS

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0010"  # the newest revision
MIGRATIONS = Path(__file__).parent / "migrations"
# Programs from before Alembic look at this row of meta alone. They know 2, which is revision 0001, and refuse others.
_SCHEMA, _BEFORE_ALEMBIC, _SINCE_ALEMBIC = "schema", "2", "3"
_PREPARING = 7_411_021  # number of the lock under which tables are made; any that nobody else uses
_OTHERS_TAKE = 300  # seconds to wait for a process that migrates at this moment (ours)

metadata = MetaData()

alembic_version = Table(
    "alembic_version",
    metadata,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)

meta = Table(
    "meta", metadata, Column("name", String(40), primary_key=True), Column("value", String(200), nullable=False)
)

former_secrets = Table(  # that were replaced: what is derived of each, sealed with a later one
    "former_secrets",
    metadata,
    Column("key_id", String(12), primary_key=True),
    Column("keys", LargeBinary, nullable=False),
)

launches = Table(
    "launches",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("phase", String(10), nullable=False),  # pending, exchanging, open, ended
    Column("issuer", String(100), nullable=False),  # key in the issuers file
    Column("browser_index", String(64), nullable=False),
    Column("state_index", String(64), unique=True),
    Column("person_index", String(64)),  # issuer and subject
    Column("draft_index", String(64)),  # FHIR base, person and patient
    Column("pending", LargeBinary),
    Column("connection", LargeBinary),
    Column("tokens", LargeBinary),
    Column("tokens_version", Integer, nullable=False, default=0),
    Column("refresh_until", Float, nullable=False, default=0.0),  # lease on using the refresh token
    Column("chart", LargeBinary),
    Column("chart_at", Float),
    Column("reading", LargeBinary),  # progress of the reads
    Column("decisions", LargeBinary),
    Column("created", Float, nullable=False),
    Column("seen", Float, nullable=False),
    Column("expires", Float, nullable=False),
    Index("launches_by_browser", "browser_index", "phase"),
    Index("launches_by_expiry", "expires"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("draft_index", String(64), primary_key=True),  # FHIR base, person and patient
    Column("decisions", LargeBinary, nullable=False),
    Column("expires", Float, nullable=False),
)

attestations = Table(
    "attestations",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("patient_index", String(64), nullable=False),
    Column("statement", LargeBinary, nullable=False),
    Column("made", Float, nullable=False),
    Column("withdrawn", Float),
    Column("withdrawal", LargeBinary),  # who withdrew it
    Index("attestations_by_patient", "patient_index"),
)

signatures = Table(
    "signatures",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("launch_id", String(64), nullable=False),
    Column("fingerprint", String(128), nullable=False),
    Column("patient_index", String(64), nullable=False),
    Column("plan_id", String(128), nullable=False),
    Column("record", LargeBinary, nullable=False),
    Column("signed", Float, nullable=False),
    Column("status", String(10), nullable=False, server_default="current"),  # current, released, retired
    Column("delivery", String(10), nullable=False),  # signed, writing, incomplete, written
    Column("writing_until", Float, nullable=False, default=0.0),  # lease on writing it to the EHR
    Column("writing_by", String(64), nullable=False, default=""),  # whose lease it is
    Index("signatures_one_of_a_plan", "patient_index", "plan_id", unique=True),
)


knowledge_versions = Table(  # with which plans were signed; the files of each
    "knowledge_versions",
    metadata,
    Column("version", String(64), primary_key=True),
    Column("texts", LargeBinary, nullable=False),
    Column("since", Float, nullable=False),
)


@event.listens_for(signatures, "after_create")
def _one_of_a_page(_table: Table, db: Connection, **_: object) -> None:
    """The same page is signed once, and anew only after its plan was taken back or lost.

    Both databases spell it so; as an Index it would load the dialects of both at every start, a tenth of its time.
    """
    columns = "signatures (launch_id, fingerprint) WHERE status = 'current'"
    db.execute(text(f"CREATE UNIQUE INDEX signatures_one_of_a_page ON {columns}"))


outbox = Table(
    "outbox",
    metadata,
    Column("signature_id", String(64), primary_key=True),
    Column("purpose", String(10), primary_key=True),  # write, retract
    Column("position", Integer, primary_key=True),  # order of sending
    Column("status", String(10), nullable=False),  # waiting, sending, unknown, written, found, failed, conflict ...
    Column("doubtful", Integer, nullable=False, default=0),  # a request without an answer may still land
    Column("content", LargeBinary, nullable=False),  # what is sent; sealed once
    Column("state", LargeBinary, nullable=False),
    Index("outbox_by_status", "status"),
)

carried = Table(  # beside a signature whose plan has not reached the chart
    "carried",
    metadata,
    Column("signature_id", String(64), primary_key=True),
    Column("launch_id", String(64), nullable=False, default=""),  # a later session of the patient that carries it
    Column("told", Float, nullable=False, default=0.0),  # when the log last said that it is overdue
)

awaited_orders = Table(  # beside a signature: whose order decides, once it is delivered, where its referral is kept
    "awaited_orders",
    metadata,
    Column("signature_id", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),  # the Task as it was signed
)

referrals = Table(  # those kept here, and Tasks of an EHR as they were last read; nothing in clear names a person
    "referrals",
    metadata,
    Column("id", String(64), primary_key=True),  # of one kept here its address, of a Task in the EHR a blind index
    Column("kept_here", Integer, nullable=False),
    Column("reader_index", String(64), nullable=False),  # to whom the EHR showed it; of one kept here, everybody
    Column("patient_index", String(64), nullable=False),
    Column("owner_index", String(64)),
    Column("stage", String(20), nullable=False),
    Column("queue", String(20), nullable=False),
    Column("priority", String(10), nullable=False),
    Column("turn", String(20), nullable=False),
    Column("due", String(10), nullable=False),  # day; one far away where none is due
    Column("since", String(10), nullable=False),  # day on which it came into its state; far away where none is known
    Column("version", Integer, nullable=False),
    Column("seen", Float, nullable=False),  # when it was read from the EHR, or changed here
    Column("search_index", LargeBinary),  # many short blind indexes; none where it was kept before there were any
    Column("content", LargeBinary, nullable=False),
    Index("referrals_by_reader", "reader_index", "due", "id", "queue"),
    Index("referrals_by_patient", "patient_index"),
)

referral_reads = Table(  # how far the Tasks of an EHR were read with one person's access, or with that of the site
    "referral_reads",
    metadata,
    Column("reader_index", String(64), primary_key=True),
    Column("read_at", Float, nullable=False, default=0.0),
    Column("swept_at", Float, nullable=False, default=0.0),  # when every Task was read
    Column("not_before", Float, nullable=False, default=0.0),
    Column("failures", Integer, nullable=False, default=0),
    Column("reading_until", Float, nullable=False, default=0.0),  # lease
    Column("reading_by", String(64), nullable=False, default=""),
    Column("content", LargeBinary),  # newest change seen, what is missing, in words
)

task_subscriptions = Table(  # by which an EHR tells that a Task has changed
    "task_subscriptions",
    metadata,
    Column("token_index", String(64), primary_key=True),  # of the address it writes to
    Column("base", String(500), nullable=False),  # FHIR base of the EHR
    Column("made", Float, nullable=False),
    Column("heard", Float, nullable=False, default=0.0),  # when it last told anything
    Index("task_subscriptions_by_base", "base"),
)

calendars = Table(  # of a coordinator: the days owed as the inbox last showed them, without a name of anybody
    "calendars",
    metadata,
    Column("person_index", String(64), primary_key=True),
    Column("address_index", String(64), nullable=False, unique=True),  # of the secret in the feed's address
    Column("days", LargeBinary, nullable=False),
    Column("seen", Float),  # when the inbox was last read
    Column("made", Float, nullable=False),
)

saved_filters = Table(
    "saved_filters",
    metadata,
    Column("person_index", String(64), primary_key=True),
    Column("filters", LargeBinary, nullable=False),
)

last_moves = Table(  # of a referral, by one session: what a move can be undone with
    "last_moves",
    metadata,
    Column("launch_id", String(64), primary_key=True),
    Column("task_index", String(64), primary_key=True),
    Column("move", LargeBinary, nullable=False),
    Column("expires", Float, nullable=False),
)

audit_trail = Table(
    "audit_trail",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),  # of the last event in the row
    Column("events", Integer, nullable=False, server_default="1"),  # how many
    Column("at", Float, nullable=False),
    Column("event", LargeBinary, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("mac", String(64), nullable=False),
)

audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("mac", String(64), nullable=False),
)


hook_tokens = Table(  # of CDS Hooks: each is used once, by one worker
    "hook_tokens",
    metadata,
    Column("token_hash", String(64), primary_key=True),  # of issuer and jti
    Column("until", Float, nullable=False),
    Index("hook_tokens_by_end", "until"),
)

hook_firings = Table(  # one row for each call that was answered
    "hook_firings",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("at", Float, nullable=False),
    Column("issuer", String(100), nullable=False),  # key in the issuers file
    Column("service", String(100), nullable=False),
    Column("hook", String(40), nullable=False),
    Column("instance", String(64), nullable=False),
    Column("missing", Text, nullable=False),  # names of facts, as JSON
    Column("shown", Integer, nullable=False),  # 0: silent mode
    Column("order_exists", Integer, nullable=False),
    Column("knowledge", String(100), nullable=False),  # its version
    Index("hook_firings_by_time", "issuer", "at"),
)

hook_cards = Table(
    "hook_cards",
    metadata,
    Column("card", String(64), primary_key=True),  # its uuid
    Column("firing", String(64), nullable=False),
    Column("topic", String(100), nullable=False),
    Column("because", Text, nullable=False),  # codes of alerts, ids of restrictions, as JSON
    Index("hook_cards_by_firing", "firing"),
)

hook_feedback = Table(
    "hook_feedback",
    metadata,
    Column("feedback_hash", String(64), primary_key=True),  # of card, outcome and the EHR's time
    Column("card", String(64), nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("said", String(40), nullable=False),  # the EHR's time
    Column("at", Float, nullable=False),
    Column("reason_system", String(200), nullable=False),
    Column("reason_code", String(100), nullable=False),
    Column("commented", Integer, nullable=False),  # there was a comment; it is not kept
    Index("hook_feedback_by_card", "card"),
)

therapist_links = Table(
    "therapist_links",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("token_index", String(64), nullable=False, unique=True),
    Column("patient_index", String(64), nullable=False),
    Column("browser_index", String(64)),  # the one that confirmed
    Column("content", LargeBinary, nullable=False),  # to whom, of what
    Column("page", LargeBinary, nullable=False),  # what it shows
    Column("made", Float, nullable=False),
    Column("expires", Float, nullable=False),
    Column("opened", Float),
    Column("revoked", Float),
    Column("refused", Integer, nullable=False),  # times another browser tried
    Column("refused_at", Float),
    Index("therapist_links_by_patient", "patient_index"),
)

therapist_reports = Table(
    "therapist_reports",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("link_id", String(64), nullable=False),
    Column("report", LargeBinary, nullable=False),
    Column("sent", Float, nullable=False),
    Column("taken", LargeBinary),  # over into the referral: how, by whom
    Column("done", Float),  # when; what has none waits
    Column("answer", LargeBinary),
    Index("therapist_reports_by_link", "link_id"),
)


class SchemaMismatch(Exception):
    """The database was made by another version of Loadpath."""


def upgrade_schema(engine: Engine) -> None:
    """Bring the database to these tables, one process at a time, all or nothing. Raises SchemaMismatch."""
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as db:
        if revision_of(db) == HEAD:
            return  # as at almost every start: without a lock, and without loading Alembic
    with _alone(engine) as db:
        found = revision_of(db)
        if found == HEAD:
            return  # another process was quicker
        if found is None and not inspect(db).has_table(meta.name):
            metadata.create_all(db)
            db.execute(insert(alembic_version).values(version_num=HEAD))
            db.execute(insert(meta).values(name=_SCHEMA, value=_SINCE_ALEMBIC))
        else:
            _migrate(db, found)


def revision_of(db: Connection) -> str | None:
    """The revision the database is at; None for an empty one, and for one from before Alembic."""
    if not inspect(db).has_table(alembic_version.name):
        return None
    found: str | None = db.execute(select(alembic_version.c.version_num)).scalar()
    return found


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """A transaction that no other process of ours has at the same time."""
    with engine.connect() as db:
        sqlite = engine.dialect.name == "sqlite"
        if sqlite:  # its transactions begin with the lock
            _wait_for_locks(db, _OTHERS_TAKE)
        with db.begin():
            if not sqlite:
                db.execute(text(f"SET LOCAL lock_timeout = '{_OTHERS_TAKE}s'"))
                db.execute(select(func.pg_advisory_xact_lock(_PREPARING)))
                db.execute(text("SET LOCAL lock_timeout TO DEFAULT"))
            yield db
        if sqlite:
            _wait_for_locks(db, LOCK_WAITS)


def _wait_for_locks(db: Connection, seconds: int) -> None:
    cursor = db.connection.cursor()  # below SQLAlchemy, which would begin a transaction
    cursor.execute(f"PRAGMA busy_timeout = {seconds * 1000}")
    cursor.close()


def _migrate(db: Connection, found: str | None) -> None:
    """Every revision after ``found``. The first one takes what a database from before Alembic has as it is."""
    from alembic import command  # noqa: PLC0415 -- a start needs it only where there is something to migrate

    command.upgrade(check_can_migrate(db, found), "head")


def check_can_migrate(db: Connection, found: str | None) -> "Config":
    """Raises SchemaMismatch where no way leads from this revision to ours."""
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    before = db.execute(select(meta.c.value).where(meta.c.name == _SCHEMA)).scalar()
    if found is None and before != _BEFORE_ALEMBIC:
        raise SchemaMismatch(f"the database has schema {before}, which no version of Loadpath can migrate")
    config = Config(attributes={"connection": db})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    if found and found not in {each.revision for each in ScriptDirectory.from_config(config).walk_revisions()}:
        raise SchemaMismatch(
            f"a newer version of Loadpath has been at the database: it has revision {found}, this version knows {HEAD}"
        )
    return config
