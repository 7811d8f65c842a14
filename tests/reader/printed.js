// What a printed page must show, to be looked for in its sheets' text: what
// may not be parted, each with its words, and the headings with the words
// that follow them. Run with the media set to print, so that what isn't
// printed isn't there.
() => {
  const words = (text) => text.replaceAll("\u2060", "").split(/\s+/).filter(Boolean);
  const printed = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && !element.closest("title, desc") && !hidden(element);
  // What stands there for a screen reader alone.
  const hidden = (element) => Boolean(element) && (getComputedStyle(element).clipPath !== "none" || hidden(element.parentElement));
  // The words of an element as they are drawn: its text nodes one by one.
  const said = (element) => {
    const found = [];
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (/\S/.test(node.data) && printed(node.parentElement)) found.push(...drawn(node));
    }
    return found;
  };
  // Letters may be set in capitals.
  const drawn = (node) => {
    const upper = getComputedStyle(node.parentElement).textTransform === "uppercase";
    return words(upper ? node.data.toUpperCase() : node.data);
  };
  const name = (one) => one.localName + (one.classList.length ? "." + [...one.classList].join(".") : "");
  const whole = [...document.querySelectorAll("tr, figure, svg, .chart-drawing, .timeline, .window, .facts, .kpi, .sidenote")]
    .filter((one) => printed(one) && !one.parentElement.closest("svg"));
  const taken = (one) => ({
    name: name(one),
    words: said(one),
    height: Math.round(one.getBoundingClientRect().height),
    kept: Boolean(one.closest("svg")) || [...function* above(at) { while (at) { yield at; at = at.parentElement; } }(one)].some((at) => getComputedStyle(at).breakInside === "avoid"),
  });
  const folded = [...document.querySelectorAll("details")].filter(printed).map((one) => words(one.textContent));
  return {
    whole: whole.map(taken),
    headings: [...document.querySelectorAll("h1, h2, h3, h4, caption")].filter(printed).map(said),
    folded,
    over: document.documentElement.scrollWidth - innerWidth,
  };
}
