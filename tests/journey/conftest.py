"""A fresh harness for every journey; for those in Chromium, sandbox and app with sockets, and one browser a module."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journey.harness import Harness, make_harness
from tests.journey.live import Live, running


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[Harness]:
    """Sandbox and app on one clock, 2026-03-01, without sockets."""
    made = make_harness(tmp_path)
    yield made
    made.box.store.close()


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with running(tmp_path_factory.mktemp("live")) as both:
        yield both


@pytest.fixture(scope="module")
def chrome(chromium: str) -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    playwright.expect.set_options(timeout=15_000)  # a page redraws when a busy machine lets it
    with playwright.sync_playwright() as runner:
        browser = runner.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()
