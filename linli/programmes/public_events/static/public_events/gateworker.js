/* Holds the gate ready: its page as it was last seen, and the files that it needs. FILES and PAGES stand before this text, written
   by the server. What the gate enters is kept by the page itself, in the browser's storage. */
"use strict";

const CACHE = "linli-gate";

async function fill(pages) {
  const cache = await caches.open(CACHE);
  await cache.addAll([...FILES, ...pages]);
}

async function page(request) {
  const path = new URL(request.url).pathname;
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) (await caches.open(CACHE)).put(path, answer.clone());
    return answer;
  } catch (error) {
    return (await caches.match(path, { ignoreVary: true })) || Response.error();
  }
}

self.addEventListener("install", (event) => event.waitUntil(fill([]).then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  if (event.data && event.data.fill) event.waitUntil(fill([event.data.fill]).catch(() => null));
});
self.addEventListener("fetch", (event) => {
  const request = event.request;
  const address = new URL(request.url);
  if (address.origin !== self.location.origin || request.method !== "GET") return;
  if (request.mode === "navigate" && address.pathname.startsWith(PAGES)) event.respondWith(page(request));
  else if (FILES.includes(address.pathname)) {
    event.respondWith(caches.match(address.pathname, { ignoreVary: true }).then((found) => found || fetch(request)));
  }
});
