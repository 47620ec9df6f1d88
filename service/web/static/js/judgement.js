// What officials judge of a partner: "passt", "passt nicht", "schon Partner".

import { at } from "./address.js";

export async function judge(judged, verdict) {
  const thanks = judged.querySelector(".thanks");
  try {
    const answer = await fetch(at("/v1/feedback"), {
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
