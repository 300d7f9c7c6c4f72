"""What an app and this EHR said to each other -> the same without a secret: a name and four digits stand in its place.

The four digits are of a digest: they tell one token from another and nothing more. Two layers: what is named or placed
as a secret is masked when it is written down; what is known to be one is masked wherever it stands when it is shown.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any
from urllib.parse import parse_qsl, quote

from .words import codes

Pairs = list[tuple[str, str]]
# secret by name in any request; the others are so at the authorization server only: FHIR has a code of its own
ANYWHERE = codes("access_token refresh_token id_token client_secret client_assertion")
AT_SIGN_IN = ANYWHERE | codes("assertion code code_verifier launch password request token")
HEADERS = codes("authorization cookie proxy-authorization set-cookie")
TOKENS = codes("access_token id_token client_assertion assertion")
MASK = re.compile(r"\[([a-z_-]+) [0-9a-f]{4}\]")
# what is shorter is no secret of ours, and its letters would be masked out of ordinary words
SHORTEST, SHORTEST_REGISTERED = 12, 8
KEPT = 5000
_BEARER, _BASIC = "bearer", "basic"


def mask(name: str, secret: str) -> str:
    return f"[{name} {hashlib.sha256(secret.encode()).hexdigest()[:4]}]"


class Secrets:
    """Every secret met so far and the mask that stands for it. Safe to call from several threads."""

    def __init__(self, registered: Iterable[str] = ()):
        self._known: OrderedDict[str, str] = OrderedDict()
        self._lock = threading.Lock()
        self._registered = {s: mask("client_secret", s) for s in registered if len(s) >= SHORTEST_REGISTERED}

    def hide(self, name: str, secret: str) -> str:
        """The mask of a secret, which is masked wherever it stands from now on."""
        if not secret:
            return secret
        made = mask(name.lower(), secret)
        if len(secret) >= SHORTEST:
            with self._lock:
                self._known.setdefault(secret, made)
                self._known.move_to_end(secret)
                if len(self._known) > KEPT:
                    self._known.popitem(last=False)
        return made

    def cleared(self, text: str, issued: Iterable[str] = ()) -> str:
        """A page without any secret met before, registered, or ``issued``, however it is written there."""
        with self._lock:
            known = {**{secret: mask("token", secret) for secret in issued}, **self._registered, **self._known}
        for secret in sorted(known, key=len, reverse=True):
            for written in {secret, quote(secret, safe=""), json.dumps(secret)[1:-1], escape(secret)}:
                text = text.replace(written, known[secret])
        return text

    def pairs(self, pairs: Iterable[tuple[str, str]], names: frozenset[str]) -> Pairs:
        return [(key, self.hide(key, value) if key.lower() in names else value) for key, value in pairs]

    def path(self, path: str, query: str, names: frozenset[str]) -> str:
        """A path with its query, the secrets of the query masked."""
        if not any(name in query.lower() for name in names) and "%" not in query:
            return f"{path}?{query}" if query else path
        shown = (
            f"{quote(key)}={self.hide(key, value) if key.lower() in names else quote(value)}"
            for key, value in parse_qsl(query, keep_blank_values=True)
        )
        return f"{path}?{'&'.join(shown)}" if query else path

    def headers(self, headers: Iterable[tuple[str, str]], names: frozenset[str]) -> Pairs:
        """Authorization keeps its scheme; a redirect keeps its address."""
        return [(name, self._header(name.lower(), value, names)) for name, value in headers]

    def _header(self, name: str, value: str, names: frozenset[str]) -> str:
        if name == "location":
            path, _, query = value.partition("?")
            return self.path(path, query, names)
        if name not in HEADERS:
            return value
        scheme, _, rest = value.partition(" ")
        if not rest or scheme.lower() not in {_BEARER, _BASIC}:
            return mask(name, value)
        if scheme.lower() == _BEARER:
            return f"{scheme} {self.hide('access_token', rest.strip())}"
        self.hide("client_secret", _password(rest))
        return f"{scheme} {self.hide('client_secret', rest.strip())}"

    def members(self, node: Any, names: frozenset[str]) -> Any:
        """A JSON value, its secret members masked at any depth."""
        if isinstance(node, list):
            return [self.members(item, names) for item in node]
        if not isinstance(node, dict):
            return node
        return {
            key: self.hide(key, value)
            if key.lower() in names and isinstance(value, str)
            else self.members(value, names)
            for key, value in node.items()
        }


def _password(encoded: str) -> str:
    try:
        return base64.b64decode(encoded).decode().partition(":")[2]
    except (binascii.Error, ValueError):
        return ""


def decoded(values: Iterable[tuple[str, Any]]) -> dict[str, dict[str, Any]]:
    """Header and claims of each value that is a JWT, by its name; the signature is left out."""
    found = {name: _jwt(value) for name, value in values if name.lower() in TOKENS and isinstance(value, str)}
    return {name: parts for name, parts in found.items() if parts}


def _jwt(text: str) -> dict[str, Any]:
    parts = text.split(".")
    if len(parts) != 3:
        return {}
    try:
        header, claims = (json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))) for part in parts[:2])
    except ValueError:
        return {}
    return {"header": header, "claims": claims} if isinstance(header, Mapping) else {}
