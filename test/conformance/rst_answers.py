"""Renders texts as PyPI does: one JSON list of texts a line in, one JSON list of outcomes a line out."""

import copy
import io
import json
import sys

from docutils.core import Publisher
from docutils.parsers.rst import roles
from readme_renderer import rst

_set_up = Publisher.process_programmatic_settings
_settings = None


def _process_settings(publisher, spec, overrides, section):
    """Sets the same options up once only: that takes as long as rendering a short text."""
    global _settings
    if _settings is None:
        _set_up(publisher, spec, overrides, section)
        _settings = publisher.settings
    publisher.settings = copy.copy(_settings)
    publisher.settings.warning_stream = overrides["warning_stream"]


Publisher.process_programmatic_settings = _process_settings


def answer(text):
    # A role that a text defines stays defined in the process; PyPI's processes have seen other texts.
    roles._roles.clear()
    stream = io.StringIO()
    try:
        rendered = rst.render(text, stream=stream)
    except Exception as error:
        return f"crashed: {type(error).__name__}: {error}"
    if rendered is not None:
        return "ok"
    return f"failed: {stream.getvalue().strip()}"


for line in sys.stdin:
    print(json.dumps([answer(text) for text in json.loads(line)]), flush=True)
