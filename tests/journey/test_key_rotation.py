"""A new signing key while two workers serve launches: no restart, no launch lost, old and new key published."""

import base64
import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from urllib.parse import parse_qs

import pytest

from launch.sandbox import RegisteredClient
from launch.sandbox.assertion import ClientKeys
from smartapp import create_app
from smartapp.cli import main
from smartapp.ehr.launch.keys import PUBLISHED_FIRST, KeyFolder, make_key, remove_key
from smartapp.errors import SettingsError
from smartapp.settings import Settings
from tests.clock import Clock
from tests.journey.harness import APP, EHR, Harness, make_harness
from tests.journey.whole import sign
from tests.sandboxes import sandbox_ehr
from tests.wsgi_transport import wsgi_sessions

ISSUERS = """
[sandbox]
iss = "http://localhost:8081/fhir"
client_id = "loadpath"
auth = "private_key_jwt"
[sandbox.roles]
signers = ["Practitioner/okafor"]
"""


@pytest.fixture
def workers(tmp_path, monkeypatch):
    """Two workers on one store and one folder of keys. The EHR reads our keys from the second, and keeps them."""
    clock = Clock(time.time())
    registered = RegisteredClient(
        "loadpath", (f"{APP}/callback",), auth="private_key_jwt", jwks_url=f"{APP}/.well-known/jwks.json"
    )
    ehr = sandbox_ehr(clients=(registered,), clock=clock)
    wire = wsgi_sessions({EHR: ehr})
    (tmp_path / "issuers.toml").write_text(ISSUERS, encoding="utf-8")
    (tmp_path / "keys").mkdir()
    settings = Settings(
        secret="a secret long enough for the tests", dev_loopback=True, issuers_file=tmp_path / "issuers.toml",
        database=f"sqlite:///{tmp_path}/loadpath.db", keys=tmp_path / "keys",
    )  # fmt: skip
    make_key(tmp_path / "keys", "ES384", clock() - 30 * 86400)

    def worker():
        app = create_app(settings, clock=clock, session_factory=wire, executor=ThreadPoolExecutor(4), env={},
                         background=False)  # fmt: skip
        return Harness(ehr, app, wire, clock)

    first, second = worker(), worker()
    monkeypatch.setattr(ClientKeys, "_fetch", staticmethod(lambda url: published(second)))
    yield first, second, tmp_path / "keys"
    first.box.store.close()


def published(harness) -> dict:
    return harness.app.test_client().get("/.well-known/jwks.json").json


def kids(harness) -> set[str]:
    return {key["kid"] for key in published(harness)["keys"]}


def signed_with(harness) -> str:
    """kid of the assertion of a whole launch, which must succeed."""
    before = len(harness.wire.seen)
    page = harness.open(harness.browser(), "bergstrom")
    assert page.status == 200, page.words
    (sent,) = [s for s in harness.wire.seen[before:] if s.path == "/auth/token"]
    head = parse_qs(sent.body.decode())["client_assertion"][0].split(".")[0]
    return json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))["kid"]


@pytest.mark.req("SM-T-5", "SM-T-7")
def test_rotation_by_command_without_restart_or_a_lost_launch(workers, monkeypatch, capsys):
    first, second, folder = workers
    (old,) = kids(first)
    assert signed_with(first) == signed_with(second) == old
    monkeypatch.setenv("SMARTAPP_KEYS", str(folder))

    assert main(["keys", "add"]) == 0
    (new,) = kids(first) - {old}
    assert kids(second) == {old, new}, "published by every worker from its next answer on"
    assert f"{new}  ES384  is published, signs from" in capsys.readouterr().out
    assert signed_with(first) == signed_with(second) == old, "EHRs may not know the new one yet"
    assert main(["keys", "remove", old]) == 1
    assert "signs at present" in capsys.readouterr().err

    _make_older(folder / f"{new}.json", PUBLISHED_FIRST + 3600)  # a day later
    assert signed_with(first) == signed_with(second) == new
    assert kids(first) == {old, new}, "what was signed before the switch can still be checked"

    assert main(["keys", "remove", old]) == 0
    assert f"{old}" not in capsys.readouterr().out
    assert kids(first) == kids(second) == {new}
    assert signed_with(second) == new


def _make_older(path, seconds: float) -> None:
    """The EHR holds assertions against the real time, so it is the key that ages, not the clock that moves."""
    jwk = json.loads(path.read_text())
    path.write_text(json.dumps({**jwk, "made": jwk["made"] - seconds}))


