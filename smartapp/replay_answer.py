"""A replay -> the JSON of ``smartapp replay --json`` and words for a person at a terminal."""

from collections.abc import Iterator
from typing import Any

from smartapp.archive import VERSION
from smartapp.difference_answer import difference_json, difference_words, lines_of, row_json, rows_words
from smartapp.replay import Replay, Today

OF_READING = frozenset({"codes.csv", "systems.toml", "phrases.toml"})
READ_ONCE = (
    "Rows of codes.csv, systems.toml and phrases.toml also decide how records are read. The facts here are those read "
    "when it was signed: what these rows would read otherwise is told by smartapp impact, of the chart itself."
)


def replay_json(found: Replay) -> dict[str, Any]:
    signed, today = found.record.signed, found.today
    proposal = signed.proposal
    return {
        "plan": signed.plan_id,
        "patient": proposal.assessment.chart.patient.reference,
        "asOf": proposal.assessment.as_of.isoformat(),
        "signedBy": signed.signer.name,
        "signedAt": signed.signed_at.isoformat(),
        "form": found.form,
        "identical": found.identical,
        "sealed": found.sealed,
        "altered": found.altered,
        "fingerprint": {"signed": proposal.fingerprint, "again": found.again.fingerprint},
        "sha256": dict(zip(("signed", "again"), found.hashes, strict=True)),
        "knowledge": {
            "signed": proposal.assessment.knowledge_version, "from": found.knowledge_from, "today": today.version,
        },
        "changed": [difference_json(each) for each in found.changed],
        "today": {
            "differences": [difference_json(each.difference, each.causes) for each in today.found],
            "rows": [row_json(change) for change in today.rows],
            "rowsOfReading": [row_json(change) for change in today.rows if change.file in OF_READING],
            "untried": [{**row_json(change), "why": why} for change, why in (today.untried or {}).items()],
            "failed": today.failed or None,
        },
    }  # fmt: skip


def replay_words(found: Replay) -> Iterator[str]:
    signed = found.record.signed
    told = signed.proposal.assessment
    by = signed.signer.name or signed.signer.reference
    yield f"Plan {signed.plan_id}, signed by {by} on {signed.signed_at:%Y-%m-%d}"
    yield f"As of {told.as_of}, with knowledge {told.knowledge_version} ({found.knowledge_from})"
    yield from _verdict(found)
    for difference in found.changed:
        yield from lines_of(difference)
    yield from _today_words(found.today, told.knowledge_version)


def _verdict(found: Replay) -> Iterator[str]:
    signed = found.record.signed.proposal
    if found.sealed is None:
        yield "Whether the receipt is as it was given out is not known here: it takes the installation's secret."
    elif not found.sealed:
        yield "ALTERED: the receipt is not as this installation gave it out."
    if found.altered:
        yield "ALTERED: what the plan says is not what its fingerprint was made of."
    if found.hashes[0] == found.hashes[1]:
        yield f"Made again it is identical, byte for byte: fingerprint {signed.fingerprint}"
        return
    same = "the same" if signed.fingerprint == found.again.fingerprint else f"another: {found.again.fingerprint}"
    yield f"NOT IDENTICAL: made again from its facts with its knowledge, fingerprint {signed.fingerprint} is {same}."
    if found.form < VERSION:
        yield f"It was kept in form {found.form}, this program writes {VERSION}: what that form did not hold differs."
    yield "No row of the knowledge causes this: the rules of the program are others, or the receipt was altered."


def _today_words(today: Today, signed_with: str) -> Iterator[str]:
    if today.version == signed_with:
        yield f"Today's knowledge is the same, {today.version}."
        return
    yield f"With today's knowledge, {today.version}:"
    if today.failed:
        yield f"  no plan can be made: {today.failed}"
    elif not today.found:
        yield "  nothing of this decision differs."
    yield from difference_words(today.found)
    yield "Rows that differ:" if today.rows else "No row differs: comments alone do."
    yield from rows_words(today.rows)
    for change, why in (today.untried or {}).items():
        yield f"Could not be tried alone: {change.place}: {why.splitlines()[0]}"
    if any(change.file in OF_READING for change in today.rows):
        yield READ_ONCE
