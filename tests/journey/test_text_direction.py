"""Characters that turn a line round (UAX #9), in every text of every record: none reaches a page or a paper.

The same walk over all pages of a journey looks at what else is said of each answer: one charset, and a PDF whose title
names nobody.
"""

import html
import json
import re
from dataclasses import replace

from tests.journey.harness import APP, make_harness
from tests.journey.whole import sign

TURNING = "\u202e\u2066\u061c\u200f\u2069\u200e\u200b"
FOUND = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
TEXTS = {"family", "given", "prefix", "text", "display", "name", "title", "description", "value", "city", "line"}


def turned(value, key=""):
    if isinstance(value, dict):
        return {name: turned(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [turned(each, key) for each in value]
    is_text = isinstance(value, str) and key in TEXTS and len(value) > 2 and not value.startswith("http")
    return value[:2] + TURNING + value[2:] if is_text else value


def test_nothing_of_a_record_turns_a_line_round_and_answers_say_what_they_are(tmp_path):
    harness = make_harness(tmp_path)
    transport = harness.app.extensions["loadpath"].http_client.transport
    send = transport.send

    def turning(method, url, *rest):
        answer = send(method, url, *rest)
        if method != "GET" or "/fhir/" not in url or url.endswith(("metadata", "smart-configuration")):
            return answer
        return replace(answer, body=json.dumps(turned(json.loads(answer.body))).encode())

    transport.send = turning
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    pages, left = {}, [page, sign(browser, page)]
    papers = 0
    while left:
        for link in map(html.unescape, re.findall(r'href="(/l/[^"#]*)', left.pop().text)):
            if link in pages or "logout" in link:
                continue
            found = pages[link] = browser.get(APP + link)
            kind = found.response.headers["Content-Type"]
            assert kind.count("charset") == (0 if kind.startswith("application/") else 1), f"{link}: {kind}"
            if kind == "application/pdf":
                papers += 1
                assert not re.search(rb"/Title ?\([^)]*(Daniel|Bergstrom|rgstrom|RB-10021)", found.response.get_data())
                assert not re.search("aniel|ergstrom", found.response.headers["Content-Disposition"])
                continue
            assert not FOUND.search(html.unescape(found.text)), link
            if kind.startswith("text/html"):
                left.append(found)
    assert papers >= 3 and sum("/source/" in link for link in pages) > 5
    shown = next(found for link, found in pages.items() if "/source/Patient/" in link)
    assert r"Da\u202e\u2066\u061c" in html.unescape(shown.text), "in the record itself they stand as escapes"
