"""What rules yield while they run -> one finding: the value, and the alerts, gaps and trace, merged and sorted.

A rule is a generator: it yields what there is to note, in any order, and returns what it found.
"""

from collections.abc import Generator, Iterable
from dataclasses import replace
from operator import attrgetter
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from smartapp.core.alert_codes import AlertCode
from smartapp.core.assessment import Alert, Gap, Reason, Trace
from smartapp.core.chart import Source
from smartapp.core.frozen import frozen
from smartapp.core.kinds import AttestationName
from smartapp.core.knowledge import AlertText, Knowledge
from smartapp.core.states import Severity

T = TypeVar("T")
EMERGENCY = "emergency"
_BY_REFERENCE = attrgetter("reference", "display", "date", "note")


class Raised(NamedTuple):
    """An alert before it has its words."""

    code: AlertCode
    why: str
    sources: tuple[Source, ...]
    eased: bool
    variant: str


Note: TypeAlias = Raised | Gap | Trace
Notes: TypeAlias = Generator[Note, None, None]  # of a rule that finds nothing else
Noting: TypeAlias = Generator[Note, None, T]  # of a rule that returns T


@frozen
class Finding(Generic[T]):
    """What rules found: alerts, one of each code and the most severe first; gaps, one of each concept; the trace."""

    value: T
    alerts: tuple[Alert, ...]
    gaps: tuple[Gap, ...]
    trace: tuple[Trace, ...]


def alert(
    code: AlertCode, why: str, sources: Iterable[Source] = (), *, eased: bool = False, variant: str = ""
) -> Raised:
    """An alert in the words of alerts.toml; ``why`` is the sentence naming this patient's facts."""
    return Raised(code, why, unique(sources), eased, variant)


def gap(concept: str, question: str, effect: str) -> Gap:
    return Gap(concept, question, effect)


def rule_fired(rule: str, text: str, statements: tuple[str, ...] = (), sources: Iterable[Source] = ()) -> Trace:
    return Trace(rule, True, text, statements, unique(sources) if sources else ())


def rule_missed(rule: str, text: str, statements: tuple[str, ...] = (), sources: Iterable[Source] = ()) -> Trace:
    """A rule that looked at facts and did not fire, with why not."""
    return Trace(rule, False, text, statements, unique(sources) if sources else ())


def finding_of(rule: Noting[T], knowledge: Knowledge) -> Finding[T]:
    """Runs a rule to its end and merges what it, and every rule it asks, yields."""
    notes: list[Note] = []
    return merge_notes(run(rule, notes), notes, knowledge)


def merge_notes(value: T, notes: Iterable[Note], knowledge: Knowledge) -> Finding[T]:
    alerts: dict[AlertCode, Alert] = {}
    gaps: dict[str, Gap] = {}
    trace: list[Trace] = []
    for note in notes:
        if isinstance(note, Trace):
            trace.append(note)
        elif isinstance(note, Raised):
            raised = with_words(note, knowledge)
            alerts[note.code] = _merge(alerts[note.code], raised) if note.code in alerts else raised
            trace.append(Trace(raised.reason.rule, True, note.why, raised.reason.statements, note.sources))
        else:
            gaps.setdefault(note.concept, note)
    return Finding(
        value,
        tuple(sorted([_with_facts(each, knowledge.alerts[code]) for code, each in alerts.items()], key=_leading)),
        tuple([gaps[concept] for concept in sorted(gaps)]),
        without_repeats(trace),
    )


def _with_facts(raised: Alert, row: AlertText) -> Alert:
    """Where the row asks for it, what was found is said before what it means."""
    if not row.facts_first:
        return raised
    why = raised.reason.text
    return replace(raised, text=f"{why[:1].upper()}{why[1:]} {raised.text}")


def _leading(raised: Alert) -> tuple[int, bool, str]:
    """The most severe first, and of these the emergencies."""
    return raised.severity.rank, raised.urgency != EMERGENCY, raised.code


def run(rule: Noting[T], notes: list[Note]) -> T:
    """Appends all a rule yields, and returns what it returns: a later rule may ask what was raised before it."""
    while True:
        try:
            notes.append(next(rule))
        except StopIteration as end:
            value: T = end.value
            return value


def with_words(note: Raised, knowledge: Knowledge) -> Alert:
    """The alert as it is shown."""
    row = knowledge.alerts[note.code]
    severity = row.eased if note.eased and row.eased else row.severity
    reason = Reason(note.why, row.origin.statements, note.sources, f"alert.{note.code}")
    words = row.variants[note.variant] if note.variant else row.words
    urgency = words.urgency if severity is Severity.STOP else ""
    return Alert(
        note.code,
        severity,
        words.text,
        reason,
        words.action,
        urgency,
        words.work_up,
        words.lifted_by,
        row.concern,
        words.refer_to,
        words.refer_within,
    )


def without_repeats(trace: Iterable[Trace]) -> tuple[Trace, ...]:
    """Lines are compared whole only where rule and text agree: sources take long to hash."""
    kept: list[Trace] = []
    first: dict[tuple[str, str], Trace] = {}
    others: list[Trace] = []  # of the same rule and text, from other sources
    for line in trace:
        key = (line.rule, line.text)
        same = first.get(key)
        if same is None:
            first[key] = line
        elif line == same or line in others:
            continue
        else:
            others.append(line)
        kept.append(line)
    return tuple(kept)


def unique(sources: Iterable[Source]) -> tuple[Source, ...]:
    """The sources once each, by reference."""
    found = tuple(sources)
    if len(found) < 2:
        return found
    return tuple(sorted(set(found), key=_BY_REFERENCE))


def _merge(first: Alert, second: Alert) -> Alert:
    """Two findings under one alert: both sentences, all sources, the severer wording; both where they are as severe."""
    severity = min(first.severity, second.severity, key=lambda each: each.rank)
    equal = [alert for alert in (first, second) if alert.severity is severity]
    sources = unique((*first.reason.sources, *second.reason.sources))
    reason = replace(first.reason, text=_joined(each.reason.text for each in (first, second)), sources=sources)
    return Alert(
        first.code,
        severity,
        _joined(alert.text for alert in equal),
        reason,
        _joined(alert.action for alert in equal),
        _fastest(alert.urgency for alert in equal),
        tuple(dict.fromkeys(name for alert in equal for name in alert.work_up)),
        _answers([alert.lifted_by for alert in equal]),
        first.concern,
        "; ".join(dict.fromkeys(alert.refer_to for alert in equal if alert.refer_to)),
        min((each.refer_within for each in equal if each.refer_within), key=lambda each: each.rank, default=None),
    )


def _answers(lifted_by: list[tuple[AttestationName, ...]]) -> tuple[AttestationName, ...]:
    """What answers one of the findings; nothing where one of them cannot be answered by a word."""
    return tuple(dict.fromkeys(name for names in lifted_by for name in names)) if all(lifted_by) else ()


def _joined(sentences: Iterable[str]) -> str:
    """Each sentence once; one that already stands within another adds nothing."""
    said = ""
    for sentence in sentences:
        said = said if sentence in said else f"{said} {sentence}".strip()
    return said


def _fastest(urgencies: Iterable[str]) -> str:
    """An emergency leads; else what was raised first."""
    found = tuple(urgencies)
    return EMERGENCY if EMERGENCY in found else found[0]
