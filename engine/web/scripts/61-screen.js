// The client's screen: nobody can scroll a projector, so a canvas that has grown long becomes a little smaller, as far
// as it can still be read.
(() => {
  const smallest = 0.7;
  function fit() {
    const wall = document.querySelector("main[data-screen] .wall");
    if (!wall) return;
    wall.style.zoom = 1;
    if (innerWidth < 1024) return;
    for (let size = 1; size > smallest && document.documentElement.scrollHeight > innerHeight + 1;) {
      size = Math.max(smallest, size - 0.05);
      wall.style.zoom = size;
    }
  }
  document.addEventListener("espalier:refreshed", fit);
  addEventListener("resize", fit);
  fit();
})();
