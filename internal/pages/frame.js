"use strict";
// Two small comforts; without script the pages are complete.
(() => {
  const main = document.getElementById("main");
  const status = document.getElementById("live");

  // A page that is live asks whether there is something new, and then takes its
  // content from the server again. What is open, written or in focus stays.
  const every = 1500;
  const focusable = "a[href], button, input, select, textarea, summary, [tabindex]";
  let seen = null;

  async function refresh() {
    const response = await fetch(location.href, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.getElementById("main");
    if (!fresh) return;
    const open = new Map([...main.querySelectorAll("details[id]")].map((d) => [d.id, d.open]));
    const written = new Map([...main.querySelectorAll("input[id]")].map((i) => [i.id, i.value]));
    const refocus = mark();
    main.replaceChildren(...fresh.childNodes);
    document.getElementById("tabs").replaceWith(page.getElementById("tabs"));
    for (const [id, is] of open) document.getElementById(id)?.toggleAttribute("open", is);
    for (const [id, value] of written) if (document.getElementById(id)) document.getElementById(id).value = value;
    filterAll();
    refocus();
    say("Updated " + new Date().toLocaleTimeString() + ".");
  }

  // mark keeps where the focus is: the nth that can have it, in what has an id.
  function mark() {
    const at = document.activeElement;
    const home = at?.closest("#main [id], #main, #tabs");
    if (!home || at === main) return () => {};
    const nth = [...home.querySelectorAll(focusable)].indexOf(at);
    const caret = [at.selectionStart, at.selectionEnd];
    return () => {
      const now = document.getElementById(home.id);
      const element = (nth < 0 ? now : now?.querySelectorAll(focusable)[nth]) ?? main;
      element.focus({ preventScroll: true });
      if (typeof caret[0] === "number") element.setSelectionRange?.(...caret);
    };
  }

  async function ask() {
    if (document.visibilityState !== "visible") return;
    try {
      const response = await fetch(main.dataset.live, { cache: "no-store" });
      const state = response.ok ? await response.text() : null;
      if (state === null) throw new Error(response.statusText);
      if (seen !== null && state !== seen) await refresh();
      else if (status.dataset.lost) say("The workbench answers again.");
      seen = state;
      status.dataset.seen = "yes";
      delete status.dataset.lost;
    } catch {
      status.dataset.lost = "yes";
      say("The workbench does not answer: the server is down, or DEBUG is off.");
    }
  }

  function say(text) {
    if (status.textContent !== text) status.textContent = text;
  }

  if (main.dataset.live) {
    const loop = () => ask().finally(() => setTimeout(loop, every));
    loop();
    document.addEventListener("visibilitychange", ask);
  }

  // A filter shows those elements that hold all words: data-filter names them.
  function filter(input) {
    const words = input.value.toLowerCase().split(/\s+/);
    let shown = 0;
    for (const element of document.querySelectorAll(input.dataset.filter)) {
      const text = (element.dataset.text || element.textContent).toLowerCase();
      element.hidden = !words.every((word) => text.includes(word));
      if (!element.hidden) shown++;
    }
    for (const group of document.querySelectorAll("[data-group]")) {
      group.hidden = !group.querySelector(":is(" + input.dataset.filter + "):not([hidden])");
    }
    const none = document.getElementById("filter-none");
    if (none) none.hidden = shown > 0;
  }

  function filterAll() {
    for (const input of main.querySelectorAll("input[data-filter]")) {
      input.closest("[hidden]")?.removeAttribute("hidden");
      filter(input);
    }
  }

  main.addEventListener("input", (event) => {
    if (event.target.matches("input[data-filter]")) filter(event.target);
  });
  filterAll();
})();
