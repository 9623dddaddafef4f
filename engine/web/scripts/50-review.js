// Looking back: what is typed into the search field narrows the path at once; u takes back, r brings back.
(() => {
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  function narrow(field) {
    const wanted = fold(field.value.trim());
    let found = 0;
    for (const entry of document.querySelectorAll("main [data-entry]")) {
      const text = [...entry.querySelectorAll("dt, .said-there")].map((part) => part.textContent).join("\n");
      entry.hidden = wanted !== "" && !fold(text).includes(wanted);
      if (!entry.hidden) found++;
    }
    for (const part of document.querySelectorAll("main [data-step], main [data-phase]"))
      part.hidden = !part.querySelector("[data-entry]:not([hidden])");
    const none = document.querySelector("[data-none]");
    if (none) none.hidden = found > 0;
  }
  document.addEventListener("input", (event) => {
    if (event.target.closest("[data-review-find]")) narrow(event.target);
  });

  // What is sent is not half typed any more: the answer may take the place of its form.
  document.addEventListener("submit", (event) => {
    for (const form of event.target.closest("main.review")?.querySelectorAll("form") ?? []) delete form.dataset.dirty;
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (window.espalier?.typing(event.target) || document.querySelector("dialog[open]")) return;
    const button = { u: "button[data-undo]", r: "button[data-redo]" }[event.key];
    const there = button && document.querySelector(`main.review ${button}:not(:disabled)`);
    if (!there) return;
    event.preventDefault();
    there.click();
  });
})();
