"""``smartapp check``: everything that is wrong or weak, in one run."""

from datetime import date
from pathlib import Path

import pytest
from flask import Response
from sqlalchemy import text

from smartapp.checks import everything_wrong
from smartapp.cli import main
from smartapp.ehr.http_client import HttpClient
from smartapp.ehr.launch.keys import make_key
from smartapp.knowledge import parse, texts
from smartapp.reviewers import sign_row
from smartapp.store import open_store
from smartapp.store.database import open_engine
from tests.databases import empty_database
from tests.fake_ehr import ORIGIN, FakeEhr, fhir
from tests.wsgi_transport import Wire

pytestmark = pytest.mark.usefixtures("phrases_tried_once")
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
    database = empty_database(tmp_path / "loadpath.db")
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
        "SMARTAPP_IDENTIFIER_BASE": "https://hospital.example/rehabilitation",
        "SMARTAPP_ISSUERS": str(tmp_path / "issuers.toml"),
        "SMARTAPP_KEYS": str(tmp_path / "keys"),
        "SMARTAPP_DATABASE": database,
    }


def test_a_strong_installation_has_nothing_to_say(installed):
    assert everything_wrong(installed) == ([], [])


def test_access_without_a_person_is_explained_and_needs_a_key(installed, tmp_path):
    table = STRONG.replace("[ehr.roles]", 'backend = { scopes = "system/Task.rs" }\n[ehr.roles]')
    (tmp_path / "issuers.toml").write_text(table.replace('auth = "private_key_jwt"', 'auth = "public"'))
    problems, notes = everything_wrong(installed)
    told = "\n".join(notes)
    assert problems == [] and "Loadpath reads system/Task.rs there without a person" in told
    assert "of no use without roles.coordinators" in told and "the list will show no names" in told
    whole = table.replace("[ehr.roles]", '[ehr.roles]\ncoordinators = ["Practitioner/2"]')
    (tmp_path / "issuers.toml").write_text(whole.replace("Task.rs", "Task.rs system/Patient.rs"))
    told = "\n".join(everything_wrong(installed)[1])
    assert "without a person" in told and "of no use" not in told and "no names" not in told
    next((tmp_path / "keys").iterdir()).unlink()
    assert any("private key for [ehr]" in problem for problem in everything_wrong(installed)[0])


def test_everything_weak_is_named_at_once(installed, tmp_path):
    secret = tmp_path / "client-secret"
    secret.write_text("short")
    secret.chmod(0o644)
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
        "[other] roles are all empty", "[other] auth is public", "[other] if it does not name itself in its answers",
        "[ehr] client_secret_file: every account of this machine can read client-secret",
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
    (problem,) = everything_wrong(installed | {"SMARTAPP_DATABASE": database})[0]
    assert "in memory" in problem


def test_the_command_says_notes_and_still_ends_well(installed, monkeypatch, capsys):
    for name, value in installed.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SMARTAPP_UNHEARD_OF", "1")
    assert main(["check"]) == 0
    assert "NOTE   SMARTAPP_UNHEARD_OF is not a setting of Loadpath" in capsys.readouterr().out


def test_files_that_decide_who_may_sign_or_hold_charts(installed, tmp_path):
    (tmp_path / "issuers.toml").chmod(0o646)
    (tmp_path / "loadpath.db").chmod(0o644)
    told = everything_wrong(installed)[1]
    assert any("SMARTAPP_ISSUERS: every account of this machine can write" in note for note in told)
    assert any("SMARTAPP_DATABASE: every account of this machine can read" in note for note in told)


@pytest.mark.parametrize("base", [None, "https://loadpath.example/fhir", "https://loadpath.example/other/"])
def test_the_identifiers_of_the_example_do_not_belong_into_real_charts(installed, base):
    env = {**installed, "SMARTAPP_IDENTIFIER_BASE": base or ""}
    (problem,) = everything_wrong(env)[0]
    assert problem.startswith("SMARTAPP_IDENTIFIER_BASE is the example of the demo")
    assert everything_wrong({**env, "SMARTAPP_DEV_LOOPBACK": "1"})[0] == []


def test_an_order_entry_without_a_caller_is_refused(installed, tmp_path):
    (tmp_path / "issuers.toml").write_text(STRONG + "[ehr.site]\norder_entry = true\n")
    (told,) = everything_wrong(installed)[0]
    assert told.startswith("issuers.toml: [ehr] site.order_entry needs a table cds_hooks") and "CDS Hooks" in told
    caller = '[ehr.cds_hooks]\niss = "https://ehr.example"\njku = "https://ehr.example/jwks"\n'
    (tmp_path / "issuers.toml").write_text(STRONG + "[ehr.site]\norder_entry = true\n" + caller)
    assert everything_wrong(installed)[0] == []
    (tmp_path / "issuers.toml").write_text(STRONG + '[ehr.site]\norder_entry = "yes"\n' + caller)
    assert "site.order_entry must be true or false" in everything_wrong(installed)[0][0]


