// The list of referrals by keyboard, and how long a move can be undone. What is typed into the search stays here: names do
// not belong into addresses. Without this file links, filters and buttons do the same.
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
  const search = document.querySelector("[data-search]");
  if (!search || !rows.length) return;
  const keys = document.querySelector(".keys");
  keys.hidden = search.hidden = false;
  const field = search.querySelector("input");
  const links = () => rows.filter((row) => !row.hidden).map((row) => row.querySelector("a"));
  const tick = (row) => row.querySelector("input[type=checkbox]");

  // The buttons wait for a selection, and stay in reach.
  const bulk = document.querySelector(".bulk"), all = document.querySelector("[data-all] input");
  all.parentElement.hidden = false;
  function count() {
    const number = rows.filter((row) => tick(row).checked).length;
    bulk.querySelector("[data-selected]").textContent = number ? `${number} selected:` : "Select, then:";
    for (const button of bulk.querySelectorAll("button")) {
      if (number) button.removeAttribute("aria-disabled"); else button.setAttribute("aria-disabled", "true");
    }
  }
  all.addEventListener("change", () => { for (const row of rows) tick(row).checked = all.checked && !row.hidden; count(); });
  document.querySelector(".dense tbody").addEventListener("change", count);
  bulk.addEventListener("click", (event) => { if (event.target.closest("[aria-disabled]")) event.preventDefault(); });
  count();

  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    for (const row of rows) {
      row.hidden = !row.textContent.toLowerCase().includes(wanted);
      if (row.hidden) tick(row).checked = false;
    }
    count();
  });
  field.form.addEventListener("submit", (event) => { if (document.activeElement === field) { event.preventDefault(); links()[0]?.focus(); } });

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
    const found = links(), now = found.indexOf(row?.querySelector("a"));
    found[Math.min(found.length - 1, Math.max(0, now + step))]?.focus();
  });
})();
