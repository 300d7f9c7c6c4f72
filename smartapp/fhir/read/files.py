"""FHIR files -> JSON values for reading: a Bundle of any type, one resource, NDJSON, or a folder of these.

What is wrong is said in one line: file, place, what. Which patient is meant is settled here, before anything is read.
"""

import codecs
import gzip
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from smartapp.core.chart import Unreadable
from smartapp.core.knowledge import Knowledge
from smartapp.errors import InputError
from smartapp.fhir.json import reference_of, without_empty
from smartapp.fhir.read.gather import aliases, bases_of, flatten, several_patients
from smartapp.fhir.read.partial import decode_for_chart
from smartapp.fhir.read.patient import Person, person_of

_SUFFIXES = (".json", ".ndjson", ".jsonl")
# Longest first: the mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    *((mark, "utf-32") for mark in (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)),
    *((mark, "utf-16") for mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)),
)


class Loaded(NamedTuple):
    """JSON values ready for ``read_chart``, and what it must be told of the files they come from."""

    values: list[Any]
    unreadable: tuple[Unreadable, ...]


def read_files(path: Path, patient: str | None = None, knowledge: Knowledge | None = None) -> Loaded:
    """The values of one patient. Raises InputError: ``file: place: what is wrong``.

    With ``patient`` (a logical id) a file of many patients is narrowed to that one and what belongs to nobody else.
    With ``knowledge`` what no rule could use need not be among them.
    """
    lines: list[Unreadable] = []
    values = list(_values(path, knowledge, lines))
    ids = [str(value.get("id") or "") for _, value in flatten(values) if _is_patient(value)]
    wanted = patient.removeprefix("Patient/") if patient else None
    if wanted is not None and ids and wanted not in ids:
        raise InputError(f"{path}: --patient {wanted}: there is no such patient; it holds {_named(ids)}")
    if not ids and wanted is None:
        raise InputError(f"{path}: Patient: there is none; a chart needs the Patient it belongs to")
    distinct = list(dict.fromkeys(ids))
    if len(distinct) > 1 and wanted is None:
        raise InputError(f"{path}: Patient: {several_patients(distinct)}")
    if len(distinct) > 1 and wanted is not None:
        values = [narrowed([without_empty(value) for value in values], f"Patient/{wanted}")]
    return Loaded(values, tuple(lines))


def _named(ids: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(ids))
    return several_patients(distinct).split(": ", 1)[1] if len(distinct) > 1 else distinct[0] or "one without an id"


def _is_patient(value: object) -> bool:
    return isinstance(value, Mapping) and value.get("resourceType") == "Patient"


def narrowed(values: Sequence[Any], person: str) -> dict[str, Any]:
    """One Bundle with what is about this person or about nobody; addresses stay beside their resources."""
    known_as = aliases(values)
    address_of = {reference: address for address, reference in known_as.items()}
    entries: list[dict[str, Any]] = []
    whose = _person(values, person, known_as)
    for _, value in flatten(values):
        if not isinstance(value, Mapping):
            continue
        reference = reference_of(value)
        if whose.owns(value):
            address = {"fullUrl": address_of[reference]} if reference in address_of else {}
            entries.append({**address, "resource": value})
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def _person(values: Sequence[Any], reference: str, known_as: Mapping[str, str]) -> Person:
    found = (value for _, value in flatten(values) if _is_patient(value) and reference_of(value) == reference)
    return person_of(next(found, {}), known_as, bases_of(values, reference))


def _values(path: Path, knowledge: Knowledge | None, lines: list[Unreadable]) -> Iterator[Any]:
    if not path.is_dir():
        yield from values_of(path, knowledge, lines)
        return
    for file in files_in(path):
        # a folder may hold a manifest or a licence in JSON beside the resources
        yield from (value for value in values_of(file, knowledge, lines, alone=False) if _is_resource(value))


def files_in(path: Path) -> list[Path]:
    """The file itself, or those of a folder that may hold FHIR. Raises InputError where none does."""
    if not path.is_dir():
        return [path]
    files = sorted(file for file in path.iterdir() if file.suffix.lower() in _SUFFIXES and file.is_file())
    if not files:
        raise InputError(f"{path}: folder: there is no .json or .ndjson file in it")
    return files


def _is_resource(value: object) -> bool:
    return isinstance(value, Mapping) and isinstance(value.get("resourceType"), str)


def values_of(file: Path, knowledge: Knowledge | None, lines: list[Unreadable], alone: bool = True) -> Iterator[Any]:
    """The values of one file, and in ``lines`` what is odd of it. ``alone``: what is no resource is a mistake."""
    text, remark = text_of(file)
    lines.extend([Unreadable(file.name, remark)] if remark else [])
    if not text.strip():
        raise InputError(f"{file}: line 1: the file is empty")
    try:
        value = decode_for_chart(text, knowledge, parsed) if knowledge else parsed(text)
    except json.JSONDecodeError as error:
        if error.msg != "Extra data" and file.suffix.lower() == ".json":
            _refuse(file, error)
        yield from _lines(file, text)
        return
    except (ValueError, RecursionError) as error:
        _refuse(file, error)
    for item in [one for one in value if one is not None] if isinstance(value, list) else (value,):
        if alone and not _is_resource(item):
            raise InputError(f"{file}: resourceType: it is missing, so this is not a FHIR resource or Bundle")
        yield item


def _lines(file: Path, text: str) -> Iterator[Any]:
    """NDJSON: one resource a line; a bad line is named by its number."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield value_of_line(file, number, line)


def value_of_line(file: Path, number: int, line: str) -> Any:
    """A resource, or None. Raises InputError that names the line."""
    try:
        value = parsed(line)
    except (ValueError, RecursionError) as error:
        _refuse(file, error, line=number)
    if value is not None and not _is_resource(value):
        raise InputError(f"{file}: line {number}: resourceType is missing, so this is not a FHIR resource")
    return value


def text_of(file: Path) -> tuple[str, str]:
    """The text of a file, and a remark where it is not in the encoding JSON is written in."""
    try:
        with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as opened:
            raw = opened.read()
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{file}: file: {getattr(error, 'strerror', None) or 'it cannot be read'}") from None
    return decoded(raw)


def decoded(raw: bytes) -> tuple[str, str]:
    """The same of bytes."""
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), "utf-8")
    try:
        return raw.decode(encoding), ""
    except UnicodeDecodeError as error:
        remark = f"byte {error.start} is not UTF-8: read as Western European text (Latin-1), check names and words"
    try:
        return raw.decode("cp1252"), remark
    except UnicodeDecodeError:  # five bytes mean nothing in Windows-1252
        return raw.decode("latin-1"), remark


def parsed(text: str) -> Any:
    return json.loads(text, parse_constant=_no_number)


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON number")


def _refuse(file: Path, error: Exception, line: int | None = None) -> NoReturn:
    if isinstance(error, json.JSONDecodeError):
        place = f"line {line or error.lineno} column {error.colno}"
        raise InputError(f"{file}: {place}: not JSON: {error.msg}") from None
    place = f"line {line}" if line else "content"
    what = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
    raise InputError(f"{file}: {place}: {what}") from None
