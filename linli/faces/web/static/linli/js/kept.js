/* The page of what is kept: lists it, and holds a whole report in one form, to be filled in without a network. */
"use strict";

(() => {
  const list = document.getElementById("kept-list");
  const form = document.getElementById("kept-form");
  const box = self.linliOutbox;
  if (!list || !form || !window.indexedDB || !window.crypto.randomUUID) return;
  let at = null;  /* the record in the form, if it is one */

  const text = (record, name) => (record.entries.find(([key]) => key === name) || [])[1] || "";

  function row(record) {
    const made = document.querySelector(`template[data-kept="${record.state}"]`).content.firstElementChild.cloneNode(true);
    const told = record.told || {};
    const values = { matter: text(record, list.dataset.summary), number: told.number || "", code: told.code || "", reason: told.reason || "" };
    made.querySelectorAll("[data-value]").forEach((element) => { element.textContent = values[element.dataset.value]; });
    made.querySelectorAll("[data-if]").forEach((element) => { element.hidden = !values[element.dataset.if]; });
    const another = record.who !== document.documentElement.dataset.who;
    made.querySelectorAll("[data-another]").forEach((element) => { element.hidden = !another; });
    made.querySelectorAll("a[data-url]").forEach((link) => { link.href = told.url; });
    made.querySelectorAll("[data-drops]").forEach((button) => button.addEventListener("click", () => box.drop(record.key).then(show)));
    made.querySelectorAll("[data-edits]").forEach((button) => button.addEventListener("click", () => edit(record)));
    return made;
  }

  function edit(record) {
    at = record;
    linli.rows(form, record.entries.map(([name]) => name));
    for (const element of form.elements) {
      if (!element.name || ["hidden", "file"].includes(element.type)) continue;
      const said = record.entries.filter(([name]) => name === element.name).map(([, value]) => value);
      if (["radio", "checkbox"].includes(element.type)) element.checked = said.includes(element.value);
      else if (said.length) element.value = said[0];
    }
    form.dispatchEvent(new Event("linli:restored"));
    const photos = record.entries.filter(([name]) => name === "photos").length;
    const note = document.getElementById("kept-photos");
    note.hidden = !photos;
    note.textContent = note.dataset.says.replace("{n}", String(photos));
    form.hidden = false;
  }

  async function show() {
    const records = await box.all();
    list.replaceChildren(...records.filter((record) => record.state !== "draft").map(row));
    const draft = records.findLast((record) => record.state === "draft");
    if (draft && !at) edit(draft);
    /* The form is there without a network, for what was begun, and as long as something stands in it. */
    form.hidden = navigator.onLine && !at && !String(new FormData(form).get(list.dataset.summary) || "").trim();
    document.getElementById("kept-offline").hidden = navigator.onLine;
    document.getElementById("kept-none").hidden = list.children.length > 0 || !form.hidden;
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!form.reportValidity()) return;
    const said = new FormData(form);
    const entries = [...said.entries()].filter(([name, value]) => !["who", "csrfmiddlewaretoken"].includes(name) && !(value instanceof File && !value.size));
    /* Photos chosen before, by id or as files, go along. */
    const before = at ? at.entries.filter(([name]) => name === "photos") : [];
    const key = at ? at.key : `report/${crypto.randomUUID()}`;
    const path = at ? at.path : form.getAttribute("action");
    await box.put({ key, path, who: at ? at.who : String(said.get("who")), at: Date.now(), state: "ready", entries: [...entries, ...before] });
    at = null;
    form.reset();
    form.hidden = true;
    await show();
    document.dispatchEvent(new CustomEvent("linli:send"));
    list.focus();
  });

  document.addEventListener("linli:kept", show);
  window.addEventListener("offline", show);
  show();
})();
