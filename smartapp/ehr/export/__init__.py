"""The records of a population -> a folder of NDJSON, by Bulk Data $export without a person.

:func:`fetch_export` asks the EHR to make the files, waits, fetches them, and tells what is missing. Interrupted at any
moment, the same call goes on where it stopped. Sources: FHIR Bulk Data Access IG 2.0.0; SMART Backend Services.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from smartapp.ehr.bulkhead import Budget
from smartapp.ehr.export.door import Door
from smartapp.ehr.export.download import Downloads
from smartapp.ehr.export.folder import ExportFolder, open_folder
from smartapp.ehr.export.job import JobGone, Say, end, kick_off, manifest_of
from smartapp.ehr.export.lines import MOST_TOLD, patients_in
from smartapp.ehr.export.values import ExportFailed, ExportRequest, ExportResult, Listed, Manifest
from smartapp.errors import EhrError, EhrUnavailable
from smartapp.fhir.audit_event import AuditContext, Event
from smartapp.fhir.export_event import export_asked_event, export_ended_event

__all__ = ["Auditor", "Door", "ExportFailed", "ExportRequest", "ExportResult", "fetch_export"]

MOST_JOBS = 3  # exports the EHR is asked for in one call, where it removes them before all is fetched (ours)


@dataclass(frozen=True)
class Auditor:
    """Where events go, and what is the same in all of them. ``operator``: whose command it is."""

    context: Callable[[], AuditContext]
    keep: Callable[[list[Event]], object]
    operator: str


def fetch_export(door: Door, request: ExportRequest, path: Path, audit: Auditor, say: Say = print) -> ExportResult:
    """The export in the folder ``path``: begun, gone on with, or there already.

    Raises ExportFailed and other EhrErrors with the EHR's words, InputError where the folder cannot be used. What came
    until then stays, and the same call goes on.
    """
    with open_folder(path, door.issuer.iss, request) as folder:
        if folder.done:
            say("The export is there already.")
            return _result(folder, [])
        audit.keep([export_asked_event(audit.context(), audit.operator, request.words)])
        try:
            problems = _fetch(door, folder, say)
            if not problems:
                with suppress(EhrError):  # the EHR removes its files by itself, some time later
                    end(door, folder.status)
                folder.end()
        except BaseException as error:
            audit.keep(
                [export_ended_event(audit.context(), audit.operator, request.words, _counts(folder), _why(error))]
            )
            raise
        result = _result(folder, problems)
        why = "not whole" if result.missing else ""
        audit.keep([export_ended_event(audit.context(), audit.operator, request.words, _counts(folder), why)])
        return result


def _fetch(door: Door, folder: ExportFolder, say: Say) -> list[str]:
    """Everything the EHR lists, with fresh links where some are over; files that could not be had, in words."""
    until = door.clock() + door.settings.export_seconds
    jobs, idle = 0, 0
    while True:
        if not folder.status:
            if jobs == MOST_JOBS:
                raise ExportFailed(f"The EHR removed the export {jobs} times before all of it was fetched.")
            jobs += 1
            folder.kick_off(*kick_off(door, folder.request, until))
        try:
            manifest = manifest_of(door, folder.status, until, say)
        except JobGone as error:
            say(f"{error} It is asked to make it anew.")
            folder.forget()
            continue
        except ExportFailed:
            folder.forget()
            raise
        manifest = folder.list(manifest)
        before = len(folder.finished)
        expired, problems = _download(door, folder, manifest, until, say)
        if not expired:
            return problems
        if door.clock() >= until:
            raise EhrUnavailable("The EHR's links are over again and again. The same command goes on from here.")
        idle = idle + 1 if len(folder.finished) == before else 0
        if idle < 2:
            say(f"{expired} links of the EHR are over. It is asked for fresh ones.")
            continue
        say("The EHR's links are over as soon as they are made: it is asked to make the export anew.")
        with suppress(EhrError):
            end(door, folder.status)
        folder.forget()
        idle = 0


def _download(door: Door, folder: ExportFolder, manifest: Manifest, until: float, say: Say) -> tuple[int, list[str]]:
    """How many links are over, and what could not be had. Patients first: then it is known whose the rest may be."""
    spent = sum(file.size for file in folder.finished.values())
    budget = Budget(max(door.settings.export_bytes - spent, 0), "The export (SMARTAPP_EXPORT_BYTES)")
    downloads = Downloads(door, folder, manifest.needs_token, budget, until, say)
    left = [each for each in manifest.files if each.name not in folder.finished]
    say(f"{len(manifest.files)} files, {len(left)} of them to fetch.")
    first = [each for each in left if _is_of_patients(each)]
    done = downloads.fetch(first, None)
    if not any(each.expired or each.problem for each in done):
        rest = [each for each in left if not _is_of_patients(each)]
        done += downloads.fetch(rest, _patients(folder, manifest))
    return sum(each.expired for each in done), [each.problem for each in done if each.problem]


def _is_of_patients(listed: Listed) -> bool:
    return listed.kind == "output" and listed.type == "Patient"


def _patients(folder: ExportFolder, manifest: Manifest) -> AbstractSet[str] | None:
    """All patients of the export; None where that is not known, because only what has changed was asked for."""
    names = [each.name for each in manifest.files if _is_of_patients(each)]
    if folder.request.since or not names:
        return None
    return frozenset(patient for name in names for patient in patients_in(folder.path / name))


def _counts(folder: ExportFolder) -> dict[str, int]:
    counts = Counter[str]()
    for file in folder.finished.values():
        if file.name.endswith(".ndjson"):
            counts[file.type] += file.count
    return dict(sorted(counts.items()))


def _why(error: BaseException) -> str:
    """For the audit trail: the kind of error, never its words, which may be the EHR's."""
    return type(error).__name__


def _result(folder: ExportFolder, problems: list[str]) -> ExportResult:
    files = sorted(file for file in folder.finished if file.endswith(".ndjson"))
    return ExportResult(
        folder.path,
        folder.manifest.at if folder.manifest else "",
        tuple(folder.path / name for name in files),
        _counts(folder),
        sum(file.aside for file in folder.finished.values()),
        tuple(_remarks(folder)),
        (*problems, *_lacks(folder)),
    )


def _remarks(folder: ExportFolder) -> Iterator[str]:
    taken = folder.taken or folder.request
    if without := [kind for kind in folder.request.types if kind not in taken.types]:
        yield f"The EHR says that it does not export {', '.join(without)} here: nothing of that is read."
    aside = [file for file in folder.finished.values() if file.aside]
    for file in aside:
        yield from (f"{file.name}: {said}: counted for nobody." for said in file.told[:MOST_TOLD])
        if file.aside > len(file.told):
            yield f"{file.name}: {file.aside - len(file.told)} more lines are counted for nobody."
    if deleted := sum(file.count for file in folder.finished.values() if file.name.endswith(".bundles")):
        yield f"{deleted} records were deleted in the EHR since; their references are in the files deleted.*.bundles."
    if folder.manifest and not any(map(_is_of_patients, folder.manifest.files)):
        yield "There is no Patient in it: whose records these are cannot be checked, and nobody can be counted."


def _lacks(folder: ExportFolder) -> Iterator[str]:
    """What the EHR's error files say is not there."""
    for file in folder.finished.values():
        if file.name.endswith(".outcomes"):
            yield from (f"The EHR says: {said}" for said in file.told)
