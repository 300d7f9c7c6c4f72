"""A made-up language, every string of the catalog in brackets: what stands on a page without them is from the chart,
the knowledge or the rules.
"""

import html
import json
import re
from collections.abc import Iterator

import pytest
from flask import template_rendered

from smartapp.core.dates import dates_as_read
from smartapp.core.plan import instead
from smartapp.errors import SettingsError
from smartapp.knowledge import texts
from smartapp.settings import Settings
from smartapp.web import catalog
from tests.journey.harness import APP, Page, make_harness
from tests.journey.test_referrals import enter
from tests.web.catalog import write_marked

KINDS = (
    "Patient", "Practitioner", "Condition", "Observation", "Procedure", "DiagnosticReport", "Task", "Goal", "Flag",
    "ServiceRequest",
)  # fmt: skip
RECORD = re.compile(r"(CarePlan|ServiceRequest|Task|Provenance|Goal|Observation)(/[a-z0-9-]+)?")
DAY = re.compile(r"\b[A-Z][a-z]{2} \d{1,2}\b")


@pytest.fixture
def marked(tmp_path, monkeypatch):
    write_marked(tmp_path / "locales", "xx")
    monkeypatch.setattr(catalog, "LOCALES", tmp_path / "locales")
    harness = make_harness(tmp_path, settings={"language": "xx"})
    yield harness
    harness.box.store.close()


def settled(browser, page: Page) -> Page:
    while "<progress" in page.text:
        page = browser.get(page.url)
    return page


def unmarked(page: str) -> Iterator[str]:
    """What a person reads outside of brackets, piece by piece."""
    page = re.sub(r"<(script|style|option|code|kbd)\b.*?</\1>", "", page, flags=re.DOTALL)
    for tag in re.findall(r'(?:aria-label|title|placeholder|alt)="([^"]*)"', page):
        yield from _outside(html.unescape(tag))
    for text in re.split(r"<[^>]+>", page):
        yield from _outside(html.unescape(text))


def _outside(text: str) -> Iterator[str]:
    """Brackets lie in one another: a sentence in a sentence."""
    depth, piece = 0, ""
    for sign in text:
        depth += {"⟦": 1, "⟧": -1}.get(sign, 0)
        if depth == 0 and sign != "⟧":
            piece += sign
        elif piece:
            yield from _pieces(piece)
            piece = ""
    yield from _pieces(piece)


def _pieces(text: str) -> Iterator[str]:
    for piece in re.split(r"[.;:,()•·–—/]+(?:\s|$)|\n", text):
        if re.search(r"[A-Za-z]{2}", piece):
            yield " ".join(piece.split())


@pytest.fixture
def views(marked):
    """The last review page's values."""
    seen = {}
    template_rendered.connect(lambda app, template, context, **_: seen.update(context), marked.app, weak=False)
    return seen


def left(marked, page: Page, *rules: object) -> list[str]:
    """What is neither marked nor in the charts, in the knowledge, or in what the rules said of this patient."""
    charts = [stored.resource for kind in KINDS for stored in marked.box.store.every(kind)]
    known = " ".join((json.dumps([charts, texts()], ensure_ascii=False), repr(vars(instead)), *map(repr, rules)))
    known = " ".join(f"{known} {dates_as_read(known)} Loadpath".replace("\\n", " ").split())
    found = {DAY.sub("", piece).strip() for piece in unmarked(page.text)}
    return sorted(piece for piece in found if piece not in known and not RECORD.fullmatch(piece))


def opened(marked, browser, patient: str) -> Page:
    page = browser.get(marked.launch_url(patient))
    return settled(browser, browser.press(page, page.form("/auth/decision"), "Allow"))


@pytest.mark.parametrize("patient", ["oyelaran", "vasquez", "petrov", "delgado", "moreau", "sato", "kowalski", "ogden"])
def test_a_review_page_is_in_the_language_but_for_chart_and_rules(marked, views, patient):
    page = opened(marked, marked.browser(), patient)
    view = views["view"]
    assert left(marked, page, view.assessment, view.proposal) == []
    assert '<html lang="xx">' in page.text


def test_so_are_the_receipt_the_review_after_it_and_the_list(marked, views):
    browser = marked.browser()
    page = opened(marked, browser, "bergstrom")
    view = views["view"]
    rules = [view.assessment, view.proposal]
    signed = browser.press(page, page.form("/sign"), "Sign and send")
    assert "⟦Saved to chart⟧" in signed.text and left(marked, signed, *rules) == []
    again = browser.get(f"{APP}/l/{page.launch_id}/")
    assert left(marked, again, *rules, views["view"].assessment) == []
    desk = marked.browser()
    inbox = enter(marked, desk)
    assert "⟦To book⟧" in inbox.text and left(marked, inbox) == []


def test_a_language_without_a_catalog_does_not_start():
    with pytest.raises(SettingsError, match="SMARTAPP_LANGUAGE: must be en, or a folder"):
        Settings.from_env({"SMARTAPP_SECRET": "x" * 40, "SMARTAPP_LANGUAGE": "xx"})
