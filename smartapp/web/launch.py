"""The door: an EHR's launch or a person's choice -> the EHR's authorize page -> callback -> the review page.

Nothing from the address decides where the browser goes: only the issuers file and what we kept ourselves (C5).
"""

import logging
import threading
import time
from collections import Counter
from dataclasses import replace
from functools import partial
from urllib.parse import unquote, urlsplit

from flask import Blueprint, current_app, g, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from smartapp.core.permissions import can_see_trail
from smartapp.ehr.addresses import origin
from smartapp.ehr.client import AuditedClient, FhirClient
from smartapp.ehr.fetch import read_user_record
from smartapp.ehr.issuers import Issuer
from smartapp.ehr.launch.callback import CallbackRefused
from smartapp.ehr.launch.connection import REFERRALS, Connection, Pending, Tokens
from smartapp.ehr.launch.smart import Launched, Start
from smartapp.ehr.launch.tokens import JustGranted
from smartapp.errors import (
    NEXT,
    EhrError,
    EhrUnavailable,
    LaunchError,
    LaunchForged,
    LoadpathError,
    NotPermitted,
    SessionEnded,
    TooManyLaunches,
    Who,
)
from smartapp.fhir import audit_event as audit
from smartapp.fhir.read.user import UserRecord, read_user
from smartapp.store import Callback
from smartapp.web.audit import keep, note, scenes
from smartapp.web.catalog import _
from smartapp.web.charts import Charts
from smartapp.web.http import browser_of_request, check_form, new_browser, remember
from smartapp.web.pages import show_refusal
from smartapp.web.sessions import as_clinician, check_coordinator, check_user, enter
from smartapp.web.wiring import wiring

launch = Blueprint("launch", __name__)
log = logging.getLogger("smartapp.web.launch")

LONGEST_ADDRESS = 4000  # characters a GET may have before a form is used where the EHR takes one (ours)
PAGES = frozenset({"document", "iframe", "frame"})  # what a browser asks for when it will show the answer
LAUNCHES_A_MINUTE = 300  # from one address: a whole clinic may share one (ours)
SECOND_CALL_WAITS = 8.0  # seconds a repeated callback waits for the first one to finish (ours)


