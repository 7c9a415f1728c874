"""A real browser, and what it is to see."""

import base64
import contextlib
import json
import os
import pathlib
import random
import shutil
import socket
import subprocess
import time
import urllib.request

import pytest
import websocket


def chromium():
    """The browser's path. Without one the test is skipped, loudly; in CI it fails."""
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if path := os.environ.get("CHROMIUM") or shutil.which(name):
            return path
    if os.environ.get("CI") == "true":
        pytest.fail("there is no Chromium, and CI may skip nothing")
    pytest.skip("!! SKIPPED: there is no Chromium")


def wait_for(what, probe, seconds=300):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError, LookupError):
            if (value := probe()) is not None:
                return value
        time.sleep(0.2)
    raise TimeoutError(what)


@contextlib.contextmanager
def process(*args, **options):
    p = subprocess.Popen([str(a) for a in args], **options)
    try:
        yield p
    finally:
        p.terminate()
        try:
            p.wait(timeout=20)
        except subprocess.TimeoutExpired:
            p.kill()
            p.wait()


def free_port():
    """A port that stays free until it is used: below those that systems hand out by themselves."""
    while True:
        port = random.randrange(10_000, 32_000)
        with contextlib.suppress(OSError), socket.socket() as s:
            s.bind(("127.0.0.1", port))
            return port


class Page:
    """A page of the browser, by the DevTools protocol."""

    def __init__(self, profile):
        def target():
            port = (profile / "DevToolsActivePort").read_text().split()[0]
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list") as answer:
                for t in json.load(answer):
                    if t["type"] == "page":
                        return t["webSocketDebuggerUrl"]

        self.socket = websocket.create_connection(wait_for("the browser", target), suppress_origin=True, timeout=600)
        self.last = 0

    def call(self, method, **params):
        self.last += 1
        self.socket.send(json.dumps({"id": self.last, "method": method, "params": params}))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") == self.last:
                if "error" in answer:  # the page may be between two addresses: wait_for asks again
                    raise OSError(answer["error"]["message"])
                return answer["result"]

    def js(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in result, result["exceptionDetails"]
        return result["result"].get("value")

    def go(self, url):
        """Opens an address, and returns when the page before it is gone."""
        self.js("window.before = true")
        self.call("Page.navigate", url=url)
        wait_for(url, lambda: self.js("window.before ? undefined : true"))

    def shot(self, name):
        """Keeps a picture of the page for somebody to look at, where LANEBOOK_SCREENSHOTS asks for it."""
        if folder := os.environ.get("LANEBOOK_SCREENSHOTS"):
            png = self.call("Page.captureScreenshot")["data"]
            pathlib.Path(folder, name + ".png").write_bytes(base64.b64decode(png))


@contextlib.contextmanager
def chrome(profile):
    """A browser with one page."""
    browser = process(
        chromium(), "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-port=0",
        f"--user-data-dir={profile}", "--window-size=1280,900", "about:blank", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    with browser:
        yield Page(profile)
