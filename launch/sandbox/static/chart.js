// Asks now and then whether something was filed for the open patient, and says so. Never reloads by itself.
"use strict";
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
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
