"""Loadpath: a SMART on FHIR app. :func:`create_app` wires its rooms together; nothing else is decided here."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from concurrent.futures import Executor
    from typing import Any

    from flask import Flask

    from smartapp.settings import Settings


def create_app(
    settings: Settings | None = None,
    *,
    clock: Callable[[], float] | None = None,
    session_factory: Callable[[], Any] | None = None,
    executor: Executor | None = None,
    env: Mapping[str, str] | None = None,
    background: bool = True,
) -> Flask:
    """The WSGI application; without ``settings`` those of the environment.

    ``clock`` gives seconds since the epoch; ``session_factory`` makes the requests session all calls to EHRs go
    through; ``executor`` runs the searches; ``env`` holds the secrets that the issuers file names; ``background`` keeps
    every EHR's configuration fresh and removes what has expired. Raises SettingsError, KnowledgeError.
    """
    # Imported here: whoever needs one room of the package must not wait for all of them.
    from smartapp.application import application  # noqa: PLC0415

    return application(settings, clock, session_factory, executor, env, background)
