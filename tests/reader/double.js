// Sets every text but a drawing's at twice its size, whatever unit its size
// is in, as a reader's own setting of the text alone would.
() => {
  const texts = [...document.body.querySelectorAll("*")].filter((one) => !one.closest("svg"));
  const sizes = texts.map((one) => {
    const style = getComputedStyle(one);
    return [parseFloat(style.fontSize), parseFloat(style.lineHeight)];
  });
  document.documentElement.style.fontSize = "200%";
  texts.forEach((one, at) => {
    const [size, line] = sizes[at];
    one.style.setProperty("font-size", `${2 * size}px`, "important");
    if (line) one.style.setProperty("line-height", `${2 * line}px`, "important");
  });
}
