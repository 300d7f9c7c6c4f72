"""Paths of an export -> its files in pieces of about the same size, and the records of those DuckDB cannot read.

NDJSON is read where it lies. A Bundle, a lone resource, and a file with a line that is no JSON come through Python:
each record becomes one :class:`Record` with its owner, and what cannot be read a :class:`Told` with file and line.
"""

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from smartapp.errors import InputError
from smartapp.fhir.json import as_object, is_object, reference_of, without_empty
from smartapp.fhir.outcomes import outcome_lines
from smartapp.fhir.read.files import decoded, narrowed, parsed
from smartapp.fhir.read.gather import PERSONAL, aliases, bases_of, flatten
from smartapp.fhir.read.patient import person_of

_LINES = (".ndjson", ".jsonl")
_SUFFIXES = (*_LINES, ".json")
_PIECE = 32 << 20  # bytes read together: of several files, or of a large one; ours
_PACKED = 8  # so many times its size is a compressed file of FHIR; measured
_LOOK = 1 << 20  # bytes of a file looked at to tell lines from a document; ours


class Told(NamedTuple):
    """What was not read, and why. ``line`` is 0 where the whole file is meant."""

    file: str
    line: int
    reason: str


class Record(NamedTuple):
    """One resource, or a Bundle of one patient. ``patient``: the id where it is known from the Bundle."""

    file: str
    line: int
    patient: str | None
    text: str
    looked: list[str]  # the records in it a fracture may stand in


@dataclass(frozen=True)
class Piece:
    """Files read together, or the lines of a large one that begin from ``start`` on and before ``end``; of a large
    compressed one all, one part after the other. ``lines``: whether DuckDB reads them as they are."""

    name: str
    files: tuple[str, ...]
    size: int
    lines: bool
    start: int = 0
    end: int = 0

    @property
    def large(self) -> bool:
        return self.end > 0


def pieces_of(paths: Sequence[Path]) -> tuple[Piece, ...]:
    """Every file, folders with all that is in them; the largest pieces first. Raises InputError where there is none."""
    files = sorted({file for path in paths for file in _files(path)})
    if not files:
        named = ", ".join(map(str, paths))
        raise InputError(f"{named}: there is no .ndjson, .jsonl or .json file in it, with .gz or without")
    found: list[Piece] = []
    for lines in (True, False):
        some = [file for file in files if is_of_lines(file) is lines]
        large = [file for file in some if lines and _size(file) > _PIECE]
        found += [piece for file in large for piece in _of_large(file)]
        found += [_piece(group, lines) for group in _groups(file for file in some if file not in set(large))]
    return tuple(sorted(found, key=lambda piece: (-piece.size, piece.name)))


def _files(path: Path) -> Iterator[Path]:
    if not path.exists():
        raise InputError(f"{path}: there is no such file or folder")
    if path.is_dir():
        yield from (file for file in path.rglob("*") if plain_suffix(file) in _SUFFIXES and file.is_file())
    else:
        yield path


def plain_suffix(file: Path) -> str:
    return Path(file.stem if file.suffix.lower() == ".gz" else file.name).suffix.lower()


def _size(file: Path) -> int:
    return file.stat().st_size * (_PACKED if file.suffix.lower() == ".gz" else 1)


def _of_large(file: Path) -> Iterator[Piece]:
    size = file.stat().st_size
    step = size if file.suffix.lower() == ".gz" else _PIECE
    whole = _piece([file], lines=True)
    for start in range(0, size, step):
        name = hashlib.sha256(f"{whole.name}:{start}".encode()).hexdigest()[:16]
        yield replace(whole, name=name, size=min(step, size - start), start=start, end=min(start + step, size))


