"""The pages behind a therapist's link: who it is for, the referral, its papers, and what is reported back.

The token stands in the address of the first page only. That page names no patient and changes nothing, because mail
scanners open links; the link becomes a browser's by a form, and from then on the page has an address without token,
which opens nothing in another browser (decision 0048).
"""

from collections.abc import Mapping

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.exceptions import NotFound

from smartapp.core.therapist import DECLINE_REASONS, FALL, LOGGED, SYMPTOMS, Report, ReportKind
from smartapp.core.therapist_form import checked
from smartapp.fhir import link_events
from smartapp.fhir.text import as_typed
from smartapp.web.audit import keep
from smartapp.web.catalog import Lazy, _
from smartapp.web.http import new_browser
from smartapp.web.link_access import (
    COOKIE,
    Closed,
    as_recipient,
    by_token,
    check_link_form,
    check_unopened,
    link_browser,
    link_form_token,
    my_link,
    refuse,
)
from smartapp.web.link_view import Newer, TherapistLink, newer_plan
from smartapp.web.pages import ErrorWords
from smartapp.web.report_view import ReportLine, report_json, report_lines
from smartapp.web.wiring import wiring

therapist = Blueprint("therapist", __name__, url_prefix="/t")
_DAY = 86400.0
_TYPED = 2000  # characters looked at of what is typed into one field (ours)

SAID = {
    ReportKind.ACCEPT: Lazy("Sent: you accept."),
    ReportKind.DECLINE: Lazy("Sent: you decline."),
    ReportKind.QUESTION: Lazy("Your question is sent."),
    ReportKind.FIRST_VISIT: Lazy("The first visit is sent."),
    ReportKind.PLAN_OF_CARE: Lazy("The plan of care is sent."),
    ReportKind.PROGRESS: Lazy("Your report is sent."),
    ReportKind.ACKNOWLEDGE: Lazy("Sent: you have read what changed."),
}
# What can still be told of a plan that another has replaced, and of one that was taken back.
_WHEN_REPLACED = frozenset(ReportKind) - {ReportKind.ACCEPT, ReportKind.DECLINE}
_WHEN_TAKEN_BACK = frozenset({ReportKind.QUESTION})
_UNREAD_CHANGE = frozenset({ReportKind.QUESTION, ReportKind.ACKNOWLEDGE})


@therapist.before_request
def alone() -> None:
    """No EHR shows these pages in a frame."""
    g.frame_ancestors = ()


@therapist.after_request
def unlisted(response: Response) -> Response:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@therapist.errorhandler(Closed)
def show_closed(error: Closed) -> ResponseReturnValue:
    phone = wiring().settings.clinic_phone
    words = ErrorWords(error.title, error.happened, error.next_step + (f" {phone}" if phone else ""))
    page = render_template("error.html", words=words, reference=str(g.get("reference", "")), back="", again="")
    return page, error.status, {"Retry-After": "60"} if error.status == 429 else {}


# -- the link itself


@therapist.get("/<token>", endpoint="link")
def open_link(token: str) -> ResponseReturnValue:
    """Whom it is for; nothing of the patient, and nothing happens. In the browser it belongs to, on to the referral."""
    link = by_token(token)
    if wiring().store.links.is_of(link.id, link_browser()):
        return redirect(url_for("therapist.referral", link_id=link.id), 303)
    check_unopened(link)
    return _confirm(link, token)


@therapist.post("/<token>", endpoint="confirm")
def confirm(token: str) -> ResponseReturnValue:
    """The recipient says who they are: the link is this browser's from now on."""
    link = by_token(token)
    check_link_form(token, "")
    browser, made = link_browser() or new_browser(), wiring()
    if not made.store.links.is_of(link.id, browser):
        check_unopened(link)
        if request.form.get("is") != "me":
            return _confirm(link, token, _("Tick the box if this is you. If it is not, close this page.")), 422
        with made.store.transaction():
            bound = made.store.links.bind(link.id, browser)
            if bound:
                keep(made, [link_events.link_viewed_event(as_recipient(link), link.id, "opened for the first time")])
        if not bound:
            refuse(link)
    response = make_response(redirect(url_for("therapist.referral", link_id=link.id), 303))
    response.set_cookie(
        COOKIE, browser, secure=True, httponly=True, samesite="Lax", path="/t",
        max_age=int(made.settings.link_days_most * _DAY),
    )  # fmt: skip
    return response


def _confirm(link: TherapistLink, token: str, problem: str = "") -> str:
    return render_template(
        "therapist_confirm.html", recipient=link.recipient, until=link.until, token=link_form_token(token, ""),
        problem=problem, clinic=wiring().settings.clinic_name, phone=wiring().settings.clinic_phone,
    )  # fmt: skip


