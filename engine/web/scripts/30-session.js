// The session room: keys, what is counted while one writes, where one goes on after saving.  What is typed in other
// forms stays: a form that somebody wrote in is left alone when the page changes around it.
// For 35-*.js: espalier.enhance(f) calls f(main) now and after every change of the page; espalier.touched(element)
// says that its form has something unsaved; espalier.sortable() gives the library for dragging.
(() => {
  const espalier = window.espalier;
  const main = () => document.querySelector("main[data-room]");
  const enhancers = [];
  let library;

  espalier.enhance = (f) => {
    enhancers.push(f);
    if (main()) f(main());
  };
  espalier.touched = (element) => {
    const form = element.closest("form.ask");
    if (form) form.dataset.dirty = "";
  };
  espalier.sortable = () => {
    if (window.Sortable) return Promise.resolve(window.Sortable);
    library ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = main().dataset.sortable;
      script.onload = () => resolve(window.Sortable);
      script.onerror = reject;
      document.head.append(script);
    });
    return library;
  };
  espalier.dragging = { forceFallback: true, fallbackOnBody: true, fallbackTolerance: 4, animation: 120, delay: 120,
    delayOnTouchOnly: true };

  if (window.htmx) htmx.config.morphSkip = "[hx-morph-skip], form[data-dirty]";

  // ---- writing ----------------------------------------------------------------------------------

  function count(field) {
    const most = Number(field.dataset.max);
    const long = [...field.value].length;
    let left = field.parentElement.querySelector(":scope > .left");
    if (long < most * 0.85) return left?.remove();
    if (!left) {
      left = document.createElement("span");
      left.className = "left";
      field.after(left);
    }
    left.textContent = `${long} / ${most}`;
    left.classList.toggle("over", long > most);
  }
  document.addEventListener("input", (event) => {
    espalier.touched(event.target);
    if (event.target.dataset?.max) count(event.target);
  });
  document.addEventListener("change", (event) => espalier.touched(event.target));

  // ---- what is unfolded stays so ------------------------------------------------------------------

  const folds = new Map();
  document.addEventListener("click", (event) => {
    const fold = event.target.closest("summary")?.parentElement;
    if (fold?.dataset.fold) setTimeout(() => folds.set(fold.dataset.fold, fold.open));
  });
  const narrow = matchMedia("(max-width: 77.99rem)");
  espalier.enhance((room) => {
    for (const fold of room.querySelectorAll("details[data-fold]"))
      if (folds.has(fold.dataset.fold)) fold.open = folds.get(fold.dataset.fold);
      else if (fold.dataset.fold === "way" && narrow.matches) fold.open = false;
  });
  document.documentElement.classList.add("ready");

  // ---- saving, and going on ------------------------------------------------------------------------

  const sections = () => [...(main()?.querySelectorAll(".question") ?? [])];
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let sent = null;

  function goTo(section) {
    if (!section) return;
    const form = section.querySelector("form.ask");
    const field = form.querySelector("[aria-invalid]") ?? form.querySelector("input:checked") ??
      [...form.querySelectorAll("textarea, select, input:not([type=hidden])")].find((one) => one.checkVisibility());
    field?.focus({ preventScroll: true });
    section.scrollIntoView({ block: section.offsetHeight > innerHeight * 0.8 ? "start" : "nearest",
      behavior: still.matches ? "auto" : "smooth" });
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!main()?.contains(form)) return;
    const section = form.closest(".question");
    sent = { place: section ? sections().indexOf(section) : -1, note: form.matches("[data-note]"), form };
    delete form.dataset.dirty;
    if (section) for (const one of section.querySelectorAll("form")) delete one.dataset.dirty;
  });

  function settled() {
    const room = main();
    if (!room) return;
    for (const f of enhancers) f(room);
    if (!sent) return;
    const { place, note, form } = sent;
    sent = null;
    const wrong = room.querySelector(".question .error")?.closest(".question");
    const conflict = room.querySelector("#conflict");
    if (note && !wrong) form.reset();
    if (conflict) conflict.focus();
    else if (wrong) goTo(wrong);
    else if (place >= 0) goTo(sections()[place] ?? sections()[0]);
  }
  document.addEventListener("htmx:after:settle", settled);
  document.addEventListener("espalier:refreshed", settled);

  // ---- keys ----------------------------------------------------------------------------------------

  const current = () => document.activeElement?.closest?.(".question") ?? sections()[0];
  let digits = "", last = 0;

  function choose(section, digit) {
    const scale = section.querySelector(".points");
    const inputs = [...section.querySelectorAll(scale ? ".points input" : ".cards input, .confirm input[type=checkbox]")];
    if (inputs.length === 0) return false;
    digits = Date.now() - last < 700 ? digits + digit : digit;
    last = Date.now();
    const pick = (text) => scale ? inputs.find((i) => i.value === text) : inputs[Number(text) - 1];
    const input = pick(digits) ?? pick(digits = digit);
    if (!input) return false;
    input.focus();
    input.checked = input.type === "radio" || !input.checked;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  }

  function openNotes() {
    const drawer = document.querySelector("[data-notes]");
    if (!drawer) return false;
    drawer.open = true;
    folds.set(drawer.dataset.fold, true);
    drawer.querySelector("textarea").focus();
    return true;
  }

  function press(key) {
    const button = main().querySelector(`[data-shortcut="${key}"]:not([disabled])`);
    button?.click();
    return !!button;
  }

  document.addEventListener("keydown", (event) => {
    if (!main() || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const form = event.target.closest?.("form.ask, form[data-note]");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || espalier.typing(event.target)) return;
    const section = current();
    const done = /^[0-9]$/.test(event.key) ? section && choose(section, event.key)
      : event.key === "n" ? openNotes() : event.key === "u" || event.key === "r" ? press(event.key) : false;
    if (done) event.preventDefault();
  });
})();