def slices_of(piece: Piece, told: list[Told]) -> Iterator[tuple[int, bytes]]:
    """Of a large piece whole lines, at most so many bytes at once, each with the number of lines before it; -1 where
    that is not known."""
    file = Path(piece.files[0])
    if file.suffix.lower() != ".gz":
        with file.open("rb") as opened:
            left = piece.end - _begin(opened, piece.start)
            raw = opened.read(left) if left > 0 else b""
            yield -1, raw if raw.endswith(b"\n") or not raw else raw + opened.readline()
        return
    before, held = 0, b""
    for block in _blocks(file, told):
        held += block
        if len(held) > _PIECE:
            whole, newline, held = held.rpartition(b"\n")
            if newline:
                yield before, whole
                before += whole.count(b"\n") + 1
    if held.strip():
        yield before, held


def _begin(opened: BinaryIO, start: int) -> int:
    """Goes to the first line that begins there or later, and says where that is."""
    opened.seek(max(0, start - 1))
    if start:
        opened.readline()
    return opened.tell()


def lines_before(piece: Piece) -> int:
    """Of a part of a plain file, where something in it is told."""
    with Path(piece.files[0]).open("rb") as opened:
        left = _begin(opened, piece.start)
        opened.seek(0)
        count = 0
        while left > 0 and (block := opened.read(min(left, _LOOK))):
            left, count = left - len(block), count + block.count(b"\n")
        return count


def _groups(files: Iterable[Path]) -> Iterator[list[Path]]:
    group: list[Path] = []
    size = 0
    for file in files:
        if group and size + _size(file) > _PIECE:
            yield group
            group, size = [], 0
        group.append(file)
        size += _size(file)
    if group:
        yield group


def _piece(files: Sequence[Path], lines: bool) -> Piece:
    """Its name changes with each of its files."""
    states = [(str(file.resolve()), state.st_size, state.st_mtime_ns) for file in files for state in (file.stat(),)]
    name = hashlib.sha256(json.dumps(states).encode()).hexdigest()[:16]
    return Piece(name, tuple(map(str, files)), sum(size for _, size, _ in states), lines)


def is_of_lines(file: Path) -> bool:
    """Whether each line is a resource: by its name, else where its first line is one and no Bundle."""
    if plain_suffix(file) in _LINES:
        return True
    try:
        with gzip.open(file) if file.suffix.lower() == ".gz" else file.open("rb") as opened:
            first = opened.read(_LOOK).lstrip().partition(b"\n")[0]
        kind = as_object(parsed(first.decode())).get("resourceType")
    except (OSError, EOFError, zlib.error, ValueError, RecursionError):
        return False
    return isinstance(kind, str) and kind != "Bundle"


def records_of(file: str, told: list[Told]) -> Iterator[Record]:
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


def records_in(text: str, file: str, before: int, told: list[Told]) -> Iterator[Record]:
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
    raw = b"".join(_blocks(file, told))
    return raw if len(told) == count else raw[: raw.rfind(b"\n") + 1]


def _blocks(file: Path, told: list[Told]) -> Iterator[bytes]:
    try:
        with gzip.open(file) if file.suffix.lower() == ".gz" else file.open("rb") as opened:
            while block := opened.read1(_LOOK):
                yield block
    except (OSError, EOFError, zlib.error) as error:
        why = getattr(error, "strerror", None) or "it breaks off, or is damaged"
        told.append(Told(str(file), 0, f"only in part read: {why}"))


def _of_value(value: Any, file: str, line: int, told: list[Told]) -> Iterator[Record]:
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
        yield Record(file, line, None, text, [text])


def _of_bundle(bundle: Any, file: str, line: int, told: list[Told]) -> Iterator[Record]:
    """The Bundle of each Patient in it, as ``derive --patient`` narrows it; what is about nobody of them by itself."""
    whole = without_empty(bundle)
    inside = [value for _, value in flatten([whole]) if is_object(value) and isinstance(value.get("resourceType"), str)]
    ids = list(dict.fromkeys(str(r.get("id") or "") for r in inside if r["resourceType"] == "Patient"))
    if len(ids) == 1:
        yield Record(file, line, ids[0] or nameless(file, line), json.dumps(bundle), _looked(inside))
        return
    known_as = aliases([whole])
    people = []
    for id_ in ids:
        own = narrowed([whole], f"Patient/{id_}")
        yield Record(file, line, id_, json.dumps(own), _looked([entry["resource"] for entry in own["entry"]]))
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
