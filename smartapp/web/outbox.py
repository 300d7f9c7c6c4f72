"""A session and a signed plan -> the outbox: what is planned here, what goes out now, and its lines in words."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import current_app, g, has_request_context

from smartapp.archive import Record, kept_json
from smartapp.core.proposal import SignedPlan
from smartapp.ehr.deliver.delivery import WRITE, Progress, deliver, steps_of
from smartapp.ehr.deliver.fallback import PlannedWrite, ladder
from smartapp.ehr.deliver.find import open_tasks, replaced
from smartapp.ehr.deliver.items import LANDED, OutboxItem, WriteStatus
from smartapp.ehr.deliver.methods import WriteMethod, read_site
from smartapp.ehr.deliver.retract import RETRACT
from smartapp.ehr.deliver.standing import without
from smartapp.ehr.deliver.writing import first_steps, job, writing_for
from smartapp.ehr.launch.connection import Connection
from smartapp.errors import LoadpathError
from smartapp.fhir import audit_event as audit
from smartapp.fhir import build as bundles
from smartapp.store import OutboxRow, Session, Signature, Undelivered
from smartapp.web.about import review_status
from smartapp.web.audit import note
from smartapp.web.launch import readings
from smartapp.web.review_context import ReviewContext, load_review
from smartapp.web.sessions import LaunchSession, chart_link
from smartapp.web.signed import Lost, Signed, history, newest, obstacle, signed_of
from smartapp.web.wiring import wiring

log = logging.getLogger("smartapp.web.outbox")

TOLD_EVERY = 3600.0  # seconds between two such lines on one plan (ours)

STATES: Mapping[WriteStatus, str] = {
    WriteStatus.WAITING: "Not sent yet",
    WriteStatus.SENDING: "Being sent",
    WriteStatus.UNKNOWN: "Not known whether it arrived",
    WriteStatus.DOUBTFUL: "Doubtful: look in the chart",
    WriteStatus.WRITTEN: "In the chart",
    WriteStatus.FOUND: "Was in the chart already",
    WriteStatus.FAILED: "Not in the chart",
    WriteStatus.CONFLICT: "Changed by somebody else meanwhile",
    WriteStatus.MANUAL: "To be done by hand",
    WriteStatus.CONFIRMED: "In the chart, as a person confirmed",
    WriteStatus.DROPPED: "Not taken by the EHR",
}
WAS_THERE = "Was put into the chart"
RUNGS: Mapping[WriteMethod, str] = {
    WriteMethod.TRANSACTION: "written in one step with the others",
    WriteMethod.CREATE: "written by itself",
    WriteMethod.NOTE: "in a note",
    WriteMethod.MESSAGE: "in a message",
    WriteMethod.COPY: "as a copy",
}
ORDER = (
    "CarePlan",
    "ServiceRequest",
    "Task",
    "DocumentReference",
    "Communication",
    "Goal",
    "Provenance",
)  # as a clinician asks


@dataclass(frozen=True)
class Line:
    """One artifact of the receipt in words."""

    kind: str
    title: str
    identifier: str
    rung: str
    state: str
    reference: str
    version: str
    detail: str
    link: str


def planned(session: LaunchSession) -> tuple[PlannedWrite, ...]:
    """What will happen here when somebody signs, from what is known of the EHR without asking it again."""
    capabilities = wiring().capabilities.of(session.issuer)
    return ladder(capabilities, session.connection.grants, read_site(session.issuer.site))


def record_for(
    session: LaunchSession,
    signed: SignedPlan,
    previous: Sequence[Mapping[str, Any]],
    lost: Lost | None = None,
    reason: str = "",
) -> tuple[dict[str, object], list[OutboxRow]]:
    """What the store keeps of a signature before anything leaves: the plan, the decisions about this EHR, the rows."""
    made, connection = wiring(), session.connection
    capabilities = made.capabilities.of(session.issuer)
    encounter = f"Encounter/{connection.context.encounter}" if connection.context.encounter else ""
    writing = writing_for(
        capabilities, connection.grants, read_site(session.issuer.site), encounter=encounter,
        note_replaces=_last_note(session), basis=_basis(), systems=made.systems,
    )  # fmt: skip
    if signed.replaces and not previous:
        previous = replaced(readings().client(session.launch_id, connection), signed)
    if capabilities.can("Task", "search-type") and connection.grants.may("Task", "s"):
        previous = [*previous, *open_tasks(readings().client(session.launch_id, connection), previous, made.systems)]
    if lost:
        previous = [without(resource, lost.missing) for resource in previous]
    bundle = bundles.build(
        signed, made.knowledge, connection.iss, made.settings.base_url, encounter=encounter, previous=previous,
        by_tag=bundles.without_identifier_search(capabilities.search_parameters),
        with_task=writing.of("Task") is not None, systems=made.systems,
    )  # fmt: skip
    rows = [step.to_row() for step in first_steps(bundle, signed, writing)]
    return kept_json(
        Record(signed, writing, session.issuer.key, lost.kept.plan_id if lost else "", reason if lost else "")
    ), rows


def _basis() -> tuple[str, ...]:
    knowledge = wiring().knowledge
    return (f"Rules of version {knowledge.version}: {review_status(knowledge)}. Clinical judgement decides.",)


def _last_note(session: LaunchSession) -> str:
    """The note a new one replaces: that of the newest plan signed here for this patient and not taken back."""
    if not any(p.rung is WriteMethod.NOTE for p in planned(session)):
        return ""
    standing = (one for one in history(session) if not one.kept.retired)
    notes = (s.reference for one in standing for s in one.steps if s.carries and s.landing in LANDED)
    return next(notes, "")


def signed_here_before(session: LaunchSession, fingerprint: str) -> Signature | None:
    """What was signed from this very page: a second press, a reload, or a step back in the browser."""
    kept = wiring().store.records.signatures_of(session.patient_key)
    here = (k for k in kept if k.current and k.launch_id == session.launch_id)
    return next((k for k in here if k.fingerprint == fingerprint), None)


def send(launch_id: str, connection: Connection, one: Signed, purpose: str = WRITE) -> Progress:
    """Go on with a kept plan from this session, as far as the EHR lets it go now. Safe at any time."""
    record = one.record
    if has_request_context():
        # Whatever goes wrong from here on, the page must not say that nothing was done.
        g.under_way, g.known = one.kept.plan_id, "Your signature is kept; its receipt says where the plan is."
    client = readings().client(launch_id, connection)
    return deliver(
        job(one.kept.id, record.signed, record.writing, purpose), client, wiring().store.outbox, wiring().clock
    )


def take_up(context: ReviewContext, seconds: float) -> None:
    """Send in the background what waits of this patient's plans, and wait a moment for it, so that the page knows."""
    signed = history(context.session)
    last = newest(signed)
    if not any(one.goes_on and not obstacle(context, one, last) for one in signed if not one.kept.retired):
        return
    app = current_app._get_current_object()  # type: ignore[attr-defined]

    def act() -> None:
        with app.app_context():
            send_what_waits(context)

    with suppress(TimeoutError):
        wiring().executor.submit(act).result(timeout=seconds)


