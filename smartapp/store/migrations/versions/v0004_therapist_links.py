"""Links for therapists without an EHR, and what comes back by them."""

from alembic import op
from sqlalchemy import Column, Float, Integer, LargeBinary, String

revision, down_revision = "0004", "0003"


def upgrade() -> None:
    op.create_table(
        "therapist_links",
        Column("id", String(64), primary_key=True),
        Column("token_index", String(64), nullable=False, unique=True),
        Column("patient_index", String(64), nullable=False),
        Column("browser_index", String(64)),
        Column("content", LargeBinary, nullable=False),
        Column("page", LargeBinary, nullable=False),
        Column("made", Float, nullable=False),
        Column("expires", Float, nullable=False),
        Column("opened", Float),
        Column("revoked", Float),
        Column("refused", Integer, nullable=False),
        Column("refused_at", Float),
    )
    op.create_index("therapist_links_by_patient", "therapist_links", ["patient_index"])
    op.create_table(
        "therapist_reports",
        Column("id", String(64), primary_key=True),
        Column("link_id", String(64), nullable=False),
        Column("report", LargeBinary, nullable=False),
        Column("sent", Float, nullable=False),
        Column("taken", LargeBinary),
        Column("done", Float),
        Column("answer", LargeBinary),
    )
    op.create_index("therapist_reports_by_link", "therapist_reports", ["link_id"])
