"""Every string of the review page is in the catalog, and what the catalog says is what the page says."""

import re

import pytest

from tests.web.catalog import POT, TEMPLATES, pot_text

# Pages of other rooms, whose templates are not wrapped yet.
NOT_YET = frozenset(
    {
        *("about", "admin", "audit", "authorize", "calendar", "error", "home", "hooks", "inbox", "left", "link_desk"),
        *("progress", "receipt", "referral", "referral_note", "referral_status", "sessions", "source", "standalone"),
        *("therapist", "therapist_confirm", "parts/leave", "parts/therapist", "parts/therapist_status"),
        *("parts/therapist_waiting", "parts/updates"),
    }
)
NAMES = {path.relative_to(TEMPLATES).with_suffix("").as_posix() for path in TEMPLATES.rglob("*.html")}
NO_TEXT = (
    r"\{#.*?#\}", r"\{% block (?:page|said_class) %\}.*?\{% endblock %\}",
    r"\{%-? ?trans\b.*?endtrans ?-?%\}", r"\{\{.*?\}\}", r"\{%.*?%\}",
)  # fmt: skip
SAID = re.compile(r"(?:aria-label|placeholder|title|alt)=\"([^\"]*[A-Za-z]{2}[^\"]*)\"")


def outside(source: str) -> list[str]:
    """Words a person meets that no translator would."""
    for pattern in NO_TEXT:
        source = re.sub(pattern, "", source, flags=re.DOTALL)
    in_sight = re.sub(r"<[^>]*>|&[a-z]+;|aria-\w+=\"[^\"]*\"", " ", source).replace("Loadpath", "")
    return [*SAID.findall(source), *re.findall(r"[A-Za-z]{2,}", in_sight)]


def test_the_list_of_what_is_left_names_templates():
    assert NOT_YET <= NAMES


@pytest.mark.parametrize("name", sorted(NAMES - NOT_YET))
def test_every_text_of_a_template_goes_through_the_catalog(name):
    assert outside((TEMPLATES / f"{name}.html").read_text(encoding="utf-8")) == []


def test_the_catalog_is_current():
    assert POT.read_text(encoding="utf-8") == pot_text(), "write it again: python -m tests.web.catalog"


def test_what_is_in_the_catalog_is_said_as_it_says():
    assert outside('<p title="Why">{% trans %}In it{% endtrans %} out of it</p>') == ["Why", "out", "of", "it"]
