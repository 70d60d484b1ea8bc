// Home Assistant's own JavaScript client, used as its front end uses it, one step per command.

import {
  ERR_CANNOT_CONNECT,
  ERR_CONNECTION_LOST,
  ERR_INVALID_AUTH,
  callService,
  createConnection,
  getAuth,
  getUser,
  subscribeEntities,
} from "home-assistant-js-websocket";
import { WebSocket } from "ws";

import { serve } from "./lines.mjs";

globalThis.WebSocket = WebSocket;

const ERRORS = new Map(
  Object.entries({ ERR_CANNOT_CONNECT, ERR_CONNECTION_LOST, ERR_INVALID_AUTH }).map(
    ([name, number]) => [number, name],
  ),
);

let auth;
let connection;
let reconnectError;
let wakeUp = () => {};
let entities = {};

/// The client throws numbers; a test reads names.
function named(step) {
  return async (given) => {
    try {
      return await step(given);
    } catch (problem) {
      throw ERRORS.get(problem) ?? problem;
    }
  };
}

/// Gives what find() gives once that is something, after any change of what the client knows.
function awaited(find) {
  return new Promise((resolve) => {
    wakeUp = () => {
      const found = find();
      if (found !== undefined) {
        wakeUp = () => {};
        resolve(found);
      }
    };
    wakeUp();
  });
}

const steps = {
  // Without tokens the client leaves for the authorize address; the page's address is all it knows.
  async leaveForSignIn({ hassUrl }) {
    globalThis.location = new URL(hassUrl);
    globalThis.document = { location: {} };
    getAuth({ hassUrl });
    return document.location.href;
  },

  // The browser is back: code and state stand in the page's address.
  async comeBack({ address }) {
    globalThis.location = new URL(address);
    auth = await getAuth({ limitHassInstance: true, hassUrl: location.origin });
    return auth.data;
  },

  async signInWithCode({ hassUrl, clientId, authCode }) {
    auth = await getAuth({ hassUrl, clientId, authCode });
    return auth.data;
  },

  // As a page that is opened again with the tokens that it stored.
  async loadTokens({ tokens }) {
    globalThis.location = new URL(tokens.hassUrl);
    auth = await getAuth({ hassUrl: tokens.hassUrl, loadTokens: async () => tokens });
  },

  async connect() {
    connection = await createConnection({ auth, setupRetry: 0 });
    connection.addEventListener("reconnect-error", (_, error) => {
      reconnectError = ERRORS.get(error) ?? String(error);
      wakeUp();
    });
    connection.addEventListener("ready", () => wakeUp());
    return connection.haVersion;
  },

  user: () => getUser(connection),

  subscribeEntities() {
    return new Promise((resolve) => {
      subscribeEntities(connection, (all) => {
        entities = all;
        resolve(Object.keys(all));
        wakeUp();
      });
    });
  },

  awaitState: ({ entity, state }) =>
    awaited(() => (entities[entity]?.state === state ? state : undefined)),

  callService: ({ domain, service, target }) => callService(connection, domain, service, {}, target),

  async refresh() {
    await auth.refreshAccessToken();
    return auth.data;
  },

  async revoke() {
    await auth.revoke();
  },

  isConnected: () => connection.connected,

  // The connection was lost, and coming back failed for good.
  awaitReconnectError: () => awaited(() => reconnectError),

  // The connection was lost and is there again.
  awaitConnected: () => awaited(() => (connection.connected ? true : undefined)),

  awaitDisconnected: () =>
    connection.connected
      ? new Promise((resolve) => connection.addEventListener("disconnected", () => resolve(true)))
      : true,
};

serve(Object.fromEntries(Object.entries(steps).map(([name, step]) => [name, named(step)])));
