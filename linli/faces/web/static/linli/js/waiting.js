/* On every page of a resident: what is kept on this phone is said, and sent as soon as there is a network. */
"use strict";

(() => {
  const banner = document.getElementById("kept");
  const box = self.linliOutbox;
  if (!banner || !navigator.serviceWorker || !window.indexedDB || !navigator.locks) return;

  async function say() {
    const waiting = (await box.all()).filter((record) => record.state !== "draft");
    const count = (state) => waiting.filter((record) => record.state === state).length;
    const line = banner.querySelector("[data-offline]");
    line.hidden = navigator.onLine;
    banner.hidden = (!waiting.length && navigator.onLine) || Boolean(document.getElementById("kept-list"));
    banner.querySelectorAll("[data-state]").forEach((line) => {
      const n = count(line.dataset.state);
      line.hidden = !n;
      line.textContent = line.dataset.says.replace("{n}", String(n));
    });
    document.dispatchEvent(new CustomEvent("linli:kept"));
  }

  async function send() {
    if (navigator.onLine) await box.sendAll();
    await say();
  }
  document.addEventListener("linli:send", send);
  window.addEventListener("online", send);
  window.addEventListener("offline", say);

  /* Who signs out leaves nothing of his on the phone. */
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-forgets]")) return;
    box.clear();
    caches.delete("linli-kept");
  });

  navigator.serviceWorker.register(banner.dataset.worker).then(async () => {
    const ready = await navigator.serviceWorker.ready;
    /* The kept page holds the language and the reader of its day: a visit to the form renews it. */
    if (location.pathname.startsWith("/report/") && navigator.onLine) ready.active.postMessage("fill");
  }).catch(() => null);
  box.tidy().then(send);
})();
