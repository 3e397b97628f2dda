/* An outside map under our own shapes, where the deployment sets one (data-tiles on the box). Where its server does not answer, the
   shapes stand on plain ground as they do without it. */
"use strict";

window.linliTiles = (map, box) => {
  if (!box.dataset.tiles) return;
  const credit = document.createElement("span");
  credit.textContent = box.dataset.credit;
  L.tileLayer(box.dataset.tiles, { maxZoom: 21, maxNativeZoom: 18, keepBuffer: 1 }).addTo(map);
  if (box.dataset.credit) L.control.attribution({ prefix: false }).addAttribution(credit.innerHTML).addTo(map);
  box.classList.add("on-tiles");
};
