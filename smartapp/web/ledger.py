"""A session and the referrals of its EHR: those kept here, and the Tasks of the EHR as rows that are kept up to date.

A signed plan whose order is delivered and whose EHR has no Task for it gets its referral here, in the transaction that
ends the waiting for it: whoever comes first makes it, and nobody makes it twice (decision 0049).
"""

import logging
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace

from smartapp.archive import Record
from smartapp.ehr.client import AuditedClient
from smartapp.ehr.deliver.engine import items_of
from smartapp.ehr.deliver.items import OutboxItem
from smartapp.ehr.deliver.plan import referral_task
from smartapp.ehr.issuers import Issuer
from smartapp.ehr.launch.tokens import TokenKeeper
from smartapp.ehr.ledger import (
    Ledger,
    LedgerClient,
    ended,
    kept_referral,
    ledger_content,
    placing,
    with_before,
)
from smartapp.ehr.reconcile import FRESH, PAGES, Reader, is_due, read_tasks
from smartapp.errors import LoadpathError
from smartapp.fhir.audit_event import AuditContext
from smartapp.fhir.build.identifiers import part_value
from smartapp.fhir.json import as_object, as_objects
from smartapp.store import Reading, Signature, Whose
from smartapp.web.audit import audit_context, keep, scenes
from smartapp.web.sessions import LaunchSession
from smartapp.web.signed import newest_plan, signed_of
from smartapp.web.wiring import wiring

log = logging.getLogger("smartapp.web.ledger")

WAITS = 3.0  # seconds a page waits for what has changed; then it shows what is there, and how old (ours)
FIRST_WAITS = 20.0  # the same where nothing is there yet (ours)
BY_ITSELF = 60.0  # seconds between two readings without a person (ours)
STALE = 900.0  # seconds after which a list that was to be read without a person is read by whoever looks (ours)
SITE = "site"  # the reader whose access is Loadpath's own: what it read, every coordinator sees
FORGET = 30 * 86400.0  # seconds after which what was read is forgotten where nobody has looked (ours)


def client_of(session: LaunchSession) -> LedgerClient:
    """A client of this session, with the referrals kept here among its Tasks."""
    made, connection = wiring(), session.connection
    ledger = Ledger(made.store.referrals, whose_of(session), made.systems, has_tasks(session))
    return LedgerClient(
        *_door(session), audit_context=scenes(made, connection), keep=lambda events: keep(made, events), ledger=ledger
    )


def _door(session: LaunchSession, pages: int = 0) -> tuple[object, ...]:
    made, connection = wiring(), session.connection
    keeper = TokenKeeper(made.store.tokens, made.smart, session.launch_id, connection, made.clock)
    return made.http_client, connection.iss, keeper, pages or made.settings.pages


def whose_of(session: LaunchSession) -> Whose:
    connection = session.connection
    return Whose(session.issuer.key, connection.iss, connection.user.reference or session.launch_id)


def has_tasks(session: LaunchSession) -> bool:
    """Whether the EHR lets this session search its Tasks, as far as it says."""
    capabilities = wiring().capabilities.of(session.issuer)
    offered = capabilities.can("Task", "search-type") or not capabilities.declared
    return offered and session.connection.grants.may("Task", "s")


# -- what was read of the EHR


@dataclass(frozen=True)
class Freshness:
    """``at``: when the Tasks of the EHR were read, in seconds since the epoch; None where it has none to read."""

    at: float | None
    missing: tuple[str, ...] = ()


def list_of(session: LaunchSession) -> Whose:
    """Whose reading of the EHR this person is shown: where the site grants Loadpath access of its own, what that
    brought; else, and where that is too old, what the EHR showed to this very person."""
    made, issuer = wiring(), session.issuer
    own = Whose(issuer.key, issuer.iss, SITE)
    if issuer.backend and made.clock() - made.store.referrals.reading(own).read_at <= STALE:
        return own
    return whose_of(session)


def refresh(session: LaunchSession, whose: Whose, forced: bool = False) -> Freshness:
    """Read what has changed, if it is time, and wait a moment for it. Raises SessionEnded."""
    made = wiring()
    by_itself = whose.reader == SITE
    if not by_itself and not has_tasks(session):
        offered = made.capabilities.of(session.issuer).can("Task", "search-type")
        return Freshness(None, (NO_RIGHT,) if offered else ())
    before, now = made.store.referrals.reading(whose), made.clock()
    opened = session.kept.expires - made.settings.session_absolute_seconds
    at_once = forced or (not by_itself and before.read_at <= opened)
    if is_due(before, now, 0.0 if at_once else FRESH + BY_ITSELF if by_itself else FRESH):
        reader = _reader_by_itself(session.issuer) if by_itself else _reader(session)
        _read(reader, WAITS if before.read_at else FIRST_WAITS)
    return _freshness(made.store.referrals.reading(whose))


TAKEN_BACK = "The plan was taken back."
NO_RIGHT = "The referrals in the EHR are not among them: it did not grant the right to search its Tasks."
NEVER = "The referrals of the EHR are being read for the first time. Look again in a moment."


def _freshness(reading: Reading) -> Freshness:
    problem = (f"Not read again since: {reading.problem}",) if reading.problem else ()
    return Freshness(reading.read_at, (*(() if reading.read_at else (NEVER,)), *problem, *reading.missing))


def _reader(session: LaunchSession) -> Reader:
    made = wiring()
    client = AuditedClient(
        *_door(session, PAGES), audit_context=scenes(made, session.connection), keep=lambda events: keep(made, events)
    )
    return Reader(client, made.store.referrals, whose_of(session), made.systems, made.clock)


