"""A signed plan -> files to take along: the text, the PDF, the FHIR Bundle, and the receipt itself as JSON and text."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from smartapp.archive import to_json
from smartapp.core.proposal import SignedPlan
from smartapp.document import as_pdf, as_text, contents
from smartapp.ehr.deliver.items import OutboxItem, WriteStatus
from smartapp.ehr.deliver.writing import Writing
from smartapp.web.outbox import RUNGS, STATES
from smartapp.web.sessions import LaunchSession
from smartapp.web.signed import Signed


@dataclass(frozen=True)
class File:
    body: bytes
    media: str
    ending: str


@dataclass(frozen=True)
class _Kept:
    signed: SignedPlan
    writing: Writing
    steps: tuple[OutboxItem, ...]
    ehr: str


def download(kind: str, one: Signed, session: LaunchSession) -> File | None:
    """The file of this kind; None if there is no such kind. Raises NoPdf."""
    if kind not in _MAKERS:
        return None
    return _MAKERS[kind](_Kept(one.record.signed, one.record.writing, one.steps, session.issuer.title))


def _text(kept: _Kept) -> File:
    return File(as_text(contents(kept.signed, kept.writing.basis)).encode(), "text/plain; charset=utf-8", ".txt")


def _pdf(kept: _Kept) -> File:
    return File(as_pdf(contents(kept.signed, kept.writing.basis)), "application/pdf", ".pdf")


def _bundle(kept: _Kept) -> File:
    """The Bundle as it was signed, whatever way each part of it went."""
    entries = [dict(step.entry) for step in kept.steps if not step.carries and not step.ends_something]
    bundle = {"resourceType": "Bundle", "type": "transaction", "entry": entries}
    return File(_json(bundle), "application/fhir+json", ".json")


def _receipt(kept: _Kept) -> File:
    signed = kept.signed
    told = {
        "plan": signed.plan_id,
        "patient": signed.proposal.assessment.chart.patient.reference,
        "ehr": kept.ehr,
        "signed_by": signed.signer.name or signed.signer.reference,
        "signed_at": signed.signed_at.isoformat(timespec="seconds"),
        "active": signed.active,
        "artifacts": [to_json(step.told) for step in kept.steps if step.landing is not WriteStatus.DROPPED],
    }
    return File(_json(told), "application/json", "-receipt.json")


def _receipt_text(kept: _Kept) -> File:
    signed = kept.signed
    lines = [
        f"Receipt of plan {signed.plan_id} at {kept.ehr}",
        f"Patient: {signed.proposal.assessment.chart.patient.name}",
        f"Signed by {signed.signer.name or signed.signer.reference}, {signed.signed_at.isoformat(timespec='seconds')}",
        "",
    ]
    for step in kept.steps:
        told = step.told
        place = f": {told.reference} version {told.version or '-'}" if told.reference else ""
        lines.append(f"{told.kind} ({told.title}): {STATES.get(step.landing, step.landing)}, {RUNGS[step.rung]}{place}")
        lines += [f"  Identifier {told.identifier}", *([f"  {told.detail}"] if told.detail else [])]
    return File(("\n".join(lines) + "\n").encode(), "text/plain; charset=utf-8", "-receipt.txt")


def _json(value: Any) -> bytes:
    return json.dumps(value, indent=2, ensure_ascii=False).encode()


_MAKERS: Mapping[str, Callable[[_Kept], File]] = {
    "text": _text,
    "pdf": _pdf,
    "json": _bundle,
    "receipt": _receipt,
    "receipt-text": _receipt_text,
}

COPIES = (
    ("text", "as text"),
    ("pdf", "as PDF"),
    ("json", "as FHIR JSON"),
    ("receipt-text", "the receipt as text"),
    ("receipt", "the receipt as JSON"),
)
