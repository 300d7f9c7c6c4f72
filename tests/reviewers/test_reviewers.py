"""The document for reviewers: current, complete, accessible, self-contained; signing changes one row only."""

import csv
import io
import re
import tomllib
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from smartapp.cli import main
from smartapp.core.knowledge import origins
from smartapp.errors import InputError
from smartapp.knowledge import load, parse, texts
from smartapp.knowledge.poses import poses
from smartapp.reviewers import document, sign_row, sign_rows
from smartapp.reviewers.entries import knowledge_entries
from smartapp.reviewers.entry import SECTIONS, case_proofs
from smartapp.reviewers.gallery import drawings_page

COMMITTED = Path(__file__).resolve().parents[2] / "docs" / "knowledge"
KNOWLEDGE = load()
ENTRIES = knowledge_entries(KNOWLEDGE)
TEXTS = texts()  # read once: a thousand tests begin with them
DAY = date(2026, 5, 4)


FILES = ("knowledge.html", "knowledge.csv", "drawings.html")


@pytest.mark.parametrize("name", FILES)
def test_the_committed_copy_is_current(name):
    written = (COMMITTED / name).read_bytes().decode("utf-8")
    assert written == document(KNOWLEDGE)[name], "write it again: smartapp knowledge document docs/knowledge"


def test_every_row_is_in_it_once():
    library = KNOWLEDGE.library
    assert len({entry.id for entry in ENTRIES}) == len(ENTRIES)
    ids = {entry.id for entry in ENTRIES}
    assert ids >= {*KNOWLEDGE.statements, *KNOWLEDGE.thresholds, *KNOWLEDGE.alerts, *KNOWLEDGE.restrictions}
    assert ids >= {*(row.id for row in KNOWLEDGE.phrases.rows), *KNOWLEDGE.codes.systems.by_id}
    assert ids >= {*library.exercises, *(row.id for row in (*library.never, *library.goals)), "programme"}
    assert len([e for e in ENTRIES if e.section in list(SECTIONS)[-4:]]) == len(library.advice)
    assert ids >= {"out-of-evidence", *(f"session-{row.name}" for row in library.templates.values())}


def test_a_citation_is_as_printed_and_a_paper_only_probable():
    page = document(KNOWLEDGE)["knowledge.html"]
    assert "[1], [2], [3]" in page
    assert "SIN10 (probable)" in page
    assert not re.search(r"(SIN10|PIN20|OC23)(?! \(probable\)|</th>)", page)


