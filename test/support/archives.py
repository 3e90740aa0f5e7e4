"""What tarfile and zipfile read: for each line of the input, a base64 archive, a JSON list of [path, type, size, sha256], or null."""
import base64
import hashlib
import io
import json
import sys
import tarfile
import zipfile


def row(path, kind, content):
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip('=')
    return [path.rstrip('/'), kind, len(content), digest if kind == 'file' else '']


def of_tar(data):
    kinds = ((tarfile.TarInfo.isreg, 'file'), (tarfile.TarInfo.isdir, 'directory'),
             (tarfile.TarInfo.issym, 'symlink'), (tarfile.TarInfo.islnk, 'hardlink'))
    with tarfile.open(fileobj=io.BytesIO(data), mode='r:gz') as tar:
        for member in tar:
            kind = next((name for test, name in kinds if test(member)), 'other')
            yield row(member.name, kind, tar.extractfile(member).read() if kind == 'file' else b'')


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
