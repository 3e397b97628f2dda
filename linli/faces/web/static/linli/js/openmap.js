/* The community's map: our own shapes. Every building can be reached by the keyboard and leads to its line in the list. */
"use strict";

(() => {
  const box = document.getElementById("open-map");
  if (!box || !window.L) return;

  function reach(layer, place) {
    const path = layer.getElement();
    if (!path) return;
    const label = `${place.title} · ${place.says}`;
    path.setAttribute("tabindex", "0");
    path.setAttribute("role", "button");
    path.setAttribute("aria-label", label);
    path.addEventListener("focus", () => layer.openTooltip());
    path.addEventListener("blur", () => layer.closeTooltip());
    path.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      go(place.code);
    });
  }

  function go(code) {
    const line = document.getElementById(`house-${code}`);
    if (!line) return;
    line.focus();
    line.scrollIntoView({ block: "center" });
  }

  function draw(shapes) {
    if (!shapes.features.length) return;
    box.hidden = false;
    const map = L.map(box, { attributionControl: false, zoomSnap: 0.25, scrollWheelZoom: false, zoomAnimation: false, fadeAnimation: false });
    window.linliTiles(map, box);
    const layer = L.geoJSON(shapes, {
      style: (shape) => ({ className: `house band-${shape.properties.band}`, fillOpacity: 1, weight: 1 }),
      onEachFeature: (shape, made) => {
        const label = document.createElement("span");
        label.textContent = `${shape.properties.title} · ${shape.properties.says}`;
        made.bindTooltip(label, { sticky: true });
        made.on("click", () => go(shape.properties.code));
      },
    });
    map.fitBounds(layer.getBounds(), { padding: [12, 12] });
    layer.addTo(map);
    layer.eachLayer((made) => {
      const path = made.getElement();
      /* Leaflet writes its own colours on the shape; the stylesheet knows ours, and dark pages too. */
      if (path) ["fill", "stroke", "stroke-width"].forEach((name) => path.removeAttribute(name));
      reach(made, made.feature.properties);
    });
  }

  fetch(box.dataset.source, { headers: { Accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
    .then(draw)
    .catch(() => { box.hidden = true; });
})();
