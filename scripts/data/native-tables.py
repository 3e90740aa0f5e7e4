#!/usr/bin/env python3
"""Regenerates src/data/native/*.json from the PyPI packages auditwheel, abi3info and delvewheel.

    python -m venv v && v/bin/pip install auditwheel abi3info delvewheel
    v/bin/python scripts/data/native-tables.py [OUTDIR]

Each file names the upstream package, its version and the day the table was taken from it. The script stops when an upstream shape
that it relies on has changed: policies must be nested, so that "oldest policy that has this version" says it all.
"""

import datetime
import importlib.metadata
import importlib.resources
import json
import sys
from pathlib import Path

OUT = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[2] / "src/data/native")


def source(package, licence):
    return {"source": f"{package} ({licence})", "version": importlib.metadata.version(package)}


def put(name, table):
    """Writes a table; its date stays while nothing else has changed, so that CI can compare."""
    path = OUT / name
    old = json.loads(path.read_text()) if path.exists() else {}
    table = json.loads(json.dumps(table))
    date = old.pop("date", None)
    table["date"] = date if date and old == table else datetime.date.today().isoformat()
    OUT.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(table, separators=(",", ":"), sort_keys=True) + "\n")


def policies(kind):
    text = (importlib.resources.files("auditwheel") / "policy" / f"{kind}-policy.json").read_text()
    return [policy for policy in json.loads(text) if policy["name"] != "linux"]


def manylinux():
    oldest_first = sorted(policies("manylinux"), key=lambda policy: -policy["priority"])
    arches = {}
    for arch in sorted({arch for policy in oldest_first for arch in policy["symbol_versions"]}):
        having = [index for index, policy in enumerate(oldest_first) if arch in policy["symbol_versions"]]
        assert having == list(range(having[0], len(oldest_first))) or arch == "ppc64", (arch, having)
        prefixes = {tuple(sorted(oldest_first[index]["symbol_versions"][arch])) for index in having}
        assert len(prefixes) == 1, (arch, prefixes)
        versions = {}
        for prefix in prefixes.pop():
            oldest = versions[prefix] = {}
            for index in having:
                listed = set(oldest_first[index]["symbol_versions"][arch][prefix])
                assert set(oldest) <= listed, (arch, prefix, index)
                for version in listed:
                    oldest.setdefault(version, index)
        arches[arch] = {"policies": having, "versions": versions}
    libraries, blacklist = {}, {}
    for index, policy in enumerate(oldest_first):
        assert set(libraries) <= set(policy["lib_whitelist"])
        for library in policy["lib_whitelist"]:
            libraries.setdefault(library, index)
        for library, symbols in policy["blacklist"].items():
            for symbol in symbols:
                blacklist.setdefault(library, {}).setdefault(symbol, [index, index])[1] = index
    return {
        **source("auditwheel", "MIT"),
        "names": [policy["name"] for policy in oldest_first],
        "aliases": {policy["name"]: policy["aliases"] for policy in oldest_first if policy["aliases"]},
        "arches": arches,
        "libs": libraries,
        "blacklist": blacklist,
    }


def stable_abi():
    from abi3info import DATAS, FUNCTIONS

    added, conditional = {}, {}
    for symbol, entry in sorted((symbol.name, entry) for kind in (FUNCTIONS, DATAS) for symbol, entry in kind.items()):
        assert entry.added.major == 3, symbol
        added.setdefault(entry.added.minor, []).append(symbol)
        if entry.ifdef:
            conditional[symbol] = entry.ifdef.name
    return {
        **source("abi3info", "MIT; facts from CPython's Misc/stable_abi.toml, PSF-2.0"),
        "added": added,
        "ifdef": conditional,
    }


def windows():
    from delvewheel import _dll_list as lists

    arches = {key.name: set(names) for key, names in lists.ignore_names.items()}
    bits = {"I386": 1, "AMD64": 2, "ARM64": 4}
    by_bits = {}
    for name in sorted(set().union(*arches.values())):
        by_bits.setdefault(sum(bits[arch] for arch in arches if name in arches[arch]), []).append(name)
    return {
        **source("delvewheel", "MIT"),
        "bits": bits,
        "dlls": {str(key): names for key, names in sorted(by_bits.items())},
        "regexes": sorted(pattern.pattern for pattern in lists.ignore_regexes),
        "by_abi_platform": {key: sorted(names) for key, names in lists.ignore_by_abi_platform.items()},
        "abi3": {key: sorted(names) for key, names in lists.ignore_abi3.items()},
        "vc_redist": lists.vc_redist.pattern,
    }


put("manylinux.json", manylinux())
put(
    "musllinux.json",
    {
        **source("auditwheel", "MIT"),
        "policies": {
            policy["name"]: {
                "arches": sorted(policy["symbol_versions"]),
                "libs": policy["lib_whitelist"],
                "blacklist": policy["blacklist"],
            }
            for policy in policies("musllinux")
        },
    },
)
put(
    "android.json",
    {
        **source("auditwheel", "MIT"),
        "policies": {
            policy["name"]: {"arches": sorted(policy["symbol_versions"]), "libs": policy["lib_whitelist"]}
            for policy in policies("android")
        },
    },
)
put("abi3.json", stable_abi())
put("windlls.json", windows())
