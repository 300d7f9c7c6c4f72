"""What a therapist told by link, taken over into the referral by a coordinator or signer; a question answered directly.

Nothing a therapist told is written into the EHR before somebody signed in presses the button, over the version of the
referral that was seen.
"""

from datetime import UTC, datetime, timedelta

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from smartapp.core.course import ReviewName
from smartapp.core.referral import ReferralTask
from smartapp.core.referral_moves import BY_ACTION, Action, Step, step_words
from smartapp.core.therapist import LOGGED, LONGEST, ReportKind
from smartapp.ehr.ledger import OURS
from smartapp.ehr.phase_decisions import ask_for_phase
from smartapp.ehr.referrals import open_referral
from smartapp.ehr.therapist_reports import DOCUMENT_TITLES, Taker, keep_answers, keep_document, take_over
from smartapp.errors import EhrConflict, EhrForbidden, EhrRejected, EhrUnavailable, ReviewError
from smartapp.fhir.build.therapist_report import ReportedProgress
from smartapp.fhir.phase_decision import PhaseQuestion
from smartapp.fhir.referral_task import Mover
from smartapp.fhir.returned_document import ReturnedWords
from smartapp.fhir.text import as_typed
from smartapp.web.catalog import Lazy, _
from smartapp.web.link_desk import Desk, desk_page, open_desk
from smartapp.web.reading import moved
from smartapp.web.referral_session import mover_of
from smartapp.web.referral_steps import is_done, not_done
from smartapp.web.report_view import ReportLine, end_links, reports_for
from smartapp.web.wiring import wiring

report_desk = Blueprint("report_desk", __name__)
CLOSED = Lazy("It cannot be taken over: the referral has ended.")


@report_desk.post("/l/<launch_id>/links/<task_id>/take", endpoint="take")
def take(launch_id: str, task_id: str) -> ResponseReturnValue:
    """A report becomes the move it stands for, or a line of the history."""
    desk = open_desk(launch_id, task_id, form=True)
    line, mover = _line(desk), mover_of(desk.session, desk.client)
    step = line.step(desk.referral, desk.role)
    if line.taken:
        return redirect(desk.back, 303)
    if step is None:
        return desk_page(desk, CLOSED, refused=line.id), 409
    told = _progress(desk, line)
    answers, why = _answers(desk, line, told)
    if refused := _write(desk, step, mover, line, (answers, told) if answers else None):
        return refused
    _keep(desk, line, step, mover, answers, why)
    if line.report.recommends and line.link.plan_id == desk.referral.plan_id:
        _ask_for_phase(desk, line, mover)
    if step.action is Action.DECLINE:
        end_links(desk.patient_key, desk.referral, desk.session.connection)
    return redirect(_after(desk, step), 303)


@report_desk.post("/l/<launch_id>/links/<task_id>/answer", endpoint="answer")
def answer(launch_id: str, task_id: str) -> ResponseReturnValue:
    """What somebody of the clinic answers at once: the therapist reads it by the link, and it stands in the history."""
    desk = open_desk(launch_id, task_id, form=True)
    line, mover = _line(desk), mover_of(desk.session, desk.client)
    text = as_typed(request.form.get("text", ""), 2 * LONGEST)
    if not text or len(text) > LONGEST:
        wrong = _("The answer is longer than %(most)s characters.", most=LONGEST) if text else _("The answer is empty.")
        return desk_page(desk, wrong, refused=line.id), 422
    step = Step(
        Action.CONTACT,
        text=f"{line.link.recipient.words} was answered by link: {text}",
    )
    if not line.waits_for_answer:
        return redirect(desk.back, 303)
    if refused := _write(desk, step, mover, line, None):
        return refused
    said = {"text": text, "by": mover.name or mover.reference, "on": wiring().today().isoformat()}
    with wiring().store.transaction():
        wiring().store.links.answer(line.id, said)
        _keep(desk, line, step, mover, "", "")
    return redirect(_after(desk, step), 303)


