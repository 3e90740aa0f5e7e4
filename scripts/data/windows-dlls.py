#!/usr/bin/env python3
"""Regenerates src/data/native/windows-metadata.json from the crates windows and windows-sys, which are made from the Win32 metadata.

    cargo init --name x && cargo add windows windows-sys && cargo vendor
    python scripts/data/windows-dlls.py vendor/windows vendor/windows-sys

Each crate names, for every function of a current Windows, the library that exports it. API sets, drivers and programs are left out.
"""

import datetime
import json
import re
import sys
from pathlib import Path

OUT = Path(__file__).parents[2] / "src/data/native/windows-metadata.json"
# Come with an SDK, not with Windows.
REDISTRIBUTABLE = {"vmsavedstatedumpprovider.dll", "mrmsupport.dll", "bcp47mrm.dll", "dxcompiler.dll", "d3dcsx.dll", "ntdllk.dll"}

crates = [Path(one) for one in sys.argv[1:]]
assert len(crates) == 2, __doc__
names = set()
for crate in crates:
    for path in (crate / "src").rglob("*.rs"):
        names |= {name.lower() for name in re.findall(r'link!\(\s*"([^"]+)"', path.read_text())}
names = {name for name in names if name.endswith((".dll", ".drv", ".cpl", ".ocx", ".ax"))} - REDISTRIBUTABLE
names = {name for name in names if not name.startswith(("api-", "ext-"))}
assert {"kernel32.dll", "icuuc.dll", "webauthn.dll", "dxcore.dll"} <= names, sorted(names)
version = re.search(r'^version = "([^"]+)"', (crates[0] / "Cargo.toml").read_text(), re.M)[1]
table = {"source": "windows and windows-sys, made from the Win32 metadata (MIT)", "version": version, "dlls": sorted(names)}
old = json.loads(OUT.read_text()) if OUT.exists() else {}
date = old.pop("date", None)
table["date"] = date if date and old == table else datetime.date.today().isoformat()
OUT.write_text(json.dumps(table, separators=(",", ":"), sort_keys=True) + "\n")