def send_what_waits(context: ReviewContext) -> bool:
    """Every plan of this patient that was signed and has not reached the chart, from this session, the oldest first;
    whether anything of them is there now that was not."""
    session, landed_now = context.session, False
    signed = history(session)
    last = newest(signed)
    for one in reversed(signed):
        if one.why or one.kept.retired or not one.goes_on or obstacle(context, one, last):
            continue
        if one.kept.launch_id != session.launch_id:
            carry(session, one)
        before = sum(step.landing in LANDED for step in one.steps)
        try:
            progress = send(session.launch_id, session.connection, one)
        except Exception:
            log.exception("a plan could not be taken up", extra={"event": "outbox", "plan": one.kept.plan_id})
            continue
        landed_now |= sum(step.landing in LANDED for step in progress.steps) > before
    if landed_now:
        readings().start(session.launch_id, session.connection)
    return landed_now


def carry(session: LaunchSession, one: Signed) -> None:
    """This session lends its access to a plan that was signed in another one; the audit trail says who did."""
    made = wiring()
    with made.store.transaction():
        if made.store.backlog.carry(one.kept.id, session.launch_id):
            note(audit.carried, session.connection, one.kept.plan_id)


def resume() -> int:
    """Go on with everything that waits and for which a session of its patient is open; returns how many were taken up.

    One that cannot be read or meets a fault is logged and stops no other.
    """
    made, taken = wiring(), 0
    for waiting in made.store.backlog.undelivered():
        if not waiting.goes_on:
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
    if _held(launch_id, connection, one):
        return False
    for purpose in (WRITE, RETRACT):
        if steps_of(store.outbox, waiting.id, purpose):
            send(launch_id, connection, one, purpose)
    return True


def _session(launch_id: str) -> tuple[str, Connection] | None:
    try:
        kept = wiring().store.sessions.connection_of(launch_id)
        return (launch_id, Connection.from_json(kept)) if kept else None
    except (LoadpathError, TypeError, KeyError) as error:
        log.warning("a session cannot be read", extra={"event": type(error).__name__})
        return None


def _held(launch_id: str, connection: Connection, one: Signed) -> str:
    """The same question as on a page, by the chart as this session has it; without one, nothing speaks against."""
    read = readings().load(launch_id)
    if read is None:
        return ""
    issuer = wiring().smart.issuer_of(connection.issuer)
    context = load_review(LaunchSession(launch_id, connection, issuer, Session(launch_id, issuer.key)), read)
    return obstacle(context, one, newest(history(context.session)))


def overdue() -> None:
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


def lines(steps: Sequence[OutboxItem], session: LaunchSession, past: bool = False) -> Iterator[Line]:
    """``past``: the chart no longer has the plan as it was written."""

    def rank(step: OutboxItem) -> int:
        return ORDER.index(step.kind) if step.kind in ORDER else len(ORDER)

    shown = [s for s in sorted(steps, key=rank) if s.landing is not WriteStatus.DROPPED or not s.carries]
    for _, alike in groupby(shown, _fate):
        first, *others = [step.told for step in alike]
        title, number = "; ".join(told.title for told in (first, *others)), 1 + len(others)
        yield Line(
            first.kind if number == 1 else f"{number} {first.kind}s", title,
            " ".join(told.identifier for told in (first, *others)), RUNGS[WriteMethod(first.rung)],
            WAS_THERE
            if past and WriteStatus(first.state) in LANDED
            else STATES.get(WriteStatus(first.state), first.state),
            first.reference, first.version, first.detail,
            chart_link(session.issuer, first.reference, session.patient),
        )  # fmt: skip


def _fate(step: OutboxItem) -> tuple[str, ...]:
    """Goals that went the same way are one line; everything else, and whatever has a place of its own, is its own."""
    alone = step.kind != "Goal" or step.reference.startswith("Goal/")
    told = step.told
    return (told.kind, told.identifier if alone else "", told.rung, told.state, told.reference, told.detail)
