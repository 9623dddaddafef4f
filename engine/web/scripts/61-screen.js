// The client's screen: nobody can scroll a projector, so a canvas takes the whole height: what is on it becomes larger
// while there is little, and smaller while there is much, as far as it can still be read.  So does a long question.
(() => {
  const smallest = 0.5, largest = 2;
  function fit() {
    const main = document.querySelector("main[data-screen]");
    if (!main) return;
    const talk = main.querySelector(".screen-talk"), canvas = main.querySelector(".screen-canvas");
    const wall = canvas?.querySelector(".wall");
    for (const one of [talk, wall]) if (one) one.style.zoom = 1;
    if (innerWidth < 1024) return;
    const end = innerHeight - parseFloat(getComputedStyle(main).paddingBottom);
    let fits = smallest, over = largest;
    while (wall && over - fits > 0.02) {
      const size = wall.style.zoom = (fits + over) / 2;
      if (canvas.getBoundingClientRect().bottom + scrollY > end) over = size;
      else fits = size;
    }
    if (wall) wall.style.zoom = fits;
    for (let size = 1; size > smallest && main.scrollHeight > innerHeight + 1;) talk.style.zoom = size -= 0.05;
  }
  document.addEventListener("espalier:refreshed", fit);
  addEventListener("resize", fit);
  fit();
})();
