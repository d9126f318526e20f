// The map under the hand: dragging and the wheel change what is seen at once;
// when the hand rests, the server draws it anew with the detail and the clusters
// that belong there.
import { show } from "./drawing.js";

const figure = () => document.querySelector("figure.map");

// Miller's projection, as internal/atlas has it.
const ordinate = (lat) => 1.25 * Math.log(Math.tan(Math.PI / 4 + 0.4 * lat * Math.PI / 180));
const latitude = (y) => (2.5 * Math.atan(Math.exp(0.8 * y)) - 5 * Math.PI / 8) * 180 / Math.PI;

// seen is what the picture shows now, in degrees.
function seen(f) {
  const [west, , east, north] = f.dataset.view.split(",").map(Number);
  const wide = Number(f.dataset.wide);
  const box = f.querySelector("svg.world").viewBox.baseVal;
  const scale = (east - west) / wide; // degrees a unit
  const top = ordinate(north), unit = scale * Math.PI / 180;
  return [west + box.x * scale, latitude(top - (box.y + box.height) * unit), west + (box.x + box.width) * scale, latitude(top - box.y * unit)]
    .map((x) => x.toFixed(2)).join(",");
}

let rest = 0;
function settle(wait = 350) {
  clearTimeout(rest);
  rest = setTimeout(() => {
    const url = new URL(location.href);
    url.searchParams.set("view", seen(figure()));
    url.searchParams.set("wide", width());
    show(url);
  }, wait);
}

// width of the picture on the screen.
const width = () => Math.round(figure().querySelector("svg.world").clientWidth);

// near changes the picture by a factor about a point of the screen.
function near(factor, x, y) {
  const svg = figure().querySelector("svg.world"), box = svg.viewBox.baseVal, at = svg.getBoundingClientRect();
  const fx = (x - at.left) / at.width, fy = (y - at.top) / at.height;
  const w = box.width / factor, h = box.height / factor;
  svg.setAttribute("viewBox", `${box.x + (box.width - w) * fx} ${box.y + (box.height - h) * fy} ${w} ${h}`);
  settle();
}

document.addEventListener("wheel", (e) => {
  if (!e.ctrlKey && !e.metaKey || !e.target.closest?.("svg.world")) return;
  e.preventDefault();
  near(Math.exp(-Math.max(-60, Math.min(60, e.deltaY)) / 120), e.clientX, e.clientY);
}, { passive: false });

let drag = null, dragged = false;
document.addEventListener("click", (e) => { // the end of a drag is no click on what lies there
  if (dragged) { e.preventDefault(); e.stopPropagation(); }
}, true);
document.addEventListener("pointerdown", (e) => {
  const svg = e.target.closest?.("figure.map svg.world");
  if (!svg || e.button) return;
  const box = svg.viewBox.baseVal;
  drag = { svg, x: e.clientX, y: e.clientY, left: box.x, top: box.y, scale: box.width / svg.clientWidth, far: false };
});
document.addEventListener("pointermove", (e) => {
  if (!drag) return;
  const dx = e.clientX - drag.x, dy = e.clientY - drag.y;
  if (!drag.far && Math.hypot(dx, dy) < 5) return;
  drag.far = true;
  figure().classList.add("dragging");
  const box = drag.svg.viewBox.baseVal;
  drag.svg.setAttribute("viewBox", `${drag.left - dx * drag.scale} ${drag.top - dy * drag.scale} ${box.width} ${box.height}`);
});
for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, () => {
    if (!drag) return;
    const far = drag.far;
    drag = null;
    figure().classList.remove("dragging");
    if (!far) return;
    dragged = true;
    setTimeout(() => { dragged = false; }, 50);
    settle(120);
  });
}
document.addEventListener("dragstart", (e) => { if (e.target.closest?.("svg.world")) e.preventDefault(); });

// A picture made for another width has marks too small or too large for this one.
if (figure() && Math.abs(width() / Number(figure().dataset.wide) - 1) > 0.25) {
  const url = new URL(location.href);
  url.searchParams.set("wide", width());
  show(url, { push: false });
}
