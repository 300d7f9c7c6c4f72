// The list of referrals by keyboard: J and K move, Enter opens, F searches. What is typed into the search stays here:
// names do not belong into addresses. Without this file the links and the filters do the same.
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
  document.querySelector(".keys")?.removeAttribute("hidden");
  if (!search || !rows.length) return;
  search.hidden = false;
  const field = search.querySelector("input");
  const links = () => rows.filter((row) => !row.hidden).map((row) => row.querySelector("a"));

  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    rows.forEach((row) => { row.hidden = !row.textContent.toLowerCase().includes(wanted); });
  });
  field.form.addEventListener("submit", (event) => { if (document.activeElement === field) { event.preventDefault(); links()[0]?.focus(); } });

  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { j: 1, k: -1 }[event.key.toLowerCase()];
    if (event.key.toLowerCase() === "f") { event.preventDefault(); field.focus(); }
    if (!step) return;
    const all = links(), now = all.indexOf(document.activeElement);
    all[Math.min(all.length - 1, Math.max(0, now + step))]?.focus();
  });
})();
