// Helps while the form is filled in. Everything here also works without it, by sending the form.

import { combobox } from "./combobox.js";
import { drawMap } from "./map.js";

const PAUSE_MS = 350;
const LEAST_CHARACTERS = 8; // of a matter that is worth a search
const NOTHING = { task_areas: [], similar_cooperations: [], hints: [], understood: null, existing: [], competence: null };
const SHOWN_EXISTING = 2;
const RELATIONS = { member: "Sie sind dabei", joinable: "Sie könnten beitreten", ended: "beendet" };

const form = document.getElementById("suche");
const result = document.getElementById("ergebnis");
const status = document.getElementById("meldung");
const text = form.elements.text;
const body = form.elements.body;
const area = form.elements.task_area;

let timer;
let answered = ""; // the search whose result is shown
let searching;
let suggesting;

document.documentElement.classList.add("js");
combobox(body, { onChoose: () => later(0) });

// The words stay behind the #: a browser does not send that part to any server.
function address() {
  const parameters = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (name !== "text" && value) parameters.append(name, value);
  }
  const query = parameters.size ? `?${parameters}` : "";
  const words = text.value.trim() ? `#text=${encodeURIComponent(text.value.trim())}` : "";
  return `/${query}${words}`;
}

function later(pause = PAUSE_MS) {
  clearTimeout(timer);
  timer = setTimeout(() => { suggest(); search(false); }, pause);
}

async function suggest() {
  suggesting?.abort();
  const words = text.value.trim();
  if (words.length < LEAST_CHARACTERS) return showHelp(NOTHING);
  suggesting = new AbortController();
  try {
    let answer = await askSuggestions({ text: words, body: body.value.trim() });
    // A name that is still half typed is no reason to help less.
    if (answer.status === 422) answer = await askSuggestions({ text: words });
    if (answer.ok) showHelp(await answer.json());
  } catch (error) {
    if (error.name !== "AbortError") showHelp(NOTHING);
  }
}

function askSuggestions(asked) {
  return fetch("/v1/suggestions", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(asked),
    signal: suggesting.signal,
  });
}

function showHelp({ task_areas: areas, similar_cooperations: known, hints, understood, existing, competence }) {
  // Who has chosen the area by hand has a matter.
  const isMatter = (understood?.is_matter ?? true) || Boolean(area.value);
  const best = isMatter ? areas[0] : undefined;
  const similar = isMatter ? known : [];
  area.options[0].textContent = best ? `erkannt: ${best.label}` : "aus dem Text erkennen";
  document.getElementById("sicherheit").textContent = best && !area.value
    ? `${best.label}: ${certainty(best.probability)} sicher; hier änderbar. ${similar.length} ähnliche Vorhaben.`
    : "";
  const said = isMatter && understood ? understoodParts(understood, existing, competence) : [];
  const parts = isMatter ? [...said] : [];
  if (understood?.hint) parts.push(paragraph(understood.hint));
  if (isMatter && hints.length) parts.push(heading("Noch hilfreich"), listOf(hints.map((hint) => [hint.text])));
  if (similar.length) {
    parts.push(heading("Ähnliche Vorhaben"), listOf(similar.slice(0, said.length > 1 ? 1 : 3).map((entry) => [
      link(`/kooperationen/${encodeURIComponent(entry.id)}`, entry.title),
      entry.year ? ` (${entry.year}) · ` : " · ",
      link(entry.source_url, "Quelle"),
    ])));
  }
  document.getElementById("hinweise").replaceChildren(...parts);
}

function understoodParts({ wishes, named, outside }, existing, competence) {
  const parts = [];
  const said = [
    ...wishes.map((wish) => wish.label),
    ...named.map((body) => (body.role === "excluded" ? `ohne ${body.name}` : body.name)),
    ...outside.map((place) => `${place.text} (${place.where})`),
  ];
  if (said.length) parts.push(paragraph(`Verstanden: ${said.join(" · ")}`));
  if (existing.length) {
    parts.push(heading("Das gibt es schon"), listOf(existing.slice(0, SHOWN_EXISTING).map((entry) => [
      link(`/kooperationen/${encodeURIComponent(entry.cooperation)}`, entry.title),
      `: ${entry.status === "geplant" ? "geplant" : RELATIONS[entry.relation]}`,
    ])));
  }
  // Who carries the task oneself knows it.
  if (competence && competence.own !== true) parts.push(heading("Wer zuständig ist"), paragraph(competence.text));
  return parts;
}

function certainty(probability) {
  const percent = Math.round(probability * 100);
  return percent > 99 ? "über 99 %" : `${percent} %`;
}

function asking(button = null) {
  return new URLSearchParams(new FormData(form, button)).toString();
}

