/**
 * <ikz-partnersuche api="https://…" body="05974008" for="vorhaben">
 *
 * Proposes partners for inter-municipal cooperation on any page. One file: no dependency, no
 * cookie, no request but to `api`. All styles are an adopted sheet, so that it works where the
 * page's Content-Security-Policy forbids inline styles; all answers are set as text, never as
 * markup.
 *
 * Attributes
 *   api   Address of the service; default: where this file came from.
 *   body  Key or name of the searching body, fills the field.
 *   for   Id of a text field of the page that holds the matter; default: a field of its own.
 *   lang  "de"; all sentences are German.
 * Event `ikz-vorschlaege` (bubbles): detail { suggestions, matches }, the two answers of the
 * interface; matches is null as long as no body is known.
 * Style: --ikz-akzent, --ikz-auf-akzent, --ikz-schrift; ::part(liste), ::part(hinweise).
 */

const PAUSE_MS = 300;
const SHOWN = 5;
const SHOWN_SIMILAR = 3;
const LONGEST_TEXT = 10000;
const SHOWN_NAMES = 4;
const LIST = new Intl.ListFormat("de-DE");
const WHOLE = new Intl.NumberFormat("de-DE", { maximumFractionDigits: 0 });
// A slow server is no reason to wait for ever.
const PATIENCE_MS = 20000;

const SHEET = new CSSStyleSheet();
SHEET.replaceSync(`
:host { all: initial; display: block; margin-block: 1rem; color-scheme: light dark; }
:host([hidden]) { display: none; }
* { box-sizing: border-box; }
.frame {
  --ground: #ffffff; --raised: #f2f4f6; --text: #171a1c; --soft: #4c555c; --line: #6d7780;
  --accent: var(--ikz-akzent, #1a4f9c); --on-accent: var(--ikz-auf-akzent, #ffffff); --warn: #a3160f;
  padding: 1.25rem; border: 1px solid var(--line); border-radius: .25rem;
  background: var(--ground); color: var(--text);
  font: 1rem/1.5 var(--ikz-schrift, system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif);
  overflow-wrap: break-word;
}
@media (prefers-color-scheme: dark) {
  .frame {
    --ground: #14181b; --raised: #20262a; --text: #eef1f3; --soft: #b8c1c8; --line: #8b959d;
    --accent: var(--ikz-akzent-dunkel, #9cc3ff); --on-accent: var(--ikz-auf-akzent-dunkel, #0b1a30);
    --warn: #ffa39c;
  }
}
h2 { margin: 1.25rem 0 .5rem; font-size: 1.15rem; line-height: 1.3; }
.title { margin: 0 0 1rem; font-size: 1.35rem; font-weight: 700; line-height: 1.3; }
p { margin: .25rem 0; }
.field { margin-bottom: 1rem; }
label { display: block; font-weight: 600; }
.hint, .facts, .detail { color: var(--soft); font-size: .95rem; }
input, textarea {
  display: block; width: 100%; margin-top: .35rem; padding: .6rem .75rem; font: inherit;
  color: var(--text); background: var(--ground); border: 1px solid var(--line); border-radius: .25rem;
}
textarea { min-height: 7rem; resize: vertical; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
[aria-invalid="true"] { border: 2px solid var(--warn); }
.error { color: var(--warn); font-weight: 600; }
.error:empty, .notice:empty { display: none; }
.combobox { position: relative; }
[role="listbox"] {
  position: absolute; z-index: 1000; inset-inline: 0; top: 100%; margin: 2px 0 0; padding: 0;
  max-height: 20rem; overflow-y: auto; list-style: none;
  color: var(--text); background: var(--ground); border: 2px solid var(--accent); border-radius: .25rem;
}
[hidden] { display: none !important; }
[role="option"] { padding: .5rem .75rem; cursor: pointer; }
[role="option"] .detail { display: block; }
[role="option"]:hover, [role="option"][aria-selected="true"] { background: var(--accent); color: var(--on-accent); }
[role="option"]:hover .detail, [role="option"][aria-selected="true"] .detail { color: inherit; }
.status { min-height: 1.5em; }
.busy { opacity: .6; }
ol, ul { margin: .25rem 0; padding-left: 1.25rem; }
ol { padding: 0; list-style: none; }
ol > li { padding: .75rem 0; border-top: 1px solid var(--line); }
.name { font-weight: 700; }
.notice { margin-top: .75rem; padding: .75rem 1rem; background: var(--raised); border-left: .25rem solid var(--accent); }
.notice ul { margin: 0; }
a { color: var(--accent); text-underline-offset: .15em; }
.more { margin-top: 1rem; }
.more a { display: inline-block; padding-block: .25rem; font-weight: 600; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (forced-colors: active) {
  [role="option"][aria-selected="true"] { outline: 2px solid Highlight; outline-offset: -2px; }
}
`);

