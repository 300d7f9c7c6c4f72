"""A session and the referrals of its EHR: a client with those kept here among its Tasks, and the list as it was read.

What a person is shown is what the EHR showed to that person, or where the site grants Loadpath access of its own, to
Loadpath (decision 0049).
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from smartapp.ehr.client import AuditedClient
from smartapp.ehr.issuers import Issuer
from smartapp.ehr.launch.tokens import TokenKeeper
from smartapp.ehr.ledger import Ledger, LedgerClient
from smartapp.ehr.reconcile import FRESH, PAGES, Reader, is_due, read_after_all, read_tasks
from smartapp.ehr.subscriptions import AGAIN, LOST, RENEWED, task_subscription
from smartapp.fhir.audit_event import AuditContext
from smartapp.store import Reading, Whose
from smartapp.web.audit import audit_context, keep, scenes
from smartapp.web.catalog import Lazy, _
from smartapp.web.sessions import LaunchSession
from smartapp.web.wiring import Wiring, wiring

log = logging.getLogger("smartapp.web.reading")

WAITS = 3.0  # seconds a page waits for what has changed; then it shows what is there, and how old (ours)
FIRST_WAITS = 20.0  # the same where nothing is there yet (ours)
WATCHED = 300.0  # the same while the EHR tells of changes (ours)
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
    return Whose(connection.iss, connection.user.reference or session.launch_id)


def has_tasks(session: LaunchSession) -> bool:
    """Whether the EHR lets this session search its Tasks, as far as it says."""
    capabilities = wiring().capabilities.of(session.issuer)
    offered = capabilities.can(_("Task"), "search-type") or not capabilities.declared
    return offered and session.connection.grants.may(_("Task"), "s")


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
    own = Whose(issuer.iss, SITE)
    if issuer.backend and made.clock() - made.store.referral_reads.get(own).read_at <= STALE:
        return own
    return whose_of(session)


def refresh(session: LaunchSession, whose: Whose, forced: bool = False) -> Freshness:
    """Read what has changed, if it is time, and wait a moment for it. Raises SessionEnded."""
    found, lost = _refresh(session, whose, forced), wiring().store.referrals.lost()
    return replace(found, missing=(_out_of_reach(lost), *found.missing)) if lost else found


def _refresh(session: LaunchSession, whose: Whose, forced: bool) -> Freshness:
    made = wiring()
    by_itself = whose.reader == SITE
    if not by_itself and not has_tasks(session):
        offered = made.capabilities.of(session.issuer).can(_("Task"), "search-type")
        return Freshness(None, (NO_RIGHT,) if offered else ())
    before, now = made.store.referral_reads.get(whose), made.clock()
    opened = session.kept.expires - made.settings.session_absolute_seconds
    at_once = forced or (not by_itself and before.read_at <= opened)
    if is_due(before, now, 0.0 if at_once else FRESH + BY_ITSELF if by_itself else FRESH):
        reader = _reader_by_itself(session.issuer) if by_itself else _reader(session)
        _read(reader, WAITS if before.read_at else FIRST_WAITS)
    return _freshness(made.store.referral_reads.get(whose))


NO_RIGHT = Lazy("The referrals in the EHR are not among them: it did not grant the right to search its Tasks.")
NEVER = Lazy("The referrals of the EHR are being read for the first time. Look again in a moment.")


def _out_of_reach(lost: int) -> str:
    return _(
        "Referrals kept in Loadpath: %(lost)s sealed with a secret that it is not given; which ones cannot be known "
        "(ask Loadpath's administrator).", lost=lost,
    )  # fmt: skip


def _freshness(reading: Reading) -> Freshness:
    problem = (_("Not read again since: %(problem)s", problem=reading.problem),) if reading.problem else ()
    return Freshness(reading.read_at, (*(() if reading.read_at else (NEVER,)), *problem, *reading.missing))


def _reader(session: LaunchSession) -> Reader:
    made = wiring()
    client = AuditedClient(
        *_door(session, PAGES), audit_context=scenes(made, session.connection), keep=lambda events: keep(made, events)
    )
    return Reader(client, made.store.referrals, made.store.referral_reads, whose_of(session), made.systems, made.clock)


def _reader_by_itself(issuer: Issuer) -> Reader:
    made = wiring()
    kept = made.store
    return Reader(
        _client_by_itself(made, issuer), kept.referrals, kept.referral_reads, Whose(issuer.iss, SITE), made.systems,
        made.clock,
    )  # fmt: skip


def _client_by_itself(made: Wiring, issuer: Issuer) -> AuditedClient:
    begun = audit_context(made)

    def scene() -> AuditContext:
        who = {"client_id": issuer.by_itself.client_id, "user_name": "Loadpath by itself, without a person"}
        return replace(begun, at=made.clock(), iss=issuer.iss, **who)

    return AuditedClient(
        made.http_client, issuer.iss, made.smart.by_itself(issuer), PAGES,
        audit_context=scene, keep=lambda events: keep(made, events),
    )  # fmt: skip


def _read(reader: Reader, seconds: float) -> None:
    with suppress(TimeoutError):
        wiring().pools.of(reader.client.base).submit(read_tasks, reader).result(timeout=seconds)


def read_by_itself(seconds: float = 0.0) -> None:
    """Read every EHR that grants Loadpath access of its own, as often as it is time, and see that it tells us of
    changes. Nobody waits for an EHR longer than that: one that is slow must not keep a plan from being delivered."""
    made = wiring()
    for issuer in made.smart.issuers:
        if not (issuer.backend and issuer.roles.coordinators):
            continue
        told = made.clock() - made.store.subscriptions.of(issuer.iss).heard <= LOST
        works: list[Callable[[], object]] = [partial(subscribe, made, issuer)] if _may_subscribe(issuer) else []
        if is_due(made.store.referral_reads.get(Whose(issuer.iss, SITE)), made.clock(), WATCHED if told else BY_ITSELF):
            works.append(partial(read_tasks, _reader_by_itself(issuer)))
        for work in works:
            started = made.pools.of(issuer.iss).submit(work)
            started.add_done_callback(_log_fault)
            if seconds:
                started.result(timeout=seconds)


def _may_subscribe(issuer: Issuer) -> bool:
    """Whether it is time to ask this EHR for a subscription: there is none, it went silent, or it ends soon."""
    made = wiring()
    now, subscribed = made.clock(), made.store.subscriptions.of(issuer.iss)
    wanted = issuer.backend is not None and issuer.backend.topic
    silent = now - max(subscribed.heard, subscribed.made) > LOST and now - subscribed.made > AGAIN
    return bool(wanted) and (silent or now - subscribed.made > RENEWED)


def subscribe(made: Wiring, issuer: Issuer) -> None:
    """Ask the EHR to tell us of changes, where it offers the topic the site names. Raises as a write does."""
    topic = issuer.backend.topic if issuer.backend else ""
    if topic not in made.capabilities.of(issuer).topics:
        return
    token = made.store.subscriptions.begin(issuer.iss)
    endpoint = f"{made.settings.base_url}/subscriptions/{token}"
    _client_by_itself(made, issuer).create(task_subscription(topic, endpoint, made.now()))


def read_soon(base: str) -> None:
    """The EHR says that something has changed, or that it is there: read what has changed, with a reading that begins
    now or later. One that waits to begin will do for all that is told until then."""
    made = wiring()
    issuer = next((each for each in made.smart.issuers if each.iss == base and each.backend), None)
    key = (id(made), base)
    if issuer is None or key in _waiting:
        return
    _waiting.add(key)
    reader = _reader_by_itself(issuer)

    def begin() -> bool | None:
        _waiting.discard(key)
        if made.clock() < made.store.referral_reads.get(reader.whose).not_before:
            return False
        done = read_tasks(reader)
        if done is None:
            _waiting.add(key)
        return done

    def end(done: "Future[None]") -> None:
        _waiting.discard(key)
        _log_fault(done)

    made.pools.of(base).submit(read_after_all, begin).add_done_callback(end)


_waiting: set[tuple[int, str]] = set()  # EHRs of an app for which a reading is about to begin, in this process


def _log_fault(done: "Future[Any]") -> None:
    """What the EHR answered stands with the reading; a fault of ours stands in the log."""
    error = done.exception()
    if error is not None:
        log.error("referrals were not read: %s", type(error).__name__, extra={"event": "reading"})


def moved(session: LaunchSession) -> None:
    """Somebody of us has moved a referral: the list is read again before it is shown."""
    age = FRESH + BY_ITSELF + 1
    for reader in (whose_of(session).reader, SITE):
        wiring().store.referral_reads.doubt(whose_of(session)._replace(reader=reader), age)


def forget_unread() -> int:
    """What was read for those who do not look any more."""
    return wiring().store.referral_reads.purge(FORGET)
