// The timeline under the hand: a span that is dragged over is shown alone.
import { show } from "./drawing.js";

const figure = () => document.querySelector("figure.time");

// share is how far along the axis a point of the screen is, from its beginning.
function share(svg, x) {
  const at = svg.getBoundingClientRect();
  const s = (x - at.left) / at.width;
  return Math.min(0.9999, Math.max(0, document.documentElement.dir === "rtl" ? 1 - s : s));
}

let brush = null, dragged = false;
document.addEventListener("click", (e) => { // the end of a drag is no click on what lies there
  if (dragged) { e.preventDefault(); e.stopPropagation(); }
}, true);
document.addEventListener("dragstart", (e) => { if (e.target.closest?.("svg.lanes")) e.preventDefault(); });
document.addEventListener("pointerdown", (e) => {
  const svg = e.target.closest?.("svg.lanes");
  if (svg && !e.button) brush = { svg, from: e.clientX, to: e.clientX };
});
document.addEventListener("pointermove", (e) => {
  if (!brush) return;
  brush.to = e.clientX;
  const at = brush.svg.getBoundingClientRect(), band = figure().querySelector(".brush");
  const clamp = (x) => Math.min(at.right, Math.max(at.left, x)) - at.left;
  const [a, b] = [clamp(brush.from), clamp(brush.to)].sort((x, y) => x - y);
  band.hidden = b - a < 6;
  band.style.left = `${a}px`;
  band.style.width = `${b - a}px`;
});
for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, () => {
    if (!brush) return;
    const { svg, from, to } = brush, band = figure().querySelector(".brush");
    brush = null;
    const far = !band.hidden;
    band.hidden = true;
    if (!far || end === "pointercancel") return;
    dragged = true;
    setTimeout(() => { dragged = false; }, 50);
    const columns = figure().dataset.columns.split(" ");
    const [a, b] = [share(svg, from), share(svg, to)].sort((x, y) => x - y).map((s) => columns[Math.floor(s * columns.length)]);
    const url = new URL(location.href);
    for (const name of ["day", "lane"]) url.searchParams.delete(name);
    url.searchParams.set("from", a.split("/")[0]);
    url.searchParams.set("to", b.split("/")[1]);
    show(url);
  });
}
