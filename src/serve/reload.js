// Reloads the page once the site was built anew, and shows over it why a
// build failed. Only the development server sends this script; no published
// page holds it.
(() => {
  "use strict";
  const { build, site } = document.currentScript.dataset;
  const place = "quarterdeck-place";
  const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
  let known = build;
  let asking = null;

  // Back to where the reader was, whatever the browser restores by itself.
  try {
    const [path, x, y] = JSON.parse(sessionStorage.getItem(place) ?? "[]");
    sessionStorage.removeItem(place);
    if (path === location.pathname) {
      const back = () => scrollTo({ left: x, top: y, behavior: "instant" });
      back();
      addEventListener("load", back);
    }
  } catch { /* no storage: the browser's own restoring must do */ }

  function reload() {
    try {
      sessionStorage.setItem(place, JSON.stringify([location.pathname, scrollX, scrollY]));
    } catch { /* as above */ }
    location.reload();
  }

  // The server answers when there is news, or after a while with what is
  // known. A browser opens few connections to a host, so only the tabs that
  // are seen may each hold one.
  async function follow() {
    let pause = 250;
    while (!document.hidden) {
      const mine = asking = new AbortController();
      try {
        const query = new URLSearchParams({ since: known });
        if (site !== undefined) query.set("site", site);
        const address = "/_quarterdeck/events?" + query;
        const answer = await fetch(address, { cache: "no-store", signal: mine.signal });
        if (!answer.ok) throw new Error(answer.statusText);
        const news = await answer.json();
        if (news.build !== build) return reload();
        if (news.state !== known) overlay(news.faults);
        known = news.state;
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

  // What is wrong, over the foot of the page. Texts are an author's: they are
  // set as text and never as markup. In a tree of its own neither the page's
  // style reaches it nor its style the page; a constructed sheet needs no
  // leave of the page's policy.
  const style = `
    :host { all: initial; position: fixed; inset: auto 0 0 0; z-index: 2147483647; pointer-events: none; color-scheme: light dark; }
    * { box-sizing: border-box; }
    section { display: flex; flex-direction: column; max-height: 60vh; pointer-events: auto; border-top: 3px solid light-dark(#9c2a1a, #ff9c88); background: light-dark(#fffdf8, #211f1c); color: light-dark(#1b1c1a, #ece8df); font: 15px/22px system-ui, sans-serif; box-shadow: 0 -6px 24px rgb(0 0 0 / .25); }
    header { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 16px; padding: 10px 20px; border-bottom: 1px solid light-dark(#ddd8cc, #3d3a34); }
    header div { flex: 1 1 220px; }
    strong { color: light-dark(#9c2a1a, #ff9c88); }
    ol { margin: 0; padding: 4px 20px 16px; overflow: auto; list-style: none; }
    li { padding: 12px 0 4px; }
    li + li { border-top: 1px solid light-dark(#ddd8cc, #3d3a34); }
    p { margin: 0; overflow-wrap: anywhere; unicode-bidi: plaintext; }
    .message { font-weight: 600; white-space: pre-wrap; }
    .place, code { font: 13px/20px ui-monospace, monospace; color: light-dark(#4f4e48, #bdb9af); }
    code { display: inline-block; margin-left: 8px; font-weight: 400; }
    pre { margin: 6px 0; padding: 8px 12px; overflow-x: auto; background: light-dark(#f3efe5, #161513); font: 13px/19px ui-monospace, monospace; tab-size: 4; }
    button { pointer-events: auto; min-height: 32px; padding: 4px 12px; border: 1px solid; border-radius: 3px; background: light-dark(#fffdf8, #211f1c); color: light-dark(#1b1c1a, #ece8df); font: 14px/20px system-ui, sans-serif; cursor: pointer; }
    .again { position: absolute; right: 16px; bottom: 16px; color: light-dark(#9c2a1a, #ff9c88); }
    :focus-visible { outline: 3px solid light-dark(#0b4f6c, #82c3dc); outline-offset: 2px; }
    [hidden] { display: none; }
    @media (max-width: 480px) { header { padding: 8px 14px; } ol { padding: 0 14px 14px; } }
    @media print { :host { display: none; } }`;
  let host = null;
  let hide = () => false;

  function part(name, text, ...parts) {
    const element = document.createElement(name);
    element.append(text, ...parts);
    return element;
  }

  function overlay(faults) {
    host?.remove();
    host = null;
    hide = () => false;
    if (!faults) return;
    host = document.createElement("quarterdeck-faults");
    const tree = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    tree.adoptedStyleSheets = [sheet];

    const said = part("div", part("strong", faults.summary),
      build.endsWith("-0") ? "" : " – the page is of the last good build");
    const away = part("button", "Hide (Esc)");
    const again = part("button", faults.summary + ": show");
    away.type = again.type = "button";
    again.className = "again";
    again.hidden = true;
    const list = part("ol", "");
    // It scrolls, so that it must be within reach of the keyboard.
    list.tabIndex = 0;
    list.setAttribute("aria-label", "Errors in the content");
    for (const fault of faults.shown) list.append(shown(fault));
    if (faults.more) {
      list.append(part("li", `and ${faults.more} more: \`quarterdeck check\` names all`));
    }
    const panel = part("section", part("header", said, away), list);
    panel.setAttribute("aria-label", "Why the site was not built");
    tree.append(panel, again);

    hide = () => {
      if (panel.hidden) return false;
      const held = panel.contains(tree.activeElement);
      panel.hidden = true;
      again.hidden = false;
      if (held) again.focus();
      return true;
    };
    away.addEventListener("click", hide);
    again.addEventListener("click", () => {
      panel.hidden = false;
      again.hidden = true;
      away.focus();
    });
    document.documentElement.append(host);
    // Of a long line, the part that is marked.
    for (const frame of list.querySelectorAll("pre")) {
      const lines = frame.textContent.split("\n");
      const marked = Math.max(0, ...lines.map((line) => line.search(/\^/)));
      const longest = Math.max(...lines.map((line) => line.length));
      const at = frame.scrollWidth * marked / longest;
      if (at > frame.clientWidth * 0.8) frame.scrollLeft = at - frame.clientWidth / 2;
    }
    // Read out by itself, in a few words; the focus stays where it is.
    said.setAttribute("role", "alert");
  }

  function shown(fault) {
    const message = part("p", fault.message, part("code", fault.code));
    message.className = "message";
    const item = part("li", message);
    if (fault.place) {
      const where = part("p", fault.place);
      where.className = "place";
      item.append(where);
    }
    if (fault.frame) {
      const frame = part("pre", fault.frame);
      frame.tabIndex = 0;
      item.append(frame);
    }
    if (fault.help) item.append(part("p", "help: " + fault.help));
    return item;
  }

  // Before the page's own keys: one press hides this and does nothing else.
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || !hide()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, { capture: true });

  follow();
})();
