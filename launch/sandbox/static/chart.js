// Closes the menu of people by Escape; copies what a developer asks for; asks now and then whether something was filed
// for the open patient, and says so. Never reloads by itself. Asks decision support once the chart is there.
"use strict";
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
for (const button of document.querySelectorAll("[data-copy]")) {
  button.parentElement.hidden = false;
  button.addEventListener("click", async () => {
    const told = button.parentElement.querySelector("[role=status]");
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      told.textContent = "Copied.";
    } catch {
      told.textContent = "This browser does not allow copying: select the text above.";
    }
  });
}
(() => {
  const news = document.getElementById("news");
  const source = document.getElementById("record") || news;
  if (!news || !source || !source.dataset.version) return;
  const look = async () => {
    if (document.hidden || !news.hidden) return;
    try {
      const answer = await fetch(source.dataset.versionUrl, { cache: "no-store" });
      if (answer.ok && (await answer.json()).version !== source.dataset.version) news.hidden = false;
    } catch {
      // the EHR is gone; the page still shows what it showed
    }
  };
  setInterval(look, 4000);
  document.addEventListener("visibilitychange", look);
})();
(async () => {
  const place = document.querySelector("#cards[data-url]");
  if (!place) return;
  try {
    const answer = await fetch(place.dataset.url, { cache: "no-store" });
    if (answer.ok) place.innerHTML = await answer.text();
  } catch {
    // the link in its place still leads there
  }
})();
