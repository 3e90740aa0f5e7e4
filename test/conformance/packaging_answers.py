"""Answers cases with packaging: one JSON list a line in, one JSON list of answers a line out."""

import json
import sys

from packaging.licenses import canonicalize_license_expression
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.tags import parse_tag
from packaging.utils import canonicalize_name, parse_sdist_filename, parse_wheel_filename
from packaging.version import Version


def wheel(text):
    name, version, build, tags = parse_wheel_filename(text)
    return [name, str(version), f"{build[0]}{build[1]}" if build else None, sorted(map(str, tags))]


def sdist(text):
    name, version = parse_sdist_filename(text)
    return [name, str(version)]


def compare(a, b):
    a, b = Version(a), Version(b)
    return -1 if a < b else int(a > b)


def requirement(text):
    value = Requirement(text)
    return [
        str(value),
        value.name,
        sorted(value.extras),
        str(value.specifier),
        value.url,
        value.marker and str(value.marker),
    ]


def sets(environment):
    return {key: set(value) if isinstance(value, list) else value for key, value in environment.items()}


ANSWERS = {
    "version": lambda text: str(Version(text)),
    "order": compare,
    "specifiers": lambda text: str(SpecifierSet(text)),
    "specifiers-equal": lambda a, b: SpecifierSet(a) == SpecifierSet(b),
    "contains": lambda text, version, pre: SpecifierSet(text).contains(version, prereleases=pre),
    "contains-version": lambda text, version, pre: SpecifierSet(text).contains(Version(version), prereleases=pre),
    "filter": lambda text, versions, pre: list(SpecifierSet(text).filter(versions, prereleases=pre)),
    "unsatisfiable": lambda text, pre: SpecifierSet(text, prereleases=pre).is_unsatisfiable(),
    "requirement": requirement,
    "requirements-equal": lambda a, b: Requirement(a) == Requirement(b),
    "marker": lambda text: str(Marker(text)),
    "evaluate": lambda text, environment, context: Marker(text).evaluate(sets(environment), context),
    "license": canonicalize_license_expression,
    "name": lambda text: canonicalize_name(text, validate=True),
    "tag": lambda text: sorted(map(str, parse_tag(text))),
    "wheel": wheel,
    "sdist": sdist,
}


def span(error):
    """Where a requirement or marker is wrong; the parser's own error is the cause."""
    cause = error.__cause__
    return list(cause.span) if hasattr(cause, "span") else None


def answer(case):
    kind, *arguments = case
    try:
        return {"ok": ANSWERS[kind](*arguments)}
    except Exception as error:
        return {"error": type(error).__name__, "span": span(error)}


for line in sys.stdin:
    print(json.dumps([answer(case) for case in json.loads(line)]), flush=True)
