/* Everything typed survives a closed browser: kept on this device under the form's name and the reader's account, dropped when the
   server says it has arrived, when somebody signs out, or after two weeks. Passwords, files and hidden fields are never kept. */
"use strict";

(() => {
  const who = document.documentElement.dataset.who || "guest";
  const prefix = "linli.draft.";
  const days = 14;
  const key = (name) => `${prefix}${who}.${name}`;

  function store(act) {
    try { return act(window.localStorage); } catch (error) { return null; }  /* private windows may refuse */
  }
  const drop = (name) => store((local) => local.removeItem(key(name)));

  function kept(element) {
    return element.name && !element.disabled && !["hidden", "password", "file", "submit", "button"].includes(element.type)
      && !element.closest("[data-no-draft]") && element.autocomplete !== "one-time-code";
  }

  function read(form) {
    const values = {};
    for (const element of form.elements) {
      if (!kept(element)) continue;
      const list = (values[element.name] = values[element.name] || []);
      if (element.type === "checkbox" || element.type === "radio") {
        if (element.checked) list.push(element.value);
      } else {
        list.push(element.value);
      }
    }
    return values;
  }

  function write(form, values) {
    const used = {};
    for (const element of form.elements) {
      if (!kept(element) || !(element.name in values)) continue;
      const list = values[element.name];
      if (element.type === "checkbox" || element.type === "radio") {
        element.checked = list.includes(element.value);
      } else {
        const at = (used[element.name] = (used[element.name] ?? -1) + 1);
        if (list[at] !== undefined) element.value = list[at];
      }
    }
    form.dispatchEvent(new Event("linli:restored"));
    form.querySelectorAll("textarea[data-counts]").forEach((area) => area.dispatchEvent(new Event("input")));
  }

  function tell(form, name, plain) {
    const note = document.createElement("p");
    note.className = "draft-note";
    note.setAttribute("role", "status");
    const text = document.createElement("span");
    const photos = form.querySelector("[data-photo]") ? ` · ${linli.words("draftPhotos")}` : "";
    text.textContent = linli.words("draftKept") + photos;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link";
    button.textContent = linli.words("draftDrop");
    button.addEventListener("click", () => {
      drop(name);
      linli.rows(form, Object.keys(plain));
      write(form, plain);
      note.remove();
    });
    note.append(text, button);
    form.prepend(note);
  }

  function keep(form) {
    const name = form.dataset.draft;
    const plain = read(form);
    const found = store((local) => JSON.parse(local.getItem(key(name)) || "null"));
    /* A form that came back with something wrong already holds what was typed. */
    if (found && !form.querySelector(".invalid") && JSON.stringify(found.values) !== JSON.stringify(plain)) {
      linli.rows(form, Object.keys(found.values));
      write(form, found.values);
      tell(form, name, plain);
    }
    let timer = 0;
    const save = () => {
      const values = read(form);
      if (JSON.stringify(values) === JSON.stringify(plain)) drop(name);
      else store((local) => local.setItem(key(name), JSON.stringify({ at: Date.now(), values })));
    };
    const soon = () => { clearTimeout(timer); timer = setTimeout(save, 250); };
    form.addEventListener("input", soon);
    form.addEventListener("change", soon);
    window.addEventListener("pagehide", () => { if (timer) save(); });
    form.addEventListener("linli:done", () => { clearTimeout(timer); timer = 0; });
  }

  function sent(name) {
    drop(name);
    document.querySelectorAll(`form[data-draft="${CSS.escape(name)}"]`).forEach((form) => form.dispatchEvent(new Event("linli:done")));
  }

  function tidy(all) {
    store((local) => {
      Object.keys(local).filter((name) => name.startsWith(prefix)).forEach((name) => {
        const draft = JSON.parse(local.getItem(name) || "{}");
        if (all || !(Date.now() - draft.at < days * 86400000)) local.removeItem(name);
      });
    });
  }

  /* What has arrived: a message tagged sent-<name>, or the header HX-Trigger {"linli:sent": {"name": "…"}}. */
  document.querySelectorAll("[data-message]").forEach((message) => {
    message.dataset.message.split(" ").filter((tag) => tag.startsWith("sent-")).forEach((tag) => sent(tag.slice(5)));
  });
  document.addEventListener("linli:sent", (event) => sent(event.detail.name));
  document.addEventListener("submit", (event) => { if (event.target.matches("[data-forgets]")) tidy(true); });
  tidy(false);
  linli.each("form[data-draft]", keep);
})();
