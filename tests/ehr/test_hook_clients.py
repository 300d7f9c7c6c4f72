"""Who may call our CDS services: a right token of a registered EHR, once; every field of it can be wrong alone."""

import hmac
import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import ECKey

from smartapp.cli import main
from smartapp.ehr.hook_clients import LIFETIME, CallerUnchecked, HookClients
from smartapp.ehr.http_client import HttpClient
from smartapp.ehr.issuer_tables import HOOKS
from smartapp.ehr.issuers import parse_issuers
from smartapp.ehr.launch.id_token import LEEWAY
from smartapp.ehr.launch.keys import KeyStore
from smartapp.errors import CallerRefused, SettingsError
from smartapp.store import open_store
from tests.clock import Clock
from tests.databases import empty_database
from tests.fake_ehr import ISSUERS, ORIGIN, FakeEhr, rsa, stranger
from tests.hook_callers import HOOKED, JKU, JWKS, encoded, token
from tests.wsgi_transport import Wire

from .launching import SECRET, SETTINGS

SERVICE = "http://127.0.0.1:8080/cds-services/some-service"


@dataclass
class Door:
    """One worker's door, and the EHR that knocks; ``token`` changes what the right one says, None leaves it out."""

    folder: Path
    table: str = HOOKED
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.ehr = FakeEhr(self.clock.now, keys=list(JWKS))
        self.wire = Wire({ORIGIN: self.ehr})
        self.again()

    def again(self) -> None:
        """Another worker on the same database."""
        store = open_store(empty_database(self.folder / "loadpath.db"), SECRET, clock=self.clock)
        keys = KeyStore(HttpClient(SETTINGS, self.wire), SETTINGS)
        issuers = parse_issuers(self.table, {}, dev_loopback=True)
        self.clients = HookClients(issuers, keys, store.hooks.use_token, self.clock)

    def token(self, **changes: Any) -> str:
        return token(self.clock.now, SERVICE, **changes)

    def knock(self, token: str) -> str:
        return self.clients.caller(f"Bearer {token}", SERVICE).key

    def refusal(self, token: str) -> str:
        with pytest.raises(CallerRefused) as refused:
            self.knock(token)
        assert refused.value.status == 401 and not any(part in str(refused.value) for part in token.split(".") if part)
        return str(refused.value)


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return Door(tmp_path)


RIGHT: Mapping[str, dict[str, Any]] = {
    "es384": {},
    "rs384": {"header": {"alg": "RS384", "kid": "one"}},
    "keys agreed on beforehand": {"header": {"jku": None}},
    "several audiences": {"aud": ["https://other.example", SERVICE]},
    "the longest life": {"exp": LIFETIME},
    "a clock that goes before": {"iat": LEEWAY, "nbf": LEEWAY, "exp": 300},
    "a clock that goes after": {"iat": -300, "exp": 1 - LEEWAY},
    "what it does not have to say": {"sub": "somebody", "other": [1]},
}
TIMES = ("exp", "iat", "nbf")


def at(clock: Clock, claims: Mapping[str, Any]) -> dict[str, Any]:
    """Numbers of the times count from now."""
    return {
        name: clock.now + value if name in TIMES and type(value) in (int, float) else value
        for name, value in claims.items()
    }


@pytest.mark.parametrize("case", RIGHT)
def test_a_right_token_says_who_calls(door: Door, case: str) -> None:
    assert door.knock(door.token(**at(door.clock, RIGHT[case]))) == "fake"


WRONG: Mapping[str, tuple[dict[str, Any], str]] = {
    "rs256": ({"header": {"alg": "RS256", "kid": "one"}}, "alg must be one of ES384, RS384"),
    "no typ": ({"header": {"typ": None}, "spoilt": True}, "typ must be JWT"),
    "another typ": ({"header": {"typ": "at+jwt"}}, "typ must be JWT"),
    "no kid": ({"header": {"kid": None}}, "no kid"),
    "a kid that is not there": ({"header": {"kid": "two"}}, "kid is not among"),
    "the kid of a key of another kind": ({"header": {"kid": "one"}}, "signature does not fit"),
    "another's jku": ({"header": {"jku": "https://evil.example/jwks"}}, "jku is not the address"),
    "a jku beside ours": ({"header": {"jku": f"{JKU}/"}}, "jku is not the address"),
    "no iss": ({"iss": None}, "iss is not one"),
    "another iss": ({"iss": "https://ehr.example/"}, "iss is not one"),
    "a list of iss": ({"iss": ["https://ehr.example"]}, "iss is not one"),
    "no aud": ({"aud": None}, "aud must be the address that is called"),
    "aud of discovery": ({"aud": SERVICE.rpartition("/")[0]}, "aud must be"),
    "aud of the host": ({"aud": "http://127.0.0.1:8080"}, "aud must be"),
    "aud with a slash": ({"aud": f"{SERVICE}/"}, "aud must be"),
    "no exp": ({"exp": None}, "exp and iat"),
    "exp as text": ({"exp": "never"}, "exp and iat"),
    "exp for ever": ({"exp": True}, "exp and iat"),
    "expired": ({"iat": -300, "exp": -LEEWAY}, "expired (exp)"),
    "no iat": ({"iat": None}, "exp and iat"),
    "of tomorrow": ({"iat": LEEWAY + 1, "exp": 300}, "in the future (iat)"),
    "not yet": ({"nbf": LEEWAY + 1}, "not count yet (nbf)"),
    "nbf as text": ({"nbf": "soon"}, "nbf"),
    "a long life": ({"exp": LIFETIME + 1}, "longer than 3600 seconds"),
    "no jti": ({"jti": None}, "no jti"),
    "an empty jti": ({"jti": ""}, "no jti"),
    "a number as jti": ({"jti": 7}, "no jti"),
    "an endless jti": ({"jti": "x" * 257}, "no jti"),
    "no tenant": ({"tenant": None}, "tenant is not the one"),
    "another tenant": ({"tenant": "south"}, "tenant is not the one"),
}


