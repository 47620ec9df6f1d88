// The map that can be moved: areas of all municipalities, numbered marks of the partners, names of
// the proposed group. The server draws a still picture; this takes its place on the screen
// where Leaflet and the areas load.

import { at } from "./address.js";

const GERMAN = { zoomInTitle: "Vergrößern", zoomOutTitle: "Verkleinern" };
// px by which a mark moves aside of another at the same place: a Kreis has its seat in one of its towns
const ASIDE = [[20, 0], [-20, 0], [0, -20], [0, 20]];
let areas;
let drawn;

export async function drawMap(place, places, searcher) {
  const Leaflet = window.L;
  if (!place || !Leaflet) return;
  areas ??= fetch(at("/map/gemeinden.json")).then((answer) => answer.json());
  let geometry;
  try {
    geometry = await areas;
  } catch {
    areas = undefined; // the still picture stays; the next search tries again
    place.querySelector(".moving")?.remove();
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
  drawn?.remove();
  place.querySelector(".moving")?.remove();
  place.prepend(frame); // the still picture after it is what gets printed
  const map = drawn = Leaflet.map(box, {
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
  const points = [searcher, ...places].map(({ lat, lon }) => [lat, lon]);
  const fit = (more) => map.fitBounds(Leaflet.latLngBounds(points), { padding: [28, 28], maxZoom: 10, animate: false, ...more });
  const pixel = (body) => map.latLngToContainerPoint([body.lat, body.lon]);
  fit();
  if (points.some((point) => meet(CONTROLS, around(map.latLngToContainerPoint(point), 11, 11)))) fit({ paddingTopLeft: [CONTROLS.right + 12, 28] });
  const marks = sideBySide([searcher, ...places], pixel);
  const spot = ({ body, shift }) => ({ x: pixel(body).x + shift[0], y: pixel(body).y + shift[1] });
  const named = [marks[0]];
  for (const mark of marks.slice(1).reverse()) {
    const { body, shift } = mark;
    const icon = Leaflet.divIcon({ className: `pin pin-${body.role}`, html: String(body.rank), iconSize: [22, 22], iconAnchor: [11 - shift[0], 11 - shift[1]] });
    // By mouse alone: by keyboard the table is nearer, and marks overlap.
    Leaflet.marker([body.lat, body.lon], { icon, title: `${body.rank ? `${body.rank}. ` : ""}${body.name}, ${body.share}`, keyboard: false })
      .on("click", () => document.querySelector(`.suggestion[data-ags="${body.ags}"] th a`)?.focus())
      .addTo(map);
    if (body.named) named.splice(1, 0, mark);
  }
  const icon = Leaflet.divIcon({ className: "pin pin-searcher", html: "", iconSize: [16, 16] });
  Leaflet.marker([searcher.lat, searcher.lon], { icon, interactive: false, keyboard: false, zIndexOffset: 1000 }).addTo(map);
  const arrange = () => placeNames(map, named, marks, spot);
  arrange();
  map.on("zoomend", arrange);
}

// A mark whose place is taken moves to the side where it is farthest from all others.
function sideBySide(bodies, pixel) {
  const seats = bodies.map(pixel);
  const placed = [];
  return bodies.map((body, number) => {
    const { x, y } = seats[number];
    const others = [...placed, ...seats.filter((seat) => seat.x !== x || seat.y !== y)];
    const free = (shift) => Math.min(...others.map((other) => Math.hypot(x + shift[0] - other.x, y + shift[1] - other.y)));
    const isTaken = placed.some((other) => other.x === x && other.y === y);
    const [shift] = isTaken ? [...ASIDE].sort((one, other) => free(other) - free(one)) : [[0, 0]];
    placed.push({ x: x + shift[0], y: y + shift[1] });
    return { body, shift };
  });
}

// Where a name may stand: its side, and how far its nearest point lies from the mark, in px; the
// nearest come first.
const PLACES = [
  ["right", 14, 0], ["left", -14, 0],
  ...[0, 24, -24, 44, -44].flatMap((x) => [["top", x, -13], ["bottom", x, 13]]),
  ...[19, -19].flatMap((y) => [["right", 8, y], ["left", -8, y]]),
  ["right", 34, 0], ["left", -34, 0],
  ...[30, 47].flatMap((y) => [0, 24, -24, 44, -44].flatMap((x) => [["top", x, -y], ["bottom", x, y]])),
];
const TOWARDS = { right: [1, 0], left: [-1, 0], top: [0, -1], bottom: [0, 1] };
const MARGIN = 6; // px that Leaflet keeps by itself
const CONTROLS = { left: 0, top: 0, right: 48, bottom: 80 };

// Each name in turn takes the first place where it covers no mark, no name and no button and is
// whole; one that finds none is left out: the table has it. What moves when one drags is no matter.
function placeNames(map, named, marks, spot) {
  const size = map.getSize();
  const taken = [CONTROLS, ...marks.map((mark) => around(spot(mark), 11, 11))];
  for (const each of named) {
    each.words?.remove();
    each.words = window.L.tooltip({ permanent: true, className: "map-name", interactive: false })
      .setLatLng([each.body.lat, each.body.lon]).setContent(each.body.name).addTo(map);
    const { offsetWidth: wide, offsetHeight: high } = each.words.getElement();
    const mark = spot(each);
    const free = PLACES.map(([side, x, y]) => {
      const [right, down] = TOWARDS[side];
      const box = around({ x: mark.x + x + (right * wide) / 2, y: mark.y + y + (down * high) / 2 }, wide / 2, high / 2);
      return { side, away: [each.shift[0] + x - MARGIN * right, each.shift[1] + y - MARGIN * down], box };
    }).find(({ box }) => isInside(box, size) && !taken.some((other) => meet(box, other)));
    if (!free) {
      each.words.remove();
      continue;
    }
    Object.assign(each.words.options, { direction: free.side, offset: free.away });
    each.words.update();
    taken.push(free.box);
  }
}

function isInside(box, size) {
  return box.left >= 0 && box.top >= 0 && box.right <= size.x && box.bottom <= size.y;
}

function around({ x, y }, wide, high) {
  return { left: x - wide, right: x + wide, top: y - high, bottom: y + high };
}

function meet(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
