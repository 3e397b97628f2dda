/* Reports that could not be sent: kept in this browser, sent again under the same key, so that none is doubled. The pages and the
   worker both use this file; it knows no page. A record: key, path, who, at, state (draft | ready | sent | refused), entries, told. */
"use strict";

self.linliOutbox = (() => {
  const STORE = "reports";
  const LAST = "3";
  const days = 30;

  function open() {
    return new Promise((resolve, reject) => {
      const asked = indexedDB.open("linli", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "key" });
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  }
  async function store(mode, act) {
    const base = await open();
    return new Promise((resolve, reject) => {
      const work = base.transaction(STORE, mode);
      const asked = act(work.objectStore(STORE));
      work.oncomplete = () => { base.close(); resolve(asked.result); };
      work.onabort = () => { base.close(); reject(work.error); };
    });
  }
  const put = (record) => store("readwrite", (reports) => reports.put(record));
  const drop = (key) => store("readwrite", (reports) => reports.delete(key));
  const clear = () => store("readwrite", (reports) => reports.clear());
  async function all() {
    const found = await store("readonly", (reports) => reports.getAll());
    return found.sort((a, b) => a.at - b.at);
  }

  /* What a form held when it could not be sent. The last step, unless it leads back, is a whole report. */
  async function keep(form, path) {
    const value = (name) => String(form.get(name) || "");
    const left = ["csrfmiddlewaretoken", "step", "go", "who", "key"];
    const whole = value("step") === LAST && !value("go");
    const entries = [...form.entries()].filter(([name, said]) => !left.includes(name) && !(said instanceof File && !said.size));
    const record = { key: value("key"), path, who: value("who"), at: Date.now(), state: whole ? "ready" : "draft", entries };
    await put(record);
    return record;
  }

  async function gate() {
    const answer = await fetch("/report/", { headers: { Accept: "text/html" } });
    const text = await answer.text();
    const find = (pattern) => (text.match(pattern) || [])[1] || "";
    return { token: find(/name="csrfmiddlewaretoken" value="(\w+)"/), who: find(/data-who="([\w-]+)"/) };
  }

  async function send(record, token) {
    const form = new FormData();
    [...record.entries, ["key", record.key], ["step", LAST], ["csrfmiddlewaretoken", token]].forEach(([name, said]) => form.append(name, said));
    const answer = await fetch(record.path, { method: "POST", body: form, headers: { Accept: "application/json" } });
    if (answer.status !== 201 && answer.status !== 422) return false;
    const told = await answer.json();
    const taken = answer.status === 201;
    await put({ ...record, told, state: taken ? "sent" : "refused", entries: taken ? [] : record.entries });
    return true;
  }

  /* Sends what is ready, one after the other; gives how many were answered. Without a network nothing changes. */
  async function sendAll() {
    return navigator.locks.request("linli-outbox", async () => {
      const ready = (await all()).filter((record) => record.state === "ready");
      if (!ready.length) return 0;
      let done = 0;
      try {
        const { token, who } = await gate();
        for (const record of ready) {
          if (token && record.who === who && await send(record, token)) done += 1;
        }
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;  /* a TypeError of fetch is a line that broke */
      }
      return done;
    });
  }

  /* Drafts nobody came back to, and receipts long read. */
  async function tidy() {
    for (const record of await all()) {
      if (record.state !== "ready" && Date.now() - record.at > days * 86400000) await drop(record.key);
    }
  }

  return { put, drop, clear, all, keep, sendAll, tidy };
})();
