// Drives `lanebook study` with JupyterLab's own client library, as a foreign
// judge of the server's kernel API: start, execute, input, interrupt, restart
// and shut down, over both WebSocket protocols, and once as VS Code connects.
//
//   node probe.mjs ../../bin/lanebook        starts a server of its own
//   node probe.mjs 'http://127.0.0.1:…?token=…'  uses one that runs
//
// It exits with 0 when everything held, and names the step that did not.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import WebSocket from 'ws';

// The library is CommonJS and written for browsers.
const {
  KernelManager, KernelSpecManager, ServerConnection, SessionManager, KernelAPI,
} = createRequire(import.meta.url)('@jupyterlab/services');

const patience = 180_000; // the first cell prepares Go's standard library

/** A WebSocket that offers no subprotocol, so that JSON text is spoken. */
class TextSocket extends WebSocket {
  constructor(url) { super(url); }
}

const protocols = [
  { name: 'v1.kernel.websocket.jupyter.org', socket: WebSocket },
  { name: 'JSON text', socket: TextSocket },
];

/** Rejects when a promise takes too long, and says which. */
function within(promise, what, time = patience) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: nothing after ${time / 1000} s`)), time);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

async function step(name, run) {
  const start = Date.now();
  try {
    const result = await within(run(), name);
    console.error(`ok    ${name} (${Date.now() - start} ms)`);
    return result;
  } catch (err) {
    console.error(`FAIL  ${name}`);
    throw err;
  }
}

/** Runs a cell; returns its reply, what it printed and its errors. */
async function execute(kernel, code, { answer, onOutput } = {}) {
  const future = kernel.requestExecute({ code, allow_stdin: answer !== undefined });
  const seen = { stdout: '', stderr: '', errors: [], states: [] };
  future.onIOPub = (msg) => {
    switch (msg.header.msg_type) {
      case 'stream': seen[msg.content.name] += msg.content.text; break;
      case 'error': seen.errors.push(msg.content); break;
      case 'status': seen.states.push(msg.content.execution_state); break;
    }
    onOutput?.(msg, seen);
  };
  if (answer !== undefined) {
    future.onStdin = (msg) => kernel.sendInputReply({ status: 'ok', value: answer }, msg.header);
  }
  const reply = await within(future.done, `cell ${JSON.stringify(code)}`);
  assert.equal(seen.states[0], 'busy');
  assert.equal(seen.states.at(-1), 'idle');
  return { ...seen, reply: reply.content };
}

const print = (text) => `import "fmt"\n%%\nfmt.Println(${JSON.stringify(text)})`;
const endless = 'import ("fmt"; "time")\n%%\nfmt.Println("running")\nfor { time.Sleep(time.Millisecond) }';

/** Starts the endless cell and resolves when it runs. */
function startEndless(kernel) {
  let done;
  const running = new Promise((resolve) => {
    done = execute(kernel, endless, {
      onOutput: (_, seen) => { if (seen.stdout.includes('running')) resolve(); },
    });
    done.catch(() => {}); // a restart ends it without a reply
  });
  return { running, done };
}

async function judge(serverSettings) {
  const kernels = new KernelManager({ serverSettings });
  const sessions = new SessionManager({ serverSettings, kernelManager: kernels });
  const specs = new KernelSpecManager({ serverSettings });
  try {
    await step('kernelspecs', async () => {
      await specs.ready;
      assert.equal(specs.specs.default, 'lanebook');
      assert.deepEqual(Object.keys(specs.specs.kernelspecs).sort(), ['gonb', 'lanebook']);
      assert.equal(specs.specs.kernelspecs.lanebook.language, 'go');
    });
    const session = await step('start a session', async () => {
      await sessions.ready;
      const started = await sessions.startNew({
        path: `probe-${Date.now()}.ipynb`, type: 'notebook', name: 'probe', kernel: { name: 'gonb' },
      });
      const info = await started.kernel.info;
      assert.equal(info.language_info.name, 'go');
      return started;
    });
    const { kernel } = session;
    assert.equal(kernel.name, 'gonb');

    await step('execute', async () => {
      const got = await execute(kernel, print('hello, 世界'));
      assert.deepEqual(got.errors, []);
      assert.equal(got.stdout, 'hello, 世界\n');
      assert.equal(got.reply.status, 'ok');
    });
    await step('a wrong cell', async () => {
      const got = await execute(kernel, '%%\nvar x int = "text"');
      assert.equal(got.reply.status, 'error');
      assert.equal(got.errors.length, 1);
      assert.match(got.errors[0].traceback.join('\n'), /cell\[\d+\]:2/);
    });
    await step('input', async () => {
      const got = await execute(kernel, 'import ("bufio"; "fmt"; "os")\n%%\n' +
        'line, _ := bufio.NewReader(os.Stdin).ReadString(\'\\n\')\nfmt.Print("you said ", line)', { answer: 'Ada' });
      assert.match(got.stdout, /you said Ada/);
    });
    await step('interrupt', async () => {
      const cell = startEndless(kernel);
      await cell.running;
      assert.equal(kernel.status, 'busy');
      await kernel.interrupt();
      const got = await cell.done;
      assert.equal(got.reply.status, 'error');
      const again = await execute(kernel, print('after the interrupt'));
      assert.equal(again.stdout, 'after the interrupt\n');
    });
    await step('restart', async () => {
      await execute(kernel, 'func remembered() {}');
      const cell = startEndless(kernel);
      await cell.running;
      await kernel.restart();
      const got = await execute(kernel, print('after the restart'));
      assert.equal(got.stdout, 'after the restart\n');
      assert.equal(got.reply.execution_count, 1);
      const forgotten = await execute(kernel, '%%\nremembered()');
      assert.equal(forgotten.reply.status, 'error');
    });
    await step('reconnect', async () => {
      await kernel.reconnect();
      const got = await execute(kernel, print('after the reconnect'));
      assert.equal(got.stdout, 'after the reconnect\n');
    });
    await step('list and rename', async () => {
      const models = await KernelAPI.listRunning(serverSettings);
      assert.ok(models.some((m) => m.id === kernel.id && m.connections >= 1));
      await session.setPath('renamed.ipynb');
      assert.equal(session.path, 'renamed.ipynb');
    });
    await step('change the kernel', async () => {
      const before = session.kernel.id;
      await session.changeKernel({ name: 'lanebook' });
      await session.kernel.info;
      assert.notEqual(session.kernel.id, before);
      const got = await execute(session.kernel, print('in the new kernel'));
      assert.equal(got.stdout, 'in the new kernel\n');
    });
    await step('shut down', async () => {
      const { id } = session.kernel;
      await session.shutdown();
      const models = await KernelAPI.listRunning(serverSettings);
      assert.ok(!models.some((m) => m.id === id));
    });
  } finally {
    sessions.dispose();
    kernels.dispose();
    specs.dispose();
  }
}

/**
 * Connects as VS Code does to "an existing Jupyter server": what its extension
 * asks before it believes in the server, then the same library with the secret
 * in a header of every request and of the socket, beside the one in the
 * address. docs/server.md says where in its source that is.
 */
async function asVSCode(origin, token) {
  const Authorization = `token ${token}`;
  await step('VS Code: no JupyterHub, no login page', async () => {
    assert.notEqual((await fetch(`${origin}/hub/api`)).status, 200);
    const start = await fetch(`${origin}/`, { headers: { Connection: 'keep-alive' } });
    assert.ok(!start.redirected);
    const tree = await fetch(`${origin}/tree?`, { redirect: 'manual' });
    assert.notEqual(tree.status, 404, 'it takes a 404 for "no Jupyter server here"');
  });
  class AuthorizingRequest extends Request {
    constructor(input, init) {
      super(input, init);
      this.headers.set('Authorization', Authorization);
      this.headers.set('Content-Type', 'application/json'); // also where there is no body
      const append = this.headers.append.bind(this.headers);
      this.headers.append = (name, value) => { // the library would say it again
        if (name.toLowerCase() !== 'authorization') append(name, value);
      };
    }
  }
  class AuthorizedSocket extends WebSocket {
    constructor(url, protocols) { super(url, protocols, { headers: { Authorization } }); }
  }
  const serverSettings = ServerConnection.makeSettings({
    baseUrl: origin, appUrl: '', wsUrl: origin.replace('http', 'ws'), token, appendToken: true,
    init: { cache: 'no-store', credentials: 'same-origin' }, Request: AuthorizingRequest, WebSocket: AuthorizedSocket,
  });
  const kernelManager = new KernelManager({ serverSettings });
  const sessions = new SessionManager({ serverSettings, kernelManager });
  const specs = new KernelSpecManager({ serverSettings });
  try {
    await step('VS Code: the server is one', async () => {
      await Promise.all([KernelAPI.listRunning(serverSettings), specs.ready, sessions.ready]);
      assert.equal(specs.specs.kernelspecs.lanebook.language, 'go');
    });
    await step('VS Code: a notebook of its own', async () => {
      const id = crypto.randomUUID();
      const session = await sessions.startNew(
        { path: `notes-jvsc-${id}${id}.ipynb`, name: `notes-${id}.ipynb`, type: 'notebook', kernel: { name: 'lanebook' } },
        { kernelConnectionOptions: { handleComms: true } },
      );
      const got = await execute(session.kernel, print('in VS Code'));
      assert.equal(got.stdout, 'in VS Code\n');
      const cell = startEndless(session.kernel);
      await cell.running;
      await session.kernel.interrupt();
      assert.equal((await cell.done).reply.status, 'error');
      await session.kernel.restart();
      assert.equal((await execute(session.kernel, print('again'))).reply.execution_count, 1);
      await session.shutdown();
    });
  } finally {
    sessions.dispose();
    kernelManager.dispose();
    specs.dispose();
  }
}

/** Starts a server whose data folder is a temporary one. */
async function startServer(binary) {
  const data = await mkdtemp(join(tmpdir(), 'lanebook-probe-'));
  const child = spawn(binary, ['study', '--no-open'], {
    stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, XDG_DATA_HOME: data },
  });
  const ended = new Promise((resolve) => child.on('exit', (code, signal) => resolve({ code, signal })));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const { value: line } = await within(Promise.race([lines.next(), ended.then(() => ({}))]), 'the address');
  const [, url] = /^lanebook study: (http\S+)$/.exec(line ?? '') ?? assert.fail(`first line: ${line}`);
  return {
    url,
    async stop() {
      child.kill('SIGINT');
      const end = await within(ended, 'the end of the server');
      await rm(data, { recursive: true });
      assert.deepEqual(end, { code: 0, signal: null });
    },
  };
}

async function main(target) {
  const server = /^https?:/.test(target) ? { url: target, stop: async () => {} } : await startServer(target);
  const url = new URL(server.url);
  try {
    for (const { name, socket } of protocols) {
      console.error(`--    ${name}`);
      await judge(ServerConnection.makeSettings({
        baseUrl: url.origin, wsUrl: url.origin.replace(/^http/, 'ws'),
        token: url.searchParams.get('token'), appendToken: true, WebSocket: socket,
      }));
    }
    await asVSCode(url.origin, url.searchParams.get('token'));
  } finally {
    await step('end the server', () => server.stop());
  }
}

if (process.argv.length !== 3) {
  console.error('usage: node probe.mjs BINARY-OR-URL');
  process.exit(2);
}
// The client's timers and reconnects must not keep a finished probe alive.
main(process.argv[2]).then(() => process.exit(0), (err) => {
  console.error(err);
  process.exit(1);
});
