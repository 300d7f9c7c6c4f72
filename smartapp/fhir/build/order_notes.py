"""An edition -> the two notes of the order: page one in words, and behind it the facts, the dates and whom to ask.

The first is read alone where an EHR shows no more: orders of others, what is asked, what is safe and to be done, and
last what to avoid with what instead (rule book 2b RP8, 2c CX29).
"""

from collections.abc import Iterator

from smartapp.core.patient_texts import ENGLISH
from smartapp.core.plan.avoid import avoid_lines, told_elsewhere
from smartapp.core.plan.bearing import brace_line, weight_bearing_line
from smartapp.core.plan.guards import ready
from smartapp.core.plan.limit_words import limit_lines, order_lines, track_line
from smartapp.core.plan.lines import BLOCKS, at_home, block_of, waiting
from smartapp.core.plan.patient_texts import patient_texts
from smartapp.core.plan.safe_today import safe_moves
from smartapp.core.program import HomeSet
from smartapp.core.proposal import Activity, Referral
from smartapp.core.review.results import ENTERED
from smartapp.fhir.build.context import BuildContext
from smartapp.fhir.build.visit_words import visit_words


def page_one_note(context: BuildContext, referral: Referral) -> str:
    """note[0]."""
    proposal, knowledge = context.proposal, context.knowledge
    orders = order_lines(proposal.assessment)
    limits = [line for line in limit_lines(proposal.assessment) if not line.endswith(orders)]
    changed = [a.description for found in told_elsewhere(proposal, knowledge).values() for a in found]
    lines = (
        *orders,
        f"Asked: evaluate and treat. {visit_words(proposal, referral)}",
        *_safe(context),
        *_program(context),
        "Precautions:",
        *limits,
        *(line.text for line in avoid_lines(proposal, knowledge)),
        *changed,
    )
    return "\n".join(lines)


def _safe(context: BuildContext) -> Iterator[str]:
    if safe := safe_moves(context.proposal, context.knowledge):
        yield f"Safe today: {', '.join(safe)}. {track_line(context.proposal.assessment)}".strip()


def _program(context: BuildContext) -> Iterator[str]:
    """Each block and home set with the doses, then what waits, how it grows and how to progress."""
    proposal, knowledge = context.proposal, context.knowledge
    yield "Program today:"
    for title, codes in BLOCKS.values():
        yield from _listed(title, [each for each in ready(proposal) if block_of(each) in codes])
    for which, title in ((HomeSet.DAILY, "At home, every day"), (HomeSet.SESSION, "At home, as a session")):
        yield from _listed(title, [at_home(each) for each in ready(proposal) if each.home_set is which])
    yield from waiting(proposal)
    if proposal.ramp:
        yield from filter(None, (proposal.ramp.dose_line, proposal.ramp.held))
    yield from (knowledge.library.programme.texts[name] for name in ("by-hand", "progress-rule"))


def _listed(title: str, found: list[Activity]) -> Iterator[str]:
    if found:
        yield f"{title}: {'; '.join(f'{each.title} ({each.dose})' if each.dose else each.title for each in found)}."


def facts_and_dates(context: BuildContext, referral: Referral) -> str:
    """note[1]."""
    proposal = context.proposal
    lines = (
        referral.reason_text,
        *_bearing(context),
        *_phase(context),
        *proposal.notes,
        *(f"Test: {each.title}: {each.value} {each.unit}".rstrip() + (f", {each.day.isoformat()}" if each.day else "")
          + (", entered by a clinician at the review" if each.source == ENTERED else "")
          for each in proposal.measures if each.value is not None),
        *(f"Goal: {goal.description}{f', by {goal.due.isoformat()}' if goal.due else ''}." for goal in proposal.goals),
        *(f"{each.day.isoformat()}: {each.asked}" for each in proposal.reviews),
        f"Stop rules told to the patient: {_stop_rules(context)}",
        *_whom_to_ask(context),
    )  # fmt: skip
    return "\n".join(line for line in lines if line)


def _stop_rules(context: BuildContext) -> str:
    """In English, whatever the patient speaks."""
    texts = patient_texts(context.proposal, context.knowledge, ENGLISH)
    return " ".join(filter(None, map(texts.starting, ("stop.emergency", "stop.today"))))


def _phase(context: BuildContext) -> Iterator[str]:
    now = context.proposal.assessment
    if now.effective_phase and now.phase_reason:
        yield f"Phase {now.effective_phase.value}: {now.phase_reason.text}"


def _bearing(context: BuildContext) -> Iterator[str]:
    """What must not be guessed, in lines of their own: also that it is not stated."""
    now, words = context.proposal.assessment, context.knowledge.papers.texts["letter"].words(ENGLISH)
    yield weight_bearing_line(now) or words["weight-bearing"]
    yield brace_line(now) or words["brace-unread" if now.chart.partial else "brace"]


def _whom_to_ask(context: BuildContext) -> Iterator[str]:
    """Nobody's number is guessed."""
    if context.signer:
        yield f"Ordered by {context.signer.name or context.signer.reference or 'name not given'}: ask there."
