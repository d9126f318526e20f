// The network fits the width of the screen: one that was made for another is asked for anew.
import { show } from "./drawing.js";

const figure = document.querySelector("figure.net");
if (figure) {
  const width = Math.round(figure.querySelector("svg").clientWidth);
  if (Math.abs(width / Number(figure.dataset.wide) - 1) > 0.25) {
    const url = new URL(location.href);
    url.searchParams.set("wide", width);
    show(url, { push: false });
  }
}
