"""The sentences of the cases are those that were last read by a person; after a change read the difference."""

from tests.core.sentences import TABLE, table


def test_the_table_of_sentences_is_current():
    assert table() == TABLE.read_text(encoding="utf-8"), "read what changed after: python -m tests.core.sentences"
