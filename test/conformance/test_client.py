"""A kernel's life as jupyter_client, and so every Jupyter front end, drives it."""

import os
import queue
import time

import pytest
from jupyter_client.manager import KernelManager

from test_kernel import WARM_UP

PATIENCE = 60  # seconds, for what takes one

FOREVER = '%%\nfmt.Println("started")\nfor { time.Sleep(time.Second) }'

# A question to the learner, in GoNB's protocol.
QUESTION = """
import ("bufio"; "encoding/gob"; "fmt"; "os")
type DisplayData struct { Data, Metadata map[string]any; DisplayID string }
type InputRequest struct { Prompt string; Password bool }
%%
gob.RegisterName("github.com/janpfeifer/gonb/gonbui/protocol.InputRequest", InputRequest{})
out, err := os.OpenFile(os.Getenv("GONB_PIPE"), os.O_WRONLY, 0)
if err != nil { panic(err) }
if _, err := os.OpenFile(os.Getenv("GONB_PIPE_BACK"), os.O_RDONLY, 0); err != nil { panic(err) }
question := DisplayData{Data: map[string]any{"gonb/jupyter_input": InputRequest{Prompt: "name? "}}}
if err := gob.NewEncoder(out).Encode(question); err != nil { panic(err) }
in := bufio.NewScanner(os.Stdin)
in.Scan()
fmt.Println("hello", in.Text())
"""


@pytest.fixture(params=["tcp", "ipc"])
def kernel(request, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    km = KernelManager(kernel_name="lanebook", transport=request.param)
    km.shutdown_wait_time = 2 * PATIENCE  # after half of it there comes a signal, and in the end a kill
    if request.param == "ipc":
        km.ip = str(tmp_path / "k")
    km.start_kernel(cwd=str(tmp_path))
    kc = km.client()
    kc.start_channels()
    kc.wait_for_ready(timeout=WARM_UP)
    yield km, kc
    kc.stop_channels()
    if km.has_kernel:
        km.shutdown_kernel()


def outputs(kc, msg_id, until):
    """Collects IOPub messages of a request until one satisfies until."""
    collected = []
    deadline = time.monotonic() + WARM_UP
    while time.monotonic() < deadline:
        try:
            msg = kc.get_iopub_msg(timeout=1)
        except queue.Empty:
            continue
        if msg["parent_header"].get("msg_id") == msg_id:
            collected.append(msg)
            if until(msg):
                return collected
    raise TimeoutError(collected)


def is_idle(msg):
    return msg["msg_type"] == "status" and msg["content"]["execution_state"] == "idle"


def text(msgs):
    return "".join(m["content"]["text"] for m in msgs if m["msg_type"] == "stream")


def run(kc, code):
    msgs = outputs(kc, kc.execute(code), is_idle)
    return text(msgs), msgs


def test_interrupt(kernel):
    km, kc = kernel
    msg_id = kc.execute(FOREVER)
    outputs(kc, msg_id, lambda m: m["msg_type"] == "stream")
    km.interrupt_kernel()
    msgs = outputs(kc, msg_id, is_idle)
    assert [m["content"]["ename"] for m in msgs if m["msg_type"] == "error"] == ["Interrupted"]
    assert run(kc, "%%\nfmt.Println(7)")[0] == "7\n"


def test_restart(kernel):
    km, kc = kernel
    run(kc, "func f() int { return 7 }")
    assert run(kc, "%%\nfmt.Println(f())")[0] == "7\n"
    km.restart_kernel()
    kc.wait_for_ready(timeout=WARM_UP)
    out, msgs = run(kc, "%%\nfmt.Println(f())")
    assert out == "" and [m for m in msgs if m["msg_type"] == "error"], "the session was not forgotten"


def test_shutdown_leaves_nothing(kernel, tmp_path):
    km, kc = kernel
    msg_id = kc.execute(FOREVER)
    outputs(kc, msg_id, lambda m: m["msg_type"] == "stream")
    process = km.provisioner.process
    begin = time.monotonic()
    km.shutdown_kernel()
    assert process.poll() == 0, "the kernel was killed, or failed"
    assert time.monotonic() - begin < PATIENCE, "it took a signal"
    assert [f for f in os.listdir(tmp_path) if f.startswith("lanebook")] == []


def test_stdin(kernel):
    _, kc = kernel
    msg_id = kc.execute(QUESTION, allow_stdin=True)
    asked = kc.get_stdin_msg(timeout=WARM_UP)
    assert asked["msg_type"] == "input_request" and asked["content"]["prompt"] == "name? "
    kc.input("Ada 世界")
    assert text(outputs(kc, msg_id, is_idle)) == "hello Ada 世界\n"


def test_heartbeat(kernel):
    _, kc = kernel
    msg_id = kc.execute(FOREVER)
    outputs(kc, msg_id, lambda m: m["msg_type"] == "stream")
    time.sleep(2)  # two beats, while the cell runs
    deadline = time.monotonic() + PATIENCE  # a busy machine may miss one
    while not kc.hb_channel.is_beating():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_flood(kernel):
    _, kc = kernel
    out, msgs = run(kc, "%%\nfor i := range 300_000 { fmt.Println(i) }")
    assert out.count("\n") == 300_000
    assert len(msgs) < 20_000  # one in 20 ms, on a machine however slow
