"""A bucket of the columns -> whole charts (:func:`merge`), and each chart -> its row (:func:`finish`).

A candidate's chart goes whole through ``fhir.read`` and ``core.derive``; another one without the records that say
something only beside a fracture. Should its answer be another than “not applicable”, it is read whole as well.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from smartapp.core.assessment import Assessment
from smartapp.core.derive import derive
from smartapp.core.knowledge import Knowledge
from smartapp.core.states import Disposition
from smartapp.errors import InputError
from smartapp.fhir.read import read_chart
from smartapp.fhir.read.files import parsed
from smartapp.fhir.read.partial import decode_for_chart
from smartapp.fhir.read.remembering import RememberingPhrases
from smartapp.fhir.systems import Systems
from smartapp.screen.extract import SHARED, database, quoted
from smartapp.screen.records import NAMELESS, Told, id_of
from smartapp.screen.rows import row_of

# Types of which nothing in a row depends while no fracture is on record.
_BESIDE_A_FRACTURE = frozenset({"Encounter", "Procedure", "Flag", "DeviceRequest", "DeviceUseStatement", "Device"})
_MEDICATION = re.compile(r"Medication/([A-Za-z0-9\-.]{1,64})|urn:uuid:([0-9A-Fa-f-]{36})")
_BATCH = 1000


class ChartLine(NamedTuple):
    """One record of a chart, with the place it was read from."""

    type: str
    text: str
    file: str
    line: int


class ChartLines(NamedTuple):
    """All records of one patient. ``key``: the id; ``candidate``: whether one of them may speak of a fracture."""

    key: str
    candidate: bool
    lines: Sequence[ChartLine]


def merge(folder: Path, pieces: Iterable[str], bucket: int | None, memory: int) -> Iterator[ChartLines]:
    """The charts of a bucket, by id; of all records one chart where ``bucket`` is None, whoever they name."""
    files = ", ".join(quoted(str(folder / "columns" / f"{piece}.parquet")) for piece in pieces)
    wanted = "bucket >= 0 OR bucket = -1" if bucket is None else f"bucket = {bucket}"
    with database(memory, folder) as made:
        query = f"""SELECT patient, hit, type, text, file, line FROM read_parquet([{files}])
            WHERE {wanted} ORDER BY patient, file, line"""
        rows = made.execute(query).fetchall()
        medicines = _medicines(files, rows, made)
    if bucket is None:
        yield _chart(NAMELESS, rows, medicines)
        return
    ids = {row[0].lower(): row[0] for row in rows if row[2] in ("Patient", "Bundle")}

    def owner(row: tuple[Any, ...]) -> str:
        named = str(row[0])
        bare = named.removeprefix("urn:")
        return ids.get(bare, bare) if named != bare else named

    for key, of_one in groupby(sorted(rows, key=owner), key=owner):
        yield _chart(key, list(of_one), medicines)


def _chart(key: str, rows: Sequence[tuple[Any, ...]], medicines: Mapping[str, ChartLine]) -> ChartLines:
    lines = [ChartLine(type_, text, file, line) for _, _, type_, text, file, line in rows]
    named = dict.fromkeys(id_ for line in lines for id_ in _medicines_named(line))
    lines += [medicines[id_] for id_ in named if id_ in medicines]
    return ChartLines(key, any(row[1] for row in rows), lines)


def _medicines_named(line: ChartLine) -> Iterator[str]:
    if line.type.startswith("Medication"):
        yield from (first or second.lower() for first, second in _MEDICATION.findall(line.text))


def _medicines(files: str, rows: Sequence[tuple[Any, ...]], made: Any) -> dict[str, ChartLine]:
    """The Medications the charts of a bucket name: these belong to nobody."""
    named = {id_ for row in rows for id_ in _medicines_named(ChartLine(*row[2:]))}
    if not named:
        return {}
    made.execute("CREATE TEMP TABLE named (id VARCHAR)")
    made.executemany("INSERT INTO named VALUES (?)", [[id_] for id_ in sorted(named)])
    query = f"""SELECT json_extract_string(text, '$.id') AS id, type, text, file, line FROM read_parquet([{files}])
        WHERE bucket = {SHARED} AND (id IN (FROM named) OR lower(id) IN (FROM named))"""
    found = made.execute(query).fetchall()
    return {key: ChartLine(*rest) for id_, *rest in found for key in (id_, id_.lower())}


def remembering(knowledge: Knowledge) -> Knowledge:
    """The same, which remembers what the words of one bucket mean: charts of one site repeat them."""
    return replace(knowledge, phrases=RememberingPhrases(knowledge.phrases.rows, table=knowledge.phrases))


def finish(
    chart: ChartLines, as_of: date, knowledge: Knowledge, systems: Systems, told: list[Told]
) -> dict[str, Any] | None:
    """None, and a line in ``told``, where nobody can tell whose chart it is."""
    try:
        assessment = _assess(chart, chart.candidate, as_of, knowledge, systems, told)
        whole = chart.candidate or assessment.disposition is not Disposition.NOT_APPLICABLE
        if whole and not chart.candidate:
            assessment = _assess(chart, True, as_of, knowledge, systems, told)
    except InputError as error:
        told.append(Told(chart.lines[0].file, chart.lines[0].line, str(error)))
        return None
    return row_of(assessment, whole)


def _assess(
    chart: ChartLines, whole: bool, as_of: date, knowledge: Knowledge, systems: Systems, told: list[Told]
) -> Assessment:
    lines = [line for line in chart.lines if whole or line.type not in _BESIDE_A_FRACTURE]
    values = list(_values(lines, knowledge, told))
    return derive(read_chart(values, knowledge, id_of(chart.key), systems=systems), as_of, knowledge)


def _values(lines: Sequence[ChartLine], knowledge: Knowledge, told: list[Told]) -> Iterator[Any]:
    """As ``derive`` reads a Bundle of them; a line Python cannot read is told."""
    bundles = [line.text for line in lines if line.type == "Bundle"]
    texts = [_bundle(alone), *bundles] if (alone := [each for each in lines if each.type != "Bundle"]) else bundles
    try:
        yield from [decode_for_chart(text, knowledge, parsed) for text in texts]
        return
    except (ValueError, RecursionError):
        pass
    for line in lines:
        try:
            yield parsed(line.text)
        except (ValueError, RecursionError) as error:
            told.append(Told(line.file, line.line, f"not JSON: {error}"))


def _bundle(lines: Iterable[ChartLine]) -> str:
    entries = ",".join(f'{{"resource":{line.text}}}' for line in lines)
    return f'{{"resourceType":"Bundle","type":"collection","entry":[{entries}]}}'