/** What the service says about a request; `pointer` names the field it is about. */
class Refusal extends Error {
  constructor(problem) {
    super(problem.errors?.[0]?.detail ?? problem.detail ?? "Der Dienst kann gerade nicht antworten.");
    this.pointer = problem.errors?.[0]?.pointer ?? "";
  }
}

/** Make an element from its name, properties or attributes, and children. */
function make(name, given = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (key in element) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

/** Link to another page, never to a script; what is no web address stays plain text. */
function link(address, text) {
  if (!/^https?:\/\//i.test(address)) return document.createTextNode(text);
  const unseen = make("span", { className: "unseen", textContent: " (öffnet in neuem Fenster)" });
  // The page around may hold a form that is half filled in: it must stay open.
  return make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text, unseen);
}

function after(pause, action) {
  let timer;
  return {
    soon() { clearTimeout(timer); timer = setTimeout(action, pause); },
    now() { clearTimeout(timer); action(); },
    never() { clearTimeout(timer); },
  };
}

class IkzPartnersuche extends HTMLElement {
  static observedAttributes = ["api", "body", "for"];

  #root = this.attachShadow({ mode: "open" });
  #listening = null; // ends all listeners outside the shadow tree
  #asking = null; // ends the running search
  #looking = null; // ends the running look-up of names
  #key = null; // of the chosen body, null while one types
  #active = -1; // index of the marked option
  #bodies = []; // what the options stand for
  #similar = [];
  // Parts of the shadow tree, made by #build.
  #frame;
  #input;
  #options;
  #problem;
  #spoken;
  #status;
  #textarea;
  #hints;
  #found;
  #search = after(PAUSE_MS, () => this.#run());
  #lookUp = after(PAUSE_MS, () => this.#find());

  connectedCallback() {
    this.#root.adoptedStyleSheets = [SHEET];
    this.#build();
    this.#listen();
    this.#adopt();
  }

  disconnectedCallback() {
    this.#search.never();
    this.#lookUp.never();
    for (const running of [this.#listening, this.#asking, this.#looking]) running?.abort();
  }

  attributeChangedCallback(name, before, value) {
    if (!this.isConnected || before === value || !this.#listening) return;
    if (name === "body") {
      this.#adopt();
    } else {
      this.disconnectedCallback();
      this.connectedCallback();
    }
  }

  get api() {
    return (this.getAttribute("api") || new URL("../..", import.meta.url).href).replace(/\/+$/, "");
  }

  get #foreign() {
    const id = this.getAttribute("for");
    return id ? this.getRootNode().getElementById?.(id) ?? document.getElementById(id) : null;
  }

  get #matter() {
    return ((this.hasAttribute("for") ? this.#foreign : this.#textarea)?.value ?? "").trim();
  }

  // What is shown ---------------------------------------------------------------------------

  #build() {
    this.#input = make("input", {
      id: "body", type: "text", maxLength: 200, autocomplete: "off", spellcheck: false, role: "combobox",
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "options",
      "aria-describedby": "body-hint body-error",
    });
    this.#options = make("ul", { id: "options", role: "listbox", "aria-label": "Kommunen und Verbände", hidden: true });
    this.#problem = make("p", { id: "body-error", className: "error" });
    this.#spoken = make("p", { className: "unseen", "aria-live": "polite" });
    this.#status = make("p", { className: "status", role: "status" });
    this.#hints = make("div", { className: "notice", part: "hinweise" });
    this.#found = make("div", { part: "liste" });
    this.#textarea = null;
    // No landmark: a page may hold several of these, and has landmarks of its own.
    const frame = make(
      "div", { className: "frame", lang: "de", role: "group", "aria-labelledby": "title" },
      make("p", { id: "title", className: "title", textContent: "Partner für interkommunale Zusammenarbeit" }),
      make(
        "div", { className: "field" },
        make("label", { htmlFor: "body", textContent: "Ihre Kommune, Ihr Kreis oder Verband" }),
        make("p", { id: "body-hint", className: "hint", textContent: "Name oder amtlicher Schlüssel" }),
        make("div", { className: "combobox" }, this.#input, this.#options),
        this.#problem,
      ),
    );
    if (!this.hasAttribute("for")) frame.append(this.#field());
    frame.append(this.#spoken, this.#status, this.#hints, this.#found);
    this.#frame = frame;
    this.#root.replaceChildren(frame);
  }

  #field() {
    this.#textarea = make("textarea", {
      id: "matter", rows: 4, maxLength: LONGEST_TEXT, "aria-describedby": "matter-hint",
    });
    const sentence = `Ein, zwei Sätze genügen. Der Text wird zum Suchen an ${this.#host} übermittelt.`;
    return make(
      "div", { className: "field" },
      make("label", { htmlFor: "matter", textContent: "Was soll gemeinsam erledigt werden?" }),
      make("p", { id: "matter-hint", className: "hint", textContent: sentence }),
      this.#textarea,
    );
  }

  get #host() {
    try {
      return new URL(this.api, document.baseURI).host;
    } catch {
      return this.api;
    }
  }

  #showSuggestions({ task_areas: areas, hints, similar_cooperations: similar, understood }) {
    if (understood?.is_matter === false) {
      this.#hints.replaceChildren(...(understood.hint ? [make("p", { textContent: understood.hint })] : []));
      this.#similar = [];
      return;
    }
    const area = areas[0];
    const parts = [];
    if (area) {
      const percent = Math.round(100 * area.probability);
      const share = percent > 99 ? "über 99\u00a0%" : `${percent}\u00a0%`; // nothing is sure
      parts.push(make("p", {}, "Erkannter Aufgabenbereich: ", make("strong", { textContent: area.label }), ` (${share} sicher)`));
    }
    if (hints.length) {
      parts.push(make("ul", {}, ...hints.map((hint) => make("li", { textContent: hint.text }))));
    }
    this.#hints.replaceChildren(...parts);
    this.#similar = similar.slice(0, SHOWN_SIMILAR);
  }

  #showMatches(matches) {
    const parts = [];
    if (matches?.existing?.length) parts.push(this.#existing(matches.existing[0], matches.existing.length));
    const group = matches?.consortium;
    if (group?.sentence) parts.push(this.#proposal(group));
    if (matches?.matches.length) {
      parts.push(
        make("h2", { textContent: "Mögliche Partner" }),
        make("p", { className: "hint", textContent: "Vorschläge, kein Urteil über eine Kommune." }),
        make("ol", {}, ...matches.matches.map((match) => this.#item(match))),
      );
    }
    if (this.#similar.length) {
      parts.push(
        make("h2", { textContent: "Ähnliche Vorhaben" }),
        make("ul", {}, ...this.#similar.map((entry) => {
          const year = entry.year ? ` (${entry.year})` : "";
          return make("li", {}, link(entry.source_url, entry.title), `${year}: ${entry.participant_names.join(", ")}`);
        })),
      );
    }
    const key = this.#key ?? this.#input.value.trim();
    const address = new URL(`${this.api}/`, document.baseURI);
    if (key) address.searchParams.set("body", key);
    parts.push(make("p", { className: "more" }, link(address.href, "Zur vollständigen Partnersuche mit Karte, Gründen und Belegen")));
    this.#found.replaceChildren(...parts);
  }

  /** Say in one line what there is already; the full answer is behind the link to the service. */
  #existing({ title, status, step, source_url: source }, count) {
    const state = status === "geplant" ? "geplant" : step;
    const more = count > 1 ? ` und ${WHOLE.format(count - 1)} weitere` : "";
    return make("p", {}, make("strong", { textContent: "Das gibt es schon: " }), link(source, title), ` (${state})${more}`);
  }

  #proposal({ names, sentence, existing }) {
    const others = names.slice(1);
    const shown = others.length > SHOWN_NAMES + 1 ? [...others.slice(0, SHOWN_NAMES), `${others.length - SHOWN_NAMES} weitere`] : others;
    const heading = existing ? "Bestehende Gruppe: " : "Unser Vorschlag: ";
    return make("p", {}, make("strong", { textContent: `${heading}${LIST.format(shown)}.` }), ` ${sentence}`);
  }

  #item({ rank, body, likelihood, sentence }) {
    return make(
      "li", {},
      make("p", { className: "name", textContent: `${rank}. ${body.name}` }),
      make("p", {}, make("strong", { textContent: likelihood.label }), `: ${sentence}`),
    );
  }

  #clear(sentence = "") {
    this.#hints.replaceChildren();
    this.#found.replaceChildren();
    this.#say(sentence);
  }

  #say(sentence, wrong = false) {
    this.#status.classList.toggle("error", wrong);
    this.#status.textContent = sentence;
  }

  #complain(sentence) {
    this.#problem.textContent = sentence;
    this.#input.setAttribute("aria-invalid", String(Boolean(sentence)));
  }

  // What is heard ---------------------------------------------------------------------------

  #listen() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.#input.addEventListener("input", () => {
      this.#key = null;
      this.#complain("");
      // What is listed answers what was typed before: nobody shall choose from it by mistake.
      this.#close();
      this.#lookUp.soon();
    });
    this.#input.addEventListener("change", () => this.#search.soon());
    this.#input.addEventListener("keydown", (event) => this.#press(event));
    this.#input.addEventListener("blur", () => this.#close());
    // The field keeps the focus, or the list would be gone before the click arrives.
    this.#options.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#options.addEventListener("click", (event) => {
      const index = [...this.#options.children].indexOf(event.target.closest("[role=option]"));
      if (index >= 0) this.#choose(index);
    });
    const field = this.hasAttribute("for") ? this.#foreign : this.#textarea;
    field?.addEventListener("input", () => this.#search.soon(), { signal });
    if (!field) this.#say("Das Textfeld dieser Seite fehlt; bitte dem Betreiber der Seite melden.", true);
  }

  #press(event) {
    const count = this.#options.children.length;
    const open = !this.#options.hidden;
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) return this.#lookUp.now();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const from = this.#active < 0 && step < 0 ? 0 : this.#active;
      this.#mark((from + step + count) % count);
    } else if (event.key === "Enter" && open && this.#active >= 0) {
      event.preventDefault();
      this.#choose(this.#active);
    } else if (event.key === "Enter") {
      this.#close();
      this.#search.now();
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      // A dialog of the page around must not close with the list.
      event.stopPropagation();
      this.#close();
    }
  }

  #mark(index) {
    this.#active = index;
    [...this.#options.children].forEach((option, i) => {
      option.setAttribute("aria-selected", String(i === index));
      if (i === index) option.scrollIntoView({ block: "nearest" });
    });
    if (index >= 0) this.#input.setAttribute("aria-activedescendant", `option-${index}`);
    else this.#input.removeAttribute("aria-activedescendant");
  }

  #choose(index) {
    const chosen = this.#bodies[index];
    this.#key = chosen.ags;
    this.#input.value = chosen.name;
    this.#close();
    this.#complain("");
    this.#search.now();
  }

  #close() {
    this.#lookUp.never();
    this.#looking?.abort();
    this.#options.hidden = true;
    this.#input.setAttribute("aria-expanded", "false");
    this.#mark(-1);
  }

  // What is asked ---------------------------------------------------------------------------

  /** Take over the body that the page names, and show its name. */
  async #adopt() {
    const given = (this.getAttribute("body") ?? "").trim();
    this.#key = null;
    this.#input.value = given;
    if (!given) return;
    try {
      const { body } = await this.#ask("suggestions", { text: "", body: given });
      if (this.#input.value === given && body) {
        this.#key = body.ags;
        this.#input.value = body.name;
      }
    } catch (error) {
      if (error instanceof Refusal && error.pointer === "/body") this.#complain(error.message);
      // Anything else shows with the first search.
    }
    if (this.#matter) this.#search.now();
  }

  async #find() {
    const typed = this.#input.value.trim();
    this.#looking?.abort();
    if (!typed) return this.#close();
    this.#looking = new AbortController();
    const { signal } = this.#looking;
    try {
      const address = new URL(`${this.api}/v1/bodies`, document.baseURI);
      address.search = new URLSearchParams({ q: typed, limit: "8" });
      const { items } = await this.#fetch(address, { signal });
      this.#bodies = items;
      this.#options.replaceChildren(...items.map((body, index) => make(
        "li", { id: `option-${index}`, role: "option", "aria-selected": "false" },
        body.name, make("span", { className: "detail", textContent: body.district ?? "" }),
      )));
      this.#options.hidden = !items.length;
      this.#input.setAttribute("aria-expanded", String(Boolean(items.length)));
      this.#mark(-1);
      this.#spoken.textContent = items.length
        ? `${items.length} Treffer, Auswahl mit den Pfeiltasten`
        : "Kein Treffer";
    } catch {
      // Without the list the name can still be typed in full.
      if (!signal.aborted) this.#close();
    }
  }

  async #run() {
    this.#asking?.abort();
    const calls = (this.#asking = new AbortController());
    const { signal } = calls;
    const text = this.#matter;
    const body = this.#key ?? this.#input.value.trim();
    if (!text) return this.#clear();
    this.#frame.setAttribute("aria-busy", "true");
    this.#found.classList.add("busy");
    try {
      // One after the other: the service keeps what it read from the text for the second call.
      const suggestions = await this.#ask("suggestions", body ? { text, body } : { text }, signal);
      this.#showSuggestions(suggestions);
      this.#complain("");
      const matches = body
        ? await this.#ask("matches", { body, description: text, limit: SHOWN }, signal)
        : null;
      this.#showMatches(matches);
      this.#say(this.#summary(matches, suggestions));
      const detail = { suggestions, matches };
      this.dispatchEvent(new CustomEvent("ikz-vorschlaege", { detail, bubbles: true, composed: true }));
    } catch (error) {
      if (signal.aborted) return;
      this.#clear();
      this.#refuse(error);
    } finally {
      if (this.#asking === calls) {
        this.#frame.removeAttribute("aria-busy");
        this.#found.classList.remove("busy");
      }
    }
  }

  #summary(matches, { body }) {
    if (!matches) return "Bitte geben Sie Ihre Kommune an, um mögliche Partner zu sehen.";
    if (matches.understood?.is_matter === false) return "Noch kein Vorschlag.";
    const count = matches.matches.length;
    const words = count === 1 ? "1 möglicher Partner" : `${count || "Keine"} mögliche${count ? "" : "n"} Partner`;
    return `${words} für ${body?.name ?? "Ihre Kommune"}.`;
  }

  #refuse(error) {
    if (error instanceof Refusal && error.pointer === "/body") {
      this.#complain(error.message);
      this.#say("Bitte prüfen Sie die Angabe Ihrer Kommune.", true);
    } else if (error instanceof Refusal) {
      this.#say(error.message, true);
    } else {
      this.#say("Die Partnersuche ist gerade nicht erreichbar. Bitte versuchen Sie es später noch einmal.", true);
    }
  }

  #ask(resource, content, signal) {
    return this.#fetch(new URL(`${this.api}/v1/${resource}`, document.baseURI), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(content),
      signal,
    });
  }

  async #fetch(address, options) {
    const patience = AbortSignal.timeout(PATIENCE_MS);
    const signal = options.signal ? AbortSignal.any([options.signal, patience]) : patience;
    const response = await fetch(address, {
      ...options, signal, credentials: "omit", referrerPolicy: "no-referrer", redirect: "error",
    });
    const answer = await response.json();
    if (!response.ok) throw new Refusal(answer);
    return answer;
  }
}

if (!customElements.get("ikz-partnersuche")) customElements.define("ikz-partnersuche", IkzPartnersuche);