async function search(asked, button) {
  clearTimeout(timer);
  history.replaceState(null, "", address());
  if (!asked && (!body.value.trim() || text.value.trim().length < LEAST_CHARACTERS)) return;
  const wanted = asking(button);
  if (!asked && wanted === answered) return;
  searching?.abort();
  searching = new AbortController();
  status.textContent = "Partner werden gesucht …";
  result.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch("/", {
      method: "POST",
      headers: { "X-Fragment": "ergebnis", Accept: "text/html, application/problem+json" },
      body: new URLSearchParams(wanted),
      signal: searching.signal,
    });
    if (answer.ok) {
      put(await answer.text());
      // After a button the answer brings other fields: what was taken off.
      answered = button ? "" : wanted;
      history.replaceState(null, "", address());
    } else if (asked && answer.status !== 503) { // busy: what was typed stays, to be sent again
      form.submit(); // the whole page with each error at its field
    } else {
      const problem = await answer.json();
      status.textContent = problem.detail;
    }
  } catch (error) {
    if (error.name === "AbortError") return;
    status.textContent = "Der Dienst ist gerade nicht erreichbar. Ihre Eingaben bleiben stehen.";
  }
  result.removeAttribute("aria-busy");
}

function put(html) {
  const focused = result.contains(document.activeElement) ? document.activeElement.id : "";
  const open = [...result.querySelectorAll("li[data-ags] > details[open]")].map((d) => d.parentElement.dataset.ags);
  result.innerHTML = html; // the server's own markup; texts in it are escaped there
  for (const ags of open) result.querySelector(`li[data-ags="${ags}"] > details`)?.setAttribute("open", "");
  if (focused) (document.getElementById(focused) ?? document.getElementById("ergebnis-titel"))?.focus();
  shown();
}

function shown() {
  const section = result.querySelector(".result");
  if (!section) return;
  status.textContent = section.dataset.summary;
  const places = [...section.querySelectorAll("li[data-ags]")].map(({ dataset }) => ({
    ags: dataset.ags, rank: dataset.rank, name: dataset.name, role: dataset.role, share: dataset.share,
    lat: Number(dataset.lat), lon: Number(dataset.lon),
  }));
  drawMap(document.getElementById("karte-bild"), places, section.dataset.searcher);
}

async function judge(judged, verdict) {
  const thanks = judged.querySelector(".thanks");
  try {
    const answer = await fetch("/v1/feedback", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ request_id: judged.elements.request_id.value, ags: judged.elements.ags.value, verdict: verdict.value }),
    });
    thanks.textContent = answer.ok ? "Danke, notiert." : (await answer.json()).detail;
    for (const button of judged.querySelectorAll("button")) button.setAttribute("aria-pressed", String(answer.ok && button === verdict));
  } catch {
    thanks.textContent = "Der Dienst ist gerade nicht erreichbar.";
  }
}

function paragraph(words) {
  const element = document.createElement("p");
  element.textContent = words;
  return element;
}

function heading(words) {
  const element = document.createElement("h3");
  element.textContent = words;
  return element;
}

function listOf(entries) {
  const list = document.createElement("ul");
  for (const parts of entries) {
    const item = document.createElement("li");
    item.append(...parts);
    list.append(item);
  }
  return list;
}

function link(target, words) {
  const element = document.createElement("a");
  element.textContent = words;
  element.rel = "noreferrer";
  // Addresses come from the data; only these two kinds are followed.
  if (/^(https?:\/\/|\/)/.test(target)) element.href = target;
  return element;
}

form.addEventListener("input", (event) => { if (event.target !== body) later(); });
form.addEventListener("change", () => later(0));
result.addEventListener("change", (event) => { if (event.target.form === form) later(0); });
form.addEventListener("submit", (event) => {
  if (event.submitter?.hasAttribute("formaction")) return;
  event.preventDefault();
  search(true, event.submitter);
});
document.getElementById("filter-leeren").addEventListener("click", () => {
  for (const field of form.querySelectorAll("#filter input[type=checkbox]")) field.checked = false;
  form.elements.districts.value = "";
  form.elements.max_distance_km.value = "";
  later(0);
});
result.addEventListener("click", (event) => { if (event.target.closest("#drucken")) window.print(); });
result.addEventListener("submit", (event) => {
  if (!event.target.matches(".feedback")) return;
  event.preventDefault();
  judge(event.target, event.submitter);
});

const words = new URLSearchParams(location.hash.slice(1)).get("text");
if (words && !text.value) text.value = words;
if (result.querySelector(".result")) {
  shown();
  suggest();
} else if (body.value && text.value) {
  later(0);
}
