"""Serves Django sites for the tests: each line of standard input is a site, as
JSON {"middleware": [...], "settings": {...}}. Its port is printed, on a line, when it
listens. They end with standard input.

The server adds no header and reads nothing into a request, so that what Django
says arrives as it is.
"""
import json
import logging
import os
import re
import socket
import sys
import threading
import urllib.parse
from io import BytesIO

import django
from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.wsgi import get_wsgi_application
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.urls import path
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.common import no_append_slash
from django.views.decorators.csrf import csrf_exempt

# What most sites need, loaded once: a site is a fork of this process.
import corsheaders.middleware, django.middleware.clickjacking, django.middleware.common  # noqa
import django.middleware.csrf, django.middleware.gzip, django.middleware.http  # noqa
import whitenoise.middleware, django.middleware.security, django.views.csrf, django.views.debug, django.views.defaults  # noqa


def text(body, **headers):
    response = HttpResponse(body)
    for name, value in headers.items():
        response[name.replace("_", "-")] = value
    return response


def echo(request):
    return text("%s %s ?%s secure=%s host=%s body=%s" % (
        request.method, request.path_info, request.META["QUERY_STRING"],
        str(request.is_secure()).lower(), request.get_host(), request.body.decode()))


def form(request):
    if request.method == "POST":
        return text("posted")
    return text("token=" + get_token(request))


def stream(request):
    return StreamingHttpResponse("line %d of a stream\n" % i for i in range(100))


def own(request):
    return text("own", **{
        "X_Frame_Options": "SAMEORIGIN", "Referrer_Policy": "origin", "X_Content_Type_Options": "sniff",
        "Strict_Transport_Security": "max-age=1", "Cross_Origin_Opener_Policy": "unsafe-none", "Vary": "Cookie"})


def cookie(request):
    response = text("cookie")
    response.set_cookie("a", "1")
    return response


def no_content(request):
    return HttpResponse(status=204)


def moved(request):
    response = HttpResponse(status=302)
    response["Location"] = "/ok/"
    return response


def raises(request):
    raise ValueError("a secret of the program")


def missing(request):
    raise Http404("gone")


def denied(request):
    raise PermissionDenied("not you")


def bad(request):
    raise BadRequest("nonsense")


LONG = "The quick brown fox jumps over the lazy dog. " * 120

urlpatterns = [
    path("ok/", lambda r: text("ok")),
    path("plain", lambda r: text("plain")),
    path("echo/", echo),
    path("form/", form),
    path("exempt/", csrf_exempt(lambda r: text("exempt"))),
    path("unslashed/", no_append_slash(lambda r: text("unslashed"))),
    path("framed/", xframe_options_exempt(lambda r: text("framed"))),
    path("long/", lambda r: text(LONG)),
    path("just/", lambda r: text("x" * 200)),
    path("short/", lambda r: text("x" * 199)),
    path("noise/", lambda r: text(bytes((i * i * 7 + i // 3 * 31) % 256 for i in range(210)))),
    path("tagged/", lambda r: text(LONG, ETag='"abc"', Last_Modified="Sat, 01 Jan 2022 00:00:00 GMT", Cache_Control="max-age=60")),
    path("dated/", lambda r: text("dated", Last_Modified="Sat, 01 Jan 2022 00:00:00 GMT", Content_Language="en")),
    path("nostore/", lambda r: text("nostore", Cache_Control="no-store")),
    path("encoded/", lambda r: text(LONG, Content_Encoding="identity")),
    path("stream/", stream),
    path("own/", own),
    path("cookie/", cookie),
    path("nothing/", no_content),
    path("moved/", moved),
    path("raise/", raises),
    path("missing/", missing),
    path("denied/", denied),
    path("bad/", bad),
    path("things/<int:id>/", lambda r, id: text("thing %d" % id)),
]


def configure(site):
    values = dict(site["settings"])
    for name in ("SECURE_PROXY_SSL_HEADER",):
        if name in values:
            values[name] = tuple(values[name])
    for name in ("DISALLOWED_USER_AGENTS", "IGNORABLE_404_URLS"):
        if name in values:
            values[name] = [re.compile(r) for r in values[name]]
    settings.configure(
        ROOT_URLCONF=__name__, MIDDLEWARE=site["middleware"] or [], LOGGING_CONFIG=None,
        INSTALLED_APPS=["corsheaders"], USE_TZ=True, USE_I18N=False,
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}], **values)
    django.setup()
    return get_wsgi_application()


def read_request(f):
    line = f.readline().decode("latin-1").split()
    if len(line) != 3:
        return None
    method, target, _ = line
    path, _, query = target.partition("?")
    environ = {
        "REQUEST_METHOD": method, "PATH_INFO": urllib.parse.unquote(path, "latin-1"), "QUERY_STRING": query,
        "SERVER_NAME": "server.invalid", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "SCRIPT_NAME": "",
        "REMOTE_ADDR": "127.0.0.1", "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.errors": sys.stderr,
        "wsgi.multithread": False, "wsgi.multiprocess": False, "wsgi.run_once": False,
    }
    while True:
        line = f.readline().decode("latin-1").rstrip("\r\n")
        if not line:
            break
        name, _, value = line.partition(":")
        key, value = name.upper().replace("-", "_"), value.strip()
        if "_" in name:
            continue  # as runserver, nginx and Apache
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            key = "HTTP_" + key
        environ[key] = environ[key] + "," + value if key in environ else value
    environ["wsgi.input"] = BytesIO(f.read(int(environ.get("CONTENT_LENGTH") or 0)))
    return environ


def answer(app, conn):
    with conn, conn.makefile("rb") as f:
        environ = read_request(f)
        if environ is None:
            return
        head = []

        def start_response(status, headers, exc_info=None):
            head.append("HTTP/1.1 %s\r\n" % status)
            head.extend("%s: %s\r\n" % h for h in headers)
            head.append("Connection: close\r\n\r\n")

        result = app(environ, start_response)
        body = b"".join(result)
        if hasattr(result, "close"):
            result.close()
        status = head[0].split()[1]
        if environ["REQUEST_METHOD"] == "HEAD" or status in ("204", "304"):
            body = b""
        conn.sendall("".join(head).encode("latin-1") + body)


def serve(site, listener, output):
    app = configure(site)
    os.write(output, b"%d\n" % listener.getsockname()[1])
    while True:
        conn, _ = listener.accept()
        try:
            answer(app, conn)
        except Exception as e:  # what WSGI servers do: the connection ends
            print("%s: %r" % (site["middleware"], e), file=sys.stderr)


def main():
    logging.disable(logging.CRITICAL)
    for line in sys.stdin:
        site = json.loads(line)
        listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        if os.fork() == 0:
            parent = os.getppid()

            def watch():
                while os.getppid() == parent:
                    threading.Event().wait(0.2)
                os._exit(0)

            threading.Thread(target=watch, daemon=True).start()
            try:
                serve(site, listener, 1)
            except BaseException as e:
                print("%s: %r" % (site, e), file=sys.stderr)
                os.write(1, b"failed\n")
            os._exit(1)
        listener.close()


main()
