"""What the signer changed of the signed plan -> what of it holds again today, and what has to be decided anew.

A decision stays unless the fact it rested on has changed (rule book 2b, section 8). That fact is the line as it was
suggested: the plan of the signed chart and day is made again with today's knowledge, and the line compared with
today's by state, dose and days. What loosens a precaution rests on the whole patient: it holds again only while
nothing to review is new.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from smartapp.core.changes import Change, ChangeName
from smartapp.core.fingerprint import digest
from smartapp.core.follow_up.comparison import Changes, Comparison
from smartapp.core.program import Ramp, TherapyPriority, Visits
from smartapp.core.proposal import Activity, Choice, Decision, Proposal
from smartapp.core.review import edits, revise
from smartapp.core.states import Severity
from smartapp.errors import ReviewError


@dataclass(frozen=True)
class Carried:
    """``decisions`` hold again, each with the day it was signed; ``lapsed`` do not, each with why, as a sentence."""

    decisions: tuple[Decision, ...] = ()
    lapsed: tuple[tuple[Decision, str], ...] = ()

    def joined(self, own: Sequence[Decision], known: bool) -> tuple[Decision, ...]:
        """The edits of today with these. ``known``: they were among ``own`` already, so one that is missing was undone.

        The signer's unsigned edits come back by themselves: until they are ``known``, one that was signed is one of
        these.
        """
        said = {d.said for d in (*self.decisions, *(d for d, _ in self.lapsed))}
        kept = [d for d in own if d.signed_on is None and (known or d.said not in said)]
        there = {d.said for d in own}
        taken = {d.item for d in kept}
        again = [
            d
            for d in self.decisions
            if (not known or d.said in there) and not {d.item, d.item.partition(".")[0]} & taken
        ]
        return (*again, *kept)


@dataclass
class _Again:
    """The signed decisions taken again one after the other, on today's plan and on the signed one as made today."""

    seen: Comparison
    holding: tuple[Decision, ...] = ()

    @cached_property
    def _then(self) -> Proposal:
        """The plan of the signed chart and day as today's knowledge makes it: what changed in it is no fact."""
        return self.seen.signed_again()

    @property
    def revised(self) -> Proposal:
        return revise(self.seen.now, self.holding, self.seen.knowledge)

    def basis(self, item: str) -> object | None:
        """The line of today's plan; one that a decision has brought in, of the plan with it."""
        return _basis(self.seen.now, item) or _basis(self.revised, item)

    def changed(self, item: str) -> bool:
        before = _basis(self._then, item) or _basis(revise(self._then, self.holding, self.seen.knowledge), item)
        return digest(before) != digest(self.basis(item))


def carried(seen: Comparison, told: Iterable[Change]) -> Carried:
    """``told``: what has changed beside. Nothing where today's chart supports no plan."""
    if seen.now.referral is None or not seen.signed.decisions:
        return Carried()
    reviewed = any(change.severity is not Severity.INFO for change in told)
    again, lapsed = _Again(seen), list[tuple[Decision, str]]()
    for signed in seen.signed.decisions:
        decision = replace(signed, signed_on=signed.signed_on or seen.since)
        if decision.choice is Choice.DROP and again.basis(decision.item) is None:
            continue  # nothing of it is suggested any more
        if why := _why_lapsed(decision, again, reviewed):
            lapsed.append((decision, why))
        else:
            again.holding += (decision,)
    return Carried(again.holding, tuple(lapsed))


def _why_lapsed(decision: Decision, again: _Again, reviewed: bool) -> str:
    seen = again.seen
    if again.basis(decision.item) is None:
        return seen.word("line_gone")
    if again.changed(decision.item):
        return seen.word("line_changed")
    if reviewed and edits.loosens(again.revised, decision, seen.knowledge):
        return seen.word("loosens")
    try:
        edits.apply_decision(again.revised, decision, seen.knowledge)
    except ReviewError as error:
        return str(error)
    return ""


def lapsed_decisions(seen: Comparison, told: Iterable[Change]) -> Changes:
    """A row for each decision of the signer that is not applied again."""
    for decision, why in carried(seen, told).lapsed:
        words = {"line": _title(decision, seen), "before": _decided(decision, seen), "why": why}
        yield seen.change(ChangeName.DECISION, **words, after=_suggested(decision, seen))


def _title(decision: Decision, seen: Comparison) -> str:
    id_ = decision.item.partition(".")[0]
    found = seen.now.activity(id_) or seen.signed.activity(id_)
    if found:
        return found.title
    goals = (goal.description for goal in (*seen.now.goals, *seen.signed.goals) if goal.id == id_)
    return next(goals, seen.word("dose").format(field=decision.item.partition(".")[2].replace("-", " ")))


def _decided(decision: Decision, seen: Comparison) -> str:
    said = seen.word("removed" if decision.choice is Choice.DROP else "set_to").format(text=decision.value)
    return f"{said} {decision.reason}".strip()


def _suggested(decision: Decision, seen: Comparison) -> str:
    """What today's plan suggests for the line."""
    found = seen.now.activity(decision.item.partition(".")[0])
    if found:
        return found.dose or found.description
    goals = (goal.description for goal in seen.now.goals if goal.id == decision.item)
    return next(goals, seen.word("as_suggested"))


# -- what a decision rests on


def _basis(proposal: Proposal, item: str) -> object | None:
    """The line as suggested, without wording of reasons and days that move with the day it is opened; None without."""
    kind, _, field = item.partition(".")
    if kind == "dose":
        return _of_program(proposal, field)
    goal = next((goal for goal in proposal.goals if goal.id == item), None)
    if goal:
        return (goal.measure, goal.measure_text, goal.baseline, goal.low, goal.high, goal.unit, goal.at_evaluation)
    activity = proposal.activity(kind)
    return activity and _of_line(activity, proposal)


def _of_line(activity: Activity, proposal: Proposal) -> object:
    restriction = proposal.assessment.restriction(activity.id)
    return (
        *(activity.title, activity.description, activity.dose, activity.do_not_perform, activity.locked),
        *(activity.status, activity.status_reason, activity.block, activity.home_set, activity.home_note),
        *(activity.variant, activity.cautious),
        restriction and (restriction.state, restriction.until),
    )


def _of_program(proposal: Proposal, field: str) -> object:
    ramp, visits, priority, program = proposal.ramp, proposal.visits, proposal.priority, proposal.program
    if field == "visits":
        return visits and _of_visits(visits)
    if field == "priority":
        return priority and _of_priority(priority)
    if field == "minutes":
        return ramp and _of_ramp(ramp)
    return (proposal.assessment.effective_phase, ramp and ramp.holds, proposal.months, program)


def _of_visits(visits: Visits) -> object:
    return (visits.preset, visits.count, visits.weeks)


def _of_priority(priority: TherapyPriority) -> object:
    return (priority.value, priority.because)


def _of_ramp(ramp: Ramp) -> object:
    return (ramp.rule, ramp.first, ramp.target, ramp.step_minutes, ramp.step_weeks, ramp.holds)
