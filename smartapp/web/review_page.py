"""The review of a plan -> its page: the medicine from :mod:`review_view`, and around it who may do what, where and how,
and what was signed for this patient before.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import url_for

from smartapp.core.permissions import can_change, can_sign, can_state_fact
from smartapp.core.plan.reviews import reviews_as_tasks
from smartapp.core.proposal import Role, SignatureKind
from smartapp.core.review import unchanged_on_record
from smartapp.document.fitted import PatientDrawings
from smartapp.ehr.deliver.methods import HAPPENS, NAMES, WriteMethod
from smartapp.ehr.deliver.plan import artifacts_of
from smartapp.web.about import review_status
from smartapp.web.catalog import Lazy, _
from smartapp.web.drafts import draft_offer
from smartapp.web.follow_up import follow_up_view, standing_words
from smartapp.web.headlines import SIGNED_ALREADY, Headline
from smartapp.web.http import form_token
from smartapp.web.limit_answers import limit_answers
from smartapp.web.outbox import obstacle, planned_writes, signed_here_before
from smartapp.web.pages import render_launch_page
from smartapp.web.report_view import not_in_chart
from smartapp.web.results import test_results
from smartapp.web.review_context import ReviewContext, assess_ahead, phase_boundaries
from smartapp.web.review_face import unread_values
from smartapp.web.review_facts import PatientLine, found_values, patient_line
from smartapp.web.review_settle import confirmables, recorded
from smartapp.web.review_view import (
    Circumstances,
    PlannedArtifact,
    SignedHere,
    review_view,
)
from smartapp.web.sign_bar import sign_bar
from smartapp.web.signatures import Signed, newest_plan, signed_plans
from smartapp.web.signed import LOUD, UNDELIVERED, Where, Whereabouts, locate, next_order, signed_already
from smartapp.web.wiring import moment_words, wiring

ROLES = {
    Role.SIGNER: "",  # the button says it
    Role.DRAFTER: Lazy("may prepare drafts"),
    Role.COORDINATOR: Lazy("coordinates referrals"),
    Role.NONE: Lazy("may look"),
}


def render_review(
    context: ReviewContext, said: str = "", *, warning: bool = False, problem: tuple[str, str] = ("", "")
) -> str:
    """The review page. ``problem``: the item a refused edit was about, and why it was refused."""
    made = wiring()
    titles = {id_: exercise.title for id_, exercise in made.knowledge.library.exercises.items()}
    here = _circumstances(context, said, warning, problem)
    later, boundaries = assess_ahead(context), phase_boundaries(made)
    drawings = PatientDrawings(context.revised, made.knowledge)
    view = review_view(here, context.machine, context.revised, later, boundaries, titles, drawings)
    launch_id, found = context.session.launch_id, found_values(context)
    return render_launch_page(
        "review.html", launch_id, view=view, found_values=found, results=test_results(context),
        draft=draft_offer(context),
    )  # fmt: skip


@dataclass(frozen=True)
class PatientBanner:
    """The patient's banner, for pages beside the review page."""

    launch_id: str
    token: str
    patient: PatientLine
    user: str
    ehr: str
    read_at: str
    said: str = ""


def patient_banner(context: ReviewContext, said: str = "") -> PatientBanner:
    session = context.session
    return PatientBanner(
        session.launch_id,
        form_token(session.launch_id),
        patient_line(context.chart.patient, context.assessment.as_of),
        _user(context),
        session.issuer.title,
        moment_words(wiring(), context.read.at),
        said,
    )


def _user(context: ReviewContext) -> str:
    name = context.signer.name or context.signer.reference or _("Person not named by the EHR")
    return ", ".join(map(str, filter(None, (name, ROLES[context.signer.role]))))


def _circumstances(context: ReviewContext, said: str, warning: bool, problem: tuple[str, str]) -> Circumstances:
    made, session, told = wiring(), context.session, signed_before(context)
    known = nothing_new(context, told)
    reason = "; ".join(told.lost.gone) if told.lost else ""
    return Circumstances(
        launch_id=session.launch_id,
        token=form_token(session.launch_id),
        ehr=session.issuer.title,
        user=_user(context),
        may_edit=can_change(context.signer),
        may_state=can_state_fact(context.signer),
        sign=sign_bar(context, known, reason),
        artifacts=() if known else tuple(_artifacts(context)),
        follow_up=follow_up_view(context, told.last, told.lost is not None),
        signed_here=tuple(signed_here(context, told)),
        standing=standing_words(context, told.last),
        told_by_link=not_in_chart(session.patient_key),
        headline=headline(told) if known else None,
        review_status=review_status(made.knowledge),
        read_at=moment_words(made, context.read.at),
        would=confirmables(context.assessment, made.knowledge),
        recorded=recorded(context.assessment, context.chart, made.knowledge),
        unread=unread_values(context.read.failures),
        answers=limit_answers(context.assessment.constraints, made.knowledge.constraints),
        split=made.knowledge.library.programme.texts["split"],
        needs_banner=session.connection.context.needs_banner,
        said=said,
        warning=warning,
        problem_item=problem[0],
        problem=problem[1],
    )


