"""Knowledge files, as text, become :class:`Knowledge`. Every cross-reference is checked; mistakes name file and row."""

import hashlib
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from smartapp.core.alert_codes import AlertCode
from smartapp.core.assessment import Severity, State
from smartapp.core.codes import parse_codes
from smartapp.core.knowledge import (
    RESTRICTION_STATES,
    AlertText,
    Knowledge,
    Origin,
    Reference,
    RestrictionText,
    Statement,
    Threshold,
)  # fmt: skip
from smartapp.core.knowledge_rows import check_names, cited_in, file_text, origin_of, string, table, toml, word_list
from smartapp.core.library import parse_library
from smartapp.core.limits import Limit
from smartapp.core.numbers import filled
from smartapp.core.prohibitions import is_generic_prohibition
from smartapp.core.thresholds import thresholds_of, with_site
from smartapp.errors import KnowledgeError

STATEMENT_IDS = tuple(f"S{number:02d}" for number in range(1, 46))


def parse(files: Mapping[str, str], site: str | None = None) -> Knowledge:
    """Knowledge from the texts of the files (by file name) and, where a site has one, of its own thresholds file.

    Raises :class:`KnowledgeError` naming file and row. Needs statements.toml, sources.toml, phases.toml,
    restrictions.toml, alerts.toml, codes.csv and the files of :func:`smartapp.core.library.parse_library`.
    """
    sources = _sources(toml(files, "sources.toml"))
    statements = _statements(toml(files, "statements.toml"), sources)
    packaged = thresholds_of(toml(files, "phases.toml"), sources, statements)
    thresholds, changes = with_site(packaged, site)
    (note, note_origin), alerts = _alerts(toml(files, "alerts.toml"), sources, statements, thresholds)
    return Knowledge(
        version=version_of(files, site),
        thresholds=MappingProxyType(thresholds),
        statements=MappingProxyType(statements),
        sources=MappingProxyType(sources),
        alerts=MappingProxyType(alerts),
        restrictions=MappingProxyType(_restrictions(toml(files, "restrictions.toml"), sources, statements, thresholds)),
        library=parse_library(files),
        codes=parse_codes(file_text(files, "codes.csv")),
        evidence_note=note,
        evidence_origin=note_origin,
        site_changes=changes,
    )


def version_of(files: Mapping[str, str], site: str | None = None) -> str:
    """First 12 hex digits of the SHA-256 over names and contents, the site's file last."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\0{files[name]}\0".encode())
    digest.update((site or "").encode())
    return digest.hexdigest()[:12]


def _sources(rows: Mapping[str, Any]) -> dict[str, Reference]:
    found = {}
    for id_ in rows:
        row, where = table(rows, id_, "sources.toml"), f"sources.toml, {id_}"
        texts = (string(row, key, where, required=key != "note") for key in ("title", "seen-at", "label", "note"))
        found[id_] = Reference(id_, *texts)
    return found


def _statements(rows: Mapping[str, Any], sources: Mapping[str, Reference]) -> dict[str, Statement]:
    check_names(rows, STATEMENT_IDS, "statements.toml")
    found = {}
    for id_ in STATEMENT_IDS:
        row, where = table(rows, id_, "statements.toml"), f"statements.toml, {id_}"
        text, trigger, effect, appears, grade = (
            string(row, key, where) for key in ("text", "trigger", "effect", "appears", "grade")
        )
        cites = word_list(row, "cites", where)
        found[id_] = Statement(id_, text, cites, trigger, effect, appears, grade, origin_of(row, where, sources))
    return found


def _severity(row: Mapping[str, Any], key: str, where: str) -> Severity:
    name = string(row, key, where)
    if name not in set(Severity):
        raise KnowledgeError(f"{where}: “{key}” must be one of {', '.join(Severity)}.")
    return Severity(name)


def _alerts(
    rows: Mapping[str, Any],
    sources: Mapping[str, Reference],
    statements: Collection[str],
    thresholds: Mapping[Limit, Threshold],
) -> tuple[tuple[str, Origin], dict[AlertCode, AlertText]]:
    """The note to whom the evidence applies, and the words of every alert."""
    row, where = table(rows, "out-of-evidence", "alerts.toml"), "alerts.toml, out-of-evidence"
    note = (string(row, "text", where), origin_of(row, where, sources))
    check_names(set(rows) - {"out-of-evidence"}, set(AlertCode), "alerts.toml")
    found = {}
    for code in AlertCode:
        row, where = table(rows, code, "alerts.toml"), f"alerts.toml, {code}"
        variants = table(row, "variants", where)
        severity = _severity(row, "severity", where)
        found[code] = AlertText(
            code=code,
            severity=severity,
            text=filled(string(row, "text", where), thresholds),
            action=filled(string(row, "action", where), thresholds),
            statements=cited_in(row, where, statements),
            origin=origin_of(row, where, sources),
            urgency=string(row, "urgency", where, required=severity is Severity.STOP),
            eased=_severity(row, "eased", where) if "eased" in row else None,
            variants=MappingProxyType(
                {key: filled(string(variants, key, f"{where}, variants"), thresholds) for key in variants}
            ),
        )
    return note, found


def _restrictions(
    rows: Mapping[str, Any],
    sources: Mapping[str, Reference],
    statements: Collection[str],
    thresholds: Mapping[Limit, Threshold],
) -> dict[str, RestrictionText]:
    check_names(rows, RESTRICTION_STATES, "restrictions.toml")
    found = {}
    for id_, states in RESTRICTION_STATES.items():
        row, where = table(rows, id_, "restrictions.toml"), f"restrictions.toml, {id_}"
        title, movement, quality, instead = (
            string(row, key, where) for key in ("title", "movement", "quality", "instead")
        )
        texts = {state: _texts(row, state, where, thresholds) for state in states}
        cited, origin = cited_in(row, where, statements), origin_of(row, where, sources)
        found[id_] = RestrictionText(id_, title, movement, quality, instead, MappingProxyType(texts), cited, origin)
    return found


def _texts(row: Mapping[str, Any], state: State, where: str, thresholds: Mapping[Limit, Threshold]) -> tuple[str, str]:
    """Words for the clinician and for the patient; refuses the generic prohibition of statement S36 (guard GU1)."""
    words = table(row, state, where)
    both = (string(words, key, f"{where}, {state}") for key in ("clinician", "patient"))
    clinician, patient = (filled(text, thresholds) for text in both)
    for text in (clinician, patient):
        if is_generic_prohibition(text):
            raise KnowledgeError(f"{where}, {state}: name the movement, its quality and what to do instead.")
    return clinician, patient
