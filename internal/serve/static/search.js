// Searches that a reader keeps, in this browser alone: a name and an address of this
// server each. Without this script the page's own address serves as well.

const place = "isnad.searches";
const section = document.getElementById("keep");

function kept() {
  try {
    const list = JSON.parse(localStorage.getItem(place) ?? "[]");
    return Array.isArray(list) ? list.filter((s) => typeof s?.name === "string" && typeof s?.address === "string" && s.address.startsWith("/search?")) : [];
  } catch {
    return [];
  }
}

function keep(list) {
  try {
    localStorage.setItem(place, JSON.stringify(list));
  } catch {
    const note = document.createElement("p");
    note.textContent = section.dataset.failed;
    section.append(note);
  }
  show();
}

const element = (name, text, properties = {}) => Object.assign(document.createElement(name), { textContent: text }, properties);

function show() {
  section.querySelectorAll(".own").forEach((e) => e.remove());
  const { address, name, save, remove } = section.dataset;
  const list = kept();
  if (address.includes("?") && !list.some((s) => s.address === address)) {
    const button = element("button", save, { type: "button", className: "own" });
    button.addEventListener("click", () => keep([...list, { name: name || address, address }]));
    section.append(button);
  }
  if (!list.length) return;
  const ul = element("ul", "", { className: "own" });
  for (const s of list) {
    const li = document.createElement("li");
    const off = element("button", "×", { type: "button", className: "button" });
    off.setAttribute("aria-label", `${remove}: ${s.name}`);
    off.addEventListener("click", () => keep(kept().filter((o) => o.address !== s.address)));
    const link = element("a", s.name, { href: s.address, dir: "auto" });
    if (s.address === address) link.setAttribute("aria-current", "true");
    li.append(link, " ", off);
    ul.append(li);
  }
  section.append(ul);
}

if (section) show();
