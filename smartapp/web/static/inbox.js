// The list of referrals by keyboard, and how long a move can be undone. Without this file links, filters and buttons do
// the same.
"use strict";
(() => {
  // How long a move can still be taken back; the server holds to it, here it is only shown.
  for (const undo of document.querySelectorAll("[data-left]")) {
    const until = Date.now() + Number(undo.dataset.left) * 1000;
    const tick = setInterval(() => {
      const left = Math.ceil((until - Date.now()) / 1000);
      undo.querySelector(".left").textContent = Math.max(0, left);
      if (left <= 0) { clearInterval(tick); undo.remove(); }
    }, 1000);
  }

  const rows = [...document.querySelectorAll(".dense tbody tr")];
  if (!rows.length) return;
  const keys = document.querySelector(".keys"), field = document.querySelector("input[type=search]");
  keys.hidden = false;
  const links = rows.map((row) => row.querySelector("a"));
  const tick = (row) => row.querySelector("input[type=checkbox]");

  // The buttons wait for a selection, and stay in reach.
  const bulk = document.querySelector(".bulk"), all = document.querySelector("[data-all] input");
  all.parentElement.hidden = false;
  function count() {
    const number = rows.filter((row) => tick(row).checked).length;
    const told = bulk.querySelector("[data-selected]");
    told.textContent = number ? told.dataset.selected.replace("{n}", number) : told.dataset.none;
    for (const button of bulk.querySelectorAll("button")) {
      if (number) button.removeAttribute("aria-disabled"); else button.setAttribute("aria-disabled", "true");
    }
  }
  all.addEventListener("change", () => { for (const row of rows) tick(row).checked = all.checked; count(); });
  document.querySelector(".dense tbody").addEventListener("change", count);
  bulk.addEventListener("click", (event) => { if (event.target.closest("[aria-disabled]")) event.preventDefault(); });
  count();

  const STEPS = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input:not([type=checkbox]), select, textarea");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const row = event.target.closest(".dense tbody tr");
    if (key === "/" || key === "f") { event.preventDefault(); field.focus(); }
    if (key === "?") { keys.open = true; keys.querySelector("summary").focus(); }
    if (key === "x" && row) { tick(row).checked = !tick(row).checked; count(); }
    const step = STEPS[key];
    if (!step || (key.startsWith("Arrow") && !row)) return;
    event.preventDefault();
    const now = links.indexOf(row?.querySelector("a"));
    links[Math.min(links.length - 1, Math.max(0, now + step))].focus();
  });
})();
