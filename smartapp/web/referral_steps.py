"""One step on a referral, with its answer: made, refused, or told who was first; and the last one taken back.

A step is made once: where the EHR's answer was lost, it is looked for before anything is said.
"""

from contextlib import suppress
from dataclasses import dataclass

from smartapp.core.proposal import Role
from smartapp.core.referral import ReferralTask
from smartapp.core.referral_moves import BY_ACTION, Action, Step, step_words
from smartapp.core.referral_undo import SECONDS, UNDOABLE, MadeMove, check_undo, seconds_left, undo_words
from smartapp.ehr.referral_questions import UNDONE, end_question, follow_question
from smartapp.ehr.referrals import InboxRow, OpenedReferral, move_referral, open_referral, undo_move
from smartapp.ehr.therapist_reports import document_outcome
from smartapp.errors import EhrConflict, EhrError, EhrForbidden, EhrRejected, EhrUnavailable, ReviewError
from smartapp.fhir.json import as_object
from smartapp.fhir.referral_task import Mover, former
from smartapp.web.catalog import _
from smartapp.web.reading import client_of, moved
from smartapp.web.referral_session import mover_of
from smartapp.web.report_view import tell_therapists
from smartapp.web.sessions import LaunchSession
from smartapp.web.wiring import wiring


@dataclass(frozen=True)
class StepOutcome:
    """``problem``: why the step was not made; empty where it was. ``conflict``: somebody was quicker, or it is not
    known: ``opened`` is how it stands now.
    """

    opened: OpenedReferral
    problem: str = ""
    status: int = 200
    conflict: bool = False


def saved_words(row: InboxRow) -> str:
    return _("Saved. This referral is kept by Loadpath.") if row.here else _("Saved to the EHR.")


def make_step(session: LaunchSession, opened: OpenedReferral, version: str, step: Step, role: Role) -> StepOutcome:
    """``version``: of the referral, as the page showed it."""
    made, client = wiring(), client_of(session)
    task_id, mover = opened.row.referral.id, mover_of(session, client)
    try:
        if version != opened.row.referral.version:
            raise EhrConflict
        written = move_referral(client, opened, step, mover, role, made.systems)
    except ReviewError as error:
        return StepOutcome(opened, str(error), error.status)
    except (EhrRejected, EhrForbidden) as error:
        return StepOutcome(opened, _("%(error)s Nothing was saved.", error=error), error.status)
    except (EhrConflict, EhrUnavailable) as error:
        now = open_referral(client, task_id, made.systems)
        if not is_done(now.row.referral, step, mover):
            return StepOutcome(now, not_done(now.row.referral, error), error.status, conflict=True)
        written = now.row.referral.version if version == opened.row.referral.version else ""
    moved(session)
    tell_therapists(session.connection, opened.row.referral, step, mover.name)
    if step.action in UNDOABLE and written:
        _note(session, opened, step, mover, written)
    follow_question(client, session.connection.grants, opened.row.referral, step, mover, made.systems)
    if step.action is Action.COMPLETE:
        with suppress(EhrError):
            keep_outcome(session, open_referral(client, task_id, made.systems))
    return StepOutcome(opened)


def keep_outcome(session: LaunchSession, opened: OpenedReferral) -> OpenedReferral:
    """As it stands once the outcome is a document in the chart, where the site wants that and the EHR takes it."""
    made, client, grants = wiring(), client_of(session), session.connection.grants
    if not session.issuer.therapist_documents or not grants.may("DocumentReference", "c"):
        return opened
    if not document_outcome(client, grants, opened, made.systems, made.now()):
        return opened
    moved(session)
    return open_referral(client, opened.row.referral.id, made.systems)


def is_done(now: ReferralTask, step: Step, mover: Mover) -> bool:
    """Whether the EHR has the step although its answer was lost, or the form was sent a second time."""
    by, words = mover.name or mover.reference, step_words(BY_ACTION[step.action], step)
    mine = [entry for entry in now.history if (entry.by, entry.text) == (by, words)]
    return bool(mine) and (mine[-1] == now.history[-1] or mine[-1].at == mover.at.isoformat(timespec="seconds"))


def not_done(now: ReferralTask, error: EhrError) -> str:
    if isinstance(error, EhrUnavailable):
        return _("%(error)s The EHR does not show it: look again in a moment before you repeat it.", error=error)
    last = now.history[-1] if now.history else None
    who = (
        _("%(by)s was quicker: %(last)s", by=last.by or _("Somebody"), last=last.text)
        if last
        else _("Somebody changed this referral meanwhile.")
    )
    return _("%(who)s Nothing of yours was saved. This is how it stands now.", who=who)


# -- undo


def _note(session: LaunchSession, opened: OpenedReferral, step: Step, mover: Mover, version: str) -> None:
    """What the step can be undone with, as long as that is allowed."""
    move = {
        "action": step.action.value, "by": mover.reference, "at": wiring().clock(), "version": version,
        "said": step_words(BY_ACTION[step.action], step), "before": former(opened.task),
    }  # fmt: skip
    wiring().store.coordinators.note_move(session.launch_id, opened.row.referral.id, move, SECONDS)


def _noted(session: LaunchSession, task_id: str) -> tuple[MadeMove | None, dict[str, object]]:
    """The last move of this session, and what was before it."""
    kept = wiring().store.coordinators.last_move(session.launch_id, task_id)
    if kept is None:
        return None, {}
    at = kept["at"]
    made = MadeMove(
        Action(str(kept["action"])), str(kept["by"]), float(at) if isinstance(at, int | float) else 0.0,
        str(kept["version"]), str(kept["said"]),
    )  # fmt: skip
    return made, dict(as_object(kept, "before"))


def undo_left(session: LaunchSession, found: ReferralTask) -> int:
    """Seconds in which the user can still take the last move back; 0 where that is over."""
    made, _ = _noted(session, found.id)
    return seconds_left(made, found, session.connection.user.reference, wiring().clock())


def undo_last(session: LaunchSession, opened: OpenedReferral) -> StepOutcome:
    client, found = client_of(session), opened.row.referral
    mover, (made, before) = mover_of(session, client), _noted(session, found.id)
    try:
        check_undo(made, found, mover.reference, wiring().clock())
        said = undo_words(made.said if made else "")
        undo_move(client, opened, before, said, mover)
    except (ReviewError, EhrRejected, EhrForbidden) as error:
        return StepOutcome(opened, _("%(error)s Nothing was changed.", error=error), error.status)
    except (EhrConflict, EhrUnavailable) as error:
        now = open_referral(client, found.id, wiring().systems)
        if not _is_undone(now.row.referral, said, mover):
            return StepOutcome(now, not_done(now.row.referral, error), error.status, conflict=True)
    moved(session)
    wiring().store.coordinators.forget_move(session.launch_id, found.id)
    if made and made.action is Action.ASK:
        end_question(client, session.connection.grants, found, UNDONE, mover, wiring().systems)
    return StepOutcome(opened)


def _is_undone(now: ReferralTask, said: str, mover: Mover) -> bool:
    last = now.history[-1] if now.history else None
    return last is not None and (last.by, last.text) == (mover.name or mover.reference, said)