@pytest.mark.parametrize("case", WRONG)
def test_each_wrong_field_is_refused_by_its_name(door: Door, case: str) -> None:
    told, named = WRONG[case]
    assert named in door.refusal(door.token(**at(door.clock, told)))


def test_nobody_else_can_sign(door: Door) -> None:
    assert "signature" in door.refusal(door.token(header={"alg": "RS384", "kid": "one"}, signer=stranger()))


def test_a_key_in_the_token_is_never_looked_at(door: Door) -> None:
    mine = ECKey.generate_key("P-384", {"kid": "mine"})
    for header in ({"jwk": mine.as_dict(private=False), "kid": "mine"}, {"x5u": "https://evil.example", "kid": "mine"}):
        assert "kid is not among" in door.refusal(door.token(header=header, signer=mine))
    assert {sent.url for sent in door.wire.seen} == {JKU}


@pytest.mark.parametrize("algorithm", ["none", "None", "HS256", "HS384"])
def test_no_signature_and_shared_secrets_are_refused(door: Door, algorithm: str) -> None:
    header = {"alg": algorithm, "typ": "JWT", "kid": "one", "jku": JKU}
    claims = {"iss": "https://ehr.example", "aud": SERVICE, "exp": door.clock.now + 60, "jti": "x", "tenant": "north"}
    signed = f"{encoded(header)}.{encoded(claims)}"
    by_public_key = (
        hmac.new(rsa().as_pem(private=False), signed.encode(), f"sha{algorithm[2:]}").digest()
        if (algorithm.startswith("HS"))
        else b""
    )
    made = f"{signed}.{urlsafe_b64encode(by_public_key).rstrip(b'=').decode()}"
    assert "alg must be one of" in door.refusal(made)
    assert door.wire.seen == []


def test_a_jku_that_is_no_address_is_refused(door: Door) -> None:
    header = {"alg": "ES384", "typ": "JWT", "kid": "ec", "jku": [JKU]}
    assert "jku is not the address" in door.refusal(".".join([encoded(header), *door.token().split(".")[1:]]))


def test_what_demands_an_extension_is_refused(door: Door) -> None:
    parts = door.token().split(".")
    header = {"alg": "ES384", "typ": "JWT", "kid": "ec", "crit": ["b64"], "b64": False}
    assert "crit" in door.refusal(".".join([encoded(header), *parts[1:]]))


def test_what_was_changed_on_the_way_is_refused(door: Door) -> None:
    head, _, signature = door.token().split(".")
    _, claims, _ = door.token(aud=[SERVICE, "x"]).split(".")
    assert "signature" in door.refusal(f"{head}.{claims}.{signature}")


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", "Bearer ", "Basic Zm9v", "Bearer a.b", "Bearer ..", "Bearer a.b.c.d", "Bearer é.é.é",
     f"Bearer {'x' * 8193}", f"Bearer {encoded([])}.{encoded({})}.x",
     f"Bearer {urlsafe_b64encode(b'[' * 6000).decode()}.e.x"],
)  # fmt: skip
def test_what_is_no_token_is_refused(door: Door, authorization: str) -> None:
    with pytest.raises(CallerRefused):
        door.clients.caller(authorization, SERVICE)
    assert door.wire.seen == []


# -- once


def test_a_token_is_taken_once_by_whichever_worker(door: Door) -> None:
    once = door.token()
    door.knock(once)
    assert "used before" in door.refusal(once)
    door.again()
    assert "used before" in door.refusal(once)
    door.clock.now += 200
    assert door.knock(door.token()) == "fake"


def test_a_refused_token_uses_nothing_up(door: Door) -> None:
    door.refusal(door.token(aud="elsewhere", jti="mine"))
    assert door.knock(door.token(jti="mine")) == "fake"


# -- the EHR's keys


