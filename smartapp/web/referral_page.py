"""One referral as its page: limits first, what is open to the user, clocks, packet, papers and history."""

from flask import render_template, request

from smartapp.core.dates import age_on
from smartapp.core.proposal import Role
from smartapp.core.referral import ReferralTask
from smartapp.core.referral_clocks import clocks
from smartapp.core.referral_moves import moves
from smartapp.core.referral_packet import Need, PacketItem, question
from smartapp.ehr.referral_packet import packet_of
from smartapp.ehr.referrals import OpenedReferral
from smartapp.web.catalog import _
from smartapp.web.link_desk import report_values
from smartapp.web.reading import client_of
from smartapp.web.receipt import PACKET_COPIES, PAPERS_TO_PRINT
from smartapp.web.referral_list import inbox_line
from smartapp.web.referral_session import of_session
from smartapp.web.referral_steps import undo_left
from smartapp.web.sessions import LaunchSession, chart_link
from smartapp.web.signatures import Signed, plan_of_patient
from smartapp.web.wiring import wiring


def signed_plan(session: LaunchSession, opened: OpenedReferral) -> Signed | None:
    """The plan, if it was signed in this Loadpath, takes effect and can be read."""
    found = opened.row.referral
    signed = plan_of_patient(session.connection.iss, found.patient, found.plan_id) if found.patient else None
    return signed if signed and not signed.why and signed.record.signed.active else None


def referral_page(session: LaunchSession, opened: OpenedReferral, said: str = "", problem: str = "") -> str:
    """``problem``: the move that was refused; its form keeps what was typed."""
    line, today = inbox_line(opened.row, client_of(session).base), wiring().today()
    found, person, packet = opened.row.referral, opened.row.patient, _packet(session, opened)
    return render_template(
        "referral.html", before=_before(found), line=line, referral=found, patient=person, opened=opened,
        moves=moves(found, Role.COORDINATOR), clocks=clocks(found), today=today, said=said, problem=problem,
        sent=request.form if problem else {}, age=age_on(person.birth, today) if person and person.birth else None,
        packet=packet, by_need={item.need: item for item in packet}, needs=Need, asks=question(packet),
        undo=undo_left(session, found), papers=PAPERS_TO_PRINT if signed_plan(session, opened) else (),
        copies=PACKET_COPIES,
        chart=chart_link(session.issuer, found.patient if line.here else f"Task/{found.id}", found.patient),
        **of_session(session), **report_values(session, found, Role.COORDINATOR),
    )  # fmt: skip


def _packet(session: LaunchSession, opened: OpenedReferral) -> tuple[PacketItem, ...]:
    settings, grants = wiring().settings, session.connection.grants
    return packet_of(client_of(session), grants, opened, settings.referrer_npi, settings.clinic_phone)


def _before(found: ReferralTask) -> dict[str, str]:
    """How far the referral was that this one replaces."""
    old = found.before
    if old is None:
        return {}
    days = ((old.visited, _("visited on")), (old.booked, _("booked for")))
    otherwise = _("accepted") if old.accepted else _("being worked on")
    return {"said": next((f"{words} {day}" for day, words in days if day), otherwise)}
