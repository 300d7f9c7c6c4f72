"""The tables as they were before Alembic, written down once and never changed. What is there already stays."""

from alembic import op
from sqlalchemy import Column, Float, Index, Integer, LargeBinary, MetaData, String, Table, UniqueConstraint, text

revision, down_revision = "0001", None
metadata = MetaData()

Table("meta", metadata, Column("name", String(40), primary_key=True), Column("value", String(200), nullable=False))

Table(
    "launches",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("phase", String(10), nullable=False),
    Column("issuer", String(100), nullable=False),
    Column("browser_mark", String(64), nullable=False),
    Column("state_mark", String(64), unique=True),
    Column("person_mark", String(64)),
    Column("draft_mark", String(64)),
    Column("pending", LargeBinary),
    Column("connection", LargeBinary),
    Column("tokens", LargeBinary),
    Column("tokens_version", Integer, nullable=False, default=0),
    Column("refresh_until", Float, nullable=False, default=0.0),
    Column("chart", LargeBinary),
    Column("chart_at", Float),
    Column("reading", LargeBinary),
    Column("decisions", LargeBinary),
    Column("created", Float, nullable=False),
    Column("seen", Float, nullable=False),
    Column("expires", Float, nullable=False),
    Index("launches_by_browser", "browser_mark", "phase"),
    Index("launches_by_expiry", "expires"),
)

Table(
    "drafts",
    metadata,
    Column("mark", String(64), primary_key=True),
    Column("decisions", LargeBinary, nullable=False),
    Column("expires", Float, nullable=False),
)

Table(
    "attestations",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("patient_mark", String(64), nullable=False, index=True),
    Column("statement", LargeBinary, nullable=False),
    Column("made", Float, nullable=False),
    Column("withdrawn", Float),
    Column("withdrawal", LargeBinary),
)

Table(
    "signatures",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("launch_id", String(64), nullable=False),
    Column("fingerprint", String(128), nullable=False),
    Column("patient_mark", String(64), nullable=False),
    Column("plan_id", String(128), nullable=False),
    Column("record", LargeBinary, nullable=False),
    Column("signed", Float, nullable=False),
    Column("state", String(10), nullable=False),
    Column("writing_until", Float, nullable=False, default=0.0),
    Column("writing_by", String(64), nullable=False, default=""),
    UniqueConstraint("launch_id", "fingerprint"),
    UniqueConstraint("patient_mark", "plan_id"),
)

Table(
    "outbox",
    metadata,
    Column("signature_id", String(64), primary_key=True),
    Column("purpose", String(10), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("landing", String(10), nullable=False),
    Column("doubtful", Integer, nullable=False, default=0),
    Column("content", LargeBinary, nullable=False),
    Column("state", LargeBinary, nullable=False),
    Index("outbox_by_landing", "landing"),
)

Table(
    "carried",
    metadata,
    Column("signature_id", String(64), primary_key=True),
    Column("launch_id", String(64), nullable=False, default=""),
    Column("told", Float, nullable=False, default=0.0),
)

Table(
    "audit_trail",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Float, nullable=False),
    Column("event", LargeBinary, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("mark", String(64), nullable=False),
)

Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("mark", String(64), nullable=False),
)


def upgrade() -> None:
    db = op.get_bind()
    metadata.create_all(db)
    if db.execute(text("SELECT value FROM meta WHERE name = 'schema'")).first() is None:
        db.execute(text("INSERT INTO meta (name, value) VALUES ('schema', '2')"))
