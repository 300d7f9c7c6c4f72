"""URLs from outside -> addresses we may use: normal form, loopback, and what lies under a FHIR base.

Only what an administrator wrote into the issuers file is ever contacted; these functions decide whether a URL that
somebody sent is that.
"""

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from smartapp.fhir.json import path_of
from smartapp.settings import LOOPBACK

_PLAIN = re.compile(r"[!-~]+")  # printable ASCII without space: anything else can mean two things to two parsers
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|[0-9a-f:.]+")
_DEFAULT_PORT = {"http": 80, "https": 443}
_ID = re.compile(r"[A-Za-z0-9.\-_]{1,256}")  # FHIR says 64 characters; real EHRs go beyond
_ODD_PATH = re.compile(r"(^|/)\.\.?(/|$)|%2e|%2f|%5c|;", re.IGNORECASE)


def normal_base(url: str) -> str:
    """The one spelling of a FHIR base: lower-case scheme and host, no default port, no slash at the end.

    Raises ValueError with a sentence for anything that is not plainly ``http(s)://host[:port]/path``.
    """
    if not _PLAIN.fullmatch(url) or "\\" in url or len(url) > 2048:
        raise ValueError("has characters that do not belong into an address")
    parts = urlsplit(url)
    if "@" in parts.netloc or "?" in url or "#" in url:
        raise ValueError("must have no user name, query or fragment")
    return f"{origin(url)}{_clean_path(parts.path)}"


def origin(url: str) -> str:
    """``scheme://host[:port]`` in normal form. Raises ValueError."""
    parts = urlsplit(url)
    if parts.scheme not in _DEFAULT_PORT:
        raise ValueError("must begin with https://")
    host, port = parts.hostname or "", parts.port
    if not _HOST.fullmatch(host):
        raise ValueError("has no usable host name")
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + ("" if port in (None, _DEFAULT_PORT[parts.scheme]) else f":{port}")


def as_origin(text: str) -> str:
    """``https://host[:port]`` of an origin or a bare host. Raises ValueError."""
    full = text if "://" in text else f"https://{text}"
    parts = urlsplit(full)
    if parts.path not in ("", "/") or parts.query or parts.fragment or "@" in full or "*" in full:
        raise ValueError("must be a host or an origin, nothing more")
    return origin(full)


def _clean_path(path: str) -> str:
    trimmed = path.rstrip("/") if not path.endswith("//") else path
    if "//" in trimmed or _ODD_PATH.search(trimmed):
        raise ValueError("has a path that could be read in two ways")
    return trimmed


def is_loopback(url: str) -> bool:
    return (urlsplit(url).hostname or "") in LOOPBACK


def safe_scheme(url: str, dev_loopback: bool) -> bool:
    """https; or http where the development flag is set and the host is this machine."""
    try:
        scheme = urlsplit(url).scheme
    except ValueError:
        return False
    return scheme == "https" or (scheme == "http" and dev_loopback and is_loopback(url))


def under_base(url: str, base: str) -> bool:
    """Whether ``url`` lies under the FHIR base: ``{base}``, ``{base}/...`` or ``{base}?...`` (paging on the root)."""
    if not _PLAIN.fullmatch(url) or "\\" in url or "#" in url:
        return False
    try:
        parts = urlsplit(url)
        if "@" in parts.netloc or _ODD_PATH.search(parts.path):
            return False
        path = urlsplit(base).path.rstrip("/")
        return origin(url) == origin(base) and (parts.path == path or parts.path.startswith(f"{path}/"))
    except ValueError:
        return False


def resolve(url: str, base: str) -> str:
    """A link of the EHR, absolute or relative to its FHIR base (legacy servers give relative endpoints).

    Empty for text that is no address at all.
    """
    try:
        return urljoin(f"{base.rstrip('/')}/", url)
    except ValueError:
        return ""


def trusted_reference(reference: str, base: str, types: frozenset[str]) -> str:
    """``Type/id`` if the reference means a resource of one of ``types`` under the base; otherwise empty.

    The type may be spelt in any case: what is meant is plain, and no rule about a type must miss it for its spelling.
    """
    if under_base(reference, base) and "?" not in reference:
        reference = path_of(reference)[len(path_of(base).rstrip("/")) + 1 :]
    match = re.fullmatch(r"([A-Za-z]+)/([A-Za-z0-9.\-_]{1,256})(/_history/[A-Za-z0-9.\-_]+)?", reference)
    if not match or not match[2].strip("."):
        return ""
    kind = next((name for name in types if name.lower() == match[1].lower()), "")
    return f"{kind}/{match[2]}" if kind else ""


def is_id(value: Any) -> bool:
    """Whether this is a resource id that can safely stand in a path."""
    return isinstance(value, str) and bool(_ID.fullmatch(value)) and bool(value.strip("."))
