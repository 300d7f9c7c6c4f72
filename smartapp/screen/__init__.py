"""The same derivation over populations: Bulk Data exports -> one row a patient, of rooms ``fhir`` and ``core``.

extract (a piece of the export into columns, candidates marked), merge (a bucket of every piece into charts) and finish
(a chart into its row) are run by an engine; nothing about a patient is decided here.
"""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from smartapp.core.knowledge import Knowledge
from smartapp.fhir.systems import EXAMPLE, Systems
from smartapp.screen.engines import local_engine
from smartapp.screen.records import Told
from smartapp.screen.rows import COLUMNS, Row
from smartapp.screen.steps import Engine, Progress, memory_of_each, run

__all__ = ["COLUMNS", "MEMORY", "Progress", "Row", "Told", "screen"]

MEMORY = 600  # megabytes of a run, about; ours


def screen(
    paths: Sequence[Path],
    as_of: date,
    knowledge: Knowledge,
    *,
    work: Path | None = None,
    engine: Engine | None = None,
    processes: int = 0,
    memory: int = MEMORY,
    systems: Systems = EXAMPLE,
    site: Path | None = None,
    told: list[Told] | None = None,
    tell: Callable[[Progress], None] = lambda _: None,
) -> Iterator[Row]:
    """One row for each patient of the files and folders in ``paths``, in no order; ``told`` gets what was not read.

    ``work``: where a stopped run goes on; a folder for the moment without it. ``processes``: of this machine, one for
    each core if 0. ``site``: the thresholds file ``knowledge`` was loaded with, for workers elsewhere. Raises
    InputError where there is nothing to read.
    """
    count = processes or os.cpu_count() or 1
    with TemporaryDirectory(prefix="loadpath-screen-") as moment:
        rows, lines = run(
            paths, as_of, knowledge, work or Path(moment), engine or local_engine(count), memory_of_each(memory, count),
            systems, site, tell,
        )  # fmt: skip
        if told is not None:
            told += lines
        for file in rows:
            with file.open(encoding="utf-8") as opened:
                yield from map(json.loads, opened)
