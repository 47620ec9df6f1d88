// Elements made of words: what comes from data is text, never markup.

export function paragraph(words) {
  const element = document.createElement("p");
  element.textContent = words;
  return element;
}

export function heading(words) {
  const element = document.createElement("h3");
  element.textContent = words;
  return element;
}

export function listOf(entries) {
  const list = document.createElement("ul");
  for (const parts of entries) {
    const item = document.createElement("li");
    item.append(...parts);
    list.append(item);
  }
  return list;
}

export function link(target, words) {
  const element = document.createElement("a");
  element.textContent = words;
  element.rel = "noreferrer";
  // Addresses come from the data; only these two kinds are followed.
  if (/^(https?:\/\/|\/)/.test(target)) element.href = target;
  return element;
}
