"""The plan signed last for this patient and today's review -> what the page begins with: what has changed since."""

from collections.abc import Sequence
from dataclasses import dataclass

from smartapp.core.changes import Change, ChangeKind, ChangeName
from smartapp.core.chart import PlanOnRecord
from smartapp.core.follow_up import decisions_again, follow_up, outcome_words
from smartapp.core.permissions import can_sign
from smartapp.core.proposal import SignatureKind
from smartapp.core.referral_clocks import due
from smartapp.core.review import unchanged_on_record
from smartapp.core.states import Severity
from smartapp.core.therapist import course_words
from smartapp.core.therapy import Therapy, ToldReport
from smartapp.web.catalog import Lazy, _, ngettext
from smartapp.web.link_view import links_of_patient, next_review
from smartapp.web.report_view import report_lines
from smartapp.web.review_context import ReviewContext, carried_from, keep_edits, with_decisions
from smartapp.web.running import plan_in_chart, running_plan, stands, therapy_as_read
from smartapp.web.signatures import Signed, newest_plan, signed_plans
from smartapp.web.signed import next_order
from smartapp.web.wiring import wiring
from smartapp.web.words import Look


@dataclass(frozen=True)
class FollowUpView:
    """``title`` says how much has changed since when; ``told`` what is known of the plan in the chart."""

    title: str
    told: tuple[str, ...] = ()
    since: str = ""
    changes: tuple[Change, ...] = ()  # none where nothing has changed, or where it cannot be told
    ends: tuple[str, ...] = ()  # the outcome with which this person may end the plan now

    @property
    def urgent(self) -> bool:
        return any(change.severity is not Severity.INFO for change in self.changes)

    @property
    def shown(self) -> int:
        """How many rows are in sight: the strictest, and whatever stops or is to be reviewed."""
        loud = sum(change.severity is not Severity.INFO for change in self.changes)
        return len(self.changes) if len(self.changes) <= MOST_SHOWN else max(loud, MOST_SHOWN - 1)

    @property
    def looks(self) -> dict[ChangeKind, Look]:
        return KINDS


MOST_SHOWN = 2  # rows that need no fold (ours): a page is read without scrolling far

# A word and a shape for each, told apart without color.
KINDS = {
    ChangeKind.STOP: Look(Lazy("Stop"), "forbid", "octagon"),
    ChangeKind.REVIEW: Look(Lazy("Review"), "change", "triangle"),
    ChangeKind.DUE: Look(Lazy("Due"), "change", "hourglass"),
    ChangeKind.TREND: Look(Lazy("Trend"), "quiet", "half"),
    ChangeKind.INFO: Look(Lazy("Info"), "quiet", "check"),
}


def with_carried(context: ReviewContext) -> ReviewContext:
    """The review with what the signer changed of the plan signed last, as far as it holds again.

    Of a draft nothing: whoever opens it decides. Offered once for each plan: what was undone stays undone. What no
    longer holds is taken out whenever the chart was read again; the follow-up says which and why.
    """
    last = newest_plan(signed_plans(context.session))
    if last is None or last.opened is None or not last.opened.signed.active or not last.opened.signed.decisions:
        return context
    if not stands(last, context.chart, context.read.at):
        return context
    offered, plan_id = carried_from(context.session), last.kept.plan_id
    therapy = therapy_of(context, last)
    again = decisions_again(last.opened.signed.proposal, context.machine, wiring().knowledge, therapy)
    decisions = again.joined(context.decisions, plan_id in offered)
    if decisions == context.decisions and plan_id in offered:
        return context
    keep_edits(context.session, decisions, dict.fromkeys((*offered, plan_id)))
    return with_decisions(context, decisions)


def therapy_of(context: ReviewContext, last: Signed) -> Therapy:
    """What its referral tells, as it was read or as it is kept here, what therapists told by their links, and what the
    chart has under the order. A report we have put into the chart ourselves is told once."""
    session, made, plan_id = context.session, wiring(), last.kept.plan_id
    read = therapy_as_read(session, context.read, last)
    referral = read.referral
    lines = [line for link in links_of_patient(session.patient_key) for line in report_lines(link)]
    before = referral.again if referral else ""  # what was said to an earlier sending of the order ends no later one
    of_plan = sorted(
        (line for line in lines if line.link.plan_id == plan_id and (not before or line.link.task_id != before)),
        key=lambda line: line.kept.sent,
    )
    by_link = [ToldReport(line.report, made.day(line.kept.sent), line.taken) for line in of_plan]
    return read.with_told(referral, by_link)


def follow_up_view(context: ReviewContext, last: Signed | None, lost: bool) -> FollowUpView | None:
    """None where no plan is known. ``last``: the newest signed here; ``lost``: the chart has it no more."""
    old = context.current("CarePlan")
    if last is None and old is None:
        return None
    told = _of_the_chart(context, old, last, lost)
    if last is None:
        return FollowUpView(_("This patient already has a Loadpath plan"), told)
    if last.opened is None:
        return FollowUpView(_("A plan was signed here for this patient"), (f"{_NOT_COMPARED} {last.why}", *told))
    signed = last.opened.signed
    if signed.signs is SignatureKind.END:
        ended = _("The plan was ended on %(on)s", on=str(signed.proposal.assessment.as_of))
        return FollowUpView(ended, (*signed.outcome, *told))
    since, by = str(signed.proposal.assessment.as_of), signed.signer.name or signed.signer.reference or "somebody"
    changes = follow_up(signed.proposal, context.machine, wiring().knowledge, therapy_of(context, last))
    edited = _edited(context, last) if signed.decisions else ()
    said = (
        _("Signed by %(by)s%(rest)s.", by=by, rest="" if signed.active else _(", as a draft")),
        *told,
        *(_goes_on(context) if context.revised.content_hash != signed.proposal.content_hash else ()),
        *edited,
    )  # when stands in the title
    if changes[0].name is ChangeName.UNCHANGED:
        return FollowUpView(changes[0].text, said, since)
    count = ngettext("%(number)s thing", "%(number)s things", len(changes))
    ending = plan_to_end(context, signed_plans(context.session)) if can_sign(context.signer, active=True) else None
    title = _("%(count)s changed since the plan signed on %(since)s", count=count, since=since)
    return FollowUpView(title, said, since, changes, ending.outcome if ending else ())


