"""What is concluded of a thousand charts thrown together is what it was (``python -m tests.core.pinned``)."""

import pytest

from smartapp.knowledge import load
from tests.core.pinned import PARTS, digests, pinned

ROWS = pinned()
TOGETHER = 25  # charts of one test


@pytest.mark.parametrize("first", range(0, len(ROWS), TOGETHER))
def test_nothing_moves_unnoticed(first):
    knowledge = load()
    for row in ROWS[first : first + TOGETHER]:
        now = digests(row, knowledge)
        moved = [part for part, was, is_ in zip(PARTS, row.said, now, strict=True) if was != is_]
        assert not moved, f"{row.as_of}: {', '.join(row.facts)}; later {row.later_on}: {', '.join(row.later)}"
