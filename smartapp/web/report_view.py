"""What therapists told by link -> what pages show of it, and what it waits for; and what a step of the clinic means to
those who have a link.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from smartapp.core.proposal import Role
from smartapp.core.referral import STAGES, Queue, ReferralTask, Returned
from smartapp.core.referral_moves import BY_ACTION, MOVES, Action, Step
from smartapp.core.therapist import Report, ReportKind, report_words, step_of
from smartapp.ehr.launch.connection import Connection
from smartapp.fhir import link_events
from smartapp.store import KeptReport
from smartapp.web.audit import audit_context, keep
from smartapp.web.catalog import _
from smartapp.web.link_view import TherapistLink, link_of, links_of_patient
from smartapp.web.wiring import moment_words, wiring


def report_json(report: Report) -> dict[str, object]:
    return {
        "kind": report.kind.value, "on": report.on.isoformat() if report.on else "", "reason": report.reason,
        "text": report.text, "values": [list(pair) for pair in report.values], "fall": report.fall,
        "symptoms": report.symptoms, "plan_id": report.plan_id, "recommends": report.recommends,
    }  # fmt: skip


def report_of(kept: Mapping[str, Any]) -> Report:
    on = date.fromisoformat(kept["on"]) if kept["on"] else None
    values = tuple((str(id_), str(value)) for id_, value in kept["values"])
    return Report(
        ReportKind(kept["kind"]), on, kept["reason"], kept["text"], values, kept["fall"], kept["symptoms"],
        kept["plan_id"], kept.get("recommends", ""),
    )  # fmt: skip


@dataclass(frozen=True)
class ReportLine:
    """One report as pages show it. ``button``: what taking it over does now; empty where it cannot be."""

    kept: KeptReport
    report: Report
    link: TherapistLink
    button: str = ""

    @property
    def id(self) -> str:
        return self.kept.id

    @property
    def words(self) -> str:
        return report_words(self.report, self.link.asked)

    @property
    def sent(self) -> str:
        return moment_words(wiring(), self.kept.sent).strip()

    @property
    def by(self) -> str:
        """As the line of the history says who told it when."""
        return f"Told by {self.link.recipient.words} by link on {wiring().day(self.kept.sent)}."

    def step(self, referral: ReferralTask, role: Role) -> Step | None:
        return step_of(self.report, self.words, self.by, referral, role, self.link.task_id == referral.id)

    @property
    def taken(self) -> bool:
        return self.kept.done is not None

    @property
    def taken_words(self) -> str:
        how = self.kept.taken or {}
        why = _(", as a line of the history only: %(how)s", how=how["why"]) if how.get("why") else ""
        if place := str(how.get("answers", "")):
            why = f", {Returned('', place).where} ({place})"
        return (
            _("Taken over by %(by)s on %(on)s%(why)s", by=how.get("by", ""), on=how.get("on", ""), why=why)
            if self.taken
            else ""
        )

    @property
    def answer_words(self) -> str:
        said = self.kept.answer or {}
        return (
            _(
                "Answered by %(by)s on %(on)s: %(answer)s",
                by=said.get("by", ""),
                on=said.get("on", ""),
                answer=said.get("text", ""),
            )
            if said
            else ""
        )

    @property
    def waits_for_answer(self) -> bool:
        return self.report.kind is ReportKind.QUESTION and not self.kept.answer


def report_lines(link: TherapistLink) -> tuple[ReportLine, ...]:
    """The oldest first."""
    return tuple(ReportLine(kept, report_of(kept.report), link) for kept in wiring().store.links.reports_of(link.id))


def reports_for(patient_key: str, referral: ReferralTask, role: Role) -> tuple[ReportLine, ...]:
    """Of every link of the patient: those not taken over first, then the newest; each with what its button does."""
    every = [line for link in links_of_patient(patient_key) for line in report_lines(link)]
    every.sort(key=lambda line: (line.taken, -line.kept.sent))
    return tuple(ReportLine(line.kept, line.report, line.link, _button(line, referral, role)) for line in every)


def _button(line: ReportLine, referral: ReferralTask, role: Role) -> str:
    step = line.step(referral, role)
    if line.taken or step is None:
        return ""
    return (
        _("Keep in the history")
        if step.action is Action.CONTACT
        else _("Take over: %(words)s", words=BY_ACTION[step.action].words)
    )


def not_in_chart(patient_key: str) -> tuple[ReportLine, ...]:
    """What therapists told of this patient and nobody has taken over yet, the newest first."""
    lines = (line for link in links_of_patient(patient_key) for line in report_lines(link) if not line.taken)
    return tuple(sorted(lines, key=lambda line: -line.kept.sent))


@dataclass(frozen=True)
class Waiting:
    """A referral of which a therapist told something that nobody has taken over yet."""

    task_id: str
    name: str
    count: int


def waiting_reports(iss: str, shows: Callable[[str], bool]) -> tuple[Waiting, ...]:
    """Of referrals this person's list shows (``shows``: by the id of the Task), the longest wait first."""
    counts: dict[str, Waiting] = {}
    for kept, count in wiring().store.links.waiting():
        link = link_of(kept)
        if link.iss == iss and shows(link.task_id):
            before = counts.get(link.task_id)
            counts[link.task_id] = Waiting(
                link.task_id, str(link.content["name"]), count + (before.count if before else 0)
            )
    return tuple(counts.values())


def tell_therapists(who: Connection, referral: ReferralTask, step: Step, name: str) -> None:
    """What a step made in Loadpath means to those who have a link of the referral."""
    patient_key = f"{who.iss}/{referral.patient}"
    if step.action is Action.ANSWER:
        note_answer(patient_key, referral.id, step.text, name)
    if step.action in _ENDS:
        end_links(patient_key, referral, who)


_ENDS = frozenset({move.action for move in MOVES if move.to is not None and STAGES[move.to].queue is Queue.CLOSED})


def end_links(patient_key: str, referral: ReferralTask, who: Connection) -> None:
    """The referral has ended by a person here: its links open nothing more."""
    made = wiring()
    for link in links_of_patient(patient_key):
        if link.task_id == referral.id and link.is_open:
            scene = replace(audit_context(made, who), patient=referral.patient)
            with made.store.transaction():
                made.store.links.revoke(link.id)
                words = _("ended with the referral, of %(recipient)s", recipient=link.recipient.words)
                keep(made, [link_events.link_made_event(scene, link.id, words)])


def note_answer(patient_key: str, task_id: str, text: str, by: str) -> None:
    """The clinician has answered in the referral: the therapist who asked reads it by the link."""
    asked = (
        line for link in links_of_patient(patient_key) if link.task_id == task_id for line in report_lines(link)
        if line.waits_for_answer and (line.kept.taken or {}).get("action") == Action.ASK
    )  # fmt: skip
    for line in sorted(asked, key=lambda each: each.kept.sent):
        wiring().store.links.answer(line.id, {"text": text, "by": by, "on": wiring().today().isoformat()})
