"""A session and a signed plan -> the outbox: what is planned here, what is kept at signing, and what goes out now."""

import logging
from collections.abc import Sequence
from contextlib import suppress

from flask import current_app, g, has_request_context

from smartapp.archive import Record, facts_beside
from smartapp.core.permissions import check_can_write, unsupported
from smartapp.core.proposal import SignedPlan
from smartapp.ehr.deliver.engine import RETRACT, WRITE, DeliveryProgress, deliver, items_of
from smartapp.ehr.deliver.find import older_records
from smartapp.ehr.deliver.items import LANDED, OutboxItem, WriteStatus
from smartapp.ehr.deliver.methods import ARTIFACTS, PlannedWrite, WriteMethod, choose_methods, read_site
from smartapp.ehr.deliver.plan import artifacts_of, build_items, delivery_job, make_write_plan
from smartapp.ehr.launch.connection import Connection
from smartapp.errors import LoadpathError, NotPermitted
from smartapp.fhir import audit_event as audit
from smartapp.knowledge import installed
from smartapp.store import Session, Signature, Undelivered
from smartapp.web import ledger
from smartapp.web.about import review_status
from smartapp.web.audit import note
from smartapp.web.catalog import _
from smartapp.web.launch import charts
from smartapp.web.review_context import ReviewContext, load_review
from smartapp.web.sessions import LaunchSession
from smartapp.web.signatures import Signed, newest_plan, signed_of, signed_plans
from smartapp.web.signed import Lost
from smartapp.web.wiring import wiring

log = logging.getLogger("smartapp.web.outbox")

TOLD_EVERY = 3600.0  # seconds between two such lines on one plan (ours)


def planned_writes(session: LaunchSession, artifacts: Sequence[str] = ARTIFACTS) -> tuple[PlannedWrite, ...]:
    """What will happen here when somebody signs, from what is known of the EHR without asking it again."""
    capabilities = wiring().capabilities.of(session.issuer)
    return choose_methods(capabilities, session.connection.grants, read_site(session.issuer.site), artifacts)


def record_for(
    context: ReviewContext, signed: SignedPlan, lost: Lost | None, reason: str
) -> tuple[Record, tuple[OutboxItem, ...]]:
    """What the store keeps of a signature before anything leaves: the plan, the decisions about this EHR, the items.

    ``lost``: the plan of the same content that the chart has lost, with the ``reason`` to sign it again.
    """
    made, session = wiring(), context.session
    connection, capabilities = session.connection, made.capabilities.of(session.issuer)
    encounter = f"Encounter/{connection.context.encounter}" if connection.context.encounter else ""
    write_plan = make_write_plan(
        capabilities, connection.grants, read_site(session.issuer.site), encounter=encounter,
        note_replaces=_last_note(session), basis=_basis(), systems=made.systems,
        artifacts=artifacts_of(signed.proposal, signed.active, signed.signs),
    )  # fmt: skip
    older = older_records(
        charts().client(session.launch_id, connection), signed, context.read.resources, made.systems,
        has_tasks=capabilities.can("Task", "search-type") and connection.grants.may("Task", "s"),
        missing=lost.missing if lost else (),
    )  # fmt: skip
    items = build_items(
        signed, write_plan, made.knowledge, connection.iss, made.settings.base_url, older, capabilities
    )  # fmt: skip
    again = (lost.kept.plan_id, reason) if lost else ("", "")
    return Record(signed, write_plan, session.issuer.key, *again, facts_beside(signed, context.chart)), items


def knowledge_signed_with() -> tuple[str, dict[str, str]]:
    """Version and files: with both, what is signed can be made again whatever becomes of the installed ones."""
    files = installed(wiring().settings.site_knowledge)
    return files.version, files.whole


def _basis() -> tuple[str, ...]:
    knowledge = wiring().knowledge
    return (f"Rules of version {knowledge.version}: {review_status(knowledge)}. Clinical judgement decides.",)


def _last_note(session: LaunchSession) -> str:
    """The note a new one replaces: that of the newest plan signed here for this patient and not taken back."""
    if not any(p.method is WriteMethod.NOTE for p in planned_writes(session)):
        return ""
    kept = (one for one in signed_plans(session) if not one.kept.retired)
    return next((s.reference for one in kept for s in one.items if s.is_document and s.status in LANDED), "")


def signed_here_before(session: LaunchSession, fingerprint: str) -> Signature | None:
    """What was signed from this very page: a second press, a reload, or a step back in the browser."""
    kept = wiring().store.records.signatures_of(session.patient_key)
    here = (k for k in kept if k.current and k.launch_id == session.launch_id)
    return next((k for k in here if k.fingerprint == fingerprint), None)


def obstacle(context: ReviewContext, one: Signed, last: Signed | None) -> str:
    """Why this plan is not sent from this session now, as a sentence; empty if it is (decision 0022)."""
    try:
        check_can_write(context.signer, active=one.opened is not None and one.opened.signed.active)
    except NotPermitted as error:
        return str(error)
    if one.untouched and last is not None and last.kept.id != one.kept.id:
        return _("A newer plan was signed since: this one is not sent any more.")
    if one.untouched and (stop := unsupported(context.assessment)):
        return _("It is not sent, because today's chart does not support it. %(stop)s", stop=stop)
    if one.kept.launch_id == context.session.launch_id:
        return ""
    grants = context.session.connection.grants
    lacking = {s.kind for s in one.items if s.sendable and not grants.may(s.kind, "u" if s.ends_something else "c")}
    return _("This session has no permission to write %(what)s.", what=", ".join(sorted(lacking))) if lacking else ""


