# Records what Django 3.2 answers, for common_django_test.go:
# /usr/bin/python3 common_django.py > common_django.json
import json, logging, sys
import django
from django.conf import settings
from django.http import HttpResponse, HttpResponseNotFound
from django.urls import path
settings.configure(SECRET_KEY='x', ALLOWED_HOSTS=['.example.com'], ROOT_URLCONF=__name__, MIDDLEWARE=['django.middleware.common.CommonMiddleware'])
logging.disable(logging.CRITICAL)
urlpatterns = [
    path('ok/', lambda r: HttpResponse('ok')),
    path('both', lambda r: HttpResponseNotFound('mine')),
    path('both/', lambda r: HttpResponse('ok')),
    path('a b/', lambda r: HttpResponse('ok')),
    path('\u00e9/', lambda r: HttpResponse('ok')),
]
django.setup()
import re
from django.test import RequestFactory, override_settings
from django.core.handlers.wsgi import WSGIHandler

cases = []
def ask(method, host, target, agent='', **changed):
    with override_settings(**changed):
        handler = WSGIHandler()
        p, _, q = target.partition('?')
        from urllib.parse import unquote_to_bytes
        env = RequestFactory().generic(method, '/').environ
        env.update(PATH_INFO=unquote_to_bytes(p).decode('latin1'), QUERY_STRING=q, HTTP_HOST=host, REQUEST_METHOD=method)
        if agent:
            env['HTTP_USER_AGENT'] = agent
        out = {}
        def start(status, headers):
            out['status'], out['headers'] = int(status[:3]), dict(headers)
        body = b''.join(handler(env, start)).decode()
    shown = {k: ([p.pattern for p in v] if k == 'DISALLOWED_USER_AGENTS' else v) for k, v in changed.items()}
    case = dict(method=method, host=host, target=target, agent=agent, settings=shown, status=out['status'],
        location=out['headers'].get('Location', ''), length=out['headers'].get('Content-Length', ''), type=out['headers'].get('Content-Type', ''))
    if out['status'] >= 500:
        text = [l for l in body.split('\n') if 'You called this URL' in l]
        case['text'] = text[0] if text else ''
    elif out['status'] != 404:
        case['body'] = body
    cases.append(case)

H = 'example.com'
for m in ('GET', 'HEAD', 'POST', 'PUT', 'DELETE'):
    ask(m, H, '/ok')
for t in ('/ok/', '/ok?x=1', '/ok?', '/ok?q=%20&a=b%2Fc', '/a%20b', '/a%20b?q=1', '/%C3%A9', '/both', '/both/', '/nowhere', '/nowhere/', '/', '/ok?next=//evil.com', '/ok?q=a+b', '/ok;v=1'):
    ask('GET', H, t)
ask('GET', H, '/ok', APPEND_SLASH=False)
ask('GET', 'evil.com', '/ok')
ask('GET', 'example.com:8000', '/ok')
for t in ('/ok/', '/ok?x=1', '/nowhere', '/both?x'):
    ask('GET', 'example.com:8000', t, PREPEND_WWW=True)
ask('GET', 'www.example.com', '/ok/', PREPEND_WWW=True)
ask('POST', H, '/ok/', PREPEND_WWW=True)
ask('GET', 'evil.com', '/ok', PREPEND_WWW=True)
bots = [re.compile('(?i)badbot'), re.compile('^curl/')]
ask('GET', 'evil.com', '/ok', agent='The BadBot 1.0', DISALLOWED_USER_AGENTS=bots)
ask('GET', H, '/ok/', agent='curl/8', DISALLOWED_USER_AGENTS=bots)
ask('GET', H, '/ok/', agent='not curl/8', DISALLOWED_USER_AGENTS=bots)
for m in ('GET', 'POST', 'PUT', 'PATCH'):
    ask(m, 'example.com:8055', '/ok?x=1', DEBUG=True)
print('[\n' + ',\n'.join(json.dumps(c, sort_keys=True) for c in cases) + '\n]')
