// The desk: who is sought is found while one types; n opens the form of a new client; the arrows go
// from person to person.  Without this script the field is a form like any other.
(() => {
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const people = () => [...document.querySelectorAll("[data-people] [data-name]")];

  function sift(wanted) {
    let found = 0;
    for (const one of people()) {
      one.hidden = !plain(one.dataset.name).includes(wanted);
      if (!one.hidden) found++;
    }
    for (const group of document.querySelectorAll("[data-group]"))
      group.hidden = !group.querySelector("[data-name]:not([hidden])");
    const nobody = document.querySelector("[data-nobody]");
    if (nobody) nobody.hidden = found > 0;
  }

  function openNew() {
    const form = document.querySelector("[data-new]");
    if (!form) return false;
    form.open = true;
    form.querySelector("input[name=name]").focus();
    return true;
  }

  function move(step) {
    const links = people().filter((one) => !one.hidden).map((one) => one.querySelector("h3 a"));
    const next = links[links.indexOf(document.activeElement) + step] ?? (step > 0 ? links[0] : null);
    next?.focus();
    return !!next;
  }

  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-find]") && !document.querySelector("[data-sought]"))
      sift(plain(event.target.value.trim()));
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (!document.querySelector("main.desk") || document.querySelector("dialog[open]")) return;
    const sought = event.target.matches?.("[data-find]");
    if (sought && event.key === "Enter" && !document.querySelector("[data-sought]")) {
      const only = people().filter((one) => !one.hidden);
      if (event.target.value.trim() === "" || only.length !== 1) return;
      event.preventDefault();
      only[0].querySelector("h3 a").click();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (espalier.typing(event.target) && !(sought && step === 1)) return;
    const among = sought || event.target.closest?.("[data-name]") || event.target === document.body;
    const done = event.key === "n" ? openNew() : step && among ? move(step) : false;
    if (done) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-new-open]") && openNew()) event.preventDefault();
  });
  if (location.hash === "#find") document.querySelector("[data-find]")?.focus();
})();
