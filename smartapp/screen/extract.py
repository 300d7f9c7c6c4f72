"""A piece of an export -> its records in columns (Parquet): whose each is, what it is, whether it makes a candidate.

Records are dealt into buckets by patient, so that a bucket of every piece together holds whole charts and nothing needs
more memory than one bucket. What names nobody, or has to be told, lies in buckets of its own below zero.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

from smartapp.core.knowledge import Knowledge
from smartapp.errors import InputError
from smartapp.fhir.read.chart import READERS
from smartapp.fhir.read.files import decoded
from smartapp.fhir.read.searches import MEDICINES
from smartapp.screen.candidates import candidate_macros
from smartapp.screen.pieces import Piece, lines_before, slices_of
from smartapp.screen.records import ExportRecord, Told, records_in, records_of

OF_NOBODY, SHARED, NOT_READ, ODD = -1, -2, -3, -4
_MATTER = sorted({*READERS, *MEDICINES, "Patient", "Encounter", "Bundle"})
_LONGEST = 4 << 20  # bytes of a line DuckDB is to read; a longer one comes through Python
_NO_JSON = r"[:\[,]\s*-?(NaN|Infinity)"  # DuckDB takes them for numbers; Python decides
_ROWS = 8192  # of a group of rows in Parquet: what is read for one bucket beside it
_PATHS = "['$.resourceType', '$.id', '$.subject.reference', '$.patient.reference', '$.subject.identifier']"
# A reference as fhir.read.patient.Person.is_at takes it: without fragment, query, version and slash at the end.
_BARE = "split_part(rtrim(split_part(split_part(trim(said), '#', 1), '?', 1), '/'), '/_history/', 1)"
_KEY = f"""CASE WHEN said IS NULL THEN NULL
    WHEN lower({_BARE}) LIKE 'urn:%' THEN 'urn:' || lower(split_part({_BARE}, ':', -1))
    WHEN NOT contains({_BARE}, '/') THEN nullif({_BARE}, '')
    ELSE nullif(regexp_extract({_BARE}, '(?:^|/)Patient/([^/]+)$', 1), '') END"""
_SAID = "coalesce(nullif(trim(c[3]), ''), CASE WHEN c[5] IS NULL THEN nullif(trim(c[4]), '') END)"


@dataclass(frozen=True)
class Extracted:
    """What became of a piece."""

    parts: tuple[str, ...]  # names of files
    told: tuple[Told, ...]

    def kept(self) -> str:
        return json.dumps(asdict(self))


def extracted(text: str) -> Extracted:
    kept = json.loads(text)
    return Extracted(tuple(kept["parts"]), tuple(Told(*told) for told in kept["told"]))


@contextmanager
def database(memory: int, folder: Path) -> Iterator[Any]:
    """DuckDB in memory, bounded: what does not fit goes to ``folder``."""
    with duckdb.connect(config={"threads": 1, "memory_limit": f"{memory}MB"}) as made:
        made.execute(f"SET temp_directory = {quoted(str(folder / 'spilled'))}")
        made.execute("SET preserve_insertion_order = true")
        yield made


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def extract(piece: Piece, folder: Path, buckets: int, memory: int, knowledge: Knowledge) -> Extracted:
    """Writes ``folder/columns/<piece>-<part>.parquet`` and, when all are whole, ``<piece>.json`` beside them; at once
    where that is there. Raises InputError where the memory is too little."""
    out = folder / "columns" / piece.name
    done = out.with_suffix(".json")
    if done.exists():
        return extracted(done.read_text(encoding="utf-8"))
    out.parent.mkdir(parents=True, exist_ok=True)
    told: list[Told] = []
    with database(memory, folder) as made:
        for macro in candidate_macros(knowledge):
            made.execute(macro)
        made.execute(f"CREATE TEMP MACRO key_of(said) AS {_KEY}")
        try:
            parts = tuple(_parts(piece, out, buckets, made, told))
        except duckdb.OutOfMemoryException:
            raise InputError(f"{memory} MB are too little for DuckDB here: give more by --memory") from None
    found = Extracted(parts, tuple(told))
    replace_text(done, found.kept())
    return found


def _parts(piece: Piece, out: Path, buckets: int, made: Any, told: list[Told]) -> Iterator[str]:
    if not piece.large:
        yield _part(piece.files, out, buckets, made, lines=piece.lines) or _through_python(
            (record for file in piece.files for record in records_of(file, told)), out, buckets, made
        )
        return
    file, part = piece.files[0], out.with_suffix(".lines")
    for number, (before, raw) in enumerate(slices_of(piece, told)):
        part.write_bytes(raw)
        name = out.with_name(f"{out.name}-{number}")
        yield _part((str(part),), name, buckets, made, file=file) or _through_python(
            records_in(decoded(raw)[0], file, lines_before(piece) if before < 0 else before, told), name, buckets, made
        )
    part.unlink(missing_ok=True)


def replace_text(file: Path, text: str) -> None:
    """Whole or not at all."""
    half = file.with_suffix(file.suffix + ".half")
    half.write_text(text, encoding="utf-8")
    half.replace(file)


def _part(
    files: Sequence[str], out: Path, buckets: int, made: Any, *, lines: bool = True, file: str | None = None
) -> str | None:
    """Lines of NDJSON by DuckDB alone; None where one cannot be read, or holds no plain resource. ``file``: what they
    are lines of."""
    if not lines:
        return None
    listed, name = ", ".join(map(quoted, files)), quoted(file) if file else "filename"
    source = f"""SELECT {name} AS file, row_number() OVER () AS line, json::VARCHAR AS text, NULL AS known,
            is_candidate(json::VARCHAR) AS hit, json_extract_string(json, {_PATHS}) AS c
        FROM read_ndjson_objects([{listed}], ignore_errors = true, filename = true, maximum_object_size = {_LONGEST})"""
    try:
        _write(source, out, buckets, made)
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error:  # not UTF-8, a file that breaks off, a very long line
        return None
    odd = f"SELECT count(*) FROM {quoted(f'{out}.parquet')} WHERE bucket IN ({NOT_READ}, {ODD})"
    return None if made.execute(odd).fetchone()[0] else out.name


def _through_python(records: Iterable[ExportRecord], out: Path, buckets: int, made: Any) -> str:
    clean, longest = out.with_suffix(".ndjson"), _LONGEST
    with clean.open("w", encoding="utf-8") as file:
        for record in records:
            longest = max(longest, file.write(json.dumps(record._asdict()) + "\n"))
    columns = "{file: 'VARCHAR', line: 'BIGINT', patient: 'VARCHAR', text: 'VARCHAR', looked: 'VARCHAR[]'}"
    source = f"""SELECT file, line, text, patient AS known, json_extract_string(text, {_PATHS}) AS c,
            len(list_filter(looked, lambda each: is_candidate(each))) > 0 AS hit
        FROM read_ndjson({quoted(str(clean))}, columns = {columns}, maximum_object_size = {longest})"""
    _write(source, out, buckets, made)
    clean.unlink()
    return out.name


def _write(source: str, out: Path, buckets: int, made: Any) -> None:
    types = ", ".join(map(quoted, _MATTER))
    half = f"{out}.parquet.half"
    made.execute(f"""COPY (
        WITH told AS ({source}), keyed AS (
            SELECT file, line, text, hit, c[1] AS type,
                coalesce(known, CASE WHEN c[1] = 'Patient' THEN c[2] ELSE key_of({_SAID}) END) AS patient,
                known IS NULL AS alone
            FROM told)
        SELECT file, line, patient, type, hit, text, CASE
            WHEN text IS NULL OR (alone AND regexp_matches(text, '{_NO_JSON}')) THEN {NOT_READ}
            WHEN alone AND (type IS NULL OR type IN ('Bundle', 'OperationOutcome')) THEN {ODD}
            WHEN type = 'Medication' THEN {SHARED}
            WHEN patient IS NULL THEN {OF_NOBODY}
            ELSE (hash(lower(ltrim(patient, 'urn:'))) % {buckets})::INTEGER END AS bucket
        FROM keyed WHERE text IS NULL OR type IS NULL OR type IN ({types}) OR type = 'OperationOutcome'
        ORDER BY bucket, patient, file, line
    ) TO {quoted(half)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROWS})""")
    Path(half).replace(f"{out}.parquet")
