"""A referral that ended without therapy, sent again by who may sign: the same order, asked for by a new Task.

Where the EHR has the Task, the new one is one item more of the signed plan's outbox: it is sent once, looked for where
its answer was lost, taken back with the plan. Where Loadpath keeps the referral, it keeps the new one.
"""

from dataclasses import replace

from smartapp.core.permissions import check_can_sign, unsupported
from smartapp.core.proposal import Role, Signer
from smartapp.core.referral import ReferralTask
from smartapp.core.referral_moves import can_send_again, check_send_again
from smartapp.ehr.deliver.choices import add_task, apply_choice
from smartapp.ehr.deliver.items import LANDED
from smartapp.ehr.ledger import content_again, kept_referral
from smartapp.ehr.referrals import OpenedReferral, referrals_of
from smartapp.errors import EhrConflict, EhrRejected, EhrUnavailable, ReviewError
from smartapp.fhir.audit_event import kept_referral_event
from smartapp.fhir.build import without_identifier_search
from smartapp.fhir.build.bundle import create_entry
from smartapp.fhir.referral_again import sent_again
from smartapp.store import Whose
from smartapp.web import outbox
from smartapp.web.audit import audit_context, keep
from smartapp.web.catalog import Lazy, _
from smartapp.web.launch import charts
from smartapp.web.reading import client_of, moved
from smartapp.web.referral_session import mover_of
from smartapp.web.review_context import load_review
from smartapp.web.sessions import LaunchSession
from smartapp.web.signatures import Signed, newest_plan, signed_plans
from smartapp.web.wiring import wiring

STAYS = Lazy("The EHR does not have this order as active any more: sign the plan again.")
ELSEWHERE = Lazy("The plan that counts was not signed in this Loadpath, or is another one: what to do is on its page.")


def may_send_again(session: LaunchSession, referral: ReferralTask, role: Role) -> bool:
    """Whether its button is shown; what else speaks against it is told to who presses it."""
    return can_send_again(referral, role) and _plan(session, referral) is not None


def send_again(session: LaunchSession, opened: OpenedReferral, role: Role, receiver: str) -> None:
    """Once, however often it is asked for. Raises ReviewError, EhrError with why not."""
    made, client, referral = wiring(), client_of(session), opened.row.referral
    user = session.connection.user
    check_can_sign(Signer(user.reference, user.name, role), active=True)
    rows = referrals_of(client, session.connection.context.patient, made.systems).rows
    newest = rows[0].referral if rows else referral  # an index that lags may show none; sent twice it is one
    if newest.again == referral.id:
        return
    check_send_again(referral, role, receiver)
    signed = _plan(session, referral)
    if signed is None or newest.id != referral.id:
        raise ReviewError(ELSEWHERE)
    if opened.order.get("status") != "active":
        raise EhrRejected(STAYS)
    if stop := _unsupported(session):
        raise ReviewError(_("It is not sent, because today's chart does not support it. %(stop)s", stop=stop))
    task = sent_again(opened.task, referral, receiver, mover_of(session, client), made.systems)
    if task is None:
        raise ReviewError(_("This order was sent as often as it can be. Sign a new plan."))
    if opened.row.here:
        _keep(session, referral, task)
    else:
        _send(session, signed, task)
    moved(session)


def _plan(session: LaunchSession, referral: ReferralTask) -> Signed | None:
    """The plan it asks for, if that is the newest that was signed here, and takes effect."""
    last = newest_plan(signed_plans(session))
    stands = last and not last.why and last.kept.plan_id == referral.plan_id and last.record.signed.active
    return last if stands else None


def _unsupported(session: LaunchSession) -> str:
    read = charts().load(session.launch_id)
    if read is None:
        raise ReviewError(_("The chart is not there yet: open the plan first."))
    return unsupported(load_review(session, read).assessment)


def _send(session: LaunchSession, signed: Signed, task: dict[str, object]) -> None:
    made = wiring()
    searchable = made.capabilities.of(session.issuer).search_parameters
    entry = create_entry(task, made.systems, without_identifier_search(searchable))
    identifier = str(entry["request"]["ifNoneExist"]).rpartition("|")[2]
    made.store.outbox.open_again(signed.kept.id)
    if not apply_choice(made.store.outbox, signed.kept.id, add_task(entry, identifier)):
        raise EhrConflict(_("Something of this plan is being written at this moment. Try again."))
    progress = outbox.send(session.launch_id, session.connection, signed)
    item = next(each for each in progress.items if each.identifier == identifier)
    if item.sendable:
        raise EhrUnavailable(
            _("%(detail)s Loadpath goes on with it; the receipt of the plan shows how far it is.", detail=item.detail)
        )
    if item.status not in LANDED:
        raise EhrRejected(_("It was not sent. %(detail)s", detail=item.detail))


def _keep(session: LaunchSession, referral: ReferralTask, task: dict[str, object]) -> None:
    made, whose = wiring(), Whose(session.connection.iss)
    row = made.store.referrals.read(whose, referral.id)
    if row is None:
        return
    content = content_again(row.content, task, whose.base, f"{referral.plan_id} {referral.sending + 1}")
    with made.store.transaction():
        if made.store.referrals.place(whose, kept_referral(content, made.systems)):
            scene = replace(audit_context(made, session.connection), patient=referral.patient)
            keep(made, [kept_referral_event(scene, f"Task/{content['task']['id']}", "C")])
