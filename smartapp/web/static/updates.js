// A page that waits for something ([data-updates]: seconds until the next look, [data-look]: where) looks by itself.
// Its parts marked data-live are replaced; where anything else has changed, the page itself is opened anew.
// Without this file a person presses Refresh.
"use strict";
(() => {
  const waits = document.querySelector("[data-updates]");
  if (!waits) return;
  const every = Number(waits.dataset.updates) * 1000;
  const slower = Math.max(every, 5000); // after a look that failed (ours)
  const note = waits.querySelector("[data-note]");
  const live = (page) => [...page.querySelectorAll("main [data-live]")];

  function lasting(page) {
    const copy = page.querySelector("main")?.cloneNode(true);
    copy?.querySelectorAll("[data-live], [data-updates]").forEach((part) => part.remove());
    return copy?.textContent.replace(/\s+/g, " ").trim();
  }

  // Nothing is taken from under the hands of a person who writes.
  const writing = () => document.activeElement?.matches("input, textarea, select");
  const written = () => [...document.querySelectorAll("main input:not([type=hidden]), main textarea")].some((e) => e.value !== e.defaultValue);

  async function look() {
    if (writing()) return every;
    const answer = await fetch(waits.dataset.look, { credentials: "same-origin" });
    const page = answer.status === 204 ? null : new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page?.querySelector("[data-updates]") || lasting(page) !== lasting(document)) {
      if (writing() || written()) {
        note.textContent = note.dataset.changed;
        return every;
      }
      location.replace(waits.action);
      return null;
    }
    const now = live(document);
    live(page).forEach((part, place) => { if (now[place]?.textContent !== part.textContent) now[place]?.replaceChildren(...part.childNodes); });
    note.textContent = note.dataset.note;
    return every;
  }

  async function round() {
    let next = slower;
    try {
      next = await look();
    } catch {
      note.textContent = note.dataset.unreached;
    }
    if (next !== null) setTimeout(round, next);
  }

  note.textContent = note.dataset.note;
  setTimeout(round, every);
})();
