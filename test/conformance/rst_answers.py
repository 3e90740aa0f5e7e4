"""Renders texts as PyPI does: one JSON list of texts a line in, one JSON list of outcomes a line out."""

import io
import json
import sys

from docutils.parsers.rst import roles
from readme_renderer import rst


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
