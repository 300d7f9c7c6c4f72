"""Tokens of CDS Hooks calls that are nearly right: each is a refusal that says why, or lets in the EHR it names."""

import base64
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from joserfc import jws

from smartapp.ehr.hook_clients import CallerUnchecked
from smartapp.errors import CallerRefused
from tests.ehr.test_hook_clients import SERVICE, Door
from tests.fuzz.shaped import TEXT, share, spoilt
from tests.hook_callers import EC, JKU, NAME, encoded

HEADER = {"alg": "ES384", "typ": "JWT", "kid": "ec", "jku": JKU}


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Door:
    return Door(tmp_path_factory.mktemp("door"))


def claims(door: Door) -> dict[str, Any]:
    now = int(door.clock.now)
    return {"iss": NAME, "aud": SERVICE, "exp": now + 300, "iat": now, "jti": "one", "tenant": "north", "nbf": now}


def let_in(door: Door, token: str) -> str:
    with suppress(CallerRefused, CallerUnchecked):
        return door.knock(token)
    return ""


@share(2)
@given(data=st.data(), header=spoilt(st.just(HEADER)), signed=st.booleans())
def test_tokens_with_spoilt_parts(door: Door, data: st.DataObject, header: Any, signed: bool) -> None:
    body = json.dumps(data.draw(spoilt(st.just(claims(door))))).encode()
    if signed:  # then it is the claims that are odd
        found = let_in(door, jws.serialize_compact(HEADER, body, EC, algorithms=["ES384"]))
        assert found in ("", "fake")
        return
    first = encoded(header)
    second = base64.urlsafe_b64encode(body).decode().rstrip("=")
    assert let_in(door, f"{first}.{second}.c2lnbmVk") == ""


@share(1)
@given(authorization=TEXT)
@example("Bearer \ud800.\ud800.\ud800")
def test_headers_that_are_anything(door: Door, authorization: str) -> None:
    for text in (authorization, f"Bearer {authorization}"):
        with pytest.raises(CallerRefused):
            door.clients.caller(text, SERVICE)
