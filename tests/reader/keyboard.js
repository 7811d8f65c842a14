// What a keyboard meets: every control that it can come to, in the order of
// the page, each of them shown when it has the focus.
(open) => {
  const faults = [];
  const name = (one) => `${one.localName}${one.classList.length ? "." + [...one.classList].join(".") : ""} ${JSON.stringify((one.textContent || one.value || "").trim().replace(/\s+/g, " ").slice(0, 30))}`;
  const controls = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")].filter((one) =>
    one.tabIndex >= 0 && !one.disabled && !one.closest("[inert]") && one.checkVisibility({ visibilityProperty: true }));

  for (const one of document.querySelectorAll("[tabindex]")) {
    if (one.tabIndex > 0) faults.push(`${name(one)} jumps the order by its tabindex`);
  }

  const main = document.querySelector("main");
  const first = controls[0];
  if (main && first && !main.contains(first)) {
    const to = first.getAttribute("href") ?? "";
    const target = to.startsWith("#") && document.getElementById(to.slice(1));
    if (!target) faults.push(`the first control is ${name(first)} and no way past the masthead`);
    else if (target.tabIndex !== -1 && target.tabIndex !== 0) faults.push(`${name(first)} leads to what takes no focus`);
  }

  // Colours as they are drawn, to reckon how a focus stands out.
  const painted = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const light = ([red, green, blue]) => [red, green, blue].map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = painted(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return painted(getComputedStyle(document.documentElement).colorScheme.includes("dark") ? "rgb(0,0,0)" : "rgb(255,255,255)");
  };
  const contrast = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  // Around itself, or around the part of it that can be clicked.
  const ring = (element) => [null, "::after"].some((part) => {
    const style = getComputedStyle(element, part);
    const wide = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return wide && contrast(painted(style.outlineColor), ground(element.parentElement)) >= 3;
  });

  // The focus moves by script here and by the Tab key in a test of its own; a
  // page that no pointer touched shows both alike.
  let before = null;
  for (const one of controls) {
    one.focus();
    if (document.activeElement !== one) {
      faults.push(`${name(one)} can't take the focus`);
      continue;
    }
    // A radio's ring may be drawn around its answer.
    const shown = [one, one.closest("label")].filter(Boolean).find(ring);
    if (!one.matches(":focus-visible") || !shown) {
      faults.push(`${name(one)} doesn't show that it has the focus`);
      continue;
    }
    const box = one.getBoundingClientRect();
    if (box.bottom <= 0 || box.right <= 0 || box.left >= innerWidth) faults.push(`${name(one)} has the focus out of sight`);
    const around = shown.getBoundingClientRect();
    for (let at = shown.parentElement; at && at !== document.body && at !== document.documentElement; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.overflowX === "visible" && style.overflowY === "visible") continue;
      const cut = at.getBoundingClientRect();
      if (around.left - 2 < cut.left || around.right + 2 > cut.right || around.top - 2 < cut.top || around.bottom + 2 > cut.bottom) {
        faults.push(`the ring around ${name(one)} is cut off by ${name(at)}`);
        break;
      }
    }
    // Down the page or to the right; up only to begin another column.
    const place = { top: box.top + scrollY, bottom: box.bottom + scrollY, left: box.left, right: box.right };
    const pinned = ["fixed", "sticky"].some((stays) => {
      for (let at = one; at; at = at.parentElement) if (getComputedStyle(at).position === stays) return true;
      return false;
    });
    // What a style reorders for the eye and the keyboard alike is gone
    // through with the key itself.
    const reordered = one.closest("li, tr, div")?.parentElement;
    const flows = reordered && (getComputedStyle(reordered).readingFlow ?? "normal") !== "normal";
    if (before && !pinned && !flows && place.bottom <= before.top + 1 && place.left < before.right) {
      faults.push(`${name(one)} comes after ${before.name}, which stands below it`);
    }
    before = pinned ? null : { ...place, name: name(one) };
  }
  return { controls: controls.length, faults };
}
