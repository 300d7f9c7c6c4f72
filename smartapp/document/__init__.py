"""SignedPlan -> the same words for people: plain text for a note, PDF for print, fax and screen readers.

``contents`` decides what is said and in which order; ``as_text`` and ``as_pdf`` only lay it out.
"""

from smartapp.document.contents import contents
from smartapp.document.sheet import Document, NoPdf, as_pdf, as_text

__all__ = ["Document", "NoPdf", "as_pdf", "as_text", "contents"]
