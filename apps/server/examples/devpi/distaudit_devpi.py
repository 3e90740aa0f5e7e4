"""A plug-in for devpi-server: asks distaudit-server about a file before devpi takes it."""

import json
import os
import urllib.error
import urllib.parse
import urllib.request

from pluggy import HookimplMarker
from pyramid.httpexceptions import HTTPBadRequest, HTTPServiceUnavailable

hookimpl = HookimplMarker("devpiserver")
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


def tween_factory(handler, registry):
    def tween(request):
        if request.method != "POST" or request.POST.get(":action") != "file_upload":
            return handler(request)
        content = request.POST.get("content")
        if not hasattr(content, "file"):
            return handler(request)
        try:
            found = reasons(content.filename, content.file)
        except (urllib.error.URLError, TimeoutError) as error:
            return HTTPServiceUnavailable(f"distaudit-server has not audited the file: {error}. Try the upload again.")
        finally:
            content.file.seek(0)
        if found:
            # Clients show the status line, and the body with --verbose.
            refused = HTTPBadRequest("\n".join(found))
            refused.status = f"400 distaudit: {found[0]}".encode("ascii", "replace").decode()[:500].replace("\n", " ")
            return refused
        return handler(request)

    return tween


@hookimpl
def devpiserver_pyramid_configure(config, pyramid_config):
    pyramid_config.add_tween("distaudit_devpi.tween_factory")
