"""What differs between two versions of the knowledge, row by row, and which row causes which line, found by trying."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from smartapp.core.derive import derive
from smartapp.core.differences import plan_differences
from smartapp.core.knowledge import Knowledge
from smartapp.core.plan import plan
from smartapp.core.proposal import Proposal
from smartapp.core.thresholds import ThresholdName
from smartapp.errors import InputError, KnowledgeError
from smartapp.knowledge import KnowledgeFiles, installed, load, parse, read_folder, texts, write_folder
from smartapp.knowledge.causes import Acts, CauseFinder
from smartapp.knowledge.row_changes import ORDER, KeyChange, KnowledgePair, RowChange
from tests.core.test_differences import BASE, DAY, charted

BEFORE = KnowledgeFiles(texts())
SITE = '["phase.intermediate-from"]\nvalue = 4\nreason = "Careful."\n'


def edited(*edits: tuple[str, str, str], site: str | None = None) -> KnowledgeFiles:
    files = texts()
    for name, old, new in edits:
        files[name], times = re.subn(old, new, files[name], count=1, flags=re.DOTALL)
        assert times == 1, (name, old)
    return KnowledgeFiles(files, site)


def value_of(name: str, value: str) -> tuple[str, str, str]:
    return "phases.toml", rf'(\["{re.escape(name)}"\]\nvalue = )\S+', rf"\g<1>{value}"


INTERMEDIATE = value_of("phase.intermediate-from", "5")
VITAMIN = value_of("vitamin-d.insufficient-below", "21")
TITLE = ("exercises.toml", r'(id = "E18".*?\ntitle = ")', r"\g<1>New: ")


def changes(*edits: tuple[str, str, str], site: str | None = None) -> tuple[RowChange, ...]:
    return KnowledgePair(BEFORE, edited(*edits, site=site)).changes


# -- rows that differ


def test_the_same_files_differ_in_no_row_and_comments_are_none():
    assert not changes() and not changes(("phases.toml", r"\A", "# A remark.\n"))
    assert edited(("phases.toml", r"\A", "# A remark.\n")).version != BEFORE.version


def test_a_key_of_a_row_with_what_it_was():
    (row,) = changes(INTERMEDIATE)
    assert row.place == "phases.toml, phase.intermediate-from" and row.keys == (KeyChange("value", "3", "5"),)


def test_a_key_within_a_row_a_new_one_and_one_that_is_gone():
    (row,) = changes(("exercises.toml", r'(id = "E18".*?\n\[exercise.fitt\].*?)\nsets = [^\n]*', r"\1\nflights = 3"))
    assert (row.group, row.row) == ("exercise", "E18")
    keys = {each.key: (each.before is None, each.after is None) for each in row.keys}
    assert keys == {"fitt.sets": (False, True), "fitt.flights": (True, False)}


def test_a_row_that_is_gone_and_one_that_is_new():
    line = next(line for line in texts()["codes.csv"].splitlines() if line.startswith("icd10cm,M80.08XA,"))
    (gone,) = changes(("codes.csv", re.escape(f"{line}\n"), ""))
    assert gone.file == "codes.csv" and gone.row.startswith("icd10cm M80.08XA")
    assert gone.keys[0].key == "" and gone.keys[0].after is None
    (new,) = changes(("sources.toml", r"\Z", '\n[OURS]\ntitle = "x"\nseen_at = "x"\nlabel = "ours"\nnote = ""\n'))
    assert new.row == "OURS" and new.keys[0].before is None


def test_the_order_of_rows_is_a_row_of_its_own():
    first, second = re.findall(r"^\[PH-[^\]]+\]\n.*?(?=^\[)", texts()["phrases.toml"], re.DOTALL | re.MULTILINE)[:2]
    swap = ("phrases.toml", re.escape(first + second), (second + first).replace("\\", r"\\"))
    (row,) = changes(swap)
    assert row.row == ORDER and row.keys[0].before.split() == row.keys[0].after.split()[::-1]
    word = ("phrases.toml", r'(\[PH-[^\]]+\].*?\ntitle = ")', r"\g<1>New: ")
    pair = KnowledgePair(BEFORE, edited(swap, word))
    order = next(each for each in pair.changes if each.row == ORDER)
    ours, theirs = load().phrases.rows, pair.between([order]).phrases.rows
    assert [row.id for row in theirs[:2]] == [row.id for row in ours[1::-1]] and theirs[2:] == ours[2:]
    assert {row.title for row in theirs} == {row.title for row in ours}


def test_rows_of_one_name_are_numbered():
    name = next(id_ for id_ in re.findall(r'id = "(N-[A-Z]+)"', texts()["nutrition.toml"]))
    pair = KnowledgePair(
        BEFORE, edited(("nutrition.toml", rf'(id = "{name}".*?id = "{name}".*?title = ")', r"\1New: "), TITLE)
    )
    rows = [each for each in pair.changes if each.file == "nutrition.toml"]
    assert [each.row for each in rows] == [f"{name}.2"]


def test_of_several_rows_of_an_array_one_is_changed():
    more = ("exercises.toml", r'(id = "E19".*?\ntitle = ")', r"\g<1>Also: ")
    pair = KnowledgePair(BEFORE, edited(TITLE, more))
    (row,) = filter(some("E19"), pair.changes)
    found = pair.between([row]).library.exercises
    assert found["E19"].title.startswith("Also: ") and found["E18"] == load().library.exercises["E18"]


def test_a_sites_own_thresholds_are_rows_too():
    (row,) = changes(site=SITE)
    assert row.file == "site file" and row.keys[0].before is None
    pair = KnowledgePair(BEFORE, edited(TITLE, site=SITE))
    both = {change.file: pair.between([change]) for change in pair.changes}
    months = ThresholdName.INTERMEDIATE_FROM
    assert [each.whole(months) for each in both.values()] == [3, 4]


def test_a_file_that_is_new_is_rows_that_are_new():
    after = KnowledgeFiles({**BEFORE.texts, "more.csv": "a,b,c\n1,2,3\n"})
    (row,) = KnowledgePair(BEFORE, after).changes
    assert (row.file, row.row) == ("more.csv", "1 2")


# -- the knowledge between


def some(*names: str):
    return lambda change: change.row in names


def test_with_all_rows_changed_it_is_the_knowledge_after():
    after = edited(INTERMEDIATE, VITAMIN, TITLE)
    pair = KnowledgePair(BEFORE, after)
    whole, wanted = pair.between(pair.changes), parse(after.texts, try_phrases=False)
    assert (whole.thresholds, whole.library) == (wanted.thresholds, wanted.library)
    none = pair.between(())
    assert (none.thresholds, none.library, none.codes.rows) == (load().thresholds, load().library, load().codes.rows)


def test_with_one_row_changed_only_that_one_is():
    pair = KnowledgePair(BEFORE, edited(INTERMEDIATE, VITAMIN, TITLE))
    (row,) = filter(some("phase.intermediate-from"), pair.changes)
    found = pair.between([row])
    assert found.whole(ThresholdName.INTERMEDIATE_FROM) == 5
    assert found.number(ThresholdName.VITD_INSUFFICIENT_BELOW) == load().number(ThresholdName.VITD_INSUFFICIENT_BELOW)
    assert found.library == load().library


def test_new_rows_stand_behind_the_row_they_follow():
    one, two = (
        "icd10cm,A00.1,exact,condition,kyphosis,One,,,,,,,input,memory,",
        "icd10cm,A00.2,exact,condition,kyphosis,Two,,,,,,,input,memory,",
    )
    pair = KnowledgePair(BEFORE, edited(("codes.csv", r"(note\n)", rf"\1{one}\n{two}\n")))
    first, second = pair.changes
    assert [row.code for row in pair.between([second]).codes.rows[:1]] == ["A00.2"]
    assert [row.code for row in pair.between([first, second]).codes.rows[:2]] == ["A00.1", "A00.2"]
    gone = KnowledgePair(edited(("codes.csv", r"(note\n)", rf"\1{one}\n{two}\n")), BEFORE)
    assert [row.code for row in gone.between([gone.changes[0]]).codes.rows[:1]] == ["A00.2"]


# -- causes


def decide(knowledge: Knowledge) -> Proposal:
    return plan(derive(charted(*BASE), DAY, knowledge), knowledge)


def causes(*edits: tuple[str, str, str]) -> tuple[dict[tuple[str, str], list[tuple[str, str]]], CauseFinder]:
    after = edited(*edits)
    finder = CauseFinder(KnowledgePair(BEFORE, after))
    before = decide(load())
    found = plan_differences(before, decide(parse(after.texts, try_phrases=False)))
    told = finder.causes(before, found, decide)
    return {
        (each.difference.kind.value, each.difference.id): [(c.change.row, c.acts.value) for c in each.causes]
        for each in told
    }, finder


def test_one_row_is_the_cause_of_all_that_differs():
    told, _ = causes(INTERMEDIATE)
    assert told and set(map(tuple, told.values())) == {(("phase.intermediate-from", "alone"),)}


def test_each_of_several_rows_is_named_where_it_acts():
    told, finder = causes(INTERMEDIATE, VITAMIN)
    assert told["phase", "effective"] == [("phase.intermediate-from", "alone")]
    assert told["finding", "vitamin-d"] == [("vitamin-d.insufficient-below", "alone")]
    assert not finder.untried


def test_rows_that_act_only_together_are_told_so_and_one_that_does_not_act_is_not():
    """A title that changes where two numbers have: neither does it alone."""
    numbers = (ThresholdName.INTERMEDIATE_FROM, ThresholdName.VITD_INSUFFICIENT_BELOW)

    def titled(knowledge: Knowledge) -> Proposal:
        both = all(knowledge.number(name) != load().number(name) for name in numbers)
        return replace(decide(load()), title="Other" if both else "Same")

    after = edited(INTERMEDIATE, VITAMIN, TITLE)
    finder = CauseFinder(KnowledgePair(BEFORE, after))
    found = plan_differences(titled(load()), titled(parse(after.texts, try_phrases=False)))
    (one,) = finder.causes(titled(load()), found, titled)
    told = [(cause.change.row, cause.acts) for cause in one.causes]
    assert told == [(name.value, Acts.TOGETHER) for name in numbers]


def test_a_row_that_moves_a_line_otherwise_is_told_so():
    words = ("alerts.toml", r'(\[vitd-insufficient\].*?\ntext = ")', r"\g<1>{vitamin-d.insufficient-below}: ")
    told, _ = causes(words, value_of("vitamin-d.insufficient-below", "23"))
    acts = dict(told["sentence", "alert vitd-insufficient.text"])
    assert acts["vitd-insufficient"] == "partly"


def test_a_line_that_no_row_alone_moves_and_none_alone_holds_has_no_cause():
    """Either of two pairs is enough: a cause that was not seen is not told."""
    pairs = (("phase.intermediate-from", "phase.advanced-from"), ("pain.recent-within", "pain.severe-from"))

    def titled(knowledge: Knowledge) -> Proposal:
        moved = {n for pair in pairs for n in pair if knowledge.thresholds[n].value != load().thresholds[n].value}
        return replace(decide(load()), title="Other" if any(moved >= {*pair} for pair in pairs) else "Same")

    values = ("4", "9", "20", "8")
    after = edited(*(value_of(name, value) for name, value in zip(sum(pairs, ()), values, strict=True)))
    finder = CauseFinder(KnowledgePair(BEFORE, after))
    found = plan_differences(titled(load()), titled(parse(after.texts, try_phrases=False)))
    assert [each.causes for each in finder.causes(titled(load()), found, titled)] == [()]


def test_a_row_that_does_not_fit_alone_is_named_and_the_rest_is_tried():
    """A new exercise is refused alone by nothing, but a session that names it is."""
    told, finder = causes(
        value_of("phase.advanced-from", "9"), value_of("phase.intermediate-from", "7"),
    )  # fmt: skip
    (row,) = finder.untried
    assert row.row == "phase.intermediate-from" and "must be lower" in finder.untried[row]
    assert ("phase.intermediate-from", Acts.TOGETHER.value) in told["phase", "effective"]


def test_nothing_that_differs_needs_no_cause():
    finder = CauseFinder(KnowledgePair(BEFORE, edited(INTERMEDIATE, VITAMIN)))
    assert finder.causes(decide(load()), (), decide) == ()


# -- folders


def test_a_folder_of_the_installed_files_is_the_same_version(tmp_path):
    assert len(list(write_folder(installed(), tmp_path / "copy"))) == len(texts())
    (tmp_path / "copy" / "notes.txt").write_text("not knowledge", encoding="utf-8")
    found = read_folder(tmp_path / "copy")
    assert found.version == installed().version == load().version and found.site is None
    assert found.parsed().version == load().version


def test_a_sites_thresholds_stand_beside_the_files(tmp_path):
    file = tmp_path / "thresholds.toml"
    file.write_text(SITE, encoding="utf-8")
    files = installed(file)
    assert [path.name for path in write_folder(files, tmp_path / "copy")][-1] == "site.toml"
    assert read_folder(tmp_path / "copy") == files and files.version == load(file).version


def test_what_is_no_folder_of_knowledge_is_said(tmp_path):
    with pytest.raises(InputError, match="cannot be read: No such file"):
        read_folder(tmp_path / "none")
    with pytest.raises(InputError, match="there are no knowledge files in it"):
        read_folder(tmp_path)
    (tmp_path / "x.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="not in UTF-8"):
        read_folder(tmp_path)
    with pytest.raises(InputError, match="cannot be written"):
        list(write_folder(installed(), Path("/dev/null/x")))
    with pytest.raises(KnowledgeError, match="cannot be read"):
        installed(tmp_path / "none.toml")
