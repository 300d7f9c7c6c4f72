"""What a referral is found by was widened (ends of numbers, names as one word): each row gets its index anew when it is
searched for the first time."""

from alembic import op

revision, down_revision = "0008", "0007"


def upgrade() -> None:
    op.execute("UPDATE referrals SET search_index = NULL")
