"""The packet, and a therapist's link as a code to scan -> the packet with a first sheet for the one recipient."""

from dataclasses import dataclass, replace
from datetime import date

from smartapp.document.paper import Paper


@dataclass(frozen=True)
class LinkCode:
    """``svg``: the QR code as a picture; ``phone``: of the clinic, empty where the site has set none."""

    name: str
    clinic: str
    until: date
    svg: str
    phone: str = ""


def with_link(packet: Paper, code: LinkCode) -> Paper:
    """The rest of the packet stays as it is: it is whole without the code."""
    first = packet.sheets[0]
    return replace(packet, sheets=(replace(first, kind="link", title="By link", content=_words(code)), *packet.sheets))


def _words(code: LinkCode) -> dict[str, object]:
    call = f"call {code.phone}" if code.phone else "call the clinic"
    return {
        "to": f"For {code.name}, {code.clinic}",
        "svg": code.svg,
        "lines": [
            "Scan this code to answer online: accept or decline, ask, and report the visits. No account is needed. "
            f"It is good until {code.until}.",
            f"It opens for one person in one browser: who scans it first and confirms to be {code.name} has it. "
            f"If that was not you, {call} at once.",
            "Nothing is lost without it: the pages that follow are the whole referral, and can be answered by "
            "telephone or fax.",
        ],
    }
