// What is wrong with how a page is laid out, as it stands: text out of the
// page, cut off, over other text or too small to read, and anything that
// scrolls sideways. Everything is told from boxes.
(smallest) => {
  const faults = [];
  const told = (text) => JSON.stringify(text.trim().replace(/\s+/g, " ").slice(0, 40));
  const where = (element) => {
    const name = (one) => one.localName + (one.classList.length ? "." + [...one.classList].join(".") : "");
    return element.parentElement ? `${name(element.parentElement)} > ${name(element)}` : name(element);
  };

  const root = document.documentElement;
  if (root.scrollWidth > innerWidth) {
    faults.push(`the page is ${root.scrollWidth - innerWidth} px too wide`);
  }

  // Styles are asked for once an element.
  const styles = new Map();
  const style = (element) => {
    if (!styles.has(element)) styles.set(element, getComputedStyle(element));
    return styles.get(element);
  };
  // What stands there for a screen reader alone, or shows only with the focus.
  const unseen = new Map();
  const isUnseen = (element) => {
    if (!element || element === root) return false;
    if (!unseen.has(element)) {
      const own = style(element);
      const box = element.getBoundingClientRect();
      const hidden = own.clipPath !== "none" && box.width <= 1;
      const above = own.position === "absolute" && box.bottom + scrollY <= 0;
      unseen.set(element, hidden || above || isUnseen(element.parentElement));
    }
    return unseen.get(element);
  };
  // The boxes that cut an element's content off, nearest first.
  const clips = new Map();
  const clipsOf = (element) => {
    if (!element || element === root || element === document.body) return [];
    if (!clips.has(element)) {
      const above = clipsOf(element.parentElement);
      const own = style(element);
      const cuts = (value) => value !== "visible";
      const inner = element.ownerSVGElement && element.localName !== "svg";
      clips.set(element, !inner && (cuts(own.overflowX) || cuts(own.overflowY))
        ? [{ element, box: element.getBoundingClientRect(), x: cuts(own.overflowX), y: cuts(own.overflowY) }, ...above]
        : above);
    }
    return clips.get(element);
  };

  // What stays on the screen while the rest moves under it.
  const pinned = new Map();
  const pinnedBy = (element) => {
    if (!element || element === root) return null;
    if (!pinned.has(element)) {
      const stays = ["sticky", "fixed"].includes(style(element).position);
      pinned.set(element, stays ? element : pinnedBy(element.parentElement));
    }
    return pinned.get(element);
  };

  for (const element of document.body.querySelectorAll("*")) {
    const scrolls = ["auto", "scroll"].includes(style(element).overflowX) && element.scrollWidth > element.clientWidth + 1;
    if (scrolls) faults.push(`${where(element)} scrolls sideways`);
  }

  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    if (!/\S/.test(node.data) || ["script", "style", "title", "desc", "option"].includes(element.localName)) continue;
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || isUnseen(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const boxes = [...range.getClientRects()].filter((box) => box.width > 0.5 && box.height > 0.5);
    if (!boxes.length) continue;
    const drawing = element.closest("svg");
    const scale = drawing ? Math.abs(element.getScreenCTM().d) : 1;
    const size = parseFloat(style(element).fontSize) * scale;
    if (size === 0) continue;
    // A figure with its unit: not a sentence that has one, a heading's or a
    // key's own number. One that is set large stands alone and has no column
    // to keep.
    const figure = size < 24 && !element.closest("h1, h2, h3, h4, kbd") && /^[^\p{L}\d]*\d[\d.,\s\u2060–−+%:]*(h|pp|min|days?)?$/u.test(node.data.trim());
    if (figure && !style(element).fontVariantNumeric.includes("tabular-nums")) {
      faults.push(`${told(node.data)} in ${where(element)} isn't tabular`);
    }
    // A raised mark refers to a note of the full size.
    if (size < (element.closest("sup") ? smallest - 3 : smallest)) faults.push(`${told(node.data)} in ${where(element)} is ${size.toFixed(1)} px high`);
    // A font's box is higher than its letters: what touches is not yet over
    // another.
    const slack = size * 0.2;
    for (const box of boxes) {
      if (box.left < -1 || box.right > root.clientWidth + 1) {
        faults.push(`${told(node.data)} in ${where(element)} leaves the page: ${box.left.toFixed(0)} to ${box.right.toFixed(0)}`);
      }
      for (const clip of clipsOf(element)) {
        const x = clip.x && (box.left < clip.box.left - 1 || box.right > clip.box.right + 1);
        const y = clip.y && (box.top < clip.box.top - slack || box.bottom > clip.box.bottom + slack);
        if (x || y) faults.push(`${told(node.data)} in ${where(element)} is cut off by ${where(clip.element)}`);
      }
      if (drawing) {
        const outer = outermost(drawing);
        const room = roomOf(outer);
        const out = box.left < room.left - 1 || box.right > room.right + 1 || box.top < room.top - 1 - slack || box.bottom > room.bottom + 1 + slack;
        if (out) faults.push(`${told(node.data)} in ${where(element)} leaves its drawing`);
      }
      texts.push({ node, element, pinned: pinnedBy(element), left: box.left + 0.5, right: box.right - 0.5, top: box.top + slack, bottom: box.bottom - slack });
    }
  }
  // A drawing that lets its labels stand beside it has room for them beside
  // it in what holds it, and above and below in its own margins.
  function roomOf(drawing) {
    const own = drawing.getBoundingClientRect();
    const { overflowX, marginTop, marginBottom } = style(drawing);
    if (overflowX !== "visible") return own;
    const held = drawing.parentElement.getBoundingClientRect();
    return {
      left: Math.min(own.left, held.left),
      right: Math.max(own.right, held.right),
      top: Math.min(own.top - parseFloat(marginTop), held.top),
      bottom: Math.max(own.bottom + parseFloat(marginBottom), held.bottom),
    };
  }
  function outermost(drawing) {
    const above = drawing.parentElement.closest("svg");
    return above ? outermost(above) : drawing;
  }

  texts.sort((one, other) => one.top - other.top);
  texts.forEach((one, at) => {
    for (let next = at + 1; next < texts.length && texts[next].top < one.bottom; next += 1) {
      const other = texts[next];
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - other.top;
      if (across > 0.5 && down > 0.5 && one.node !== other.node && one.pinned === other.pinned) {
        faults.push(`${told(one.node.data)} in ${where(one.element)} and ${told(other.node.data)} in ${where(other.element)} lie over one another`);
      }
    }
  });
  return { texts: texts.length, drawn: texts.filter((one) => one.element.closest("svg")).length, faults: [...new Set(faults)] };
}
