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
from smartapp.core.referral import ReferralTask
from smartapp.core.therapist import (
    Asked,
    LinkState,
    PlanChange,
    Recipient,
    plan_change,
)
from smartapp.document.therapist_sheet import TherapistSheet, words_to_avoid
from smartapp.errors import KeptUnreadable
from smartapp.store import Link
from smartapp.web.catalog import _, ngettext
from smartapp.web.signatures import Signed
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
    def next_phase(self) -> tuple[str, str]:
        """The phase that may be recommended, and when; empty beyond the last, and in links made before this."""
        phase, when = self.content.get("next_phase", ("", ""))
        return phase, when

    @cached_property
    def page(self) -> Mapping[str, Any]:
        """Letter and program as plain values, and their PDF."""
        return wiring().store.links.page(self.id)

    @property
    def pdf(self) -> bytes:
        return b64decode(self.page["pdf"])

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
        day = _(" on %(day)s", day=wiring().day(at)) if at is not None else ""
        return (
            f"{self.state.value}{day or _(' on %(day)s', day=self.until) if self.state is LinkState.EXPIRED else day}"
        )

    @property
    def refused_words(self) -> str:
        times, at = self.kept.refused, self.kept.refused_at
        if not times or at is None:
            return ""
        often = ngettext("once", "%(number)s times", times)
        last = moment_words(wiring(), at).strip()
        return _(
            "Another browser tried it %(often)s, the last time %(last)s, and was refused. Mail scanners do that, too.",
            often=often,
            last=last,
        )


def link_of(kept: Link) -> TherapistLink:
    return TherapistLink(kept, kept.content)


def links_of_patient(patient_key: str) -> tuple[TherapistLink, ...]:
    """The newest first, of all referrals of the patient: the link of an older one may tell of the newer."""
    return tuple(map(link_of, wiring().store.links.of_patient(patient_key)))


def sealed_content(
    sheet: TherapistSheet, signed: Signed, iss: str, referral: ReferralTask, recipient: Recipient
) -> dict[str, object]:
    """What is kept of a new link beside its page, whatever becomes of the EHR."""
    plan = signed.record.signed
    return {
        "recipient": {"name": recipient.name, "clinic": recipient.clinic},
        "iss": iss, "task": referral.id, "patient": referral.patient, "plan": signed.kept.plan_id,
        "signed": plan.signed_at.date().isoformat(), "by": plan.signer.name or plan.signer.reference,
        "name": sheet.letter["name"], "avoid": list(sheet.avoid),
        "next_phase": list(sheet.next_phase),
        "asked": [[a.id, a.title, a.unit, str(a.lowest), str(a.highest), a.whole] for a in sheet.asked],
    }  # fmt: skip


def sealed_page(sheet: TherapistSheet) -> dict[str, object]:
    return {"letter": sheet.letter, "program": sheet.program, "pdf": b64encode(sheet.pdf).decode()}


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
