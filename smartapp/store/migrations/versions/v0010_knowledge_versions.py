"""The knowledge plans were signed with, once per version."""

from alembic import op
from sqlalchemy import Column, Float, LargeBinary, PrimaryKeyConstraint, String

revision, down_revision = "0010", "0009"


def upgrade() -> None:
    op.create_table(
        "knowledge_versions",
        Column("version", String(64), nullable=False),
        Column("texts", LargeBinary, nullable=False),
        Column("since", Float, nullable=False),
        PrimaryKeyConstraint("version"),
    )
