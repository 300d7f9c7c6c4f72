// Makes edits feel immediate: a form marked data-swap is sent by fetch and the page's parts are replaced in place.
// Without this file every form still works: the server answers each with a redirect to the same page.
"use strict";
(() => {
  const PARTS = ["main", ".signbar", "#said", ".foot"];
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  function replace(page) {
    for (const selector of PARTS) {
      const now = document.querySelector(selector);
      const then = page.querySelector(selector);
      if (now && then) now.replaceWith(then);
      else if (now) now.remove();
      else if (then) document.querySelector("main").after(then);
    }
    document.title = page.title;
    document.body.className = page.body.className;
  }

  // The field to mend comes first, then where the person was.
  function settle(open, left, back) {
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    for (const id of left) { const box = document.getElementById(id); if (box) box.checked = true; }
    prepare();
    const wrong = document.querySelector("main [aria-invalid=true]");
    const target = wrong || (back && document.getElementById(back));
    if (!target) return;
    const seat = wrong || target.querySelector("summary, button, a[href]") || target;
    if (seat === target && !wrong && !seat.hasAttribute("tabindex")) seat.setAttribute("tabindex", "-1");
    seat.focus({ preventScroll: true });
    target.scrollIntoView({ block: "nearest" });
  }

  async function send(form, submitter) {
    const body = new URLSearchParams(new FormData(form));
    if (submitter?.name) body.set(submitter.name, submitter.value);
    const open = all("details[open][id]").map((e) => e.id);
    const left = all(".leave input:checked").map((e) => e.id);
    const answer = await fetch(form.action, { method: "POST", body, redirect: "follow", credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.querySelector("main")) throw new Error("no page");
    replace(page);
    settle(open, left, body.get("back"));
    // A live region speaks when what it holds changes after it is in the page.
    const said = document.getElementById("said");
    const told = said?.textContent.trim() ? [...said.childNodes] : [];
    if (told.length) { said.replaceChildren(); setTimeout(() => said.replaceChildren(...told), 50); }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("form.sign")) {
      // One press is one signature; the server holds that as well.
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "yes";
      return;
    }
    if (!form.matches("[data-swap]") || form.dataset.sent) return;
    event.preventDefault();
    form.dataset.sent = "yes";
    send(form, event.submitter).catch(() => { form.submit(); });
  });

  window.addEventListener("pageshow", () => all("form[data-sent]").forEach((f) => delete f.dataset.sent));

  // A list is one tab stop: arrow keys, Home and End move within it.
  // What lies in a fold or behind a line of it keeps stops of its own.
  const stops = (list) => all(list.dataset.rove || "a[href], button, summary", list).filter((e) => {
    const inner = e.closest(".pop, .in");
    return e.checkVisibility() && !(inner && list.contains(inner));
  });

  function rove(event) {
    const list = event.target.closest?.("[data-rove]");
    const way = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
    const found = list && way !== undefined ? stops(list) : [];
    if (!found.includes(event.target)) return;
    const to = found[Math.max(0, Math.min(found.length - 1, found.indexOf(event.target) + way))];
    event.preventDefault();
    for (const each of found) each.tabIndex = each === to ? 0 : -1;
    to.focus();
  }

  // Not ready says so: the button stays in reach, and pressing it goes to the first point left.
  function count() {
    const open = all(".leave input:not(:checked)").reduce((sum, box) => sum + Number(box.dataset.points), 0);
    for (const line of all(".if-open:has(+ .if-settled)")) line.textContent = line.dataset.open.replace("{n}", open);
    const button = document.querySelector(".signbar .primary");
    if (open) button?.setAttribute("aria-disabled", "true");
    else button?.removeAttribute("aria-disabled");
  }

  // How far the referral is stands before the link to it, as it was read with the chart; once the EHR has answered, as it is.
  let standing;

  async function stand(link) {
    standing ??= fetch(link.href, { credentials: "same-origin" }).then((answer) => (answer.ok ? answer.text() : ""));
    const head = new DOMParser().parseFromString(await standing, "text/html").querySelector("main .head");
    if (!head) return;
    const there = link.previousElementSibling?.matches(".standing") ? link.previousElementSibling : null;
    const line = there ?? Object.assign(document.createElement("strong"), { className: "standing" });
    const due = head.querySelector("[data-due]")?.textContent.trim();
    const course = [...head.querySelectorAll("[data-course]")].map((each) => ` ${each.textContent.replace(/\s+/g, " ").trim()}`);
    const state = `${head.querySelector("h2").textContent.trim()}${due ? ` (${due})` : ""}`;
    line.textContent = `${link.dataset.standing.replace("{state}", () => state)}${course.join("")} `;
    if (!there) link.before(line);
  }

  function prepare() {
    for (const link of all("[data-standing]")) stand(link).catch(() => {});
    for (const button of all("[data-copy]")) button.hidden = !navigator.clipboard;
    for (const button of all("[data-print]")) button.hidden = false;
    for (const list of all("[data-rove]")) stops(list).forEach((each, place) => { each.tabIndex = place ? -1 : 0; });
    count();
  }

  document.addEventListener("click", async (event) => {
    if (event.target.closest("[data-print]")) window.print();
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const told = document.querySelector("[data-copied]");
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      told.textContent = told.dataset.copied;
    } catch {
      told.textContent = told.dataset.notCopied;
      document.getElementById(button.dataset.copy).closest("details")?.setAttribute("open", "");
    }
  });
  // A link to what lies in a fold opens it and goes to its field.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const target = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!target || link.matches(".skip")) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    const fields = "input:not([type=hidden]), select, textarea, button, summary";
    const seat = target.matches(`${fields}, a[href]`) ? target : target.querySelector(fields);
    if (!seat) return;
    event.preventDefault();
    seat.focus({ preventScroll: true });
    target.scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("keydown", rove);
  document.addEventListener("change", (event) => { if (event.target.closest(".leave")) count(); });
  prepare();
  document.querySelector("main [aria-invalid=true]")?.focus();
  // Opened by a card at what it is about: the folds around it are opened first.
  const aimed = location.hash && document.getElementById(location.hash.slice(1));
  for (let fold = aimed && aimed.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  aimed && aimed.scrollIntoView({ block: "nearest" });

  // Two charts open in one browser: say so, name nobody.
  const here = /^\/l\/([^/]+)\//.exec(location.pathname)?.[1];
  if (here && "BroadcastChannel" in window) {
    const channel = new BroadcastChannel("loadpath");
    channel.onmessage = (event) => {
      if (event.data === here) return;
      const said = document.getElementById("said");
      said.classList.add("warning");
      said.textContent = said.dataset.twice;
    };
    channel.postMessage(here);
  }
})();
