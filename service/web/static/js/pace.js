// How long to wait after a key before the service is asked: about as long as an answer takes.
// So a fast service answers at once, and who types on has hardly two searches under way; a busy
// one is asked as seldom as before it was fast.

const LEAST_MS = 60;
const MOST_MS = 250;
const SHORT_MS = 900; // after few letters: "OZG" is a matter, "Wir" the beginning of one
const SHORT = 8;

let pause = LEAST_MS;

export function pauseAfter(words) {
  return words.length < SHORT ? SHORT_MS : pause;
}

// The wait that is left before help that is less urgent than the answer.
export const rest = () => MOST_MS - pause;

export function took(milliseconds) {
  pause = Math.min(Math.max(milliseconds, LEAST_MS), MOST_MS);
}

export const refused = () => took(MOST_MS);
