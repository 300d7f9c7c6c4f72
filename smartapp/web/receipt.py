"""A signed plan -> its receipt as a page, which goes on with what still waits, and as files to take along."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from smartapp.archive import sealed_receipt
from smartapp.core.permissions import can_change_written, can_retract
from smartapp.core.proposal import SignatureKind
from smartapp.document import Given, PaperKind, as_text, clinic_of, contents, make_paper, paper_pdf
from smartapp.ehr.deliver.engine import RETRACT, DeliveryProgress, items_of
from smartapp.ehr.deliver.items import LANDED, OutboxItem, WriteStatus, is_complete
from smartapp.ehr.deliver.methods import WriteMethod
from smartapp.ehr.deliver.receipt import (
    Receipt,
    ReceiptRow,
    merge_goals,
    receipt_json,
    receipt_of,
    receipt_text,
    rows_of,
)
from smartapp.ehr.deliver.references import bundle_as_signed
from smartapp.ehr.fetched_chart import FetchedChart
from smartapp.fhir import audit_event as audit
from smartapp.fhir.build.document_bundle import document_bundle
from smartapp.web import outbox
from smartapp.web.audit import note
from smartapp.web.catalog import Lazy, _
from smartapp.web.charts import failure
from smartapp.web.launch import charts
from smartapp.web.pages import render_launch_page
from smartapp.web.review_context import ReviewContext, load_review
from smartapp.web.review_page import patient_banner
from smartapp.web.sessions import LaunchSession, chart_link, enter
from smartapp.web.signatures import Signed, newest_plan, plan_of, signed_of, signed_plans
from smartapp.web.signed import IN_CHART, UNDELIVERED, confirmation, locate, moment
from smartapp.web.wiring import wiring

receipts = Blueprint("receipts", __name__)

REFRESH = 10  # seconds after which a receipt of which something waits looks again (ours)
WAS_THERE = Lazy("Was put into the chart")
BUSY = Lazy(
    "It is being written at this moment. Look again in a few seconds; should the server that writes "
    "it have stopped, it goes on by itself in little more than a minute."
)


@dataclass(frozen=True)
class ReceiptLine:
    """A row as the page shows it, with the address of its record in the EHR's own pages."""

    row: ReceiptRow
    words: str
    link: str


@receipts.get("/l/<launch_id>/receipt/<plan_id>")
def receipt(launch_id: str, plan_id: str) -> ResponseReturnValue:
    """What landed where; goes on with what waits. ``copy=text``, ``pdf``, ``json`` ... is to take along."""
    session = enter(launch_id)
    one = plan_of(session, plan_id)
    if one is None:
        raise NotFound
    if kind := request.args.get("copy"):
        return send_copy(kind, one, session)
    read = charts().load(launch_id)
    if read is None:
        raise failure(session.kept.reading) or NotFound()
    return render_receipt(session, one, read)


def render_receipt(session: LaunchSession, one: Signed, read: FetchedChart, mend: str = "") -> str:
    """The receipt's page, after going on with what waits. ``mend``: what is wrong with the reason of a retraction."""
    context = load_review(session, read)
    one, problem = _go_on(context, one)
    shown = _shown(context, one, problem, _go_on_taking_back(context, one))
    return render_launch_page("receipt.html", session.launch_id, **shown, mend=mend)


def redirect_to_receipt(launch_id: str, plan_id: str) -> ResponseReturnValue:
    return redirect(url_for("receipts.receipt", launch_id=launch_id, plan_id=plan_id), 303)


def _go_on(context: ReviewContext, one: Signed) -> tuple[Signed, str]:
    """The plan after going on with what waits of it, and what is in the way, in words."""
    session = context.session
    if is_complete(one.items) and not one.goes_on:
        return one, ""
    if held := outbox.obstacle(context, one, newest_plan(signed_plans(session))):
        return one, held
    if one.kept.launch_id != session.launch_id:
        outbox.lend_access(session, one)
    progress = outbox.send(session.launch_id, session.connection, one)
    if progress.complete:
        charts().start(session.launch_id, session.connection)
    return signed_of(one.kept), _problem(progress)


def _problem(progress: DeliveryProgress) -> str:
    return BUSY if progress.busy else progress.problem


def _go_on_taking_back(context: ReviewContext, one: Signed) -> tuple[OutboxItem, ...]:
    items = items_of(wiring().store.outbox, one.kept.id, RETRACT)
    if not is_complete(items) and can_change_written(context.signer):
        return outbox.send(context.session.launch_id, context.session.connection, one, RETRACT).items
    return items


