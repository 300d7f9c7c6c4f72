"""What CDS Hooks leaves behind: tokens that were used, firings of services, and feedback on their cards."""

from alembic import op
from sqlalchemy import Column, Float, Integer, String, Text

revision, down_revision = "0003", "0002"


def upgrade() -> None:
    op.create_table(
        "hook_tokens",
        Column("token_hash", String(64), primary_key=True),
        Column("until", Float, nullable=False),
    )
    op.create_index("hook_tokens_by_end", "hook_tokens", ["until"])
    op.create_table(
        "hook_firings",
        Column("id", String(64), primary_key=True),
        Column("at", Float, nullable=False),
        Column("issuer", String(100), nullable=False),
        Column("service", String(100), nullable=False),
        Column("hook", String(40), nullable=False),
        Column("instance", String(64), nullable=False),
        Column("missing", Text, nullable=False),
        Column("shown", Integer, nullable=False),
        Column("order_exists", Integer, nullable=False),
        Column("knowledge", String(100), nullable=False),
    )
    op.create_index("hook_firings_by_time", "hook_firings", ["issuer", "at"])
    op.create_table(
        "hook_cards",
        Column("card", String(64), primary_key=True),
        Column("firing", String(64), nullable=False),
        Column("topic", String(100), nullable=False),
        Column("because", Text, nullable=False),
    )
    op.create_index("hook_cards_by_firing", "hook_cards", ["firing"])
    op.create_table(
        "hook_feedback",
        Column("feedback_hash", String(64), primary_key=True),
        Column("card", String(64), nullable=False),
        Column("outcome", String(20), nullable=False),
        Column("said", String(40), nullable=False),
        Column("at", Float, nullable=False),
        Column("reason_system", String(200), nullable=False),
        Column("reason_code", String(100), nullable=False),
        Column("commented", Integer, nullable=False),
    )
    op.create_index("hook_feedback_by_card", "hook_feedback", ["card"])
