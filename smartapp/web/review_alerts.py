"""Assessment -> what is shown first, in four groups: stop, decide before signing, for the therapist, for the record.

One line per cause (rule book 2a, NS20-NS25): an alert and the limits of the patient with the same cause are one line.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from smartapp.core.alert_codes import AlertCode
from smartapp.core.assessment import Alert, Assessment, Constraint
from smartapp.core.plan.limit_words import track_line
from smartapp.core.states import AlertGroup, Severity
from smartapp.web.catalog import _
from smartapp.web.review_facts import not_understood_lines, unread_lines

ORDER = AlertCode.ACTIVITY_ORDER
_PLACES: Mapping[AlertGroup, str] = {
    AlertGroup.STOP: "h-stop",
    AlertGroup.DECIDE: "h-settle",  # folded behind the others
    AlertGroup.THERAPIST: "limits",
    AlertGroup.RECORD: "fold-evidence",
}
MOST_OPEN = 7  # lines to decide that are open at once; rule book 2a, NS21
MOST_CONTROLS = 2  # lines with their controls in sight (ours)
MOST_SHORT = 8  # words of a heading among many (ours)
MOST_WORDS = 20  # of what is to do, under a heading that says the limits in full (ours)


@dataclass(frozen=True)
class AlertLine:
    """An alert with the limits of the same cause; a limit without an alert stands by itself.

    ``also``: an alert that would say the same a second time.
    """

    alert: Alert | None
    limits: tuple[Constraint, ...] = ()
    also: tuple[Alert, ...] = ()

    @property
    def text(self) -> str:
        """What the limits say of this patient, where they tell all the alert rests on; else the alert's own words."""
        told = {source for limit in self.limits for source in limit.reason.sources}
        if self.alert and not (self.alert.reason.sources and told.issuperset(self.alert.reason.sources)):
            return self.alert.text
        return " ".join(dict.fromkeys(limit.text for limit in self.limits))

    @property
    def short(self) -> str:
        """``text``, or what the limits are called. An order is said in full, it is another person's."""
        whole = self.alert is None or self.text == self.alert.text or self.alert.code == ORDER
        return self.text if whole else "; ".join(dict.fromkeys(limit.title for limit in self.limits))

    @property
    def is_long(self) -> bool:
        """Whether in a crowd the question says more in fewer words."""
        return len(self.short.split()) > MOST_SHORT

    @property
    def heading(self) -> str:
        """In short where there is much to do: what the limits change is done already, and stands behind the line."""
        return self.short if self.alert and len(self.alert.action.split()) > MOST_WORDS else self.text

    @property
    def to_review(self) -> bool:
        return self.alert is not None and self.alert.severity is Severity.REVIEW

    @property
    def limit_ids(self) -> tuple[str, ...]:
        return tuple(limit.id for limit in self.limits)

    @property
    def questions(self) -> tuple[str, ...]:
        """Each once, where two limits ask the same of one record."""
        asked = (part for limit in self.limits for part in re.split(r"(?<=\?) ", limit.question) if part)
        return tuple(dict.fromkeys(asked))


@dataclass(frozen=True)
class OpenPoint:
    """What a control of the page leaves open: ``key`` names the control, ``told`` is what it leaves, as sentences."""

    key: str
    told: tuple[str, ...]


@dataclass(frozen=True)
class AlertGroups:
    """``decide`` is open, ``more`` folded behind it. ``unread`` could not be read, ``questions`` not understood."""

    stop: tuple[AlertLine, ...]
    decide: tuple[AlertLine, ...]
    more: tuple[AlertLine, ...]
    therapist: tuple[AlertLine, ...]
    record: tuple[AlertLine, ...]
    unread: tuple[str, ...]
    questions: tuple[str, ...]
    track: str  # how the patient exercises where that is not standing

    @property
    def to_decide(self) -> int:
        return len(self.decide) + len(self.more) + bool(self.unread) + bool(self.questions)

    @property
    def points(self) -> tuple[OpenPoint, ...]:
        """Each control of the page that leaves something open, in the order of the page."""
        unread = OpenPoint("unread", tuple(_("Could not be read: %(line)s", line=line) for line in self.unread))
        decide = (OpenPoint(line.alert.code, (line.text,)) for line in self.decide if line.alert)
        questions = OpenPoint("questions", tuple(_("Not understood: %(line)s", line=line) for line in self.questions))
        more = OpenPoint("more", tuple(line.text for line in self.more))
        return tuple(point for point in (unread, *decide, questions, more) if point.told)

    @property
    def crowded(self) -> bool:
        """Whether so much is open that each line is a heading, with all it says and its control behind it."""
        return self.to_decide > MOST_CONTROLS or bool(self.unread)

    @property
    def titles(self) -> tuple[str, ...]:
        """What the folded lines for the therapist are about."""
        named = (limit.title for line in self.therapist for limit in line.limits)
        return tuple(dict.fromkeys(named))

    @property
    def folded_limits(self) -> tuple[str, ...]:
        return tuple(id_ for line in self.therapist for id_ in line.limit_ids)

    @property
    def folded_reviews(self) -> int:
        return sum(line.to_review for line in self.therapist)


