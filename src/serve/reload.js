// Reloads the page once the site was built anew. Only the development server
// sends this script; no published page holds it.
(() => {
  "use strict";
  const build = document.currentScript.dataset.build;
  const place = "quarterdeck-place";
  const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
  let asking = null;

  // Back to where the reader was, whatever the browser restores by itself.
  try {
    const [path, x, y] = JSON.parse(sessionStorage.getItem(place) ?? "[]");
    sessionStorage.removeItem(place);
    if (path === location.pathname) {
      addEventListener("load", () => scrollTo({ left: x, top: y, behavior: "instant" }));
    }
  } catch { /* no storage: the browser's own restoring must do */ }

  function reload() {
    try {
      sessionStorage.setItem(place, JSON.stringify([location.pathname, scrollX, scrollY]));
    } catch { /* as above */ }
    location.reload();
  }

  // The server answers when there is another build, or after a while with the
  // same one. A browser opens few connections to a host, so only the tabs
  // that are seen may each hold one.
  async function follow() {
    let pause = 250;
    while (!document.hidden) {
      const mine = asking = new AbortController();
      try {
        const address = "/_quarterdeck/events?since=" + encodeURIComponent(build);
        const answer = await fetch(address, { cache: "no-store", signal: mine.signal });
        if (!answer.ok) throw new Error(answer.statusText);
        if ((await answer.text()) !== build) return reload();
        pause = 250;
      } catch {
        if (mine.signal.aborted) return;
        // The server is gone or starts again.
        await sleep(pause);
        pause = Math.min(pause * 2, 4000);
        if (mine.signal.aborted) return;
      }
    }
  }

  document.addEventListener("visibilitychange", () => {
    asking?.abort();
    follow();
  });
  follow();
})();
