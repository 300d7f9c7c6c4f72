"""The reference of a fact -> the page of its source: what it says, who recorded it, what rests on it, the record."""

import json

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from smartapp.fhir import audit_event as audit
from smartapp.fhir.json import as_object, reference_of, version_of
from smartapp.fhir.recorders import recorders_of
from smartapp.fhir.text import as_escapes
from smartapp.web.audit import note
from smartapp.web.launch import charts
from smartapp.web.pages import render_launch_page
from smartapp.web.review_context import load_review
from smartapp.web.review_page import patient_banner
from smartapp.web.sessions import chart_link, enter
from smartapp.web.source_facts import looked_at, not_used, rests_on, source_facts
from smartapp.web.wiring import moment_words, wiring

source = Blueprint("source", __name__)


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
    now, facts = context.assessment, source_facts(context.assessment, reference)
    return render_launch_page(
        "source.html", launch_id, view=patient_banner(context), reference=reference, facts=facts,
        heading=facts[0].title if facts else reference, recorders=recorders_of(record),
        rests=rests_on(now, reference), looked=looked_at(now, reference), not_used=not_used(now, reference),
        record=as_escapes(json.dumps(record, indent=2, ensure_ascii=False)),
        known={reference_of(r) for r in read.resources},
        version=version_of(record), updated=as_object(record, "meta").get("lastUpdated"),
        read_at=moment_words(wiring(), read.at), chart_link=chart_link(session.issuer, reference, session.patient),
        back=url_for("review.review", launch_id=launch_id),
    )  # fmt: skip
