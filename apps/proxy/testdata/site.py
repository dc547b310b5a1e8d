"""A Django site with django-cors-headers, on a port that it prints; it ends with its input."""

import os
import sys
import threading
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import path

settings.configure(
    DEBUG=False,
    SECRET_KEY="of a test",
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["localhost", "127.0.0.1"],
    INSTALLED_APPS=["corsheaders"],
    MIDDLEWARE=[
        "corsheaders.middleware.CorsMiddleware",
        "django.middleware.security.SecurityMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
    ],
    CORS_ALLOWED_ORIGIN_REGEXES=[".*"],
    CORS_ALLOW_CREDENTIALS=True,
    CORS_EXPOSE_HEADERS=["x-django"],
    SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"),
    LOGGING_CONFIG=None,
)
django.setup()


def hello(request):
    response = JsonResponse({"from": "django", "method": request.method})
    response["X-Django"] = "1"
    return response


def about(request):
    return JsonResponse(
        {
            "uri": request.build_absolute_uri(),
            "secure": request.is_secure(),
            "for": request.META.get("HTTP_X_FORWARDED_FOR"),
            "path": request.path,
            "length": len(request.body),
        }
    )


def form(request):
    if request.method == "POST":
        return HttpResponse("accepted " + request.POST["text"])
    return HttpResponse(get_token(request))


urlpatterns = [path("hello/", hello), path("about/", about), path("form/", form)]


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


server = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Quiet)
print(server.server_port, flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
os._exit(0)
