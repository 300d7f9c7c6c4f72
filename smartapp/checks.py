"""Settings, knowledge and issuers -> everything that is wrong with them, at once, for ``smartapp check``.

With ``contact`` the registered EHRs are asked for their SMART configuration as well: whether it can be used, and what
of it the issuers file does not make use of.
"""

import stat
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from smartapp.core.knowledge import origins
from smartapp.ehr.addresses import is_loopback
from smartapp.ehr.capabilities import CapabilityCache
from smartapp.ehr.deliver.methods import read_site
from smartapp.ehr.http_client import HttpClient
from smartapp.ehr.issuers import Issuer, read_issuers
from smartapp.ehr.launch.discovery import Discovery, Endpoints
from smartapp.ehr.launch.keys import KeyStore, read_keys
from smartapp.errors import EhrError, LoadpathError, SettingsError
from smartapp.knowledge import load, parse, texts
from smartapp.settings import Settings, unknown_variables
from smartapp.store import database_note

SHORT_SECRET = 32  # characters of a client secret, as of our own (ours)
NO_CALLER = "site.order_entry needs a table cds_hooks: the order is offered on a card when the EHR calls (CDS Hooks)."
TEMPORARY = ("/tmp", "/var/tmp", "/dev/shm", "/run")  # noqa: S108 -- looked for, not used


def everything_wrong(
    env: Mapping[str, str], contact: bool = False, http_client: Callable[[Settings], HttpClient] = HttpClient
) -> tuple[list[str], list[str]]:
    """(problems, notes): each a line for an administrator; the installation can run when there is no problem.

    A note is about something that works, and weakens the installation or is probably not what was meant. Nobody is
    contacted unless ``contact`` is set.
    """
    problems: list[str] = []
    notes = [f"{name} is not a setting of Loadpath" for name in unknown_variables(env)]
    settings = None
    try:
        settings = Settings.from_env(env)
        problems += filter(None, [settings.identifier_problem])
        notes += settings.weaknesses()
        notes += _temporary_place(settings.database)
        notes += filter(None, [database_note(settings.database, *settings.secrets)])
    except SettingsError as error:
        problems += str(error).splitlines()
    path = settings.issuers_file if settings else Path(env.get("SMARTAPP_ISSUERS") or "launch/issuers.toml")
    notes += _open_files(env, path, settings)
    found = _issuers(path, env, bool(settings and settings.dev_loopback), problems)
    known: dict[str, Endpoints] = {}
    if contact and settings:
        client = http_client(settings)
        known = _contact_issuers(found, Discovery(client, settings), problems, notes)
        notes += _hook_keys(found, KeyStore(client, settings))
        notes += _exports(found, CapabilityCache(client, settings))
    for issuer in found:
        weak = [*_weaknesses(issuer), *_mix_up(issuer, found, known.get(issuer.key))]
        notes += [f"{path.name}: [{issuer.key}] {words}" for words in weak]
    problems += _keys(found, Path(env.get("SMARTAPP_KEYS") or "var/keys"))
    site = env.get("SMARTAPP_SITE_KNOWLEDGE")
    problems += _knowledge(Path(site) if site else None, notes)
    return problems, notes


def _knowledge(site: Path | None, notes: list[str]) -> Iterator[str]:
    """What is wrong with it; among the notes, rows edited after a clinician signed them."""
    try:
        signed = origins(load(site))
        parse(texts())  # tries every phrase on its sentences, which loading does not
    except LoadpathError as error:
        yield from str(error).splitlines()
        return
    notes += [f"knowledge: {row} was signed by {o.lapsed} and changed since" for row, o in signed if o.lapsed]


