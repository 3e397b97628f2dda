/* What every page does: letters, dialogs, menus, notes, words of htmx's troubles. All of it also works, plainer, without this file. */
"use strict";

window.linli = (() => {
  const box = document.getElementById("words");
  const words = (name, values = {}) =>
    (box.dataset[name] || "").replace(/\{(\w+)\}/g, (whole, key) => (key in values ? values[key] : whole));

  /* A short note at the foot of the page; it stays until it is closed. */
  function note(text, kind = "") {
    const element = document.createElement("div");
    element.className = `note ${kind}`;
    const body = document.createElement("div");
    body.textContent = text;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "link";
    close.textContent = words("close");
    close.addEventListener("click", () => element.remove());
    element.append(body, close);
    document.getElementById("toasts").append(element);
    return element;
  }

  /* Runs now and for whatever htmx brings in later. */
  function each(selector, act) {
    const run = (root) => {
      if (root.matches && root.matches(selector)) act(root);
      root.querySelectorAll(selector).forEach(act);
    };
    run(document);
    document.addEventListener("htmx:load", (event) => event.detail.elt !== document.body && run(event.detail.elt));
  }

  return { words, note, each };
})();

/* Letters change at once; the cookie is the one that the server sets, so that the next page agrees. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  if (!form.matches("[data-letters]") || !button || button.name !== "size") return;
  event.preventDefault();
  const large = button.value === "large";
  document.documentElement.dataset.size = button.value;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `linli_size=${button.value}; path=/; max-age=31536000; samesite=lax${secure}`;
  document.querySelectorAll('[data-letters] button[name="size"]').forEach((other) => {
    other.value = large ? "normal" : "large";
    other.setAttribute("aria-pressed", String(large));
  });
});

/* Dialogs and menus. */
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.opens);
    if (dialog && dialog.showModal) {
      event.preventDefault();
      dialog.showModal();
    }
  }
  const closer = event.target.closest("[data-closes]");
  if (closer) closer.closest("dialog").close();
  if (event.target.matches("dialog.dialog")) event.target.close();
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.activeElement && document.activeElement.closest("details[data-menu][open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

/* What is wrong is read first. */
linli.each("[data-focus]", (element) => {
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "start" });
});

/* A button pressed twice sends once, and may be pressed again when one comes back to the page. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-letters]") || event.defaultPrevented || form.hasAttribute("hx-post")) return;
  if (form.dataset.sending) {
    event.preventDefault();
    return;
  }
  if (form.method !== "post") return;
  form.dataset.sending = "1";
  if (event.submitter) event.submitter.classList.add("sending");
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sending]").forEach((form) => delete form.dataset.sending);
  document.querySelectorAll(".sending").forEach((button) => button.classList.remove("sending"));
});

/* htmx: an error is said in words, and nothing typed is touched. A note from the server: HX-Trigger {"linli:note": {"text": "…", "kind": "done"}}. */
document.addEventListener("htmx:responseError", (event) => linli.note(linli.words("failed", { code: event.detail.xhr.status }), "overdue"));
document.addEventListener("htmx:sendError", () => linli.note(linli.words("offline"), "waiting"));
document.addEventListener("linli:note", (event) => linli.note(event.detail.text, event.detail.kind || ""));

/* Without a network: one note, gone when the network is back. A resident's page says it in its banner, clear of every button. */
let offline = null;
window.addEventListener("offline", () => {
  if (!document.getElementById("kept")) offline = offline || linli.note(linli.words("offline"), "waiting");
});
window.addEventListener("online", () => { if (offline) offline.remove(); offline = null; });
