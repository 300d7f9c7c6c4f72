// Makes edits feel immediate: a form marked data-swap is sent by fetch and the page's parts are replaced in place.
// Without this file every form still works: the server answers each with a redirect to the same page.
"use strict";
(() => {
  const PARTS = ["main", ".signbar", "#said", ".foot"];

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

  function settle(open, back) {
    for (const id of open) document.getElementById(id)?.querySelector("details")?.setAttribute("open", "");
    const target = back && document.getElementById(back);
    if (!target) return;
    const seat = target.querySelector("summary, button") || target;
    if (!seat.hasAttribute("tabindex") && seat === target) seat.setAttribute("tabindex", "-1");
    seat.focus({ preventScroll: true });
    target.scrollIntoView({ block: "nearest" });
  }

  async function send(form, submitter) {
    const body = new URLSearchParams(new FormData(form));
    if (submitter?.name) body.set(submitter.name, submitter.value);
    const open = [...document.querySelectorAll("[id^=item-]")].filter((e) => e.querySelector("details[open]")).map((e) => e.id);
    const back = body.get("back");
    const answer = await fetch(form.action, { method: "POST", body, redirect: "follow", credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.querySelector("main")) throw new Error("no page");
    replace(page);
    settle(open.filter((id) => id !== back), back);
    // A live region speaks when its text changes after it is in the page.
    const said = document.getElementById("said");
    const text = said?.textContent.trim();
    if (text) { said.textContent = ""; setTimeout(() => { said.textContent = text; }, 50); }
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

  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((f) => delete f.dataset.sent));

  // Two charts open in one browser: say so, name nobody.
  const here = /^\/l\/([^/]+)\//.exec(location.pathname)?.[1];
  if (here && "BroadcastChannel" in window) {
    const channel = new BroadcastChannel("loadpath");
    channel.onmessage = (event) => {
      if (event.data === here) return;
      const said = document.getElementById("said");
      said.classList.add("warning");
      said.textContent = "Loadpath was opened a second time in this browser. Check the patient's name before you sign.";
    };
    channel.postMessage(here);
  }
})();
