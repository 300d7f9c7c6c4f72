"""Knowledge -> the SQL condition under which a record of an export may make a patient one these rules speak of.

``derive`` answers something else than “not applicable” only where a diagnosis is a fracture of the spine or has one of
:data:`SPEAKS_OF_A_FRACTURE`, and such a diagnosis is made of a Condition or of the report of an image alone. So a
record counts that is one of these and holds a code of such a row, or letters no phrase of such a row is found without.
Both are read off the rows: a new one cannot be forgotten. The condition may keep too much, never too little: what
could hide letters from a plain look (escapes of JSON, HTML and RTF, base64 that cannot be decoded) counts too.
"""

import re
from collections.abc import Iterable, Iterator

from smartapp.core.codes import CodeKind, CodeRow
from smartapp.core.concepts import Concept
from smartapp.core.knowledge import Knowledge
from smartapp.core.phrases import PhraseKind
from smartapp.core.word_patterns import needs_of

# What core.derive.disposition starts from, and what a reader turns into it (fhir.read.conditions, context, qualifiers).
SPEAKS_OF_A_FRACTURE = frozenset(
    {
        *(Concept.VERTEBRAL_FRACTURE, Concept.PROCESS_FRACTURE, Concept.ARCH_FRACTURE, Concept.SPONDYLOLYSIS),
        *(Concept.FRACTURE_HISTORY, Concept.NEOPLASTIC_FRACTURE),
        *(Concept.FRACTURE_SITE_UNNAMED, Concept.FRACTURE_NONUNION),
    }
)
_KINDS = frozenset({PhraseKind.DIAGNOSIS, PhraseKind.IMAGING})
_TELLING = 4  # letters in the middle: l1 and t12 stand in every second text
_LETTERS = re.compile(r"[a-z0-9]+")
# Letters, digits and # as escapes of JSON; and what HTML and RTF write them with (of a file as DuckDB shows its bytes).
_ESCAPED = r"\\u00(23|3[0-9]|[46][1-9a-fA-F]|[57][0-9aA])"
_HIDDEN = rf"{_ESCAPED}|(&|\\u0026)#|\\\\(''|\\u0027)|\\x5c\\x27"
_CODES = """upper(replace(replace(array_to_string(
    regexp_extract_all(record, '"code"\\s*:\\s*"([^"]*)"', 1), '|'), ' ', ''), '.', ''))"""
_FILES = """list_filter(list_concat(json_extract_string(record, '$.presentedForm[*].data'),
    [json_extract_string(record, '$.presentedForm.data')]), lambda file: file IS NOT NULL)"""
# A report without these is one of numbers: its findings are read of nothing else.
_SAYS_SOMETHING = (
    """contains(record, '"conclusion') OR contains(record, '"presentedForm"') OR contains(record, '"div"')"""
)
# The words of a file that came along in base64; what is no letter of it is passed over, as Python does.
_IN_FILE = """lambda file: lower(TRY(from_base64(rpad(regexp_replace(file, '[^A-Za-z0-9+/]', '', 'g'),
    (4 * ceil(length(regexp_replace(file, '[^A-Za-z0-9+/]', '', 'g')) / 4.0))::INTEGER, '=')))::VARCHAR)"""


def candidate_macros(knowledge: Knowledge) -> Iterator[str]:
    """SQL that makes ``is_candidate(record)``, of a record's JSON text. Each step is asked only where the one before
    leaves it open."""
    lines = tuple(dict.fromkeys(_needed(knowledge)))
    codes = "|".join(map(re.escape, code_beginnings(knowledge)))
    first = _any_of(piece for group in _fewest(lines) for piece in group) if all(lines) else "true"
    told = " OR ".join(f"({' AND '.join(map(_any_of, line)) or 'true'})" for line in lines) or "false"
    yield f"""CREATE OR REPLACE TEMP MACRO says_it(said) AS
        regexp_matches(said, '{_HIDDEN}') OR CASE WHEN {first} THEN {told} ELSE false END"""
    yield f"""CREATE OR REPLACE TEMP MACRO is_candidate(record) AS CASE
        WHEN NOT (contains(record, '"Condition"')
            OR (contains(record, '\\u00') AND regexp_matches(record, '{_ESCAPED}'))
            OR (contains(record, '"DiagnosticReport"') AND ({_SAYS_SOMETHING}))) THEN false
        WHEN regexp_matches({_CODES}, '(^|\\|)({codes})') THEN true
        WHEN list_transform([lower(record)], lambda said: says_it(said))[1] THEN true
        WHEN contains(record, '"presentedForm"') THEN len(list_filter(list_transform({_FILES}, {_IN_FILE}),
            lambda said: said IS NULL OR says_it(said))) > 0
        ELSE false END"""


def code_beginnings(knowledge: Knowledge) -> tuple[str, ...]:
    """Of the codes of a fracture, without dots and blanks: none begins with another of them."""
    codes = sorted({re.sub(r"[. ]", "", row.code).upper() for row in knowledge.codes.rows if _speaks(row)})
    shortest: list[str] = []
    for code in codes:
        if not shortest or not code.startswith(shortest[-1]):
            shortest.append(code)
    return tuple(shortest)


def _speaks(row: CodeRow) -> bool:
    of_a_fracture = row.region is not None or not SPEAKS_OF_A_FRACTURE.isdisjoint(row.concepts)
    return row.kind is CodeKind.CONDITION and of_a_fracture


_Group = tuple[str, ...]


def _needed(knowledge: Knowledge) -> Iterator[tuple[_Group, ...]]:
    """Of each line of words the groups of letters of which a text needs one each; none where that cannot be told."""
    for row in knowledge.phrases.rows:
        if row.kind in _KINDS and row.means in SPEAKS_OF_A_FRACTURE:
            for line in row.words:
                yield tuple(dict.fromkeys(found for group in needs_of(line) if (found := _plain(group))))


def _plain(group: Iterable[str]) -> _Group:
    """Its pieces as plain letters, without those that hold another; none where one has no such letters."""
    pieces = sorted({_longest(piece) for piece in group}, key=lambda piece: (len(piece), piece))
    if not all(pieces):
        return ()
    return tuple(p for at, p in enumerate(pieces) if not any(shorter in p for shorter in pieces[:at]))


def _longest(piece: str) -> str:
    """White space, markup and accents may stand otherwise in a file; letters within a word do not."""
    return max(_LETTERS.findall(piece), key=len, default="#" if piece == "#" else "")


def _any_of(pieces: Iterable[str]) -> str:
    found = tuple(dict.fromkeys(pieces))
    alone = f"contains(said, '{found[0]}')"
    return alone if len(found) == 1 else f"regexp_matches(said, '{'|'.join(map(re.escape, found))}')"


def _fewest(lines: Iterable[tuple[_Group, ...]]) -> Iterator[_Group]:
    """Groups of which every line needs one: one look for them spares most texts the others. The telling ones first."""
    left = set(lines)
    while left:
        groups = sorted({group for line in left for group in line})
        long = [group for group in groups if sum(map(len, group)) >= _TELLING * len(group)] or groups
        best = max(long, key=lambda group: sum(_covers(group, line) for line in left))
        left = {line for line in left if not _covers(best, line)}
        yield best


def _covers(group: _Group, line: tuple[_Group, ...]) -> bool:
    return any(all(any(piece in each for piece in group) for each in other) for other in line)
