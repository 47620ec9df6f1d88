// A text field that proposes names while one types (ARIA combobox with a list of options).
// Without this script it is a plain text field, and the server resolves the name.

import { at } from "./address.js";

const PAUSE_MS = 120;

export function combobox(input, { onChoose }) {
  const list = document.createElement("ul");
  list.id = `${input.id}-liste`;
  list.className = "options";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Vorschläge");
  input.after(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);

  let timer;
  let asking;
  let active = -1;

  function close() {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(index) {
    const options = [...list.children];
    if (!options.length) return;
    active = (index + options.length) % options.length;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === active)));
    input.setAttribute("aria-activedescendant", options[active].id);
    options[active].scrollIntoView({ block: "nearest" });
  }

  function choose(option) {
    input.value = option.dataset.name;
    close();
    onChoose(option.dataset.key);
  }

  function show(bodies) {
    list.replaceChildren(...bodies.map((body, i) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${i}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.key = body.ags;
      option.dataset.name = body.name;
      const detail = document.createElement("span");
      detail.className = "detail";
      detail.textContent = describe(body);
      option.append(body.name, detail);
      return option;
    }));
    list.hidden = bodies.length === 0;
    active = -1;
    input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-expanded", String(bodies.length > 0));
  }

  async function ask() {
    asking?.abort();
    const typed = input.value.trim();
    if (!typed) return close();
    asking = new AbortController();
    try {
      const answer = await fetch(at(`/v1/bodies?limit=8&q=${encodeURIComponent(typed)}`), { signal: asking.signal });
      if (answer.ok && document.activeElement === input) show((await answer.json()).items);
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) ask();
      else if (active < 0) mark(event.key === "ArrowDown" ? 0 : -1);
      else mark(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      choose(list.children[active]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
  input.addEventListener("blur", close);
  // mousedown, not click: the field keeps the focus.
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
}

function describe(body) {
  const kinds = { municipality: "Stadt oder Gemeinde", district: "Kreis", association: "Verband" };
  if (body.kind === "municipality" && body.legal_status === "kreisfrei") return "kreisfreie Stadt";
  if (body.kind === "municipality" && body.district) return `Stadt oder Gemeinde, ${body.district}`;
  return kinds[body.kind];
}
