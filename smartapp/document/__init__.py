"""A plan -> papers for people: the referral on one page, the therapist's program, the patient's handout, the findings.

``make_paper`` and ``paper_pdf`` make them for print, fax and screen readers. ``contents`` is the note that goes into
the chart, as plain text (``as_text``) or PDF (``as_pdf``).
"""

from smartapp.document.contents import contents
from smartapp.document.given import CLINIC, Clinic, Given, clinic_of, unsigned
from smartapp.document.paper import Paper, paper_pdf
from smartapp.document.papers import NoPaper, PaperKind, make_paper
from smartapp.document.sheet import Document, as_pdf, as_text
from smartapp.document.typesetting import NoPdf

__all__ = [
    "CLINIC",
    "Clinic",
    "Document",
    "Given",
    "NoPaper",
    "NoPdf",
    "Paper",
    "PaperKind",
    "as_pdf",
    "as_text",
    "clinic_of",
    "contents",
    "make_paper",
    "paper_pdf",
    "unsigned",
]
