"""What a receiver of a referral needs -> what of it is there, what is missing, and what could not be read.

Sources: 42 CFR 410.61(c) and Medicare Benefit Policy Manual 15, 220.1.2.B (a plan of care has at least diagnoses,
long-term goals, and type, amount, duration and frequency of therapy); what else a clinic has to know before it books:
HL7 SDOH Clinical Care 3.0.0 (what a Task brings along) and the letter of Loadpath.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Need(StrEnum):
    """In the order of the page."""

    IDENTITY = "Birth date and record number"
    PHONE = "Phone"
    LANGUAGE = "Language"
    PAYER = "Payer"
    DIAGNOSIS = "Diagnosis"
    CODE = "ICD-10 code"
    LEVEL = "Level of the fracture"
    SINCE = "Date of the fracture"
    RESTRICTIONS = "Movement restrictions"
    WEIGHT_BEARING = "Weight-bearing"
    BRACE = "Brace or collar"
    SIGNED = "Order signed"
    NPI = "NPI of the referrer"
    CALL_BACK = "Call-back phone"
    IMAGING = "Imaging or bone density"
    GOALS = "Goals"
    DOSE = "Visits: how many, how long, how often"


class NeedState(StrEnum):
    THERE = "there"
    MISSING = "missing"
    UNREAD = "could not be read"


# Whom to ask for what is missing.
ASK: Mapping[Need, str] = MappingProxyType(
    {
        Need.IDENTITY: "ask the patient",
        Need.PHONE: "ask the patient or the referrer",
        Need.LANGUAGE: "ask the patient",
        Need.PAYER: "not stated, ask the patient",
        Need.CODE: "ask the referrer",
        Need.WEIGHT_BEARING: "not stated, ask the referrer",
        Need.BRACE: "not stated, ask the referrer",
        Need.SIGNED: "the order is not signed: do not book on it",
        Need.NPI: "fill it in on the letter",
        Need.CALL_BACK: "fill it in on the letter",
        Need.RESTRICTIONS: "do not send it on without them: ask the referrer",
        **dict.fromkeys(
            (Need.DIAGNOSIS, Need.LEVEL, Need.SINCE, Need.IMAGING, Need.GOALS, Need.DOSE), "ask the referrer"
        ),
    }
)


@dataclass(frozen=True)
class PacketItem:
    """``said``: what is there, or whom to ask."""

    need: Need
    state: NeedState
    said: str


def packet(facts: Mapping[Need, str | None]) -> tuple[PacketItem, ...]:
    """Every need once. A fact is its words; empty where it was looked for and is not there, None (or not among the
    facts) where it could not be read: unread is not missing.
    """
    return tuple(_item(need, facts.get(need)) for need in Need)


def _item(need: Need, fact: str | None) -> PacketItem:
    if fact is None:
        return PacketItem(need, NeedState.UNREAD, "could not be read here: look into the EHR")
    return PacketItem(need, NeedState.THERE, fact) if fact else PacketItem(need, NeedState.MISSING, ASK[need])


# What the clinician who signed can say; the rest is asked of the patient, or filled in on paper.
OF_REFERRER = frozenset(Need) - {Need.IDENTITY, Need.PHONE, Need.LANGUAGE, Need.PAYER, Need.NPI, Need.CALL_BACK}


def question(items: tuple[PacketItem, ...]) -> str:
    """What to ask the clinician for; empty where nothing is missing that they could say."""
    asked = [item.need.value for item in missing(items) if item.need in OF_REFERRER]
    return f"Missing in the referral: {'; '.join(asked)}. Please add." if asked else ""


def missing(items: tuple[PacketItem, ...]) -> tuple[PacketItem, ...]:
    return tuple(item for item in items if item.state is NeedState.MISSING)