# -- the referral


@therapist.get("/r/<link_id>", endpoint="referral")
def show_referral(link_id: str) -> ResponseReturnValue:
    link = my_link(link_id)
    keep(wiring(), [link_events.link_viewed_event(as_recipient(link), link.id, "page")])
    sent = request.args.get("sent", "")
    return _page(link, SAID[ReportKind(sent)] if sent in set(ReportKind) else "")


@therapist.get("/r/<link_id>/papers", endpoint="papers")
def send_papers(link_id: str) -> ResponseReturnValue:
    """Letter and program as PDF; of a plan that counts no more there are none."""
    link = my_link(link_id)
    if newer_plan(link) is not None:
        raise NotFound
    keep(wiring(), [link_events.link_viewed_event(as_recipient(link), link.id, "papers")])
    response = Response(link.pdf, mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="referral.pdf"'
    return response


@therapist.post("/r/<link_id>/<kind>", endpoint="report")
def send_report(link_id: str, kind: str) -> ResponseReturnValue:
    link = my_link(link_id)
    check_link_form(link.id, link_browser())
    newer = newer_plan(link)
    if kind not in set(ReportKind):
        raise NotFound
    wanted, made = ReportKind(kind), wiring()
    if wanted not in _open_kinds(newer, _has_read(link, newer)):
        return _page(link, _("The referral has changed meanwhile: this is how it stands now. Nothing was sent.")), 409
    form = {name: as_typed(value, _TYPED) for name, value in request.form.items()}
    newer_id, today = newer.plan_id if newer else "", made.today()
    report, problems = checked(wanted, form, link.asked, link.signed, today, newer_id, link.next_phase[0])
    if problems:
        return _page(link, _("Not sent: see the fields that are marked."), wanted, problems, form), 422
    if _is_sent(link, report):
        return redirect(url_for("therapist.referral", link_id=link.id, sent=wanted), 303)
    with made.store.transaction():
        if not made.store.links.send(link.id, report_json(report)):
            return _page(link, _("Too many reports were sent by this link. Call the clinic."), wanted, {}, form), 422
        keep(made, [link_events.report_event(as_recipient(link), link.id, wanted.value)])
    return redirect(url_for("therapist.referral", link_id=link.id, sent=wanted), 303)


def _is_sent(link: TherapistLink, report: Report) -> bool:
    """Whether the last report says the very same: a form sent twice is one."""
    lines = report_lines(link)
    return bool(lines) and lines[-1].report == report


def _page(
    link: TherapistLink, said: str = "", refused: ReportKind | None = None,
    problems: Mapping[str, str] | None = None, typed: Mapping[str, str] | None = None,
) -> str:  # fmt: skip
    """``refused``: the form that keeps what was typed, each problem at its field."""
    newer, lines, settings = newer_plan(link), report_lines(link), wiring().settings
    read = _has_read(link, newer, lines)
    answers = [line for line in lines if line.report.kind in (ReportKind.ACCEPT, ReportKind.DECLINE)]
    return render_template(
        "therapist.html", link=link, letter=link.page["letter"], program=link.page["program"], newer=newer,
        read=read, kinds={kind.value: kind in _open_kinds(newer, read) for kind in ReportKind},
        lines=tuple(reversed(lines)), answered=answers[-1] if answers else None, said=said,
        refused=refused.value if refused else "", problems=problems or {}, typed=typed or {},
        token=link_form_token(link.id, link_browser()), reasons=DECLINE_REASONS, logged=LOGGED, asked=link.asked,
        fall=FALL, symptoms=SYMPTOMS, clinic=settings.clinic_name, phone=settings.clinic_phone, fax=settings.clinic_fax,
        today=wiring().today(), drawn=_drawn,
    )  # fmt: skip


def _drawn(picture: Mapping[str, str] | None) -> Markup:
    """A drawing of ours, as it was sealed: it escapes what it is given."""
    return Markup(picture["svg"]) if picture else Markup("")  # noqa: S704


def _has_read(link: TherapistLink, newer: Newer | None, lines: tuple[ReportLine, ...] = ()) -> bool:
    """Whether the recipient has acknowledged what this very plan changes."""
    reports = (line.report for line in lines or report_lines(link))
    return newer is not None and any(
        report.kind is ReportKind.ACKNOWLEDGE and report.plan_id == newer.plan_id for report in reports
    )


def _open_kinds(newer: Newer | None, read: bool) -> frozenset[ReportKind]:
    if newer is None:
        return frozenset(ReportKind) - {ReportKind.ACKNOWLEDGE}
    if not newer.plan_id:
        return _WHEN_TAKEN_BACK
    return _WHEN_REPLACED - {ReportKind.ACKNOWLEDGE} if read else _UNREAD_CHANGE
