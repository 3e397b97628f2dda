/* Forms: questions asked only where another answer calls for them, counted letters, repeated rows, chosen rows. */
"use strict";

(() => {
  /* A question that is not asked is hidden and not sent. */
  function follow(field) {
    const form = field.closest("form");
    if (!form) return;
    const wanted = field.dataset.askedValues.split(" ");
    const update = () => {
      const given = new FormData(form).getAll(field.dataset.askedBy);
      const asked = given.some((value) => wanted.includes(value));
      field.hidden = !asked;
      field.querySelectorAll("input, select, textarea").forEach((input) => { input.disabled = !asked; });
    };
    form.addEventListener("change", update);
    form.addEventListener("linli:restored", update);
    update();
  }
  linli.each("[data-asked-by]", follow);

  function count(area) {
    const shown = document.querySelector(`[data-count-of="${CSS.escape(area.id)}"]`);
    const update = () => { if (shown) shown.textContent = `${area.value.length} / ${area.maxLength}`; };
    area.addEventListener("input", update);
    update();
  }
  linli.each("textarea[data-counts]", count);

  /* Rows that repeat: a new one comes from the template. They are always numbered as they stand, so that what is wrong in the
     second row is said of the second that one sees. */
  const NUMBERED = ["id", "name", "for", "aria-describedby", "data-count-of", "data-asked-by"];

  function repeat(button) {
    const name = button.dataset.adds;
    const scope = button.closest("form") || document;
    const list = scope.querySelector(`[data-repeat="${CSS.escape(name)}"]`);
    const blank = scope.querySelector(`template[data-row-of="${CSS.escape(name)}"]`);
    if (!list || !blank) return;
    const limit = Number(list.dataset.limit || 200);
    const title = blank.content.firstElementChild.getAttribute("aria-label");
    const numbered = new RegExp(`(^|-)${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}-(?:\\d+|__n__)-`, "g");

    function number(row, n) {
      row.setAttribute("aria-label", title.replace("__row__", String(n + 1)));
      row.querySelector(".repeat-number").textContent = row.getAttribute("aria-label");
      row.querySelector("[data-removes]").hidden = false;
      row.querySelectorAll("*").forEach((element) => NUMBERED.forEach((attribute) => {
        const value = element.getAttribute(attribute);
        if (value) element.setAttribute(attribute, value.replace(numbered, (whole, start) => `${start}${name}-${n}-`));
      }));
    }
    function refresh() {
      [...list.children].forEach(number);
      button.hidden = list.children.length >= limit;
    }
    function add() {
      list.append(blank.content.cloneNode(true));
      refresh();
      const row = list.lastElementChild;
      row.querySelectorAll("[data-asked-by]").forEach(follow);
      row.querySelectorAll("textarea[data-counts]").forEach(count);
      return row;
    }
    const changed = () => list.dispatchEvent(new Event("change", { bubbles: true }));

    button.type = "button";
    button.addEventListener("click", () => {
      add().querySelector("input, select, textarea").focus();
      changed();
    });
    list.addEventListener("click", (event) => {
      if (!event.target.closest("[data-removes]")) return;
      event.target.closest(".repeat-row").remove();
      refresh();
      changed();
      button.focus();
    });
    list.addEventListener("linli:rows", (event) => {
      while (list.children.length < Math.min(event.detail, limit)) add();
      while (list.children.length > event.detail) list.lastElementChild.remove();
      refresh();
    });
    refresh();
  }
  linli.each("[data-adds]", repeat);

  /* As many rows as the names of answers speak of, but always one: they are there before the answers are filled in. */
  linli.rows = (form, names) => form.querySelectorAll("[data-repeat]").forEach((list) => {
    const start = `${list.dataset.repeat}-`;
    const found = names.filter((name) => name.startsWith(start)).map((name) => parseInt(name.slice(start.length), 10));
    list.dispatchEvent(new CustomEvent("linli:rows", { detail: Math.max(1, ...found.filter(Number.isInteger).map((n) => n + 1)) }));
  });

  /* Rows chosen in a table. */
  function chosen(form) {
    const boxes = [...form.querySelectorAll("[data-pick]")];
    boxes.forEach((box) => box.closest("tr").classList.toggle("chosen", box.checked));
    const n = boxes.filter((box) => box.checked).length;
    const all = form.querySelector("[data-pick-all]");
    if (all) {
      all.checked = n > 0 && n === boxes.length;
      all.indeterminate = n > 0 && n < boxes.length;
    }
    const bulk = form.querySelector("[data-bulk]");
    if (bulk) {
      bulk.hidden = n === 0;
      bulk.querySelector("[data-chosen]").textContent = linli.words("chosen", { n });
    }
  }
  linli.each("[data-bulk]", (bulk) => {
    const form = bulk.closest("form");
    form.addEventListener("change", (event) => {
      if (event.target.matches("[data-pick-all]")) {
        form.querySelectorAll("[data-pick]").forEach((box) => { box.checked = event.target.checked; });
      }
      if (event.target.matches("[data-pick], [data-pick-all]")) chosen(form);
    });
    chosen(form);
  });
})();
