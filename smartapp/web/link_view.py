"""A kept link of a therapist -> what pages show of it: for whom it is, how far, what came back and what a newer plan
changes. Read from our own store alone: no page of it asks the EHR.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from smartapp.archive import record_of
from smartapp.core.proposal import Role
from smartapp.core.referral import ReferralTask
from smartapp.core.referral_moves import BY_ACTION, Action, Step
from smartapp.core.therapist import (
    Asked,
    LinkState,
    PlanChange,
    Recipient,
    Report,
    ReportKind,
    plan_change,
    report_words,
    step_of,
)
from smartapp.document.therapist_sheet import TherapistSheet, words_to_avoid
from smartapp.errors import KeptUnreadable
from smartapp.store import KeptReport, Link
from smartapp.web.signed import Signed
from smartapp.web.wiring import moment_words, wiring


@dataclass(frozen=True)
class TherapistLink:
    """``content`` as it was sealed when the link was made."""

    kept: Link
    content: Mapping[str, Any]

    @property
    def id(self) -> str:
        return self.kept.id

    @property
    def recipient(self) -> Recipient:
        return Recipient(self.content["recipient"]["name"], self.content["recipient"]["clinic"])

    @property
    def iss(self) -> str:
        return str(self.content["iss"])

    @property
    def patient(self) -> str:
        return str(self.content["patient"])

    @property
    def task_id(self) -> str:
        return str(self.content["task"])

    @property
    def plan_id(self) -> str:
        return str(self.content["plan"])

    @property
    def signed(self) -> date:
        return date.fromisoformat(self.content["signed"])

    @cached_property
    def asked(self) -> tuple[Asked, ...]:
        return tuple(
            Asked(id_, title, unit, Decimal(low), Decimal(high), whole)
            for id_, title, unit, low, high, whole in self.content["asked"]
        )

    @property
    def pdf(self) -> bytes:
        return b64decode(self.content["pdf"])

    @property
    def state(self) -> LinkState:
        if self.kept.revoked is not None:
            return LinkState.REVOKED
        if wiring().clock() >= self.kept.expires:
            return LinkState.EXPIRED
        return LinkState.NEVER_OPENED if self.kept.opened is None else LinkState.OPENED

    @property
    def is_open(self) -> bool:
        return self.state in (LinkState.NEVER_OPENED, LinkState.OPENED)

    @property
    def until(self) -> date:
        return wiring().day(self.kept.expires)

    @property
    def state_words(self) -> str:
        """With its day: “opened on 2026-03-02”; and what was refused."""
        at = {LinkState.OPENED: self.kept.opened, LinkState.REVOKED: self.kept.revoked}.get(self.state)
        day = f" on {wiring().day(at)}" if at is not None else ""
        return f"{self.state.value}{day or f' on {self.until}' if self.state is LinkState.EXPIRED else day}"

    @property
    def refused_words(self) -> str:
        times, at = self.kept.refused, self.kept.refused_at
        if not times or at is None:
            return ""
        often = "once" if times == 1 else f"{times} times"
        return f"Another browser tried it {often}, the last time {moment_words(wiring(), at).strip()}, and was refused."


def link_of(kept: Link) -> TherapistLink:
    return TherapistLink(kept, kept.content)


def links_of_patient(patient_key: str) -> tuple[TherapistLink, ...]:
    """The newest first, of all referrals of the patient: the link of an older one may tell of the newer."""
    return tuple(map(link_of, wiring().store.links.of_patient(patient_key)))


def sealed_content(
    sheet: TherapistSheet, signed: Signed, iss: str, referral: ReferralTask, recipient: Recipient
) -> dict[str, object]:
    """What a new link shows, whatever becomes of the EHR."""
    plan = signed.record.signed
    return {
        "recipient": {"name": recipient.name, "clinic": recipient.clinic},
        "iss": iss, "task": referral.id, "patient": referral.patient, "plan": signed.kept.plan_id,
        "signed": plan.signed_at.date().isoformat(), "by": plan.signer.name or plan.signer.reference,
        "letter": sheet.letter, "program": sheet.program, "avoid": list(sheet.avoid),
        "asked": [[a.id, a.title, a.unit, str(a.lowest), str(a.highest), a.whole] for a in sheet.asked],
        "pdf": b64encode(sheet.pdf).decode(),
    }  # fmt: skip


# -- reports


def report_json(report: Report) -> dict[str, object]:
    return {
        "kind": report.kind.value, "on": report.on.isoformat() if report.on else "", "reason": report.reason,
        "text": report.text, "values": [list(pair) for pair in report.values], "fall": report.fall,
        "symptoms": report.symptoms, "plan_id": report.plan_id,
    }  # fmt: skip


def report_of(kept: Mapping[str, Any]) -> Report:
    on = date.fromisoformat(kept["on"]) if kept["on"] else None
    values = tuple((str(id_), str(value)) for id_, value in kept["values"])
    return Report(
        ReportKind(kept["kind"]), on, kept["reason"], kept["text"], values, kept["fall"], kept["symptoms"],
        kept["plan_id"],
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
        return bool(self.kept.taken and self.kept.taken.get("done"))

    @property
    def taken_words(self) -> str:
        how = self.kept.taken or {}
        return f"Taken over by {how.get('by', '')} on {how.get('on', '')}" if self.taken else ""

    @property
    def answer_words(self) -> str:
        said = self.kept.answer or {}
        return f"Answered by {said.get('by', '')} on {said.get('on', '')}: {said.get('text', '')}" if said else ""

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
    return "Keep in the history" if step.action is Action.CONTACT else f"Take over: {BY_ACTION[step.action].words}"


def not_in_chart(patient_key: str) -> tuple[ReportLine, ...]:
    """What therapists told of this patient and nobody has taken over yet, the newest first."""
    lines = (line for link in links_of_patient(patient_key) for line in report_lines(link) if not line.taken)
    return tuple(sorted(lines, key=lambda line: -line.kept.sent))


def note_answer(patient_key: str, task_id: str, text: str, by: str) -> None:
    """The clinician has answered in the referral: the therapist who asked reads it by the link."""
    asked = (
        line for link in links_of_patient(patient_key) if link.task_id == task_id for line in report_lines(link)
        if line.waits_for_answer and (line.kept.taken or {}).get("action") == Action.ASK
    )  # fmt: skip
    for line in sorted(asked, key=lambda each: each.kept.sent):
        wiring().store.links.answer(line.id, {"text": text, "by": by, "on": wiring().today().isoformat()})


# -- a newer plan


@dataclass(frozen=True)
class Newer:
    """``plan_id`` empty: the plan was taken back and nothing replaces it. ``change`` None: it could not be compared."""

    plan_id: str = ""
    signed: date | None = None
    by: str = ""
    change: PlanChange | None = None

    @property
    def tightened(self) -> bool:
        """Whether it may forbid more; what cannot be compared may."""
        return self.change is None or bool(self.change.stricter)


def newer_plan(link: TherapistLink) -> Newer | None:
    """The plan that counts now, as far as it was signed in this Loadpath; None where it is the one of the link."""
    kept = wiring().store.records.signatures_of(f"{link.iss}/{link.patient}")
    for each in kept:
        if each.plan_id == link.plan_id:
            return Newer() if each.retired else None
        if each.retired:
            continue
        signed_on = datetime.fromtimestamp(each.signed, UTC).astimezone().date()
        try:
            plan = record_of(each.record).signed
        except KeptUnreadable:
            return Newer(each.plan_id, signed_on)
        if plan.active:
            change = plan_change(link.content["avoid"], words_to_avoid(plan.proposal, wiring().knowledge))
            return Newer(each.plan_id, signed_on, plan.signer.name or plan.signer.reference, change)
    return Newer()


def next_review(signed: Signed | None) -> date | None:
    """The next dated review of the plan."""
    if signed is None or signed.why:
        return None
    today = wiring().today()
    days = (review.day for review in signed.record.signed.proposal.reviews if review.day >= today)
    return min(days, default=None)
