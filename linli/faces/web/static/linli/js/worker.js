/* Stands between the pages and the network: a report that cannot be sent is kept, a page that cannot be had is answered with
   the page of what is kept. KEPT, OFFLINE, REPORT, STAFF and FILES stand before this text, written by the server. */
"use strict";

const CACHE = "linli-kept";

async function fill() {
  const cache = await caches.open(CACHE);
  await cache.addAll([KEPT, OFFLINE, ...FILES]);
  const wanted = new Set([KEPT, OFFLINE, ...FILES]);
  for (const request of await cache.keys()) {
    if (!wanted.has(new URL(request.url).pathname)) await cache.delete(request);
  }
}

async function page(address) {
  return (await caches.match(address.pathname.startsWith(STAFF) ? OFFLINE : KEPT)) || Response.error();
}

async function report(request) {
  const copy = request.clone();
  try {
    return await fetch(request);
  } catch (error) {
    await self.linliOutbox.keep(await copy.formData(), new URL(request.url).pathname);
    if (self.registration.sync) await self.registration.sync.register("linli-outbox").catch(() => null);
    return Response.redirect(KEPT, 303);
  }
}

self.addEventListener("install", (event) => event.waitUntil(fill().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => { if (event.data === "fill") event.waitUntil(fill().catch(() => null)); });
self.addEventListener("sync", (event) => { if (event.tag === "linli-outbox") event.waitUntil(self.linliOutbox.sendAll()); });
self.addEventListener("fetch", (event) => {
  const request = event.request;
  const address = new URL(request.url);
  if (address.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (request.method === "POST" && address.pathname.startsWith(REPORT)) event.respondWith(report(request));
    else if (request.method === "GET") event.respondWith(fetch(request).catch(() => page(address)));
  } else if (FILES.includes(address.pathname)) {
    event.respondWith(caches.match(request).then((found) => found || fetch(request)));
  }
});
