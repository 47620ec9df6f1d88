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
  const named = [];
  for (const body of [...places].reverse()) {
    const point = [body.lat, body.lon];
    points.push(point);
    const icon = Leaflet.divIcon({ className: `pin pin-${body.role}`, html: String(body.rank), iconSize: [22, 22] });
    // By mouse alone: by keyboard the table is nearer, and marks overlap.
    const mark = Leaflet.marker(point, { icon, title: `${body.rank}. ${body.name}, ${body.share}`, keyboard: false })
      .on("click", () => document.querySelector(`.suggestion[data-ags="${body.ags}"] th a`)?.focus())
      .addTo(map);
    if (body.side) named.unshift({ mark, words: body.name });
  }
  const icon = Leaflet.divIcon({ className: "pin pin-searcher", html: "", iconSize: [16, 16] });
  const ownMark = Leaflet.marker(points[0], { icon, interactive: false, keyboard: false, zIndexOffset: 1000 }).addTo(map);
  named.unshift({ mark: ownMark, words: searcher.name });
  const fit = (more) => map.fitBounds(Leaflet.latLngBounds(points), { padding: [28, 28], maxZoom: 10, animate: false, ...more });
  fit();
  const covered = (point) => covers({ ...CONTROLS }, around(map.latLngToContainerPoint(point), 11, 11)) > 0;
  if (points.some(covered)) fit({ paddingTopLeft: [CONTROLS.right + 12, 28] });
  const arrange = () => placeNames(map, named, points);
  arrange();
  map.on("zoomend", arrange);
}

// Where a name may stand: its side, and how far its nearest point lies from the mark, in px.
const PLACES = [
  ["right", 14, 0], ["left", -14, 0], ["top", 0, -13], ["bottom", 0, 13],
  ["right", 8, -19], ["left", -8, -19], ["right", 8, 19], ["left", -8, 19],
  ["top", 0, -30], ["bottom", 0, 30], ["right", 34, 0], ["left", -34, 0],
  ["top", 24, -30], ["top", -24, -30], ["bottom", 24, 30], ["bottom", -24, 30],
  ["top", 44, -13], ["top", -44, -13], ["bottom", 44, 13], ["bottom", -44, 13],
];
const TOWARDS = { right: [1, 0], left: [-1, 0], top: [0, -1], bottom: [0, 1] };
const MARGIN = 6; // px that Leaflet keeps by itself
const CONTROLS = { left: 0, top: 0, right: 48, bottom: 80 };

// Each name in turn takes the place where it covers least: names, the edge and the buttons, which
// would hide it, count most, then marks. What moves out of sight when one drags is no matter.
function placeNames(map, named, points) {
  const size = map.getSize();
  const taken = points.map((point) => ({ ...around(map.latLngToContainerPoint(point), 11, 11), cost: 4 }));
  for (const { mark, words } of named) {
    const at = map.latLngToContainerPoint(mark.getLatLng());
    mark.unbindTooltip();
    mark.bindTooltip(words, { permanent: true, className: "map-name", interactive: false });
    const tip = mark.getTooltip();
    const { offsetWidth: wide, offsetHeight: high } = tip.getElement();
    const [best] = PLACES.map(([side, x, y]) => {
      const [right, down] = TOWARDS[side];
      const box = around({ x: at.x + x + (right * wide) / 2, y: at.y + y + (down * high) / 2 }, wide / 2, high / 2);
      const outside = box.left < 0 || box.top < 0 || box.right > size.x || box.bottom > size.y;
      const covered = taken.reduce((sum, other) => sum + covers(box, other) * other.cost, 0);
      const hidden = outside || covers(box, CONTROLS) > 0;
      return { side, away: [x - MARGIN * right, y - MARGIN * down], box, cost: covered + (hidden ? 200 : 0) };
    }).sort((one, other) => one.cost - other.cost);
    Object.assign(tip.options, { direction: best.side, offset: best.away });
    tip.update();
    taken.push({ ...best.box, cost: 300 });
  }
}

function around({ x, y }, wide, high) {
  return { left: x - wide, right: x + wide, top: y - high, bottom: y + high };
}

// How much of the other one it covers, 0 … 1.
function covers(one, other) {
  const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return wide <= 0 || high <= 0 ? 0 : (wide * high) / ((other.right - other.left) * (other.bottom - other.top));
}
