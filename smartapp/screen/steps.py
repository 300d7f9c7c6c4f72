"""Paths -> rows: pieces to columns, then bucket by bucket to rows, by any engine; a run that was stopped goes on.

Each step writes a file of its own into the work folder and renames it when it is whole, so what is there is done. The
folder is named by all a row depends on: the files with size and time, the day, the knowledge, our plans' systems.
"""

import hashlib
import json
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from smartapp.core.knowledge import Knowledge
from smartapp.errors import InputError
from smartapp.fhir.systems import Systems
from smartapp.knowledge import load
from smartapp.screen.extract import Extracted, extract, extracted, replace_text
from smartapp.screen.finish import finish, merge, remembering
from smartapp.screen.owners import assign, people_in
from smartapp.screen.pieces import Piece, pieces_of
from smartapp.screen.records import Told

FORM = 1  # of the files in a work folder
_BUCKET = 24 << 20  # bytes of an export in one bucket; ours
_LEAST, _PYTHON = 160, 100  # megabytes DuckDB needs to sort, and a process without it; measured
T = TypeVar("T")
R = TypeVar("R")


class Engine(Protocol):
    """Where the steps run: ``function`` over ``items`` in any order, each result with the place of its item."""

    def __call__(self, function: Callable[[T], R], items: Sequence[T]) -> Iterator[tuple[int, R]]: ...


@dataclass(frozen=True)
class ScreenJob:
    """What every step is told; it may travel to another machine. ``memory``: megabytes of DuckDB in one process."""

    folder: Path
    buckets: int
    memory: int
    as_of: date
    knowledge: str  # version
    site: Path | None
    systems: Systems


@dataclass(frozen=True)
class Progress:
    step: str
    done: int
    of: int
    left: float  # seconds, by what was done; 0 where nothing was


def memory_of_each(memory: int, processes: int) -> int:
    """Of so many megabytes for all, those DuckDB may take in each process: Python and the knowledge take the rest."""
    return max(_LEAST, memory // processes - _PYTHON)


_given: dict[str, Knowledge] = {}


def knowledge_of(job: ScreenJob) -> Knowledge:
    """Loaded once a process; a worker with other knowledge than ours must not answer."""
    if job.knowledge not in _given:
        found = load(job.site)
        if found.version != job.knowledge:
            raise InputError(f"a worker has knowledge {found.version}, this run has {job.knowledge}: install the same")
        _given[job.knowledge] = found
    return _given[job.knowledge]


@dataclass(frozen=True)
class ExtractStep:
    job: ScreenJob

    def __call__(self, piece: Piece) -> Extracted:
        return extract(piece, self.job.folder, self.job.buckets, self.job.memory, knowledge_of(self.job))


@dataclass(frozen=True)
class FinishStep:
    """A bucket -> ``rows/<bucket>.ndjson``, with what could not be told beside it."""

    job: ScreenJob
    pieces: tuple[str, ...]
    alone: bool  # there is one Patient: every record is taken as of that one, as ``derive`` takes it

    def __call__(self, bucket: int) -> Extracted:
        out = self.job.folder / "rows" / f"{bucket:05}.ndjson"
        done = out.with_suffix(".json")
        if done.exists():
            return extracted(done.read_text(encoding="utf-8"))
        out.parent.mkdir(exist_ok=True)
        told: list[Told] = []
        knowledge = remembering(knowledge_of(self.job))
        charts = merge(self.job.folder, self.pieces, None if self.alone else bucket, self.job.memory)
        rows = (finish(chart, self.job.as_of, knowledge, self.job.systems, told) for chart in charts)
        lines = [json.dumps(row) for row in rows if row is not None]
        replace_text(out, "".join(f"{line}\n" for line in lines))
        found = Extracted((out.name,), tuple(told))
        replace_text(done, found.kept())
        return found


def run(
    paths: Sequence[Path],
    as_of: date,
    knowledge: Knowledge,
    work: Path,
    engine: Engine,
    memory: int,
    systems: Systems,
    site: Path | None,
    tell: Callable[[Progress], None],
) -> tuple[tuple[Path, ...], tuple[Told, ...]]:
    """The files of rows, by bucket, and what was not read. Raises InputError where there is nothing to read."""
    pieces = pieces_of(paths)
    buckets = max(1, -(-sum(piece.size for piece in pieces) // _BUCKET))
    folder = _folder(work, pieces, as_of, knowledge, systems)
    _given[knowledge.version] = knowledge
    job = ScreenJob(folder, buckets, memory, as_of, knowledge.version, site, systems)
    read = list(_steps("reading", ExtractStep(job), pieces, engine, tell))
    told, names = [found.told for found in read], tuple(name for found in read for name in found.parts)
    people = people_in(folder, names, memory)
    owned = assign(folder, names, buckets, memory, alone=people == 1)
    told.append(owned.told)
    alone = people == 1
    finishing = FinishStep(job, (*names, *owned.parts), alone)
    numbers = range(1 if alone else buckets)
    told += [found.told for found in _steps("deriving", finishing, numbers, engine, tell)]
    rows = tuple(folder / "rows" / f"{number:05}.ndjson" for number in numbers)
    lines = tuple(line for lines in told for line in lines)
    if not any(file.stat().st_size for file in rows):
        first = f": {lines[0].file}: {lines[0].reason}" if lines else ""
        raise InputError(f"{', '.join(map(str, paths))}: no patient could be read{first}")
    return rows, tuple(sorted(lines))


def _folder(work: Path, pieces: Iterable[Piece], as_of: date, knowledge: Knowledge, systems: Systems) -> Path:
    """Of this very run; what another one left behind is removed."""
    said = json.dumps([FORM, [piece.name for piece in pieces], str(as_of), knowledge.version, systems.plans])
    folder = work / hashlib.sha256(said.encode()).hexdigest()[:16]
    for other in work.iterdir() if work.exists() else ():
        if other != folder:
            shutil.rmtree(other)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _steps(
    name: str, step: Callable[[T], Extracted], items: Sequence[T], engine: Engine, tell: Callable[[Progress], None]
) -> Iterator[Extracted]:
    """Every result in the order of the items."""
    found: dict[int, Extracted] = {}
    began = time.monotonic()
    tell(Progress(name, 0, len(items), 0.0))
    for place, result in engine(step, items):
        found[place] = result
        left = (time.monotonic() - began) / len(found) * (len(items) - len(found))
        tell(Progress(name, len(found), len(items), left))
    return (found[place] for place in range(len(items)))
