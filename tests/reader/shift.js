// What moved on the page after it was first drawn. A browser that is short of
// time draws a line before it has read the line's end, which then grows by a
// word: what counts is told in three decimals, as browsers' own tools do.
() => new Promise((done) => {
  const faults = [];
  let sum = 0;
  const watch = new PerformanceObserver((list) => list.getEntries().forEach((one) => {
    sum += one.value;
    faults.push(`the layout shifts by ${one.value} after ${one.startTime.toFixed(0)} ms: ${one.sources.map(told).join(", ")}`);
  }));
  const place = (box) => `${box.x},${box.y} ${box.width}x${box.height}`;
  const told = (source) => `${source.node?.outerHTML?.slice(0, 60).replace(/\s+/g, " ")} from ${place(source.previousRect)} to ${place(source.currentRect)}`;
  watch.observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done({ faults: sum >= 0.0005 ? faults : [] }), 30)));
})
