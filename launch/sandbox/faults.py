"""What can go wrong at an EHR, one fault at a time: the table people choose from, and where each one is fired.

A fault belongs to one launch: it rides on the launch context, from there on the grant, so that every answer that stems
from this launch can find it. Discovery and bulk exports know no launch; each has a switch of the whole sandbox.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Place(StrEnum):
    """Which answer of the sandbox a fault changes."""

    CALLBACK = "The way back to the app"
    ID_TOKEN = "The identity token"  # noqa: S105 -- a heading
    TOKEN = "The token answer"  # noqa: S105 -- a heading
    DISCOVERY = "The SMART configuration"
    FHIR = "The records"
    EXPORT = "The bulk export"


@dataclass(frozen=True)
class Fault:
    """One fault: ``says`` is what the sandbox does, in one sentence."""

    name: str
    place: Place
    says: str

    @property
    def per_launch(self) -> bool:
        return self.place not in (Place.DISCOVERY, Place.EXPORT)


_SAYS: Mapping[Place, Mapping[str, str]] = {
    Place.CALLBACK: {
        "authz_access_denied": "Access is denied, as if by policy.",
        "authz_denied_no_state": "Access is denied, and the state is left out.",
        "authz_no_state": "The code comes without its state.",
        "authz_wrong_state": "The code comes with the state of nobody's launch.",
        "authz_dup_state": "The state is there twice.",
        "authz_code_and_error": "A code and an error come together.",
        "iss_ok": "The issuer is named as RFC 9207 wants it; nothing is wrong.",
        "iss_mixup": "Another sign-in server is named as the issuer of the code.",
    },
    Place.ID_TOKEN: {
        "idt_wrong_iss": "It names another issuer.",
        "idt_wrong_aud": "It was made for another app.",
        "idt_multi_aud_no_azp": "It was made for two apps and does not say for which one.",
        "idt_expired": "It expired an hour ago.",
        "idt_future": "It was made an hour from now.",
        "idt_wrong_nonce": "It carries the nonce of another launch.",
        "idt_no_nonce": "It carries no nonce although one was sent.",
        "idt_no_sub": "It names no subject.",
        "idt_fhiruser_absolute": "fhirUser is an absolute URL under the FHIR base; nothing is wrong.",
        "idt_fhiruser_offhost": "fhirUser lies on another server.",
        "idt_fhiruser_js": "fhirUser is a script instead of a reference.",
        "idt_alg_none": "It is not signed and says so (alg none).",
        "idt_alg_hs256_pubkey": "It is signed with our public key as an HMAC secret (HS256).",
        "idt_embedded_jwk": "It is signed with a key of its own, which it brings along in the header.",
        "idt_bad_sig": "Its claims were changed after signing.",
        "idt_missing": "It is left out although openid was granted.",
    },
    Place.TOKEN: {
        "downscope": "Reading is granted, writing is not.",
        "empty_scope": "Nothing is granted: the scope is empty.",
        "token_type_lower": "token_type is spelt “bearer”; nothing is wrong.",
        "no_patient": "The patient is left out.",
        "no_expires": "It does not say how long the token lives.",
        "no_refresh": "There is no refresh token although one was granted.",
        "refresh_swaps_patient": "Renewed access is for another patient.",
        "refresh_invalid_grant": "Access is not renewed: the refresh token is refused.",
        "token_invalid_grant": "The code is refused.",
        "token_500": "The token endpoint fails with an HTML page (500).",
    },
    Place.DISCOVERY: {
        "disc_500": "It fails with an HTML page (500).",
        "disc_redirect": "It has moved to another server (302).",
        "disc_html": "It is an HTML page that says it is fine (200).",
        "disc_issuer_mismatch": "It names another issuer than the one that answers.",
        "disc_token_offhost": "The token endpoint lies on another server.",
        "disc_relative": "The endpoints are relative addresses, as old servers write them.",
        "disc_no_s256": "It offers PKCE with “plain” only.",
    },
    Place.FHIR: {
        "fhir_401": "Every request is answered 401, also with a renewed token.",
        "fhir_403": "Observations may not be read (403).",
        "fhir_write_403": "Nothing may be written (403).",
        "fhir_429": "The first three requests are answered 429 with Retry-After: 1.",
        "fhir_503": "Every request is answered 503.",
        "fhir_hang": "Searches for procedures get no answer for a minute.",
        "fhir_next_offhost": "Every search says that its next page lies on another server.",
        "fhir_wrong_patient": "Searches for conditions also bring those of another patient.",
        "fhir_write_lost_response": "The first write is carried out, but the connection drops before the answer.",
        "fhir_another_record": "A conditional create of a care plan finds another one, whatever it asks for; "
        "transactions are not offered.",
        "fhir_transaction_kept": "A transaction is kept as a Bundle (201) and not carried out.",
        "fhir_transaction_echoed": "A transaction is carried out and answered with the Bundle as it was sent.",
        "fhir_index_seconds": "A transaction is answered by its status only; searches by identifier find nothing for "
        "half a minute.",
        "fhir_index_minutes": "A transaction is answered by its status only; searches by identifier find nothing for "
        "ten minutes.",
        "fhir_weak_etag": "An update with a weak ETag in If-Match is refused (412).",
    },
    Place.EXPORT: {
        "export_429": "Status and each file are answered 429 with Retry-After: 1, twice.",
        "export_half_file": "Each file ends in the middle of a line when it is fetched for the first time.",
        "export_links_expired": "The links of the first list of files are over (403).",
        "export_removed": "One export is gone (404) when its status is asked for.",
        "export_fails": "Every export fails (500).",
        "export_errors": "An error file says that three conditions are missing.",
        "export_two_patients": "One observation names two patients, and another one somebody who is not in the export.",
        "export_elsewhere": "Every file has moved to another server (307).",
    },
}  # fmt: skip
FAULTS: Mapping[str, Fault] = {
    name: Fault(name, place, says) for place, rows in _SAYS.items() for name, says in rows.items()
}
# an address that is nobody's: RFC 2606
ELSEWHERE = "https://elsewhere.example"


class Faults:
    """The switches of one sandbox that belong to no launch. ``discovery``, ``export``: name of the fault in force, or
    None."""

    def __init__(self) -> None:
        self._discovery: str | None = None
        self._export: str | None = None

    @property
    def discovery(self) -> str | None:
        return self._discovery

    @discovery.setter
    def discovery(self, name: str | None) -> None:
        if name is not None and (name not in FAULTS or FAULTS[name].place is not Place.DISCOVERY):
            raise ValueError(f"{name!r} is not a fault of discovery")
        self._discovery = name

    @property
    def export(self) -> str | None:
        return self._export

    @export.setter
    def export(self, name: str | None) -> None:
        if name is not None and (name not in FAULTS or FAULTS[name].place is not Place.EXPORT):
            raise ValueError(f"{name!r} is not a fault of the bulk export")
        self._export = name


def check(name: Any) -> str | None:
    """The name of a fault a launch may carry. Raises ValueError for anything else."""
    if name is not None and (name not in FAULTS or not FAULTS[name].per_launch):
        raise ValueError(f"{name!r} is not a fault of a launch")
    return name  # type: ignore[no-any-return]


def in_groups() -> dict[Place, list[Fault]]:
    """All faults, by place, for the page people choose from."""
    return {place: [fault for fault in FAULTS.values() if fault.place is place] for place in Place}
