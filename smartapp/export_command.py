"""``smartapp export``: the records of a population of one EHR, by Bulk Data $export without a person, into a folder."""

import getpass
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from smartapp.ehr.export import Auditor, Door, ExportRequest, ExportResult, fetch_export
from smartapp.ehr.export.values import PATIENT_LEVEL, SYSTEM_LEVEL
from smartapp.ehr.http_client import HttpClient
from smartapp.ehr.issuers import Issuer, Issuers, read_issuers
from smartapp.ehr.launch.keys import KeyFolder
from smartapp.ehr.launch.scopes import READ, REFERRED, exported_types
from smartapp.ehr.launch.smart import Smart
from smartapp.errors import EhrForbidden, InputError, SettingsError, Who
from smartapp.fhir.audit_event import AuditContext
from smartapp.fhir.read.searches import searches, type_filters
from smartapp.knowledge import load
from smartapp.settings import Settings
from smartapp.store import open_store

Say = Callable[[str], object]


def export_from(
    env: Mapping[str, str],
    name: str,
    folder: Path,
    *,
    group: str = "",
    system: bool = False,
    since: str = "",
    say: Say = print,
    http_client: Callable[[Settings], HttpClient] = HttpClient,
    sleep: Callable[[float], object] = time.sleep,
    clock: Callable[[], float] = time.time,
) -> ExportResult:
    """Of the EHR ``name`` of the issuers file: its group, or ``group``, or every patient; with ``system`` all it has.
    Of the types our searches read, those it grants. ``since``: an instant; only what has changed from then on.

    Raises SettingsError, InputError, EhrError.
    """
    settings = Settings.from_env(env)
    issuers = read_issuers(settings.issuers_file, env, settings.dev_loopback)
    issuer = _exporter(issuers, name)
    store = open_store(settings.database, *settings.secrets, clock=clock)
    try:
        client = http_client(settings)
        tokens = Smart(issuers, client, KeyFolder(settings.keys), settings, clock).for_export(issuer)
        types = exported_types(tokens.scope())
        if "Patient" not in types:
            raise EhrForbidden(
                "The EHR does not grant Loadpath to export Patient: nobody would be in it.", who=Who.SITE
            )
        for kind in sorted({*READ, *REFERRED} - {*types}):
            say(f"Not granted, so not in the export: {kind}.")
        request = ExportRequest(_level(issuer, group, system), types, since, _filters(issuer, settings))
        door = Door(issuer, client, tokens, settings, sleep, clock)
        return fetch_export(door, request, folder, _auditor(issuer, settings, store.audit.append, clock), say)
    except OSError as error:
        raise InputError(f"{folder}: folder: {error.strerror or 'it cannot be written'}") from error
    finally:
        store.close()


def in_words(result: ExportResult) -> Iterator[str]:
    yield from result.remarks
    for kind, count in result.counts.items():
        yield f"{kind}: {count}"
    if result.set_aside:
        yield f"Counted for nobody: {result.set_aside}"
    yield from (f"MISSING  {words}" for words in result.missing)
    state = "NOT whole: run the same command again" if result.missing else f"The export of {result.at} is whole"
    yield f"{state}: {len(result.files)} files in {result.folder}"


def _exporter(issuers: Issuers, name: str) -> Issuer:
    found = next((issuer for issuer in issuers if issuer.key == name), None)
    if found is None:
        raise InputError(
            f"{name}: no EHR of this name is in the issuers file, only {', '.join(i.key for i in issuers)}"
        )
    if found.export is None:
        raise SettingsError(
            f"[{name}] has no table “export” in the issuers file: the EHR has to grant that, see README."
        )
    return found


def _level(issuer: Issuer, group: str, system: bool) -> str:
    named = group.removeprefix("Group/") or (issuer.export.group if issuer.export and not system else "")
    return SYSTEM_LEVEL if system else f"Group/{named}" if named else PATIENT_LEVEL


def _filters(issuer: Issuer, settings: Settings) -> tuple[str, ...]:
    wanted = issuer.export is not None and issuer.export.filters
    return type_filters(searches(load(settings.site_knowledge).codes)) if wanted else ()


def _auditor(issuer: Issuer, settings: Settings, keep: Callable[..., object], clock: Callable[[], float]) -> Auditor:
    who = issuer.exporting.client_id

    def context() -> AuditContext:
        return AuditContext(app=settings.base_url, at=clock(), iss=issuer.iss, client_id=who)

    return Auditor(context, keep, f"{getpass.getuser()}@{socket.gethostname()}")
