"""Prints the tables that come from PyPI packages as one JSON object. Run by scripts/generate-data.ts in its own venv."""

import json
import keyword
from importlib.metadata import version

import stdlib_list
import trove_classifiers
from packaging.licenses import _spdx


def of_spdx(rows):
    return {
        "ids": sorted((row["id"] for row in rows.values()), key=str.lower),
        "deprecated": sorted((row["id"] for row in rows.values() if row["deprecated"]), key=str.lower),
    }


# What Python/stdlib_module_names.h of CPython adds and drops in versions that stdlib-list does not have yet.
NEWER = {
    "3.15": (
        {"_math_integer", "profiling"},
        {"_compression", "sre_compile", "sre_constants", "sre_parse"},
    )
}


def stdlib():
    """Each top-level module with the [first, last] Python versions of every run in which it exists."""
    versions = stdlib_list.short_versions
    # Its list of 3.9 has `lib`, which no Python has.
    members = [{name.partition(".")[0] for name in stdlib_list.stdlib_list(v)} - {"lib"} for v in versions]
    for new, (added, dropped) in NEWER.items():
        if new not in versions:
            versions = [*versions, new]
            members = [*members, (members[-1] | added) - dropped]
    modules = {}
    for name in sorted(set().union(*members)):
        runs = []
        for i, names in enumerate(members):
            if name not in names:
                continue
            if i and name in members[i - 1]:
                runs[-1][1] = versions[i]
            else:
                runs.append([versions[i], versions[i]])
        modules[name] = runs
    return {"versions": versions, "modules": modules}


print(
    json.dumps(
        {
            "classifiers": {
                "source": "PyPI package trove-classifiers",
                "version": version("trove-classifiers"),
                "classifiers": sorted(trove_classifiers.classifiers),
                "deprecated": dict(sorted(trove_classifiers.deprecated_classifiers.items())),
            },
            "spdx": {
                "source": f"SPDX license list as in PyPI package packaging {version('packaging')}",
                "version": _spdx.VERSION,
                "licenses": of_spdx(_spdx.LICENSES),
                "exceptions": of_spdx(_spdx.EXCEPTIONS),
            },
            "python-names": {
                "source": "CPython 3.15 stdlib_module_names.h, keyword.kwlist; before, PyPI package stdlib-list",
                "version": version("stdlib-list"),
                "keywords": keyword.kwlist,
                **stdlib(),
            },
        }
    )
)