def test_keys_are_fetched_once_and_again_for_a_new_kid_but_not_without_end(door: Door) -> None:
    for _ in range(3):
        door.knock(door.token())
    assert len(door.wire.seen) == 1
    new = ECKey.generate_key("P-384", {"kid": "new"})
    door.ehr.keys.append(new.as_dict(private=False))
    assert door.knock(door.token(header={"kid": "new"}, signer=new)) == "fake"
    assert len(door.wire.seen) == 2
    for number in range(5):
        door.refusal(door.token(header={"kid": f"invented-{number}"}))
    assert len(door.wire.seen) == 2


def test_an_ehr_whose_keys_are_away_is_told_so_and_not_asked_at_every_call(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    door.wire.apps = {}
    for _ in range(4):
        with pytest.raises(CallerUnchecked) as refused:
            door.knock(door.token())
        assert refused.value.status == 503
    assert len(door.wire.seen) == 1
    door.wire.apps = {ORIGIN: door.ehr}
    later = time.monotonic() + 11
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert door.knock(door.token()) == "fake"


# -- the issuers file


def test_without_an_ehr_that_may_call_every_call_is_told_what_to_set(tmp_path: Path) -> None:
    door = Door(tmp_path, ISSUERS)
    assert "cds_hooks = { iss" in door.refusal(door.token())


def test_one_key_may_serve_several_tenants_and_each_is_an_ehr_of_its_own(tmp_path: Path) -> None:
    other = HOOKED.replace("[fake]", "[south]").replace("/r4", "/south").replace('"north"', '"south"')
    door = Door(tmp_path, HOOKED + other)
    assert (door.knock(door.token()), door.knock(door.token(tenant="south"))) == ("fake", "south")


def test_an_ehr_without_tenants_may_name_one(tmp_path: Path) -> None:
    door = Door(tmp_path, HOOKED.replace(', tenant = "north"', ""))
    assert door.knock(door.token(tenant="anything")) == door.knock(door.token(tenant=None)) == "fake"


def hooked(keys: str) -> str:
    return f"{ISSUERS}cds_hooks = {{ {keys} }}\n"


TWO = 'iss = "https://ehr.example", jku = "https://ehr.example/jwks"'


@pytest.mark.parametrize(
    ("table", "named"),
    [
        (ISSUERS + "cds_hooks = true\n", "cds_hooks must be a table with iss, jku, tenant"),
        (hooked('jku = "https://ehr.example/jwks"'), "cds_hooks.iss is missing"),
        (hooked('iss = "https://ehr.example"'), "cds_hooks.jku is missing"),
        (hooked('iss = "x", jku = "http://ehr.example/jwks"'), "cds_hooks.jku must be https"),
        (hooked(f'{TWO}, audience = "x"'), "cds_hooks.audience is not a key"),
        (hooked(f"{TWO}, tenant = 7"), "cds_hooks.tenant must be text"),
        (hooked(f'{TWO}, preference_code = " 1"'), "cds_hooks.preference_code must be text"),
        (hooked(f'{TWO}, silent = "yes"'), "cds_hooks.silent must be true, false or a list of patient-view"),
        (hooked(f'{TWO}, silent = ["order-dispatch"]'), "cds_hooks.silent must be"),
        (hooked(f'{TWO}, origins = ["*"]'), "cds_hooks.origins '*' must be"),
        (hooked(f"{TWO}, origins = [7]"), "cds_hooks.origins 7 "),
        (hooked(TWO) + hooked(TWO).replace("[fake]", "[b]").replace("/r4", "/b"), "[b] cds_hooks has iss and tenant"),
        (hooked(TWO) + hooked(f'{TWO}, tenant = "t"').replace("[fake]", "[b]").replace("/r4", "/b"), "either EHR"),
    ],
)
def test_each_fault_of_the_table_is_named(table: str, named: str) -> None:
    with pytest.raises(SettingsError) as refused:
        parse_issuers(table, {})
    assert named in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


def test_smartapp_check_names_them(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: Any) -> None:
    file = tmp_path / "issuers.toml"
    file.write_text(hooked('iss = "x", jku = "ftp://x"'))
    monkeypatch.setenv("SMARTAPP_ISSUERS", str(file))
    assert main(["check"]) != 0
    assert "[fake] cds_hooks.jku must be https" in "".join(capsys.readouterr())


@pytest.mark.parametrize(
    ("silent", "hooks"),
    [("true", HOOKS), ("false", ()), ('["order-select"]', ("order-select",)), ("[]", ())],
)
def test_silence_is_of_every_service_or_of_those_named(silent: str, hooks: tuple[str, ...]) -> None:
    (issuer,) = parse_issuers(hooked(f'{TWO}, silent = {silent}, origins = ["https://box.example"]'), {})
    assert issuer.cds_hooks and issuer.cds_hooks.origins == ("https://box.example",)
    assert tuple(hook for hook in HOOKS if issuer.cds_hooks.is_silent(hook)) == hooks
