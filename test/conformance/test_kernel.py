"""jupyter_kernel_test: Jupyter's own judge of a kernel's messages."""

import jupyter_kernel_test as jkt

WARM_UP = 300  # seconds: the standard library is prepared once per machine


def patient(kc):
    """Makes a client wait on a busy machine.

    The judge gives what must come a tenth of a second, and takes a tenth of a second of silence for the end. But as
    long as a request has not turned idle, there is something to come. And a cell that takes long to build says so in
    a display of its own, which goes away.
    """
    busy = set()
    send, get = kc.shell_channel.send, kc.iopub_channel.get_msg
    get_shell_msg = kc.get_shell_msg

    def sent(msg):
        busy.add(msg["header"]["msg_id"])
        send(msg)

    def got(timeout=None):
        msg = get(timeout=WARM_UP if timeout and busy else timeout)
        if msg["content"].get("transient", {}).get("display_id", "").startswith("progress-"):
            return got(timeout)
        if msg["content"].get("execution_state") == "idle":
            busy.discard(msg["parent_header"].get("msg_id"))
        return msg

    kc.shell_channel.send, kc.iopub_channel.get_msg = sent, got
    kc.get_shell_msg = lambda timeout=None: get_shell_msg(timeout=WARM_UP)


class LanebookTests(jkt.KernelTests):
    kernel_name = "lanebook"
    language_name = "go"
    file_extension = ".go"

    code_hello_world = '%%\nfmt.Println("hello, world")'
    code_stderr = '%%\nfmt.Fprintln(os.Stderr, "oops")'
    code_generate_error = '%%\npanic("on purpose")'
    code_inspect_sample = "%%\nstrings.ToUpper"
    code_display_data = [
        {"code": 'import "lanebook/kernelext"\n%%\nkernelext.HTML("<b>hi</b>")', "mime": "text/html"},
        {"code": 'import "lanebook/kernelext"\n%%\nkernelext.Markdown("*hi*")', "mime": "text/markdown"},
        {"code": 'import "lanebook/kernelext"\n%%\nkernelext.JSON(map[string]int{"a": 1})', "mime": "application/json"},
    ]

    completion_samples = [
        {"text": "%%\nstrings.ToUpp", "matches": {"ToUpper", "ToUpperSpecial"}},
        {"text": '%%\ns := "世界 🎉"\nstrings.TrimSuf', "matches": {"TrimSuffix"}},
        {"text": "%%\nunknown.", "matches": set()},
    ]
    complete_code_samples = ["x := 1", "func f() {}", '%%\nfmt.Println("a")', "!ls"]
    incomplete_code_samples = ["func f() {", "%%\nfor i := range 3 {", "x := `raw"]
    invalid_code_samples = ["func )", "%%\nif }"]

    supported_history_operations = ("tail", "range", "search")
    code_history_pattern = "func*hist?ry*"

    # What this kernel does not have: cells have no value of their own, no
    # pager, and no way to clear what they have shown.
    test_execute_result = None
    test_pager = None
    test_clear_output = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        patient(cls.kc)
        cls.kc.execute_interactive("%%\nfmt.Println(1)", timeout=WARM_UP)

    def test_history(self):
        # The judge takes its cells from the samples of test_execute_result.
        self.code_execute_result = [{"code": "func history() {}"}, {"code": "type A int"}]
        super().test_history()


class WelcomeTests(jkt.IopubWelcomeTests):
    kernel_name = "lanebook"
    support_iopub_welcome = True
