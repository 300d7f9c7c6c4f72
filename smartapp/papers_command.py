"""``smartapp document``: a proposal nobody has signed -> one of its papers, marked so, in a file."""

from collections.abc import Mapping
from pathlib import Path

from smartapp.core.knowledge import Knowledge
from smartapp.core.proposal import Proposal
from smartapp.document import CLINIC, Given, PaperKind, clinic_of, make_paper, paper_pdf, unsigned
from smartapp.errors import InputError
from smartapp.settings import values_in


def write_paper(
    proposal: Proposal, knowledge: Knowledge, env: Mapping[str, str], kind: str, language: str, out: Path
) -> None:
    """``language``: of the handout; empty is by the chart. Raises NoPaper, NoPdf, SettingsError, InputError."""
    given = Given(unsigned(proposal), knowledge, clinic_of(values_in(env, CLINIC)))
    made = paper_pdf(make_paper(given, PaperKind(kind), language))
    try:
        out.write_bytes(made)
    except OSError as error:
        raise InputError(f"{out}: cannot be written: {error.strerror}") from error
