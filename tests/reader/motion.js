// Whatever moves or would move.
() => {
  const faults = document.getAnimations().map((one) => `${one.effect?.target?.className} moves by itself`);
  const lasts = (times) => times.split(",").some((time) => parseFloat(time) > 0);
  for (const element of document.querySelectorAll("*")) {
    for (const part of [null, "::before", "::after"]) {
      const style = getComputedStyle(element, part);
      if (lasts(style.transitionDuration) || lasts(style.animationDuration)) faults.push(`${element.localName}.${element.className}${part ?? ""} takes its time`);
      if (style.scrollBehavior === "smooth") faults.push(`${element.localName}.${element.className} scrolls smoothly`);
    }
  }
  return { faults };
}
