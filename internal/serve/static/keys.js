// The key / goes to the field of a search, on a page without one to the search page.

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