def send(launch_id: str, connection: Connection, one: Signed, purpose: str = WRITE) -> DeliveryProgress:
    """Go on with a kept plan from this session, as far as the EHR lets it go now. Safe at any time."""
    record = one.record
    if has_request_context():
        # Whatever goes wrong from here on, the page must not say that nothing was done.
        g.under_way, g.known = one.kept.plan_id, _("Your signature is kept; its receipt says where the plan is.")
    client = charts().client(launch_id, connection)
    job = delivery_job(one.kept.id, record.signed, record.write_plan, purpose)
    progress = deliver(job, client, wiring().store.outbox, wiring().clock)
    ledger.settle_quietly(one.kept.id)
    return progress


def take_up(context: ReviewContext, seconds: float) -> None:
    """Send in the background what waits of this patient's plans, and wait a moment for it, so that the page knows."""
    signed = signed_plans(context.session)
    last = newest_plan(signed)
    if not any(one.goes_on and not obstacle(context, one, last) for one in signed if not one.kept.retired):
        return
    app = current_app._get_current_object()  # type: ignore[attr-defined]

    def act() -> None:
        with app.app_context():
            send_what_waits(context)

    with suppress(TimeoutError):
        wiring().pools.of(context.session.connection.iss).submit(act).result(timeout=seconds)


def send_what_waits(context: ReviewContext) -> bool:
    """Every plan of this patient that was signed and has not reached the chart, from this session, the oldest first;
    whether anything of them is there now that was not."""
    session, landed_now = context.session, False
    signed = signed_plans(session)
    last = newest_plan(signed)
    for one in reversed(signed):
        if one.why or one.kept.retired or not one.goes_on or obstacle(context, one, last):
            continue
        if one.kept.launch_id != session.launch_id:
            lend_access(session, one)
        before = sum(item.status in LANDED for item in one.items)
        try:
            progress = send(session.launch_id, session.connection, one)
        except Exception:
            log.exception("a plan could not be taken up", extra={"event": "outbox", "plan": one.kept.plan_id})
            continue
        landed_now |= sum(item.status in LANDED for item in progress.items) > before
    if landed_now:
        charts().start(session.launch_id, session.connection)
    return landed_now


def lend_access(session: LaunchSession, one: Signed) -> None:
    """This session lends its access to a plan that was signed in another one; the audit trail says who did."""
    made = wiring()
    with made.store.transaction():
        if made.store.backlog.carry(one.kept.id, session.launch_id):
            note(audit.lending_event, session.connection, one.kept.plan_id)


def resume() -> int:
    """Go on with everything that waits and for which a session of its patient is open; returns how many were taken up.

    One that cannot be read or meets a fault is logged and stops no other.
    """
    made, taken = wiring(), 0
    for waiting in made.store.backlog.undelivered():
        if not waiting.goes_on or waiting.left_to_its_signer(made.clock()):
            continue
        try:
            taken += _resume(waiting)
        except LoadpathError as error:
            log.warning("not resumed", extra={"event": type(error).__name__, "plan": waiting.plan_id})
        except Exception:
            log.exception("a plan could not be taken up", extra={"event": "outbox", "plan": waiting.plan_id})
    return taken


def _resume(waiting: Undelivered) -> bool:
    store = wiring().store
    kept = store.records.signature(waiting.id)
    one = signed_of(kept) if kept else None
    session = next(filter(None, map(_session, waiting.launches)), None)
    if one is None or one.why or session is None:
        return False
    launch_id, connection = session
    if _obstacle_here(launch_id, connection, one):
        return False
    for purpose in (WRITE, RETRACT):
        if items_of(store.outbox, waiting.id, purpose):
            send(launch_id, connection, one, purpose)
    return True


def _session(launch_id: str) -> tuple[str, Connection] | None:
    try:
        kept = wiring().store.sessions.connection_of(launch_id)
        return (launch_id, Connection.from_json(kept)) if kept else None
    except (LoadpathError, TypeError, KeyError) as error:
        log.warning("a session cannot be read", extra={"event": type(error).__name__})
        return None


def _obstacle_here(launch_id: str, connection: Connection, one: Signed) -> str:
    """The same question as on a page, by the chart as this session has it; without one, nothing speaks against."""
    read = charts().load(launch_id)
    if read is None:
        return ""
    issuer = wiring().smart.issuer_of(connection.issuer)
    context = load_review(LaunchSession(launch_id, connection, issuer, Session(launch_id, issuer.key)), read)
    return obstacle(context, one, newest_plan(signed_plans(context.session)))


def report_overdue() -> None:
    """Say in the log, at level error, which plans have waited too long; once an hour each, of all workers."""
    made = wiring()
    for waiting in made.store.backlog.undelivered():
        # A person knows of what is to be done by hand: the receipt says so.
        by_hand = set(waiting.statuses) == {WriteStatus.MANUAL} and not waiting.doubtful
        if waiting.overdue(made.clock()) and not by_hand and made.store.backlog.tell(waiting.id, TOLD_EVERY):
            log.error(
                "a signed plan has not reached the chart for %d minutes: smartapp outbox list",
                (made.clock() - waiting.signed) / 60, extra={"event": "outbox-overdue", "plan": waiting.plan_id},
            )  # fmt: skip
