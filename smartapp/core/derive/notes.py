"""What the rules write down while they run: alerts, gaps and the trace; sorted at the end, so order never matters."""

from collections.abc import Iterable

from smartapp.core.alert_codes import AlertCode
from smartapp.core.assessment import Alert, Gap, Reason, Severity, Trace
from smartapp.core.chart import Source
from smartapp.core.knowledge import Knowledge


class Notes:
    """Collected by one derivation and thrown away with it; the only mutable value in core."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._alerts: dict[AlertCode, Alert] = {}
        self._gaps: dict[str, Gap] = {}
        self._trace: list[Trace] = []

    def alert(
        self, code: AlertCode, why: str, sources: Iterable[Source] = (), *, eased: bool = False, variant: str = ""
    ) -> None:
        """Raise an alert in the words of alerts.toml; ``why`` is the sentence naming this patient's facts."""
        words = self._knowledge.alerts[code]
        severity = words.eased if eased and words.eased else words.severity
        reason = Reason(why, words.origin.statements, unique(sources), f"alert.{code}")
        text = words.variants[variant] if variant else words.text
        raised = Alert(code, severity, text, reason, words.action, words.urgency)
        self._alerts[code] = _merged(self._alerts[code], raised) if code in self._alerts else raised
        self._trace.append(Trace(f"alert.{code}", True, why, words.origin.statements, reason.sources))

    def statements(self, code: AlertCode) -> tuple[str, ...]:
        """The statements an alert rests on, for a rule that did not raise it."""
        return self._knowledge.alerts[code].origin.statements

    def gap(self, concept: str, question: str, effect: str) -> None:
        self._gaps.setdefault(concept, Gap(concept, question, effect))

    def fired(self, rule: str, text: str, statements: tuple[str, ...] = (), sources: Iterable[Source] = ()) -> None:
        self._trace.append(Trace(rule, True, text, statements, unique(sources)))

    def nearly(self, rule: str, text: str, statements: tuple[str, ...] = (), sources: Iterable[Source] = ()) -> None:
        """A rule that looked at facts and did not fire, with why not."""
        self._trace.append(Trace(rule, False, text, statements, unique(sources)))

    def raised(self, keep: frozenset[AlertCode] | None = None) -> tuple[Alert, ...]:
        """Alerts, most severe first; only those in ``keep`` (besides hard stops) where it is given."""
        kept = (a for c, a in self._alerts.items() if keep is None or c in keep or a.severity is Severity.STOP)
        return tuple(sorted(kept, key=lambda alert: (alert.severity.rank, alert.code)))

    @property
    def gaps(self) -> tuple[Gap, ...]:
        return tuple(self._gaps[concept] for concept in sorted(self._gaps))

    @property
    def trace(self) -> tuple[Trace, ...]:
        """Each line once. Lines are compared whole only where rule and text agree: sources take long to hash."""
        kept: list[Trace] = []
        alike: dict[tuple[str, str], list[Trace]] = {}
        for line in self._trace:
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


def _merged(first: Alert, second: Alert) -> Alert:
    """Two findings under one alert: both sentences, all sources, the severer wording."""
    severer = min(first, second, key=lambda alert: alert.severity.rank)
    text = " ".join(dict.fromkeys((first.reason.text, second.reason.text)))
    sources = unique((*first.reason.sources, *second.reason.sources))
    reason = Reason(text, first.reason.statements, sources, first.reason.rule)
    return Alert(first.code, severer.severity, severer.text, reason, first.action, first.urgency)
