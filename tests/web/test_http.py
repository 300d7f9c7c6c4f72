"""What is compressed on the way is the same page; what need not be is left alone."""

import gzip
import re

import pytest

from smartapp.web.http import SMALLEST
from tests.journey.harness import APP, make_harness


@pytest.fixture(scope="module")
def harness(tmp_path_factory):
    made = make_harness(tmp_path_factory.mktemp("compressed"))
    yield made
    made.box.store.close()


@pytest.fixture(scope="module")
def review(harness):
    browser = harness.browser()
    return browser.clients[APP], harness.open(browser, "bergstrom").url


def test_the_review_page_is_a_tenth_as_large_and_the_same(review):
    client, url = review
    plain, packed = client.get(url), client.get(url, headers={"Accept-Encoding": "br, gzip;q=0.8"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 5
    assert gzip.decompress(packed.data) == plain.data
    assert "Accept-Encoding" in plain.headers["Vary"] and "Accept-Encoding" in packed.headers["Vary"]


@pytest.mark.parametrize("taken", ["", "identity", "gzip;q=0", "br"])
def test_who_does_not_take_gzip_gets_none(review, taken):
    client, url = review
    assert "Content-Encoding" not in client.get(url, headers={"Accept-Encoding": taken}).headers


def test_small_answers_and_others_than_text_stay_as_they_are(review):
    client, _ = review
    small = client.get("/healthz", headers={"Accept-Encoding": "gzip"})
    assert len(small.data) < SMALLEST and "Content-Encoding" not in small.headers


def test_styles_are_compressed_and_still_kept_for_ever(review):
    client, url = review
    link = client.get(url).text.partition('href="/static/loadpath.css')[2].partition('"')[0]
    styles = client.get(f"/static/loadpath.css{link}", headers={"Accept-Encoding": "gzip"})
    assert b"{" in gzip.decompress(styles.data)
    assert "immutable" in styles.headers["Cache-Control"]


def test_no_sentence_of_the_page_has_an_iso_date_and_every_machine_form_keeps_it(review):
    client, url = review
    page = client.get(url).text
    assert re.search(r'<input[^>]*type="date"[^>]*max="2026-03-01"', page)
    assert re.search(r"<textarea[^>]*>[^<]*until \d{4}-\d\d-\d\d", page), "what a form sends back stays as it is"
    sentences = re.sub(r"<(textarea|select|pre|style|script)\b.*?</\1>|<[^>]*>", " ", page, flags=re.DOTALL)
    assert not re.search(r"\b20\d\d-\d\d", re.sub(r"\w+/\S+", "", sentences))
    assert re.search(r"until [A-Z][a-z]{2} \d{1,2}, 20\d\d", sentences)
