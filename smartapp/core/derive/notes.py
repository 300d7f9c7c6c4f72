"""What rules yield while they run -> one finding: the value, and the alerts, gaps and trace, merged and sorted.

A rule is a generator: it yields what there is to note, in any order, and returns what it found.
"""

from collections.abc import Generator, Iterable
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from smartapp.core.alert_codes import AlertCode
from smartapp.core.assessment import Alert, Gap, Reason, Trace
from smartapp.core.chart import Source
from smartapp.core.knowledge import Knowledge

T = TypeVar("T")


@dataclass(frozen=True)
class Raised:
    """An alert before it has its words."""

    code: AlertCode
    why: str
    sources: tuple[Source, ...]
    eased: bool
    variant: str


Note: TypeAlias = Raised | Gap | Trace
Notes: TypeAlias = Generator[Note, None, None]  # of a rule that finds nothing else
Noting: TypeAlias = Generator[Note, None, T]  # of a rule that returns T


@dataclass(frozen=True)
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
    return Trace(rule, True, text, statements, unique(sources))


def rule_missed(rule: str, text: str, statements: tuple[str, ...] = (), sources: Iterable[Source] = ()) -> Trace:
    """A rule that looked at facts and did not fire, with why not."""
    return Trace(rule, False, text, statements, unique(sources))


def finding_of(rule: Noting[T], knowledge: Knowledge) -> Finding[T]:
    """Runs a rule to its end and merges what it, and every rule it asks, yields."""
    notes: list[Note] = []
    value = _run(notes, rule)
    alerts: dict[AlertCode, Alert] = {}
    gaps: dict[str, Gap] = {}
    trace: list[Trace] = []
    for note in notes:
        if isinstance(note, Raised):
            raised = with_words(note, knowledge)
            alerts[note.code] = _merge(alerts[note.code], raised) if note.code in alerts else raised
            trace.append(Trace(raised.reason.rule, True, note.why, raised.reason.statements, note.sources))
        elif isinstance(note, Gap):
            gaps.setdefault(note.concept, note)
        else:
            trace.append(note)
    return Finding(
        value,
        tuple(sorted(alerts.values(), key=lambda alert: (alert.severity.rank, alert.code))),
        tuple(gaps[concept] for concept in sorted(gaps)),
        _without_repeats(trace),
    )


def recorded(rule: Noting[T], notes: list[Note]) -> Noting[T]:
    """The rule, with all it yields in ``notes`` as well: for rules that ask what was raised before them."""
    while True:
        try:
            note = next(rule)
        except StopIteration as end:
            value: T = end.value
            return value
        notes.append(note)
        yield note


def _run(notes: list[Note], rule: Noting[T]) -> T:
    """Appends all a rule yields, and returns what it returns."""
    while True:
        try:
            notes.append(next(rule))
        except StopIteration as end:
            value: T = end.value
            return value


def with_words(note: Raised, knowledge: Knowledge) -> Alert:
    """The alert as it is shown."""
    words = knowledge.alerts[note.code]
    severity = words.eased if note.eased and words.eased else words.severity
    reason = Reason(note.why, words.origin.statements, note.sources, f"alert.{note.code}")
    text = words.variants[note.variant] if note.variant else words.text
    return Alert(note.code, severity, text, reason, words.action, words.urgency)


def _without_repeats(trace: Iterable[Trace]) -> tuple[Trace, ...]:
    """Lines are compared whole only where rule and text agree: sources take long to hash."""
    kept: list[Trace] = []
    alike: dict[tuple[str, str], list[Trace]] = {}
    for line in trace:
        same = alike.setdefault((line.rule, line.text), [])
        if line not in same:
            same.append(line)
            kept.append(line)
    return tuple(kept)


def unique(sources: Iterable[Source]) -> tuple[Source, ...]:
    """The sources once each, by reference."""
    found = tuple(sources)
    if len(found) < 2:
        return found
    return tuple(sorted(set(found), key=lambda s: (s.reference, s.display, s.date, s.note)))


def _merge(first: Alert, second: Alert) -> Alert:
    """Two findings under one alert: both sentences, all sources, the severer wording."""
    severer = min(first, second, key=lambda alert: alert.severity.rank)
    text = " ".join(dict.fromkeys((first.reason.text, second.reason.text)))
    sources = unique((*first.reason.sources, *second.reason.sources))
    reason = Reason(text, first.reason.statements, sources, first.reason.rule)
    return Alert(first.code, severer.severity, severer.text, reason, first.action, first.urgency)
