"""Paths of an export -> its files in pieces of about the same size, a large file in parts of whole lines."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from smartapp.errors import InputError
from smartapp.screen.records import LINES, LOOK, Told, blocks_of, is_of_lines, plain_suffix

_SUFFIXES = (*LINES, ".json")
_PIECE = 32 << 20  # bytes read together: of several files, or of a large one; ours
_PACKED = 8  # so many times its size is a compressed file of FHIR; measured


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
    for block in blocks_of(file, told):
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
        while left > 0 and (block := opened.read(min(left, LOOK))):
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
