"""What Python's zipfile, pip and PyPI's checks make of wheels: one JSON line for each that comes in.

In: four bytes of length (little-endian), the bytes. The first argument is the name of the wheels. The second is a zip of a newer
standard library, whose zipfile is asked as well: PyPI's checks run with that one.

Out: `{"old": …, "new": …, "pip": error or null, "pypi": null or ["refused" or "crash", message]}`. `old` and `new` are
`{"error": …}` where the archive cannot be opened, else `{"members": {name: SHA-256, or null for what cannot be read}}`.
PyPI's checks are written from their description in docs/conformance.md.
"""
import hashlib
import io
import json
import os.path
import struct
import sys
import warnings
import zipfile as old
import zipfile
import types

warnings.warn = lambda *_, **__: None
FILENAME = sys.argv[1]
DIST_INFO = "-".join(FILENAME.split("-")[:2]) + ".dist-info"


def newer(library):
    """The module as a newer Python has it."""
    with zipfile.ZipFile(library) as archive:
        source = archive.read("zipfile/__init__.py").decode()
    module = types.ModuleType("newer_zipfile")
    # The last lines import a submodule that is not needed here.
    source = source.split("\nfrom ._path import")[0]
    module.__file__ = "newer_zipfile.py"
    exec(compile(source, "newer_zipfile.py", "exec"), module.__dict__)
    return module


new = newer(sys.argv[2])


def named(error):
    return f"{type(error).__name__}: {error}"


def members_of(archive):
    """Each name with the content that a reader gets who asks for the name; directories have none."""
    found = {}
    errors = {}
    for name in archive.namelist():
        if name.endswith("/") or name in found:
            continue
        try:
            found[name] = hashlib.sha256(archive.read(name)).hexdigest()
        except Exception as error:
            found[name] = None
            errors[name] = named(error)
    return found, errors


ALWAYS_READ = {f"{DIST_INFO}/{name}" for name in ("WHEEL", "METADATA", "entry_points.txt")}


def pip(archive, errors):
    """Why pip does not unpack it, or None. Empty files are made without a look at their content."""
    names = [name for name in archive.namelist() if not name.endswith("/")]
    landings = {os.path.normpath(os.path.join("/target", name)) for name in names}
    above = {os.path.dirname(path) for path in landings}
    for path in list(above):
        while len(path) > 1:
            above.add(path)
            path = os.path.dirname(path)
    for name in archive.namelist():
        inside = os.path.normpath(os.path.join("/target", name))
        if name.endswith("/"):
            continue
        if not inside.startswith("/target/"):
            return f"no file inside: {name}"
        if inside in above:
            return f"a directory as well: {name}"
        if name in errors and (archive.getinfo(name).file_size > 0 or name in ALWAYS_READ):
            return errors[name]
    return None


class Refused(Exception):
    pass


UNPRINTABLE = set(range(0x20)) | {0x7F}


