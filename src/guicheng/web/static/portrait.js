// The tab that is shown is the current one: htmx swaps only its contents.
document.addEventListener("htmx:afterSettle", () => {
  const shown = document.getElementById("tab")?.dataset.tab;
  document.querySelectorAll(".tabs a").forEach((a) => {
    if (new URLSearchParams(a.search).get("tab") === shown) a.setAttribute("aria-current", "page");
    else a.removeAttribute("aria-current");
  });
});
