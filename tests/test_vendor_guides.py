"""The registration guides: what they say of Loadpath is what it does, and what they say of a vendor has a source."""

import re

import pytest

from launch.sandbox.personality import names, read_personality
from smartapp.checks import everything_wrong
from smartapp.ehr.issuers import parse_issuers
from smartapp.ehr.launch.keys import make_key
from smartapp.ehr.launch.scopes import READ
from tests.conftest import ROOT
from tests.databases import empty_database
from tests.journey.ehr_table import KINDS, PATIENT, WORDS, vendor_house, walked
from tests.journey.harness import make_harness
from tests.journey.whole import not_read
from tests.vendor_guides import (
    FOLDER,
    HEADINGS,
    MARKED,
    OTHER,
    PAGES,
    PERSONALITIES,
    default_scope,
    kind_of,
    links,
    own_scope,
    scope_table,
    section,
    stanzas,
    table_of,
    text,
    without,
)

pytestmark = pytest.mark.usefixtures("phrases_tried_once")
SEEN = re.compile(r"\bseen 20\d\d-\d\d-\d\d\b")
SECRET = "Zq3-vN8_kT5.wB2~yH7-sD4_fG9.pL6~"
OF_A_SITE = re.compile(
    r"^(iss|client_id|auth|client_secret_env|key_algorithm|hosts|frame_ancestors|cds_hooks|name|authorize|roles)"
    r" = .*\n",
    re.MULTILINE,
)
SANDBOX = """iss = "http://localhost:8081/fhir"
client_id = "loadpath"
roles = { signers = ["Practitioner/okafor"] }
"""
STANZAS = [(page, at) for page in PAGES for at in range(len(stanzas(page)))]


