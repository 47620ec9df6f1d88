// Helps while the form is filled in. Everything here also works without it, by sending the form.

import { at } from "./address.js";
import { combobox } from "./combobox.js";
import { heading, link, listOf, paragraph } from "./elements.js";
import { complain } from "./field_problems.js";
import { judge } from "./judgement.js";
import { drawMap } from "./map.js";
import { pauseAfter, refused as busy, rest, took } from "./pace.js";

const LEAST_CHARACTERS = 2;
const TOLD_AFTER_MS = 400; // that it is being searched: an answer at once needs no announcement
const MOST_RETRIES = 5;
const NOTHING = { task_areas: [], similar_cooperations: [], hints: [], understood: null, existing: [], competence: null };
const FILTERS = ["kinds", "legal_status", "government_regions", "districts", "max_distance_km"];
const OUTAGE = "Der Dienst ist gerade nicht erreichbar. Ihre Eingaben bleiben stehen.";

const form = document.getElementById("suche");
const result = document.getElementById("ergebnis");
const status = document.getElementById("meldung");
const text = form.elements.text;
const body = form.elements.body;
const area = form.elements.task_area;

let timer;
let answered = ""; // the search whose result is shown
let searching;
let underway = ""; // the search that is on its way
let suggesting;
let helped = ""; // the text and the body that help is shown for
let refused = 0; // times that the service was too busy for this search

document.documentElement.classList.add("js");
combobox(body, { onChoose: () => later(0) });

// All but the words: they go into a link only where somebody asks for it.
function address() {
  const parameters = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (name !== "text" && value) parameters.append(name, value);
  }
  return at(parameters.size ? `/?${parameters}` : "/");
}

// Behind the #: a browser does not send that part to any server.
function addressWithWords() {
  return `${location.origin}${address()}#text=${encodeURIComponent(text.value.trim())}`;
}

function later(pause = pauseAfter(text.value.trim())) {
  clearTimeout(timer);
  if (asking() !== underway) searching?.abort(); // what was typed before is no longer asked for
  timer = setTimeout(() => search(false), pause);
}

// Puts what is searched for into the address, where it changed: browsers allow that only so often.
function remember() {
  const wanted = address();
  if (wanted !== location.pathname + location.search + location.hash) history.replaceState(null, "", wanted);
}

async function suggest() {
  const words = text.value.trim();
  const wanted = `${body.value.trim()}\n${words}\n${area.value}`;
  if (wanted === helped) return; // a filter changes nothing here
  suggesting?.abort();
  helped = wanted;
  if (words.length < LEAST_CHARACTERS) return showHelp(NOTHING);
  suggesting = new AbortController();
  try {
    let answer = await askSuggestions({ text: words, body: body.value.trim() });
    // A name that is still half typed is no reason to help less.
    if (answer.status === 422) answer = await askSuggestions({ text: words });
    if (answer.ok) showHelp(await answer.json());
    else helped = "";
  } catch (error) {
    if (error.name === "AbortError") return;
    helped = "";
    showHelp(NOTHING);
  }
}

function askSuggestions(asked) {
  return fetch(at("/v1/suggestions"), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(asked),
    signal: suggesting.signal,
  });
}

function showHelp({ task_areas: areas, similar_cooperations: known, hints, understood }) {
  // Who has chosen the area by hand has a matter.
  const isMatter = (understood?.is_matter ?? true) || Boolean(area.value);
  const best = isMatter ? areas[0] : undefined;
  area.options[0].textContent = best ? `${best.label} (erkannt)` : "aus dem Text erkennen";
  document.getElementById("sicherheit").textContent = best && !area.value
    ? `${best.label}: ${certainty(best.probability)} sicher; änderbar unter „Aufgabenbereich“.`
    : isMatter ? "" : "Noch ist keine Aufgabe zu erkennen.";
  // With a body the answer asks back.
  const parts = understood?.hint && !body.value.trim() ? [paragraph(understood.hint)] : [];
  if (isMatter && hints.length) parts.push(heading("Noch hilfreich"), listOf(hints.slice(0, 2).map((hint) => [hint.text])));
  // With a body the answer shows what is alike.
  if (isMatter && known.length && !body.value.trim()) {
    parts.push(heading("Ähnliche Vorhaben"), listOf(known.slice(0, 2).map((entry) => [
      link(at(`/kooperationen/${encodeURIComponent(entry.id)}`), entry.title),
      entry.year ? ` (${entry.year}) · ` : " · ",
      link(entry.source_url, "Quelle"),
    ])));
  }
  document.getElementById("hinweise").replaceChildren(...parts);
}