class SourceLimit:
    """So many launches a minute from one address, counted by each worker for itself."""

    def __init__(self, most: int = LAUNCHES_A_MINUTE):
        self._most, self._lock = most, threading.Lock()
        self._minute, self._counts = 0, Counter[str]()

    def passes(self, source: str, now: float) -> bool:
        with self._lock:
            if int(now // 60) != self._minute:
                self._minute, self._counts = int(now // 60), Counter()
            self._counts[source] += 1
            return self._counts[source] <= self._most


def charts() -> Charts:
    found: Charts = current_app.extensions["loadpath-charts"]
    return found


@launch.get("/launch")
def ehr_launch() -> ResponseReturnValue:
    """EHR launch: ``iss`` and ``launch``, each once."""
    if any(len(request.args.getlist(name)) > 1 for name in ("iss", "launch")):
        raise LaunchError(_("The EHR's launch of Loadpath names a parameter twice."), who=Who.EHR)
    return _send(wiring().smart.begin_launch(request.args.get("iss", ""), request.args.get("launch", "")))


@launch.get("/launch/standalone")
def standalone() -> ResponseReturnValue:
    """A choice of the configured EHRs; ``ehr`` is the key of one of them."""
    offered = [issuer for issuer in wiring().smart.issuers if issuer.standalone]
    key = request.args.get("ehr")
    if key is None:
        return render_template("standalone.html", issuers=offered)
    chosen = next((issuer for issuer in offered if issuer.key == key), None)
    if chosen is None:
        raise LaunchError(_("This EHR is not one of those you can choose here."))
    return _send(wiring().smart.begin_standalone(chosen.iss))


@launch.get("/launch/referrals")
def referrals() -> ResponseReturnValue:
    """A coordinator's door: the EHRs that have coordinators; ``ehr`` is the key of one of them."""
    offered = [issuer for issuer in wiring().smart.issuers if issuer.roles.coordinators]
    key = request.args.get("ehr")
    if key is None:
        return render_template("standalone.html", issuers=offered, referrals=True)
    chosen = next((issuer for issuer in offered if issuer.key == key), None)
    if chosen is None:
        raise LaunchError(_("This EHR is not one of those you can choose here."))
    return _send(wiring().smart.begin_referrals(chosen.iss))


def _send(start: Start) -> ResponseReturnValue:
    """Keep what the callback needs and send the browser to the EHR."""
    if not current_app.extensions["loadpath-launches"].passes(request.remote_addr or "", wiring().clock()):
        raise TooManyLaunches(
            _(
                "More than %(most)s launches a minute have come from where you are.",
                most=LAUNCHES_A_MINUTE,
            )
        )
    issuer = wiring().smart.issuer_of(start.pending.issuer)
    g.frame_ancestors = issuer.frame_ancestors
    browser = browser_of_request() or new_browser()
    wiring().store.launches.begin(browser, issuer.key, start.pending.state, start.pending.to_json())
    if _by_form(start, issuer):
        # A browser holds every hop after a posted form against form-action, also the EHR's way to its login page.
        g.form_targets = tuple(dict.fromkeys((origin(start.form_url), *issuer.origins)))
        page = render_template("authorize.html", ehr=issuer.title, action=start.form_url, form=start.form)
        response = make_response(page)
    else:
        response = make_response(redirect(start.url, 303))
    remember(response, browser)
    return response


def _by_form(start: Start, issuer: Issuer) -> bool:
    """Whether to send a form (A12): to a browser that shows pages. Whoever only follows addresses gets one."""
    if issuer.authorize == "get" or not start.prefers_post:
        return False
    return request.headers.get("Sec-Fetch-Dest") in PAGES or len(start.url) > LONGEST_ADDRESS


@launch.route("/callback", methods=["GET", "POST"])
@launch.route("/callback/<key>", methods=["GET", "POST"])
def callback(key: str = "") -> ResponseReturnValue:
    """The EHR's answer, once. A repeated call finds the session the first one opened (T20).

    ``key``: the EHR whose own address this is, where the issuers file gives it one (T2).
    """
    source = request.form if request.method == "POST" else request.args
    params = list(source.items(multi=True))
    made = wiring()
    browser = browser_of_request()
    if not browser:
        raise LaunchForged(
            (
                _(
                    "This browser did not send back the cookie Loadpath had set. It may block cookies inside the "
                    "EHR's page: if you came from a chart just now, they have to be allowed there for this address."
                )
            ),
            who=Who.SITE,
        )
    state = made.smart.state_of(params)
    claimed = made.store.launches.claim_callback(state, browser)
    if claimed.pending is None:
        return _join_first_call(state, browser)
    return _finish(params, claimed)


@launch.get("/launch/stopped", endpoint="stopped")
def show_stopped() -> ResponseReturnValue:
    """Why a launch could not be finished, at an address that holds nothing of it."""
    return show_refusal(request.args.get("said", ""))


def _finish(params: list[tuple[str, str]], claimed: Callback) -> ResponseReturnValue:
    made = wiring()
    pending = Pending.from_json(claimed.pending or {})
    issuer = made.smart.issuer_of(pending.issuer)
    g.frame_ancestors, g.pending = issuer.frame_ancestors, pending
    try:
        _check_address(pending)
        launched = _with_clinician(made.smart.finish(params, pending))
    except LoadpathError as error:
        made.store.sessions.end(claimed.launch_id)
        if error.who is Who.TIME:  # this page cannot be tried again: its code may be used up
            error.next_step = NEXT[Who.TIME]
        raise
    connection = g.connection = launched.connection
    with made.store.transaction():
        made.store.sessions.open(
            claimed.launch_id, connection.to_json(), launched.tokens.to_json(), connection.user.key,
            connection.patient_key,
        )  # fmt: skip
        note(audit.launch_event, connection)
        made.store.launches.note_opened(issuer.key)
    try:
        user, client = connection.user.reference, charts().client(claimed.launch_id, connection)
        check = check_coordinator if pending.purpose == REFERRALS else check_user
        check(connection, issuer, lambda: read_user(read_user_record(client, user)))
    except NotPermitted as error:
        offices = frozenset() if pending.purpose == REFERRALS else issuer.roles.offices_of(user)
        if offices:
            charts().refuse(claimed.launch_id, error)
            made.store.tokens.drop(claimed.launch_id)
        else:
            made.store.sessions.end(claimed.launch_id)
        made.smart.revoke(connection, launched.tokens)  # nobody needs them now
        if not offices:
            raise
        page = "trail.audit" if can_see_trail(offices) else "admin.admin"
        return redirect(url_for(page, launch_id=claimed.launch_id), 303)
    log.info("launched", extra={"event": "launched", "ehr": issuer.key, "reference": g.reference})
    if pending.purpose == REFERRALS:
        return redirect(url_for("inbox.list", launch_id=claimed.launch_id), 303)
    charts().start(claimed.launch_id, connection)
    return redirect(_first_page(claimed.launch_id, connection), 303)


def _first_page(launch_id: str, connection: Connection) -> str:
    """The review; of a launch by a card's link, at what the card is about."""
    return url_for("review.review", launch_id=launch_id, finding=connection.context.finding or None)


def _with_clinician(launched: Launched) -> Launched:
    """With the clinician behind a Person as the user. Raises NotPermitted, and then gives the access back."""
    made, connection = wiring(), launched.connection
    g.connection = connection
    tokens = JustGranted(launched.tokens.access)
    client = AuditedClient(
        made.http_client, connection.iss, tokens, made.settings.pages,
        audit_context=scenes(made, connection), keep=lambda events: keep(made, events),
    )  # fmt: skip
    try:
        return replace(launched, connection=as_clinician(connection, partial(_find_user, client)))
    except NotPermitted:
        made.smart.revoke(connection, launched.tokens)
        raise


def _find_user(client: FhirClient, kind: str, id_: str) -> UserRecord | None:
    """A record; None where the EHR does not show it. Raises EhrUnavailable: that passes."""
    try:
        return read_user(client.read(kind, id_))
    except EhrUnavailable:
        raise
    except (EhrError, SessionEnded):
        return None


def _check_address(pending: Pending) -> None:
    """An answer must come to the address it was asked to: another EHR's code arrives at another EHR's address."""
    if unquote(urlsplit(pending.redirect_uri).path) != request.path:
        raise CallbackRefused(_("The answer came to the address of another EHR than the one asked."))


def _join_first_call(state: str, browser: str) -> ResponseReturnValue:
    """Never a second exchange of the code: wait for the first call, then go where it went."""
    store, give_up = wiring().store, time.monotonic() + SECOND_CALL_WAITS
    while True:
        again = store.launches.claim_callback(state, browser)
        if again.phase == "open":
            kept = store.sessions.get(again.launch_id, browser)
            connection = Connection.from_json(kept.connection)
            if not connection.context.patient:
                return redirect(url_for("inbox.list", launch_id=again.launch_id), 303)
            return redirect(_first_page(again.launch_id, connection), 303)
        if again.phase != "exchanging" or time.monotonic() > give_up:
            raise SessionEnded(_("This launch was used already."))
        time.sleep(0.1)


@launch.get("/.well-known/jwks.json")
def jwks() -> ResponseReturnValue:
    """Our public keys; EHRs may keep them for five minutes."""
    response = jsonify(wiring().keys.public_jwks())
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


@launch.post("/l/<launch_id>/leave")
def leave(launch_id: str) -> ResponseReturnValue:
    """Log out: revoke at the EHR as far as it offers that, forget tokens and chart here."""
    session = enter(launch_id, chart=False, of_referrals=None)
    check_form(launch_id, session.patient)
    made = wiring()
    tokens = None
    try:
        tokens = Tokens.from_json(made.store.tokens.load(launch_id)[0])
    except SessionEnded:
        log.info("tokens were gone before logout", extra={"event": "leave", "reference": g.reference})
    if tokens is not None:
        made.smart.revoke(session.connection, tokens)
    with made.store.transaction():
        made.store.sessions.end(launch_id)
        note(audit.logout_event, session.connection)
    return render_template("left.html")