@dataclass(frozen=True)
class PlanToEnd:
    """References of the CarePlan and of its order, empty where none is active, and how the plan came out."""

    care_plan: str
    order: str
    outcome: tuple[str, ...]


def plan_to_end(context: ReviewContext, signed: Sequence[Signed]) -> PlanToEnd | None:
    """The plan that runs in the chart, where its end or its months of full dose have come (FU18)."""
    running = running_plan(signed, context.chart, context.read.at)
    plan, order = context.current("CarePlan"), context.current("ServiceRequest")
    if running is None or plan is None or plan.source.reference != plan_in_chart(running):
        return None
    now = running.record.signed.proposal
    line = [one.opened.signed.proposal for one in signed if one.opened and one.opened.signed.active]
    first = [each for each in line if each.assessment.as_of >= now.year_from][-1]
    known = therapy_of(context, running)
    words = outcome_words(first, now, context.machine, wiring().knowledge, known)
    return PlanToEnd(plan.source.reference, order.source.reference if order else "", words) if words else None


def standing_words(context: ReviewContext, last: Signed | None) -> str:
    """How far the referral of the plan is, in one line, as it was read with the chart or is kept here; empty where none
    is known. Script brings the line up to date once the EHR has answered."""
    referral = therapy_of(context, last).referral if last else None
    if referral is None:
        return ""
    turn = f"{referral.turn.value}: " if referral.is_open else ""
    ended = f": {referral.ended_with}" if referral.ended_with else ""
    day, today = due(referral), wiring().today()
    late, in_time = _("Overdue since %(day)s", day=day), _("By %(day)s", day=day)
    by = f" ({late if day < today else in_time})" if day else ""
    begun = referral.visited or referral.plan_of_care
    course = course_words(referral.visited, referral.plan_of_care, next_review(last)) if begun else ""
    state = _("Referral: %(state)s.", state=f"{turn}{referral.owed}{ended}{by}")
    return f"{state} {_('Therapy: %(course)s.', course=course)}" if course else state


def _goes_on(context: ReviewContext) -> tuple[str, ...]:
    """What today's plan takes over of the one that runs: its year and its minutes, or that they begin anew."""
    plan = context.revised
    before, full = plan.continues, plan.ramp.full_dose_from if plan.ramp else None
    if before is None:
        return ()
    if before.ramp_from is None:
        minutes = _("the minutes begin anew")
    elif full is None or full > context.assessment.as_of:
        minutes = _("full dose on %(full)s", full=full)
    else:
        minutes = _("full dose since %(full)s", full=full)
    year = _("until %(end)s", end=plan.end) if before.year_from else _("a new year until %(end)s", end=plan.end)
    return (_("Today's plan continues it: %(year)s, %(minutes)s.", year=year, minutes=minutes),)


def _edited(context: ReviewContext, last: Signed) -> tuple[str, ...]:
    """What has become of the changes it was signed with."""
    again = [d for d in context.revised.decisions if d.signed_on]
    if again:
        return (
            ngettext(
                "%(number)s change is in the plan below as signed, and marked; each can be undone.",
                "%(number)s changes are in the plan below as signed, and marked; each can be undone.",
                len(again),
            ),
        )
    if context.assessment.disposition.prescribes and not stands(last, context.chart, context.read.at):
        return (_("What was changed of it then is not in the plan below: the chart no longer has that plan."),)
    return ()


_NOT_COMPARED = Lazy("What has changed since it was signed cannot be told.")


def _of_the_chart(context: ReviewContext, old: PlanOnRecord | None, last: Signed | None, lost: bool) -> tuple[str, ...]:
    """Our plan in the chart, and what signing makes of it."""
    if old is None:
        return ()
    ours = last is not None and old.source.reference == plan_in_chart(last)
    created = _(", from %(created)s", created=old.created) if old.created else ""
    named = (
        _("In the chart: %(status)s.", status=old.status)
        if ours
        else _(
            "In the chart: %(display)s, %(status)s%(created)s.",
            display=old.source.display or _("Rehabilitation plan"),
            status=old.status,
            created=created,
        )
    )
    elsewhere = _("It was not signed in this Loadpath: what has changed since it was signed cannot be told.")
    said = (named,) if ours else (named, elsewhere)
    if not context.assessment.disposition.prescribes:
        return (*said, _("Today's chart does not support an exercise plan."))
    if (known := unchanged_on_record(context.revised)) and not lost:
        if known.status == "draft":
            return (
                *said,
                _("Today's chart gives the same plan; it stays a draft until somebody who may sign signs it."),
            )
        return (*said, _("Today's chart gives the same plan."))
    if ours and next_order(context):
        return (*said, _("It goes on; signing orders its next visits."))
    return (*said, _("Signing replaces it.") if ours else _("Signing writes a new plan that replaces it."))
