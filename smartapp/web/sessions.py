"""The address of a launch and the browser's cookie -> its session: which EHR, which patient, which user; and the page
that shows a person's open sessions and can end them, here and in other browsers (ASVS 7.5.2).
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from urllib.parse import quote

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from smartapp.core.permissions import check_can_look, check_can_see_referrals, own_chart, unclear_clinician
from smartapp.core.proposal import Office, Signer
from smartapp.ehr.addresses import trusted_reference
from smartapp.ehr.fetched_chart import FetchedChart
from smartapp.ehr.issuers import Issuer
from smartapp.ehr.launch.connection import Connection, Tokens
from smartapp.errors import LaunchError, NotPermitted, SessionEnded
from smartapp.fhir import audit_event as audit
from smartapp.fhir.json import reference_of
from smartapp.fhir.read.patient import patient as read_patient
from smartapp.fhir.read.user import UserRecord
from smartapp.store import OpenSession, Session
from smartapp.web.audit import note
from smartapp.web.catalog import _
from smartapp.web.charts import failure
from smartapp.web.http import browser_of_request, check_form, form_token
from smartapp.web.wiring import moment_words, wiring

sessions = Blueprint("sessions", __name__)
OTHERS, EVERY = "others", "all"
CLINICIANS = ("Practitioner", "PractitionerRole")  # in this order: the first one says who, the second in what part


@dataclass(frozen=True)
class LaunchSession:
    """One launch that is open, and its EHR: what is known before the chart is there."""

    launch_id: str
    connection: Connection
    issuer: Issuer
    kept: Session  # as the store has it

    @property
    def patient(self) -> str:
        return self.connection.context.patient_reference

    @property
    def patient_key(self) -> str:
        return self.connection.patient_key


def enter(launch_id: str, *, chart: bool = True, of_referrals: bool | None = False) -> LaunchSession:
    """The session of this address in this browser. Raises SessionEnded; and, for pages of a ``chart`` and what was
    signed on it, NotPermitted where the person was let in for an office only.

    ``of_referrals``: a coordinator's, which is of no one patient; None takes either.
    """
    browser = browser_of_request()
    if not browser:
        raise SessionEnded(
            _(
                "This browser did not send the cookie that proves the session. It may block cookies inside the "
                "EHR's page, or the session may have ended."
            )
        )
    made = wiring()
    kept = made.store.sessions.get(launch_id, browser)
    try:
        connection = Connection.from_json(kept.connection)
    except (KeyError, TypeError, ValueError):
        raise SessionEnded(_("This session was kept by another version of Loadpath.")) from None
    if of_referrals is not None and of_referrals is bool(connection.context.patient):
        raise SessionEnded(_("This session was opened for other pages."))
    issuer = made.smart.issuer_of(connection.issuer)
    g.frame_ancestors = issuer.frame_ancestors
    g.connection = connection
    session = LaunchSession(launch_id, connection, issuer, kept)
    if chart and (refused := _refusal(session)):
        raise refused
    return session


def chart_link(issuer: Issuer, reference: str, patient: str) -> str:
    """Address of a record in the EHR's own pages; empty if the site has not configured one."""
    if not issuer.chart_link or "/" not in reference:
        return ""
    values = {"reference": reference, "patient": patient.partition("/")[2]}
    return issuer.chart_link.format(**{name: quote(text, safe="/") for name, text in values.items()})


def plan_link(session: LaunchSession) -> str:
    """Address of the review; empty for those who hold an office without a role in care."""
    return "" if _refusal(session) else url_for("review.review", launch_id=session.launch_id)


def _refusal(session: LaunchSession) -> NotPermitted | None:
    """Why no chart was read for this launch, where its person holds an office and no role in care."""
    error = failure(session.kept.reading)
    return error if isinstance(error, NotPermitted) else None


# -- the user


def signer_of(session: LaunchSession, record: UserRecord) -> Signer:
    user = session.connection.user
    role = session.issuer.roles.of(user.reference, record.role_codes)
    return Signer(user.reference, user.name or record.name, role, user.key)


def offices_of(session: LaunchSession) -> frozenset[Office]:
    """What the site has entrusted this person with beside care."""
    return session.issuer.roles.offices_of(session.connection.user.reference)


def check_user(connection: Connection, issuer: Issuer, read: Callable[[], UserRecord]) -> None:
    """The right to look after the launch, before the chart is read. ``read`` gives the record behind fhirUser, which
    only a PractitionerRole is asked for: its codes may decide. Raises NotPermitted.
    """
    user = connection.user
    codes = read().role_codes if user.reference.startswith("PractitionerRole/") else frozenset[str]()
    check_can_look(Signer(user.reference, "", issuer.roles.of(user.reference, codes)))


def check_coordinator(connection: Connection, issuer: Issuer, read: Callable[[], UserRecord]) -> None:
    """As :func:`check_user`, for the pages of referrals. Raises NotPermitted."""
    user = connection.user
    codes = read().role_codes if user.reference.startswith("PractitionerRole/") else frozenset[str]()
    check_can_see_referrals(Signer(user.reference, "", issuer.roles.of(user.reference, codes)))


