"""Builds the wheel of the source tree in the current directory as a frontend does: `fails`, or its name and version."""

import importlib, os, sys, tempfile

try:
    import tomllib
except ImportError:
    import tomli as tomllib

try:
    with open("pyproject.toml", "rb") as f:
        table = tomllib.load(f).get("build-system", {})
except FileNotFoundError:
    table = {}
module, _, name = table.get("build-backend", "setuptools.build_meta:__legacy__").partition(":")
# A frontend runs the hooks in another process, whose path lacks the source tree.
sys.path[:] = [os.path.abspath(p) for p in table.get("backend-path", [])] + [p for p in sys.path if p not in ("", os.getcwd(), os.path.dirname(os.path.abspath(__file__)))]
sys.argv[1:] = []
try:
    # pip and build look for it nowhere else.
    if "backend-path" in table and not any(os.path.exists(os.path.join(path, module.split(".")[0] + end)) for path in table["backend-path"] for end in ("", ".py")):
        print("\nfails")
        sys.exit()
    backend = importlib.import_module(module)
except ImportError as error:
    print(f"\nskipped: {error}")
    sys.exit()
for part in filter(None, name.split(".")):
    backend = getattr(backend, part)
with tempfile.TemporaryDirectory() as target:
    if hasattr(backend, "get_requires_for_build_wheel"):
        backend.get_requires_for_build_wheel(None)
    wheel = backend.build_wheel(target, None, None)
print("\n" + "-".join(wheel.split("-")[:2]))
