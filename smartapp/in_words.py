"""Assessment -> words for a person at a terminal: ``smartapp derive`` without ``--json``, and ``explain``."""

from collections.abc import Iterable, Iterator

from smartapp.core.assessment import Assessment, Trace
from smartapp.core.changes import Change
from smartapp.core.chart import Source
from smartapp.core.knowledge import Knowledge
from smartapp.core.plan.instead import first_referral
from smartapp.core.proposal import Proposal
from smartapp.program_answer import course_lines
from smartapp.render import exercises_answer, gate_states, references_of


def summary(assessment: Assessment, proposal: Proposal | None = None, changes: Iterable[Change] | None = None) -> str:
    """A few lines for a person at a terminal: ``smartapp derive`` without ``--json``."""
    lines = [f"As of {assessment.as_of}: {assessment.disposition.value}"]
    lines += [f"Since the signed plan, {change.kind}: {change.text}" for change in changes or ()]
    lines += [f"{proposal.title}."] if proposal and not assessment.disposition.prescribes else []
    lines += [f"Refer to {r.to}, {r.urgency.value}: {r.text}"] if (r := first_referral(assessment)) else []
    lines += [words] if (words := assessment.chart.names_another) else []
    if assessment.calendar_phase and assessment.effective_phase:
        lines.append(f"Phase: {assessment.effective_phase.value} (by calendar {assessment.calendar_phase.value})")
    if assessment.anchor:
        lines.append(f"Counted from {assessment.anchor.day} ({assessment.anchor.rule})")
    lines += [f"{name}: {state}" for name, state in gate_states(assessment).items() if state]
    lines += [f"{r.id} {r.state.value}: {r.text}" for r in assessment.restrictions]
    lines += [f"{a.severity.value.upper()} {a.code}: {a.text}" for a in assessment.alerts]
    lines += [f"Missing: {g.question} {g.effect}" for g in assessment.gaps]
    lines += [f"{'Not understood' if u.topic else 'Not read'}: {u.where}: {u.reason}" for u in assessment.unreadable]
    chosen = [a.id for a in exercises_answer(proposal)]
    lines += [f"Exercises: {' '.join(chosen)}"] if chosen else []
    return "\n".join([*lines, *course_lines(proposal)])


def explanation(assessment: Assessment, knowledge: Knowledge | None = None) -> str:
    """The reasoning as a readable trace: every rule that fired or nearly fired, with facts, statements and sources.

    With ``knowledge`` the statements named are spelled out at the end, with who says so.
    """
    head = [
        summary(assessment),
        "",
        f"Knowledge {assessment.knowledge_version}",
        *(f"Changed by the site: {change}" for change in assessment.site_changes),
        "",
        "What decided the phase:",
        *(f"  {reason.text}{_citations(reason.statements, reason.sources)}" for reason in assessment.deciding),
        f"What would change it: {assessment.would_change or 'nothing that is missing'}",
        *(f"If {a.fact}: {a.changes}" for a in assessment.alternatives),
    ]
    fired = [_trace_words(line) for line in assessment.trace if line.fired]
    nearly = [_trace_words(line) for line in assessment.trace if not line.fired]
    return "\n".join(
        [
            *[*head, "", "Rules that fired:", *fired, "", "Rules that nearly fired:", *nearly],
            *["", "Facts named:", *_facts(assessment)],
            *(["", "Statements named:", *_statements(assessment, knowledge)] if knowledge else []),
        ]
    )


def _facts(assessment: Assessment) -> Iterator[str]:
    """Each chart fact the reasoning names, in the chart's words."""
    named = {source.reference: source for line in assessment.trace for source in line.sources}
    for reference in sorted(named):
        source = named[reference]
        yield f"  {reference}: {', '.join(filter(None, (source.display, source.date, source.note)))}"


def _statements(assessment: Assessment, knowledge: Knowledge) -> Iterator[str]:
    """Each statement the reasoning names, in our words, with its citation numbers as printed."""
    named = {id_ for line in assessment.trace for id_ in line.statements}
    for id_ in sorted(named):
        statement = knowledge.statements[id_]
        cites = "".join(f"[{cite}]" for cite in statement.cites)
        lapsed = f" (changed since signed by {statement.origin.lapsed})" if statement.origin.lapsed else ""
        origin = f"{statement.origin.label}, {statement.origin.review}{lapsed}"
        yield f"  {id_}: {statement.text} ({' '.join(filter(None, (cites, origin)))})"


def _trace_words(line: Trace) -> str:
    return f"  {line.rule}: {line.text}{_citations(line.statements, line.sources)}"


def _citations(statements: Iterable[str], sources: Iterable[Source]) -> str:
    named = [", ".join(statements), ", ".join(references_of(sources))]
    said = "; ".join(filter(None, named))
    return f" [{said}]" if said else ""