def test_the_site_table_of_each_ehr_is_read(installed, tmp_path):
    (tmp_path / "issuers.toml").write_text(STRONG + '[ehr.site]\nmethods = ["telepathy"]\nnote_formats = []\n')
    assert [p.partition(" must")[0] for p in everything_wrong(installed)[0]] == [
        "issuers.toml: [ehr] site.methods", "issuers.toml: [ehr] site.note_formats",
    ]  # fmt: skip


def contacted(env, ehr):
    """The check with the EHR of the issuers file behind it; (problems, notes)."""
    return everything_wrong(env, contact=True, http_client=lambda settings: HttpClient(settings, Wire({ORIGIN: ehr})))


OFFERS = {
    "revocation_endpoint": f"{ORIGIN}/auth/revoke",
    "capabilities": ["client-confidential-asymmetric"],
    "authorization_response_iss_parameter_supported": True,
}


@pytest.fixture
def at_fake(installed, tmp_path):
    """The same installation, registered at the EHR the tests can bend."""
    (tmp_path / "issuers.toml").write_text(STRONG.replace("https://ehr.example/fhir", f"{ORIGIN}/r4"))
    return installed


def test_nobody_is_contacted_unasked(at_fake):
    def nobody(settings):
        raise AssertionError("contacted")

    assert everything_wrong(at_fake, http_client=nobody) == ([], [])


def test_an_ehr_that_offers_what_is_used_has_nothing_to_say(at_fake):
    assert contacted(at_fake, FakeEhr(0, document=OFFERS)) == ([], [])


def test_an_ehr_whose_configuration_cannot_be_used_is_wrong(at_fake):
    problems, _ = contacted(at_fake, FakeEhr(0, document={"code_challenge_methods_supported": ["plain"]}))
    assert problems == ["[ehr] The EHR does not offer PKCE with S256, without which a launch is not safe."]


def test_an_ehr_that_is_down_is_no_fault_of_ours(at_fake):
    problems, (note,) = everything_wrong(at_fake, True, lambda settings: HttpClient(settings, Wire({})))
    assert problems == [] and note.startswith("[ehr] could not be asked: ")


def test_what_an_ehr_lacks_is_a_note(at_fake):
    told = "\n".join(contacted(at_fake, FakeEhr(0, document={"jwks_uri": None}))[1])
    assert "[ehr] it offers no revocation" in told and "[ehr] it publishes no keys" in told


def test_the_keys_of_an_ehr_that_calls_are_looked_at(at_fake, tmp_path):
    issuers = tmp_path / "issuers.toml"
    jku = f"{ORIGIN}/auth/jwks"
    table = issuers.read_text().replace("[ehr]\n", f'[ehr]\ncds_hooks = {{ iss = "x", jku = "{jku}" }}\n')
    issuers.write_text(table)
    assert contacted(at_fake, FakeEhr(0, document=OFFERS)) == ([], [])
    _, (note,) = contacted(at_fake, FakeEhr(0, document=OFFERS, keys=[{"kty": "RSA"}]))
    assert note.startswith("[ehr] cds_hooks.jku publishes no key with a kid")
    _, (note,) = contacted(at_fake, FakeEhr(0, document=OFFERS, pages={"/auth/jwks": Response("gone", 404)}))
    assert note.startswith("[ehr] cds_hooks.jku: The EHR's signing keys could not be read")


def export_notes(installed, tmp_path, export, statement=None, document=OFFERS):
    issuers = tmp_path / "issuers.toml"
    issuers.write_text(
        STRONG.replace("https://ehr.example/fhir", f"{ORIGIN}/r4").replace("[ehr]", f"[ehr]\n{export}", 1)
    )
    pages = {"/r4/metadata": fhir(statement)} if statement else {}
    problems, notes = contacted(installed, FakeEhr(0, document=document, pages=pages))
    assert problems == []
    return [note for note in notes if "export" in note]


OF_GROUPS = {"type": "Group", "operation": [{"name": "export", "definition": "https://ehr.example/group-export"}]}
STATEMENT = {"resourceType": "CapabilityStatement", "rest": [{"resource": [OF_GROUPS]}]}


def test_an_ehr_that_cannot_export_is_known_before_anybody_tries(at_fake, tmp_path):
    known, told = export_notes(at_fake, tmp_path, "export = {}", STATEMENT)
    assert "copies whole records of every patient" in known + told
    assert "[ehr] export: it does not declare Bulk Data $export of Patient, only of Group." in (known, told)
    (note,) = export_notes(at_fake, tmp_path, 'export = { group = "clinic" }', STATEMENT)
    assert "copies whole records of Group/clinic" in note
    told = export_notes(at_fake, tmp_path, "export = {}", document={**OFFERS, "capabilities": []})
    assert "[ehr] export: it does not declare Bulk Data $export of Patient." in told
    assert any("export: it does not say that it takes private_key_jwt" in note for note in told)
    next((tmp_path / "keys").iterdir()).unlink()
    assert any("private key for [ehr]" in problem for problem in everything_wrong(at_fake)[0])