def alert_groups(now: Assessment) -> AlertGroups:
    """The two lines on what was not read and not understood count as open lines and never fold."""
    unread, questions = unread_lines(now), not_understood_lines(now)
    grouped: Mapping[AlertGroup, list[Alert]] = {group: [] for group in AlertGroup}
    for alert in now.alerts:
        grouped[now.group(alert)].append(alert)
    stops, decide = grouped[AlertGroup.STOP], sorted(grouped[AlertGroup.DECIDE], key=_rank)
    stands = _limits_of((*stops, *decide), now.constraints)
    lines = _merged([AlertLine(alert, stands.get(alert.code, ())) for alert in decide])
    most = MOST_OPEN - bool(unread) - bool(questions)
    return AlertGroups(
        stop=tuple(AlertLine(alert, stands.get(alert.code, ())) for alert in stops),
        decide=tuple(lines[:most]),
        more=tuple(lines[most:]),
        therapist=tuple(_therapist(now, grouped[AlertGroup.THERAPIST], stands)),
        record=tuple(map(AlertLine, grouped[AlertGroup.RECORD])),
        unread=unread,
        questions=questions,
        track=track_line(now),
    )


def anchor_of(finding: str, now: Assessment) -> str:
    """Where on the page a finding of a card stands: its id; empty where this chart has nothing of it (any more)."""
    alert = next((each for each in now.alerts if each.code == finding), None)
    if alert is not None:
        open_lines = {line.alert.code for line in alert_groups(now).decide if line.alert}
        return f"settle-{finding}" if finding in open_lines else _PLACES[now.group(alert)]
    if now.restriction(finding):
        return f"item-{finding}"
    places = {"restrictions": bool(now.restrictions), "order": now.disposition.prescribes}
    return {"restrictions": "h-restrictions"}.get(finding, finding) if places.get(finding) else ""


def _merged(lines: Sequence[AlertLine]) -> Sequence[AlertLine]:
    """That somebody ordered something is no line of its own where other lines tell each order (rule book 2a, NS22)."""
    said = {s for line in lines if line.alert and line.alert.code != ORDER for s in line.alert.reason.sources}
    ordered = next((line for line in lines if line.alert and line.alert.code == ORDER), None)
    first = next((line for line in lines if line.alert and line.alert.code != ORDER and _shares(line, ordered)), None)
    if not (ordered and ordered.alert and first and set(ordered.alert.reason.sources) <= said):
        return lines
    both = AlertLine(first.alert, (*first.limits, *ordered.limits), (ordered.alert,))
    return [both if line is first else line for line in lines if line is not ordered]


def _shares(line: AlertLine, other: AlertLine | None) -> bool:
    found = (set(each.alert.reason.sources) for each in (line, other) if each and each.alert)
    return bool(set.intersection(*found))


def _rank(alert: Alert) -> tuple[int, bool]:
    """Danger, order, fracture, surgery, drug, missing data; a limit that asks misses an answer, and comes last.

    Of the dangers first what asks for a work-up: nothing is prescribed before it.
    """
    return alert.concern.rank, not alert.work_up


def _limits_of(alerts: Iterable[Alert], limits: Iterable[Constraint]) -> Mapping[str, tuple[Constraint, ...]]:
    """Each limit at the alert that is most its own."""
    wanted: dict[str, list[Constraint]] = {alert.code: [] for alert in alerts}
    for limit in limits:
        if leads := next((code for code in limit.alerts if code in wanted), None):
            wanted[leads].append(limit)
    return {code: tuple(found) for code, found in wanted.items()}


def _therapist(
    now: Assessment, alerts: list[Alert], stands: Mapping[str, tuple[Constraint, ...]]
) -> Iterable[AlertLine]:
    """Every limit that has no line above, and what else is for the therapist."""
    above = {limit.id for limits in stands.values() for limit in limits}
    told: set[str] = set()
    for limit in now.constraints:
        if limit.id not in above:
            alert = next((each for each in alerts if each.code in limit.alerts), None)
            told |= {alert.code} if alert else set()
            yield AlertLine(alert, (limit,))
    yield from (AlertLine(alert) for alert in alerts if alert.code not in told)
