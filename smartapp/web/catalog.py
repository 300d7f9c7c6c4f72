"""The catalog of every string of the pages -> what templates say. English stands in the templates themselves.

``locales/messages.pot`` lists them (``python -m tests.web.catalog`` writes it); a language is added as
``locales/<language>/LC_MESSAGES/messages.po``, compiled by ``pybabel compile -d smartapp/web/locales``.
"""

import gettext
from pathlib import Path

from flask import Flask

LOCALES = Path(__file__).parent / "locales"


def install_catalog(app: Flask, language: str = "en") -> None:
    """``{% trans %}`` and ``_()`` for the templates. A language without a catalog is English."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    found = gettext.translation("messages", LOCALES, [language], fallback=True)
    app.jinja_env.install_gettext_translations(found, newstyle=True)  # type: ignore[attr-defined]  # of the extension
