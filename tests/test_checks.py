"""``smartapp check``: everything that is wrong or weak, in one run."""

from pathlib import Path

import pytest

from smartapp.checks import everything_wrong
from smartapp.cli import main
from smartapp.ehr.keys import make_key

STRONG = """
[ehr]
iss = "https://ehr.example/fhir"
client_id = "loadpath"
auth = "private_key_jwt"
frame_ancestors = ["https://ehr.example"]
[ehr.roles]
signers = ["Practitioner/1"]
"""
WEAK = """
[ehr]
iss = "http://localhost:8081/fhir"
client_id = "loadpath"
auth = "client_secret_basic"
client_secret_file = "{secret}"
nonce_required = false
frame_ancestors = ["http://ehr.example"]
[other]
iss = "https://other.example/fhir"
client_id = "loadpath"
[other.roles]
drafters = []
"""


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """An environment without a weakness; the folder stands for one that lasts."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))
    monkeypatch.setattr("smartapp.checks.TEMPORARY", ())
    (tmp_path / "issuers.toml").write_text(STRONG)
    make_key(tmp_path / "keys", "ES384", 0)
    secret = tmp_path / "secret"
    secret.touch(mode=0o600)
    secret.write_text("Zq3-vN8_kT5.wB2~yH7-sD4_fG9.pL6~")
    return {
        "SMARTAPP_SECRET_FILE": str(secret),
        "SMARTAPP_BASE_URL": "https://loadpath.example",
        "SMARTAPP_ISSUERS": str(tmp_path / "issuers.toml"),
        "SMARTAPP_KEYS": str(tmp_path / "keys"),
        "SMARTAPP_DATABASE": str(tmp_path / "loadpath.db"),
    }


def test_a_strong_installation_has_nothing_to_say(installed):
    assert everything_wrong(installed) == ([], [])


def test_everything_weak_is_named_at_once(installed, tmp_path):
    secret = tmp_path / "client-secret"
    secret.write_text("short")
    (tmp_path / "issuers.toml").write_text(WEAK.format(secret=secret))
    Path(installed["SMARTAPP_SECRET_FILE"]).chmod(0o644)
    next((tmp_path / "keys").iterdir()).chmod(0o604)
    problems, notes = everything_wrong(
        installed
        | {"SMARTAPP_DEV_LOOPBACK": "1", "SMARTAPP_DATABASE": ":memory:", "SMARTAPP_SECRTE": "x"}
        | {"SMARTAPP_DATABASE": str(tmp_path / "scratch" / "loadpath.db")}
    )
    told = "\n".join(notes)
    assert problems == []
    for weakness in (
        "SMARTAPP_SECRTE is not a setting", "SMARTAPP_DEV_LOOPBACK is on", "in a folder for temporary files",
        "SMARTAPP_SECRET_FILE: every account", "SMARTAPP_KEYS: every account", "[ehr] iss is http",
        "[ehr] nonce_required", "[ehr] frame_ancestors", "[ehr] its client secret is shorter",
        "[ehr] roles.signers is empty",
        "[other] roles are all empty", "[other] auth is public",
    ):  # fmt: skip
        assert weakness in told


def test_everything_wrong_is_named_at_once(installed, tmp_path):
    for key in (tmp_path / "keys").iterdir():
        key.unlink()
    env = installed | {
        "SMARTAPP_SECRET": "short",
        "SMARTAPP_PAGES": "none",
        "SMARTAPP_BASE_URL": "http://loadpath.example",
    }
    del env["SMARTAPP_SECRET_FILE"]
    problems, _ = everything_wrong(env)
    told = "\n".join(problems)
    for wrong in (
        "SMARTAPP_SECRET: must have at least 32",
        "SMARTAPP_PAGES: must be",
        "There is no private key for [ehr]",
    ):
        assert wrong in told


def test_a_base_address_without_encryption_is_wrong(installed):
    problems, _ = everything_wrong(installed | {"SMARTAPP_BASE_URL": "http://loadpath.example"})
    assert any("must be https" in problem for problem in problems)


@pytest.mark.parametrize("database", [":memory:", "sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory(installed, database):
    assert any("in memory" in note for note in everything_wrong(installed | {"SMARTAPP_DATABASE": database})[1])


@pytest.mark.parametrize("database", ["postgresql+psycopg://host/tmp/loadpath", "var/loadpath.db"])
def test_a_database_that_lasts(installed, database):
    assert everything_wrong(installed | {"SMARTAPP_DATABASE": database})[1] == []


def test_the_command_says_notes_and_still_ends_well(installed, monkeypatch, capsys):
    for name, value in installed.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SMARTAPP_UNHEARD_OF", "1")
    assert main(["check"]) == 0
    assert "NOTE   SMARTAPP_UNHEARD_OF is not a setting of Loadpath" in capsys.readouterr().out
