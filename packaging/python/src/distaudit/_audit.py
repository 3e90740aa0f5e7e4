from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable, Sequence
from typing import Literal, Union

from ._command import MISSING, PROGRAM, find_node
from .report import Report

StrPath = Union[str, "os.PathLike[str]"]


class DistauditError(Exception):
    """distaudit could not audit: a path or an option is wrong, there is nothing to audit, or Node is missing."""


def audit(
    paths: StrPath | Iterable[StrPath],
    *,
    profile: Literal["pypi", "default", "strict"] | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    preview: bool = False,
    config: StrPath | None = None,
    no_config: bool = False,
    no_ignores: bool = False,
    source_root: StrPath | None = None,
    compare_with: StrPath | Iterable[StrPath] = (),
    options: Sequence[str] = (),
) -> Report:
    """Audits wheels, sdists and directories of them together, as the command does with the options of the same names.

    ``options`` are more options of the command, as they are written there: ``["--jobs", "2"]``.

    Findings are no error: look at ``report.summary`` or ``report.all_findings()``.

    :raises DistauditError: when the command could not do its work; the text says why.
    """
    node = find_node()
    if node is None:
        raise DistauditError(MISSING)
    command = [node, PROGRAM, "--format", "json", "--fail-on", "never"]
    if profile is not None:
        command += ["--profile", profile]
    for name, rules in (("--select", select), ("--ignore", ignore)):
        joined = ",".join([rules] if isinstance(rules, str) else rules)
        if joined:
            command += [name, joined]
    for name, on in (("--preview", preview), ("--no-config", no_config), ("--no-ignores", no_ignores)):
        if on:
            command.append(name)
    for name, path in (("--config", config), ("--source-root", source_root)):
        if path is not None:
            command.append(f"{name}={os.fspath(path)}")
    command += [f"--compare-with={path}" for path in _texts(compare_with)]
    command += [*options, "--", *_texts(paths)]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    except OSError as error:
        raise DistauditError(f"{node} cannot be started: {error.strerror}.") from error
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise DistauditError(said or f"distaudit ended with status {done.returncode}.")
    return Report.from_json(json.loads(done.stdout))


def _texts(paths: StrPath | Iterable[StrPath]) -> list[str]:
    if isinstance(paths, (str, os.PathLike)):
        return [os.fspath(paths)]
    return [os.fspath(path) for path in paths]