def as_clinician(connection: Connection, read: Callable[[str, str], UserRecord | None]) -> Connection:
    """The same launch with the clinician behind a Person as its user; any other launch as it is.

    A Person is a human being in whatever part: clinician, patient, both. What may be done here hangs on the
    Practitioner alone, so the one it is linked to is the user from then on, in roles, Provenance and audit trail. Where
    it is not plain which one, or where the Person is the patient of this chart, nothing is shown.

    ``read`` gives the record of a type and id, None where the EHR does not show it. Raises NotPermitted.
    """
    kind, _slash, id_ = connection.user.reference.partition("/")
    if kind != "Person":
        return connection
    person = read(kind, id_)
    if person is None:
        raise unclear_clinician(_("whose record it does not show to Loadpath"))
    if not person.active:
        raise unclear_clinician(_("which is not in use any more"))
    linked = _linked_references(person, connection.endpoints.base)
    if connection.context.patient_reference in linked:
        raise own_chart()
    for wanted in CLINICIANS:
        found = sorted({reference for reference in linked if reference.partition("/")[0] == wanted})
        if len(found) > 1:
            raise unclear_clinician(_("which is linked to more than one %(wanted)s", wanted=wanted))
        if found:
            user = replace(connection.user, reference=found[0], name=connection.user.name or person.name)
            return replace(connection, user=user)
    raise unclear_clinician(_("which is linked to no Practitioner and no PractitionerRole of this EHR"))


def _linked_references(person: UserRecord, base: str) -> frozenset[str]:
    """References under the base; without the clinicians the EHR itself has no confidence in."""
    types = frozenset({*CLINICIANS, "Patient"})
    links = [(trusted_reference(link.reference, base, types), link.trusted) for link in person.links]
    return frozenset(reference for reference, trusted in links if trusted or reference.startswith("Patient/")) - {""}


# -- the page of open sessions


@sessions.get("/l/<launch_id>/sessions", endpoint="sessions")
def show_sessions(launch_id: str) -> ResponseReturnValue:
    """Which patient, which browser, which EHR, since when, last used when."""
    session = enter(launch_id, chart=False)
    made = wiring()
    lines = [
        {
            "handle": one.handle, "patient": _patient_words(one), "ehr": _title(one.issuer),
            "here": one.here, "same_browser": one.same_browser,
            "opened": moment_words(made, one.created), "used": moment_words(made, one.seen),
        }
        for one in _of(session)
    ]  # fmt: skip
    return render_template(
        "sessions.html", sessions=lines, launch_id=launch_id, patient=session.patient, token=form_token(launch_id),
        back=plan_link(session), end=url_for("sessions.end_session", launch_id=launch_id),
    )  # fmt: skip


@sessions.post("/l/<launch_id>/sessions/end", endpoint="end_session")
def end_sessions(launch_id: str) -> ResponseReturnValue:
    """End one other session, all others, or every one, this one last."""
    session = enter(launch_id, chart=False)
    check_form(launch_id, session.patient)
    which, open_now = request.form.get("which", ""), _of(session)
    wanted = [one for one in open_now if not one.here and which in (OTHERS, EVERY, one.handle)]
    if not wanted and which not in (OTHERS, EVERY):
        raise NotFound
    for one in wanted:
        _end(one)
    if which == EVERY:
        for one in open_now:
            if one.here:
                _end(one)
        return render_template("left.html")
    return redirect(url_for("sessions.sessions", launch_id=launch_id), 303)


def _of(session: LaunchSession) -> tuple[OpenSession, ...]:
    """Of this person. Where the EHR did not say who it is, only this very session."""
    found = wiring().store.sessions.beside(session.launch_id)
    return found if session.connection.user.key else tuple(one for one in found if one.here)


def _end(one: OpenSession) -> None:
    """As leaving it would: access given back to the EHR, everything but unsigned edits forgotten."""
    made = wiring()
    kept = made.store.sessions.connection_of(one.launch_id)
    if kept is None:
        return  # it has ended meanwhile
    connection = Connection.from_json(kept)
    with suppress(SessionEnded):  # no access is left to give back
        made.smart.revoke(connection, Tokens.from_json(made.store.tokens.load(one.launch_id)[0]))
    with made.store.transaction():
        made.store.sessions.end(one.launch_id)
        note(audit.logout_event, connection)


def _patient_words(one: OpenSession) -> str:
    """Name and birth date as this session has read them; the reference where the chart is not there (yet)."""
    store = wiring().store.sessions
    connection, chart = store.connection_of(one.launch_id), store.load_chart(one.launch_id)
    reference = Connection.from_json(connection).context.patient_reference if connection else _("ended meanwhile")
    resources = FetchedChart.from_json(chart[0]).resources if chart else ()
    record = next((each for each in resources if reference_of(each) == reference), None)
    read = read_patient(record) if record else None
    if read is None or not read.name:
        return reference
    return _("%(read)s, born %(birth)s", read=read.name, birth=read.birth) if read.birth else read.name


def _title(issuer: str) -> str:
    """The EHR's name; its key, where the site has taken it out of the issuers file."""
    try:
        return wiring().smart.issuer_of(issuer).title
    except LaunchError:
        return issuer
