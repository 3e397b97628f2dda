/* The gate's page: scans or takes a typed code, answers at once from its book, keeps what it enters and sends it when it can. Without
   this file, or without a secure origin, the page is a plain form. */
"use strict";

(() => {
  const root = document.getElementById("gate");
  const books = self.linliGatebook;
  if (!root || !window.crypto || !crypto.subtle || !crypto.randomUUID || !navigator.locks) return;
  const session = root.dataset.case;
  const { book, save } = books.open(session, document.documentElement.dataset.who);
  const find = (name) => root.querySelector(`[data-gate-${name}]`);
  const result = document.getElementById("gate-result");
  const clock = (at) => new Date(at).toTimeString().slice(0, 5);
  const EVERY = 20000;

  /* ---- what is said ---- */
  function filled(kind, name, values) {
    const made = document.querySelector(`template[data-${kind}="${name}"]`).content.firstElementChild.cloneNode(true);
    made.querySelectorAll("[data-value]").forEach((element) => {
      const value = values[element.dataset.value];
      element.textContent = element.dataset.value === "at" ? clock(value) : value === undefined ? "" : String(value);
    });
    made.querySelectorAll("[data-if]").forEach((element) => { element.hidden = !values[element.dataset.if]; });
    return made;
  }
  function say(name, values, counts = [], then = null) {
    const made = filled("say", name, { name: "—", ...values });
    const box = made.querySelector("[data-buttons]");
    counts.forEach((n, order) => {
      const button = filled("row", "count", {});
      button.textContent = String(n);
      button.classList.toggle("main", order === 0);
      button.addEventListener("click", () => then(n));
      box.append(button);
    });
    result.replaceChildren(made);
    result.scrollIntoView({ block: "nearest" });
  }

  /* ---- who comes in ---- */
  function enter(key, n) {
    const ticket = book.list.tickets[key];
    const at = Date.now();
    book.waiting.push({ key: `gate/${crypto.randomUUID()}`, ticket: key, came: n, at, name: ticket.name });
    ticket.in += n;
    ticket.at = at;
    save();
    say("in", { name: ticket.name, n });
    show();
    send();
  }
  function ask(key) {
    if (!book.list) return say("unknown", {});
    const [word, ticket, left] = books.judge(book.list, key);
    if (!left) return say(word, ticket);
    if (word === "valid" && left === 1) return enter(key, 1);
    const counts = Array.from({ length: left }, (_, n) => left - n);
    return say(word, { ...ticket, left }, counts, (n) => enter(key, n));
  }
  async function take(text) {
    const read = books.read(text);
    if (read.session && read.session !== session) return say("other", {});
    return ask(await books.digest(session, read.code));
  }
  function walk(n) {
    const free = book.list ? books.sums(book.list).free : 0;
    if (!book.list || n > free) return say("full", { free });
    book.waiting.push({ key: `gate/${crypto.randomUUID()}`, walked: n, at: Date.now(), name: "" });
    book.list.session.walked += n;
    save();
    say("walked", { n });
    show();
    return send();
  }

  /* ---- sending ---- */
  async function refresh() {
    const answer = await fetch(root.dataset.list, { headers: { Accept: "application/json" } });
    const told = (answer.headers.get("Content-Type") || "").includes("json");
    find("again").hidden = told;
    if (!told || !answer.ok) return false;
    book.list = books.apply(await answer.json(), book.waiting);
    save();
    return true;
  }
  async function post(entry) {
    const form = new FormData();
    form.append("csrfmiddlewaretoken", book.list.token);
    form.append("key", entry.key);
    form.append("happened", String(entry.at));
    if (entry.walked) form.append("walked", String(entry.walked));
    else { form.append("ticket", entry.ticket); form.append("came", String(entry.came)); }
    return fetch(root.dataset.in, { method: "POST", body: form, headers: { Accept: "application/json" } });
  }
  async function deliver(entry) {
    const answer = await post(entry);
    if (answer.status !== 201 && answer.status !== 422) return false;
    if (answer.status === 422) book.troubles.push({ ...entry, reason: (await answer.json()).say });
    book.waiting = book.waiting.filter((other) => other.key !== entry.key);
    save();
    return true;
  }
  /* One after the other, in one tab; a line that breaks leaves the rest for later. */
  function send() {
    return navigator.locks.request(`linli-gate-${session}`, async () => {
      try {
        if (!await refresh()) return;
        const before = book.waiting.length;
        for (const entry of [...book.waiting]) {
          if (!await deliver(entry)) break;
        }
        if (book.waiting.length < before) await refresh();
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;  /* a TypeError of fetch is a line that broke */
      }
    }).then(show, show);
  }

  /* ---- the page ---- */
  function show() {
    find("offline").hidden = navigator.onLine;
    const waiting = find("waiting");
    waiting.hidden = !book.waiting.length;
    waiting.querySelector("span").textContent = waiting.dataset.says.replace("{n}", String(book.waiting.length));
    find("troubles").hidden = !book.troubles.length;
    find("trouble-list").replaceChildren(...book.troubles.map(trouble));
    if (!book.list) return;
    const sums = books.sums(book.list);
    find("sums").hidden = false;
    root.querySelectorAll("[data-sum]").forEach((element) => { element.textContent = String(sums[element.dataset.sum]); });
    people();
  }
  function trouble(entry) {
    const made = filled("row", "trouble", entry);
    made.querySelector("[data-drop]").addEventListener("click", () => {
      book.troubles = book.troubles.filter((other) => other.key !== entry.key);
      save();
      show();
    });
    return made;
  }
  function people() {
    const wanted = find("find").value.trim();
    const rows = Object.entries(book.list.tickets).filter(([, t]) => !wanted || t.name.startsWith(wanted) || t.tail.endsWith(wanted.slice(-2)));
    find("people").hidden = false;
    find("list").replaceChildren(...rows.map(([key, ticket]) => {
      const made = filled("row", "person", { ...ticket, waits: ticket.turn, came: ticket.in });
      made.querySelector("button").addEventListener("click", () => ask(key));
      return made;
    }));
  }

  /* ---- the camera, where the browser reads codes ---- */
  let stream = null;
  let last = "";
  async function look(eye, detector) {
    if (!stream) return;
    const codes = await detector.detect(eye).catch(() => []);
    const text = codes.length ? codes[0].rawValue : "";
    if (text && text !== last) {
      last = text;
      if (navigator.vibrate) navigator.vibrate(60);
      await take(text);
      setTimeout(() => { last = ""; }, 4000);
    }
    setTimeout(() => look(eye, detector), 250);
  }
  async function camera() {
    const eye = find("eye");
    if (stream) {
      stream.getTracks().forEach((track) => track.stop());
      stream = null;
    } else {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
        eye.srcObject = stream;
        eye.hidden = false;
        await eye.play();
        look(eye, new BarcodeDetector({ formats: ["qr_code"] }));
      } catch (error) {
        stream = null;
        say("blind", {});
      }
    }
    eye.hidden = !stream;
    find("camera").querySelector("[data-on]").hidden = Boolean(stream);
    find("camera").querySelector("[data-off]").hidden = !stream;
  }
  async function sighted() {
    if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return;
    if (!(await BarcodeDetector.getSupportedFormats()).includes("qr_code")) return;
    find("camera").hidden = false;
    find("camera").addEventListener("click", camera);
  }

  root.querySelectorAll("[data-plain]").forEach((element) => { element.hidden = true; });
  find("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const box = event.target.elements.code;
    if (box.value.trim()) take(box.value);
    box.value = "";
    box.focus();
  });
  find("walk").addEventListener("submit", (event) => {
    event.preventDefault();
    const box = event.target.elements.walked;
    const n = Number(box.value);
    if (Number.isInteger(n) && n > 0) walk(n);
    box.value = "";
  });
  find("find").addEventListener("input", people);
  window.addEventListener("online", send);
  window.addEventListener("offline", show);
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-forgets]")) return;
    books.forget();
    caches.delete("linli-gate");
  });
  setInterval(() => { if (navigator.onLine) send(); }, EVERY);
  if (navigator.serviceWorker) {
    navigator.serviceWorker.register(root.dataset.worker).then((known) => {
      const fill = (worker) => worker.postMessage({ fill: location.pathname });
      if (known.active) fill(known.active);
      else (known.installing || known.waiting).addEventListener("statechange", (event) => event.target.state === "activated" && fill(event.target));
    }).catch(() => null);
  }
  books.tidy();
  sighted();
  show();
  send();
})();
