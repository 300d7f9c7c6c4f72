"""A changed knowledge folder, and charts -> what it moves for whom: against the knowledge installed here.

Charts are the cases that come with Loadpath, where no path is given, else a site's own files as ``derive`` reads them,
one patient at a time. Each is read and derived with both versions; who moves is tried with single rows.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

from smartapp.archive import chart_of
from smartapp.core.concept_lines import DifferenceKind
from smartapp.core.derive import derive
from smartapp.core.differences import plan_differences
from smartapp.core.knowledge import Knowledge
from smartapp.core.plan import plan
from smartapp.difference_answer import difference_json, row_json, rows_words
from smartapp.errors import InputError, LoadpathError
from smartapp.fhir.read import read_chart
from smartapp.fhir.read.many import OnePatient, read_patients
from smartapp.fhir.systems import Systems, systems_in
from smartapp.knowledge import installed, load, read_folder
from smartapp.knowledge.causes import CauseFinder, Decide
from smartapp.knowledge.row_changes import KnowledgePair
from smartapp.reviewers.impact import KnowledgeImpact, Moved, impact_page

CASES = "cases of Loadpath"
REPORTS = (".html", ".json")


class _Chart(NamedTuple):
    who: str
    decide: Decide


def impact_of(folder: Path, paths: Sequence[Path], day: date, env: Mapping[str, str]) -> KnowledgeImpact:
    """Raises KnowledgeError with every mistake of the folder, InputError for a path that is no FHIR."""
    site = env.get("SMARTAPP_SITE_KNOWLEDGE")
    here, changed = installed(Path(site) if site else None), read_folder(folder)
    changed = changed if changed.site is not None else replace(changed, site=here.site)
    before, after = load(Path(site) if site else None), changed.parsed()
    pair = KnowledgePair(here, changed)
    finder = CauseFinder(pair)
    looked_at: list[tuple[str, int]] = []
    moved: list[Moved] = []
    unread: list[tuple[str, str]] = []
    for where, charts in _charts(paths, day, systems_in(env)):
        count = 0
        for chart in charts:
            try:
                moved += _moved(chart, where if paths else "", (before, after), finder)
                count += 1
            except LoadpathError as error:
                unread.append((f"{where}: {chart.who}", str(error)))
        looked_at.append((where, count))
    untried = tuple(finder.untried.items())
    return KnowledgeImpact(
        here.version, changed.version, pair.changes, untried, tuple(looked_at), tuple(moved), tuple(unread)
    )


def _moved(chart: _Chart, where: str, pair: tuple[Knowledge, Knowledge], finder: CauseFinder) -> Iterator[Moved]:
    before = chart.decide(pair[0])
    try:
        found = plan_differences(before, chart.decide(pair[1]))
    except LoadpathError as error:
        yield Moved(chart.who, where, (), str(error))
        return
    if found:
        yield Moved(chart.who, where, finder.causes(before, found, chart.decide))


def _charts(paths: Sequence[Path], day: date, systems: Systems) -> Iterator[tuple[str, Iterator[_Chart]]]:
    if not paths:
        yield CASES, _cases()
    for path in paths:
        yield str(path), (_of_patient(one, day, systems) for one in read_patients(path))


def _cases() -> Iterator[_Chart]:
    """Each on a day of its own, its chart as it was read."""
    text = (resources.files("smartapp.reviewers") / "charts.ndjson").read_text(encoding="utf-8")
    for line in map(json.loads, text.splitlines()):
        chart, as_of = chart_of(line["chart"]), date.fromisoformat(line["asOf"])

        def decide(knowledge: Knowledge, chart: Any = chart, as_of: date = as_of) -> Any:
            return plan(derive(chart, as_of, knowledge), knowledge)

        yield _Chart(f"{line['id']}: {line['title']}", decide)


def _of_patient(one: OnePatient, day: date, systems: Systems) -> _Chart:
    def decide(knowledge: Knowledge) -> Any:
        values, unreadable = one.loaded
        id_ = one.reference.partition("/")[2]
        return plan(derive(read_chart(values, knowledge, id_, unreadable, systems=systems), day, knowledge), knowledge)

    return _Chart(one.reference, decide)


def write_impact(impact: KnowledgeImpact, file: Path) -> None:
    """As HTML or JSON, by the ending of its name. Raises InputError."""
    if file.suffix.lower() not in REPORTS:
        raise InputError(f"{file}: the report is written as {' or '.join(REPORTS)}")
    as_json = file.suffix.lower() == ".json"
    text = f"{json.dumps(impact_json(impact), indent=2)}\n" if as_json else impact_page(impact)
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{file}: cannot be written: {error.strerror}") from error


def impact_json(impact: KnowledgeImpact) -> dict[str, Any]:
    return {
        "before": impact.before,
        "after": impact.after,
        "rows": [row_json(row) for row in impact.rows],
        "untried": [{**row_json(row), "why": why} for row, why in impact.untried],
        "lookedAt": [{"from": where, "charts": count} for where, count in impact.looked_at],
        "newlyStopped": [each.who for each in impact.newly_stopped],
        "noLongerStopped": [each.who for each in impact.no_longer_stopped],
        "counts": {kind.value: len({who for who, _ in impact.of_kind(kind)}) for kind in DifferenceKind},
        "charts": [_moved_json(each) for each in impact.moved],
        "unread": [{"where": where, "why": why} for where, why in impact.unread],
    }


def _moved_json(moved: Moved) -> dict[str, Any]:
    found = [difference_json(each.difference, each.causes) for each in moved.found]
    return {"who": moved.who, "from": moved.where, "failed": moved.failed or None, "differences": found}


def impact_words(impact: KnowledgeImpact) -> Iterator[str]:
    """The counts, for a person at a terminal; the lines stand in the report."""
    yield f"Knowledge {impact.before} (installed) and {impact.after}"
    yield "Rows that differ:" if impact.rows else "No row differs."
    yield from rows_words(impact.rows)
    yield from (f"Looked at: {count} of {where}" for where, count in impact.looked_at)
    yield f"Something differs in {len(impact.moved)} of {sum(count for _, count in impact.looked_at)} charts"
    for title, found in (("Newly stopped", impact.newly_stopped), ("No longer stopped", impact.no_longer_stopped)):
        yield f"{title}: {len(found)}{''.join(f'{chr(10)}  {each.who}' for each in found)}"
    for kind in DifferenceKind:
        if who := {who for who, _ in impact.of_kind(kind)}:
            yield f"{kind.value}: {len(who)}"
    for (what, before, after), charts in impact.told(DifferenceKind.DISPOSITION, DifferenceKind.PHASE):
        yield f"  {what}: {before} -> {after}: {len(charts)}"
    yield from (f"Not used: {where}: {why}" for where, why in impact.unread)
