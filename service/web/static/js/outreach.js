// Copies the letter, and follows the computation; the pages work without it.

document.documentElement.classList.add("js");

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy);
    const told = document.getElementById("kopiert");
    try {
      await navigator.clipboard.writeText(text.value);
      told.textContent = "Kopiert.";
    } catch {
      text.select(); // without https there is no clipboard: one more key press does it
      told.textContent = "Der Text ist markiert. Bitte mit Strg+C kopieren.";
    }
  });
}

const progress = document.querySelector("[data-waiting]");
if (progress) {
  const timer = setInterval(async () => {
    const answer = await fetch(location.href).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.querySelector("[data-waiting]");
    if (next) {
      if (progress.textContent !== next.textContent) progress.textContent = next.textContent;
    } else {
      clearInterval(timer);
      location.reload();
    }
  }, 3000);
}
