"""JupyterLab's server with `lanebook study` as its gateway: kernels are ours, files are Jupyter's."""

import contextlib
import json
import os
import pathlib
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid

import pytest
import websocket

from browser import free_port

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOKEN = "for-this-test"


@contextlib.contextmanager
def running(*args, **options):
    process = subprocess.Popen([str(a) for a in args], **options)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Lab:
    """A client of JupyterLab's server."""

    def __init__(self, port):
        self.host = f"127.0.0.1:{port}"

    def ask(self, method, path, body=None):
        request = urllib.request.Request(
            f"http://{self.host}{path}", method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"token {TOKEN}", "Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=180) as response:
            text = response.read()
        return json.loads(text) if text else None

    def open(self, kernel):
        address = f"ws://{self.host}/api/kernels/{kernel}/channels?token={TOKEN}"
        return websocket.create_connection(address, timeout=180)


def send(ws, channel, kind, content):
    """Sends a request and returns its id."""
    message = uuid.uuid4().hex
    header = {"msg_id": message, "msg_type": kind, "session": "s", "username": "u", "version": "5.3", "date": ""}
    ws.send(json.dumps({"channel": channel, "header": header, "parent_header": {}, "metadata": {}, "content": content}))
    return message


def finish(ws, request, seen=None):
    """Reads until the reply and the idle of a request; returns the reply and what was printed."""
    reply, idle, printed = None, False, ""
    while reply is None or not idle:
        message = json.loads(ws.recv())
        if message["parent_header"].get("msg_id") != request:
            continue
        kind, content = message["header"]["msg_type"], message["content"]
        if kind == "stream":
            printed += content["text"]
            if seen:
                seen(printed)
        elif kind == "status":
            idle = content["execution_state"] == "idle"
        elif kind.endswith("_reply"):
            reply = content
    return reply, printed


def execute(ws, code, seen=None):
    content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False, "stop_on_error": True}
    return finish(ws, send(ws, "shell", "execute_request", content), seen)


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    data = tmp_path_factory.mktemp("gateway")
    environment = {**os.environ, "XDG_DATA_HOME": str(data), "JUPYTER_CONFIG_DIR": str(data), "JUPYTER_RUNTIME_DIR": str(data / "run")}
    port = free_port()
    with running(ROOT / "bin" / "lanebook", "study", "--no-open", stdout=subprocess.PIPE, env=environment, text=True) as study:
        address = study.stdout.readline().removeprefix("lanebook study: ").strip()
        base, secret = address.split("/?token=")
        with running(
            sys.executable, "-m", "jupyter", "lab", "--no-browser", f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}",
            f"--gateway-url={base}", f"--GatewayClient.auth_token={secret}", f"--notebook-dir={data}", "--allow-root",
            env=environment, stderr=subprocess.DEVNULL,
        ):
            client = Lab(port)
            for _ in range(600):
                with contextlib.suppress(OSError, urllib.error.HTTPError):
                    if client.ask("GET", "/api/kernelspecs")["kernelspecs"]:
                        break
                time.sleep(0.2)
            yield client


def test_kernelspecs_are_ours(lab):
    specs = lab.ask("GET", "/api/kernelspecs")
    assert specs["default"] == "lanebook"
    assert sorted(specs["kernelspecs"]) == ["gonb", "lanebook"]


def test_session_runs_cells(lab):
    session = lab.ask("POST", "/api/sessions", {"path": "a.ipynb", "name": "", "type": "notebook", "kernel": {"name": "gonb"}})
    kernel = session["kernel"]["id"]
    ws = lab.open(kernel)
    try:
        reply, printed = execute(ws, 'import "fmt"\nvar kept = "世界"\n%%\nfmt.Println("hello,", kept)')
        assert (reply["status"], printed) == ("ok", "hello, 世界\n")
        reply, _ = execute(ws, "%%\nfmt.Println(nowhere)")
        assert reply["status"] == "error" and "nowhere" in reply["evalue"]
        reply, printed = finish(ws, send(ws, "shell", "complete_request", {"code": "strings.ToUp", "cursor_pos": 12}))
        assert "ToUpper" in reply["matches"]
        stopped = []

        def stop(_):
            if not stopped:
                stopped.append(True)
                lab.ask("POST", f"/api/kernels/{kernel}/interrupt")

        reply, _ = execute(ws, 'import "time"\n%%\nfmt.Println("running")\ntime.Sleep(time.Hour)', stop)
        assert reply["status"] in ("error", "aborted")
        assert lab.ask("POST", f"/api/kernels/{kernel}/restart")["id"] == kernel
        reply, printed = execute(ws, 'import "fmt"\n%%\nfmt.Println("after a restart")')
        assert printed == "after a restart\n"
    finally:
        ws.close()
    lab.ask("DELETE", f"/api/sessions/{session['id']}")
    assert kernel not in [k["id"] for k in lab.ask("GET", "/api/kernels")]
