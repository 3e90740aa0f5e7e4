"""What tarfile and zipfile read of archives, base64 and one a line: a JSON list of [path, type, size, sha256, link], or the
error."""
import base64
import hashlib
import io
import json
import sys
import tarfile
import zipfile


def row(path, kind, content, link=''):
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip('=')
    return [path.rstrip('/'), kind, len(content), digest if kind == 'file' else '', link]


def of_tar(data):
    kinds = ((tarfile.TarInfo.isreg, 'file'), (tarfile.TarInfo.isdir, 'directory'),
             (tarfile.TarInfo.issym, 'symlink'), (tarfile.TarInfo.islnk, 'hardlink'))
    with tarfile.open(fileobj=io.BytesIO(data), mode='r:gz') as tar:
        for member in tar:
            kind = next((name for test, name in kinds if test(member)), 'other')
            content = tar.extractfile(member).read() if kind == 'file' else b''
            yield row(member.name, kind, content, member.linkname if 'link' in kind else '')


def of_zip(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            folder = member.orig_filename.endswith('/')
            yield row(member.orig_filename, 'directory' if folder else 'file', b'' if folder else archive.read(member))


for line in sys.stdin:
    bytes_ = base64.b64decode(line)
    try:
        print(json.dumps(list((of_zip if bytes_[:2] == b'PK' else of_tar)(bytes_))))
    except (tarfile.TarError, zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as error:
        print(json.dumps(repr(error)))
