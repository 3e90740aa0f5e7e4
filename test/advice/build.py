"""Builds the sdist and the wheel of every source tree below a folder, each in a process of its own: their errors as JSON."""

import importlib
import json
import os
import sys
import tomllib
import traceback

BACKENDS = ("setuptools.build_meta", "hatchling.build", "flit_core.buildapi", "poetry.core.masonry.api", "pdm.backend", "uv_build")


def build(folder):
    os.chdir(folder)
    table = {}
    if os.path.exists("pyproject.toml"):
        with open("pyproject.toml", "rb") as f:
            table = tomllib.load(f).get("build-system", {})
    module, _, name = table.get("build-backend", "setuptools.build_meta:__legacy__").partition(":")
    backend = importlib.import_module(module)
    for part in filter(None, name.split(".")):
        backend = getattr(backend, part)
    os.mkdir("dist")
    backend.build_sdist("dist", None)
    backend.build_wheel("dist", None, None)


def build_apart(folder):
    errors = folder + ".txt"
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    log = os.open(errors, os.O_WRONLY | os.O_CREAT)
    os.dup2(log, 1)
    os.dup2(log, 2)
    try:
        build(folder)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


root = sys.argv[1]
sys.argv[1:] = []
sys.path[:] = [p for p in sys.path if p not in ("", os.getcwd(), os.path.dirname(os.path.abspath(__file__)))]
for backend in BACKENDS:
    importlib.import_module(backend)
failed = {}
for name in sorted(os.listdir(root)):
    folder = os.path.join(root, name)
    if not build_apart(folder):
        with open(folder + ".txt", encoding="utf-8", errors="replace") as f:
            failed[name] = [line for line in f.read().splitlines() if line.strip()][-1]
print("\n" + json.dumps(failed))
