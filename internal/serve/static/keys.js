// What every page can do by itself. The key / goes to the field of a search, on a page without one to the search page.

if (location.hash === "#text") document.getElementById("text")?.focus();

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.altKey || event.ctrlKey || event.metaKey) return;
  const at = document.activeElement;
  if (at?.isContentEditable || /^(input|select|textarea)$/i.test(at?.tagName ?? "")) return;
  event.preventDefault();
  const field = document.querySelector("main input[type=search]");
  if (field) {
    field.focus();
    field.select();
  } else {
    location.assign("/search#text");
  }
});

// A page that is made for paper has a button for it; the browser's own does the same.
for (const button of document.querySelectorAll("button.print")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
