"""docs/reading.md is what the generator makes of the charts, their readings and the rows of today."""

import pytest

from smartapp.knowledge import load
from tests.senders import document
from tests.senders.document import PAGE, SEVERAL, page
from tests.senders.readings import ABOUT, CHARTS, readings

RIGHT = """
[b11-comma-string]
seen = "valueString | with a decimal comma (https://example.org/report)"
from = "Brazil, Colombia"
sender = "Vendor X"
told = ["Observation"]

[c06-de-gm]
seen = "double coded"
told = []
"""


@pytest.fixture
def made(tmp_path):
    (tmp_path / "mine.toml").write_text(RIGHT, encoding="utf-8")
    return page(tmp_path)


def section(text, heading):
    return text.split(f"{heading}\n", 1)[1].split("\n#", 1)[0]


def test_the_page_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == page(), 'run "python -m tests.senders.document"'


def test_each_chart_is_named_once_and_each_row_has_its_cells(made):
    names = [path.stem for path in CHARTS.glob("*.json")]
    lines = [line for line in made.splitlines() if line.startswith("|")]
    assert [made.count(f"`{name}`") for name in names] == [1] * len(names)
    in_tables = section(made, "## Charts by country and sender") + made.split("## Charts by country and sender")[1]
    rows = [line.replace("\\|", "") for line in in_tables.splitlines() if line.startswith("| ")]
    assert {row.count("|") for row in rows} == {6}
    assert len(lines) > len(names)


def test_a_reading_says_where_its_chart_is_from(made):
    rows = section(made, "### Brazil, Colombia")
    (row,) = [line for line in rows.splitlines() if "b11-comma-string" in line]
    assert row.startswith("| Vendor X | `b11-comma-string` valueString \\| with a decimal comma (https://")
    assert "| Colombia | no rows of a national code system of diagnoses or of procedures |" in made


def test_without_a_word_its_code_systems_say_where_a_chart_is_from(made):
    assert "| – | `c06-de-gm` double coded |" in section(made, "### Germany")
    assert "`d19-hash`" in section(made, f"### {SEVERAL}")


def test_the_fracture_that_stands_in_many_charts_names_no_country(made):
    assert "`a16-uk-d2-d3`" in section(made, f"### {SEVERAL}")
    assert "S32.020D Wedge compression" not in made


def test_each_system_is_counted_as_its_rows_are(made):
    rows = section(made, "## Code systems")
    for system in load().codes.systems.by_id.values():
        (row,) = [line for line in rows.splitlines() if f"`{system.id}`" in line]
        assert f"| {len(system.addresses)} |" in row
        own = sum(
            each.system == system.id and each.kind == "condition" and each.use == "input" for each in load().codes.rows
        )
        assert (f"{own} condition" in row) == bool(own)


def test_a_country_of_which_all_is_known_is_not_called_partly_known(monkeypatch):
    monkeypatch.setattr(document, "_unknown_of", lambda systems, knowledge: iter(()))
    assert "| United States |" not in section(page(), "## Countries known only in part")


def test_keys_about_a_chart_are_not_tried(tmp_path):
    (tmp_path / "mine.toml").write_text(RIGHT, encoding="utf-8")
    found = readings(tmp_path)
    assert [key for key in found["b11-comma-string"] if key not in ABOUT] == ["told"]
    (tmp_path / "places.toml").write_text('[c06-de-gm]\nsender = "Basisprofil"\n', encoding="utf-8")
    assert readings(tmp_path)["c06-de-gm"] == {"seen": "double coded", "told": [], "sender": "Basisprofil"}
