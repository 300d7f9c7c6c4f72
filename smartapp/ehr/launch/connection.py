"""The values of a launch: before the EHR has answered (:class:`Pending`) and after (:class:`Connection`, tokens).

All are plain JSON inside, so that the store can keep them sealed and any worker can go on with them.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from smartapp.ehr.addresses import is_id
from smartapp.ehr.launch.discovery import Endpoints
from smartapp.ehr.launch.id_token import User
from smartapp.ehr.launch.scopes import Grants
from smartapp.errors import NEXT, LaunchError, Who

_RELATIVE = re.compile(r"[A-Z][A-Za-z]+/[A-Za-z0-9.\-_]{1,256}(/_history/[A-Za-z0-9.\-_]+)?")
_REFRESH_EARLY = 30  # seconds before its end at which a token is renewed (ours)
_ASSUMED_SECONDS = 300  # life of a token whose EHR does not say (ours: short)


class PatientMissing(LaunchError):
    title = "The EHR did not say which patient this is about"
    next_step = "Open Loadpath from a patient's chart, or choose a patient when the EHR asks."


class PatientUnclear(PatientMissing):
    who = Who.EHR
    next_step = NEXT[who]


@dataclass(frozen=True)
class Pending:
    """A launch waiting for the EHR's answer. ``state``, ``verifier`` and ``nonce`` are secrets of this one attempt."""

    issuer: str  # key of the table in the issuers file
    aud: str
    state: str = field(repr=False)
    verifier: str = field(repr=False)
    nonce: str = field(repr=False)
    redirect_uri: str
    scope: str
    endpoints: Endpoints
    started: float  # seconds since the epoch
    ehr_launch: bool = True

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "endpoints": self.endpoints.to_json()}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Pending":
        return cls(**{**value, "endpoints": Endpoints.from_json(value["endpoints"])})


@dataclass(frozen=True)
class Tokens:
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

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Tokens":
        return cls(**value)


@dataclass(frozen=True)
class Context:
    """Launch context: from the token response and nowhere else (SMART X1)."""

    patient: str
    encounter: str = ""
    fhir_context: tuple[dict[str, Any], ...] = ()
    need_patient_banner: bool = True
    smart_style_url: str = ""  # untrusted: fetch only through the EHR client, use only checked values
    intent: str = ""
    tenant: str = ""

    @classmethod
    def from_answer(cls, answer: Mapping[str, Any]) -> "Context":
        """Raises PatientMissing; everything else that is odd is left out."""
        if "patient" not in answer:
            raise PatientMissing("The EHR granted access but named no patient.")
        if not is_id(answer["patient"]):
            raise PatientUnclear("The EHR granted access, but it names the patient in a form that is not understood.")
        return cls(
            patient=answer["patient"],
            encounter=answer["encounter"] if is_id(answer.get("encounter")) else "",
            fhir_context=_fhir_context(answer.get("fhirContext")),
            need_patient_banner=answer.get("need_patient_banner") is not False,
            smart_style_url=_short(answer.get("smart_style_url")),
            intent=_short(answer.get("intent")),
            tenant=_short(answer.get("tenant")),
        )

    @property
    def patient_reference(self) -> str:
        return f"Patient/{self.patient}"


@dataclass(frozen=True)
class Connection:
    """A finished launch: which EHR, which patient, who, and with what rights. Holds no token."""

    issuer: str  # key of the table in the issuers file
    iss: str  # FHIR base
    endpoints: Endpoints
    context: Context
    user: User
    scope: str  # as granted
    wanted: str  # as asked for

    @property
    def grants(self) -> Grants:
        return Grants(self.scope)

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "endpoints": self.endpoints.to_json()}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Connection":
        context = {**value["context"], "fhir_context": tuple(value["context"]["fhir_context"])}
        parts = {
            "endpoints": Endpoints.from_json(value["endpoints"]),
            "context": Context(**context),
            "user": User(**value["user"]),
        }
        return cls(**{**value, **parts})


def _fhir_context(value: Any) -> tuple[dict[str, Any], ...]:
    """Items that point at something; a Patient or Encounter only with a role of its own (else it is the launch's)."""
    items = value[:50] if isinstance(value, list) else []
    return tuple(item for item in items if isinstance(item, dict) and _usable(item))


def _usable(item: Mapping[str, Any]) -> bool:
    reference = item.get("reference")
    if isinstance(reference, str):
        plain_role = item.get("role", "launch") == "launch"
        return bool(_RELATIVE.fullmatch(reference)) and not (
            plain_role and reference.startswith(("Patient/", "Encounter/"))
        )
    return isinstance(item.get("canonical"), str) or isinstance(item.get("identifier"), dict)


def _short(value: Any) -> str:
    return value if isinstance(value, str) and len(value) <= 2048 else ""
