"""The clinic's side of a therapist's link: who gets one, how far it is, and taking it back.

A link is shown once, on the page that answers its form, and never again: its token is not kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from smartapp.core.permissions import check_can_sign
from smartapp.core.proposal import Role, Signer
from smartapp.core.referral import ReferralTask
from smartapp.core.referral_moves import Action, moves
from smartapp.core.referral_packet import Need
from smartapp.core.therapist import LONGEST, NAME, Recipient
from smartapp.document import Clinic, Given, clinic_of
from smartapp.document.therapist_sheet import therapist_sheet
from smartapp.ehr.client import FhirClient
from smartapp.ehr.fetch import read_user_record
from smartapp.ehr.referral_packet import referrer_facts
from smartapp.ehr.referrals import OpenedReferral, open_referral
from smartapp.fhir import link_events
from smartapp.fhir.audit_event import AuditContext
from smartapp.fhir.read.user import UserRecord, read_user
from smartapp.fhir.text import as_typed
from smartapp.web.audit import audit_context, keep
from smartapp.web.catalog import _
from smartapp.web.http import check_form, form_token
from smartapp.web.link_view import TherapistLink, link_of, links_of_patient, sealed_content, sealed_page
from smartapp.web.qr import QrCode, qr_code
from smartapp.web.reading import client_of
from smartapp.web.referral_list import inbox_line
from smartapp.web.report_view import reports_for
from smartapp.web.sessions import LaunchSession, check_coordinator, check_user, enter
from smartapp.web.signatures import Signed, plan_of_patient
from smartapp.web.wiring import wiring

links = Blueprint("links", __name__)
_DAY = 86400.0


@dataclass(frozen=True)
class Desk:
    """One referral, before a coordinator, or before a clinician who may sign, in the session of its patient."""

    session: LaunchSession
    client: FhirClient
    opened: OpenedReferral
    role: Role

    @property
    def referral(self) -> ReferralTask:
        return self.opened.row.referral

    @property
    def patient_key(self) -> str:
        return f"{self.session.connection.iss}/{self.referral.patient}"

    @property
    def back(self) -> str:
        """The page of the referral this person came from."""
        launch_id = self.session.launch_id
        if self.session.patient:
            return url_for("referral_status.status", launch_id=launch_id)
        return url_for("referrals.referral", launch_id=launch_id, task_id=self.referral.id)

    @property
    def signed(self) -> Signed | None:
        """The plan, if it was signed in this Loadpath, takes effect, was not taken back, and can be read."""
        if not self.referral.patient:
            return None
        signed = plan_of_patient(self.session.connection.iss, self.referral.patient, self.referral.plan_id)
        stands = signed and not signed.why and not signed.kept.retired and signed.record.signed.active
        return signed if stands else None


@dataclass(frozen=True)
class NewLink:
    """``address``, and the ``token`` in it, are shown this once."""

    link: TherapistLink
    token: str
    address: str
    code: QrCode | None


@links.get("/l/<launch_id>/links/<task_id>", endpoint="desk")
def show_desk(launch_id: str, task_id: str) -> ResponseReturnValue:
    return desk_page(open_desk(launch_id, task_id))


@links.post("/l/<launch_id>/links/<task_id>/make", endpoint="make")
def make_link(launch_id: str, task_id: str) -> ResponseReturnValue:
    """A new link for one recipient, of what was signed."""
    desk = open_desk(launch_id, task_id, form=True)
    signed, made = desk.signed, wiring()
    if signed is None or not desk.referral.is_open:
        return desk_page(desk, _("No link can be made: the referral is closed, or its plan is not at hand here.")), 409
    typed = {name: as_typed(request.form.get(name, ""), 2 * NAME) for name in ("name", "clinic", "days")}
    if problems := _problems(typed):
        return desk_page(desk, _("No link was made: see the fields that are marked."), problems, typed), 422
    plan, recipient = signed.record.signed, Recipient(typed["name"], typed["clinic"])
    sheet = therapist_sheet(Given(plan, made.knowledge, clinic_of_desk(desk)))
    content = sealed_content(sheet, signed, desk.session.connection.iss, desk.referral, recipient)
    expires = made.clock() + int(typed["days"]) * _DAY
    with made.store.transaction():
        kept, token = made.store.links.make(desk.patient_key, content, sealed_page(sheet), expires)
        link = link_of(kept)
        words = f"made for {recipient.words}, until {link.until}"
        keep(made, [link_events.link_made_event(_scene(desk), link.id, words)])
    address = address_of(token)
    code = qr_code(address) if desk.session.issuer.therapist_qr else None
    return desk_page(desk, _("The link is made."), new=NewLink(link, token, address, code))


def address_of(token: str) -> str:
    return f"{wiring().settings.base_url}{url_for('therapist.link', token=token)}"


def clinic_of_desk(desk: Desk) -> Clinic:
    """As the site has set it; number and telephone of the referrer as the EHR has them, where nothing is set."""
    own, order = clinic_of(vars(wiring().settings)), desk.opened.order
    if own.phone and own.npi:
        return own
    facts = referrer_facts(desk.client, desk.session.connection.grants, order, own.npi, own.phone)
    return replace(own, phone=own.phone or facts[Need.CALL_BACK] or "", npi=own.npi or facts[Need.NPI] or "")


def _problems(typed: Mapping[str, str]) -> dict[str, str]:
    most = wiring().settings.link_days_most
    found = {name: _("This is missing.") for name in ("name", "clinic") if not typed[name]}
    found |= {
        name: _("At most %(most)s characters.", most=NAME) for name in ("name", "clinic") if len(typed[name]) > NAME
    }
    days = typed["days"]
    if not (days.isascii() and days.isdecimal() and len(days) < 5 and 1 <= int(days) <= most):
        found["days"] = _("A whole number of days from 1 to %(most)s.", most=most)
    return found


@links.post("/l/<launch_id>/links/<task_id>/revoke", endpoint="revoke")
def revoke_link(launch_id: str, task_id: str) -> ResponseReturnValue:
    """From now on the link opens nothing. What came back by it stays."""
    desk, made = open_desk(launch_id, task_id, form=True), wiring()
    wanted = request.form.get("link", "")
    link = next((each for each in links_of_patient(desk.patient_key) if each.id == wanted), None)
    if link is None:
        raise NotFound
    with made.store.transaction():
        if made.store.links.revoke(link.id):
            words = f"taken back from {link.recipient.words}"
            keep(made, [link_events.link_made_event(_scene(desk), link.id, words)])
    return redirect(url_for("links.desk", launch_id=launch_id, task_id=task_id), 303)


# -- who, and what is shown


def open_desk(launch_id: str, task_id: str, form: bool = False) -> Desk:
    """Raises NotPermitted, and NotFound for a referral of another patient; with ``form`` as check_form does."""
    session = enter(launch_id, of_referrals=None)
    if form:
        check_form(launch_id, session.patient)
    client = client_of(session)
    role = _clinician(session, client) if session.patient else _coordinator(session, client)
    opened = open_referral(client, task_id, wiring().systems)
    if session.patient and opened.row.referral.patient != session.patient:
        raise NotFound
    return Desk(session, client, opened, role)


def _coordinator(session: LaunchSession, client: FhirClient) -> Role:
    user = session.connection.user.reference
    check_coordinator(session.connection, session.issuer, lambda: read_user(read_user_record(client, user)))
    return Role.COORDINATOR


def _clinician(session: LaunchSession, client: FhirClient) -> Role:
    """Who may sign a plan may hand it on."""
    user = session.connection.user
    is_part = user.reference.startswith("PractitionerRole/")
    record = read_user(read_user_record(client, user.reference)) if is_part else UserRecord()
    check_user(session.connection, session.issuer, lambda: record)
    role = session.issuer.roles.of(user.reference, record.role_codes)
    check_can_sign(Signer(user.reference, user.name, role), active=True)
    return role


def _scene(desk: Desk) -> AuditContext:
    return replace(audit_context(wiring(), desk.session.connection), patient=desk.referral.patient)


def desk_page(
    desk: Desk, said: str = "", problems: Mapping[str, str] | None = None, typed: Mapping[str, str] | None = None,
    new: NewLink | None = None, refused: str = "",
) -> str:  # fmt: skip
    """``refused``: the report whose taking over was refused; its form keeps what was typed."""
    settings, session = wiring().settings, desk.session
    days = str(min(settings.link_days, settings.link_days_most))
    return render_template(
        "link_desk.html", desk=desk, line=inbox_line(desk.opened.row, desk.session.connection.iss),
        referral=desk.referral, said=said,
        problems=problems or {}, typed=typed or {"days": days}, most=settings.link_days_most, new=new,
        able=desk.signed is not None and desk.referral.is_open,
        bad=bool(problems or refused), launch_id=session.launch_id, token=form_token(session.launch_id),
        refused=refused, **report_values(session, desk.referral, desk.role),
    )  # fmt: skip


def report_values(session: LaunchSession, referral: ReferralTask, role: Role) -> dict[str, object]:
    """What the part of a page with the therapist's reports is filled with."""
    may_note = Action.CONTACT in {move.action for move in moves(referral, role, told=True)}
    patient_key = f"{session.connection.iss}/{referral.patient}"
    return {
        "links": links_of_patient(patient_key),
        "reports": reports_for(patient_key, referral, role), "may_note": may_note,
        "patient_of_form": session.patient,
        "longest_answer": LONGEST,
    }  # fmt: skip
