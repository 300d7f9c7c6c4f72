"""The sandbox EHR of a test: our patients on the day the cases call today, one key for all."""

from datetime import date
from functools import cache
from typing import Any

from flask import Flask

from launch.sandbox import SandboxConfig, create_sandbox
from launch.sandbox.signing import SigningKey

TODAY = date(2026, 3, 1)


@cache
def signing_key() -> SigningKey:
    """Making an RSA key is the slowest part of starting a sandbox."""
    return SigningKey.generate()


def sandbox_ehr(**config: Any) -> Flask:
    """``config`` is that of :class:`launch.sandbox.SandboxConfig`."""
    return create_sandbox(SandboxConfig(**{"today": TODAY, "signing_key": signing_key(), **config}))
