// What every page can do: light or dark, the list of shortcuts, "/" to find somebody.  For the other
// scripts: espalier.typing(element), is somebody writing there?  espalier.say(text), told to
// screen readers.  A page adds its shortcuts by a hidden <dl data-shortcuts> in main.
(() => {
  const root = document.documentElement;
  const typing = (element) =>
    !!element?.closest?.("input:not([type=radio], [type=checkbox], [type=range]), textarea, select, [contenteditable]");
  const say = (text) => {
    const told = document.getElementById("told");
    if (told) told.textContent = text;
  };
  window.espalier = { typing, say };

  // The bar stays while pages change under it: where to come back to is known when it is used.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-look]")) form.elements.back.value = location.pathname + location.search;
    if (!form.matches("[data-theme-form]") || !event.submitter) return;
    event.preventDefault();
    choose(form, event.submitter);
  });

  function choose(form, button) {
    if (button.value === "auto") delete root.dataset.theme;
    else root.dataset.theme = button.value;
    for (const one of form.querySelectorAll("button")) one.setAttribute("aria-pressed", String(one === button));
    const fields = new URLSearchParams(new FormData(form, button));
    fetch(form.action, { method: "POST", body: fields, redirect: "manual" }).catch(() => {});
  }

  function showShortcuts() {
    const dialog = document.getElementById("shortcuts");
    if (!dialog || dialog.open) return;
    const more = dialog.querySelector("[data-shortcuts-more]");
    more.replaceChildren(...[...document.querySelectorAll("main [data-shortcuts]")].map((list) => {
      const copy = list.cloneNode(true);
      copy.hidden = false;
      copy.removeAttribute("id");
      copy.className = "shortcuts";
      return copy;
    }));
    dialog.showModal();
  }

  function find() {
    const field = document.querySelector("[data-find]");
    if (field) {
      field.focus();
      field.select();
    } else {
      location.assign("/#find");
    }
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    if (!document.getElementById("shortcuts")) return;
    if (event.key === "?") showShortcuts();
    else if (event.key === "/") find();
    else return;
    event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-shortcuts-open]")) showShortcuts();
    const menu = document.querySelector("details.menu[open]");
    if (menu && !menu.contains(event.target)) menu.open = false;
  });
  for (const button of document.querySelectorAll("[data-shortcuts-open]")) button.hidden = false;

  // Another page begins at its top, and is read from there.
  // What was sent from a page comes back to the same one, and stays where it is.
  const place = () => location.pathname.replace(/\/(answer|keep|skip|undo|redo|note|change|decide)$/, "");
  let path = place();
  document.addEventListener("htmx:after:settle", () => {
    if (place() === path) return;
    path = place();
    if (!location.hash) scrollTo(0, 0);
    const main = document.getElementById("main");
    if (!main || main.contains(document.activeElement)) return;
    main.tabIndex = -1;
    main.focus({ preventScroll: true });
  });
})();
