"""Settings, knowledge and issuers -> everything that is wrong with them, at once, for ``smartapp check``."""

import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from smartapp.ehr.issuers import read_issuers
from smartapp.ehr.keys import read_keys
from smartapp.errors import LoadpathError, SettingsError
from smartapp.knowledge import load
from smartapp.settings import Settings, unknown_variables


def everything_wrong(env: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """(problems, notes): each a line for an administrator; the installation can run when there is no problem."""
    problems: list[str] = []
    notes = [f"{name} is not a setting of Loadpath" for name in unknown_variables(env)]
    settings = None
    try:
        settings = Settings.from_env(env)
        notes += settings.weaknesses()
    except SettingsError as error:
        problems += str(error).splitlines()
    issuers = settings.issuers_file if settings else Path(env.get("SMARTAPP_ISSUERS") or "launch/issuers.toml")
    problems += _issuers(issuers, env, bool(settings and settings.dev_loopback))
    site = env.get("SMARTAPP_SITE_KNOWLEDGE")
    problems += _knowledge(Path(site) if site else None)
    return problems, notes


def _knowledge(site: Path | None) -> Iterator[str]:
    try:
        load(site)
    except LoadpathError as error:
        yield from str(error).splitlines()


def _issuers(path: Path, env: Mapping[str, str], dev_loopback: bool) -> Iterator[str]:
    try:
        issuers = read_issuers(path, env, dev_loopback)
        ring = read_keys(Path(env.get("SMARTAPP_KEYS") or "var/keys"))
        for issuer in issuers:
            if issuer.auth == "private_key_jwt":
                ring.for_issuer(issuer, time.time())
    except LoadpathError as error:
        yield from str(error).splitlines()
