"""The reference of a fact -> the page of its source: the record as it was read, and what we read from it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from smartapp.core.chart import Chart, Diagnosis, Measurement, Medication, PlanOnRecord, Procedure, Source
from smartapp.fhir import audit_event as audit
from smartapp.fhir.json import as_object, reference_of, version_of
from smartapp.web.audit import note
from smartapp.web.launch import charts
from smartapp.web.pages import render_launch_page
from smartapp.web.review_context import load_review
from smartapp.web.review_page import patient_banner
from smartapp.web.sessions import chart_link, enter
from smartapp.web.wiring import moment_words, wiring

source = Blueprint("source", __name__)
NOTHING: tuple[object, ...] = (None, "", (), frozenset(), False)


@source.get("/l/<launch_id>/source/<kind>/<id_>", endpoint="source")
def show_source(launch_id: str, kind: str, id_: str) -> ResponseReturnValue:
    """One record as it was read."""
    session = enter(launch_id)
    read, reference = charts().load(launch_id), f"{kind}/{id_}"
    record = next((r for r in read.resources if reference_of(r) == reference), None) if read else None
    if read is None or record is None:
        raise NotFound
    context = load_review(session, read)
    note(audit.view_event, session.connection, reference)
    return render_launch_page(
        "source.html", launch_id, view=patient_banner(context), reference=reference,
        record=json.dumps(record, indent=2, ensure_ascii=False), uses=source_uses(context.chart, reference),
        version=version_of(record), updated=as_object(record, "meta").get("lastUpdated"),
        read_at=moment_words(wiring(), read.at), chart_link=chart_link(session.issuer, reference, session.patient),
        back=url_for("review.review", launch_id=launch_id),
    )  # fmt: skip


@dataclass(frozen=True)
class SourceUse:
    """One field of a fact that was read from a record."""

    name: str
    value: str


def source_uses(chart: Chart, reference: str) -> tuple[SourceUse, ...]:
    """What the facts read from one record say, field by field."""
    groups = (chart.diagnoses, chart.procedures, chart.measurements, chart.medications, chart.plans)
    facts = [fact for group in groups for fact in group if fact.source.reference == reference]
    return tuple(use for fact in facts for use in _uses(fact))


def _uses(fact: Diagnosis | Procedure | Measurement | Medication | PlanOnRecord) -> Iterator[SourceUse]:
    for field in fields(fact):
        value = getattr(fact, field.name)
        if not isinstance(value, Source) and value not in NOTHING and field.name != "summary":
            yield SourceUse(field.name.replace("_", " "), _words(value))


def _words(value: object) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, frozenset | tuple):
        return ", ".join(sorted(map(_words, value)))
    if is_dataclass(value) and type(value).__str__ is object.__str__:
        parts = {field.name: getattr(value, field.name) for field in fields(value)}
        return "; ".join(f"{name} {_words(each)}" for name, each in parts.items() if each not in NOTHING)
    return str(value)
