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

  linli.each("textarea[data-counts]", (area) => {
    const shown = document.querySelector(`[data-count-of="${CSS.escape(area.id)}"]`);
    const update = () => { if (shown) shown.textContent = `${area.value.length} / ${area.maxLength}`; };
    area.addEventListener("input", update);
    update();
  });

  /* Rows that repeat: a new one comes from the template, under the next number. */
  linli.each("[data-adds]", (button) => {
    const name = button.dataset.adds;
    const list = document.querySelector(`[data-repeat="${CSS.escape(name)}"]`);
    const blank = document.querySelector(`template[data-row-of="${CSS.escape(name)}"]`);
    if (!list || !blank) return;
    let next = list.children.length;
    const limit = Number(list.dataset.limit || 200);
    const refresh = () => {
      button.hidden = list.children.length >= limit;
      [...list.children].forEach((row) => { row.querySelector("[data-removes]").hidden = false; });
    };
    button.type = "button";
    button.addEventListener("click", () => {
      const row = blank.content.cloneNode(true);
      row.querySelectorAll("*").forEach((element) => {
        for (const attribute of ["id", "name", "for", "aria-describedby", "data-count-of"]) {
          const value = element.getAttribute(attribute);
          if (value) element.setAttribute(attribute, value.replaceAll("__n__", String(next)));
        }
      });
      next += 1;
      list.append(row);
      const added = list.lastElementChild;
      added.setAttribute("aria-label", `${added.getAttribute("aria-label").trim()} ${list.children.length}`);
      refresh();
      added.querySelector("input, select, textarea").focus();
    });
    list.addEventListener("click", (event) => {
      if (!event.target.closest("[data-removes]")) return;
      event.target.closest(".repeat-row").remove();
      refresh();
      button.focus();
    });
    refresh();
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