class Page(HTMLParser):
    """What a reader without eyes, and a page without a network, depend on."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.links, self.headings, self.loaded = [], [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.tags.append((tag, found))
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found["href"]] if tag == "a" else []
        self.headings += [int(tag[1])] if re.fullmatch(r"h[1-6]", tag) else []
        self.loaded += [found[key] for key in ("src", "data", "action") if key in found]


@pytest.mark.parametrize("name", ["knowledge.html", "drawings.html"])
def test_the_page_is_self_contained_and_accessible(name):
    page = Page(drawings_page(KNOWLEDGE) if name == "drawings.html" else document(KNOWLEDGE)[name])
    names = [tag for tag, _ in page.tags]
    assert not {"script", "link", "iframe", "img"} & set(names)
    assert page.loaded == []
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)
    assert len(page.ids) == len(set(page.ids))
    assert dict(page.tags[0][1])["lang"] == "en"
    assert page.headings[0] == 1 and page.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
    assert all("scope" in found for tag, found in page.tags if tag == "th")
    assert {"main", "title"} <= set(names)


def test_every_drawing_is_shown_with_its_title_and_what_is_never_offered_crossed_out():
    page = drawings_page(KNOWLEDGE)
    shown = {id_: item for id_, item in re.findall(r"<li><b>(\w+)</b>(.*?)</li>", page.partition("<h2>Changed")[0])}
    assert shown.keys() == {exercise for exercise, _ in poses()}
    assert {id_ for id_, item in shown.items() if 'class="x"' in item} == {i for i in shown if i[0] == "X"} | {"E40"}
    assert "Hip hinge" in shown["E06"] and "Instead: E06." in shown["X01"] and "Turn by stepping" in shown["T01"]
    assert "with WP16 or FC3b or no-head-press" in page and page.count(": not drawn.") > 10


def test_words_are_escaped():
    changed = texts() | {"goals.toml": texts()["goals.toml"].replace("No falls", "No <b>falls</b> & trips", 1)}
    page = document(parse(changed))["knowledge.html"]
    assert "No &lt;b&gt;falls&lt;/b&gt; &amp; trips" in page


def test_what_is_in_doubt_stands_beside_its_row():
    doubted = texts()["alerts.toml"].replace("[pain-hold]\n", '[pain-hold]\ndoubt = "Seven or eight?"\n', 1)
    written = document(parse(texts() | {"alerts.toml": doubted}, try_phrases=False))
    page = written["knowledge.html"]
    article = page[page.index('id="row-pain-hold"') :]
    assert "<dt>In doubt</dt><dd>Seven or eight?</dd>" in article[: article.index("</article>")]
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(written["knowledge.csv"], newline=""))}
    assert rows["pain-hold"]["in doubt"] == "Seven or eight?"
    assert rows["S04"]["in doubt"] == ""


def test_the_sheet_has_a_line_per_row_and_names_its_cases():
    rows = list(csv.DictReader(io.StringIO(document(KNOWLEDGE)["knowledge.csv"], newline="")))
    assert [row["id"] for row in rows] == [entry.id for entry in ENTRIES]
    by_id = {row["id"]: row for row in rows}
    assert "T51 Vitamin D 120 ng/mL: stop the supplement" in by_id["N-VITAMIN-D.1"]["proved by cases"]
    assert "effect size" in by_id["S40"]["note"]
    assert all(row["own words"] and row["who says so"] and row["sources"] for row in rows)


def test_every_row_in_proof_csv_belongs_to_an_entry():
    assert set(case_proofs()) == {row for entry in ENTRIES for row in entry.proofs}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_signing_adds_one_signature_and_changes_no_other_line(entry):
    before = TEXTS
    name, text = sign_row(before, entry.id, "Dr. A", DAY)
    assert text.count("digest = ") == before[name].count("digest = ") + 1
    assert _but_signatures(text) == _but_signatures(before[name])


def _but_signatures(text):
    return re.sub(r"(?m)^(review|reviewer|reviewed_on|digest) = .*\n", "", text)


def test_every_row_that_was_signed_stands_signed(tmp_path):
    for name, text in texts().items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert len(list(sign_rows([entry.id for entry in ENTRIES], "Dr. A", DAY, tmp_path))) == len(ENTRIES)
    files = {name: (tmp_path / name).read_text(encoding="utf-8") for name in texts()}
    entries = knowledge_entries(parse(files, try_phrases=False))
    assert [entry.id for entry in entries if entry.standing.signed] == [entry.id for entry in ENTRIES]


FIRST = {entry.section: entry for entry in reversed(ENTRIES)}


@pytest.mark.parametrize("entry", FIRST.values(), ids=FIRST)
def test_signing_changes_the_row_and_nothing_else(entry):
    before = TEXTS
    name, text = sign_row(before, entry.id, "Dr. Ana “Q” O'Neil", DAY)
    knowledge = parse(before | {name: text}, try_phrases=False)
    signed = {e.id: e for e in knowledge_entries(knowledge) if e.standing.signed}
    assert list(signed) == [entry.id]
    standing = signed[entry.id].standing
    assert (standing.reviewer, standing.reviewed_on) == ("Dr. Ana “Q” O'Neil", "2026-05-04")
    assert _unsigned(tomllib.loads(text)) == _unsigned(tomllib.loads(before[name]))
    assert [line for line in before[name].split("\n") if line.startswith("#")] == [
        line for line in text.split("\n") if line.startswith("#")
    ]


def _unsigned(value):
    if isinstance(value, dict):
        return {key: _unsigned(v) for key, v in value.items() if not re.fullmatch(r"review(er|ed[-_]on)?|digest", key)}
    return [_unsigned(each) for each in value] if isinstance(value, list) else value


EDITS = [  # a row, and words of it that are edited after it was signed
    ("out-of-evidence", "No study has tested", "Few studies have tested"),
    ("S04", "", ""),
    ("pain.severe-from", "value = 7", "value = 6"),
    ("R1", "", ""),
    ("ls-unreliable", "", ""),
    ("E01", "", ""),
    ("X01", "", ""),
    ("GS1", "", ""),
    ("N-CALCIUM.2", "Get {calcium.older} mg", "Get {calcium.older} or more mg"),
    ("ED1", "", ""),
    ("session-initial", "less pain, good posture", "no pain, good posture"),
    ("PH-CANCER", '"lymphoma", ', ""),
    ("programme", "Progress when two sessions", "Progress when three sessions"),
]


@pytest.mark.parametrize(("row", "old", "new"), EDITS, ids=lambda value: str(value)[:20])
def test_an_edited_row_loses_its_signature_and_says_so(row, old, new):
    """``old`` empty: the first words between quotes that come after the row's own signature begins are edited."""
    name, text = sign_row(texts(), row, "Dr. A", DAY)
    before = texts()[name]
    assert text.count("digest = ") == 1
    if not old:
        old = _words_of(row)
        new = f"{old} indeed"
    assert old in before, old
    knowledge = parse(texts() | {name: text.replace(old, new, 1)})
    (lapsed,) = [e for e in knowledge_entries(knowledge) if e.standing.lapsed]
    assert (lapsed.id, lapsed.standing.review, lapsed.standing.signed) == (row, "awaiting", False)
    assert lapsed.standing.lapsed == "Dr. A on 2026-05-04"
    written = document(knowledge)
    page, sheet = written["knowledge.html"], written["knowledge.csv"]
    assert "Signed by Dr. A on 2026-05-04 and changed since." in page
    assert "awaiting (changed since Dr. A on 2026-05-04)" in sheet
    assert [id_.split(".")[0] for id_, origin in origins(knowledge) if origin.lapsed] in ([row], [row.split(".")[0]])