@pytest.mark.req("SM-T-7")
def test_a_key_file_that_is_still_being_copied_changes_nothing(workers):
    first, _, folder = workers
    before = kids(first)
    half = folder / "half.json"
    half.write_text('{"kty": "EC", "kid"')
    assert kids(first) == before
    assert signed_with(first) in before
    half.unlink()
    assert kids(first) == before


@pytest.mark.req("SM-T-6")
def test_private_members_are_never_published(workers):
    first, _, folder = workers
    make_key(folder, "RS384", time.time())
    for key in published(first)["keys"]:
        assert not {"d", "p", "q", "dp", "dq", "qi", "k"} & key.keys()
        assert {"kid", "kty", "alg", "use"} <= key.keys()


def test_looking_costs_no_reading(tmp_path, monkeypatch):
    make_key(tmp_path, "ES384", 0)
    keys = KeyFolder(tmp_path)
    monkeypatch.setattr("smartapp.ehr.launch.keys.read_keys", lambda folder: pytest.fail("read again"))
    assert keys.public_jwks() == keys.public_jwks()


def test_a_key_that_others_may_have_is_replaced_at_once(tmp_path, monkeypatch, capsys):
    """Even the one that signs: with ``remove`` it would stay for a day."""
    old = make_key(tmp_path, "RS384", time.time() - 30 * 86400)
    keys = KeyFolder(tmp_path)
    monkeypatch.setenv("SMARTAPP_KEYS", str(tmp_path))
    assert main(["keys", "remove", old.stem]) != 0 and old.exists()
    assert main(["keys", "replace", old.stem]) == 0
    told = capsys.readouterr().out
    (key,) = keys.public_jwks()["keys"]
    assert not old.exists() and key["kid"] != old.stem and key["alg"] == "RS384"
    assert f"{key['kid']}  RS384  signs" in told and f"key_file in the issuers file names {old.stem}.json" in told
    assert main(["keys", "replace", old.stem]) != 0


def test_removing_what_is_not_there(tmp_path):
    with pytest.raises(SettingsError, match="There is no key x"):
        remove_key(tmp_path, "x", 0)


TEN = (
    "bergstrom",
    "moreau",
    "haddad",
    "kowalski",
    "oyelaran",
    "vasquez",
    "whitfield",
    "lindgren",
    "rosenthal",
    "jensen",
)


def test_a_new_secret_reaches_one_worker_after_the_other_and_nobody_notices(tmp_path):
    """First every worker reads with the new one (SMARTAPP_SECRET_NEXT), then one after the other writes with it: ten of
    ten journeys go on at the other worker than they began at."""
    new = "the-next-secret-long-enough-for-the-tests"
    harness = make_harness(tmp_path, settings={"secret_next": new})
    before = harness.app.extensions["loadpath"].settings
    after = create_app(
        replace(before, secret=new, secrets_read=(before.secret,), secret_next=""), clock=harness.clock,
        session_factory=harness.wire, executor=ThreadPoolExecutor(4), env={}, background=False,
    )  # fmt: skip
    browser = harness.browser()
    first = browser.clients[APP]
    second = after.test_client()
    second._cookies = first._cookies
    for number, patient in enumerate(TEN):
        opens, signs = (first, second) if number % 2 else (second, first)
        browser.clients[APP] = opens
        page = harness.open(browser, patient)
        assert page.status == 200
        browser.clients[APP] = signs
        assert "Saved to chart" in sign(browser, page).words


def test_what_a_clinician_stated_under_a_lost_secret_is_a_line_on_the_page(tmp_path):
    """After two rotations an attestation was gone without a word."""
    harness = make_harness(tmp_path)
    page = harness.open(harness.browser(), "bergstrom")
    assert "sealed with a secret" not in page.words
    made = harness.app.extensions["loadpath"]
    made.store.records.attest("https://another.example/Patient/1", {"name": "healed", "on": "2026-01-01"})
    harness.app = create_app(
        replace(made.settings, secret="another-secret-and-no-word-of-the-one-before"), clock=harness.clock,
        session_factory=harness.wire, executor=ThreadPoolExecutor(4), env={}, background=False,
    )  # fmt: skip
    page = harness.open(harness.browser(), "bergstrom")
    assert (
        "Statements of clinicians and plans signed here: 1 sealed with a secret that Loadpath is not given"
        in page.words
    )
