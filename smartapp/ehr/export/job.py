"""An export at the EHR: kick-off, status until its files are there, and its end (Bulk Data Access IG 2.0, $export)."""

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from urllib.parse import urlencode

from smartapp.ehr.addresses import resolve
from smartapp.ehr.answer import HttpResponse, retry_after
from smartapp.ehr.client import FHIR_JSON
from smartapp.ehr.export.door import FIRST_PAUSE, LONGEST_PAUSE, Door, refused
from smartapp.ehr.export.values import ExportFailed, ExportRequest, Manifest, read_manifest
from smartapp.errors import EhrError, EhrUnavailable
from smartapp.fhir.json import as_objects
from smartapp.fhir.outcomes import plain

Say = Callable[[str], object]
END_SECONDS = 60.0  # for which a busy EHR is told that its files are not needed (ours)
WITHOUT = 3  # times it is asked again without types that the EHR names as those it does not export (ours)
# Issue types by which a server says that asking again may help (IssueType, transient and below; Bulk Data IG, status),
# without “exception”, which servers also say of an export that has failed for good.
_TRANSIENT = frozenset({"transient", "lock-error", "no-store", "timeout", "incomplete", "throttled"})


class JobGone(EhrError):
    """The EHR does not know this export any more."""

    title = "The EHR has removed the export"


def kick_off(door: Door, request: ExportRequest, until: float) -> tuple[str, ExportRequest]:
    """The address of its status, and what was asked for in the end: without types the EHR says it does not export.

    Raises ExportFailed with the EHR's words.
    """
    for _ in range(WITHOUT + 1):
        # Once: an EHR whose answer was lost may be at work already, and some make one export at a time.
        answer = door.until_answered(partial(door.ask, "GET", address(door, request), FHIR_JSON), until, tries=1)
        if answer.status_code in (200, 202):
            return _status_address(door, answer), request
        error = refused(answer)
        named = {kind for kind in request.types if re.search(rf"\b{kind}\b", str(error))} - {"Patient"}
        if answer.status_code not in (400, 422) or not named:
            raise ExportFailed(f"The EHR does not begin the export {request.path}. {error}")
        request = replace(request, types=tuple(kind for kind in request.types if kind not in named))
    raise ExportFailed("The EHR does not begin the export, whichever types of records are left out.")


def address(door: Door, request: ExportRequest) -> str:
    asked = [("_type", ",".join(request.types))]
    asked += [("_since", request.since)] if request.since else []
    filters = [each for each in request.filters if each.partition("?")[0] in request.types]
    return f"{door.issuer.iss}/{request.path}?{urlencode([*asked, *(('_typeFilter', each) for each in filters)])}"


def manifest_of(door: Door, status: str, until: float, say: Say) -> Manifest:
    """The list of files, as soon as it is there. Raises JobGone, ExportFailed, EhrUnavailable once time is over."""
    asked = 0
    while True:
        answer = door.until_answered(
            partial(door.ask, "GET", status, "application/json"), until, tries=sys.maxsize, final=(500,)
        )
        if answer.status_code == 200:
            return _manifest(answer)
        if answer.status_code in (404, 410):
            raise JobGone(f"The EHR has removed the export. {refused(answer)}")
        if answer.status_code != 202 and not _passes(answer):
            raise ExportFailed(f"The EHR has given up the export. {refused(answer)}")
        asked += 1
        pause = retry_after(answer) or min(FIRST_PAUSE * 1.5 ** min(asked, 20), LONGEST_PAUSE)
        said = plain(answer.headers.get("X-Progress", "")) or "no word how far it is"
        if door.clock() + pause >= until:
            raise EhrUnavailable(
                f"The EHR has not finished the export in the time it has (SMARTAPP_EXPORT_SECONDS): {said}. The same "
                "command goes on from here."
            )
        say(f"The EHR is making the export: {said}. It is asked again in {pause:.0f} s.")
        door.pause(pause)


def end(door: Door, status: str) -> None:
    """Tell the EHR that its files are not needed any more. One that has none of that, or forgot it, is no matter."""
    door.until_answered(partial(door.ask, "DELETE", status, FHIR_JSON), door.clock() + END_SECONDS)


def _status_address(door: Door, answer: HttpResponse) -> str:
    said = answer.headers.get("Content-Location", "")
    if answer.status_code != 202 or not said:
        raise ExportFailed("The EHR took the request for an export, but does not say where its status is.")
    return resolve(said, door.issuer.iss)


def _manifest(answer: HttpResponse) -> Manifest:
    try:
        return read_manifest(answer.object())
    except ValueError as error:
        raise ExportFailed("The EHR's list of files is not JSON.") from error


def _passes(answer: HttpResponse) -> bool:
    try:
        issues = as_objects(answer.object().get("issue"))
    except ValueError:
        return False
    return answer.status_code >= 500 and any(issue.get("code") in _TRANSIENT for issue in issues)
