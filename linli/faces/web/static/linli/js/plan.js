/* A plan: a building is dragged onto one of another grid, and the figures are measured anew at once. Without a script the lists do it. */
"use strict";

(() => {
  const form = document.querySelector("[data-plan]");
  const figures = document.getElementById("plan-figures");
  const map = form && form.querySelector(".plan-map");
  if (!form || !map || !form.querySelector("[data-building-grid]")) return;
  const said = document.getElementById("plan-said");
  const house = (code) => map.querySelector(`[data-building="${CSS.escape(code)}"]`);
  const list = (code) => form.querySelector(`[data-building-grid="${CSS.escape(code)}"]`);
  const colour = (number) => {
    const line = figures.querySelector(`[data-grid="${number}"]`);
    return line ? line.dataset.colour : "0";
  };
  let held = null;
  let over = null;
  let asked = null;

  function paint(code) {
    const shape = house(code);
    const number = list(code).value;
    if (!shape) return;
    [...shape.classList].filter((name) => /^c\d$/.test(name)).forEach((name) => shape.classList.remove(name));
    shape.classList.add(`c${colour(number)}`);
    shape.querySelector("text").textContent = number;
  }

  function repaint() { form.querySelectorAll("[data-building-grid]").forEach((one) => paint(one.dataset.buildingGrid)); }

  async function measure() {
    if (asked) asked.abort();
    asked = new AbortController();
    const body = new FormData(form);
    body.set("do", "measure");
    const locked = new Set(body.getAll("lock"));
    figures.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action || location.href, { method: "POST", body, headers: { "X-Requested-With": "measure" }, signal: asked.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      figures.innerHTML = await answer.text();
      figures.querySelectorAll("[name=lock]").forEach((box) => { box.checked = locked.has(box.value); });
      repaint();
      figures.removeAttribute("aria-busy");
    } catch (fault) {
      if (fault.name !== "AbortError") figures.removeAttribute("aria-busy");
    }
  }

  function move(code, number) {
    const select = list(code);
    if (!select || select.value === number) return;
    select.value = number;
    paint(code);
    said.textContent = `${house(code).querySelector("title").textContent} → ${number}`;
    measure();
  }

  form.addEventListener("change", (event) => {
    const code = event.target.dataset.buildingGrid;
    if (!code) return;
    paint(code);
    measure();
  });

  const under = (event) => {
    const found = document.elementFromPoint(event.clientX, event.clientY);
    return found && found.closest("[data-building]");
  };

  map.addEventListener("pointerdown", (event) => {
    held = event.target.closest("[data-building]");
    if (!held) return;
    held.classList.add("held");
    map.setPointerCapture(event.pointerId);
    said.textContent = held.querySelector("title").textContent;
    event.preventDefault();
  });
  map.addEventListener("pointermove", (event) => {
    if (!held) return;
    const now = under(event);
    if (now === over) return;
    if (over) over.classList.remove("over");
    over = now && now !== held ? now : null;
    if (over) over.classList.add("over");
  });
  const drop = (event) => {
    if (!held) return;
    const target = event.type === "pointerup" ? under(event) : null;
    const code = held.dataset.building;
    held.classList.remove("held");
    if (over) over.classList.remove("over");
    held = over = null;
    if (target && target.dataset.building !== code) move(code, list(target.dataset.building).value);
  };
  map.addEventListener("pointerup", drop);
  map.addEventListener("pointercancel", drop);
  form.dataset.ready = "";
})();