function certainty(probability) {
  const percent = Math.round(probability * 100);
  return percent > 99 ? "über 99\u00a0%" : `${percent}\u00a0%`;
}

function asking(button = null) {
  return new URLSearchParams(new FormData(form, button)).toString();
}

// The filters are mostly closed: their heading says how many are set.
function tellFilters() {
  const typed = new FormData(form);
  const set = FILTERS.filter((name) => typed.getAll(name).some(Boolean)).length;
  document.getElementById("filter-zahl").textContent = set ? `(${set} gesetzt)` : "";
}

async function search(asked, button) {
  clearTimeout(timer);
  timer = null;
  remember();
  tellFilters();
  const wanted = asking(button);
  if (!asked && wanted === underway) return;
  searching?.abort();
  const isComplete = body.value.trim() && text.value.trim().length >= LEAST_CHARACTERS;
  if (!asked && (!isComplete || wanted === answered)) return suggest();
  const mine = searching = new AbortController();
  underway = wanted;
  result.setAttribute("aria-busy", "true");
  const told = setTimeout(() => say("Partner werden gesucht …"), TOLD_AFTER_MS);
  const start = performance.now();
  try {
    const answer = await ask(wanted, mine.signal);
    const content = answer.ok || answer.status === 422 ? await answer.text() : "";
    if (answer.status === 503) busy();
    else took(performance.now() - start);
    await take(answer, content, { asked, button, wanted });
    // After the answer, not beside it: both would take longer.
    timer ??= setTimeout(suggest, asked ? 0 : rest());
  } catch (error) {
    if (error.name !== "AbortError") say(OUTAGE, true);
  } finally {
    clearTimeout(told);
    if (searching === mine) {
      underway = "";
      result.removeAttribute("aria-busy");
    }
  }
}

function ask(wanted, signal) {
  return fetch(at("/"), {
    method: "POST",
    // Whatever goes wrong on the way comes as a problem with a sentence.
    headers: { "X-Fragment": "ergebnis", Accept: "application/problem+json" },
    body: new URLSearchParams(wanted),
    signal,
  });
}

async function take(answer, content, { asked, button, wanted }) {
  if (answer.status !== 503) refused = 0;
  if (answer.ok) {
    complain(form, "");
    put(content, button?.dataset.then);
    // After a button the answer brings other fields: what was taken off.
    answered = button ? "" : wanted;
    remember();
    if (asked && !button?.name) arrive();
  } else if (answer.status === 422) {
    complain(form, content, asked);
    answered = ""; // what is right again is searched for again, even as it was before
    say("Bitte die Angaben prüfen.");
  } else if (answer.status === 413) {
    say("Der Text ist zu lang: höchstens 10.000 Zeichen. Bitte kürzen.", true);
  } else {
    say((await answer.json()).detail, true);
    // Busy: it is asked again by itself, until something else is typed.
    const wait = 1000 * Math.min(Number(answer.headers.get("Retry-After")) || 2, 10);
    if (answer.status === 503 && refused++ < MOST_RETRIES) timer = setTimeout(() => search(asked, button), wait);
  }
}

function say(words, outage = false, heard = false) {
  status.classList.toggle("outage", outage);
  status.classList.toggle("unseen", heard); // the heading of the answer says it to who sees
  if (status.textContent !== words) status.textContent = words; // else it would be read out again
}

