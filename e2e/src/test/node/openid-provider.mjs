// A certified OpenID provider, oidc-provider, as a test wants it set up. Its own development pages ask
// for a login name (any password will do) and for consent.

import { generateKeyPair, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { promisify } from "node:util";

import Provider from "oidc-provider";

import { serve } from "./lines.mjs";

const HOST = "127.0.0.1";
const COOKIE_KEY = randomUUID();

let setUp;
let server;
let port = 0;
let requests = [];

/// One private key for signatures, RS256, with a key id of its own.
async function signingKey() {
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  return { ...privateKey.export({ format: "jwk" }), kid: randomUUID(), use: "sig", alg: "RS256" };
}

function account(people) {
  return (_, login) =>
    people[login] && { accountId: login, claims: () => ({ sub: login, ...people[login] }) };
}

function provider(key) {
  const { client, people, areClaimsOnlyInUserInfo, isPushedAuthorizationRequired } = setUp;
  return new Provider(`http://${HOST}:${port}`, {
    clients: [client],
    jwks: { keys: [key] },
    cookies: { keys: [COOKIE_KEY] },
    claims: {
      openid: ["sub"],
      profile: ["name", "preferred_username"],
      groups: ["groups"],
    },
    scopes: ["openid", "profile", "groups"],
    conformIdTokenClaims: areClaimsOnlyInUserInfo,
    pkce: { required: () => true },
    features: {
      pushedAuthorizationRequests: {
        enabled: true,
        requirePushedAuthorizationRequests: isPushedAuthorizationRequired,
      },
    },
    findAccount: account(people),
  });
}

function answerWith(key) {
  const handle = provider(key).callback();
  server.removeAllListeners("request");
  server.on("request", (request, response) => {
    requests.push(`${request.method} ${new URL(request.url, "http://any").pathname}`);
    handle(request, response);
  });
}

async function open() {
  server.listen(port, HOST);
  await once(server, "listening");
  port = server.address().port;
}

serve({
  async start(given) {
    setUp = given;
    port = given.port;
    server = createServer();
    await open();
    answerWith(await signingKey());
    return `http://${HOST}:${port}`;
  },

  // The old key is gone at once, as after a break-in. Sessions and accounts stay in memory.
  rotateKey: async () => answerWith(await signingKey()),

  // The machine is switched off, and on again.
  async goAway() {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  },
  comeBack: open,

  // Method and path of everything that arrived since the last time.
  takeRequests() {
    const taken = requests;
    requests = [];
    return taken;
  },
});
