// Lets scripts in the page of a notebook exchange values with the program of a
// cell, by address, as GoNB's widgets want it: globalThis.gonb_comm. It talks to
// the kernel through a WebSocket of the Jupyter server, in a comm of its own.
(() => {
  const kernel = "KERNEL_ID";
  const unique = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(16)).join("-");
  const comm = unique();
  const session = unique();
  const listeners = new Map(); // address → Map of id → callback
  const variables = new Map(); // address → synced variable
  let waiting = []; // messages until the kernel has answered; null from then on

  let config = {};
  try {
    config = JSON.parse(document.getElementById("jupyter-config-data").textContent);
  } catch {
    // Not JupyterLab: the server is at the root.
  }
  const url = new URL(`${config.baseUrl ?? "/"}api/kernels/${kernel}/channels`, location.href);
  url.protocol = url.protocol.replace("http", "ws");
  if (config.token) url.searchParams.set("token", config.token);

  globalThis.gonb_comm?.close();
  const socket = new WebSocket(url);
  const post = (type, content) => {
    const header = { msg_id: unique(), msg_type: type, session, username: "", version: "5.4", date: new Date().toISOString() };
    socket.send(JSON.stringify({ channel: "shell", header, parent_header: {}, metadata: {}, content }));
  };
  socket.onopen = () => post("comm_open", { comm_id: comm, target_name: "gonb_comm", kernel_id: kernel, data: {} });
  socket.onmessage = (event) => {
    if (typeof event.data !== "string") return;
    const message = JSON.parse(event.data);
    if (message.header?.msg_type === "comm_msg" && message.content.comm_id === comm) receive(message.content.data);
  };

  function receive({ address, value, read_request }) {
    if (address === "#comm_open_ack") {
      const messages = waiting ?? [];
      waiting = null;
      messages.forEach((data) => post("comm_msg", { comm_id: comm, data }));
    } else if (address === "#heartbeat/ping") {
      send("#heartbeat/pong", true);
    } else if (read_request) {
      if (variables.has(address)) send(address, variables.get(address).get());
    } else {
      listeners.get(address)?.forEach((callback) => callback(address, value));
    }
  }

  function send(address, value) {
    const data = { address, value };
    if (waiting) waiting.push(data);
    else post("comm_msg", { comm_id: comm, data });
  }

  function subscribe(address, callback) {
    const id = Symbol(address);
    if (!listeners.has(address)) listeners.set(address, new Map());
    listeners.get(address).set(id, callback);
    return id;
  }

  function unsubscribe(id) {
    listeners.forEach((callbacks) => callbacks.delete(id));
  }

  // A value that is the same here and in the program: whoever sets it tells the
  // other.
  function newSyncedVariable(address, initial) {
    const known = variables.get(address);
    if (known) {
      known.set(initial);
      return known;
    }
    const callbacks = new Map();
    let value = null;
    const change = (to) => {
      if (to === value) return false;
      value = to;
      callbacks.forEach((callback) => callback(value));
      return true;
    };
    const variable = {
      get: () => value,
      set(to) {
        if (change(to)) send(address, to);
      },
      subscribe(callback) {
        const id = Symbol(address);
        callbacks.set(id, callback);
        return id;
      },
      unsubscribe: (id) => callbacks.delete(id),
    };
    variables.set(address, variable);
    subscribe(address, (_, to) => change(to));
    if (initial !== null) variable.set(initial);
    return variable;
  }

  globalThis.gonb_comm = {
    send,
    subscribe,
    unsubscribe,
    newSyncedVariable,
    close() {
      socket.close();
      if (globalThis.gonb_comm === this) delete globalThis.gonb_comm;
    },
  };
})();
