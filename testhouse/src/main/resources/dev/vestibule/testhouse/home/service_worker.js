// Keeps pages the way the original's worker does: what belongs to the API and to signing in always
// comes from the network; everything else comes from the cache first and is renewed behind it.

const CACHE = "file-cache";
const NO_FALLBACK = [/^\/api\//, /^\/static\//, /^\/auth\//, /^\/frontend_/, /^\/local\//];
const NETWORK_ONLY = [/^\/api\//, /^\/auth\//, /^\/manifest\.json$/, /^\/onboarding\.html$/];

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const isOurs = event.request.method === "GET" && url.origin === self.location.origin;
  if (isOurs && !NETWORK_ONLY.some((pattern) => pattern.test(url.pathname))) {
    event.respondWith(staleWhileRevalidate(event).catch(() => fallback(event, url)));
  }
});

/** A page that is asked for while there is no network is the start page of before. */
async function fallback(event, url) {
  const isPage = event.request.mode === "navigate";
  const start = isPage && !NO_FALLBACK.some((pattern) => pattern.test(url.pathname));
  return (start && (await caches.match("/"))) || Response.error();
}

async function staleWhileRevalidate(event) {
  const cache = await caches.open(CACHE);
  const stored = await cache.match(event.request);
  const fresh = fetch(event.request).then(async (response) => {
    if (response.ok) {
      await cache.put(event.request, response.clone());
    }
    return response;
  });
  if (stored) {
    event.waitUntil(fresh.catch(() => undefined));
    return stored;
  }
  return fresh;
}
