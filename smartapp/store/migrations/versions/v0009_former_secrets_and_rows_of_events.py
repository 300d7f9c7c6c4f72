"""The keys of secrets that were replaced, sealed with the one that followed; how many events a row of the trail has."""

from alembic import op
from sqlalchemy import Column, Integer, LargeBinary, PrimaryKeyConstraint, String

revision, down_revision = "0009", "0008"


def upgrade() -> None:
    op.create_table(
        "former_secrets",
        Column("key_id", String(12), nullable=False),
        Column("keys", LargeBinary, nullable=False),
        PrimaryKeyConstraint("key_id"),
    )
    op.add_column("audit_trail", Column("events", Integer, nullable=False, server_default="1"))
