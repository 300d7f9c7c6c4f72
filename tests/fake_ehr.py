"""The one fake EHR beside the sandbox: right in everything until a test says what it answers instead.

    ehr = FakeEhr(clock.now, pages={"/r4/Condition": page(...)})
    edge({ORIGIN: ehr}, ISSUERS)

It stores nothing; what an EHR makes of a write is the sandbox's part.
"""

import hashlib
import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any
from urllib.parse import parse_qs

from flask import Flask, Response, jsonify, request
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

ORIGIN = "https://ehr.example"
BASE = f"{ORIGIN}/r4"
ISSUERS = f'[fake]\niss = "{BASE}"\nclient_id = "loadpath"\n'


@cache
def rsa() -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})


@cache
def stranger() -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": "one"})


@cache
def ec() -> ECKey:
    return ECKey.generate_key("P-384", {"kid": "ec"})


# One answer; or several, one after the other; or made of the parameters in the address.
Canned = Response | list[Response] | Callable[[Mapping[str, str]], Response]


def fhir(body: object, status: int = 200, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(json.dumps(body), status, named, mimetype="application/fhir+json")


def page(*entries: object, following: str = "", **more: object) -> Response:
    """One page of a search."""
    link = [{"relation": "next", "url": following}] if following else []
    return fhir({"resourceType": "Bundle", "type": "searchset", "entry": list(entries), "link": link, **more})


def page_of(*resources: object, following: str = "") -> Response:
    return page(*({"resource": resource} for resource in resources), following=following)


def nothing(path: str) -> Response:
    return Response("nothing here", 404)


def an_empty_chart(path: str) -> Response:
    """Any record, if asked for by its id, with nothing in it; no record to be found."""
    _, kind, *id_ = path.strip("/").split("/")
    return fhir({"resourceType": kind, "id": id_[0]}) if id_ else page()


@dataclass(eq=False)
class FakeEhr:
    """What it answers can be changed at any time: ``pages`` by path, or by path and query, over everything else.

    Of a FHIR address that is not among them it says what ``otherwise`` makes of the path. ``id_token`` is made from
    ``claims`` and ``header`` unless ``raw_id_token`` is given.
    """

    now: float = 0.0
    document: dict[str, Any] = field(default_factory=dict)  # over the right SMART configuration; None removes
    openid: dict[str, Any] = field(default_factory=dict)
    answer: dict[str, Any] = field(default_factory=dict)  # over the right token response; None removes
    claims: dict[str, Any] = field(default_factory=dict)  # over the right claims; None removes
    header: dict[str, Any] = field(default_factory=lambda: {"kid": "one"})
    signer: Any = None
    algorithm: str = "RS256"
    raw_id_token: str | None = None
    keys: list[dict[str, Any]] = field(default_factory=lambda: [rsa().as_dict(private=False)])
    pages: dict[str, Canned] = field(default_factory=dict)
    otherwise: Callable[[str], Response] = nothing
    nonce: str = ""
    forms: list[dict[str, list[str]]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)  # path and query of every request for a record

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        return self._app(environ, start)

    @cached_property
    def _app(self) -> Flask:
        app = Flask(__name__)
        app.before_request(self._canned)
        app.add_url_rule("/r4/.well-known/smart-configuration", "smart", lambda: jsonify(self.configuration()))
        app.add_url_rule("/auth/.well-known/openid-configuration", "openid", lambda: jsonify(self.openid))
        app.add_url_rule("/r4/.well-known/openid-configuration", "openid2", lambda: jsonify(self.openid))
        app.add_url_rule("/auth/jwks", "jwks", lambda: jsonify({"keys": self.keys}))
        app.add_url_rule("/auth/token", "token", self.token, methods=["POST"])
        app.add_url_rule("/v/r4/auth/token", "token2", self.token, methods=["POST"])  # laid out as the SMART launcher
        app.add_url_rule("/<path:path>", "record", self.otherwise, methods=["GET", "POST", "PUT"])
        return app

    def _canned(self) -> Response | None:
        place = request.full_path.rstrip("?")
        if request.path.startswith("/r4/") and request.method == "GET":
            self.asked.append(place)
        found = self.pages.get(place, self.pages.get(request.path))
        if isinstance(found, list):
            return found.pop(0)
        return found(request.args) if callable(found) and not isinstance(found, Response) else found

    def configuration(self) -> dict[str, Any]:
        right = {
            "issuer": f"{ORIGIN}/auth",
            "jwks_uri": f"{ORIGIN}/auth/jwks",
            "authorization_endpoint": f"{ORIGIN}/auth/authorize",
            "token_endpoint": f"{ORIGIN}/auth/token",
            "code_challenge_methods_supported": ["S256"],
            "capabilities": ["launch-ehr", "permission-v2"],
        }
        return changed(right, self.document)

    def token(self) -> Response:
        self.forms.append(parse_qs(request.get_data(as_text=True)))
        right = {
            "access_token": f"access-{len(self.forms)}",
            "refresh_token": f"refresh-{len(self.forms)}",
            "token_type": "Bearer",
            "expires_in": 300,
            "scope": "launch openid fhirUser patient/Patient.rs patient/CarePlan.crus",
            "patient": "ann",
            "id_token": self.id_token(),
        }
        return jsonify(changed(right, self.answer))

    def id_token(self) -> str:
        if self.raw_id_token is not None:
            return self.raw_id_token
        right = {
            "iss": f"{ORIGIN}/auth", "sub": "doctor", "aud": "loadpath", "nonce": self.nonce,
            "iat": int(self.now), "exp": int(self.now) + 300, "fhirUser": "Practitioner/7",
        }  # fmt: skip
        header = {"alg": self.algorithm, **self.header}
        return jwt.encode(header, changed(right, self.claims), self.signer or rsa(), algorithms=[self.algorithm])


def changed(right: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**right, **changes}.items() if value is not None}


def unsigned(claims: dict[str, Any]) -> str:
    return ".".join([*(_encoded(json.dumps(part).encode()) for part in ({"alg": "none"}, claims)), ""])


def hmac_by_public_key(claims: dict[str, Any]) -> str:
    """HS256 with the EHR's public key as the secret: the classic confusion of algorithms."""
    header, body = (_encoded(json.dumps(part).encode()) for part in ({"alg": "HS256", "kid": "one"}, claims))
    digest = hmac.new(rsa().as_pem(private=False), f"{header}.{body}".encode(), hashlib.sha256).digest()
    return f"{header}.{body}.{_encoded(digest)}"


def _encoded(part: bytes) -> str:
    return urlsafe_b64encode(part).decode().rstrip("=")
