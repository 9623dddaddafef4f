// Lists as sticky notes: one that is empty is always there, Enter goes on to the next, notes are moved by their buttons
// or by dragging.  Without this there are several empty ones and buttons that ask for more.
(() => {
  const { enhance, sortable, touched, dragging, say } = window.espalier;
  const slips = (list) => [...list.querySelectorAll(":scope > .slip")];
  const text = (slip) => slip.querySelector("textarea");
  const written = (slip) => [...slip.querySelectorAll("textarea, input:not([type=hidden]), select")].some((field) =>
    field.type === "checkbox" ? field.checked : field.matches("select, .currency") ? false : field.value.trim() !== "");

  // A note made from the template, with a number of its own.
  function another(list) {
    const n = Number(list.dataset.next);
    list.dataset.next = n + 1;
    const slip = list.parentElement.querySelector("template").content.querySelector(".slip").cloneNode(true);
    for (const one of [slip, ...slip.querySelectorAll("*")])
      for (const { name, value } of [...one.attributes])
        if (/^(id|for|name|value|data-row)$/.test(name))
          one.setAttribute(name, value.replace(/^i\.N\./, `i.${n}.`).replace(/-iN(?=-|$)/, `-i${n}`)
            .replace(/^(up|down|drop)\.N$/, `$1.${n}`).replace(/^N$/, n));
    grip(slip);
    return slip;
  }

  function grip(slip) {
    const tools = slip.querySelector(".slip-do");
    if (tools.querySelector(".grip")) return;
    const handle = document.createElement("span");
    handle.className = "grip";
    handle.setAttribute("aria-hidden", "true");
    handle.textContent = "⠿";
    tools.prepend(handle);
  }

  // Exactly one empty note, at the end.
  function tidy(list) {
    const most = Number(list.dataset.most || Infinity);
    for (const slip of slips(list)) {
      const blank = !written(slip);
      if (blank && slip !== list.lastElementChild && !slip.contains(document.activeElement)) slip.remove();
      else slip.classList.toggle("is-new", blank);
    }
    const all = slips(list);
    if (!all.some((slip) => slip.classList.contains("is-new")) && all.length < most) {
      const slip = another(list);
      slip.classList.add("is-new");
      list.append(slip);
    }
  }

  function prepare(list) {
    for (const slip of slips(list)) grip(slip);
    tidy(list);
    const more = list.parentElement.querySelector("[data-add]");
    if (more) more.closest("p").hidden = true;
    sortable().then((Sortable) => {
      if (!Sortable.get(list))
        Sortable.create(list, { ...dragging, handle: ".grip", draggable: ".slip:not(.is-new)",
          onEnd: () => touched(list) });
    }, () => {});
  }
  enhance((room) => {
    for (const list of room.querySelectorAll("[data-list]")) prepare(list);
  });

  document.addEventListener("input", (event) => {
    const slip = event.target.closest(".slip");
    if (slip) tidy(slip.parentElement);
  });

  // What the other fields say stands where they are folded away.
  document.addEventListener("change", (event) => {
    const fields = event.target.closest(".slip-fields"), brief = fields?.querySelector("[data-brief]");
    if (!brief) return;
    const said = [...fields.querySelectorAll("select, textarea, input:not(.currency)")].map((field) =>
      field.matches("select") ? (field.value && field.name.split(".").length < 4 ? field.selectedOptions[0].textContent : "")
        : field.type === "checkbox" ? (field.checked ? field.parentElement.textContent.trim() : "") : field.value.trim());
    brief.textContent = said.filter(Boolean).join(" · ") || brief.dataset.brief;
  });

  document.addEventListener("keydown", (event) => {
    const slip = event.target.closest?.(".slip");
    if (!slip || event.target !== text(slip) || event.key !== "Enter" || event.shiftKey || event.ctrlKey ||
        event.metaKey || event.isComposing) return;
    event.preventDefault();
    if (!written(slip)) slip.closest("form").requestSubmit();
    else text(slip.nextElementSibling ?? slip).focus();
  });

  function move(slip, how) {
    const list = slip.parentElement;
    const beside = how === "up" ? slip.previousElementSibling : slip.nextElementSibling;
    if (how === "drop") {
      text(beside ?? slip.previousElementSibling ?? slip).focus();
      slip.remove();
    } else if (beside && !(how === "down" && beside.classList.contains("is-new"))) {
      if (how === "up") beside.before(slip); else beside.after(slip);
      slip.querySelector(`[data-move="${how}"]`).focus();
      say(`${slips(list).indexOf(slip) + 1} / ${slips(list).filter(written).length}`);
    }
    touched(list);
    tidy(list);
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    const slip = button?.closest(".slip");
    if (!slip || !document.querySelector("main[data-room]")) return;
    event.preventDefault();
    move(slip, button.dataset.move);
  });
})();
