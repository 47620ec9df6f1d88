// The map that can be moved: areas of all municipalities, numbered marks of the partners.
// The server draws a still picture; this takes its place on the screen
// where Leaflet and the areas load.

const GERMAN = { zoomInTitle: "Vergrößern", zoomOutTitle: "Verkleinern" };
let areas;

export async function drawMap(place, places, searcher) {
  const Leaflet = window.L;
  if (!place || !Leaflet) return;
  areas ??= fetch("/map/gemeinden.json").then((answer) => answer.json());
  let geometry;
  try {
    geometry = await areas;
  } catch {
    areas = undefined; // the still picture stays; the next search tries again
    return;
  }
  const roles = new Map(places.map((body) => [body.ags, body.role]));
  roles.set(searcher, "searcher");
  const box = document.createElement("div");
  const frame = document.createElement("div");
  frame.className = "moving";
  box.className = "moving-map";
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", "Karte von Nordrhein-Westfalen mit den Vorschlägen; die Liste enthält dieselben Angaben");
  frame.append(box);
  place.prepend(frame); // the still picture after it is what gets printed
  const map = Leaflet.map(box, {
    zoomControl: false, attributionControl: false, scrollWheelZoom: false, zoomSnap: 0.25, minZoom: 6, maxZoom: 12,
    dragging: !window.matchMedia("(pointer: coarse)").matches,
  });
  Leaflet.control.zoom(GERMAN).addTo(map);
  Leaflet.geoJSON(geometry.areas, {
    interactive: false,
    style: (feature) => ({ className: `area area-${roles.get(feature.properties.ags) ?? "none"}`, weight: 0.5 }),
  }).addTo(map);
  Leaflet.geoJSON(geometry.districts, { interactive: false, style: { className: "district-line", weight: 1.2, fill: false } }).addTo(map);
  const points = [];
  for (const body of [...places].reverse()) {
    const point = [body.lat, body.lon];
    points.push(point);
    const icon = Leaflet.divIcon({ className: `pin pin-${body.role}`, html: String(body.rank), iconSize: [26, 26] });
    Leaflet.marker(point, { icon, title: `${body.rank}. ${body.name}, ${body.share}` })
      .on("click keypress", () => document.querySelector(`.matches [data-ags="${body.ags}"] h4 a`)?.focus())
      .addTo(map);
  }
  const own = geometry.areas.features.find((feature) => feature.properties.ags === searcher);
  const bounds = Leaflet.latLngBounds(points);
  if (own) bounds.extend(Leaflet.geoJSON(own).getBounds());
  map.fitBounds(bounds.isValid() ? bounds : [[50.3, 5.9], [52.5, 9.5]], { padding: [24, 24], maxZoom: 9.5, animate: false });
}
