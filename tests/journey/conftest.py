"""A fresh harness for every journey."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journey.harness import Harness, make_harness


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[Harness]:
    """Sandbox and app on one clock, 2026-03-01, without sockets."""
    made = make_harness(tmp_path)
    yield made
    made.box.store.close()