YOURS: Mapping[WriteMethod, str] = {
    WriteMethod.COPY: Lazy("Must be entered by hand."),
    WriteMethod.ORDER_ENTRY: Lazy("Must be signed in the EHR."),
}


def _artifacts(context: ReviewContext) -> Iterator[PlannedArtifact]:
    """What will happen when signed, artifact by artifact, and why not better: by the write methods, not guessed."""
    plan = context.revised
    if plan.referral is None:
        return
    old, goes_on = context.current("CarePlan"), next_order(context)
    dated = len(reviews_as_tasks(plan, wiring().knowledge))
    follows, signs = {}, can_sign(context.signer, active=True)
    if goes_on:
        follows["ServiceRequest"] = _(" %(plan)s goes on; the order before it ends.", plan=goes_on)
    elif old and not unchanged_on_record(plan):
        follows["CarePlan"] = _(" It replaces %(reference)s, which is ended.", reference=old.source.reference)
    for line in planned_writes(
        context.session, artifacts_of(plan, signs, SignatureKind.ORDER if goes_on else SignatureKind.PLAN)
    ):
        counted = _("%(goals)s goals", goals=len(plan.goals)) if line.artifact == "Goal" else _(NAMES[line.artifact])
        if line.artifact == "Task" and dated:
            counted = _(
                "%(counted)s, and %(dated)s with a day, each for who decides then", counted=counted, dated=dated
            )
        yield PlannedArtifact(
            counted,
            f"{_(HAPPENS[line.method])}.{follows.get(line.artifact, '')}",
            line.in_chart,
            line.reason if not line.in_chart or line.method in (WriteMethod.NOTE, WriteMethod.MESSAGE) else "",
            YOURS.get(line.method, ""),
        )


# -- what was signed for this patient before

NOT_THERE: Mapping[Where, Headline] = {
    where: Headline(
        where.value,
        Lazy("Your signature is kept, and Loadpath goes on by itself. Do not sign again: see below."),
        "forbid",
    )
    for where in UNDELIVERED
}


@dataclass(frozen=True)
class SignedBefore:
    """Every plan signed here with where it stands, newest first; and the newest, where the chart has lost it."""

    plans: tuple[tuple[Signed, Whereabouts], ...]
    last: Signed | None
    lost: Whereabouts | None


def signed_before(context: ReviewContext) -> SignedBefore:
    signed = signed_plans(context.session)
    last = newest_plan(signed)
    plans = tuple((one, locate(context, one, one is last)) for one in signed)
    lost = next((s for one, s in plans if one is last and s.where is Where.LOST), None)
    return SignedBefore(plans, last, lost)


def headline(told: SignedBefore) -> Headline:
    """Of a plan that was signed already; red for as long as it is not in the chart."""
    where = next((s.where for one, s in told.plans if one is told.last), Where.THERE)
    return NOT_THERE.get(where, SIGNED_ALREADY)


def nothing_new(context: ReviewContext, told: SignedBefore) -> str:
    """Where this very plan is already, as a sentence; empty where signing would add something."""
    if not context.assessment.disposition.prescribes or told.lost:
        return ""
    signs = can_sign(context.signer, active=True)
    known = unchanged_on_record(context.revised)
    if known and (known.status == "active" or not signs):  # a draft can still be made active
        return _("This very plan is in the chart already (%(status)s).", status=known.status)
    if signed_here_before(context.session, context.revised.fingerprint):
        return _("You signed this very plan in this session. To sign it once more, open Loadpath again from the chart.")
    if not known and signed_already(context, [one for one, _ in told.plans], signs, lost=False):
        return _("This very plan was signed already. Its receipt says where it is.")
    return ""


def signed_here(context: ReviewContext, told: SignedBefore) -> Iterator[SignedHere]:
    """Every plan signed in Loadpath for this patient, newest first: also those the EHR holds as a note, or not yet."""
    for one, stands in told.plans:
        loud = stands.where in LOUD
        held = obstacle(context, one, told.last) if stands.where in UNDELIVERED else ""
        signer = one.opened.signed.signer if one.opened else None
        yield SignedHere(
            moment_words(wiring(), one.kept.signed),
            (signer.name or signer.reference) if signer else "somebody",
            stands.words,
            url_for("receipts.receipt", launch_id=context.session.launch_id, plan_id=one.kept.plan_id),
            loud=loud,
            held=held,
            send=one.kept.plan_id if stands.where in UNDELIVERED and one.goes_on and not held else "",
            because=one.opened.reason if one.opened else "",
        )
