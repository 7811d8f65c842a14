// What moved on the page after it was first drawn.
() => new Promise((done) => {
  const faults = [];
  const watch = new PerformanceObserver((list) => list.getEntries().forEach((one) =>
    faults.push(`the layout shifts by ${one.value}: ${one.sources.map((source) => source.node?.outerHTML?.slice(0, 60)).join(", ")}`)));
  watch.observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done({ faults }), 30)));
})
