"""What becomes of a signature is a column of its own, not the beginning of its fingerprint; columns by their names.

Programs from before this revision cannot work with what it leaves: they are refused at their start, by ``meta``.
"""

from alembic import op
from sqlalchemy import Column, String, text

revision, down_revision = "0002", "0001"

_RENAMED = (
    ("launches", "browser_mark", "browser_index"),
    ("launches", "state_mark", "state_index"),
    ("launches", "person_mark", "person_index"),
    ("launches", "draft_mark", "draft_index"),
    ("drafts", "mark", "draft_index"),
    ("attestations", "patient_mark", "patient_index"),
    ("outbox", "landing", "status"),
    ("audit_trail", "mark", "mac"),
    ("audit_head", "mark", "mac"),
)
_UNNAMED = {"uq": "%(table_name)s_%(column_0_N_name)s_key"}  # as PostgreSQL names a constraint, for SQLite's


def upgrade() -> None:
    for table, old, new in _RENAMED:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {old} TO {new}")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE launches RENAME CONSTRAINT launches_state_mark_key TO launches_state_index_key")
    op.drop_index("ix_attestations_patient_mark", "attestations")
    op.create_index("attestations_by_patient", "attestations", ["patient_index"])
    op.drop_index("outbox_by_landing", "outbox")
    op.create_index("outbox_by_status", "outbox", ["status"])
    _signatures()
    op.execute("UPDATE meta SET value = '3' WHERE name = 'schema'")


def _signatures() -> None:
    with op.batch_alter_table("signatures", naming_convention=_UNNAMED) as table:
        table.drop_constraint("signatures_launch_id_fingerprint_key", type_="unique")
        table.drop_constraint("signatures_patient_mark_plan_id_key", type_="unique")
        table.alter_column("patient_mark", new_column_name="patient_index")
        table.alter_column("state", new_column_name="delivery")
        table.add_column(Column("status", String(10), nullable=False, server_default="current"))
    for status in ("retired", "released"):  # the fingerprint of such a row was overwritten, and stays as it is
        op.execute(f"UPDATE signatures SET status = '{status}' WHERE fingerprint LIKE '{status} %'")  # noqa: S608
    op.create_index("signatures_one_of_a_plan", "signatures", ["patient_index", "plan_id"], unique=True)
    current = text("status = 'current'")
    op.create_index(
        "signatures_one_of_a_page", "signatures", ["launch_id", "fingerprint"], unique=True,
        sqlite_where=current, postgresql_where=current,
    )  # fmt: skip
