"""The signed plan that runs and today's proposal -> whether only its next visits are ordered (rule book 2b, VI6)."""

from dataclasses import replace

from smartapp.core.fingerprint import content_hash
from smartapp.core.proposal import Proposal, ProposedGoal


def orders_next_visits(signed: Proposal, now: Proposal) -> bool:
    """Whether the day of renewal has come and nothing else of the plan is another: then the plan goes on as it was
    signed, and only its next order is written. ``now``: with the edits of today."""
    before, following = signed.visits, now.visits
    if before is None or following is None or following.order <= before.order:
        return False
    same_year = now.continues is not None and now.continues.year_from is not None
    return same_year and _plan_alone(signed, signed) == _plan_alone(now, signed)


def _plan_alone(proposal: Proposal, signed: Proposal) -> str:
    """What it says beside the order."""
    aims = {goal.id: goal for goal in signed.goals}
    goals = tuple(_aim(goal, aims.get(goal.id)) for goal in proposal.goals)
    return content_hash(replace(proposal, goals=goals, referral=None))


def _aim(goal: ProposedGoal, signed: ProposedGoal | None) -> ProposedGoal:
    """A goal whose first result is too old by now to set it again stands as it was signed."""
    return signed if signed and goal.at_evaluation else goal
