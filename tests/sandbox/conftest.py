"""A sandbox and a launched client for every test of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.clock import Clock
from tests.sandboxes import sandbox_ehr

from .client import Session, SmartClient


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ehr(clock: Clock) -> Iterator[Flask]:
    """A sandbox of its own for one test, with our patients."""
    app = sandbox_ehr(clock=clock)
    yield app
    app.extensions["sandbox"].store.close()


@pytest.fixture
def client(ehr: Flask) -> SmartClient:
    return SmartClient(ehr)


@pytest.fixture
def session(client: SmartClient) -> Session:
    """Launched on Daniel Bergstrom by a physician, with the scopes the app asks for."""
    return client.launched()
