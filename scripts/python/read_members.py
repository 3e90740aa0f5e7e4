"""Reads the text members of distributions with Python's own parsers, one JSON line a member.

usage: read_members.py DIRECTORY [every-nth]
Each line: {"archive", "member", "kind", "base64", "expected"}; see scripts/compare-with-python.ts.
"""
import base64, configparser, csv, io, json, os, re, sys, tarfile, tomllib, zipfile

from packaging.metadata import parse_email

KINDS = [
    ("metadata", re.compile(r"[^/]+\.dist-info/METADATA|(\./)?[^/]+/PKG-INFO|(\./)?([^/]+/){1,3}[^/]+\.egg-info/PKG-INFO")),
    ("record", re.compile(r"[^/]+\.dist-info/RECORD")),
    ("wheel", re.compile(r"[^/]+\.dist-info/WHEEL")),
    ("entry-points", re.compile(r"[^/]+\.dist-info/entry_points\.txt|(\./)?([^/]+/){1,3}[^/]+\.egg-info/entry_points\.txt")),
    ("pyproject", re.compile(r"(\./)?[^/]+/pyproject\.toml|.*\.toml")),
]


def metadata(data):
    raw, unparsed = parse_email(data)
    return {"raw": raw, "unparsed": unparsed}


def record(data):
    csv.field_size_limit(131072)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return {"utf8": False}
    try:
        return {"rows": list(csv.reader(io.StringIO(text, newline="")))}
    except csv.Error as error:
        return {"error": str(error)}


def wheel(data):
    import email.parser

    message = email.parser.Parser().parsestr(data.decode("utf-8", "replace"))
    return {"items": [[k, v] for k, v in message.items()]}


def entry_points(data):
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return {"utf8": False}
    parser = configparser.ConfigParser(delimiters=("=",), interpolation=None, strict=True)
    parser.optionxform = str
    try:
        parser.read_file(io.StringIO(text, newline=None))
    except configparser.Error as error:
        return {"error": type(error).__name__}
    sections = {name: dict(values) for name, values in parser._sections.items()}
    if parser._defaults:
        sections["DEFAULT"] = dict(parser._defaults)
    return {"sections": sections}


def plain(value):
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        finite = value == value and abs(value) != float("inf")
        small = isinstance(value, float) or abs(value) < 2**53
        return {"number": (value or 0) if finite and small else str(value)}
    if isinstance(value, str):
        return value
    return {"date": value.isoformat()}


def pyproject(data):
    try:
        return {"data": plain(tomllib.loads(data.decode("utf-8")))}
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        return {"error": str(error)}


READERS = {"metadata": metadata, "record": record, "wheel": wheel, "entry-points": entry_points, "pyproject": pyproject}


def members(path):
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                if not info.is_dir() and kind_of(info.filename):
                    yield info.filename, archive.read(info)
    else:
        with tarfile.open(path, "r:*") as archive:
            for info in archive:
                if info.isfile() and kind_of(info.name):
                    yield info.name, archive.extractfile(info).read()


def kind_of(name):
    return next((kind for kind, pattern in KINDS if pattern.fullmatch(name)), None)


def emit(archive, member, kind, data):
    expected = READERS[kind](data)
    line = {"archive": archive, "member": member, "kind": kind, "base64": base64.b64encode(data).decode(), "expected": expected}
    print(json.dumps(line, default=repr))


def main():
    if sys.argv[1] == "-":
        for line in sys.stdin:
            case = json.loads(line)
            emit("", "", case["kind"], base64.b64decode(case["base64"]))
        return
    every = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    for name in sorted(os.listdir(sys.argv[1]))[::every]:
        path = os.path.join(sys.argv[1], name)
        try:
            for member, data in members(path):
                emit(name, member, kind_of(member), data)
        except (OSError, zipfile.BadZipFile, tarfile.TarError, EOFError, RuntimeError, NotImplementedError, ValueError) as error:
            print(f"{name}: {error}", file=sys.stderr)


main()
