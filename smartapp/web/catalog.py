"""The catalog of every string of the pages -> what templates, the code of the pages and their scripts say.

English stands where it is said, and is the key. ``locales/messages.pot`` lists it (``python -m tests.web.catalog``
writes it); a language is added as ``locales/<language>/LC_MESSAGES/messages.po``, compiled by
``pybabel compile -d smartapp/web/locales``, and chosen by the setting SMARTAPP_LANGUAGE. What a chart or the knowledge
says is never looked up.
"""

import gettext

from flask import Flask, current_app, has_app_context
from markupsafe import escape

from smartapp.setting_values import ENGLISH, LOCALES

_KEY = "loadpath.catalog"


def install_catalog(app: Flask, language: str) -> None:
    """``{% trans %}`` and ``_()`` for the templates, ``_()`` and :class:`Lazy` for code. A language without a compiled
    catalog does not start: English instead would pass unseen.
    """
    english = gettext.NullTranslations()
    found = english if language == ENGLISH else gettext.translation("messages", LOCALES, [language])
    app.extensions[_KEY] = found
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_translations(found, newstyle=True)  # type: ignore[attr-defined]  # of the extension
    app.jinja_env.globals["language"] = language
    app.jinja_env.filters["translated"] = _  # for a name of a table: ``_()`` of a template trusts what it is given


def _(text: str, /, **values: object) -> str:
    """The sentence in the language of the pages, its values by name: ``_("Held at %(phase)s.", phase=phase)``."""
    said = _found().gettext(text) if text else ""
    return said % values if values else said


def ngettext(one: str, many: str, number: int, /, **values: object) -> str:
    """The same of one or of many; ``number`` is also the value ``%(number)s``."""
    return _found().ngettext(one, many, number) % {"number": number, **values}


def _found() -> gettext.NullTranslations:
    """Outside a request, in the background: English."""
    kept = current_app.extensions.get(_KEY) if has_app_context() else None
    return kept if isinstance(kept, gettext.NullTranslations) else gettext.NullTranslations()


class Lazy(str):
    """A string of a table that is made before any request: English for code, in the language of the pages when it is
    written into a page or into a sentence.
    """

    __slots__ = ()

    @property
    def key(self) -> str:
        """The English, for what a form sends back."""
        return str.__str__(self)

    def __str__(self) -> str:
        return _(self.key)

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def lower(self) -> str:
        return str(self).lower()

    def capitalize(self) -> str:
        return str(self).capitalize()

    def __html__(self) -> str:
        return str(escape(str(self)))
