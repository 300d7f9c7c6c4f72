"""A coordinator's session: let in by role at every page, the client it reads with, and what all its pages show."""

from datetime import UTC, datetime

from flask import url_for

from smartapp.ehr.client import FhirClient
from smartapp.ehr.fetch import read_user_record
from smartapp.fhir.read.user import read_user
from smartapp.fhir.referral_task import Mover
from smartapp.web.catalog import _
from smartapp.web.http import form_token
from smartapp.web.reading import client_of
from smartapp.web.sessions import LaunchSession, check_coordinator, enter
from smartapp.web.wiring import wiring


def enter_referrals(launch_id: str) -> LaunchSession:
    """The session of a coordinator: the role is asked at every page, the site may have changed it."""
    session = enter(launch_id, chart=False, of_referrals=True)
    client, user = client_of(session), session.connection.user.reference
    check_coordinator(session.connection, session.issuer, lambda: read_user(read_user_record(client, user)))
    return session


def mover_of(session: LaunchSession, client: FhirClient) -> Mover:
    user = session.connection.user
    name = user.name or read_user(read_user_record(client, user.reference)).name
    return Mover(user.reference, name, datetime.fromtimestamp(wiring().clock(), UTC).astimezone())


def of_session(session: LaunchSession) -> dict[str, object]:
    """What every page of referrals has."""
    user = session.connection.user
    return {
        "launch_id": session.launch_id, "token": form_token(session.launch_id),
        "user": user.name or _("Care coordinator"), "home": url_for("inbox.list", launch_id=session.launch_id),
    }  # fmt: skip
