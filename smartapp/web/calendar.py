"""The days a coordinator's referrals are owed, as an iCalendar feed (RFC 5545), and the page that makes and ends it.

A feed is read by calendar programs without a sign-in and kept by them in places we do not know. So it names no patient
and no diagnosis, only what is due on which day, under a reference that tells nothing (decision 0050). It is filled
whenever its owner looks at the inbox: the EHR shows nothing to a feed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, NotFound

from smartapp.core.referral_clocks import days_owed
from smartapp.fhir import audit_event as audit
from smartapp.store import Calendar
from smartapp.web.audit import note
from smartapp.web.catalog import _
from smartapp.web.http import check_form
from smartapp.web.referral_list import InboxLine
from smartapp.web.referral_session import enter_referrals, of_session
from smartapp.web.sessions import LaunchSession
from smartapp.web.wiring import moment_words, wiring

calendar = Blueprint("calendar", __name__)

NONE = "none"  # the event of a calendar without a day: RFC 5545 wants one component at least
LINE = 75  # octets of a line, without its end (RFC 5545, 3.1)


@calendar.get("/l/<launch_id>/inbox/calendar", endpoint="page")
def show_calendar(launch_id: str) -> ResponseReturnValue:
    return _page(enter_referrals(launch_id))


@calendar.post("/l/<launch_id>/inbox/calendar/change", endpoint="change")
def change_calendar(launch_id: str) -> ResponseReturnValue:
    """Make an address, which is shown this once, or end it."""
    session = enter_referrals(launch_id)
    check_form(launch_id, session.patient)
    person, kept, do = session.connection.user.key, wiring().store.coordinators, request.form.get("do", "")
    if not person or do not in ("make", "end"):
        raise BadRequest
    with wiring().store.transaction():
        note(audit.export_event, session.connection, "calendar of referrals", f"iCalendar feed: {do}")
        secret = kept.make_calendar(person) if do == "make" else ""
        if do == "end":
            kept.end_calendar(person)
    address = f"{wiring().settings.base_url}{url_for('calendar.feed', token=secret)}" if secret else ""
    return _page(session, address, "" if secret else _("The address leads nowhere any more."))


@calendar.get("/calendar/<token>.ics", endpoint="feed")
def send_feed(token: str) -> ResponseReturnValue:
    """For calendar programs: whoever has the address reads it."""
    made = wiring()
    found = made.store.coordinators.calendar_at(token)
    if found is None:
        raise NotFound
    return feed_text(found, made.settings.base_url), {
        "Content-Type": "text/calendar; charset=utf-8", "Content-Disposition": 'attachment; filename="referrals.ics"',
    }  # fmt: skip


def fill_calendar(session: LaunchSession, lines: Callable[[], Iterable[InboxLine]]) -> None:
    """With what the inbox has just read; ``lines`` are those of the referrals this user owns."""
    person, kept = session.connection.user.key, wiring().store.coordinators
    if not person or kept.calendar_of(person) is None:
        return
    kept.fill_calendar(person, [
        {"reference": line.reference, "key": owed.key, "what": owed.what, "day": owed.day.isoformat()}
        for line in lines() for owed in days_owed(line.referral)
    ])  # fmt: skip


def _page(session: LaunchSession, address: str = "", said: str = "") -> str:
    made = wiring()
    found = made.store.coordinators.calendar_of(session.connection.user.key) if session.connection.user.key else None
    return render_template(
        "calendar.html", address=address, said=said, known=bool(session.connection.user.key), calendar=found,
        made=moment_words(made, found.made) if found else "",
        seen=moment_words(made, found.seen) if found and found.seen else "", **of_session(session),
    )  # fmt: skip


# -- the feed


def feed_text(found: Calendar, base: str) -> str:
    """RFC 5545: every line ends with CR LF and is folded; a calendar without a day says that there is none."""
    as_of = datetime.fromtimestamp(found.seen or found.made, UTC)
    host = base.partition("://")[2].partition("/")[0].partition(":")[0]
    events = [line for day in found.days for line in _event(day, as_of, base, host)]
    if not found.days:
        words = "nothing due" if found.seen else "open the list to fill this calendar"
        none = {"reference": NONE, "key": NONE, "what": words, "day": f"{as_of:%Y-%m-%d}"}
        events = [*_event(none, as_of, base, host)]
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Loadpath//Referrals//EN", "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH", "X-WR-CALNAME:Referrals")  # fmt: skip
    return "".join(f"{folded}\r\n" for line in (*head, *events, "END:VCALENDAR") for folded in _folded(line))


def _event(day: Mapping[str, str], as_of: datetime, base: str, host: str) -> Iterator[str]:
    on = date.fromisoformat(day["day"])
    which = f"Referral {day['reference']}. " if day["reference"] != NONE else ""
    yield "BEGIN:VEVENT"
    yield f"UID:{day['reference']}.{day['key']}@{host}"
    yield f"DTSTAMP:{as_of:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{on + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped('Referral: ' + day['what'])}"
    yield f"DESCRIPTION:{_escaped(f'{which}As your list showed it on {as_of:%Y-%m-%d %H:%M} UTC.')}"
    yield f"URL:{base}{url_for('launch.referrals')}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    for character in ("\\", ";", ","):
        text = text.replace(character, f"\\{character}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """A line of at most 75 octets, the next of it begun by a blank, no character cut in two."""
    now = ""
    for character in line:
        if len((now + character).encode()) > LINE:
            yield now
            now = " "
        now += character
    yield now