def _shown(context: ReviewContext, one: Signed, problem: str, taken_back: tuple[OutboxItem, ...]) -> dict[str, object]:
    """What the template is filled with."""
    session, signer = context.session, context.signer
    last = newest_plan(signed_plans(session))
    stands = locate(context, one, last is not None and last.kept.id == one.kept.id)
    made = receipt_of(one.record.signed, one.items, session.issuer.title)
    in_chart = stands.where in IN_CHART
    waits = stands.where in UNDELIVERED and one.goes_on
    ended = one.record.signed.signs is SignatureKind.END
    return {
        "view": patient_banner(context, _("Saved to chart.") if in_chart and not taken_back else ""),
        "receipt": made, "signed_at": f"{made.signed_at.astimezone():%Y-%m-%d %H:%M}", "problem": problem,
        "stands": stands, "confirmation": confirmation(one), "in_chart": in_chart,
        # Whether the EHR holds the referral as an order of its own, not only in words.
        "ordered": any(item.kind == "ServiceRequest" and item.has_record for item in one.items),
        "artifacts": _lines(made.rows, session, past=bool(stands.gone)), "again_because": one.record.reason,
        "left_open": one.record.signed.left_open,
        "taken_back": _lines(rows_of(taken_back), session), "taken_back_whole": is_complete(taken_back),
        "to_sign": all(s.method is WriteMethod.ORDER_ENTRY for s in one.items if s.status is WriteStatus.MANUAL),
        "statuses": _statuses(one.items), "statuses_back": _statuses(taken_back),
        "refresh": REFRESH if waits else 0, "looked": moment(wiring().clock()),
        "may_change": can_change_written(signer),
        "may_take_back": can_retract(signer) and bool(one.items) and not ended,
        "here": url_for("receipts.receipt", launch_id=session.launch_id, plan_id=one.kept.plan_id),
        "papers": () if ended else PAPERS_TO_PRINT, "copies": COPIES,
        "outcome": one.record.signed.outcome, "back": url_for("review.review", launch_id=session.launch_id),
    }  # fmt: skip


def _statuses(items: tuple[OutboxItem, ...]) -> frozenset[WriteStatus]:
    return frozenset(item.status for item in items)


def _lines(rows: tuple[ReceiptRow, ...], session: LaunchSession, past: bool = False) -> tuple[ReceiptLine, ...]:
    """``past``: the chart no longer has the plan as it was written."""
    return tuple(
        ReceiptLine(
            row, WAS_THERE if past and row.status in LANDED else row.words,
            chart_link(session.issuer, row.reference, session.patient),
        )
        for row in merge_goals(rows)
    )  # fmt: skip


# -- to take along


@dataclass(frozen=True)
class File:
    body: bytes
    media: str
    ending: str


def send_copy(kind: str, one: Signed, session: LaunchSession) -> ResponseReturnValue:
    """Raises NotFound for a kind that is none."""
    make = _MAKERS.get(kind)
    if make is None:
        raise NotFound
    file = make(one, receipt_of(one.record.signed, one.items, session.issuer.title))
    plan_id = one.kept.plan_id
    note(audit.export_event, session.connection, plan_id, file.media.partition(";")[0])
    response = Response(file.body, content_type=file.media)
    response.headers["Content-Disposition"] = f'attachment; filename="loadpath-{plan_id[:8]}{file.ending}"'
    return response


def _text(one: Signed, _: Receipt) -> File:
    note_text = as_text(contents(one.record.signed, one.record.write_plan.basis))
    return File(note_text.encode(), "text/plain; charset=utf-8", ".txt")


def _paper(kind: PaperKind, one: Signed, _: Receipt) -> File:
    """In today's words of the knowledge, with what the site says of itself now."""
    made = wiring()
    given = Given(one.record.signed, made.knowledge, clinic_of(vars(made.settings)), one.record.write_plan.basis)
    ending = "" if kind is PaperKind.PACKET else f"-{kind}"
    return File(paper_pdf(make_paper(given, kind)), "application/pdf", f"{ending}.pdf")


def _bundle(one: Signed, _: Receipt) -> File:
    return File(_as_json(bundle_as_signed(one.items)), "application/fhir+json", ".json")


def _document(one: Signed, _: Receipt) -> File:
    signed, made = one.record.signed, wiring()
    base, patient = made.smart.issuer_of(one.record.ehr).iss, signed.proposal.assessment.chart.patient
    whole = document_bundle(
        contents(signed, one.record.write_plan.basis), bundle_as_signed(one.items)["entry"], signed.signer, patient,
        signed.plan_id, signed.active, base, made.systems, made.settings.referrer_npi,
    )  # fmt: skip
    return File(_as_json(whole), "application/fhir+json", "-document.json")


def _receipt(one: Signed, made: Receipt) -> File:
    """With the record of the signature as it is kept: from it the decision can be made again."""
    whole = sealed_receipt(receipt_json(made), one.kept.record, wiring().store.mac)
    return File(_as_json(whole), "application/json", "-receipt.json")


def _receipt_text(_: Signed, made: Receipt) -> File:
    return File(receipt_text(made).encode(), "text/plain; charset=utf-8", "-receipt.txt")


def _as_json(value: object) -> bytes:
    return json.dumps(value, indent=2, ensure_ascii=False).encode()


_MAKERS: Mapping[str, Callable[[Signed, Receipt], File]] = {
    "text": _text,
    "pdf": partial(_paper, PaperKind.PACKET),
    "handout": partial(_paper, PaperKind.HANDOUT),
    "letter": partial(_paper, PaperKind.LETTER),
    "json": _bundle,
    "document": _document,
    "receipt": _receipt,
    "receipt-text": _receipt_text,
}

PACKET_COPIES = (
    ("text", Lazy("Packet as text")),
    ("document", Lazy("Packet as a FHIR document")),
)  # for a receiver's system
PAPERS_TO_PRINT = (
    ("handout", Lazy("Print handout")),
    ("pdf", Lazy("Print or fax packet")),
    ("letter", Lazy("Print referral")),
)
COPIES = (
    ("text", Lazy("as text")),
    ("json", Lazy("as FHIR JSON")),
    ("document", Lazy("as a FHIR document")),
    ("receipt-text", Lazy("the receipt as text")),
    ("receipt", Lazy("the receipt as JSON")),
)
