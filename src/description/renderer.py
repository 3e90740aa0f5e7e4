"""Runs readme_renderer's reStructuredText renderer inside Pyodide. Imported when the memory snapshot is made."""

import importlib
import io
import json
import pathlib
import pkgutil
import sys
import types

# readme_renderer cleans the HTML with nh3, a native library. Cleaning cannot turn a rendered text into a refused one:
# only None is refused, and nh3 always returns a string.
_nh3 = types.ModuleType("nh3")
_nh3.clean = lambda html, **options: html
sys.modules["nh3"] = _nh3

import docutils  # noqa: E402
import docutils.parsers.rst.directives as directives  # noqa: E402
import docutils.parsers.rst.roles as roles  # noqa: E402
import docutils.transforms as transforms  # noqa: E402
import docutils.writers.html5_polyglot as html5  # noqa: E402
from docutils.core import publish_parts  # noqa: E402
from docutils.readers import standalone  # noqa: E402
from readme_renderer import rst  # noqa: E402

# docutils loads these on first use; a snapshot has no files to load them from.
for _package in (directives, transforms):
    for _module in pkgutil.iter_modules(_package.__path__):
        importlib.import_module(f"{_package.__name__}.{_module.name}")
for _name in (
    "docutils.languages.en",
    "docutils.parsers.rst.languages.en",
    "docutils.utils.code_analyzer",
    "docutils.utils.smartquotes",
    "csv",
    "encodings.idna",
):
    importlib.import_module(_name)

# The writer reads its template and style sheets at each run.
_FILES = {
    str(path): path.read_bytes()
    for path in pathlib.Path(html5.__file__).parent.iterdir()
    if path.suffix in (".css", ".txt")
}

MAX_MESSAGES = 30
_NOTHING_RENDERED = "No content rendered from RST source."


def restore_files():
    """Files are no part of a memory snapshot."""
    for name, data in _FILES.items():
        path = pathlib.Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


class _Reader(standalone.Reader):
    """Collects every message of the level that halts."""

    def __init__(self):
        super().__init__()
        self.messages = []

    def new_document(self):
        document = super().new_document()
        document.reporter.attach_observer(self._note)
        return document

    def _note(self, message):
        if message["level"] >= rst.SETTINGS["halt_level"] and len(self.messages) < MAX_MESSAGES:
            self.messages.append(_entry(message))


def _entry(message):
    # `source:line: (LEVEL/n) text`, then perhaps the source text: the message alone, on one line.
    text = message.astext().split(") ", 1)[-1].split("\n\n", 1)[0]
    return {"line": message.get("line"), "text": " ".join(text.split())}


class _Writer(html5.Writer):
    def __init__(self):
        super().__init__()
        self.translator_class = rst.ReadMeHTMLTranslator


def _all_messages(text):
    """The text rendered once more without halting: what is wrong after the first fault."""
    reader = _Reader()
    settings = {**rst.SETTINGS, "halt_level": 5, "warning_stream": io.StringIO()}
    try:
        publish_parts(text, reader=reader, writer=_Writer(), settings_overrides=settings)
    except Exception:
        # The first message is known, and the server gets no further.
        pass
    return reader.messages


def render(text):
    """JSON: outcome (ok, failed, empty or crashed), messages, the one that halts first, and the HTML, which is not cleaned."""
    stream = io.StringIO()
    # docutils keeps the roles that a text defines for the process: the next text must not find them.
    roles._roles.clear()
    try:
        rendered = rst.render(text, stream=stream)
    except Exception as error:
        return json.dumps({"outcome": "crashed", "messages": [{"line": None, "text": f"{type(error).__name__}: {error}"}]})
    if rendered is not None:
        return json.dumps({"outcome": "ok", "messages": [], "html": rendered})
    said = stream.getvalue()
    if said == _NOTHING_RENDERED:
        return json.dumps({"outcome": "empty", "messages": [{"line": None, "text": said}]})
    messages = _all_messages(text)
    return json.dumps({"outcome": "failed", "messages": messages or [{"line": None, "text": said.strip()}]})


VERSIONS = f"docutils {docutils.__version__}, Python {sys.version.split()[0]}"
_WARM = """\
Title
=====

:Field: list

Text with *emphasis*, ``code``, `a link <https://example.org>`_, :sup:`1`, "quotes", a footnote [1]_ and a |thing|.

* item

1. one

.. |thing| replace:: substitution
.. [1] Note.
.. code-block:: python

   x = 1

.. image:: a.png
   :target: https://example.org

.. note:: Text.

.. table::

   == ==
   a  b
   == ==
   1  2
   == ==

.. csv-table::

   a, b

.. list-table::

   * - a

.. math:: x

.. contents::
"""


def warm():
    """Fills the caches of patterns and classes that a snapshot keeps."""
    for text in (_WARM, "Title\n==\n", ""):
        render(text)
