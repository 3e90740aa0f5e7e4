"""Answers what pip, importlib.metadata, ConfigParser and packaging read in a text, with pip's own code where it has some.

In: a byte for the kind (e: entry_points.txt, m: METADATA), four bytes of length, the text. Out: a line of JSON for each.
"""

import configparser
import email
import importlib.metadata
import json
import os
import re
import sys

from packaging.metadata import parse_email
from pip._internal.operations.install import wheel

PATTERN = importlib.metadata.EntryPoint.pattern
SCRIPT = re.compile(r"from (\S+) import \S+\n.*sys\.exit\(([^()]*)\(\)\)", re.S)
FIELDS = ("Name", "Version", "Requires-Python")
LISTS = ("Requires-Dist", "Provides-Extra")


class Files:
    """Takes the place of the file system in distlib."""

    dry_run = False

    def __init__(self):
        self.written = {}

    def write_binary_file(self, path, data):
        if "\0" in path:
            raise ValueError("embedded null byte")
        self.written[path] = data

    def set_executable_mode(self, files):
        pass


class Told:
    """What get_entrypoints wants of a distribution."""

    def __init__(self, entries):
        self.entries = entries

    def iter_entry_points(self):
        return self.entries


def pip_commands(text):
    files = Files()
    console, gui = wheel.get_entrypoints(Told(importlib.metadata.EntryPoints._from_text(text)))
    maker = wheel.PipScriptMaker(None, "/prefix/bin", fileop=files)
    maker.executable = "/usr/bin/python3"
    maker.clobber = True
    maker.variants = {""}
    maker.make_multiple(wheel.get_console_script_specs(console))
    maker.make_multiple(["%s = %s" % pair for pair in gui.items()], {"gui": True})
    commands = {}
    for path, data in files.written.items():
        module, function = SCRIPT.search(data.decode()).groups()
        commands[os.path.relpath(path, "/prefix/bin")] = "%s:%s" % (module, function)
    return commands


def attempt(read, *args):
    try:
        return read(*args)
    except Exception as error:
        return {"refused": "%s: %s" % (type(error).__name__, error)}


def importlib_entries(text):
    return [[e.group, e.name, e.value] for e in importlib.metadata.EntryPoints._from_text(text)]


def specified(text):
    parser = configparser.ConfigParser(delimiters=("=",), interpolation=None)
    parser.optionxform = str
    parser.read_string(text)
    for group in ("console_scripts", "gui_scripts"):
        if group in parser:
            for name in parser[group]:
                if not re.fullmatch(r"[\w.-]+", name):
                    raise ValueError(name)
    own = parser._sections
    groups = {**own, **({"DEFAULT": parser._defaults} if parser._defaults else {})}
    return [[group, name, value] for group, options in groups.items() for name, value in options.items()]


def entry_points(data):
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        refused = {"refused": "UTF-8"}
        return {"pip": refused, "importlib": refused, "configparser": refused, "later": False}
    entries = attempt(importlib_entries, text)
    return {
        "pip": attempt(pip_commands, text),
        "importlib": entries,
        "configparser": attempt(specified, text),
        "later": isinstance(entries, list) and any(not PATTERN.match(value) for _, _, value in entries),
    }


def pip_metadata(data):
    # As importlib.metadata gives it to pip, out of the text that pip decodes.
    message = email.message_from_string(data.decode("utf-8"))
    return {
        **{name: message[name] for name in FIELDS},
        **{name: message.get_all(name, []) for name in LISTS},
    }


def packaging_metadata(data):
    raw, unparsed = parse_email(data)
    return {"raw": {key: value for key, value in raw.items() if key != "description"}, "unparsed": sorted(unparsed)}


def metadata(data):
    return {"pip": attempt(pip_metadata, data), "packaging": attempt(packaging_metadata, data)}


def main():
    while head := sys.stdin.buffer.read(5):
        data = sys.stdin.buffer.read(int.from_bytes(head[1:], "little"))
        print(json.dumps(entry_points(data) if head[:1] == b"e" else metadata(data)), flush=True)


main()
