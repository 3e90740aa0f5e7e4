"""Renders descriptions: one JSON list of [content type or null, text] a line in, one JSON list of outcomes a line out."""

import io
import json
import sys

from readme_renderer import markdown, rst, txt


def answer(case):
    content_type, text = case
    kind = (content_type or "text/x-rst").partition(";")[0].strip()
    try:
        if kind == "text/markdown":
            rendered = markdown.render(text)
        elif kind == "text/plain":
            rendered = txt.render(text)
        else:
            rendered = rst.render(text, stream=io.StringIO())
    except Exception as error:
        return f"crashed: {type(error).__name__}"
    return "refused" if rendered is None else "taken"


for line in sys.stdin:
    print(json.dumps([answer(case) for case in json.loads(line)]), flush=True)
