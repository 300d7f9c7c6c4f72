"""Files DuckDB cannot read alone -> their records, each with its owner, and what cannot be read, with its line.

A Bundle, a lone resource, and NDJSON with a line that is no JSON.
"""

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from smartapp.fhir.json import as_object, is_object, reference_of, without_empty
from smartapp.fhir.outcomes import outcome_lines
from smartapp.fhir.read.files import decoded, narrowed, parsed
from smartapp.fhir.read.gather import PERSONAL, aliases, bases_of, flatten
from smartapp.fhir.read.patient import person_of

LINES = (".ndjson", ".jsonl")
LOOK = 1 << 20  # bytes of a file looked at, or read, at once; ours


class Told(NamedTuple):
    """What was not read, and why. ``line`` is 0 where the whole file is meant."""

    file: str
    line: int
    reason: str


class ExportRecord(NamedTuple):
    """One resource, or a Bundle of one patient. ``patient``: the id where it is known from the Bundle."""

    file: str
    line: int
    patient: str | None
    text: str
    looked: list[str]  # the records in it a fracture may stand in


def plain_suffix(file: Path) -> str:
    return Path(file.stem if file.suffix.lower() == ".gz" else file.name).suffix.lower()


def is_of_lines(file: Path) -> bool:
    """Whether each line is a resource: by its name, else where its first line is one and no Bundle."""
    if plain_suffix(file) in LINES:
        return True
    try:
        with gzip.open(file) if file.suffix.lower() == ".gz" else file.open("rb") as opened:
            first = opened.read(LOOK).lstrip().partition(b"\n")[0]
        kind = as_object(parsed(first.decode())).get("resourceType")
    except (OSError, EOFError, zlib.error, ValueError, RecursionError):
        return False
    return isinstance(kind, str) and kind != "Bundle"


def records_of(file: str, told: list[Told]) -> Iterator[ExportRecord]:
    """Every record of a file that can be read; of the others a line in ``told``."""
    text, remark = decoded(_bytes_of(Path(file), told))
    if remark:
        told.append(Told(file, 0, remark))
    if not is_of_lines(Path(file)):
        try:
            document = parsed(text)
        except (ValueError, RecursionError) as error:
            if plain_suffix(Path(file)) == ".json" and not (
                isinstance(error, json.JSONDecodeError) and error.msg == "Extra data"
            ):
                told.append(Told(file, getattr(error, "lineno", 0), f"not JSON: {_words(error)}"))
                return
        else:
            for value in document if isinstance(document, list) else [document]:
                yield from _of_value(value, file, 0, told)
            return
    yield from records_in(text, file, 0, told)


def records_in(text: str, file: str, before: int, told: list[Told]) -> Iterator[ExportRecord]:
    """Of lines, of which ``before`` stand before them in the file."""
    for number, line in enumerate(text.split("\n"), start=before + 1):
        if line.strip():
            try:
                value = parsed(line)
            except (ValueError, RecursionError) as error:
                told.append(Told(file, number, f"not JSON: {_words(error)}"))
            else:
                yield from _of_value(value, file, number, told)


def _words(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at column {error.colno}"
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)


def _bytes_of(file: Path, told: list[Told]) -> bytes:
    """Of a file that breaks off what can be read of it, up to the end of a line."""
    count = len(told)
    raw = b"".join(blocks_of(file, told))
    return raw if len(told) == count else raw[: raw.rfind(b"\n") + 1]


def blocks_of(file: Path, told: list[Told]) -> Iterator[bytes]:
    try:
        with gzip.open(file) if file.suffix.lower() == ".gz" else file.open("rb") as opened:
            while block := opened.read1(LOOK):
                yield block
    except (OSError, EOFError, zlib.error) as error:
        why = getattr(error, "strerror", None) or "it breaks off, or is damaged"
        told.append(Told(str(file), 0, f"only in part read: {why}"))


def _of_value(value: Any, file: str, line: int, told: list[Told]) -> Iterator[ExportRecord]:
    kind = as_object(value).get("resourceType")
    if kind == "Bundle":
        yield from _of_bundle(value, file, line, told)
    elif not isinstance(kind, str):
        if plain_suffix(Path(file)) != ".json":  # a folder may hold a manifest or a license beside the resources
            told.append(Told(file, line, "resourceType is missing, so this is not a FHIR resource"))
    elif kind == "OperationOutcome":
        told += [Told(file, line, said.reason) for said in outcome_lines(value, "")]
    else:
        text = json.dumps(value)
        yield ExportRecord(file, line, None, text, [text])


def _of_bundle(bundle: Any, file: str, line: int, told: list[Told]) -> Iterator[ExportRecord]:
    """The Bundle of each Patient in it, as ``derive --patient`` narrows it; what is about nobody of them by itself."""
    whole = without_empty(bundle)
    inside = [value for _, value in flatten([whole]) if is_object(value) and isinstance(value.get("resourceType"), str)]
    ids = list(dict.fromkeys(str(r.get("id") or "") for r in inside if r["resourceType"] == "Patient"))
    if len(ids) == 1:
        yield ExportRecord(file, line, ids[0] or nameless(file, line), json.dumps(bundle), _looked(inside))
        return
    known_as = aliases([whole])
    people = []
    for id_ in ids:
        own = narrowed([whole], f"Patient/{id_}")
        yield ExportRecord(file, line, id_, json.dumps(own), _looked([entry["resource"] for entry in own["entry"]]))
        record = next(r for r in inside if r["resourceType"] == "Patient" and str(r.get("id") or "") == id_)
        people.append(person_of(record, known_as, bases_of([whole], reference_of(record))))
    for value in inside:
        if not (ids and value["resourceType"] not in PERSONAL) and not any(each.owns(value) for each in people):
            yield from _of_value(value, file, line, told)


NAMELESS = " "  # no id begins with it


def nameless(file: str, line: int) -> str:
    """The key of a Patient without an id, who is alone in a Bundle."""
    return f"{NAMELESS}{hashlib.sha256(f'{file}:{line}'.encode()).hexdigest()[:16]}"


def id_of(key: str) -> str | None:
    """The id of the patient of a key; None of one without."""
    return None if key.startswith(NAMELESS) else key


def _looked(resources: Iterable[Any]) -> list[str]:
    return [json.dumps(r) for r in resources if r["resourceType"] in ("Condition", "DiagnosticReport")]
