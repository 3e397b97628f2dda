/* The staff's map: our own shapes. Pointing at a building, or reaching it by the keyboard, marks it on the map and in the
   list alike; pressing it opens its page. Without this file the still map and the list say the same. */
"use strict";

(() => {
  const box = document.getElementById("atlas");
  const said = document.getElementById("atlas-said");
  if (!box || !window.L) return;
  const shapes = new Map();
  const rows = new Map();
  /* The building pointed at last: the shapes may arrive after the pointer did. */
  let pointed = box.dataset.at || "";
  document.querySelectorAll("[data-house]").forEach((link) => rows.set(link.dataset.house, link));

  function mark(code, from) {
    pointed = code;
    shapes.forEach((made, other) => made.getElement() && made.getElement().classList.toggle("on", other === code));
    rows.forEach((link, other) => link.parentElement.classList.toggle("on", other === code));
    const made = shapes.get(code);
    if (!made) return;
    const place = made.feature.properties;
    said.textContent = [place.title, place.grid, place.says].filter(Boolean).join(" · ");
    const link = rows.get(code);
    if (from === "map" && link && window.matchMedia("(min-width: 1000px)").matches) link.scrollIntoView({ block: "nearest" });
  }

  function reach(made) {
    const place = made.feature.properties;
    const path = made.getElement();
    if (!path) return;
    /* Leaflet writes its own colours on the shape; the stylesheet knows ours, and dark pages too. */
    ["fill", "stroke", "stroke-width", "fill-opacity", "stroke-opacity"].forEach((name) => path.removeAttribute(name));
    path.setAttribute("tabindex", "0");
    path.setAttribute("role", "link");
    path.setAttribute("aria-label", `${place.title} · ${place.says}`);
    path.addEventListener("focus", () => mark(place.code, "map"));
    path.addEventListener("keydown", (event) => {
      if (event.key === "Enter") location.href = place.url;
    });
  }

  /* The number stands in the middle of the box: Leaflet's own middle of a small polygon is off by its rounding. */
  function counted(map, made) {
    const place = made.feature.properties;
    if (!place.live) return;
    const label = document.createElement("span");
    label.textContent = place.late ? `${place.live} ⚠` : String(place.live);
    const name = place.late ? "count-mark late" : "count-mark";
    L.tooltip({ permanent: true, direction: "center", className: name }).setContent(label).setLatLng(made.getBounds().getCenter()).addTo(map);
  }

  function draw(given) {
    if (!given.houses.features.length) return;
    box.replaceChildren();
    const map = L.map(box, { attributionControl: false, zoomSnap: 0.25, scrollWheelZoom: false, zoomAnimation: false, fadeAnimation: false });
    window.linliTiles(map, box);
    const houses = L.geoJSON(given.houses, {
      style: (shape) => ({ className: `house tone-${shape.properties.tone}`, fillOpacity: 1, weight: 1 }),
      onEachFeature: (shape, made) => {
        shapes.set(shape.properties.code, made);
        made.on("mouseover", () => mark(shape.properties.code, "map"));
        made.on("click", () => { location.href = shape.properties.url; });
      },
    });
    const grids = L.geoJSON(given.grids, { interactive: false, style: () => ({ className: "grid-line", fill: false }) });
    map.fitBounds(houses.getBounds(), { padding: [14, 14] });
    grids.addTo(map);
    houses.addTo(map);
    houses.eachLayer((made) => { reach(made); counted(map, made); });
    grids.eachLayer((made) => made.getElement() && ["stroke", "stroke-width"].forEach((name) => made.getElement().removeAttribute(name)));
    const asked = shapes.get(box.dataset.at);
    if (asked) map.setView(asked.getBounds().getCenter(), map.getZoom() + 1);
    if (shapes.has(pointed)) mark(pointed, "map");
  }

  rows.forEach((link, code) => {
    link.addEventListener("mouseenter", () => mark(code, "list"));
    link.addEventListener("focus", () => mark(code, "list"));
  });

  fetch(box.dataset.source, { headers: { Accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
    .then(draw)
    .catch(() => {});
})();
