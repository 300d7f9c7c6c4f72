"""The issuers file, addresses, scopes, our own keys and capability statements: what each is read as."""

import json
from pathlib import Path
from typing import Any

import pytest

from smartapp.cli import main
from smartapp.core.proposal import Office, Role
from smartapp.ehr.addresses import normal_base, under_base
from smartapp.ehr.capabilities import CapabilityCache, parse_capabilities
from smartapp.ehr.issuer_tables import Roles
from smartapp.ehr.issuers import parse_issuers, read_issuers
from smartapp.ehr.launch.keys import PUBLISHED_FIRST, make_key, read_keys
from smartapp.ehr.launch.scopes import READ, Grants, requested_scope
from smartapp.errors import SettingsError
from smartapp.fhir.read import searches
from smartapp.knowledge import load
from tests.fake_ehr import ISSUERS, ORIGIN, FakeEhr

from .launching import SETTINGS, edge

REPOSITORY = Path(__file__).resolve().parents[2]
TABLE = '[ehr]\niss = "https://ehr.example/fhir"\nclient_id = "loadpath"\n'


def only(text: str, **env: str):
    return parse_issuers(text, env).all[0]


# -- the file


def test_the_issuers_file_we_ship_is_right() -> None:
    issuers = read_issuers(REPOSITORY / "launch" / "issuers.toml", {}, dev_loopback=True)
    sandbox = issuers.find("http://localhost:8081/fhir")
    assert sandbox.client_id == "loadpath"
    assert sandbox.roles.of("Practitioner/okafor") is Role.SIGNER
    assert sandbox.roles.of("Practitioner/tran") is Role.DRAFTER
    assert sandbox.roles.of("Practitioner/brandt") is Role.COORDINATOR


def test_the_examples_in_it_are_right_when_uncommented() -> None:
    text = (REPOSITORY / "launch" / "issuers.toml").read_text()
    tables = [block for block in text.split("\n\n") if "# [" in block and "# iss =" in block]
    example = "\n\n".join(
        "\n".join(line[2:] for line in block.splitlines() if line.startswith("# [") or " = " in line)
        for block in tables
    )
    found = parse_issuers(example, {})
    assert {issuer.key for issuer in found} == {"inferno"}, "those of vendors: tests/test_vendor_guides.py"


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('auth = "magic"', "auth must be one of"),
        ('auth = "client_secret_basic"', "client_secret_env is missing"),
        ('auth = "client_secret_basic"\nclient_secret_env = "NOT_SET"', "names NOT_SET"),
        ('client_secret = "x"', "client_secret must not stand here"),
        ('client_secret_env = "SET"', "of no use"),
        ('pkce = "plain"', "pkce must be one of S256"),
        ("pkce = true", "pkce must be text"),
        ('pkce = "s256"', "pkce must be one of S256"),
        ("nonce_required = 1", "nonce_required must be true or false"),
        ('hosts = "login.example"', "hosts must be a list"),
        ('hosts = ["https://login.example/path"]', "must be a host"),
        ('frame_ancestors = ["*"]', "must be a host"),
        ('frame_ancestors = ["https://*.example"]', "must be a host"),
        ('nonsense = "x"', "nonsense is not a key"),
        ('key_file = "../key.json"', "key_file must be a name"),
        ('issuer = "http://ehr.example"', "issuer must be https"),
        ("name = 7", "name must be text"),
        ('[ehr.roles]\nsigners = ["Patient"]', "roles.signers"),
        ('[ehr.roles]\nsigners = "Practitioner"', "roles.signers"),
        ('[ehr.roles]\nbosses = ["Practitioner"]', "roles may only have"),
        ('[ehr.roles]\nprivacy_officers = ["Practitioner"]', "roles.privacy_officers must list persons"),
        ('[ehr.roles]\nadministrators = ["role:309343006"]', "roles.administrators must list persons"),
        ('backend = "yes"', "backend must be a table that has client_id, scopes, topic only"),
        ('backend = { scope = "system/Task.rs" }', "backend must be a table that has client_id, scopes, topic only"),
        ("backend = { client_id = 1 }", "backend must be a table that has client_id, scopes, topic only"),
        ('backend = { scopes = "system/Task.rus" }', "backend.scopes may only read"),
        ('backend = { scopes = "system/Task.rs", topic = "x" }', "backend.topic is of no use without"),
        ('backend = { scopes = "user/Task.rs" }', "backend.scopes may only read"),
        ('backend = { scopes = "system/Patient.rs" }', "backend.scopes must let Loadpath read Task"),
        ('[other]\niss = "https://EHR.example:443/fhir/"\nclient_id = "x"', "[other] iss is the same"),
        ('[other]\nclient_id = "x"', "[other] iss is missing"),
        ('[other]\niss = "https://b.example"', "[other] client_id is missing"),
        ('[other]\niss = "http://b.example"\nclient_id = "x"', "[other] iss must be https"),
        ('[other]\niss = "http://localhost:1"\nclient_id = "x"', "[other] iss must be https"),
        ('[other]\niss = "https://b.example/../c"\nclient_id = "x"', "[other] iss has a path"),
    ],
)
def test_each_fault_is_named_with_its_table_and_key(line: str, named: str) -> None:
    with pytest.raises(SettingsError) as refused:
        parse_issuers(TABLE + line, {"SET": "x"})
    assert named in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


