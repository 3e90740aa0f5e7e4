"""pypiserver that asks distaudit-server about a file before it takes it: python gate.py DIR [PORT]"""

import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request
from wsgiref.simple_server import make_server

import pypiserver
from pypiserver.bottle_wrapper import BaseRequest

SERVICE = os.environ.get("DISTAUDIT_SERVICE", "http://127.0.0.1:8080")
TOKEN = os.environ.get("DISTAUDIT_TOKEN")


def reasons(filename, stream):
    """What PyPI would reject the file for; empty when it would accept it."""
    query = urllib.parse.urlencode({"filename": filename, "profile": "pypi"})
    headers = {"Content-Type": "application/octet-stream"}
    if TOKEN:
        headers["Authorization"] = f"Bearer {TOKEN}"
    request = urllib.request.Request(f"{SERVICE}/audit?{query}", stream.read(), headers)
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            report = json.load(answer)
    except urllib.error.HTTPError as error:
        # Too large, or not to be audited in time: it will be so the next time.
        if error.code not in (413, 422):
            raise
        return [json.load(error)["error"]]
    return [
        f"{finding['message']} ({finding['rule']})"
        for distribution in report["distributions"]
        for finding in distribution["findings"]
        if finding["severity"] == "error"
    ]


def gate(app):
    def guarded(environ, start_response):
        if environ["REQUEST_METHOD"] != "POST":
            return app(environ, start_response)
        upload = BaseRequest(environ).files.get("content")
        if upload is None:
            return app(environ, start_response)
        try:
            found, status = reasons(upload.raw_filename, upload.file), "400"
        except (urllib.error.URLError, TimeoutError) as error:
            found, status = [f"distaudit-server has not audited the file: {error}. Try the upload again."], "503"
        finally:
            # pypiserver reads the form again.
            upload.file.seek(0)
            environ["wsgi.input"].seek(0)
        if not found:
            return app(environ, start_response)
        line = found[0].encode("ascii", "replace").decode().replace("\n", " ")[:500]
        start_response(f"{status} distaudit: {line}", [("Content-Type", "text/plain; charset=utf-8")])
        return ["\n".join(found).encode()]

    return guarded


if __name__ == "__main__":
    folder, port = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 8081
    app = pypiserver.app(roots=[folder], password_file=".", authenticate=[])
    make_server("127.0.0.1", port, gate(app)).serve_forever()
