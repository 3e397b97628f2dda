/* Keys for people who work here all day. Off while somebody types, and off for good where somebody switches them off. */
"use strict";

(() => {
  const help = document.getElementById("keyboard");
  if (!help) return;
  const name = "linli.keys";
  const on = () => { try { return localStorage.getItem(name) !== "off"; } catch (error) { return true; } };
  const box = help.querySelector("[data-keys-on]");
  box.checked = on();
  box.addEventListener("change", () => { try { localStorage.setItem(name, box.checked ? "on" : "off"); } catch (error) { /* not kept */ } });
  if (window.matchMedia("(pointer: fine)").matches) document.querySelectorAll(".keys-button").forEach((button) => { button.hidden = false; });

  const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent !== null);
  const current = () => document.activeElement.closest("[data-row]");

  function move(step) {
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(current());
    const row = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(all.length - 1, at + step))];
    const link = row.querySelector("[data-open]") || row.querySelector("a, button, input");
    link.focus();
    row.scrollIntoView({ block: "nearest" });
  }

  function next() {
    const row = current();
    const step = (row || document.querySelector("main")).querySelector("[data-next]");
    if (!step) return;
    step.click();
    const form = step.closest("details");
    if (form && form.open) {
      const first = form.querySelector("input:not([type=hidden]), select, textarea, button");
      if (first) first.focus();
    }
  }

  const acts = {
    "/": () => { const search = document.getElementById("search"); if (search) search.focus(); },
    "?": () => help.showModal(),
    j: () => move(1),
    k: () => move(-1),
    e: next,
    x: () => { const pick = current() && current().querySelector("[data-pick]"); if (pick) pick.click(); },
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
    if (event.key === "Escape" && typing) typing.blur();
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !on() || document.querySelector("dialog[open]")) return;
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
