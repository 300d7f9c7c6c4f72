"""The sandbox EHR of a test: our patients on the day the cases call today, one key for all."""

from datetime import date
from functools import cache
from typing import Any

from flask import Flask

from launch.sandbox import SandboxConfig, create_sandbox
from launch.sandbox.load import load_all
from launch.sandbox.signing import SigningKey
from launch.sandbox.store import Store

TODAY = date(2026, 3, 1)


@cache
def signing_key() -> SigningKey:
    """Making an RSA key is the slowest part of starting a sandbox."""
    return SigningKey.generate()


@cache
def own_patients() -> Store:
    """Reading their files is the next slowest."""
    store = Store(":memory:", SandboxConfig().fhir_base)
    load_all(store, (), own=True, today=TODAY)
    return store


def sandbox_ehr(**config: Any) -> Flask:
    """``config`` is that of :class:`launch.sandbox.SandboxConfig`."""
    settings = {"today": TODAY, "signing_key": signing_key(), **config}
    other = config.keys() & {"database", "personality", "proxy_fhir"} or settings["today"] != TODAY
    plain = not other and config.get("patients", True)
    return create_sandbox(SandboxConfig(**settings, own=own_patients() if plain else None))