def test_all_faults_are_named_at_once() -> None:
    with pytest.raises(SettingsError) as refused:
        parse_issuers('[a]\nauth = "x"\n[b]\niss = "nonsense"\n', {})
    lines = str(refused.value).splitlines()
    assert {line.split("[")[1][0] for line in lines} == {"a", "b"}
    assert len(lines) == 5


@pytest.mark.parametrize("text", ["", "= 1", "key = 1"])
def test_a_file_without_an_ehr_is_refused(text: str) -> None:
    with pytest.raises(SettingsError):
        parse_issuers(text, {})


def test_an_absent_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none\.toml"):
        read_issuers(tmp_path / "none.toml", {})


@pytest.mark.req("SM-E3")
def test_a_client_secret_may_stand_in_a_file_and_is_never_shown(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hush\n")
    issuer = only(TABLE + f'auth = "client_secret_basic"\nclient_secret_file = "{tmp_path / "secret"}"')
    assert issuer.client_secret == "hush"
    assert "hush" not in repr(issuer)


# -- access without a person


def test_access_of_our_own_is_what_the_table_says_and_none_without_one() -> None:
    assert only(TABLE).backend is None
    plain = only(f"{TABLE}backend = {{}}\n")
    assert plain.backend is not None and plain.backend.scopes == "system/Task.rs system/Patient.rs"
    assert (plain.by_itself.client_id, plain.by_itself.auth, plain.auth) == ("loadpath", "private_key_jwt", "public")
    apart = only(f'{TABLE}backend = {{ client_id = "apart", scopes = "system/*.read" }}\n')
    assert (apart.by_itself.client_id, apart.client_id) == ("apart", "loadpath")


def test_an_export_is_what_the_table_says_and_none_without_one() -> None:
    assert only(TABLE).export is None
    plain = only(f"{TABLE}export = {{}}\n")
    assert plain.export is not None and (plain.export.group, plain.export.filters) == ("", False)
    assert (plain.exporting.client_id, plain.exporting.auth) == ("loadpath", "private_key_jwt")
    apart = only(f'{TABLE}backend = {{ client_id = "b" }}\nexport = {{ client_id = "e", scopes = "system/*.read" }}\n')
    assert (apart.exporting.client_id, apart.by_itself.client_id) == ("e", "b")


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("true", "must be a table"),
        ('{ filters = "yes" }', "must be a table"),
        ("{ level = 1 }", "must be a table"),
        ('{ scopes = "system/Patient.cud" }', "may only read"),
        ('{ scopes = "system/Condition.rs" }', "must let Loadpath read Patient"),
        ('{ group = "Group/1" }', "must be the id of a Group"),
    ],
)
def test_an_export_that_cannot_be_is_refused(table: str, says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        only(f"{TABLE}export = {table}\n")


# -- roles


def test_the_most_exact_entry_decides() -> None:
    roles = Roles(
        signers=("role:309343006", "Practitioner/chief"),
        drafters=("Practitioner",),
        coordinators=("Practitioner/desk", "PractitionerRole"),
    )
    physician = frozenset({"309343006"})
    assert roles.of("Practitioner/12") is Role.DRAFTER
    assert roles.of("Practitioner/12", physician) is Role.SIGNER
    assert roles.of("Practitioner/chief") is Role.SIGNER
    assert roles.of("Practitioner/desk", physician) is Role.COORDINATOR
    assert roles.of("PractitionerRole/3") is Role.COORDINATOR


@pytest.mark.parametrize("reference", ["Patient/1", "RelatedPerson/1", "Person/1", "", "Device/1"])
def test_patients_and_unknown_users_have_no_role(reference: str) -> None:
    assert Roles(signers=("Practitioner", "Patient", "Person")).of(reference, frozenset({"x"})) is Role.NONE


def test_by_default_nobody_may_sign() -> None:
    assert Roles().of("Practitioner/1") is Role.DRAFTER


def test_an_office_is_held_beside_a_role_by_the_person_named() -> None:
    roles = Roles(signers=("Practitioner/1",), privacy_officers=("Practitioner/1", "Practitioner/2"),
                  administrators=("Practitioner/2",))  # fmt: skip
    assert roles.of("Practitioner/1") is Role.SIGNER
    assert roles.offices_of("Practitioner/1") == {Office.PRIVACY_OFFICER}
    assert roles.offices_of("Practitioner/2") == {Office.PRIVACY_OFFICER, Office.ADMINISTRATOR}
    assert roles.offices_of("Practitioner/12") == roles.offices_of("") == frozenset()


# -- addresses


@pytest.mark.parametrize(
    ("spelt", "normal"),
    [
        ("https://ehr.example/fhir", "https://ehr.example/fhir"),
        ("HTTPS://EHR.example:443/fhir/", "https://ehr.example/fhir"),
        ("https://ehr.example:8443", "https://ehr.example:8443"),
        ("http://[::1]:8081/fhir", "http://[::1]:8081/fhir"),
        ("https://ehr.example/FHIR/R4", "https://ehr.example/FHIR/R4"),
    ],
)
@pytest.mark.req("SM-T3")
def test_an_address_has_one_normal_form(spelt: str, normal: str) -> None:
    assert normal_base(spelt) == normal


@pytest.mark.parametrize(
    ("url", "under"),
    [
        ("https://e.x/r4", True),
        ("https://e.x/r4/", True),
        ("https://e.x/r4/Patient/1", True),
        ("https://e.x:443/r4?_getpages=1", True),
        ("https://e.x/r4/Patient?_id=a|b%20c", True),
        ("https://e.x/r4//Patient", True),
        ("https://e.x/r4/..;/admin", False),
        ("https://e.x/r4/Patient?_id=a%7Cb", True),
        ("https://e.x/r44/Patient", False),
        ("https://e.x/r4/../admin", False),
        ("https://e.x/r4/%2E%2E/admin", False),
        ("https://e.x/r4/a%2fb", False),
        ("https://e.x\\@evil.x/r4/", False),
        ("https://evil.x/https://e.x/r4/", False),
        ("https://e.x@evil.x/r4/", False),
        ("http://e.x/r4/", False),
        ("/r4/Patient", False),
        ("", False),
    ],
)
@pytest.mark.req("SM-F2", "SM-T15")
def test_what_lies_under_a_base(url: str, under: bool) -> None:
    assert under_base(url, "https://e.x/r4") is under


# -- scopes


@pytest.mark.parametrize(
    ("scope", "may", "may_not"),
    [
        ("patient/CarePlan.crus", "crus", "d"),
        ("patient/CarePlan.rs", "rs", "cud"),
        ("patient/CarePlan.write", "cud", "rs"),
        ("patient/*.read", "rs", "cud"),
        ("user/CarePlan.*", "cruds", ""),
        ("patient/*.c", "c", "ruds"),
        ("patient/CarePlan.dus", "", "cruds"),
        ("patient/CarePlan.sr", "", "cruds"),
        ("patient/CarePlan.", "", "cruds"),
        ("patient/careplan.c", "", "cruds"),
        ("patient/CarePlan.c?category=x", "", "cruds"),
        ("CarePlan.c launch openid", "", "cruds"),
        ("", "", "cruds"),
    ],
)
@pytest.mark.req("SM-A9", "SM-A10")
def test_granted_scopes_mean_exactly_what_they_say(scope: str, may: str, may_not: str) -> None:
    grants = Grants(scope)
    assert all(grants.may("CarePlan", letter) for letter in may)
    assert not any(grants.may("CarePlan", letter) for letter in may_not)


@pytest.mark.req("SM-A11")
def test_a_granular_grant_is_none_for_all_records() -> None:
    grants = Grants("patient/Observation.rs?category=http://x|laboratory")
    assert not grants.may("Observation", "r")


@pytest.mark.req("SM-A7", "SM-A11")
def test_a_site_may_ask_for_its_own_scopes() -> None:
    own = "openid fhirUser launch offline_access patient/Observation.rs?category=http://x|laboratory"
    issuer = only(TABLE + f'scopes = "{own}"')
    assert requested_scope(issuer, [], ehr_launch=True).split() == [
        "launch", "openid", "fhirUser", "offline_access", "patient/Observation.rs?category=http://x|laboratory"
    ]  # fmt: skip
    assert requested_scope(issuer, [], ehr_launch=False).split()[0] == "launch/patient"


@pytest.mark.parametrize(
    ("refresh", "expected"), [("online", {"online_access"}), ("offline", {"offline_access"}), ("none", set())]
)
@pytest.mark.req("SM-A7")
def test_one_kind_of_refresh_or_none(refresh: str, expected: set[str]) -> None:
    scope = requested_scope(only(TABLE + f'refresh = "{refresh}"'), [], ehr_launch=True).split()
    assert {text for text in scope if text.endswith("_access")} == expected


# -- our keys


@pytest.mark.req("SM-T-6")
def test_the_jwks_has_public_members_only(tmp_path: Path) -> None:
    for algorithm in ("RS384", "ES384"):
        make_key(tmp_path, algorithm, 0)
    for key in read_keys(tmp_path).public_jwks()["keys"]:
        expected = {"RSA": {"n", "e"}, "EC": {"crv", "x", "y"}}[key["kty"]]
        assert set(key) == {"kty", "kid", "alg", "use", *expected}
        assert key["use"] == "sig"


def test_a_key_file_is_its_owners_only(tmp_path: Path) -> None:
    path = make_key(tmp_path / "keys", "ES384", 0)
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


@pytest.mark.req("SM-T-7")
def test_a_new_key_is_published_before_it_signs(tmp_path: Path) -> None:
    issuer = only(TABLE)
    old = make_key(tmp_path, "ES384", 1000).stem
    assert read_keys(tmp_path).for_issuer(issuer, 1000).kid == old, "the first key signs at once"
    new = make_key(tmp_path, "ES384", 200_000).stem
    ring = read_keys(tmp_path)
    assert {key["kid"] for key in ring.public_jwks()["keys"]} == {old, new}
    assert ring.for_issuer(issuer, 200_001).kid == old
    assert ring.for_issuer(issuer, 200_000 + PUBLISHED_FIRST).kid == new


@pytest.mark.req("SM-T18")
def test_an_ehr_may_have_a_key_or_an_algorithm_of_its_own(tmp_path: Path) -> None:
    rsa, ec = make_key(tmp_path, "RS384", 0), make_key(tmp_path, "ES384", 1)
    ring = read_keys(tmp_path)
    assert ring.for_issuer(only(TABLE + f'key_file = "{rsa.name}"'), 1e6).kid == rsa.stem
    assert ring.for_issuer(only(TABLE + 'key_algorithm = "ES384"'), 1e6).kid == ec.stem


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"alg": "HS256", "kty": "oct", "k": "AAAA"}', '{"alg": "RS384"}'])
def test_a_file_that_is_no_key_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "broken.json").write_text(text)
    with pytest.raises(SettingsError, match=r"broken\.json"):
        read_keys(tmp_path)


