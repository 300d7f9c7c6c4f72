"""The plan signed last for this patient and today's review -> what the page begins with: what has changed since."""

from dataclasses import dataclass

from smartapp.core.changes import Change, ChangeKind, ChangeName
from smartapp.core.chart import PlanOnRecord
from smartapp.core.follow_up import follow_up
from smartapp.core.review import unchanged_on_record
from smartapp.core.states import Severity
from smartapp.web.review_context import ReviewContext
from smartapp.web.signed import Signed
from smartapp.web.wiring import wiring
from smartapp.web.words import Look


@dataclass(frozen=True)
class FollowUpView:
    """``title`` says how much has changed since when; ``told`` what is known of the plan in the chart."""

    title: str
    told: tuple[str, ...] = ()
    since: str = ""
    changes: tuple[Change, ...] = ()  # none where nothing has changed, or where it cannot be told

    @property
    def urgent(self) -> bool:
        return any(change.severity is not Severity.INFO for change in self.changes)

    @property
    def looks(self) -> dict[ChangeKind, Look]:
        return KINDS


# A word and a shape for each, told apart without color.
KINDS = {
    ChangeKind.STOP: Look("Stop", "forbid", "octagon"),
    ChangeKind.REVIEW: Look("Review", "change", "triangle"),
    ChangeKind.DUE: Look("Due", "change", "hourglass"),
    ChangeKind.TREND: Look("Trend", "quiet", "half"),
    ChangeKind.INFO: Look("Info", "quiet", "check"),
}


def follow_up_view(context: ReviewContext, last: Signed | None, lost: bool) -> FollowUpView | None:
    """None where no plan is known. ``last``: the newest signed here; ``lost``: the chart has it no more."""
    old = context.current("CarePlan")
    if last is None and old is None:
        return None
    told = _of_the_chart(context, old, last, lost)
    if last is None:
        return FollowUpView("This patient already has a Loadpath plan", told)
    if last.opened is None:
        return FollowUpView("A plan was signed here for this patient", (f"{_NOT_COMPARED} {last.why}", *told))
    signed = last.opened.signed
    since, by = str(signed.proposal.assessment.as_of), signed.signer.name or signed.signer.reference or "somebody"
    changes = follow_up(signed.proposal, context.machine, wiring().knowledge)
    said = (f"Signed on {since} by {by}{'' if signed.active else ', as a draft'}.", *told)
    if changes[0].name is ChangeName.UNCHANGED:
        return FollowUpView(changes[0].text, said, since)
    count = f"{len(changes)} things" if len(changes) > 1 else "1 thing"
    return FollowUpView(f"{count} changed since the plan signed on {since}", said, since, changes)


_NOT_COMPARED = "What has changed since it was signed cannot be told."


def _of_the_chart(context: ReviewContext, old: PlanOnRecord | None, last: Signed | None, lost: bool) -> tuple[str, ...]:
    """Our plan in the chart, and what signing makes of it."""
    if old is None:
        return ()
    created = f", from {old.created}" if old.created else ""
    named = f"In the chart: {old.source.display or 'Rehabilitation plan'}, {old.status}{created}."
    elsewhere = f"It was not signed in this Loadpath: {_NOT_COMPARED.lower()[:1]}{_NOT_COMPARED[1:]}"
    ours = last is not None and last.kept.plan_id == old.identifier
    said = (named,) if ours else (named, elsewhere)
    if not context.assessment.disposition.prescribes:
        return (*said, "Today's chart does not support an exercise plan.")
    if (known := unchanged_on_record(context.revised)) and not lost:
        if known.status == "draft":
            return (*said, "Today's chart gives the same plan; it stays a draft until somebody who may sign signs it.")
        return (*said, "Today's chart gives the same plan; there is nothing new to sign.")
    return (*said, "Signing writes a new plan that replaces it.")
