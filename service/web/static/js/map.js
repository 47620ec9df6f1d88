// The map that can be moved: areas of all municipalities, numbered marks of the partners, names of
// the proposed group. The server draws a still picture; this takes its place on the screen
// where Leaflet and the areas load.

import { at } from "./address.js";

const GERMAN = { zoomInTitle: "Vergrößern", zoomOutTitle: "Verkleinern" };
let areas;

export async function drawMap(place, places, searcher) {
  const Leaflet = window.L;
  if (!place || !Leaflet) return;
  areas ??= fetch(at("/map/gemeinden.json")).then((answer) => answer.json());
  let geometry;
  try {
    geometry = await areas;
  } catch {
    areas = undefined; // the still picture stays; the next search tries again
    return;
  }
  if (!place.isConnected) return; // a newer answer has come meanwhile
  const roles = new Map(places.map((body) => [body.ags, body.role]));
  // A Kreis is seen by its municipalities: their keys begin with its own.
  const own = (ags) => ags === searcher.ags || (searcher.ags.length === 5 && ags.startsWith(searcher.ags));
  const role = (ags) => (own(ags) ? "searcher" : roles.get(ags) ?? "none");
  const box = document.createElement("div");
  const frame = document.createElement("div");
  frame.className = "moving";
  box.className = "moving-map";
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", "Karte von Nordrhein-Westfalen mit den Vorschlägen; die Tabelle enthält dieselben Angaben");
  frame.append(box);
  place.prepend(frame); // the still picture after it is what gets printed
  const map = Leaflet.map(box, {
    zoomControl: false, attributionControl: false, scrollWheelZoom: false, zoomSnap: 0.25, minZoom: 6, maxZoom: 12,
    dragging: !window.matchMedia("(pointer: coarse)").matches, keyboard: false,
    fadeAnimation: false, zoomAnimation: false,
  });
  Leaflet.control.zoom(GERMAN).addTo(map);
  Leaflet.geoJSON(geometry.areas, {
    interactive: false,
    style: (feature) => ({ className: `area area-${role(feature.properties.ags)}`, weight: 0.5 }),
  }).addTo(map);
  Leaflet.geoJSON(geometry.districts, { interactive: false, style: { className: "district-line", weight: 1.2, fill: false } }).addTo(map);
  const points = [[searcher.lat, searcher.lon]];
  for (const body of [...places].reverse()) {
    const point = [body.lat, body.lon];
    points.push(point);
    const icon = Leaflet.divIcon({ className: `pin pin-${body.role}`, html: String(body.rank), iconSize: [22, 22] });
    // By mouse alone: by keyboard the table is nearer, and marks overlap.
    const mark = Leaflet.marker(point, { icon, title: `${body.rank}. ${body.name}, ${body.share}`, keyboard: false })
      .on("click", () => document.querySelector(`.suggestion[data-ags="${body.ags}"] th a`)?.focus())
      .addTo(map);
    name(mark, body.name, body.side);
  }
  const icon = Leaflet.divIcon({ className: "pin pin-searcher", html: "", iconSize: [16, 16] });
  name(Leaflet.marker(points[0], { icon, interactive: false, keyboard: false, zIndexOffset: 1000 }).addTo(map), searcher.name, searcher.side);
  map.fitBounds(Leaflet.latLngBounds(points), { padding: [28, 28], maxZoom: 10, animate: false });
}

// The server has found a side at which names do not cover each other; one without has no room.
function name(mark, words, side) {
  if (side) mark.bindTooltip(words, { permanent: true, direction: side, className: "map-name", interactive: false });
}
