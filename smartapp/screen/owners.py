"""Records whose reference names no patient -> the one their identifier names, or a line that says nobody is named."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from smartapp.fhir.json import as_object
from smartapp.fhir.read.gather import PERSONAL
from smartapp.fhir.read.patient import identifiers_of
from smartapp.screen.extract import OF_NOBODY, Extracted, database, extracted, quoted, replace_text
from smartapp.screen.records import Told

_NAME = "owned"


def people_in(folder: Path, pieces: tuple[str, ...], memory: int) -> int:
    """How many patients have a record of their own."""
    with database(memory, folder) as made:
        query = f"SELECT count(DISTINCT patient) FROM {_source(folder, pieces)} WHERE type IN ('Patient', 'Bundle')"
        return int(made.execute(query).fetchone()[0])


def _source(folder: Path, pieces: tuple[str, ...]) -> str:
    return f"read_parquet([{', '.join(quoted(str(folder / 'columns' / f'{piece}.parquet')) for piece in pieces)}])"


def assign(folder: Path, pieces: tuple[str, ...], buckets: int, memory: int, *, alone: bool) -> Extracted:
    """One piece more, with the records whose owner only an identifier tells. ``alone``: they are the one patient's."""
    out = folder / "columns" / _NAME
    done = out.with_suffix(".json")
    if done.exists():
        return extracted(done.read_text(encoding="utf-8"))
    told: list[Told] = []
    with database(memory, folder) as made:
        source = _source(folder, pieces)
        query = f"SELECT file, line, type, hit, text FROM {source} WHERE bucket = {OF_NOBODY} ORDER BY file, line"
        left = [] if alone else made.execute(query).fetchall()
        owner = _owners(source, made) if any('"identifier"' in row[4] for row in left) else {}
        made.execute("""CREATE TEMP TABLE owned (file VARCHAR, line BIGINT, patient VARCHAR, type VARCHAR, hit BOOLEAN,
            text VARCHAR)""")
        for file, line, type_, hit, text in left:
            patient = _owner_of(json.loads(text), owner)
            if patient:
                made.execute("INSERT INTO owned VALUES (?, ?, ?, ?, ?, ?)", [file, line, patient, type_, hit, text])
            elif type_ in PERSONAL or type_ == "Patient":
                told.append(Told(file, line, f"{type_}: it names no patient of this export"))
        half = f"{out}.parquet.half"
        made.execute(f"""COPY (SELECT *, (hash(lower(ltrim(patient, 'urn:'))) % {buckets})::INTEGER AS bucket FROM owned
            ORDER BY bucket, patient, file, line) TO {quoted(half)} (FORMAT parquet)""")
    Path(half).replace(f"{out}.parquet")
    found = Extracted((_NAME,), tuple(told))
    replace_text(done, found.kept())
    return found


def _owners(source: str, made: Any) -> dict[tuple[str, str], str]:
    """System and value -> the patient who alone has this identifier."""
    found: dict[tuple[str, str], str] = {}
    twice = set()
    for patient, text in made.execute(f"SELECT patient, text FROM {source} WHERE type = 'Patient'").fetchall():
        given = as_object(json.loads(text)).get("identifier")
        for system, values in identifiers_of(given if isinstance(given, list) else ()).items():
            for value in values:
                if found.setdefault((system, value), patient) != patient:
                    twice.add((system, value))
    return {key: patient for key, patient in found.items() if key not in twice}


def _owner_of(resource: Any, owners: Mapping[tuple[str, str], str]) -> str:
    for name in ("subject", "patient"):
        given = as_object(as_object(resource, name), "identifier")
        for system, values in identifiers_of([given]).items():
            return next((owners[system, value] for value in values if (system, value) in owners), "")
    return ""