@pytest.mark.req("SM-T-4")
@pytest.mark.parametrize(("auth", "told"), [("public", True), ("private_key_jwt", False)])
def test_a_key_is_preferred_where_the_ehr_takes_one(at_fake, tmp_path, auth, told):
    issuers = tmp_path / "issuers.toml"
    issuers.write_text(issuers.read_text().replace("private_key_jwt", auth))
    notes = contacted(at_fake, FakeEhr(0, document=OFFERS))[1]
    assert ("[ehr] auth is public, and this EHR takes private_key_jwt" in "\n".join(notes)) is told
    assert "takes private_key_jwt" not in "\n".join(contacted(at_fake, FakeEhr(0))[1])


OTHER = """
[other]
iss = "https://other.example/fhir"
client_id = "loadpath"
auth = "private_key_jwt"
own_callback = true
[other.roles]
signers = ["Practitioner/1"]
"""


@pytest.mark.req("SM-T2")
def test_an_ehr_among_several_that_does_not_name_itself_wants_an_address_of_its_own(at_fake, tmp_path):
    issuers = tmp_path / "issuers.toml"
    issuers.write_text(issuers.read_text() + OTHER)
    silent = contacted(at_fake, FakeEhr(0, document={**OFFERS, "authorization_response_iss_parameter_supported": 0}))
    assert any("[ehr] it does not name itself in its answers (RFC 9207): set own_callback" in n for n in silent[1])
    named = contacted(at_fake, FakeEhr(0, document=OFFERS))
    assert not any("own_callback" in note for note in named[1])
    issuers.write_text(issuers.read_text().replace('client_id = "loadpath"', 'client_id = "x"\nown_callback = true', 1))
    assert not any("own_callback" in note for note in everything_wrong(at_fake)[1])


def test_a_row_edited_after_it_was_signed_is_a_note(installed, monkeypatch):
    name, text = sign_row(texts(), "pain.severe-from", "Dr. A", date(2026, 5, 4))
    edited = parse(texts() | {name: text.replace("value = 7", "value = 6", 1)})
    monkeypatch.setattr("smartapp.checks.load", lambda site: edited)
    told = "knowledge: pain.severe-from was signed by Dr. A on 2026-05-04 and changed since"
    assert everything_wrong(installed) == ([], [told])


def database_lines(installed, where):
    problems, notes = everything_wrong({**installed, "SMARTAPP_DATABASE": str(where)})
    return [line for line in (*problems, *notes) if line.startswith("SMARTAPP_DATABASE")], bool(problems)


def test_a_database_nobody_has_made_yet_is_a_note_and_is_not_made(installed, tmp_path):
    lines, wrong = database_lines(installed, tmp_path / "new" / "loadpath.db")
    assert lines == ["SMARTAPP_DATABASE: the file is not there yet; the first start makes it."] and not wrong
    assert not (tmp_path / "new").exists()
    (tmp_path / "bare.db").touch(0o600)
    lines, wrong = database_lines(installed, tmp_path / "bare.db")
    assert lines == ["SMARTAPP_DATABASE: it is empty; the first start makes the tables."] and not wrong


@pytest.mark.parametrize("words", ["not a database, whatever its name says", ""])
def test_a_database_that_cannot_be_opened_is_wrong(installed, tmp_path, words):
    place = tmp_path / "place"
    place.write_text(words) if words else place.mkdir()
    place.chmod(0o700)
    lines, wrong = database_lines(installed, place)
    assert len(lines) == 1 and wrong


def test_nobody_listens_at_the_databases_address(installed):
    lines, wrong = database_lines(installed, "postgresql://loadpath:hunter2@127.0.0.1:9/loadpath")
    assert len(lines) == 1 and wrong and "hunter2" not in lines[0]


@pytest.mark.parametrize(("revision", "wrong"), [("0001", False), ("9999", True)])
def test_what_a_start_would_do_to_the_tables_is_said_before(installed, revision, wrong):
    engine = open_engine(installed["SMARTAPP_DATABASE"])
    with engine.begin() as db:
        db.execute(text(f"update alembic_version set version_num = '{revision}'"))
    engine.dispose()
    (line,), found = database_lines(installed, installed["SMARTAPP_DATABASE"])
    assert found == wrong
    assert ("newer version" if wrong else "the next start brings its tables to this version") in line


def test_a_secret_the_database_was_written_with_and_nobody_gives_is_named_until_it_is_given(installed):
    old = "the-secret-before-the-last-two-changes-of-it"
    open_store(installed["SMARTAPP_DATABASE"], old).close()
    lines = [line for line in everything_wrong(installed)[1] if "SECRET_PREVIOUS" in line]
    assert len(lines) == 1 and "cannot be read or found" in lines[0] and old not in lines[0]
    given = {**installed, "SMARTAPP_SECRET_PREVIOUS": f"{'another-one-in-between-' * 2} {old}"}
    assert not [line for line in everything_wrong(given)[1] if "SECRET_PREVIOUS" in line]