def _reader_by_itself(issuer: Issuer) -> Reader:
    made = wiring()
    begun = audit_context(made)

    def scene() -> AuditContext:
        who = {"client_id": issuer.by_itself.client_id, "user_name": "Loadpath by itself, without a person"}
        return replace(begun, at=made.clock(), iss=issuer.iss, **who)

    client = AuditedClient(
        made.http_client, issuer.iss, made.smart.by_itself(issuer), PAGES,
        audit_context=scene, keep=lambda events: keep(made, events),
    )  # fmt: skip
    return Reader(client, made.store.referrals, Whose(issuer.key, issuer.iss, SITE), made.systems, made.clock)


def _read(reader: Reader, seconds: float) -> None:
    with suppress(TimeoutError):
        wiring().executor.submit(read_tasks, reader).result(timeout=seconds)


def read_by_itself(seconds: float = 0.0) -> None:
    """Read every EHR that grants Loadpath access of its own, each as often as it takes it, without waiting for any
    longer than that: an EHR that is slow must not keep a plan from being delivered."""
    made = wiring()
    for issuer in made.smart.issuers:
        whose = Whose(issuer.key, issuer.iss, SITE)
        if not (issuer.backend and issuer.roles.coordinators):
            continue
        if is_due(made.store.referrals.reading(whose), made.clock(), BY_ITSELF):
            started = made.executor.submit(read_tasks, _reader_by_itself(issuer))
            started.add_done_callback(_log_fault)
            if seconds:
                started.result(timeout=seconds)


def _log_fault(done: Future[bool]) -> None:
    """What the EHR answered stands with the reading; a fault of ours stands in the log."""
    error = done.exception()
    if error is not None:
        log.error("referrals were not read: %s", type(error).__name__, extra={"event": "reading"})


def moved(session: LaunchSession) -> None:
    """Somebody of us has moved a referral: the list is read again before it is shown."""
    age = FRESH + BY_ITSELF + 1
    for reader in (whose_of(session).reader, SITE):
        wiring().store.referrals.doubt_reading(whose_of(session)._replace(reader=reader), age)


# -- where the referral of a signed plan is kept


def await_order(signature: Signature, record: Record, items: tuple[OutboxItem, ...]) -> None:
    """In the transaction of the signature: its order, once delivered, needs a referral somewhere."""
    made, signed = wiring(), record.signed
    task = referral_task(signed, record.write_plan, made.knowledge, items, made.settings.base_url)
    if task is not None:
        made.store.referrals.await_order(signature.id, task)


def settle(signature_id: str) -> bool:
    """Keep the referral of this plan here, if its order is delivered and the EHR has no Task for it; whether it is
    known now where the referral is. Safe at any time, by any worker, any number of times."""
    store = wiring().store
    task, kept = store.referrals.awaited_task(signature_id), store.records.signature(signature_id)
    if task is None:
        return True
    one = signed_of(kept) if kept else None
    if one is None or one.opened is None:
        return False
    items = items_of(store.outbox, signature_id)
    found = placing(items, one.kept.plan_id)
    if not (found.known or one.kept.retired):
        return False
    with store.transaction():
        if store.referrals.forget_awaited(signature_id) and not one.kept.retired:
            _place(one.kept, one.record, task if found.here else None, items)
    return True


def _place(kept: Signature, record: Record, task: dict[str, object] | None, items: tuple[OutboxItem, ...]) -> None:
    """What a newer plan has replaced is ended; of a plan that a newer one has replaced already nothing is kept."""
    made, signed = wiring(), record.signed
    whose = _whose(record)
    patient = signed.proposal.assessment.chart.patient
    everything = made.store.records.signatures_of(f"{whose.base}/{patient.reference}")
    last = newest_plan([signed_of(each) for each in everything])
    if last is not None and last.kept.id != kept.id:
        return
    before = []
    for row in made.store.referrals.kept_here(whose, patient.reference):
        content = ended(row.content) if row.content else None
        if content and made.store.referrals.move(whose, kept_referral(content, made.systems), row.version):
            before.append(content)
        elif row.content:
            before.append(row.content)
    if task is not None:
        new = ledger_content(task, items, whose.base, kept.plan_id, patient)
        told = with_before([*before, new], made.systems)[-1]
        made.store.referrals.place(whose, kept_referral(told, made.systems))
        log.info("a referral is kept here", extra={"event": "referral", "plan": kept.plan_id})


def take_back(record: Record) -> None:
    """In the transaction that retires the plan: its referral, where it is kept here, was a mistake."""
    made, whose = wiring(), _whose(record)
    plan = record.signed.plan_id
    for row in made.store.referrals.kept_here(whose, record.signed.proposal.assessment.chart.patient.reference):
        named = [each.get("value") for each in as_objects(as_object(row.content, "task").get("identifier"))]
        content = ended(row.content, TAKEN_BACK) if part_value(plan, "task") in named else None
        if content:
            made.store.referrals.move(whose, kept_referral(content, made.systems), row.version)


def _whose(record: Record) -> Whose:
    issuer = wiring().smart.issuer_of(record.ehr)
    return Whose(issuer.key, issuer.iss)


def settle_all() -> int:
    """Every order that is awaited; how many are settled."""
    return sum(map(settle_quietly, wiring().store.referrals.awaited()))


def settle_quietly(signature_id: str) -> bool:
    """As :func:`settle`; a fault is logged, stops nothing else, and is tried again in the next round."""
    try:
        return settle(signature_id)
    except LoadpathError as error:
        log.warning("a referral could not be placed", extra={"event": type(error).__name__})
    except Exception:
        log.exception("a referral could not be placed", extra={"event": "referral"})
    return False


def forget_unread() -> int:
    """What was read for those who do not look any more."""
    return wiring().store.referrals.purge(FORGET)