def _issuers(path: Path, env: Mapping[str, str], dev_loopback: bool, problems: list[str]) -> tuple[Issuer, ...]:
    """The EHRs of the file, each with a site table that can be used; none where the file cannot be read."""
    try:
        issuers = tuple(read_issuers(path, env, dev_loopback))
    except LoadpathError as error:
        problems += str(error).splitlines()
        return ()
    for issuer in issuers:
        if issuer.site.get("order_entry") and issuer.cds_hooks is None:
            problems.append(f"{path.name}: [{issuer.key}] {NO_CALLER}")
        try:
            read_site(issuer.site)
        except LoadpathError as error:
            problems += [f"{path.name}: [{issuer.key}] {line}" for line in str(error).splitlines()]
    return issuers


def _keys(issuers: tuple[Issuer, ...], folder: Path) -> Iterator[str]:
    """What stands against signing with our own keys, where an EHR wants that."""
    try:
        ring = read_keys(folder)
    except LoadpathError as error:
        yield from str(error).splitlines()
        return
    for issuer in issuers:
        try:
            if issuer.auth == "private_key_jwt" or issuer.backend or issuer.export:
                ring.for_issuer(issuer, time.time())
        except LoadpathError as error:
            yield from str(error).splitlines()


def _contact_issuers(
    issuers: tuple[Issuer, ...], discovery: Discovery, problems: list[str], notes: list[str]
) -> dict[str, Endpoints]:
    """What each EHR publishes now. One that cannot be reached is a note: it may be back for the next launch."""
    known: dict[str, Endpoints] = {}
    for issuer in issuers:
        try:
            known[issuer.key] = discovery.endpoints(issuer)
        except EhrError as error:
            notes.append(f"[{issuer.key}] could not be asked: {error}")
        except LoadpathError as error:
            problems.append(f"[{issuer.key}] {error}")
        else:
            notes += [f"[{issuer.key}] {words}" for words in _settings_without_use(issuer, known[issuer.key])]
    return known


def _hook_keys(issuers: tuple[Issuer, ...], keys: KeyStore) -> Iterator[str]:
    """EHRs that may call CDS services, and whose calls will be refused as their keys are at present."""
    for issuer in issuers:
        if issuer.cds_hooks is None:
            continue
        try:
            if not any(key.get("kid") for key in keys.keys(issuer.cds_hooks.jku)):
                yield f"[{issuer.key}] cds_hooks.jku publishes no key with a kid: each of its calls is refused."
        except EhrError as error:
            yield f"[{issuer.key}] cds_hooks.jku: {error} Until it can be read, its calls are not answered."


def _exports(issuers: tuple[Issuer, ...], capabilities: CapabilityCache) -> Iterator[str]:
    """EHRs of which a population is to be exported, and which do not declare that they do it."""
    for issuer in issuers:
        if issuer.export is None:
            continue
        wanted, offered = "Group" if issuer.export.group else "Patient", capabilities.of(issuer).exports
        if wanted not in offered:
            only = f", only of {', '.join(sorted(offered))}" if offered else ""
            yield f"[{issuer.key}] export: it does not declare Bulk Data $export of {wanted}{only}."


def _settings_without_use(issuer: Issuer, published: Endpoints) -> Iterator[str]:
    """What the EHR offers and would be safer, and what it lacks."""
    if issuer.auth != "private_key_jwt" and "client-confidential-asymmetric" in published.capabilities:
        yield f"auth is {issuer.auth}, and this EHR takes private_key_jwt: a key that never leaves here is safer."
    if "client-confidential-asymmetric" not in published.capabilities:
        for name, table in (("backend", issuer.backend), ("export", issuer.export)):
            if table:
                yield f"{name}: it does not say that it takes private_key_jwt: nothing is read without a person."
    if not published.revocation:
        yield "it offers no revocation: tokens outlive a logout until they end by themselves."
    if not published.jwks:
        yield "it publishes no keys for identity tokens: a launch that grants openid will be refused."


