"use strict";
// The laboratory. Without script it predicts; with script the browser tries what
// is predicted, and the list of requests stays fresh.
for (const element of document.querySelectorAll("[data-needs-script]")) element.hidden = false;

// The page of another origin is a frame. It sends one end of a channel to this
// origin; all goes through that, and nothing else is listened to.
(() => {
  const card = document.getElementById("browser");
  if (!card) return;
  const out = document.getElementById("outcome");
  const at = card.dataset.at;
  const sandboxed = "sandboxed" in card.dataset;
  const frame = document.createElement("iframe");
  frame.title = "A page of another origin";
  frame.tabIndex = -1;
  if (sandboxed) frame.sandbox = "allow-scripts";

  const patience = setTimeout(() => fail("The page at " + at + " did not answer. An extension of the browser may keep it away; Safari does not show it inside a page of https."), 20000);

  addEventListener("message", function ready(event) {
    if (event.source !== frame.contentWindow || event.origin !== (sandboxed ? "null" : at) || event.data !== "ready") return;
    removeEventListener("message", ready);
    const [channel] = event.ports;
    channel.onmessage = async ({ data: outcome }) => {
      clearTimeout(patience);
      channel.close();
      frame.remove();
      await show(outcome);
    };
    channel.postMessage(JSON.parse(card.dataset.request));
  });

  async function show(outcome) {
    try {
      const response = await fetch("compare", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ question: JSON.parse(card.dataset.question), outcome }),
      });
      if (!response.ok) throw new Error(await response.text());
      replace(out, await response.text());
      out.dataset.state = out.querySelector("[data-state]").dataset.state;
    } catch (error) {
      fail("The site did not take the outcome: " + error.message + ". Load this page again.");
    }
    ask();
  }

  function fail(text) {
    clearTimeout(patience);
    frame.remove();
    out.textContent = text;
    out.dataset.state = "failed";
  }

  frame.src = card.dataset.frame;
  card.append(frame);
  document.getElementById("answer").scrollIntoView({ block: "nearest" });
})();

// What the server has escaped stays text.
function replace(element, html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  element.replaceChildren(...parsed.body.childNodes);
}

// The list.
const list = document.getElementById("recent");
const lost = document.getElementById("recent-lost");
let asking = false;

async function ask() {
  if (asking || document.visibilityState !== "visible") return;
  asking = true;
  try {
    const response = await fetch("recent", { headers: { "If-None-Match": list.dataset.tag } });
    if (response.status === 200) {
      const focused = list.contains(document.activeElement) ? document.activeElement.id : "";
      replace(list, await response.text());
      list.dataset.tag = response.headers.get("ETag");
      if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    }
    lost.textContent = "";
  } catch {
    lost.textContent = "The site does not answer: the list is from before."; // it is asked again
  } finally {
    asking = false;
  }
}

const loop = () => ask().finally(() => setTimeout(loop, 1500));
setTimeout(loop, 1500);
document.addEventListener("visibilitychange", ask);
