// What is wrong with the form, at its fields, while the page stays.

// Put each sentence at its field, as the server does on a whole page; "" takes all away.
export function complain(form, html, asked = false) {
  for (const old of form.querySelectorAll(".problem")) old.remove();
  for (const field of form.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    const others = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && !id.endsWith("-error"));
    if (others.length) field.setAttribute("aria-describedby", others.join(" "));
    else field.removeAttribute("aria-describedby");
    field.closest(".kern-form-input")?.classList.remove("kern-form-input--error");
  }
  const place = document.getElementById("fehler-ort");
  place.replaceChildren();
  if (!html) return;
  const sent = document.createElement("template");
  sent.innerHTML = html; // the server's own markup; texts in it are escaped there
  let first;
  for (const { dataset, children } of sent.content.querySelectorAll("[data-field]")) {
    const field = document.getElementById(dataset.field);
    if (!field || !children.length) continue;
    first ??= field;
    const problem = children[0];
    (field.closest(".kern-form-input") ?? field.parentElement).append(problem);
    field.closest(".kern-form-input")?.classList.add("kern-form-input--error");
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", [...(field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean), problem.id].join(" "));
    field.closest("details")?.setAttribute("open", "");
  }
  // Who pressed the button gets the list of all; who still types only the sentence at the field.
  if (!asked) return;
  place.append(sent.content.querySelector("#fehler"));
  first?.focus();
}
