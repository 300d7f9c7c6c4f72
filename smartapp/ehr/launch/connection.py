"""The values of a launch: before the EHR has answered (:class:`Pending`) and after (:class:`Connection`, tokens).

All are plain JSON inside, so that the store can keep them sealed and any worker can go on with them.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import msgspec

from smartapp.ehr.addresses import is_id
from smartapp.ehr.launch.discovery import Endpoints
from smartapp.ehr.launch.id_token import User
from smartapp.ehr.launch.scopes import Grants
from smartapp.errors import NEXT, LaunchError, Who

_REFRESH_EARLY = 30  # seconds before its end at which a token is renewed (ours)
_ASSUMED_SECONDS = 300  # life of a token whose EHR does not say (ours: short)


_FINDING = re.compile(r"[A-Za-z0-9-]{1,64}")
REFERRALS = "referrals"  # a coordinator's launch


class PatientMissing(LaunchError):
    title = "The EHR did not say which patient this is about"
    next_step = "Open Loadpath from a patient's chart, or choose a patient when the EHR asks."


class PatientUnclear(PatientMissing):
    who = Who.EHR
    next_step = NEXT[who]


class Stored:
    """A record as the store keeps it. Keys it does not know are passed over: a version before may have kept more."""

    def to_json(self) -> dict[str, Any]:
        value: dict[str, Any] = msgspec.to_builtins(self)
        return value

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Raises ValueError where a key is missing or holds something else."""
        try:
            return msgspec.convert(value, cls)
        except msgspec.ValidationError as error:
            raise ValueError(f"{cls.__name__}: {error}") from None


@dataclass(frozen=True)
class Pending(Stored):
    """A launch waiting for the EHR's answer. ``state``, ``verifier`` and ``nonce`` are secrets of this one attempt."""

    issuer: str  # key of the table in the issuers file
    aud: str
    state: str = field(repr=False)
    verifier: str = field(repr=False)
    nonce: str = field(repr=False)
    redirect_uri: str
    scope: str
    endpoints: Endpoints
    purpose: str = ""  # REFERRALS: of no one patient


@dataclass(frozen=True)
class Tokens(Stored):
    """What opens the EHR. Never logged, never shown: repr hides them."""

    access: str = field(repr=False)
    refresh: str = field(repr=False, default="")
    scope: str = ""
    ends: float = 0.0  # seconds since the epoch

    @classmethod
    def from_answer(cls, answer: Mapping[str, Any], now: float, before: "Tokens | None" = None) -> "Tokens":
        """From a checked token answer; what a refresh leaves out stays as it was."""
        seconds = answer.get("expires_in")
        known = isinstance(seconds, int | float) and not isinstance(seconds, bool) and 1 <= seconds < 1e9
        return cls(
            access=answer["access_token"],
            refresh=answer.get("refresh_token") or (before.refresh if before else ""),
            scope=answer["scope"] if isinstance(answer.get("scope"), str) else (before.scope if before else ""),
            ends=now + (float(seconds) if known else _ASSUMED_SECONDS),  # type: ignore[arg-type]
        )

    def stale(self, now: float) -> bool:
        return now >= self.ends - _REFRESH_EARLY


@dataclass(frozen=True)
class LaunchContext:
    """Launch context: from the token response and nowhere else (SMART X1). What no page uses is not kept.

    ``patient`` is empty where a coordinator opened the referrals, which are of many patients.
    """

    patient: str
    encounter: str = ""
    needs_banner: bool = True  # false only where the EHR says that it shows whose chart it is
    finding: str = ""  # what the card was about by whose link it was opened (appContext)

    @classmethod
    def from_answer(cls, answer: Mapping[str, Any]) -> "LaunchContext":
        """Raises PatientMissing; everything else that is odd is left out."""
        if "patient" not in answer:
            raise PatientMissing("The EHR granted access but named no patient.")
        if not is_id(answer["patient"]):
            raise PatientUnclear("The EHR granted access, but it names the patient in a form that is not understood.")
        return cls(
            patient=answer["patient"],
            encounter=answer["encounter"] if is_id(answer.get("encounter")) else "",
            needs_banner=answer.get("need_patient_banner") is not False,
            finding=finding_of(answer.get("appContext")),
        )

    @property
    def patient_reference(self) -> str:
        return f"Patient/{self.patient}" if self.patient else ""


def finding_of(app_context: Any) -> str:
    """What a card of ours put into appContext, as it may stand in an address; empty for anybody else's."""
    try:
        value = json.loads(app_context) if isinstance(app_context, str) else app_context
    except (ValueError, RecursionError):
        return ""
    finding = value.get("finding") if isinstance(value, dict) else None
    return finding if isinstance(finding, str) and _FINDING.fullmatch(finding) else ""


@dataclass(frozen=True)
class Connection(Stored):
    """A finished launch: which EHR, which patient, who, and with what rights. Holds no token."""

    issuer: str  # key of the table in the issuers file
    iss: str  # FHIR base
    endpoints: Endpoints
    context: LaunchContext
    user: User
    scope: str  # as granted

    @property
    def patient_key(self) -> str:
        """How the store knows this patient: FHIR base and id."""
        return f"{self.iss}/{self.context.patient_reference}"

    @property
    def grants(self) -> Grants:
        return Grants(self.scope)
