"""A signed plan and its items -> the receipt: one row per artifact, for the page, the files and the command alike."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from types import MappingProxyType

from smartapp.core.dates import dates_as_read, us_date
from smartapp.core.proposal import SignedPlan
from smartapp.ehr.deliver.items import OutboxItem, WriteStatus
from smartapp.ehr.deliver.methods import WriteMethod

STATUS_WORDS: Mapping[WriteStatus, str] = MappingProxyType(
    {
        WriteStatus.WAITING: "Not sent yet",
        WriteStatus.SENDING: "Being sent",
        WriteStatus.UNKNOWN: "Not known whether it arrived",
        WriteStatus.DOUBTFUL: "Doubtful: look in the chart",
        WriteStatus.WRITTEN: "In the chart",
        WriteStatus.FOUND: "Was in the chart already",
        WriteStatus.FAILED: "Not in the chart",
        WriteStatus.CONFLICT: "Changed by somebody else meanwhile",
        WriteStatus.MANUAL: "To be done by hand",
        WriteStatus.CONFIRMED: "In the chart, as a person confirmed",
        WriteStatus.DROPPED: "Not taken by the EHR",
    }
)
METHOD_WORDS: Mapping[WriteMethod, str] = MappingProxyType(
    {
        WriteMethod.TRANSACTION: "written in one step with the others",
        WriteMethod.CREATE: "written by itself",
        WriteMethod.ORDER_ENTRY: "by a card in the EHR",
        WriteMethod.NOTE: "in a note",
        WriteMethod.MESSAGE: "in a message",
        WriteMethod.COPY: "as a copy",
    }
)
UNSIGNED = "Unsigned order, to sign in the EHR"  # never “ordered”: only the EHR knows whether somebody signed it
_ORDER = (
    *("CarePlan", "ServiceRequest", "Task", "DocumentReference", "Communication", "Goal", "Observation", "Provenance"),
)


@dataclass(frozen=True)
class ReceiptRow:
    """One artifact. ``detail``: why it went this way, what is doubtful, or what a person has to do by hand."""

    kind: str  # resource type; of several goals in one row with their number
    title: str
    identifier: str
    method: WriteMethod
    status: WriteStatus
    reference: str = ""  # CarePlan/12, once the EHR has it
    version: str = ""  # ETag or meta.versionId
    detail: str = ""

    @property
    def words(self) -> str:
        if self.method is WriteMethod.ORDER_ENTRY and self.status is WriteStatus.MANUAL:
            return UNSIGNED
        return STATUS_WORDS[self.status]

    @property
    def method_words(self) -> str:
        return METHOD_WORDS[self.method]


@dataclass(frozen=True)
class Receipt:
    """What became of a signed plan. ``rows`` stand as a clinician asks: plan, order, task, the rest."""

    plan_id: str
    ehr: str  # its name here
    patient: str  # reference
    patient_name: str
    signed_by: str
    signed_at: datetime
    active: bool
    rows: tuple[ReceiptRow, ...]


def receipt_of(signed: SignedPlan, items: Iterable[OutboxItem], ehr: str = "") -> Receipt:
    patient = signed.proposal.assessment.chart.patient
    return Receipt(
        signed.plan_id, ehr, patient.reference, patient.name, signed.signer.name or signed.signer.reference,
        signed.signed_at, signed.active, rows_of(items),
    )  # fmt: skip


def rows_of(items: Iterable[OutboxItem]) -> tuple[ReceiptRow, ...]:
    """A note or message the EHR refused is none of it: what it held went another way, and its rows say so."""
    shown = [item for item in items if not (item.is_document and item.status is WriteStatus.DROPPED)]
    return tuple(map(_row, sorted(shown, key=_rank)))


def _row(item: OutboxItem) -> ReceiptRow:
    detail = " ".join(filter(None, (item.why, item.detail)))
    return ReceiptRow(
        item.kind, item.title, item.identifier, item.method, item.status, item.reference, item.version, detail
    )


def _rank(item: OutboxItem) -> int:
    return _ORDER.index(item.kind) if item.kind in _ORDER else len(_ORDER)


def merge_goals(rows: Sequence[ReceiptRow]) -> Iterator[ReceiptRow]:
    """Goals that went the same way as one row; whatever has a record of its own keeps its own."""
    for _, group in groupby(rows, _fate):
        first, *others = group
        if others:
            alike = (first, *others)
            first = replace(
                first, kind=f"{len(alike)} {first.kind}s", title="; ".join(row.title for row in alike),
                identifier=" ".join(row.identifier for row in alike),
            )  # fmt: skip
        yield first


def _fate(row: ReceiptRow) -> tuple[str, ...]:
    alone = row.kind != "Goal" or row.reference.startswith("Goal/")
    return (row.kind, row.identifier if alone else "", row.method, row.status, row.reference, row.detail)


# -- to take along


def receipt_json(receipt: Receipt) -> dict[str, object]:
    return {
        "plan": receipt.plan_id,
        "patient": receipt.patient,
        "ehr": receipt.ehr,
        "signed_by": receipt.signed_by,
        "signed_at": receipt.signed_at.isoformat(timespec="seconds"),
        "active": receipt.active,
        "artifacts": [vars(row) for row in receipt.rows],
    }


def receipt_text(receipt: Receipt) -> str:
    lines = [
        f"Receipt of plan {receipt.plan_id} at {receipt.ehr}",
        f"Patient: {receipt.patient_name}",
        f"Signed by {receipt.signed_by}, {us_date(receipt.signed_at.date())}, {receipt.signed_at:%H:%M %Z}",
        "",
    ]
    for row in receipt.rows:
        place = f": {row.reference} version {row.version or '-'}" if row.reference else ""
        lines.append(f"{row.kind} ({row.title}): {row.words}, {row.method_words}{place}")
        lines += [f"  Identifier {row.identifier}", *([f"  {row.detail}"] if row.detail else [])]
    return dates_as_read("\n".join(lines)) + "\n"
