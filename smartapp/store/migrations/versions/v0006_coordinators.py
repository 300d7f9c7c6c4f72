"""What is kept for a coordinator beside the EHR: a calendar, saved filters, and a move while it can be undone."""

from alembic import op
from sqlalchemy import Column, Float, LargeBinary, PrimaryKeyConstraint, String, UniqueConstraint

revision, down_revision = "0006", "0005"


def upgrade() -> None:
    op.create_table(
        "calendars",
        Column("person_index", String(64), nullable=False),
        Column("address_index", String(64), nullable=False),
        Column("days", LargeBinary, nullable=False),
        Column("seen", Float),
        Column("made", Float, nullable=False),
        PrimaryKeyConstraint("person_index"),
        UniqueConstraint("address_index"),
    )
    op.create_table(
        "saved_filters",
        Column("person_index", String(64), nullable=False),
        Column("filters", LargeBinary, nullable=False),
        PrimaryKeyConstraint("person_index"),
    )
    op.create_table(
        "last_moves",
        Column("launch_id", String(64), nullable=False),
        Column("task_index", String(64), nullable=False),
        Column("move", LargeBinary, nullable=False),
        Column("expires", Float, nullable=False),
        PrimaryKeyConstraint("launch_id", "task_index"),
    )
