"""A sandbox and a launched client for every test of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from launch.sandbox import SandboxConfig, create_sandbox
from launch.sandbox.signing import SigningKey

from .client import Clock, Session, SmartClient

TODAY = date(2026, 3, 1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def signing_key() -> SigningKey:
    """Making an RSA key is the slowest part of starting a sandbox; these tests share one."""
    return SigningKey.generate()


@pytest.fixture
def ehr(clock: Clock, signing_key: SigningKey) -> Iterator[Flask]:
    """A sandbox of its own for one test, with our patients."""
    app = create_sandbox(SandboxConfig(today=TODAY, clock=clock, signing_key=signing_key))
    yield app
    app.extensions["sandbox"].store.close()


@pytest.fixture
def client(ehr: Flask) -> SmartClient:
    return SmartClient(ehr)


@pytest.fixture
def session(client: SmartClient) -> Session:
    """Launched on Daniel Bergstrom by a physician, with the scopes the app asks for."""
    return client.launched()
