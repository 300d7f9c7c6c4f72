"""Constraints of the whole patient -> their lines for therapist and patient, in the plan, the order and the papers.

Restrictions come from the fracture; limits come from everything else about the patient (rule book 2a, section 4).
"""

import re
from collections.abc import Iterable, Iterator

from smartapp.core.assessment import Assessment, Constraint
from smartapp.core.chart import ActivityOrder
from smartapp.core.quotes import quoted
from smartapp.core.states import Track

LIMIT = "Limit: "  # how each line begins in the note of an order
ORDERED = "NS9"  # the limit that quotes orders of somebody else
_ON_THE_LETTER = 5  # rule book 2c, CX29
ORDERS_QUOTED = 3  # of them under the head of page one (ours)
_FOR_THE_PATIENT = 3  # rule book 2c, section 8
_WALKING = "E11"
_SENTENCE = re.compile(r"(?<=\.) ")
# A sentence that invites to walk or stand falls away where another limit takes walking out (rule book 2c, P11).
_INVITES = re.compile(
    r"(You can|Usted puede)\b[^.]*\b(walk|stand|caminar|pararse)"
    r"|(Stand|Walk|Take low steps|Párese|Para pararse|Camine|Suba)\b"
)
_TRACKS = {
    Track.CHAIR: "The program is done sitting and lying: no exercise on the feet unless named here.",
    Track.BED: "The program is done in bed, in short bouts.",
}
# Which limit is told first (rule book 2c, CX29): order, weight bearing, operation, brace, fracture; heart and lung,
# cognition and falls; the rest. The first group is what the body must not be loaded with today.
_LOAD = (
    (ORDERED,),
    ("WP1", "WP2"),
    tuple(f"WP{n}" for n in range(9, 20)),
    ("WP20",),
    (*(f"WP{n}" for n in range(3, 9)), "FC2", "FC3b", "FC6b", "RF4"),
)
_REST = (
    tuple(f"WP{n}" for n in range(27, 33)),
    ("WP23", "WP48", "WP21", "WP22", "WP24", "WP25", "WP33", "WP34", "WP35"),
)
_RANK = {id_: rank for rank, ids in enumerate((*_LOAD, *_REST)) for id_ in ids}


def ranked(limits: Iterable[Constraint]) -> tuple[Constraint, ...]:
    """What is told first where not everything fits."""
    return tuple(sorted(limits, key=lambda limit: _RANK.get(limit.id, len(_RANK))))


def of_load(limits: Iterable[Constraint]) -> tuple[Constraint, ...]:
    """Limits of what the body may be loaded with: orders, weight bearing, operations, brace, fractures."""
    return tuple(limit for limit in ranked(limits) if limit.rows and _RANK.get(limit.id, len(_RANK)) < len(_LOAD))


def order_lines(assessment: Assessment) -> tuple[str, ...]:
    """Each order of somebody else, quoted with its day and who gave it: they come before everything of ours."""
    sources = {s for limit in assessment.constraints if limit.id == ORDERED for s in limit.reason.sources}
    orders = (order for order in assessment.chart.orders if order.source in sources)
    return tuple(dict.fromkeys(map(_order_line, orders)))


def limits_beside_orders(assessment: Assessment) -> tuple[Constraint, ...]:
    """Every limit but that somebody ordered something: the order is quoted before them."""
    return tuple(limit for limit in ranked(assessment.constraints) if limit.rows != (ORDERED,))


def _order_line(order: ActivityOrder) -> str:
    until = f"until {order.until}" if order.until else ""
    told = ", ".join(filter(None, (str(order.given or "without a date"), until, order.source.note)))
    return f"Ordered: {quoted(order.quote)} ({told}). The order comes first."


def limit_line(limit: Constraint) -> str:
    """What limits, how what stays is done, how long it holds, and what is still asked."""
    until = f" Holds until {limit.until.isoformat()}." if limit.until else ""
    asked = f" Ask: {limit.question}" if limit.question else ""
    changes = " ".join(sentence(change) for change in limit.changes)
    return f"{limit.title}. {sentence(limit.text)}{' ' if changes else ''}{changes}{until}{asked}"


def sentence(text: str) -> str:
    """With its full stop."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def track_line(assessment: Assessment) -> str:
    """How the patient exercises where that is not standing; empty else."""
    return _TRACKS.get(assessment.track, "") if assessment.track else ""


def limit_lines(assessment: Assessment) -> list[str]:
    """For the note of an order: orders of others, the track, then every limit."""
    lines = (*order_lines(assessment), track_line(assessment), *map(limit_line, limits_beside_orders(assessment)))
    return [f"{LIMIT}{line}" for line in lines if line]


def letter_lines(assessment: Assessment) -> Iterator[str]:
    """The limits on the page a therapist gets first: at most five, and how many more stand behind it."""
    yield from order_lines(assessment)
    if track := track_line(assessment):
        yield track
    limits = limits_beside_orders(assessment)
    for limit in limits[:_ON_THE_LETTER]:
        until = f" Until {limit.until.isoformat()}." if limit.until else ""
        yield f"{limit.title}. {sentence(limit.text)}{until}"
    more = len(limits) - _ON_THE_LETTER
    if more > 0:
        yield f"And {more} more {'limit' if more == 1 else 'limits'}: on the sheet behind this letter."


def page_one_limits(assessment: Assessment) -> tuple[tuple[Constraint, ...], int]:
    """The limits on page one beside quoted orders, at most five with them, and how many more of both there are."""
    limits, orders = limits_beside_orders(assessment), len(order_lines(assessment))
    room = _ON_THE_LETTER - min(orders, ORDERS_QUOTED)
    return limits[:room], max(0, len(limits) - room) + max(0, orders - ORDERS_QUOTED)


def coordinator_line(assessment: Assessment) -> str:
    """For whoever arranges the visits: what limits the patient, by title, and that somebody comes along."""
    titles = dict.fromkeys(limit.title for limit in ranked(assessment.constraints) if limit.rows)
    if not titles:
        return ""
    track = f" {line}" if (line := track_line(assessment)) else ""
    return f"Limits of this patient, for transport, room and company: {'; '.join(titles)}.{track}"


def patient_lines(assessment: Assessment) -> tuple[str, ...]:
    """In the words made for patients, Spanish for who speaks it: the first ones; the rest the therapist tells."""
    spanish = speaks_spanish(assessment.chart.patient.language)
    return tuple(text for _, text in limit_texts(assessment, spanish))[:_FOR_THE_PATIENT]


def limit_texts(assessment: Assessment, spanish: bool) -> tuple[tuple[str, str], ...]:
    """Id and words of every limit, each text once, what is told first before the rest."""
    walks = _WALKING not in assessment.removed
    texts: dict[str, str] = {}
    for limit in ranked(assessment.constraints):
        text = (spanish and limit.patient_text_es) or limit.patient_text
        if not (walks or _WALKING in limit.removes):
            text = " ".join(s for s in _SENTENCE.split(text) if not _INVITES.match(s))
        if text:
            texts.setdefault(text, limit.id)
    return tuple((id_, text) for text, id_ in texts.items())


def speaks_spanish(language: str) -> bool:
    """By the code (es, es-MX, spa) or the name of the language; Estonian is another."""
    told = language.strip().lower()
    return told.partition("-")[0] in ("es", "spa") or any(name in told for name in ("spanish", "español", "castellano"))
