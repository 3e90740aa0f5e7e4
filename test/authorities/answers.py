"""What pip, uv, twine and PyPI's own checks make of files: one JSON line for each path that comes in.

Arguments: a directory to work in; a zip of the standard library of the Python that PyPI runs; a checkout of pypi/warehouse, or nothing.

Out: `{"pip": …, "uv": …, "twine": …, "pypi": …}`. A tool that takes the file is left out; `pypi-crash` stands for an exception that
PyPI's upload does not catch. A text that begins with `untried: ` says why a tool could not be asked, or how far it came.
"""
import ast
import contextlib
import http.server
import io
import json
import logging
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import urllib.parse
import warnings
import zipfile
import zlib

warnings.simplefilter("ignore")
SCRATCH, LIBRARY, WAREHOUSE = sys.argv[1], sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else None
SECONDS = 20


class Endless(BaseException):
    pass


def too_long(*_):
    raise Endless()


signal.signal(signal.SIGALRM, too_long)


def plain(text, path):
    """One short line without the directories of this machine."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", text)
    for place in (os.path.dirname(path), SCRATCH, sys.prefix):
        text = text.replace("file://" + place, "").replace(place, "")
    text = re.sub(r"pip-[a-z]+-[a-z0-9_]+", "pip-…", text)
    text = re.sub(r"0x[0-9a-f]{6,}", "0x…", text)
    text = re.sub(r"\.tmp[A-Za-z0-9]{6}|/[0-9a-zA-Z_-]{21}(?=/)|tmp[a-z0-9_]{8}", "…", text)
    return " ".join(text.split())[:240]


def named(error):
    return f"{type(error).__name__}: {error}"


# pip

import pip._internal.cli.main  # noqa: E402
from pip._internal.index.package_finder import LinkEvaluator, LinkType  # noqa: E402
from pip._internal.models.link import Link  # noqa: E402
from pip._internal.models.target_python import TargetPython  # noqa: E402
from pip._internal.models.wheel import Wheel  # noqa: E402
from pip._internal.pyproject import load_pyproject_toml  # noqa: E402
from pip._internal.utils.filetypes import is_archive_file  # noqa: E402
from pip._internal.utils.unpacking import unpack_file  # noqa: E402
from pip._vendor.packaging.utils import canonicalize_name  # noqa: E402
from pip._vendor.packaging.version import InvalidVersion, Version  # noqa: E402

# Which machine it is shall not matter.
Wheel.supported = lambda self, tags: True


def pip_wheel(path, target):
    out = io.StringIO()
    arguments = ["install", "--isolated", "--disable-pip-version-check", "--no-input", "--no-color", "--no-deps", "--no-index"]
    arguments += ["--no-cache-dir", "--no-compile", "--ignore-requires-python", "--target", target, path]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        code = pip._internal.cli.main.main(arguments)
    if code == 0:
        return None
    lines = [line for line in out.getvalue().splitlines() if line.strip()]
    told = [line[7:] for line in lines if line.startswith("ERROR: ")]
    if told and told[0].startswith("Exception:"):
        # The last line of the traceback that is no note.
        return next(line for line in reversed(lines) if re.match(r"[\w.]*(Error|Exception|BadZipFile|\w+):? ?", line))
    return told[0] if told else lines[-1]


def pip_sdist(path, target):
    if not is_archive_file(path):
        return f"Invalid requirement: {os.path.basename(path)!r}"
    os.makedirs(target)
    unpack_file(path, target)
    load_pyproject_toml(os.path.join(target, "pyproject.toml"), os.path.join(target, "setup.py"), os.path.basename(path))


def project_of(filename):
    """The project in whose list an index has the file."""
    name = filename.split("-")[0] if filename.lower().endswith(".whl") else filename.rpartition("-")[0]
    return canonicalize_name(name)


def pip_from_index(filename):
    """Does pip consider the file where an index lists it?"""
    project = project_of(filename)
    formats = frozenset({"binary", "source"})
    evaluator = LinkEvaluator(project, project, formats, TargetPython(), allow_yanked=True, ignore_requires_python=True)
    kind, detail = evaluator.evaluate_link(Link("https://example.org/" + urllib.parse.quote(filename)))
    if kind is not LinkType.candidate:
        return f"from an index: {detail}"
    try:
        Version(detail)
    except InvalidVersion as error:
        return f"from an index: {error}"
    return None


def ask_pip(path, target):
    told = (pip_wheel if path.lower().endswith(".whl") else pip_sdist)(path, target)
    return told or pip_from_index(os.path.basename(path))


# uv

UV = os.path.join(os.path.dirname(sys.executable), "uv")
OTHER_MACHINE = re.compile(r"incompatible with the current platform|has no wheels with a matching|current Python version .* does not satisfy")
NOT_BUILT = re.compile(r"build backend returned an error|Failed to resolve requirements from `?(build-system|setup\.py)")
SERVED = os.path.join(SCRATCH, "served")


class Served(http.server.SimpleHTTPRequestHandler):
    def __init__(self, *arguments):
        super().__init__(*arguments, directory=SERVED)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Served)
threading.Thread(target=server.serve_forever, daemon=True).start()


def run_uv(what, target, *more):
    arguments = [UV, "pip", "install", "--no-config", "--no-deps", "--no-progress", "--color", "never", "--python", sys.executable]
    arguments += ["--cache-dir", os.path.join(SCRATCH, "uv-cache"), "--link-mode", "copy", "--target", target, *more, what]
    done = subprocess.run(arguments, capture_output=True, text=True, errors="replace", timeout=SECONDS, stdin=subprocess.DEVNULL)
    shutil.rmtree(target, ignore_errors=True)
    if done.returncode == 0:
        return None
    text = " ".join(done.stderr.split())
    return text[text.find("error: ") + 7 :] if "error: " in text else text


def brief(told):
    """The causes at the end: what stands before them says which file it is."""
    causes = [one.strip() for one in re.split(r"(?i)\bcaused? ?(?:by)?: ", told or "") if one.strip()]
    return told and ": ".join(causes[-2:])


def download(path, target):
    """As from an index: uv unpacks a wheel while it comes in, and reads it otherwise than one on the disk."""
    folder = os.path.join(SERVED, os.path.basename(os.path.dirname(path)))
    os.makedirs(folder)
    shutil.copyfile(path, os.path.join(folder, os.path.basename(path)))
    address = "/".join(map(urllib.parse.quote, os.path.relpath(path, os.path.dirname(os.path.dirname(path))).split("/")))
    told = run_uv(f"http://127.0.0.1:{server.server_port}/{address}", target, "--no-index")
    shutil.rmtree(folder)
    return told


def uv_from_index(path, target):
    """Does uv take the sdist where an index lists it?"""
    filename = os.path.basename(path)
    number = os.path.basename(os.path.dirname(path))
    folder = os.path.join(SERVED, number, project_of(filename))
    os.makedirs(folder)
    shutil.copyfile(path, os.path.join(folder, filename))
    index = f"http://127.0.0.1:{server.server_port}/{number}/"
    told = run_uv(project_of(filename), target, "--index-url", index, "--prerelease", "allow", "--dry-run")
    shutil.rmtree(os.path.join(SERVED, number))
    return told


def ask_uv(path, target):
    if not path.lower().endswith(".whl"):
        where = ""
        told = run_uv(path, target, "--offline", "--dry-run")
        if told is None and project_of(os.path.basename(path)) != "":
            where = "from an index: "
            told = uv_from_index(path, target)
        if told and NOT_BUILT.search(told):
            return "untried: it would have been built"
        if told is None:
            # The metadata is taken; what a build begins with is looked at before the backend is missing.
            where = ""
            told = run_uv(path, target, "--offline")
            if told and NOT_BUILT.search(told):
                return None
        return told and where + brief(told)
    told = run_uv(path, target, "--offline")
    # A tag with uppercase letters fits no machine.
    if told is not None and OTHER_MACHINE.search(told) and not re.search("-.*-.*[A-Z]", os.path.basename(path)[:-4]):
        # The name and what the resolution needs have been read. The rest is asked under a name that fits this machine.
        given = path
        stem = "-".join(os.path.basename(path).split("-")[:2])
        path = os.path.join(os.path.dirname(path), os.path.basename(os.path.dirname(path)), f"{stem}-py3-none-any.whl")
        os.makedirs(os.path.dirname(path))
        shutil.copyfile(given, path)
        told = run_uv(path, target, "--offline")
        if told is not None and OTHER_MACHINE.search(told):
            return "untried: it is for another Python"
    if told is None:
        told = download(path, target)
        return told and "from an index: " + brief(told)
    return brief(told)


# twine

from twine.commands.check import check as twine_check  # noqa: E402


def ask_twine(path, target):
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            failed = twine_check([path])
        except Exception as error:
            return named(error)
    return out.getvalue() or "failed" if failed else None


# PyPI

def newer(name, file=None):
    with zipfile.ZipFile(LIBRARY) as library:
        source = library.read(file or name + ".py").decode()
    # The last lines of zipfile import a submodule that is not needed here.
    source = source.split("\nfrom ._path import")[0]
    module = type(sys)(name)
    module.__file__ = name + ".py"
    exec(compile(source, name + ".py", "exec"), module.__dict__)
    return module


NEW_ZIPFILE, NEW_TARFILE = newer("zipfile", "zipfile/__init__.py"), newer("tarfile")


class BadRequest(Exception):
    pass


def of_warehouse(path):
    text = subprocess.run(["git", "-C", WAREHOUSE, "show", f"HEAD:{path}"], capture_output=True, text=True, check=True).stdout
    # Written for 3.14.
    return re.sub(r"except ((?:[\w.]+, )+[\w.]+):", r"except (\1):", text)


class Warehouse:
    """Its functions, cut out of their modules: those need a database to be imported."""

    def __init__(self):
        self.zipfiles = self.module("warehouse/utils/zipfiles.py")
        self.wheel = self.module("warehouse/utils/wheel.py")
        legacy = of_warehouse("warehouse/forklift/legacy.py")
        wanted = {"_validate_filename", "_is_valid_dist_file", "_open_dist_file", "_valid_platform_tag", "_commonpath"}
        nodes = [
            node
            for node in ast.parse(legacy).body
            if (isinstance(node, ast.FunctionDef) and node.name in wanted)
            or (isinstance(node, ast.Assign) and not re.search(r"\b(sql|view_config|__|Blake)", ast.unparse(node)))
            or (isinstance(node, ast.Import) and not re.search("sentry|wtforms|legacy", ast.unparse(node)))
        ]
        forms = ast.parse(of_warehouse("warehouse/forklift/forms.py"))
        nodes += [n for n in forms.body if isinstance(n, ast.Assign) and n.targets[0].id == "_filetype_extension_mapping"]

        class Quiet:
            def __getattr__(self, name):
                return lambda *_, **__: contextlib.nullcontext()

        def refuse(kind, message):
            return BadRequest(message)

        self.names = {
            "ExitStack": contextlib.ExitStack, "nullcontext": contextlib.nullcontext, "ONE_MIB": 1 << 20, "ONE_GIB": 1 << 30,
            "sentry_sdk": Quiet(), "HTTPBadRequest": None, "_exc_with_message": refuse, "zipfiles": self.zipfiles,
            "scanner": None, "metrics": Quiet(),
        }
        for node in nodes:
            # What stands for a service or a table of the database is not needed.
            with contextlib.suppress(NameError, AttributeError):
                exec(compile(ast.Module([node], []), "legacy.py", "exec"), self.names)
        self.names["zipfile"], self.names["tarfile"] = NEW_ZIPFILE, NEW_TARFILE
        self.metrics = Quiet()

    def module(self, path):
        module = type(sys)(os.path.basename(path)[:-3])
        exec(compile(of_warehouse(path), path, "exec"), module.__dict__)
        module.zipfile = NEW_ZIPFILE
        return module


PYARMOR = re.compile(rb"__pyarmor__\(__name__, __file__,|__pyarmor_(enter|exit|assert|bcc)__")
SOURCE_DEFENDER = (b"---BEGIN PYE FILE---", b"---END PYE FILE---")


def scan(name, content):
    if PYARMOR.search(content):
        raise BadRequest(f"PyArmor-encrypted content is not allowed: {name}")
    if all(mark in content for mark in SOURCE_DEFENDER):
        raise BadRequest(f"SourceDefender-encrypted content is not allowed: {name}")


def scanned(name):
    return os.path.splitext(name)[1].lower() in (".py", ".pye")


def pypi(path):
    """The steps of the upload that look at the file and its name, in their order."""
    filename = os.path.basename(path)
    wheel = filename.endswith(".whl")
    names = warehouse.names
    kind = "bdist_wheel" if wheel else "sdist"
    names["_validate_filename"](filename, kind)
    with contextlib.ExitStack() as stack:
        try:
            archive = names["_open_dist_file"](path, stack)
        except (NEW_ZIPFILE.BadZipFile, NEW_TARFILE.TarError, EOFError, zlib.error, OSError):
            archive = None
        valid, message = names["_is_valid_dist_file"](path, kind, warehouse.metrics, scan=False, archive=archive)
        if not valid:
            raise BadRequest(message)
        if archive is None:
            raise BadRequest("it cannot be opened")
        if wheel:
            for info in archive.infolist():
                if not info.is_dir() and scanned(info.filename):
                    scan(info.filename, archive.read(info))
        elif hasattr(archive, "getmembers"):
            for member in archive.getmembers():
                if member.isfile() and scanned(member.name):
                    scan(member.name, archive.extractfile(member).read())
        from packaging import utils

        if not wheel:
            try:
                utils.parse_sdist_filename(filename)
            except utils.InvalidSdistFilename as error:
                raise BadRequest(str(error))
            if not filename.endswith(".tar.gz"):
                raise BadRequest("is invalid, should end in .tar.gz")
            return
        try:
            _, _, _, tags = utils.parse_wheel_filename(filename)
        except utils.InvalidWheelFilename as error:
            raise BadRequest(str(error))
        for tag in tags:
            if not names["_valid_platform_tag"](tag.platform):
                raise BadRequest(f"unsupported platform tag {tag.platform!r}")
        project, version = filename.split("-")[:2]
        if project != re.sub(r"[-_.]+", "_", project).lower():
            raise BadRequest("should contain the normalized project name")
        for check in ("validate_record", "validate_entrypoints"):
            try:
                getattr(warehouse.wheel, check)(path)
            except (warehouse.wheel.MissingWheelRecordError, warehouse.wheel.InvalidWheelEntryPointsError) as error:
                raise BadRequest(named(error))
            except warehouse.wheel.InvalidWheelRecordError:
                # The owners get a mail.
                pass
        try:
            archive.read(f"{project}-{version}.dist-info/METADATA")
        except KeyError as error:
            raise BadRequest(str(error))
        if len(os.fsencode(filename)) > 246:
            raise BadRequest("Filename is too long")


warehouse = None


def ask_pypi(path, answer):
    try:
        pypi(path)
    except BadRequest as error:
        answer["pypi"] = str(error)
    except Exception as error:
        answer["pypi-crash"] = named(error)


def guarded(ask, *arguments):
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        return ask(*arguments)
    except Endless:
        return "does not come to an end"
    except BaseException as error:
        return named(error)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def main():
    global warehouse
    if WAREHOUSE:
        warehouse = Warehouse()
    for line in sys.stdin:
        path = json.loads(line)
        answer = {}
        for tool, ask in (("pip", ask_pip), ("uv", ask_uv), ("twine", ask_twine)):
            target = os.path.join(SCRATCH, "deep", "down", "below", "target")
            told = guarded(ask, path, target)
            shutil.rmtree(os.path.join(SCRATCH, "deep"), ignore_errors=True)
            if told is not None:
                answer[tool] = plain(told, path)
        if warehouse:
            told = guarded(ask_pypi, path, answer)
            if told is not None:
                answer["pypi-crash"] = told
            for key in ("pypi", "pypi-crash"):
                if key in answer:
                    answer[key] = plain(answer[key], path)
        print(json.dumps(answer), file=sink, flush=True)


logging.disable(logging.NOTSET)
sink = sys.stdout
main()