def test_a_public_key_is_not_a_key_to_sign_with(tmp_path: Path) -> None:
    path = make_key(tmp_path, "ES384", 0)
    jwk = json.loads(path.read_text())
    jwk.pop("d")
    path.write_text(json.dumps(jwk))
    with pytest.raises(SettingsError):
        read_keys(tmp_path)


# -- capabilities


def test_vendors_statements_are_read(shared: Path) -> None:
    found = {}
    for path in sorted((shared / "data" / "capabilities").glob("*.json")):
        found[path.stem] = parse_capabilities(json.loads(path.read_text()))
    assert found["aidbox"].transaction
    assert found["aidbox"].can("CarePlan", "create")
    for vendor in ("cerner", "athena", "meditech"):
        assert not found[vendor].transaction, vendor
        assert not found[vendor].can("CarePlan", "create"), vendor
        assert found[vendor].can("CarePlan", "search-type"), vendor


@pytest.mark.parametrize(
    "statement",
    [{}, {"rest": 7}, {"rest": [7]}, {"rest": [{"mode": "client", "interaction": [{"code": "transaction"}]}]},
     {"rest": [{"resource": [{"type": 7}], "interaction": {}}], "software": "x"}],
    ids=str,
)  # fmt: skip
def test_what_is_not_declared_is_not_there(statement: dict[str, Any]) -> None:
    found = parse_capabilities(statement)
    assert not found.transaction
    assert not found.can("CarePlan", "create")


def test_an_ehr_without_a_statement_has_no_capability() -> None:
    ehr = FakeEhr(0)
    app = edge({ORIGIN: ehr}, ISSUERS)
    issuer = app.smart.issuer_of("fake")
    found = CapabilityCache(app.http_client, SETTINGS).of(issuer)
    assert not found.declared
    assert not found.transaction


@pytest.mark.req("SM-A8")
def test_exactly_what_is_searched_is_asked_for() -> None:
    assert set(READ) == {search.resource for search in searches(load().codes)}
    scope = requested_scope(only(TABLE), ["permission-v2"], ehr_launch=True)
    assert all(Grants(scope).may(kind, letter) for kind in READ for letter in "rs")
    assert all(Grants(scope).may(kind, "c") for kind in ("CarePlan", "ServiceRequest", "Goal", "Provenance"))


def test_keys_are_made_and_listed_by_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SMARTAPP_KEYS", str(tmp_path))
    assert main(["keys", "add", "--algorithm", "RS384"]) == 0
    assert main(["keys", "list"]) == 0
    key = read_keys(tmp_path).public_jwks()["keys"][0]
    assert capsys.readouterr().out.splitlines()[-1] == f"{key['kid']}  RS384  signs"
