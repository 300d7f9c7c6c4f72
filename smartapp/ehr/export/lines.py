"""A file of an export, line by line: is it whole, and is each line of one patient, and of one who is in the export?

A line that names two patients could be counted for the wrong one, so it is counted for neither: it is taken out of the
file, into one beside it, and told. So is one whose patient is not in the export, as far as that can be known.
"""

from collections.abc import Collection, Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

import msgspec

from smartapp.ehr.addresses import trusted_reference
from smartapp.ehr.export.folder import ASIDE
from smartapp.ehr.export.values import Finished, Listed, SetAside
from smartapp.fhir.json import as_object, as_objects
from smartapp.fhir.outcomes import issue_texts

LONGEST_LINE = 32 * 1024 * 1024  # bytes of one resource; a report may hold its pictures (ours)
MOST_TOLD = 20  # lines set aside, or sentences of error files, that are told one by one (ours)
_PATIENT = frozenset({"Patient"})
_LACKS = frozenset({"error", "fatal"})


class NotWhole(Exception):
    """The file is not what the EHR has: it is fetched again, and never used as it is."""


class _Line(msgspec.Struct):
    resourceType: Any = None
    id: Any = None
    subject: Any = None
    patient: Any = None


_LINE = msgspec.json.Decoder(_Line)


def look_through(path: Path, listed: Listed, base: str, patients: AbstractSet[str] | None) -> Finished:
    """What of the file may be used; lines of two patients, or of nobody in ``patients`` (``Patient/12``, where known),
    are moved beside it. Raises NotWhole."""
    count, aside = 0, []
    for number, line in lines_of(path):
        found = _decoded(line, number)
        count += 1
        if why := _why_not(found, base, patients):
            aside.append(SetAside(number, f"{found.resourceType}/{found.id}", why))
    if listed.count is not None and count != listed.count:
        raise NotWhole(f"it has {count} lines, and the EHR says {listed.count}")
    if aside:
        _move(path, path.with_suffix(ASIDE), {each.line for each in aside})
    told = tuple(f"{each.record} (line {each.line}) {each.why}" for each in aside[:MOST_TOLD])
    return Finished(listed.name, listed.type, path.stat().st_size, count - len(aside), len(aside), told)


def read_outcomes(path: Path, listed: Listed) -> Finished:
    """What the EHR says is missing, or wants to be known: of errors the words. Raises NotWhole."""
    told: dict[str, None] = {}
    count = 0
    for number, line in lines_of(path):
        count += 1
        outcome = as_object(_any(line, number))
        lacks = any(issue.get("severity") in _LACKS for issue in as_objects(outcome.get("issue")))
        if lacks and len(told) < MOST_TOLD:
            told |= dict.fromkeys(issue_texts(outcome) or ("no reason given",))
    return Finished(listed.name, listed.type, path.stat().st_size, count, told=tuple(told))


def read_deleted(path: Path, listed: Listed) -> Finished:
    """How many records the EHR has removed since. Raises NotWhole."""
    bundles = (as_object(_any(line, number)) for number, line in lines_of(path))
    return Finished(
        listed.name, listed.type, path.stat().st_size, sum(len(as_objects(b.get("entry"))) for b in bundles)
    )


def patients_in(path: Path) -> Iterator[str]:
    for number, line in lines_of(path):
        yield f"Patient/{_decoded(line, number).id}"


def lines_of(path: Path) -> Iterator[tuple[int, bytes]]:
    """Number and content of each line that has any. Raises NotWhole for one without end."""
    with path.open("rb") as file:
        number = 0
        while line := file.readline(LONGEST_LINE):
            number += 1
            if len(line) == LONGEST_LINE:
                raise NotWhole(f"line {number} is longer than {LONGEST_LINE // 1024**2} MB")
            if line.strip():
                yield number, line


def _decoded(line: bytes, number: int) -> _Line:
    try:
        found = _LINE.decode(line)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise NotWhole(f"line {number} is not a JSON object") from error
    if not isinstance(found.resourceType, str):
        raise NotWhole(f"line {number} is not a FHIR resource")
    return found


def _any(line: bytes, number: int) -> Any:
    try:
        return msgspec.json.decode(line)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise NotWhole(f"line {number} is not JSON") from error


def _why_not(line: _Line, base: str, patients: AbstractSet[str] | None) -> str:
    """Why nobody may be said to own this; empty for a Patient, and for what names no patient at all."""
    if line.resourceType == "Patient":
        return ""
    named = {found for element in (line.subject, line.patient) for found in _named(element, base)}
    if len(named) > 1:
        return "names more than one patient"
    if patients is not None and named and not named <= patients:
        return "is of a patient who is not in this export"
    return ""


def _named(element: Any, base: str) -> Iterator[str]:
    """The patients a reference means, or several in a list; another server's by the full address."""
    for each in element if isinstance(element, list) else (element,):
        said = each.get("reference") if isinstance(each, dict) else None
        if not isinstance(said, str) or not said.strip() or said.startswith(("#", "urn:")):
            continue
        bare = said.strip().partition("?")[0].partition("#")[0].rstrip("/")
        if found := trusted_reference(bare if "/" in bare else f"Patient/{bare}", base, _PATIENT):
            yield found.partition("/_history")[0]
        elif "://" in bare and "/Patient/" in bare:
            yield bare


def _move(path: Path, beside: Path, lines: Collection[int]) -> None:
    """The lines of these numbers out of ``path`` into ``beside``."""
    rest = path.with_suffix(".rest")
    with rest.open("wb") as kept, beside.open("wb") as moved:
        for number, line in lines_of(path):
            (moved if number in lines else kept).write(line if line.endswith(b"\n") else line + b"\n")
    rest.replace(path)
