"""Words of somebody else in a sentence of ours: of the chart, of a person. The marks “ ” stand for that alone.

Only this module puts them around a value (``tests/quality/test_quotes.py``); so a sentence tells by itself which of its
words may be written otherwise, such as dates, and which stay as they were found.
"""

import re

QUOTE = re.compile(r"“[^“”]*”")


def quoted(text: str) -> str:
    """``“No lifting until 2026-03-01”``; marks within it are left out, so that a quote ends where it ends."""
    return f"“{text.replace('“', '').replace('”', '')}”"
