"""What the pages say of the review of the knowledge: awaiting, signed, and changed since it was signed."""

from datetime import date

from smartapp.core.knowledge import origins
from smartapp.knowledge import load, parse, texts
from smartapp.reviewers import sign_row
from smartapp.reviewers.entries import knowledge_entries
from smartapp.web.about import Reviews, evidence_of, review_status, review_words, reviews

DAY = date(2026, 5, 4)


def signed(*rows):
    files, as_read = texts(), texts()
    for row in rows:
        name, files[name] = sign_row(files, row, "Dr. A", DAY, as_read)
    return files


def test_nothing_signed():
    assert review_status(load()) == "awaiting clinical sign-off"


def test_an_edited_row_is_said_to_be_changed_since_it_was_signed():
    row = parse(signed("S04")).statements["S04"]
    assert review_words(row.origin) == "signed off by Dr. A, 2026-05-04"
    first = row.text.split(".")[0]
    files = signed("S04")
    files["statements.toml"] = files["statements.toml"].replace(first, f"{first} at all", 1)
    knowledge = parse(files)
    (shown,) = evidence_of(knowledge, ["S04"])
    assert shown.review == "signed off by Dr. A on 2026-05-04 and changed since: awaiting clinical sign-off again"
    assert review_status(knowledge) == "awaiting clinical sign-off (1 changed since they were signed)"
    assert reviews(knowledge) == Reviews(len(list(origins(knowledge))), 0, 1, ())


def test_who_reviewed_is_counted_by_name():
    knowledge = parse(signed("S04", "S05"))
    assert reviews(knowledge) == Reviews(len(list(origins(knowledge))), 2, 0, (("Dr. A", 2),))


def test_signed_off_only_when_every_row_is():
    files = signed(*(entry.id for entry in knowledge_entries(load()) if entry.id != "E07"))
    knowledge = parse(files)
    rows = len(list(origins(knowledge)))
    some = f"{rows - 1} of {rows} entries signed off by named clinicians, the others awaiting clinical sign-off"
    assert review_status(knowledge) == some
    name, files[name] = sign_row(files, "E07", "Dr. A", DAY, texts())
    assert review_status(parse(files)) == "signed off by named clinicians"