class Walk:
    """PyPI's walk over the records, from byte 0."""

    def __init__(self, archive, data):
        self.data = data
        self.at = 0
        self.sizes = {info.orig_filename: (info.compress_size, info.file_size) for info in archive.filelist}

    def take(self, length):
        piece = self.data[self.at : self.at + length]
        if len(piece) < length:
            raise Refused("Malformed zip file")
        self.at += length
        return piece

    def run(self):
        local, central = set(), set()
        directory = None
        directory_size = 0
        records = 0
        end64 = located = None
        stated = None
        while True:
            start = self.at
            signature = self.take(4)
            if signature == b"PK\5\6":
                if end64 is not None and located is None:
                    raise Refused("Malformed zip file")
                if directory is None:
                    directory = start
                plain = self.end()
                if located is None or stated is None:
                    stated = plain
                if stated[0] != records:
                    raise Refused("Mismatched central directory records")
                if stated[2] != directory:
                    raise Refused("Mismatched central directory offset")
                if stated[1] != directory_size:
                    raise Refused("Mismatched central directory size")
                break
            if signature == b"PK\1\2":
                if directory is None:
                    directory = start
                records += 1
                name, extra = self.central()
                directory_size += 46 + len(name) + len(extra)
                if name in central:
                    raise Refused("Duplicate filename in central directory")
                if name not in local:
                    raise Refused("Missing filename in local headers")
                central.add(name)
            elif signature == b"PK\3\4":
                name = self.local()
                if name in local:
                    raise Refused("Duplicate filename in local headers")
                local.add(name)
            elif signature == b"PK\6\6":
                end64 = start
                stated = self.end64()
            elif signature == b"PK\6\7":
                located = struct.unpack("<4xQ4x", self.take(16))[0]
            else:
                raise Refused("Unknown record signature")
        if central != local:
            raise Refused("Mis-matched local headers and central directory")
        if self.at != len(self.data):
            raise Refused("Trailing data")

    def end(self):
        here, total, size, offset, comment = struct.unpack("<4xHHIIH", self.take(18))
        if here != total:
            raise Refused("Malformed zip file")
        # A comment that is cut is not noticed here, but as data that is missing.
        self.at += comment
        return total, size, offset

    def end64(self):
        length, here, total, size, offset = struct.unpack("<Q12xQQQQ", self.take(52))
        if here != total:
            raise Refused("Malformed zip file")
        if length != 44:
            raise Refused("ZIP64 extensible data not allowed")
        return total, size, offset

    def central(self):
        fields = self.take(42)
        name_length, extra_length, comment_length = struct.unpack("<24x3H12x", fields)
        if comment_length:
            raise Refused("Comment in central directory")
        name = self.take(name_length)
        extra = self.take(extra_length)
        if UNPRINTABLE & set(name):
            raise Refused("Invalid character in filename")
        return name, extra

    def local(self):
        flags, method, packed, size, name_length, extra_length = struct.unpack("<2xHH8xIIHH", self.take(26))
        name = self.take(name_length)
        extra = self.take(extra_length)
        if UNPRINTABLE & set(name):
            raise Refused("Invalid character in filename")
        seen = set()
        while extra:
            if len(extra) < 4:
                raise Refused("Malformed zip file")
            kind, length = struct.unpack("<HH", extra[:4])
            body, extra = extra[4 : 4 + length], extra[4 + length :]
            if len(body) < length:
                raise Refused("Malformed zip file")
            if kind in seen and kind in (0x0001, 0x7075):
                raise Refused("Invalid duplicate extra in local file")
            seen.add(kind)
            if kind == 0x0001:
                packed, size = self.zip64(body, method, packed, size)
            elif kind == 0x7075:
                if UNPRINTABLE & set(body[5:]):
                    raise Refused("Invalid character in filename")
                try:
                    body[5:].decode()
                except UnicodeError:
                    raise Refused("Filename not valid UTF-8")
        if flags & 8:
            raise Refused("ZIP contains a data descriptor")
        try:
            stated = self.sizes.get(name.decode())
        except UnicodeError:
            raise Refused("Filename not unicode")
        if stated is None:
            raise Refused("Filename not in central directory")
        if stated[0] != packed:
            raise Refused("Mis-matched data size")
        if stated[1] != size:
            raise Refused("Mis-matched file size")
        self.at += packed
        return name

    @staticmethod
    def zip64(body, method, packed, size):
        if len(body) not in (0, 8, 16, 24, 28):
            raise Refused("Malformed zip file")
        if not body:
            if 0xFFFFFFFF in (packed, size):
                raise Refused("Malformed zip file")
            return packed, size
        first = struct.unpack("<Q", body[:8])[0]
        if len(body) == 8:
            if method != 0:
                raise Refused("Malformed zip file")
            return first, first if size == 0xFFFFFFFF else size
        return struct.unpack("<Q", body[8:16])[0], first if size == 0xFFFFFFFF else size


def upload(data):
    """What PyPI answers to the upload, as far as the archive decides it: None, or who stops and why."""
    file = io.BytesIO(data)
    try:
        archive = new.ZipFile(file)
    except new.BadZipFile as error:
        return "refused", named(error)
    except Exception as error:
        return "crash", named(error)
    try:
        if not new.is_zipfile(io.BytesIO(data)):
            raise Refused("File is not a zipfile")
        if any(info.compress_type not in (0, 8) for info in archive.infolist()):
            raise Refused("File does not use a supported compression type")
        unpacked = sum(info.file_size for info in archive.infolist())
        if unpacked > 64 * 1024 * 1024 and unpacked > 50 * len(data):
            raise Refused("too compressed")
        try:
            archive.read(f"{DIST_INFO}/WHEEL")
        except KeyError:
            raise Refused("WHEEL not found")
        for info in archive.infolist():
            if not info.is_dir() and os.path.splitext(os.path.basename(info.filename))[1].lower() in (".py", ".pye"):
                archive.read(info.filename)
        Walk(archive, data).run()
    except Refused as error:
        return "refused", str(error)
    except new.BadZipFile as error:
        return "refused", named(error)
    except Exception as error:
        return "crash", named(error)
    for name in ("RECORD", "entry_points.txt", "METADATA"):
        try:
            archive.read(f"{DIST_INFO}/{name}")
        except KeyError:
            if name != "entry_points.txt":
                return "refused", f"{name} not found"
        except Exception as error:
            return "crash", named(error)
    return None


def answer(data):
    result = {"pip": None}
    for key, module in (("old", old), ("new", new)):
        try:
            archive = module.ZipFile(io.BytesIO(data))
            if not archive.filelist:
                raise LookupError("no member, so no .dist-info")
        except Exception as error:
            result[key] = {"error": named(error)}
            if key == "old":
                result["pip"] = named(error)
            continue
        found, errors = members_of(archive)
        result[key] = {"members": found, "errors": errors}
        if key == "old":
            result["pip"] = pip(archive, errors)
    result["pypi"] = upload(data)
    return result


source = sys.stdin.buffer
while head := source.read(4):
    (length,) = struct.unpack("<I", head)
    print(json.dumps(answer(source.read(length))), flush=True)
