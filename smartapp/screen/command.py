"""``smartapp screen``: an export to a file of rows and a summary page, with progress."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TextIO

from smartapp.core.knowledge import Knowledge
from smartapp.errors import InputError
from smartapp.fhir.systems import systems_in
from smartapp.screen.engines import engine_of
from smartapp.screen.output import check_out, numbers_of, write_rows
from smartapp.screen.records import Told
from smartapp.screen.steps import Progress, memory_of_each, run
from smartapp.screen.summary import summary_page

_MOST_TOLD = 20  # lines of what was not read that are shown; all are in the file


def screen_command(
    paths: Sequence[Path],
    as_of: date,
    knowledge: Knowledge,
    out: Path,
    summary: Path | None,
    engine: tuple[str, str],
    processes: int,
    memory: int,
    env: Mapping[str, str],
) -> Iterator[str]:
    """The lines said at the end. ``engine``: name, and scheduler's address; ``memory``: megabytes of all processes.

    Writes ``out``, ``summary`` (beside it if not named) and, where something was not read, a list of it. A run that was
    stopped goes on from the work folder beside ``out``, which is removed at the end: it holds parts of the export.
    Raises InputError.
    """
    check_out(out)
    count = processes or os.cpu_count() or 1
    each, work = memory_of_each(memory, count), out.with_name(f"{out.name}.work")
    site = env.get("SMARTAPP_SITE_KNOWLEDGE")
    places = (Path(site) if site else None, systems_in(env))
    try:
        rows, told = run(
            paths,
            as_of,
            knowledge,
            work,
            engine_of(*engine, count),
            each,
            places[1],
            places[0],
            progress_on(sys.stderr),
        )
        write_rows(rows, out, each, work)
        numbers = numbers_of(rows, each, work)
        page = summary or out.with_name(f"{out.stem}-summary.html")
        page.write_text(summary_page(numbers, len(told), as_of, knowledge.version), encoding="utf-8")
        yield from _not_read(told, out)
    except OSError as error:
        raise InputError(f"{error.filename or out}: {error.strerror or 'it cannot be written'}") from error
    shutil.rmtree(work)
    concerned = sum(numbers["phase"].values())
    yield f"{out}: {sum(numbers['disposition'].values())} patients, {concerned} of them with a fracture to look at"
    yield f"{page}: the summary"


def _not_read(told: Sequence[Told], out: Path) -> Iterator[str]:
    """None are passed over: the first are shown, all are listed."""
    listed = out.with_name(f"{out.stem}-not-read.txt")
    listed.unlink(missing_ok=True)
    if not told:
        return
    lines = [f"{each.file}: {f'line {each.line}: ' if each.line else ''}{each.reason}" for each in told]
    listed.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    yield from lines[:_MOST_TOLD]
    yield f"{listed}: {len(lines)} records or files not read, each with its line"


def progress_on(stream: TextIO) -> Callable[[Progress], None]:
    """What is done and how long the rest takes: one line that rewrites itself on a terminal, else a line a tenth."""
    shown = [-1]

    def tell(progress: Progress) -> None:
        tenth = 10 * progress.done // max(1, progress.of)
        left = f", about {round(progress.left)} s left" if progress.done < progress.of and progress.done else ""
        line = f"{progress.step}: {progress.done} of {progress.of} parts{left}"
        if stream.isatty():
            stream.write(f"\r{line:<60}" + ("\n" if progress.done == progress.of else ""))
        elif tenth != shown[0] or progress.done in (0, progress.of):
            stream.write(f"{line}\n")
        shown[0] = tenth
        stream.flush()

    return tell