def _words_of(row):
    """Some words of the row that stand in the file as they are shown, and nowhere before it."""
    (entry,) = [e for e in ENTRIES if e.id == row]
    shown = [entry.words, *(text.patient or text.clinician for text in entry.texts)]
    sources = "\n".join(texts().values())
    return next(words for text in reversed(shown) for words in [text] if sources.count(words) == 1)


def test_a_signature_without_a_digest_does_not_stand():
    name, text = sign_row(texts(), "S04", "Dr. A", DAY)
    text = re.sub(r'digest = ".*"\n', "", text)
    (entry,) = [e for e in knowledge_entries(parse(texts() | {name: text})) if e.standing.lapsed]
    assert entry.id == "S04"


def test_signing_again_replaces_the_signature():
    name, once = sign_row(texts(), "S04", "Dr. A", DAY)
    _, twice = sign_row(texts() | {name: once}, "S04", "Dr. B", date(2026, 6, 1))
    assert "Dr. A" not in twice
    assert twice.count('reviewer = "Dr. B"') == 1


@pytest.mark.parametrize("row", ["S99", "N-CALCIUM", "N-CALCIUM.9", "N-CALCIUM.0", "N-CALCIUM.x", "E1", "texts", ""])
def test_a_row_nobody_knows_is_named(row):
    with pytest.raises(InputError, match=re.escape(f"“{row}”")):
        sign_row(texts(), row, "Dr. A", DAY)


def test_nobody_signs_nothing():
    with pytest.raises(InputError, match="name of the clinician"):
        sign_row(texts(), "S04", "  ", DAY)


@pytest.fixture
def folder(tmp_path):
    for name, text in texts().items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_command_signs_all_or_nothing(folder, capsys):
    arguments = ["--by", "Dr. A", "--on", "2026-05-04", "--folder", str(folder)]
    assert main(["knowledge", "sign", "S04", "S99", *arguments]) == 2
    assert "S99" in capsys.readouterr().err
    assert (folder / "statements.toml").read_text(encoding="utf-8") == texts()["statements.toml"]
    assert main(["knowledge", "sign", "S04", "pain.severe-from", "N-CALCIUM.2", *arguments]) == 0
    assert "S04 signed by Dr. A on 2026-05-04 in statements.toml" in capsys.readouterr().out
    knowledge = parse({path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()})
    assert [e.id for e in knowledge_entries(knowledge) if e.standing.signed] == [
        "S04",
        "pain.severe-from",
        "N-CALCIUM.2",
    ]
    page = document(knowledge)["knowledge.html"]
    assert "Signed by Dr. A on 2026-05-04." in page
    assert f"<b>3 of {len(ENTRIES)}</b> rows are signed" in page


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match="cannot be signed"):
        list(sign_rows(["S04"], "Dr. A", DAY, tmp_path / "absent"))


def test_the_command_writes_the_document(tmp_path, capsys):
    assert main(["knowledge", "document", str(tmp_path / "new")]) == 0
    assert capsys.readouterr().out.split() == [str(tmp_path / "new" / n) for n in FILES]
    (tmp_path / "file").write_text("")
    assert main(["knowledge", "document", str(tmp_path / "file")]) == 2
    assert "cannot be written" in capsys.readouterr().err
