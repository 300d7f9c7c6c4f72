"""What the documents say is so: the tree, the commands, the settings, the version and every link."""

import fnmatch
import re
import subprocess
import sys

import pytest

from smartapp.ehr.issuers import Issuer
from smartapp.ehr.launch.scopes import export_scope, requested_scope
from tests.quality.documents import (
    ROOT,
    SETTING,
    broken_links,
    commands_in,
    documents,
    make_targets,
    python_file,
    text,
    tree_in,
    tree_on_disk,
    version,
    versions_in_changelog,
)
from tests.quality.tree import texts

TOLD = re.compile(r"[“`]smartapp ([a-z]+)")


def test_the_tree_in_the_readme_is_the_tree_on_disk():
    drawn, there = tree_in(text("README.md")), tree_on_disk()
    assert {name for name in drawn if not fnmatch.filter(there, name)} == set(), "drawn in README.md, not on disk"
    assert {name for name in there if not shown(name, drawn)} == set(), "on disk, not drawn in README.md"


def shown(name, drawn):
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in drawn)


def test_every_make_command_in_the_documents_exists():
    named = {word for name in documents() for program, word in commands_in(text(name)) if program == "make"}
    assert {"demo", "test"} <= named
    assert named <= make_targets()


def test_every_smartapp_command_in_the_documents_exists():
    named = {word for name in documents() for program, word in commands_in(text(name)) if program == "smartapp"}
    assert {"demo", "serve", "derive", "plan", "check"} <= named
    missing = [word for word in sorted(named) if not answers_help(word)]
    assert not missing


def test_every_command_the_app_tells_people_to_run_exists():
    told = {word for file, content in texts() if file.startswith("smartapp/") for word in TOLD.findall(content)}
    assert "check" in told
    assert not [word for word in sorted(told) if not answers_help(word)]


def answers_help(command):
    call = [sys.executable, "-m", "smartapp.cli", command, "--help"]
    return subprocess.run(call, cwd=ROOT, capture_output=True, timeout=60, check=False).returncode == 0


def test_the_page_of_settings_is_what_the_table_says():
    assert text("deploy/settings.md") == python_file("deploy/settings.py").page(), 'run "make settings"'


def test_every_setting_the_app_names_is_explained():
    named = {name for file, content in texts() if file.startswith("smartapp/") for name in SETTING.findall(content)}
    assert named
    assert named - set(SETTING.findall(text("deploy/settings.md"))) == set()


def test_no_document_names_a_setting_that_does_not_exist():
    explained = set(SETTING.findall(text("deploy/settings.md")))
    others = [name for name in documents() if name != "CHANGELOG.md"] + ["deploy/compose.yaml", "deploy/Dockerfile"]
    assert not {name: unknown for name in others if (unknown := set(SETTING.findall(text(name))) - explained)}


def test_the_readme_names_the_scopes_we_ask_for():
    block = re.search(r"```text\n(launch openid .*?)```", text("README.md"), re.DOTALL)
    assert block
    asked = requested_scope(Issuer("any", "https://ehr.example/fhir", "client"), capabilities=(), ehr_launch=True)
    assert set(block.group(1).split()) == set(asked.split())


def test_the_page_on_exports_names_the_scopes_we_ask_for():
    block = re.search(r"```text\n(system/.*?)```", text("docs/bulk-export.md"), re.DOTALL)
    asked = export_scope(Issuer("any", "https://ehr.example/fhir", "client"), capabilities=())
    assert block and set(block.group(1).split()) == set(asked.split())


def test_the_changelog_tells_of_this_version_first():
    assert versions_in_changelog()[0] == version()


def test_no_document_has_a_broken_link():
    assert not {name: broken for name in documents() if (broken := broken_links(name))}


def test_every_decision_is_listed():
    listed = text("docs/decisions/README.md")
    pages = [path.name for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md")]
    assert pages
    assert not [page for page in pages if f"({page})" not in listed]


@pytest.mark.parametrize(
    ("markdown", "tree"),
    [
        ("## The tree\n\n```text\nMakefile  README.md  what\n```\n", {"Makefile"}),
        ("## The tree\n\n```text\nMakefile README.md    what\n```\n", {"Makefile", "README.md"}),
        (
            "## The tree\n\n```text\na/        why\n  b.py    because\n  c.py d/\ne.txt\n```\n",
            {"a/", "a/b.py", "a/c.py", "a/d/", "e.txt"},
        ),
    ],
)
def test_a_tree_is_read_as_drawn(markdown, tree):
    assert tree_in(markdown) == tree


def test_commands_are_found_in_code_and_not_in_prose():
    markdown = "we make sure\n\n```sh\nmake demo\n.venv/bin/smartapp derive FILE\n```\n\nthen `make test`"
    assert set(commands_in(markdown)) == {("make", "demo"), ("smartapp", "derive"), ("make", "test")}


def test_every_kind_seen_in_the_field_names_the_tests_that_hold_it():
    rows = [line.strip("| ").split(" | ") for line in text("docs/field-reports.md").splitlines() if "tests/" in line]
    named = {name for row in rows if len(row) == 4 for name in re.findall(r"`(tests/[\w/.]+)`", row[3])}
    assert len(rows) > 40 and all(len(row) == 4 and re.search(r"`tests/", row[3]) for row in rows), "a row without test"
    assert {name for name in named if not (ROOT / name).is_file()} == set()


@pytest.mark.parametrize("document", ["docs/cds-hooks.md"])
def test_every_test_a_document_names_is_there(document):
    named = re.findall(r"`([a-z_/]+\.py)::(test_\w+)`", text(document))
    assert len(named) > 20
    missing = [f"{file}::{name}" for file, name in named if f"def {name}(" not in text(f"tests/{file}")]
    assert not missing
