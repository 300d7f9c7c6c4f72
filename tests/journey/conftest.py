"""A fresh house for every journey."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journey.house import House, make_house


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Sandbox and app on one clock, 2026-03-01, without sockets."""
    made = make_house(tmp_path)
    yield made
    made.box.store.close()
