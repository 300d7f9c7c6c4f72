"""The clock of every test: seconds since the epoch, which stand still until a test moves them."""

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass
class Clock:
    """Starts at noon of the day the cases and the sandbox call today, unless a test says when."""

    now: float = datetime(2026, 3, 1, 12, tzinfo=UTC).timestamp()

    def __call__(self) -> float:
        return self.now
