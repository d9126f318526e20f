// What map, timeline and network have in common: their moves are links to
// another state of the page; here they are followed without leaving it, by click
// and by key, and the part #drawn of the answer takes the place of the old one.

const drawn = () => document.getElementById("drawn");
let asked = 0;

// show replaces the drawing by that of an address. The last one asked for wins.
export async function show(address, { push = true } = {}) {
  const turn = ++asked;
  const url = new URL(address, location.href);
  let answer, text;
  try {
    answer = await fetch(url);
    text = await answer.text();
  } catch {
    return; // the page is left, or the server gone: what is drawn stays
  }
  if (turn !== asked) return;
  const part = new DOMParser().parseFromString(text, "text/html").getElementById("drawn");
  if (!answer.ok || !part) { location.href = url; return; }
  const within = drawn().contains(document.activeElement) ? document.activeElement : null;
  const act = within?.dataset.act;
  const figure = within?.closest("figure") ? true : false;
  drawn().replaceWith(document.importNode(part, true));
  if (push) history.replaceState(null, "", url);
  const next = (act && drawn().querySelector(`[data-act="${CSS.escape(act)}"]`)) || (figure && drawn().querySelector("figure"));
  if (next) next.focus({ preventScroll: true });
  document.dispatchEvent(new Event("drawn"));
}

// move follows the link of a move, if the drawing has it.
export function move(act) {
  const link = drawn()?.querySelector(`[data-act="${act}"]`);
  if (link) show(link.href);
  return Boolean(link);
}

document.addEventListener("click", (e) => {
  const link = e.target.closest?.("[data-act]");
  if (!link || e.button || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
  e.preventDefault();
  show(link.href);
});

// keys of a figure: those of its moves.
const rtl = document.documentElement.dir === "rtl";
const acts = {
  "+": ["in"], "=": ["in"], "-": ["out"], 0: ["fit"], ArrowUp: ["north"], ArrowDown: ["south"],
  ArrowLeft: ["west", rtl ? "later" : "earlier"], ArrowRight: ["east", rtl ? "earlier" : "later"],
};
document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || !e.target.matches?.("figure[tabindex]")) return;
  if (acts[e.key]?.some(move)) e.preventDefault();
});
