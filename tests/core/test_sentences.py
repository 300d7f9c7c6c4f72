"""What the cases, their plans, edits and later launches say is what a person last read; read each difference."""

import csv

import pytest

from tests.core import change_lines, edit_answers, plan_lines, sentences

READ = "read what changed after: python -m tests.core.sentences"
TABLES = {
    "sentences": (sentences.TABLE, sentences.said, sentences.table, 4),
    "plan_lines": (plan_lines.TABLE, plan_lines.said, plan_lines.table, 4),
    "edit_answers": (edit_answers.TABLE, edit_answers.rows, edit_answers.table, None),
    "change_lines": (change_lines.TABLE, change_lines.rows, change_lines.table, None),
}


@pytest.mark.parametrize("name", TABLES)
def test_the_table_is_current(name):
    path, said, table, words = TABLES[name]
    with path.open(encoding="utf-8", newline="") as file:
        known = {tuple(row[:words]) for row in csv.reader(file)}
    made = []
    for each in said():
        line = each if words is None else each[0]
        assert line in known, f"not in {path.name}; {READ}"
        made.append(each)
    assert table(made) == path.read_text(encoding="utf-8"), READ
