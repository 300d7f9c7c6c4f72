"""The paper packet for the recipient of a link that was just made, with the link as a code on its first sheet.

The token comes back in a form of the page that showed it, and is in no address. Only where the site wants codes, and
only for a link of this referral that nobody has opened: a code that opens nothing would be carried around for nothing.
"""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from smartapp.core.therapist import LinkState
from smartapp.document import Given, PaperKind, make_paper, paper_pdf
from smartapp.document.link_sheet import LinkCode, with_link
from smartapp.fhir import audit_event as audit
from smartapp.web.audit import note
from smartapp.web.catalog import _
from smartapp.web.link_access import is_token
from smartapp.web.link_desk import Desk, address_of, clinic_of_desk, desk_page, open_desk
from smartapp.web.link_view import TherapistLink, link_of
from smartapp.web.qr import qr_code
from smartapp.web.wiring import wiring

link_packet = Blueprint("link_packet", __name__)


@link_packet.post("/l/<launch_id>/links/<task_id>/packet", endpoint="packet")
def print_packet(launch_id: str, task_id: str) -> ResponseReturnValue:
    desk = open_desk(launch_id, task_id, form=True)
    token = request.form.get("link_token", "")
    link, signed = _link(desk, token), desk.signed
    if link is None or signed is None or not desk.session.issuer.therapist_qr:
        raise NotFound
    if link.state is not LinkState.NEVER_OPENED or not desk.referral.is_open:
        return desk_page(
            desk, _("No packet was made: the link is %(state)s, its code would open nothing.", state=link.state.value)
        ), 409
    clinic, made = clinic_of_desk(desk), wiring()
    given = Given(signed.record.signed, made.knowledge, clinic, signed.record.write_plan.basis)
    code = LinkCode(
        link.recipient.name, link.recipient.clinic, link.until, qr_code(address_of(token)).svg, clinic.phone
    )
    body = paper_pdf(with_link(make_paper(given, PaperKind.PACKET), code))
    note(audit.export_event, desk.session.connection, signed.kept.plan_id, "application/pdf")
    response = Response(body, content_type="application/pdf")
    name = f"loadpath-{signed.kept.plan_id[:8]}-with-link.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _link(desk: Desk, token: str) -> TherapistLink | None:
    """Of this very order."""
    kept = wiring().store.links.by_token(token) if is_token(token) else None
    link = link_of(kept) if kept else None
    here = (desk.session.connection.iss, desk.referral.id, desk.referral.plan_id)
    return link if link and (link.iss, link.task_id, link.plan_id) == here else None
