"""The token endpoint in Python 3.9 and newer, with the standard library alone.

`app` is a WSGI application: `gunicorn voice_token:app`, or mounted at /api/voice-token in Flask or Django.
Environment: OPENAI_API_KEY, and VOICE_ORIGINS with your sites, such as https://shop.example,https://www.shop.example
"""

import ipaddress
import json
import os
import re
import threading
import time
import urllib.error
import urllib.request
from collections import Counter

SESSION = {
    "type": "realtime",
    "model": "gpt-realtime-2.1",
    "instructions": "You are the friendly assistant of a bicycle shop. Be brief.",
    "audio": {"input": {"transcription": {"model": "gpt-transcribe"}}, "output": {"voice": "marin"}},
}
# Requests a minute, in each process.
PER_ADDRESS, PER_PROCESS = 10, 100
SERVICE = "https://api.openai.com"

KEY = os.environ["OPENAI_API_KEY"]
BASE = os.environ.get("OPENAI_BASE_URL") or SERVICE
# Without the empty text, which a comma at the end leaves: it would stand for requests without an origin.
ORIGINS = {origin.strip() for origin in os.environ["VOICE_ORIGINS"].split(",")} - {""}


class Refusal(Exception):
    def __init__(self, status, code, message, **headers):
        super().__init__(message)
        self.status, self.code, self.headers = status, code, headers


class Limiter:
    """Counts the requests of the current minute."""

    def __init__(self):
        self._lock, self._minute, self._counts = threading.Lock(), None, Counter()

    def check(self, address):
        with self._lock:
            minute, second = divmod(int(time.time()), 60)
            if minute != self._minute:
                self._minute, self._counts = minute, Counter()
            if self._counts[address] >= PER_ADDRESS or self._counts[None] >= PER_PROCESS:
                raise Refusal("429 Too Many Requests", "rate-limited", "Try again later.", retry_after=60 - second)
            self._counts.update([address, None])


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """The key is sent to no other address."""

    def redirect_request(self, *_):
        return None


limiter = Limiter()
service = urllib.request.build_opener(NoRedirect)


def visitor(environ):
    """An IPv6 visitor owns all addresses of a /64. Behind your own proxy, take the address that it sets."""
    address = ipaddress.ip_address(environ["REMOTE_ADDR"].split("%")[0])
    address = getattr(address, "ipv4_mapped", None) or address
    return ipaddress.ip_network((address, 64), strict=False) if address.version == 6 else address


def new_secret():
    """Asks the service for a client secret. Its texts are not passed on: they may quote the key."""
    asked = {"expires_after": {"anchor": "created_at", "seconds": 60}, "session": SESSION}
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
    url = f"{BASE}/v1/realtime/client_secrets"
    try:
        with service.open(urllib.request.Request(url, json.dumps(asked).encode(), headers), timeout=10) as response:
            body = json.load(response)
            secret, expires_at = body["value"], body.get("expires_at")
    except urllib.error.HTTPError as error:
        if error.code == 429:
            given = error.headers.get("Retry-After", "")
            wait = given if re.fullmatch("[0-9]{1,6}", given) else "60"
            raise Refusal("429 Too Many Requests", "rate-limited", "The service is busy.", retry_after=wait) from None
        known = {401: "upstream-unauthorized", 403: "upstream-unauthorized"}
        code = known.get(error.code, "upstream-unavailable" if error.code >= 500 else "upstream-rejected")
        raise Refusal("502 Bad Gateway", code, "The service refused the request.") from None
    except OSError:
        raise Refusal("502 Bad Gateway", "upstream-unreachable", "The service did not answer.") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        secret = None
    if not isinstance(secret, str) or KEY in secret:
        raise Refusal("502 Bad Gateway", "upstream-invalid", "The service gave no client secret.")
    calls = {} if BASE == SERVICE else {"calls_url": f"{BASE}/v1/realtime/calls"}
    return {"value": secret, "expires_at": expires_at, **calls}


def answer(environ):
    method = environ["REQUEST_METHOD"]
    if environ.get("HTTP_ORIGIN") not in ORIGINS:
        raise Refusal("403 Forbidden", "origin-not-allowed", "This origin is not listed in VOICE_ORIGINS.")
    if method == "OPTIONS":
        return None
    if method != "POST":
        raise Refusal("405 Method Not Allowed", "method-not-allowed", "Use POST.", allow="POST, OPTIONS")
    # A form of another site cannot send this type.
    if environ.get("CONTENT_TYPE", "").split(";")[0].strip() != "application/json":
        raise Refusal("415 Unsupported Media Type", "unsupported-media-type", "Send application/json.")
    limiter.check(visitor(environ))
    return new_secret()


def app(environ, start_response):
    headers = [("Cache-Control", "no-store"), ("Vary", "Origin"), ("X-Content-Type-Options", "nosniff")]
    if environ.get("HTTP_ORIGIN") in ORIGINS:
        headers += [
            ("Access-Control-Allow-Origin", environ["HTTP_ORIGIN"]),
            ("Access-Control-Allow-Methods", "POST"),
            ("Access-Control-Allow-Headers", "Content-Type"),
            ("Access-Control-Expose-Headers", "Retry-After"),
        ]
    try:
        status, body = "200 OK", answer(environ)
    except Refusal as refusal:
        status, body = refusal.status, {"error": {"code": refusal.code, "message": str(refusal)}}
        headers += [(name.replace("_", "-").title(), str(value)) for name, value in refusal.headers.items()]
    if body is None:
        start_response("204 No Content", headers)
        return []
    start_response(status, [*headers, ("Content-Type", "application/json")])
    return [json.dumps(body).encode()]


if __name__ == "__main__":
    # To try it: the endpoint, with the page and the element's file beside it.
    from pathlib import Path
    from wsgiref.simple_server import WSGIRequestHandler, make_server

    FILES = {"/": ("index.html", "text/html"), "/realtime-voice.min.js": ("realtime-voice.min.js", "text/javascript")}

    class Handler(WSGIRequestHandler):
        """Waits 5 seconds at most for more of a request."""

        timeout = 5

    def site(environ, start_response):
        if environ["REQUEST_METHOD"] != "GET" or environ["PATH_INFO"] not in FILES:
            return app(environ, start_response)
        name, content_type = FILES[environ["PATH_INFO"]]
        start_response("200 OK", [("Content-Type", f"{content_type}; charset=utf-8")])
        return [Path("public", name).read_bytes()]

    with make_server("127.0.0.1", int(os.environ.get("PORT", "3000")), site, handler_class=Handler) as server:
        print(f"http://127.0.0.1:{server.server_port}", flush=True)
        server.serve_forever()
