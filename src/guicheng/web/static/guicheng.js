// What every page does with a script; all of it works without one.
"use strict";

document.addEventListener("click", (event) => {
  const opener = event.target.closest(".top-open");
  if (opener) {
    const open = opener.getAttribute("aria-expanded") !== "true";
    opener.setAttribute("aria-expanded", String(open));
    document.getElementById("top-nav").classList.toggle("open", open);
  }
  const close = event.target.closest(".chip-close");
  if (close) {
    const words = close.closest(".chip-words");
    words.replaceChildren();
    words.previousElementSibling.focus();
  }
});

// The first thing to read after a refused form is what to mend.
document.addEventListener("DOMContentLoaded", () => document.getElementById("problems")?.focus());
