"""Referrals kept here, where an EHR has no Task, and Tasks as they were last read: rows of the coordinators' list."""

from alembic import op
from sqlalchemy import Column, Float, Integer, LargeBinary, String

revision, down_revision = "0005", "0004"


def upgrade() -> None:
    op.create_table(
        "awaited_orders",
        Column("signature_id", String(64), primary_key=True),
        Column("content", LargeBinary, nullable=False),
    )
    op.create_table(
        "referrals",
        Column("id", String(64), primary_key=True),
        Column("kept_here", Integer, nullable=False),
        Column("reader_index", String(64), nullable=False),
        Column("patient_index", String(64), nullable=False),
        Column("owner_index", String(64)),
        Column("stage", String(20), nullable=False),
        Column("queue", String(20), nullable=False),
        Column("priority", String(10), nullable=False),
        Column("turn", String(20), nullable=False),
        Column("due", String(10), nullable=False),
        Column("since", String(10), nullable=False),
        Column("version", Integer, nullable=False),
        Column("seen", Float, nullable=False),
        Column("content", LargeBinary, nullable=False),
    )
    op.create_index("referrals_by_reader", "referrals", ["reader_index", "due", "id", "queue"])
    op.create_index("referrals_by_patient", "referrals", ["patient_index"])
    op.create_table(
        "referral_reads",
        Column("reader_index", String(64), primary_key=True),
        Column("read_at", Float, nullable=False),
        Column("swept_at", Float, nullable=False),
        Column("not_before", Float, nullable=False),
        Column("failures", Integer, nullable=False),
        Column("reading_until", Float, nullable=False),
        Column("reading_by", String(64), nullable=False),
        Column("content", LargeBinary),
    )
    op.create_table(
        "task_subscriptions",
        Column("token_index", String(64), primary_key=True),
        Column("base", String(500), nullable=False),
        Column("made", Float, nullable=False),
        Column("heard", Float, nullable=False),
    )
    op.create_index("task_subscriptions_by_base", "task_subscriptions", ["base"])
