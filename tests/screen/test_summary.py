"""The summary page: counts alone, none that is small or gives a small one away, every bar in words too."""

import re
from html.parser import HTMLParser

from smartapp.screen import screen
from smartapp.screen.output import numbers_of
from smartapp.screen.summary import overlapping, parts_of, summary_page
from tests.screen.charts import AS_OF, KNOWLEDGE, write_lines
from tests.screen.test_files import ANN, fracture

NUMBERS = {
    "disposition": {"not-applicable": 900, "prescribe": 80, "refer-no-prescription": 20},
    "phase": {"initial": 60, "advanced": 20, "no phase": 20},
    "stops": {"cauda-equina": 20},
    "missing": {"dxa": 95, "pain": 50, "healing": 4},
    "treatment gap": {"no treatment on record": 70, "no gap raised": 30},
    "plan": {"no plan of ours on record": 97, "active": 3},
    "unreadable": {"all read": 100},
}


def test_small_cells_and_what_gives_them_away_are_not_told():
    assert parts_of({"a": 90, "b": 40, "c": 10}) == {"a": 90, "b": None, "c": None}
    assert parts_of({"a": 90, "b": 11, "c": 0}) == {"a": 90, "b": 11, "c": 0}
    assert parts_of({"a": 90, "b": 3, "c": 2}) == {"a": 90, "b": None, "c": None}
    assert parts_of({"a": 3}) == {"a": None}
    assert overlapping({"most": 95, "half": 50, "few": 4, "all": 100}, 100) == {
        "most": None, "half": 50, "few": None, "all": 100,
    }  # fmt: skip


def test_the_page_tells_each_number_once_as_text_and_once_as_a_bar_with_its_words():
    page = summary_page(NUMBERS, 3, AS_OF, "abc")
    assert '<th scope="row">prescribe</th><td class="n">80</td>' in page
    assert page.count('role="img"') == page.count("<svg") == page.count("aria-label=")
    assert 'aria-label="prescribe: 80"' in page
    assert '<th scope="row">active</th><td class="n">fewer than 11</td>' in page
    assert '<th scope="row">no plan of ours on record</th><td class="n">not told</td>' in page
    assert not re.search(r">(3|4|95|97)<", page)
    assert "<script" not in page and "http" not in page
    HTMLParser().feed(page)


def test_nothing_of_a_patient_is_on_it(tmp_path):
    people = [{**ANN, "id": f"secret{n}", "name": [{"text": "Nobody"}]} for n in range(30)]
    broken = [fracture(f"f{n}", f"Patient/secret{n}") for n in range(20)]
    write_lines(tmp_path / "in" / "x.ndjson", [*people, *broken])
    list(screen([tmp_path / "in"], AS_OF, KNOWLEDGE, work=tmp_path / "work", processes=1))
    rows = tuple((tmp_path / "work").glob("*/rows/*.ndjson"))
    numbers = numbers_of(rows, 200, tmp_path)
    assert numbers["disposition"] == {"prescribe-with-review": 20, "not-applicable": 10}
    assert numbers["treatment gap"] == {"no treatment on record": 20}
    page = summary_page(numbers, 0, AS_OF, "abc")
    assert "secret" not in page and "Nobody" not in page and "2026-02-01" not in page
