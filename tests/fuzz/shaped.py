"""Foreign input that is nearly right: a valid JSON value with a few places spoilt, and bytes that are nearly JSON.

Input made of nothing is refused at the first check; input that is nearly right gets past it.
"""

import copy
import json
import os
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

# How many inputs all fuzz tests together try; LOADPATH_FUZZ=100000 is the long run.
INPUTS = int(os.environ.get("LOADPATH_FUZZ", "1000"))

_AWKWARD = st.sampled_from(
    ["", " ", "0", "-1", "null", "2026-02-30", "9999-99-99", "2026-01-01T25:61:61Z", "1e999", "../..", "javascript:x",
     "Patient/", "urn:uuid:x", "http://[", "//evil.example", "\x00", "\ud800", "𝔘", "a" * 5000, "<b>", "{{7*7}}", "%00",
     "Patient/ann|1", "http://loinc.org", "\u202e"]
)  # fmt: skip
_NUMBERS = st.sampled_from([0, -1, 1e308, 1.5, 2**63, -(2**63), 10**30]) | st.floats() | st.integers()
ANYTHING = st.recursive(
    st.none() | st.booleans() | _NUMBERS | st.text(max_size=20) | _AWKWARD,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)
TEXT = st.text(max_size=60) | _AWKWARD


def share(percent: float) -> settings:
    """So many percent of all inputs for one test."""
    return settings(
        max_examples=max(10, int(INPUTS * percent / 100)), deadline=None, database=None,
        phases=(Phase.explicit, Phase.generate, Phase.shrink), suppress_health_check=list(HealthCheck),
    )  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a JSON value, but the value itself."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in inner:
        yield (*path, key)
        yield from places(child, (*path, key))


@st.composite
def spoilt(draw: st.DrawFn, valid: st.SearchStrategy[Any]) -> Any:
    """A valid value, of which one to four places are replaced, removed, doubled or wrapped."""
    value = copy.deepcopy(draw(valid))
    for _ in range(draw(st.integers(1, 4))):
        everywhere = list(places(value))
        if not everywhere:
            return value
        *way, last = draw(st.sampled_from(everywhere))
        holder = value
        for key in way:
            holder = holder[key]
        match draw(st.sampled_from(["replace", "replace", "replace", "remove", "wrap", "double"])):
            case "replace":
                holder[last] = draw(ANYTHING)
            case "remove":
                del holder[last]
            case "wrap":
                holder[last] = [holder[last]]
            case "double" if isinstance(holder, list):
                holder.append(copy.deepcopy(holder[last]))
            case _:
                holder[last] = {"value": holder[last]}
    return value


@st.composite
def nearly_json(draw: st.DrawFn, valid: st.SearchStrategy[Any]) -> bytes:
    """Bytes of a spoilt value, cut, stirred, deeply nested or in another encoding."""
    text = json.dumps(draw(spoilt(valid)))
    match draw(st.sampled_from(["whole", "cut", "stir", "nest", "utf-16", "bytes"])):
        case "cut":
            return text[: draw(st.integers(0, len(text)))].encode("utf-8", "replace")
        case "stir":
            at = draw(st.integers(0, len(text)))
            return (text[:at] + draw(st.text(max_size=5)) + text[at:]).encode("utf-8", "replace")
        case "nest":
            return b"[" * draw(st.sampled_from([10, 2000, 200_000])) + text.encode()
        case "utf-16":
            return text.encode("utf-16", "replace")
        case "bytes":
            return draw(st.binary(max_size=200))
    return text.encode()