def _mix_up(issuer: Issuer, everyone: tuple[Issuer, ...], published: Endpoints | None) -> Iterator[str]:
    """RFC 9207, RFC 9700 4.4: with several EHRs, an answer must show whose it is, by its iss or by its address."""
    if len(everyone) < 2 or issuer.own_callback:
        return
    remedy = "set own_callback and register that address there, or another EHR's answer may pass for its own."
    if published is None:
        yield f"if it does not name itself in its answers (“smartapp check --contact” asks), {remedy}"
    elif not published.iss_in_callback:
        yield f"it does not name itself in its answers (RFC 9207): {remedy}"


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
    if issuer.backend:
        yield (
            f"backend: Loadpath reads {issuer.backend.scopes} there without a person, and every coordinator of this "
            "EHR sees the list that comes of it, whatever the EHR shows to each of them."
        )
        if not issuer.roles.coordinators:
            yield "backend is of no use without roles.coordinators."
        if "system/Patient." not in issuer.backend.scopes and "system/*." not in issuer.backend.scopes:
            yield "backend.scopes has no Patient: the list will show no names."
    if issuer.export:
        whom = f"Group/{issuer.export.group}" if issuer.export.group else "every patient"
        yield f"export: “smartapp export” copies whole records of {whom} into a folder: keep it as charts are kept."
    if issuer.auth == "public":
        yield "auth is public: whoever steals an authorization has it; prefer private_key_jwt where the EHR offers it."
    if not issuer.nonce_required:
        yield "nonce_required is false: an identity token of another sign-in may be passed off as this one's."


def _temporary_place(database: str) -> Iterator[str]:
    """A database that a restart of the machine may take away, and with it attestations and the audit trail."""
    place = urlsplit(database).path.removeprefix("/") if database.startswith("sqlite:") else ""
    folders = [Path(folder).resolve() for folder in (tempfile.gettempdir(), *TEMPORARY)]
    if place and any(Path(place).resolve().is_relative_to(folder) for folder in folders):
        yield "SMARTAPP_DATABASE lies in a folder for temporary files: attestations and the audit trail may vanish."


def _open_files(env: Mapping[str, str], issuers: Path, settings: Settings | None) -> Iterator[str]:
    """Files with secrets that other accounts of this machine can read, and the list of EHRs if they can write it."""
    for name in sorted(env):
        if name.startswith("SMARTAPP_") and name.endswith("_FILE") and name != "SMARTAPP_CA_FILE":
            yield from (f"{name}: {why}" for why in _open_to_others(Path(env[name])))
    for path in sorted(Path(env.get("SMARTAPP_KEYS") or "var/keys").glob("*.json")):
        yield from (f"SMARTAPP_KEYS: {why}" for why in _open_to_others(path))
    for key, path in _client_secrets(issuers):
        yield from (f"{issuers.name}: [{key}] client_secret_file: {why}" for why in _open_to_others(path))
    if settings and settings.database.startswith("sqlite:"):
        place = Path(urlsplit(settings.database).path.removeprefix("/"))
        yield from (f"SMARTAPP_DATABASE: {why}" for why in _open_to_others(place) if place.is_file())
    if _mode(issuers) & stat.S_IWOTH:
        yield f"SMARTAPP_ISSUERS: every account of this machine can write {issuers.name}: chmod 644 it."


def _client_secrets(issuers: Path) -> Iterator[tuple[str, Path]]:
    """Files the issuers file names. What is wrong with the file itself is said where it is read."""
    try:
        tables: dict[str, Any] = tomllib.loads(issuers.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    for key, table in tables.items():
        name = table.get("client_secret_file") if isinstance(table, dict) else None
        if isinstance(name, str) and name and "\0" not in name:
            yield key, Path(name)


def _open_to_others(path: Path) -> Iterator[str]:
    if _mode(path) & (stat.S_IROTH | stat.S_IWOTH):
        yield f"every account of this machine can read {path.name}: chmod 600 it."


def _mode(path: Path) -> int:
    """The rights of a file; none where it cannot be looked at: that is said where it is read."""
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return 0
