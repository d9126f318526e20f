// The reading page: shows which words a claim was read from, and opens a claim
// in the panel beside the text. Without this script every mark is a link to the
// claim's own page, which shows the same panel.

const panel = document.getElementById("panel");
const opened = document.getElementById("opened");
const reading = document.querySelector(".reading");
const marks = [...document.querySelectorAll(".field a[data-c]")];
const entries = [...document.querySelectorAll("#claims a[data-open]")];
const labels = Object.fromEntries([...document.querySelectorAll(".legend .parts span")].map((e) => [e.className.slice(2), e.textContent]));
const rtl = () => getComputedStyle(document.activeElement.closest("p, h1") ?? document.documentElement).direction === "rtl";
const numbers = (text) => (text ? text.split(" ").map(Number) : []);

// words lists, for each claim, its pieces of text with the part that each plays.
const words = entries.map(() => []);
for (const e of document.querySelectorAll(".field [data-p]")) {
  for (const item of e.dataset.p.split(" ")) {
    const [claim, part] = item.split(":");
    words[claim]?.push([e, part]);
  }
}
const sentences = entries.map(() => []);
for (const e of document.querySelectorAll(".field [data-s]")) {
  for (const claim of numbers(e.dataset.s)) sentences[claim]?.push(e);
}

let open = -1; // the claim in the panel
let lit = []; // what is highlighted now

// light highlights the words of a claim, with their names where it is open.
function light(claim, named) {
  for (const e of lit) {
    e.classList.remove("on", "in-sentence", ...Object.keys(labels).map((part) => "on-" + part));
    delete e.dataset.label;
  }
  lit = [];
  if (!(claim >= 0)) return;
  const taken = []; // places where a name stands already
  for (const [e, part] of words[claim]) {
    e.classList.add("on", "on-" + part);
    lit.push(e);
    if (!named || e.dataset.label) continue;
    const name = labels[part] ?? part;
    const box = e.getClientRects()[0];
    const width = name.length * 6 + 4; // about as wide as it is set
    const left = getComputedStyle(e).direction === "rtl" ? box.right - width : box.left;
    if (taken.some((t) => Math.abs(t.top - box.top) < 8 && left < t.left + t.width && t.left < left + width)) continue;
    taken.push({ left, width, top: box.top });
    e.dataset.label = name;
  }
  for (const e of sentences[claim]) {
    e.classList.add("in-sentence");
    lit.push(e);
  }
}

const claimOf = (mark) => {
  const all = numbers(mark.dataset.c);
  return all.includes(open) ? open : all[0];
};
const markOf = (claim) => marks.find((m) => numbers(m.dataset.c).includes(claim));

// fetched holds the panels that were asked for.
const fetched = new Map();
async function fetchPanel(claim) {
  if (!fetched.has(claim)) {
    const address = new URL(entries[claim].href);
    address.searchParams.set("part", "panel");
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${answer.status} from ${address}`);
    fetched.set(claim, await answer.text());
  }
  return fetched.get(claim);
}

// show opens a claim. Its address becomes the page's, so that it can be shared,
// and loading it again shows the same.
async function show(claim, focus) {
  if (!entries[claim]) return;
  open = claim;
  let html;
  try {
    html = await fetchPanel(claim);
  } catch {
    const failed = document.createElement("p");
    const link = document.createElement("a");
    link.href = entries[claim].href;
    link.textContent = reading.dataset.failed;
    failed.append(link);
    opened.replaceChildren(failed);
    panel.classList.add("open");
    return;
  }
  if (open !== claim) return; // another was chosen meanwhile
  opened.replaceChildren(document.createRange().createContextualFragment(html));
  history.replaceState(null, "", entries[claim].href);
  state();
  document.getElementById("status").textContent = opened.querySelector("h2").innerText;
  panel.scrollTop = 0;
  const mark = markOf(claim);
  if (focus === "mark" && mark) mark.focus({ preventScroll: true });
  if (focus === "panel") opened.querySelector("h2")?.focus();
  mark?.scrollIntoView({ block: "nearest" });
}

// state shows in the text and the list which claim is open.
function state() {
  panel.classList.toggle("open", open >= 0);
  for (const m of marks) m.setAttribute("aria-expanded", String(open >= 0 && numbers(m.dataset.c).includes(open)));
  entries.forEach((e, i) => (i === open ? e.setAttribute("aria-current", "true") : e.removeAttribute("aria-current")));
  const close = opened.querySelector(".close");
  if (close) close.hidden = false;
  const legend = document.querySelector(".legend details");
  if (legend) legend.open = open < 0;
  light(open, true);
}

function close() {
  const mark = markOf(open);
  open = -1;
  opened.replaceChildren();
  history.replaceState(null, "", reading.dataset.address ?? location.href);
  state();
  mark?.focus();
}

document.addEventListener("click", (event) => {
  if (event.target.closest(".close")) return close();
  const link = event.target.closest("a[data-open]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (link.dataset.c) {
    // The same words again: the next of their claims, or the panel itself.
    const all = numbers(link.dataset.c);
    const at = all.indexOf(open);
    if (at >= 0 && all.length > 1) return void show(all[(at + 1) % all.length], "mark");
    return void show(all[0], at >= 0 ? "panel" : "mark");
  }
  show(Number(link.dataset.open), link.closest("#opened") ? "panel" : "mark");
});

document.addEventListener("change", (event) => { // what a claim should be is asked for where it is otherwise
  if (event.target.name === "verdict") event.target.form.querySelector(".change")?.toggleAttribute("open", event.target.value === "changed");
});

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest?.("form")) return;
  if (event.key === "Escape" && open >= 0) {
    event.preventDefault();
    return close();
  }
  const mark = document.activeElement.closest?.(".field a[data-c]");
  if (!mark) return;
  const forward = { ArrowDown: 1, ArrowUp: -1, ArrowRight: rtl() ? -1 : 1, ArrowLeft: rtl() ? 1 : -1 }[event.key];
  if (!forward) return;
  event.preventDefault();
  const from = numbers(mark.dataset.c).includes(open) ? open : claimOf(mark) - forward;
  show(Math.min(Math.max(from + forward, 0), entries.length - 1), "mark");
});

// Words are highlighted by pointing at a mark or coming to it by key; then
// those of the open claim are again.
for (const m of marks) {
  m.addEventListener("mouseenter", () => light(claimOf(m), claimOf(m) === open));
  m.addEventListener("mouseleave", () => light(open, true));
  m.addEventListener("focus", () => light(claimOf(m), claimOf(m) === open));
  m.addEventListener("blur", () => light(open, true));
}

const first = opened.querySelector("[data-claim]");
if (first) {
  open = Number(first.dataset.claim);
  state();
  markOf(open)?.scrollIntoView({ block: "center" });
} else if (matchMedia("(max-width: 61.99rem)").matches) {
  document.querySelector(".legend details").open = false;
}
