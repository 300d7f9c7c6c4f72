"""A stop of the review -> the note with which the clinician refers now, to copy or to print.

Nothing is ordered or sent: the order Loadpath writes is physical therapy, and none of this is. The note says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from smartapp.core.assessment import Alert
from smartapp.core.dates import dates_as_read
from smartapp.core.plan.instead import FirstReferral, first_referral
from smartapp.core.states import Severity
from smartapp.fhir import audit_event as audit
from smartapp.web import words
from smartapp.web.audit import note
from smartapp.web.launch import charts
from smartapp.web.pages import render_launch_page
from smartapp.web.review_context import ReviewContext, load_review
from smartapp.web.review_page import patient_banner
from smartapp.web.sessions import chart_link, enter

referral_note = Blueprint("referral_note", __name__)


@dataclass(frozen=True)
class NotedFinding:
    """What was found, what is done about it now, and the chart entries it was read from."""

    text: str
    action: str
    sources: tuple[str, ...]


@referral_note.get("/l/<launch_id>/referral-note", endpoint="note")
def show_note(launch_id: str) -> ResponseReturnValue:
    """The note for whoever sees the patient instead. Raises NotFound where nobody does."""
    session, read = enter(launch_id), charts().load(launch_id)
    context = load_review(session, read) if read else None
    first = first_referral(context.assessment) if context else None
    if context is None or first is None:
        raise NotFound
    note(audit.export_event, session.connection, "referral note", "text/html")
    banner, findings = patient_banner(context), tuple(_findings(context))
    return render_launch_page(
        "referral_note.html", launch_id, view=banner, first=first, findings=findings,
        text=note_text(context, first, findings), back=url_for("review.review", launch_id=launch_id),
        chart=chart_link(session.issuer, session.patient, session.patient),
    )  # fmt: skip


def _findings(context: ReviewContext) -> Iterator[NotedFinding]:
    stops = [alert for alert in context.assessment.alerts if alert.severity is Severity.STOP]
    for alert in stops or [each for each in context.assessment.alerts if each.refer_within]:
        yield NotedFinding(alert.text, alert.action, tuple(_sources(alert)))


def _sources(alert: Alert) -> Iterator[str]:
    for source in alert.reason.sources:
        yield ", ".join(filter(None, (source.display, source.date, source.note, source.reference)))


def note_text(context: ReviewContext, first: FirstReferral, findings: tuple[NotedFinding, ...]) -> str:
    """The note as plain text, dates as they are read."""
    banner = patient_banner(context)
    number = f", MRN {banner.patient.record_number}" if banner.patient.record_number else ""
    lines = [
        f"{words.URGENCIES[first.urgency]}: {first.to}.",
        f"Patient: {banner.patient.named}{number}.",
        first.text,
        *(f"Source: {source}." for source in dict.fromkeys(each for found in findings for each in found.sources)),
        f"From the chart at {banner.ehr}, read {banner.read_at}. By {banner.user}.",
        "Not an order: call, or order it in the EHR.",
    ]
    return dates_as_read("\n".join(lines))