def test_every_vendor_has_a_page_and_every_page_is_listed():
    assert {path.stem for path in FOLDER.glob("*.md")} == set(PAGES)
    assert set(PERSONALITIES.values()) == set(names())
    for where, base in (("README.md", "launch/vendors/"), ("launch/vendors/any-other.md", "")):
        listed = (ROOT / where).read_text(encoding="utf-8")
        assert not [page for page in PAGES if page != OTHER and f"({base}{page}.md)" not in listed], where
    assert "launch/vendors" in (ROOT / "deploy" / "runbook.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_the_same_headings_with_something_below_each(page):
    assert tuple(re.findall(r"^## (.*)$", text(page), re.MULTILINE)) == HEADINGS
    assert not [heading for heading in HEADINGS if not section(page, heading).strip()]


@pytest.mark.parametrize("page", PAGES)
def test_the_scopes_of_a_page_are_those_we_ask_for(page):
    """Where this fails: python -m tests.vendor_guides"""
    assert MARKED.findall(text(page)) == [scope_table(page)]
    asked = set(default_scope(page).split()) | {scope for at in stanzas(page) for scope in asked_in(at)}
    named = set(re.findall(r"`((?:patient|user|system)/[A-Za-z]+\.[a-z]+)`", text(page)))
    assert {scope for scope in asked if kind_of(scope)} - {"launch/patient"} <= named | asked_only_in_a_stanza(page)
    known = {(scope.partition("/")[0], kind_of(scope)) for scope in asked} | {("user", kind_of(s)) for s in asked}
    assert not [scope for scope in named if (scope.partition("/")[0], kind_of(scope)) not in known], page


def asked_in(stanza):
    return table_of(stanza).get("scopes", "").split()


def asked_only_in_a_stanza(page):
    """A second stanza lists its scopes itself; the table is of the first."""
    return {scope for stanza in stanzas(page)[1:] for scope in asked_in(stanza)}


@pytest.mark.parametrize("kind", [kind for kind in READ if kind != "Patient"])
def test_what_is_lost_without_a_scope_is_what_the_page_says(kind, tmp_path):
    granted = " ".join(scope for scope in default_scope(OTHER).split() if kind_of(scope) != kind)
    harness = vendor_house(tmp_path / "ehr", "hapi", granted)
    page = harness.open(harness.browser(), PATIENT)
    told = [line for line in not_read(page) if "not permitted" in line]
    assert bool(told) == without(kind).startswith("Told as “not permitted”"), told


@pytest.mark.parametrize("page", PAGES)
def test_a_list_of_its_own_is_a_part_of_ours(page):
    """Of each type no letter is asked for that we do not ask for by ourselves."""
    asked: dict[str, set[str]] = {}
    for scope in default_scope(page).split():
        asked.setdefault(kind_of(scope), set()).update(letters_of(scope))
    for scope in own_scope(page).split():
        if kind_of(scope):
            assert letters_of(scope) <= asked[kind_of(scope)], scope


def letters_of(scope):
    letters = scope.rpartition(".")[2]
    return set({"read": "rs", "write": "cu"}.get(letters, letters))


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys")
    for algorithm in ("RS384", "ES384"):
        make_key(folder, algorithm, 0)
    return folder


@pytest.mark.parametrize(("page", "at"), STANZAS)
def test_every_stanza_passes_smartapp_check(page, at, keys, tmp_path):
    stanza = stanzas(page)[at]
    (tmp_path / "issuers.toml").write_text(stanza, encoding="utf-8")
    named = table_of(stanza).get("client_secret_env")
    env = {
        "SMARTAPP_SECRET": SECRET,
        "SMARTAPP_BASE_URL": "https://loadpath.example",
        "SMARTAPP_IDENTIFIER_BASE": "https://hospital.example/rehabilitation",
        "SMARTAPP_ISSUERS": str(tmp_path / "issuers.toml"),
        "SMARTAPP_KEYS": str(keys),
        "SMARTAPP_DATABASE": empty_database(tmp_path / "loadpath.db"),
        **({named: SECRET} if named else {}),
    }
    problems, notes = everything_wrong(env)
    assert problems == []
    assert not [note for note in notes if "roles" in note], notes


def test_the_stanzas_of_all_pages_stand_in_one_file():
    first = [stanzas(page)[0] for page in PAGES]
    env = {name: SECRET for stanza in first if (name := table_of(stanza).get("client_secret_env"))}
    assert len(parse_issuers("\n".join(first), env).all) == len(PAGES)


@pytest.mark.parametrize(("page", "at"), [(page, at) for page, at in STANZAS if page in PERSONALITIES])
def test_what_becomes_of_a_plan_is_what_the_journey_with_this_stanza_shows(page, at, tmp_path):
    stanza = stanzas(page)[at]
    head, rest = OF_A_SITE.sub("", stanza).split("\n", 1)
    harness = make_harness(tmp_path, issuers=f"{head}\n{SANDBOX}{rest}", personality=PERSONALITIES[page])
    row = walked(harness, PERSONALITIES[page])
    assert row.launched
    told = artifacts(page)
    for kind in KINDS:
        becomes = " and ".join(WORDS[method] for method in sorted(row.methods.get(kind, ()))) or "–"
        assert told[kind][at] == becomes, kind
    note = any("note" in methods for methods in row.methods.values())
    assert (told["DocumentReference"][at] != "–") == note


def artifacts(page):
    """Artifact -> what the page says becomes of it, with each of its stanzas."""
    rows = [line.strip("| ").split(" | ") for line in section(page, HEADINGS[6]).splitlines() if line.startswith("| ")]
    return {row[0]: [cell.strip() for cell in row[1:]] for row in rows}


@pytest.mark.parametrize("page", PAGES)
def test_every_artifact_is_told_of(page):
    assert {*KINDS, "DocumentReference", "CDS Hooks order"} <= set(artifacts(page))


@pytest.mark.parametrize(("page", "name"), PERSONALITIES.items())
def test_a_batch_is_only_asked_for_where_it_is_declared(page, name):
    asked = [table_of(stanza).get("batch", False) for stanza in stanzas(page)]
    assert not any(asked) or read_personality(name).batch


@pytest.mark.parametrize("page", [page for page in PAGES if page != OTHER])
def test_what_is_said_of_a_vendor_has_a_source_and_a_day(page):
    assert not [line for line, _ in links(page) if not SEEN.search(line)]
    rows = [line for line in section(page, "What differs here").splitlines() if line.startswith("| ")][1:]
    rows = [line for line in rows if not line.startswith("| ---")]
    assert rows and not [line for line in rows if not SEEN.search(line) or "](" not in line]
    for heading in ("Where to register", "Client type and keys"):
        assert SEEN.search(section(page, heading)), heading


@pytest.mark.parametrize("page", PAGES)
def test_the_addresses_are_the_apps_own(page):
    told = section(page, "Addresses")
    for address in ("/launch`", "/launch/standalone`", "/callback`", "/callback/", "/.well-known/jwks.json`"):
        assert f"https://loadpath.example{address}" in told, address
