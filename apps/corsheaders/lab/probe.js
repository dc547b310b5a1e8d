"use strict";
// The page of another origin. The laboratory that embeds it says what to ask for;
// it tries that once and says what came of it. All goes through a channel of which
// one end is sent to that laboratory's origin and to no other.
const { port1: channel, port2: theirs } = new MessageChannel();

channel.onmessage = async ({ data: { url, method, headers, credentials } }) => {
  channel.onmessage = null;
  channel.postMessage(await attempt(url, { method, headers, credentials, mode: "cors", cache: "no-store" }));
};

async function attempt(url, init) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), 15000);
  try {
    const answer = await fetch(url, { ...init, signal: stop.signal });
    return {
      origin: self.origin, readable: true, status: answer.status, type: answer.type,
      redirected: answer.redirected, headers: [...answer.headers.keys()],
    };
  } catch (error) {
    return { origin: self.origin, readable: false, late: stop.signal.aborted, error: String(error) };
  } finally {
    clearTimeout(timer);
    stop.abort(); // the body is of no interest, and it may be endless
  }
}

parent.postMessage("ready", document.documentElement.dataset.embedder, [theirs]);
