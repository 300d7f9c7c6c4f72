"""Texts of the knowledge files -> Knowledge, in the frozen types of the core; or every mistake in them, at once."""

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from smartapp.core.alert_codes import AlertCode
from smartapp.core.knowledge import (
    RESTRICTION_STATES,
    AlertText,
    AlertWords,
    Knowledge,
    LimitedWords,
    Reference,
    RestrictionText,
    Statement,
)
from smartapp.core.threshold_words import fill_numbers
from smartapp.core.thresholds import Threshold, ThresholdName
from smartapp.errors import KnowledgeError
from smartapp.knowledge.checks import mistakes
from smartapp.knowledge.codes import codes_of
from smartapp.knowledge.constraints import constraints_of_rows
from smartapp.knowledge.drawing_checks import untrue_drawings
from smartapp.knowledge.drawings import drawings_of
from smartapp.knowledge.follow_up import follow_up_of
from smartapp.knowledge.library import library_of
from smartapp.knowledge.origins import origin_of, said
from smartapp.knowledge.papers import papers_of
from smartapp.knowledge.phrases import phrases_of, untrue_phrases
from smartapp.knowledge.program import course_of_rows
from smartapp.knowledge.reading import KnowledgeFile
from smartapp.knowledge.rows import Rows, read_rows
from smartapp.knowledge.schema import AlertRow, VariantRow
from smartapp.knowledge.thresholds import site_settings, with_site
from smartapp.knowledge.written import written_of

Thresholds = Mapping[ThresholdName, Threshold]


def parse(files: Mapping[str, str], site: str | None = None, try_phrases: bool = True) -> Knowledge:
    """Knowledge from the texts of the files (by file name) and, where a site has one, of its own thresholds file.

    ``try_phrases``: whether each phrase is tried on its sentences, and each drawing read. It takes longer than all the
    rest, and is left out only for files of which that is proven. Raises :class:`KnowledgeError`, a line for each
    mistake, naming file, row and key.
    """
    return knowledge_of(files, site, version_hash(files, site), try_phrases)


def knowledge_of(
    files: Mapping[str, KnowledgeFile], site: KnowledgeFile | None, version: str, try_phrases: bool = False
) -> Knowledge:
    """As :func:`parse`, of files some of which may be read already. Raises KnowledgeError."""
    rows = read_rows(files, site)
    wrong = (*mistakes(rows), *((*untrue_phrases(rows.phrases), *untrue_drawings(rows)) if try_phrases else ()))
    if wrong:
        raise KnowledgeError("\n".join(wrong))
    return _knowledge(rows, version)


def version_hash(files: Mapping[str, str], site: str | None = None) -> str:
    """First 12 hex digits of the SHA-256 over names and contents, the site's file last."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\0{files[name]}\0".encode())
    digest.update((site or "").encode())
    return digest.hexdigest()[:12]


def _knowledge(rows: Rows, version: str) -> Knowledge:
    assert rows.evidence is not None  # noqa: S101 - a file without it is a mistake
    packaged = {name: _threshold(name, rows) for name in ThresholdName}
    thresholds, changes = with_site(packaged, rows.site)
    return Knowledge(
        version=version,
        thresholds=MappingProxyType(thresholds),
        statements=MappingProxyType({id_: _statement(id_, rows) for id_ in sorted(rows.statements)}),
        sources=MappingProxyType({id_: Reference(id_, **said(placed.row)) for id_, placed in rows.sources.items()}),
        alerts=MappingProxyType({code: _alert(code, rows, thresholds) for code in AlertCode}),
        restrictions=MappingProxyType({id_: _restriction(id_, rows, thresholds) for id_ in RESTRICTION_STATES}),
        library=library_of(rows),
        papers=papers_of(rows),
        constraints=constraints_of_rows(rows),
        written=written_of(rows),
        course=course_of_rows(rows, site_settings(rows.site)),
        codes=codes_of(rows.codes, rows.systems),
        phrases=phrases_of(rows.phrases),
        drawings=drawings_of(rows.drawings),
        follow_up=follow_up_of(rows.follow_up),
        evidence_note=rows.evidence.row.text,
        evidence_origin=origin_of(rows.evidence),
        site_changes=changes,
    )


def _threshold(name: ThresholdName, rows: Rows) -> Threshold:
    placed = rows.thresholds[name]
    row = placed.row
    return Threshold(name, Decimal(row.value), row.unit, row.meaning, origin_of(placed))


def _statement(id_: str, rows: Rows) -> Statement:
    placed = rows.statements[id_]
    return Statement(id_, **said(placed.row), origin=origin_of(placed))


def _alert(code: AlertCode, rows: Rows, thresholds: Thresholds) -> AlertText:
    placed = rows.alerts[code]
    row = placed.row
    variants = {key: _alert_words(row, variant, thresholds) for key, variant in row.variants.items()}
    return AlertText(
        code=code,
        severity=row.severity,
        words=_alert_words(row, row, thresholds),
        concern=row.concern,
        eased=row.eased,
        treated=fill_numbers(row.treated or "", thresholds),
        facts_first=row.facts_first,
        variants=MappingProxyType(variants),
        origin=origin_of(placed),
    )


def _alert_words(row: AlertRow, own: AlertRow | VariantRow, thresholds: Thresholds) -> AlertWords:
    """A variant's own words; what it leaves out as in the row."""
    return AlertWords(
        text=fill_numbers(own.text, thresholds),
        action=fill_numbers(own.action or row.action, thresholds),
        urgency=own.urgency or row.urgency or "",
        work_up=row.work_up if own.work_up is None else own.work_up,
        lifted_by=row.lifted_by if own.lifted_by is None else own.lifted_by,
        refer_to=own.refer_to or row.refer_to or "",
        refer_within=own.refer_within or row.refer_within,
    )


def _restriction(id_: str, rows: Rows, thresholds: Thresholds) -> RestrictionText:
    placed = rows.restrictions[id_]
    by_state = {state: placed.row.states[state] for state in RESTRICTION_STATES[id_]}
    texts = {
        state: (fill_numbers(row.clinician, thresholds), fill_numbers(row.patient, thresholds))
        for state, row in by_state.items()
    }
    spanish = {
        state: (row.key or f"{id_}.{state}", fill_numbers(row.patient_es, thresholds))
        for state, row in by_state.items()
    }
    return RestrictionText(
        id_,
        **said(placed.row, "states", "limited"),
        texts=MappingProxyType(texts),
        spanish=MappingProxyType(spanish),
        origin=origin_of(placed),
        limited=tuple(LimitedWords(**said(row)) for row in placed.row.limited),
    )
