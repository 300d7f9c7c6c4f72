"""What a referral is found by in the list, as blind indexes; a search opens rows that were kept without."""

from alembic import op
from sqlalchemy import Column, LargeBinary

revision, down_revision = "0007", "0006"


def upgrade() -> None:
    op.add_column("referrals", Column("search_index", LargeBinary))
