"""Settings, knowledge and issuers -> everything that is wrong with them, at once, for ``smartapp check``."""

import stat
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from smartapp.ehr.addresses import is_loopback
from smartapp.ehr.issuers import Issuer, read_issuers
from smartapp.ehr.keys import read_keys
from smartapp.errors import LoadpathError, SettingsError
from smartapp.knowledge import load
from smartapp.settings import Settings, unknown_variables

SHORT_SECRET = 32  # characters of a client secret, as of our own (ours)
TEMPORARY = ("/tmp", "/var/tmp", "/dev/shm", "/run")  # noqa: S108 -- looked for, not used


def everything_wrong(env: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """(problems, notes): each a line for an administrator; the installation can run when there is no problem.

    A note is about something that works, and weakens the installation or is probably not what was meant.
    """
    problems: list[str] = []
    notes = [f"{name} is not a setting of Loadpath" for name in unknown_variables(env)]
    notes += _readable_by_others(env)
    settings = None
    try:
        settings = Settings.from_env(env)
        notes += settings.weaknesses()
        notes += _fleeting(settings.database)
    except SettingsError as error:
        problems += str(error).splitlines()
    issuers = settings.issuers_file if settings else Path(env.get("SMARTAPP_ISSUERS") or "launch/issuers.toml")
    problems += _issuers(issuers, env, bool(settings and settings.dev_loopback), notes)
    site = env.get("SMARTAPP_SITE_KNOWLEDGE")
    problems += _knowledge(Path(site) if site else None)
    return problems, notes


def _knowledge(site: Path | None) -> Iterator[str]:
    try:
        load(site)
    except LoadpathError as error:
        yield from str(error).splitlines()


def _issuers(path: Path, env: Mapping[str, str], dev_loopback: bool, notes: list[str]) -> Iterator[str]:
    try:
        issuers = tuple(read_issuers(path, env, dev_loopback))
    except LoadpathError as error:
        yield from str(error).splitlines()
        return
    for issuer in issuers:
        notes += [f"{path.name}: [{issuer.key}] {weakness}" for weakness in _weaknesses(issuer)]
    try:
        ring = read_keys(Path(env.get("SMARTAPP_KEYS") or "var/keys"))
        for issuer in issuers:
            if issuer.auth == "private_key_jwt":
                ring.for_issuer(issuer, time.time())
    except LoadpathError as error:
        yield from str(error).splitlines()


def _weaknesses(issuer: Issuer) -> Iterator[str]:
    """What is allowed in an issuers file and still worth a second look."""
    if issuer.iss.startswith("http:"):
        yield "iss is http: whoever is on the way reads tokens and charts."
    if any(place.startswith("http:") and not is_loopback(place) for place in issuer.frame_ancestors):
        yield "frame_ancestors names an http origin: whoever is on the way may show Loadpath in a page of theirs."
    if not issuer.roles.signers:
        yield "roles.signers is empty: nobody may sign here."
    if not (issuer.roles.signers or issuer.roles.drafters or issuer.roles.coordinators):
        yield "roles are all empty: nobody may use Loadpath here."
    if issuer.client_secret and len(issuer.client_secret) < SHORT_SECRET:
        yield f"its client secret is shorter than {SHORT_SECRET} characters."
    if issuer.auth == "public":
        yield "auth is public: whoever steals an authorization has it; prefer private_key_jwt where the EHR offers it."
    if not issuer.nonce_required:
        yield "nonce_required is false: an identity token of another sign-in may be passed off as this one's."


def _fleeting(database: str) -> Iterator[str]:
    """A database that a restart of the machine may take away, and with it attestations and the audit trail."""
    place = urlsplit(database).path.removeprefix("/") if database.startswith("sqlite:") else ""
    if database.startswith("sqlite:") and place in ("", ":memory:"):
        yield "SMARTAPP_DATABASE is in memory: everything is gone when the process ends."
        return
    folders = [Path(folder).resolve() for folder in (tempfile.gettempdir(), *TEMPORARY)]
    if place and any(Path(place).resolve().is_relative_to(folder) for folder in folders):
        yield "SMARTAPP_DATABASE lies in a folder for temporary files: attestations and the audit trail may vanish."


def _readable_by_others(env: Mapping[str, str]) -> Iterator[str]:
    """Files with secrets that other accounts of this machine can read."""
    for name in sorted(env):
        if name.startswith("SMARTAPP_") and name.endswith("_FILE") and name != "SMARTAPP_CA_FILE":
            yield from (f"{name}: {why}" for why in _open_to_others(Path(env[name])))
    for path in sorted(Path(env.get("SMARTAPP_KEYS") or "var/keys").glob("*.json")):
        yield from (f"SMARTAPP_KEYS: {why}" for why in _open_to_others(path))


def _open_to_others(path: Path) -> Iterator[str]:
    try:
        mode = path.stat().st_mode
    except OSError:
        return  # that it cannot be read is said where it is read
    if mode & (stat.S_IROTH | stat.S_IWOTH):
        yield f"every account of this machine can read {path.name}: chmod 600 it."