// On a narrow screen the answer lies below the form: who asked for it is taken there.
function arrive() {
  const title = document.getElementById("ergebnis-titel");
  if (!title || title.getBoundingClientRect().top <= window.innerHeight / 2) return;
  title.focus({ preventScroll: true }); // else one that peeps in at the bottom stays there
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  title.scrollIntoView({ block: "start", behavior: still ? "instant" : "smooth" });
}

function put(html, then) {
  const focused = result.contains(document.activeElement) ? document.activeElement.id : "";
  const map = result.querySelector(".moving");
  const open = [...result.querySelectorAll(".suggestion details[open]")].map((d) => d.closest(".suggestion").dataset.ags);
  const inside = focused === "explain" ? document.activeElement.selectionStart : null;
  const wasInside = result.contains(document.activeElement);
  result.innerHTML = html; // the server's own markup; texts in it are escaped there
  if (map) document.getElementById("karte-bild")?.prepend(map); // until the new one is drawn
  for (const ags of open) result.querySelector(`.suggestion[data-ags="${ags}"] details`)?.setAttribute("open", "");
  if (wasInside) {
    const next = document.getElementById(then || focused) ?? document.getElementById("ergebnis-titel");
    next?.focus({ preventScroll: true });
    if (inside !== null) next?.setSelectionRange?.(inside, inside);
  }
  shown();
}

function shown() {
  const section = result.querySelector(".result");
  if (!section) return;
  say(section.dataset.summary, false, true);
  const explain = document.getElementById("explain");
  if (explain) combobox(explain, { onChoose: () => search(true, document.getElementById("warum-zeigen")) });
  const picture = document.getElementById("karte-bild");
  if (!picture) return;
  const places = [...section.querySelectorAll(".suggestion")].map(({ dataset }) => ({
    ags: dataset.ags, rank: dataset.rank, name: dataset.name, role: dataset.role, share: dataset.share, named: dataset.named,
    lat: Number(dataset.lat), lon: Number(dataset.lon),
  }));
  const { own, ownName, ownLat, ownLon, onBoard } = picture.dataset;
  const agreed = JSON.parse(onBoard).map((body) => ({ ...body, rank: "", role: "group", share: "schon an Bord", named: "ja" }));
  const searcher = { ags: own, name: ownName, lat: Number(ownLat), lon: Number(ownLon) };
  // Words first: the map takes as long to draw as all of them.
  requestAnimationFrame(() => setTimeout(() => drawMap(picture, [...agreed, ...places], searcher)));
}

// A half name is no search yet; one that was refused is tried anew with each letter that mends it.
form.addEventListener("input", (event) => { if (event.target !== body || body.ariaInvalid) later(); });
form.addEventListener("change", () => later(0));
form.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button?.hasAttribute("formaction")) return;
  event.preventDefault();
  if (button?.name === "without") empty(button.value);
  if (button?.name === "body_meant") body.value = button.value;
  search(true, button);
});
document.getElementById("filter-leeren").addEventListener("click", () => {
  for (const name of FILTERS) empty(name);
  later(0);
});
result.addEventListener("click", (event) => {
  if (event.target.closest("#drucken")) window.print();
  if (event.target.closest("#link")) copy(event, location.origin + address());
  if (event.target.closest("#link-text")) copy(event, addressWithWords());
});
result.addEventListener("submit", (event) => {
  if (!event.target.matches(".feedback")) return;
  event.preventDefault();
  judge(event.target, event.submitter);
});

// Takes one filter off; what is ticked and typed for it goes too.
function empty(name) {
  for (const field of form.querySelectorAll(`[name="${name}"]`)) {
    if (field.type === "checkbox") field.checked = false;
    else field.value = "";
  }
}

async function copy(event, target) {
  event.preventDefault();
  try {
    await navigator.clipboard.writeText(target);
    say("Der Link ist kopiert.");
  } catch {
    // Without https there is no clipboard: it stands in the address.
    history.replaceState(null, "", target);
    say("Der Link steht jetzt in der Adresszeile.");
  }
}

const words = new URLSearchParams(location.hash.slice(1)).get("text");
if (words && !text.value) text.value = words;
if (result.querySelector(".result")) {
  shown();
  suggest();
} else if (body.value && text.value) {
  later(0);
}