def _line(desk: Desk) -> ReportLine:
    wanted = request.form.get("report", "")
    every = reports_for(desk.patient_key, desk.referral, desk.role)
    found = next((line for line in every if line.id == wanted), None)
    if found is None:
        raise NotFound
    return found


def _progress(desk: Desk, line: ReportLine) -> ReportedProgress:
    whole = frozenset(each.id for each in (*LOGGED, *line.link.asked) if each.whole)
    sent = datetime.fromtimestamp(line.kept.sent, UTC).astimezone()
    referral, who = desk.referral, line.link.recipient.words
    return ReportedProgress(line.id, line.report, whole, referral.patient, referral.order, who, sent)


def _answers(desk: Desk, line: ReportLine, told: ReportedProgress) -> tuple[str, str]:
    """Reference of the answers or the document in the chart, and why there is none; of this or of an earlier try.

    Raises EhrUnavailable where it is not known whether they arrived: the next try finds them by their identifier.
    """
    site, grants, systems = desk.session.issuer, desk.session.connection.grants, wiring().systems
    as_form = line.report.kind is ReportKind.PROGRESS and site.therapist_forms
    title = DOCUMENT_TITLES.get(line.report.kind) if site.therapist_documents and not as_form else None
    if not as_form and not title:
        return "", ""
    if before := str((line.kept.taken or {}).get("answers", "")):
        return before, ""
    if title:
        who = {"display": told.author}
        order = "" if OURS in told.order else told.order
        words = ReturnedWords(told.id, title, f"{line.words} {line.by}", told.patient, order, who, told.sent)
        answers, why = keep_document(desk.client, grants, words, systems)
    else:
        answers, why = keep_answers(desk.client, told, systems)
    if answers:
        wiring().store.links.take(line.id, {"answers": answers}, done=False)
    return answers, why


def _write(
    desk: Desk, step: Step, mover: Mover, line: ReportLine, answers: tuple[str, ReportedProgress] | None
) -> ResponseReturnValue | None:
    """The page that says why not; None once it is in the referral."""
    systems = wiring().systems
    if _stands(desk.referral, step):
        return None
    try:
        if request.form.get("version", "") != desk.referral.version:
            raise EhrConflict
        take_over(desk.client, desk.opened, step, Taker(mover, desk.role), systems, answers)
    except ReviewError as error:
        return desk_page(desk, str(error), refused=line.id), 422
    except (EhrRejected, EhrForbidden) as error:
        return desk_page(desk, _("%(error)s Nothing was saved.", error=error), refused=line.id), error.status
    except (EhrConflict, EhrUnavailable) as error:
        now = open_referral(desk.client, desk.referral.id, systems)
        if not is_done(now.row.referral, step, mover):
            fresh = Desk(desk.session, desk.client, now, desk.role)
            return desk_page(fresh, not_done(now.row.referral, error), refused=line.id), error.status
    return None


def _ask_for_phase(desk: Desk, line: ReportLine, mover: Mover) -> None:
    """PG8: the signer is asked to decide. The recommendation is of the plan the link was made for."""
    course, review = wiring().knowledge.course, ReviewName(f"PG9-{line.report.recommends}")
    due = wiring().today() + timedelta(days=course.limits.decide_within)
    said = f"The therapist recommends the {line.report.recommends} phase. {line.by}"
    question = PhaseQuestion(line.link.plan_id, review.value, course.reviews[review].what, said, due)
    ask_for_phase(desk.client, desk.session.connection.grants, desk.opened.task, question, mover, wiring().systems)


def _stands(referral: ReferralTask, step: Step) -> bool:
    """Whether its line is in the history already: written before, and what we keep of it was lost."""
    words = step_words(BY_ACTION[step.action], step)
    return any(entry.text == words for entry in referral.history)


def _keep(desk: Desk, line: ReportLine, step: Step, mover: Mover, answers: str, why: str) -> None:
    moved(desk.session)
    how = {"action": step.action.value, "by": mover.name or mover.reference, "answers": answers}
    wiring().store.links.take(line.id, {**how, "on": wiring().today().isoformat(), "why": why}, done=True)


def _after(desk: Desk, step: Step) -> str:
    return f"{desk.back}?did={step.action}"
