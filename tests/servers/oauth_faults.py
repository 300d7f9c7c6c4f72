"""Which of the sandbox's faults oauth2-mock-server can serve as well, how, and why it cannot serve the others."""

from collections.abc import Mapping

from launch.sandbox.faults import FAULTS, Place

_EVENT: Mapping[Place, str] = {
    Place.CALLBACK: "beforeAuthorizeRedirect",
    Place.ID_TOKEN: "beforeTokenSigning",
    Place.TOKEN: "beforeResponse",
    Place.DISCOVERY: "beforeWellKnownOpenIdConfiguration",
}
_REPLACED = "beforeResponse: the token it signed is replaced, as it signs with its own key only"
_OTHERWISE: Mapping[str, str] = {
    **dict.fromkeys(("idt_alg_none", "idt_alg_hs256_pubkey", "idt_embedded_jwk", "idt_bad_sig"), _REPLACED),
    "idt_missing": "beforeResponse",
    "token_500": "beforeResponse: status 500, with JSON, as it sends nothing else",
    "disc_redirect": "beforeWellKnownOpenIdConfiguration: status 302, without a place to go",
}
_NOT: Mapping[str, str] = {"disc_html": "it answers in JSON only"}
_RECORDS = "it keeps no records"


def served() -> Mapping[str, str]:
    """Fault -> the event of the server in which it is made."""
    return {
        name: _OTHERWISE.get(name, _EVENT[fault.place])
        for name, fault in FAULTS.items()
        if fault.place in _EVENT and name not in _NOT
    }


def not_served() -> Mapping[str, str]:
    """Fault of a launch -> why not."""
    of_launches = (name for name, fault in FAULTS.items() if fault.place is not Place.EXPORT)
    return {name: _NOT.get(name, _RECORDS) for name in of_launches if name not in served()}
