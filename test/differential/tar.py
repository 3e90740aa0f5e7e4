"""What Python's tarfile, pip and PyPI's checks make of tars: one JSON line for each that comes in.

In: four bytes of length (little-endian), one byte `z` for gzip or `t` for a plain tar, the bytes. The first argument is a
directory to unpack into. The second, when given, is a zip of a newer standard library: tarfile and os.path are taken from it, and
PyPI's checks are made.
"""
import importlib.abc
import importlib.util
import io
import json
import logging
import os
import resource
import shutil
import signal
import sys
import zipfile
import zlib

is_newer = len(sys.argv) > 2
if is_newer:
    def newer(name):
        with zipfile.ZipFile(sys.argv[2]) as library:
            source = library.read(name + ".py")
        module = type(sys)(name)
        module.__file__ = name + ".py"
        sys.modules[name] = module
        exec(compile(source, name + ".py", "exec"), module.__dict__)
        return module

    newer("genericpath")
    os.path = newer("posixpath")
    sys.modules["os.path"] = os.path
    newer("tarfile")
    # tarfile looks for zstd at every file, where this Python does not have it.
    if importlib.util.find_spec("compression") is None:
        sys.modules["compression"] = None

import tarfile  # noqa: E402

try:
    from pip._internal.utils.unpacking import untar_file
except ImportError:
    untar_file = None

logging.disable(logging.CRITICAL)
# What takes more is an error of that case, not of the machine.
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))


class Endless(BaseException):
    pass


def too_long(*_):
    raise Endless()


signal.signal(signal.SIGPROF, too_long)


def guarded(work):
    """The result, or the name of what was raised."""
    signal.setitimer(signal.ITIMER_PROF, 5)
    try:
        return work()
    except Endless:
        return {"error": "Endless", "text": "does not come to an end"}
    except BaseException as error:
        return {"error": type(error).__name__, "text": str(error)[:200], "tar": isinstance(error, (tarfile.TarError, EOFError, zlib.error))}
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


TYPES = {tarfile.LNKTYPE: "hardlink", tarfile.SYMTYPE: "symlink", tarfile.DIRTYPE: "directory", tarfile.FIFOTYPE: "fifo", tarfile.CHRTYPE: "device", tarfile.BLKTYPE: "device"}


def listing(data, mode):
    rows = []
    with tarfile.open(fileobj=io.BytesIO(data), mode=mode, encoding="utf-8") as tar:
        for member in tar.getmembers():
            kind = TYPES.get(member.type, "file" if member.isreg() or member.issparse() else "unknown")
            has_data = kind in ("file", "unknown")
            content = None
            if has_data and member.sparse is None:
                content = "%08x" % zlib.crc32(tar.extractfile(member).read())
            rows.append([member.name, kind, member.size if has_data else 0, member.linkname if kind.endswith("link") else None, content])
    return {"members": rows}


SCANNED = (".py", ".pye")


def pypi(data, mode):
    """PyPI's checks of an sdist: the steps that shared/reference/warehouse.md and the docs of PyPI tell."""
    try:
        tarfile.open(fileobj=io.BytesIO(data), mode="r:*").close()
    except (tarfile.TarError, EOFError, zlib.error):
        return {"refused": "not a tar"}
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode=mode) as tar:
            for member in tar.getmembers():
                if member.issparse() or any(key.startswith("GNU.sparse.") for key in member.pax_headers):
                    return {"refused": "sparse"}
            top = os.path.commonpath(tar.getnames()) if tar.getnames() else ""
            if top in (".", "/", ""):
                return {"refused": "tops"}
            try:
                tar.getmember(top + "/PKG-INFO")
            except KeyError:
                return {"refused": "no PKG-INFO"}
            for member in tar.getmembers():
                if member.isfile() and os.path.splitext(member.name)[1].lower() in SCANNED:
                    tar.extractfile(member).read()
    except (tarfile.ReadError, EOFError, zlib.error) as error:
        return {"refused": "broken: " + type(error).__name__}
    return {"ok": True}


# A sparse map can state any size.
LARGEST = 1 << 20


def walk(root):
    tree = {}
    for where, folders, files in os.walk(root):
        for name in folders + files:
            path = os.path.join(where, name)
            short = os.path.relpath(path, root)
            if os.path.islink(path):
                tree[short] = "l:" + os.readlink(path)
            elif os.path.isdir(path):
                tree[short] = "d"
            elif os.path.getsize(path) > LARGEST:
                tree[short] = "f:of %d bytes" % os.path.getsize(path)
            else:
                with open(path, "rb") as file:
                    tree[short] = "f:" + file.read().hex()
    return tree


def unpack(path, into):
    untar_file(path, into)
    return {"tree": walk(into)}


def main():
    scratch = sys.argv[1]
    into = os.path.join(scratch, "python-%d" % os.getpid(), "out")
    box = os.path.dirname(into)
    source, sink = sys.stdin.buffer, sys.stdout
    while True:
        head = source.read(5)
        if len(head) < 5:
            return
        data = source.read(int.from_bytes(head[:4], "little"))
        gz = head[4:] == b"z"
        mode = "r:gz" if gz else "r:"
        answer = {"list": guarded(lambda: listing(data, mode))}
        if is_newer:
            answer["pypi"] = guarded(lambda: pypi(data, mode))
        if untar_file is not None:
            os.makedirs(box)
            path = os.path.join(box, "in.tar.gz" if gz else "in.tar")
            with open(path, "wb") as file:
                file.write(data)
            answer["pip"] = guarded(lambda: unpack(path, into))
            shutil.rmtree(box, ignore_errors=True)
        sink.write(json.dumps(answer, ensure_ascii=True) + "\n")
        sink.flush()


main()
