"""A plan saved as a draft -> what the next person reads of it: whose it is, its edits, and the edits to go on with.

The newest plan counts: a draft that was followed by another plan, or retracted, is not offered.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from smartapp.core.permissions import can_change, can_sign
from smartapp.core.proposal import Choice, Decision, Proposal, SignedPlan
from smartapp.web.catalog import _
from smartapp.web.review_context import ReviewContext, with_decisions, without_item
from smartapp.web.signatures import newest_plan, signed_plans
from smartapp.web.wiring import moment_words, wiring


@dataclass(frozen=True)
class DraftOffer:
    """``edits`` and ``lapsed`` in words; ``taken``: the plan on the page has the edits that still apply."""

    by: str
    saved: str
    edits: tuple[str, ...]
    lapsed: tuple[str, ...]
    taken: bool
    same: bool  # today's chart with these edits gives the very plan of the draft
    may_take: bool
    may_sign: bool  # so that it takes effect


def draft_offer(context: ReviewContext) -> DraftOffer | None:
    """None where the newest plan of this patient is no draft, or where today's chart supports no plan."""
    found = _draft(context)
    if found is None:
        return None
    saved, draft = found
    today = with_decisions(context, draft.decisions).revised
    standing = _standing(context, draft)
    lapsed = tuple(d for d in draft.decisions if d not in standing)
    mine = draft.signer.reference == context.signer.reference != ""
    return DraftOffer(
        _("you") if mine else draft.signer.name or draft.signer.reference or _("somebody the EHR did not name"),
        moment_words(wiring(), saved), _words(context.machine, draft, standing), _words(context.machine, draft, lapsed),
        {d.said for d in standing} <= {d.said for d in context.decisions},
        today.content_hash == draft.proposal.content_hash,
        can_change(context.signer), can_sign(context.signer, active=True),
    )  # fmt: skip


def with_draft(context: ReviewContext) -> tuple[Decision, ...]:
    """This person's edits with those of the draft that still apply; the draft's count where both are of one line."""
    found = _draft(context)
    standing = _standing(context, found[1]) if found else ()
    kept = context.decisions
    for decision in standing:
        kept = without_item(kept, decision.item if decision.item.startswith("dose.") else _line(decision))
    return (*kept, *standing)


def _draft(context: ReviewContext) -> tuple[float, SignedPlan] | None:
    """The newest plan, if it is a draft, and when it was saved."""
    last = newest_plan(signed_plans(context.session))
    if last is None or last.opened is None or not context.assessment.disposition.prescribes:
        return None
    signed = last.opened.signed
    return None if signed.active else (last.kept.signed, signed)


def _standing(context: ReviewContext, draft: SignedPlan) -> tuple[Decision, ...]:
    """Its edits that today's chart still takes."""
    return with_decisions(context, draft.decisions).revised.decisions


def _line(decision: Decision) -> str:
    return decision.item.partition(".")[0]


def _words(machine: Proposal, draft: SignedPlan, decisions: tuple[Decision, ...]) -> tuple[str, ...]:
    titles = {
        **{goal.id: goal.description for goal in (*draft.proposal.goals, *machine.goals)},
        **{activity.id: activity.title for activity in (*draft.proposal.activities, *machine.activities)},
    }
    return tuple(_edit_words(decision, titles) for decision in decisions)


def _edit_words(decision: Decision, titles: Mapping[str, str]) -> str:
    exercise = wiring().knowledge.library.exercises.get(decision.value)
    if decision.item.startswith("dose."):
        said = _(
            "%(what)s set to %(value)s",
            what=decision.item.removeprefix("dose.").replace("-", " ").capitalize(),
            value=decision.value,
        )
    else:
        said = titles.get(_line(decision), "A line that is no longer suggested")
        if decision.choice is Choice.DROP:
            said += ": removed"
        else:
            said += _(": exchanged for %(exercise)s", exercise=exercise.title) if exercise else f": {decision.value}"
    return said + (_(". Reason: %(reason)s", reason=decision.reason) if decision.reason else "")
