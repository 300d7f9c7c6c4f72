"""What CDS Hooks did at this site, for its administrators: calls, cards and what became of them; as a page and a file.

A service that is silent is counted like any other, so that a site goes live on its own numbers. No patient.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from smartapp.core.hooks import Outcome
from smartapp.core.one_question import ASKS
from smartapp.core.permissions import check_can_administer
from smartapp.fhir.hooks.cards import NAMES
from smartapp.fhir.hooks.discovery import SERVICES
from smartapp.fhir.hooks.overrides import DISPLAYS
from smartapp.store import CallCount, CardCount, KeptFeedback
from smartapp.web.catalog import _
from smartapp.web.referral_list import safe_cell
from smartapp.web.sessions import LaunchSession, enter, offices_of
from smartapp.web.wiring import wiring

hook_report = Blueprint("hook_report", __name__)

PERIODS = (7, 30, 90, 365)  # days one can look at (ours)
_DAY = 86400.0


@dataclass(frozen=True)
class CallLine:
    """One service, shown or silent: how many calls, with a card, with an order that stood already."""

    service: str
    silent: bool
    calls: int
    cards: int
    orders: int


@dataclass(frozen=True)
class TopicLine:
    """One topic of one service: cards that were shown, and their ends; ``silent``: cards kept back."""

    service: str
    topic: str
    shown: int
    accepted: int
    overridden: int
    silent: int

    @property
    def unanswered(self) -> int:
        return self.shown - self.accepted - self.overridden


@dataclass(frozen=True)
class CountLine:
    """So often this: a reason of overriding with the topic it was about, or a fact that was missing."""

    what: str
    about: str
    count: int


@hook_report.get("/l/<launch_id>/hooks", endpoint="hooks")
def show_hooks(launch_id: str) -> ResponseReturnValue:
    session = _entered(launch_id)
    issuer, days = session.connection.issuer, _days()
    hooks, since = wiring().store.hooks, wiring().clock() - days * _DAY
    calls, cards = hooks.calls(issuer, since), hooks.cards(issuer, since)
    client = wiring().smart.issuer_of(issuer).cds_hooks
    return render_template(
        "hooks.html", launch_id=launch_id, days=days, periods=PERIODS, allowed=client is not None,
        silent=[service.title for service in SERVICES if client and client.is_silent(service.hook)],
        calls=call_lines(calls), topics=topic_lines(cards), reasons=reason_lines(cards), missing=missing_lines(calls),
    )  # fmt: skip


@hook_report.get("/l/<launch_id>/hooks.csv", endpoint="export")
def export_hooks(launch_id: str) -> ResponseReturnValue:
    session = _entered(launch_id)
    return hooks_csv(session.connection.issuer, wiring().clock() - _days() * _DAY), {
        "Content-Type": "text/csv; charset=utf-8", "Content-Disposition": 'attachment; filename="cds-hooks.csv"',
    }  # fmt: skip


def _entered(launch_id: str) -> LaunchSession:
    session = enter(launch_id, chart=False)
    check_can_administer(offices_of(session))
    return session


def _days() -> int:
    asked = request.args.get("days", "")
    return int(asked) if asked in map(str, PERIODS) else 30


def call_lines(calls: Iterable[CallCount]) -> tuple[CallLine, ...]:
    kinds: dict[tuple[str, bool], Counter[str]] = {}
    for one in calls:
        seen = kinds.setdefault((one.service, not one.shown), Counter())
        seen += Counter(calls=one.count, cards=one.count * one.card, orders=one.count * one.order_exists)
    return tuple(
        CallLine(_service(service), silent, seen["calls"], seen["cards"], seen["orders"])
        for (service, silent), seen in sorted(kinds.items())
    )


def topic_lines(cards: Iterable[CardCount]) -> tuple[TopicLine, ...]:
    kinds: dict[tuple[str, str], Counter[str]] = {}
    for one in cards:
        seen = kinds.setdefault((one.service, one.topic), Counter())
        seen["shown" if one.shown else "silent"] += one.count
        seen[one.outcome] += one.count
    return tuple(
        TopicLine(_service(service), _topic(topic), seen["shown"], seen[Outcome.ACCEPTED], seen[Outcome.OVERRIDDEN],
                  seen["silent"])
        for (service, topic), seen in sorted(kinds.items())
    )  # fmt: skip


def reason_lines(cards: Iterable[CardCount]) -> tuple[CountLine, ...]:
    """Of what was overridden, the most frequent first."""
    counts: Counter[tuple[str, str]] = Counter()
    for one in cards:
        if one.outcome == Outcome.OVERRIDDEN:
            counts[_reason(one.reason_code), _topic(one.topic)] += one.count
    return _by_count(counts)


def missing_lines(calls: Iterable[CallCount]) -> tuple[CountLine, ...]:
    counts: Counter[tuple[str, str]] = Counter()
    for one in calls:
        counts.update({(_asked(name), _service(one.service)): one.count for name in one.missing})
    return _by_count(counts)


def _asked(name: str) -> str:
    """The question a missing fact is asked by: of a statement, of a limit of the whole patient, or its name."""
    asked = {
        rule.name.partition("-")[0]: rule.question for rule in wiring().knowledge.constraints.rules if rule.question
    }
    asked |= {statement.value: question for statement, question in ASKS.items()}
    return asked.get(name, name.replace("-", " "))


def _by_count(counts: Counter[tuple[str, str]]) -> tuple[CountLine, ...]:
    lines = (CountLine(what, about, count) for (what, about), count in counts.items())
    return tuple(sorted(lines, key=lambda line: (-line.count, line.what, line.about)))


def _service(id_: str) -> str:
    return next((service.title for service in SERVICES if service.id == id_), id_)


def _topic(code: str) -> str:
    return next((name for topic, name in NAMES.items() if topic == code), code)


def _reason(code: str) -> str:
    return DISPLAYS.get(code, code) or _("No reason given")


_COLUMNS = (
    "Time", "Service", "Hook", "Hook instance", "Shown", "Order existed", "Missing", "Card", "Topic", "Because",
    "Outcome", "Outcome time", "Reason", "Reason system", "With comment", "Knowledge",
)  # fmt: skip


def hooks_csv(issuer: str, since: float) -> str:
    """One line for each card, and for each call without one; the newest outcome of each."""
    hooks = wiring().store.hooks
    last: dict[str, KeptFeedback] = {told.card: told for told in hooks.feedback(issuer)}
    file = io.StringIO()
    table = csv.writer(file)
    table.writerow(_COLUMNS)
    for kept in hooks.firings(issuer, since):
        firing, at = kept.firing, datetime.fromtimestamp(kept.at, UTC).isoformat(timespec="seconds")
        call = (
            at, firing.service, firing.hook.value, firing.instance, _yes(firing.shown), _yes(firing.order_exists),
            " ".join(firing.missing),
        )  # fmt: skip
        for card in firing.cards or (None,):
            end = last.get(card.uuid) if card else None
            about = (card.uuid, card.topic.value, " ".join(card.because)) if card else ("", "", "")
            told = (
                (end.outcome, end.said, end.reason_code, end.reason_system, _yes(end.commented)) if end else ("",) * 5
            )
            table.writerow(map(safe_cell, (*call, *about, *told, firing.knowledge_version)))
    return file.getvalue()


def _yes(value: bool) -> str:
    return "yes" if value else "no"
