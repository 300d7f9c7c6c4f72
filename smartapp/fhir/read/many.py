"""FHIR files of many patients -> the values of one patient at a time, as ``derive --patient`` would read them.

The files are read twice: first only whose each resource is and where it stands, then, for one patient after the other,
what stands there. NDJSON is read line by line; a Bundle is held whole while its patients are read.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from smartapp.core.chart import Unreadable
from smartapp.errors import InputError
from smartapp.fhir.json import get_object, is_object, reference_of, reference_target, relative_reference, without_empty
from smartapp.fhir.read.files import Loaded, files_in, read_files, value_of_line, values_of
from smartapp.fhir.read.gather import aliases, bases_of, flatten
from smartapp.fhir.read.patient import Person, person_of

Entry = dict[str, Any]  # of a Bundle: the resource, and its address where it has one
_BY_LINE = (".ndjson", ".jsonl")


class OnePatient(NamedTuple):
    """``reference``: Patient/12. The values are fit for ``read_chart``."""

    reference: str
    loaded: Loaded


class _Place(NamedTuple):
    """A line of NDJSON by its first byte, a resource of a Bundle by its number."""

    file: Path
    at: int


class _Entries(NamedTuple):
    entries: list[Entry]
    lines: list[Unreadable]


def read_patients(path: Path) -> Iterator[OnePatient]:
    """Every patient that has a record in a file or folder. Raises InputError: ``file: place: what is wrong``."""
    owned, shared, lines = _index(path)
    people = [owner for owner in owned if owner]
    if len(people) == 1:
        yield OnePatient(people[0], read_files(path, people[0]))
        return
    if not people:
        raise InputError(f"{path}: Patient: there is none; a chart needs the Patient it belongs to")
    of_all = [_entry(place) for place in shared]
    for owner in people:
        entries = [_entry(place) for place in owned[owner]]
        entries += _needed(of_all, entries)
        whose = _person(entries, owner)
        own = [entry for entry in entries if whose.owns(entry["resource"])]
        yield OnePatient(owner, Loaded([_bundle(own)], tuple(lines)))


def _index(path: Path) -> tuple[dict[str, list[_Place]], list[_Place], list[Unreadable]]:
    """Where the resources of each patient stand, and those that name nobody; and what is odd of a file."""
    owned: dict[str, list[_Place]] = {}
    unowned: list[_Place] = []
    people, lines = set(), []
    for file in files_in(path):
        known_as: Mapping[str, str] = {}
        if not _is_by_line(file):
            whole = _whole(file)
            known_as = aliases([_bundle(whole.entries)])
            lines += whole.lines
        for place, resource in _lines(file) if _is_by_line(file) else _numbered(file):
            owner = _owner(resource, known_as)
            (owned.setdefault(owner, []) if owner else unowned).append(place)
            if resource["resourceType"] == "Patient":
                people.add(owner)
    return {owner: places for owner, places in owned.items() if owner in people}, unowned, lines


def _owner(resource: Mapping[str, Any], known_as: Mapping[str, str]) -> str:
    """Patient/12; empty where only the whole record of a patient can tell."""
    if resource["resourceType"] == "Patient":
        return reference_of(resource)
    for name in ("subject", "patient", "for"):
        element = resource.get(name)
        reference = element.get("reference") if is_object(element) else None
        if isinstance(reference, str) and reference.strip() and not reference.startswith("#"):
            told = reference.strip().partition("#")[0]
            bare = told.partition("?")[0].rstrip("/").partition("/_history/")[0]
            found = relative_reference(known_as.get(told) or known_as.get(bare) or bare)
            return found if "/" in found else f"Patient/{found.rpartition(':')[2]}"
    return ""


def _person(entries: list[Entry], owner: str) -> Person:
    own = next(entry["resource"] for entry in entries if reference_of(entry["resource"]) == owner)
    return person_of(own, aliases([_bundle(entries)]), bases_of([_bundle(entries)], owner))


def _needed(shared: list[Entry], entries: list[Entry]) -> list[Entry]:
    """Medicines that an order names, and all else that names nobody."""
    known_as = aliases([_bundle(shared)])
    named = {reference_target(get_object(entry["resource"], "medicationReference")) for entry in entries}
    named |= {relative_reference(known_as[each]) for each in named if each in known_as}
    return [
        entry for entry in shared
        if entry["resource"]["resourceType"] != "Medication" or reference_of(entry["resource"]) in named
    ]  # fmt: skip


def _bundle(entries: list[Entry]) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


# -- where a resource stands


def _is_by_line(file: Path) -> bool:
    return file.suffix.lower() in _BY_LINE


def _lines(file: Path) -> Iterator[tuple[_Place, Mapping[str, Any]]]:
    try:
        with file.open("rb") as lines:
            at = 0
            for number, line in enumerate(lines, start=1):
                if line.strip() and (value := value_of_line(file, number, line.decode("utf-8-sig"))) is not None:
                    yield _Place(file, at), value
                at += len(line)
    except OSError as error:
        raise InputError(f"{file}: file: {error.strerror or 'it cannot be opened'}") from None
    except UnicodeDecodeError:
        raise InputError(f"{file}: line {number}: it is not UTF-8") from None


def _numbered(file: Path) -> Iterator[tuple[_Place, Mapping[str, Any]]]:
    return ((_Place(file, number), entry["resource"]) for number, entry in enumerate(_whole(file).entries))


def _entry(place: _Place) -> Entry:
    if not _is_by_line(place.file):
        return _whole(place.file).entries[place.at]
    with place.file.open("rb") as lines:
        lines.seek(place.at)
        return {"resource": without_empty(value_of_line(place.file, 0, lines.readline().decode("utf-8-sig")))}


@lru_cache(maxsize=2)
def _whole(file: Path) -> _Entries:
    """Every resource of a Bundle or of a JSON file with the address of its entry."""
    lines: list[Unreadable] = []
    values = [without_empty(value) for value in values_of(file, None, lines, alone=False)]
    addresses = {id(e.get("resource")): e.get("fullUrl") for value in values for e in _entries_of(value)}
    found: list[Entry] = []
    for _, resource in flatten(values):
        if is_object(resource) and isinstance(resource.get("resourceType"), str):
            address = addresses.get(id(resource))
            found.append({**({"fullUrl": address} if isinstance(address, str) else {}), "resource": resource})
    return _Entries(found, lines)


def _entries_of(value: Any) -> list[Mapping[str, Any]]:
    entries = value.get("entry") if is_object(value) else None
    return [entry for entry in entries if is_object(entry)] if isinstance(entries, list) else []
