"""Rows -> one CSV or Parquet file by patient id, whole or not at all; and the numbers of the summary page."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from smartapp.errors import InputError
from smartapp.screen.extract import database, quoted
from smartapp.screen.rows import COLUMNS, LIST

FORMS = (".csv", ".parquet")


def check_out(out: Path) -> None:
    """Raises InputError before anything is read, not after an hour."""
    if out.suffix.lower() not in FORMS:
        raise InputError(f"{out}: --out: its name must end in {' or '.join(FORMS)}")
    if not out.parent.is_dir():
        raise InputError(f"{out}: --out: there is no folder {out.parent}")


def write_rows(rows: Sequence[Path], out: Path, memory: int, spill: Path) -> None:
    """Raises InputError where the file cannot be written."""
    csv = out.suffix.lower() == ".csv"
    form = "FORMAT csv, HEADER" if csv else "FORMAT parquet, COMPRESSION zstd"
    half = out.with_name(f"{out.name}.half")
    with database(memory, spill) as made:
        columns = ", ".join(_column(name, kind, csv) for name, kind in COLUMNS.items())
        made.execute(f"COPY (SELECT {columns} FROM {source(rows)} ORDER BY patient) TO {quoted(str(half))} ({form})")
    half.replace(out)


def _column(name: str, kind: str, csv: bool) -> str:
    return f'array_to_string("{name}", \';\') AS "{name}"' if csv and kind == LIST else f'"{name}"'


def source(rows: Sequence[Path]) -> str:
    files = ", ".join(quoted(str(file)) for file in rows)
    types = ", ".join(f"'{name}': '{kind}'" for name, kind in COLUMNS.items())
    return f"read_json([{files}], format = 'newline_delimited', columns = {{{types}}})"


def numbers_of(rows: Sequence[Path], memory: int, spill: Path) -> dict[str, dict[str, int]]:
    """Counts by what they are of: every patient by disposition; of those with a fracture these rules speak of, who has
    what (``of``: how many there are)."""
    concerned = "disposition <> 'not-applicable'"
    with database(memory, spill) as made:
        made.execute(f"CREATE TEMP VIEW found AS FROM {source(rows)}")

        def counts(what: str, where: str = concerned) -> dict[str, int]:
            query = f"SELECT {what} AS what, count(*) FROM found WHERE {where} GROUP BY 1 HAVING what IS NOT NULL"
            found: list[tuple[Any, int]] = made.execute(f"{query} ORDER BY 2 DESC, 1").fetchall()
            return {str(key): number for key, number in found}

        return {
            "disposition": counts("disposition", "true"),
            "phase": counts("coalesce(effectivePhase, 'no phase')"),
            "stops": counts("unnest(stops)"),
            "missing": counts("unnest(missing)"),
            "treatment gap": counts("CASE WHEN treatmentGap THEN 'no treatment on record' ELSE 'no gap raised' END"),
            "plan": counts("coalesce(plan, 'no plan of ours on record')"),
            "unreadable": counts("CASE WHEN unreadable > 0 THEN 'with lines not read' ELSE 'all read' END"),
        }
