"""The repository holds no secret, no address of a package index, no path of one machine and no vague name."""

import base64
import hashlib
import importlib

import pytest

from tests.quality.tree import index_hosts_in, machine_paths_in, secrets_in, texts, tracked, vague_name

RULES = [secrets_in, index_hosts_in, machine_paths_in]


@pytest.mark.parametrize("rule", RULES)
def test_no_file_breaks_the_rule(rule):
    found = {name: hits for name, text in texts() if (hits := list(rule(text)))}
    assert not found


def test_no_file_has_a_vague_name():
    assert not [name for name in tracked() if vague_name(name)]


def test_every_module_beside_the_tests_can_be_imported():
    """What only CI or a person starts (the benchmark, the mutations) must not wait for them to be found broken."""
    for name in tracked():
        if name.startswith("tests/") and name.endswith(".py") and not name.rpartition("/")[2].startswith("test_"):
            importlib.import_module(name.removesuffix(".py").removesuffix("/__init__").replace("/", "."))


RANDOM = base64.urlsafe_b64encode(hashlib.sha256(b"planted").digest()).decode()
PLANTED = [
    (secrets_in, "-----BEGIN EC PRIVATE " + "KEY-----"),
    (secrets_in, '{"kty": "EC", "d": "' + "k3" * 20 + '"}'),
    (secrets_in, f"token = '{RANDOM}'"),
    (secrets_in, f'"data": "{base64.b64encode(f"A plan with the key {RANDOM}".encode()).decode()}"'),
    (secrets_in, f'"data": "{base64.b64encode(hashlib.sha512(b"planted").digest()).decode()}"'),
    (secrets_in, ".".join(["eyJ" + "hbGciOiJub25l"] * 2 + ["c2lnbmF0dXJl" * 3])),
    (index_hosts_in, "pip install --index-url https://" + "pypi" + ".org/simple"),
    (index_hosts_in, "FROM ghcr" + ".io/someone/image"),
    (machine_paths_in, "cd /" + "home/someone/loadpath"),
    (machine_paths_in, 'DATA = "/' + 'work/data"'),
]


@pytest.mark.parametrize(("rule", "text"), PLANTED)
def test_a_planted_breach_is_found(rule, text):
    assert list(rule(text))


@pytest.mark.parametrize(
    "text",
    [
        "def test_a_reading_after_the_window_is_shown_with_its_date_and_reason(chart):",
        "http://hl7.org/fhir/us/core/StructureDefinition/us-core-careplan",
        "http://terminology.hl7.org/CodeSystem/condition-ver-status",
        "shared/data/hl7_r4_examples/DiagnosticReport-102.json",
        "GET /api/work/list and network/home/page",
        f'"data": "{base64.b64encode(b"MOVEMENT RESTRICTIONS: avoid toe touches, hinge instead.").decode()}"',
        "sha256 " + hashlib.sha256(b"a digest in hexadecimal").hexdigest(),
    ],
)
def test_ordinary_text_is_not_reported(text):
    assert not [hit for rule in RULES for hit in rule(text)]


@pytest.mark.parametrize(
    ("name", "vague"),
    [
        ("smartapp/utils.py", True),
        ("smartapp/ehr/fhir_helpers/x.py", True),
        ("smartapp/fhir/read/conditions.py", False),
    ],
)
def test_vague_names_are_told_from_good_ones(name, vague):
    assert vague_name(name) is vague
