"""An EHR that signs its calls of CDS services: the fake one's keys, and a right token until a test says otherwise."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from itertools import count
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from tests.fake_ehr import ISSUERS, ORIGIN, changed, rsa

JKU = f"{ORIGIN}/auth/jwks"
NAME = "https://ehr.example"
HOOKED = ISSUERS + f'cds_hooks = {{ iss = "{NAME}", jku = "{JKU}", tenant = "north" }}\n'
EC = ECKey.generate_key("P-384", {"kid": "ec", "use": "sig", "alg": "ES384"})
RSA = RSAKey.import_key({**rsa().as_dict(private=True), "alg": "RS384"})  # as it is, it says RS256, for id_tokens
JWKS = [RSA.as_dict(private=False), EC.as_dict(private=False)]
_numbers = count(1)


def encoded(part: object) -> str:
    return urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


def token(
    now: float, url: str, header: Mapping[str, Any] = {}, signer: Any = None, spoilt: bool = False, **claims: Any
) -> str:
    """``header`` and ``claims`` go over the right ones, None leaves one out; ``spoilt``: the header is put in later."""
    right = {
        "iss": NAME, "aud": url, "exp": int(now) + 300, "iat": int(now), "jti": f"token-{next(_numbers)}",
        "tenant": "north",
    }  # fmt: skip
    head = changed({"alg": "ES384", "typ": "JWT", "kid": "ec", "jku": JKU}, dict(header))
    key = signer or {"RS256": rsa(), "RS384": RSA, "ES384": EC}[head["alg"]]
    made = jwt.encode({"typ": "JWT", **head}, changed(right, claims), key, algorithms=[head["alg"]])
    return ".".join([encoded(head), *made.split(".")[1:]]) if spoilt else made
