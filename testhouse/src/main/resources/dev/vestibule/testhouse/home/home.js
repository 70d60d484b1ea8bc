// Tokens and the websocket of a home, as its front end handles them.

const KEY = "hassTokens";
const HOME_URL = `${location.protocol}//${location.host}`;
const CLIENT_ID = `${HOME_URL}/`;
const CALLBACK_PARAMETERS = ["auth_callback", "code", "state", "storeToken"];

/** The sign-in is over: tokens are worthless and another sign-in is due. */
export class SignInOver extends Error {}

/** What one browser holds: in localStorage when it was told to stay signed in, else in memory. */
export class Tokens {
  constructor(data, isStored) {
    this.data = data;
    this.isStored = isStored;
  }

  static stored() {
    try {
      const data = JSON.parse(localStorage.getItem(KEY));
      return data && data.refresh_token ? new Tokens(data, true) : null;
    } catch {
      return null;
    }
  }

  save() {
    if (this.isStored) {
      localStorage.setItem(KEY, JSON.stringify(this.data));
    }
  }

  static forget() {
    localStorage.removeItem(KEY);
  }

  get isExpired() {
    return Date.now() > this.data.expires - 5000;
  }

  /** Redeems the code in the address, if the page comes back from a sign-in. */
  static async fromCallback() {
    const query = new URLSearchParams(location.search);
    if (query.get("auth_callback") !== "1" || !query.has("code")) {
      return null;
    }
    const isStored = query.get("storeToken") === "true";
    const state = readState(query.get("state"));
    const code = query.get("code");
    history.replaceState(null, "", pageAddress());
    if (!state || state.hassUrl !== HOME_URL || state.clientId !== CLIENT_ID) {
      throw new SignInOver("The sign-in did not begin on this page");
    }
    const data = await askToken({ grant_type: "authorization_code", code });
    const tokens = new Tokens({ ...data, hassUrl: HOME_URL, clientId: CLIENT_ID }, isStored);
    tokens.save();
    return tokens;
  }

  async refresh() {
    const data = await askToken({
      grant_type: "refresh_token",
      refresh_token: this.data.refresh_token,
    });
    this.data = { ...this.data, ...data };
    this.save();
  }

  async revoke() {
    await fetch("/auth/revoke", {
      method: "POST",
      credentials: "same-origin",
      body: form({ token: this.data.refresh_token }),
    });
  }
}

async function askToken(fields) {
  const response = await fetch("/auth/token", {
    method: "POST",
    credentials: "same-origin",
    body: form({ client_id: CLIENT_ID, ...fields }),
  });
  if (response.status === 400 || response.status === 403) {
    throw new SignInOver("The sign-in is no longer valid");
  }
  if (!response.ok) {
    throw new Error(`The home answered ${response.status}`);
  }
  const data = await response.json();
  return { ...data, expires: Date.now() + data.expires_in * 1000 };
}

function form(fields) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    body.append(name, value);
  }
  return body;
}

function readState(text) {
  try {
    return JSON.parse(atob(text));
  } catch {
    return null;
  }
}

/** This page's address without what a sign-in added to it. */
function pageAddress() {
  const address = new URL(location.href);
  CALLBACK_PARAMETERS.forEach((name) => address.searchParams.delete(name));
  return address.toString();
}

/** Leaves for the sign-in; the page comes back with a code. */
export function leaveForSignIn() {
  const back = new URL(pageAddress());
  back.searchParams.set("auth_callback", "1");
  const query = new URLSearchParams({
    response_type: "code",
    redirect_uri: back.toString(),
    client_id: CLIENT_ID,
    state: btoa(JSON.stringify({ hassUrl: HOME_URL, clientId: CLIENT_ID })),
  });
  location.assign(`/auth/authorize?${query}`);
}

/**
 * One websocket after the other: when one ends, the next follows after a growing pause. Events:
 * "ready" after each authentication, "waiting" when it ended, "over" when the tokens are worthless.
 */
export class Connection extends EventTarget {
  constructor(tokens) {
    super();
    this.tokens = tokens;
    this.failures = 0;
    this.isClosed = false;
  }

  async open() {
    if (this.isClosed) {
      return;
    }
    try {
      if (this.tokens.isExpired) {
        await this.tokens.refresh();
      }
      if (!this.isClosed) {
        this.connect();
      }
    } catch (problem) {
      if (problem instanceof SignInOver) {
        this.end();
      } else {
        this.retry();
      }
    }
  }

  connect() {
    this.lastId = 0;
    this.pending = new Map();
    this.listeners = new Map();
    const socket = new WebSocket(`${HOME_URL.replace(/^http/, "ws")}/api/websocket`);
    this.socket = socket;
    socket.addEventListener("open", () =>
      socket.send(JSON.stringify({ type: "auth", access_token: this.tokens.data.access_token })),
    );
    socket.addEventListener("message", (message) => {
      const data = JSON.parse(message.data);
      (Array.isArray(data) ? data : [data]).forEach((one) => this.receive(one));
    });
    socket.addEventListener("close", () => {
      if (this.socket === socket) {
        this.retry();
      }
    });
  }

  receive(message) {
    switch (message.type) {
      case "auth_ok":
        this.failures = 0;
        this.version = message.ha_version;
        this.call("supported_features", { features: { coalesce_messages: 1 } });
        this.dispatchEvent(new Event("ready"));
        break;
      case "auth_invalid":
        this.end();
        break;
      case "event":
        this.listeners.get(message.id)?.(message.event);
        break;
      case "result":
        this.settle(message);
        break;
    }
  }

  settle(message) {
    const waiting = this.pending.get(message.id);
    this.pending.delete(message.id);
    if (message.success) {
      waiting?.resolve(message.result);
    } else {
      waiting?.reject(new Error(message.error?.message ?? "It did not work"));
    }
  }

  call(type, fields = {}) {
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      if (this.socket?.readyState !== WebSocket.OPEN) {
        reject(new Error("There is no connection"));
        return;
      }
      this.pending.set(id, { resolve, reject });
      this.socket.send(JSON.stringify({ id, type, ...fields }));
    });
  }

  subscribe(type, fields, listener) {
    this.listeners.set(this.lastId + 1, listener);
    return this.call(type, fields);
  }

  abandon() {
    this.pending?.forEach((waiting) => waiting.reject(new Error("The connection ended")));
    this.pending?.clear();
    this.socket = null;
  }

  retry() {
    this.abandon();
    if (this.isClosed) {
      return;
    }
    this.dispatchEvent(new Event("waiting"));
    const pause = Math.min(250 * 2 ** this.failures++, 10000);
    setTimeout(() => this.open(), pause);
  }

  end() {
    this.close();
    this.dispatchEvent(new Event("over"));
  }

  close() {
    this.isClosed = true;
    const socket = this.socket;
    this.abandon();
    socket?.close();
  }
}
