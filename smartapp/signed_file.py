"""``--signed FILE`` -> the plan that was signed before: its receipt as JSON, or another reading of the chart.

With ``--signed-on`` the file is a chart as ``derive`` reads it, and the plan is what it gave on that day, as if it had
been signed as it stood.
"""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from smartapp.archive import Record, record_in, record_of
from smartapp.core.assessment import Assessment
from smartapp.core.knowledge import Knowledge
from smartapp.core.plan import plan
from smartapp.core.proposal import Proposal
from smartapp.errors import InputError, KeptElsewhere


class SignedBefore(NamedTuple):
    """``plan_id``: of the record of a signature; a chart has none."""

    proposal: Proposal
    plan_id: str = ""


def signed_plan(
    file: Path | None, day: date | None, now: Assessment, knowledge: Knowledge, before: Callable[[], Assessment]
) -> SignedBefore | None:
    """As it was signed, edits included; None without a file, or where there was no plan to sign. Raises InputError.

    ``before`` reads the file as a chart of ``day``.
    """
    if file is None:
        return None
    signed = _record(file) if day is None else SignedBefore(plan(before(), knowledge))
    if signed.proposal.assessment.chart.patient.reference != now.chart.patient.reference:
        raise InputError(f"{file}: it is about another patient")
    return signed if signed.proposal.referral else None


def _record(file: Path) -> SignedBefore:
    signed = read_record(file).signed
    return SignedBefore(signed.proposal, signed.plan_id)


def read_record(file: Path) -> Record:
    """What was signed, of a receipt. Raises InputError."""
    try:
        value = json.loads(file.read_text(encoding="utf-8"))
        return record_of(record_in(value) if isinstance(value, dict) else {})
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}") from error
    except (ValueError, KeptElsewhere) as error:
        why = "not the receipt of a signed plan; of a chart, give the day with --signed-on"
        raise InputError(f"{file}: {why}") from error
