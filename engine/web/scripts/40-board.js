// The board with a pointer: notes are dragged, which fills in and sends the form that there is for
// it.  Everything can be done without this file.
(() => {
  const main = () => document.querySelector("main.board-page");
  const words = () => document.querySelector("[data-board-words]")?.dataset ?? {};
  let dropped = null; // how the note gets back to where it was
  let draggedAt = 0;
  let sent = null; // what the form that was sent last was about
  let address = location.href;

  // The library comes only where something can be dragged.
  let library = null;
  function load(path) {
    library ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = path;
      script.onload = () => resolve(window.Sortable);
      script.onerror = reject;
      document.head.append(script);
    });
    return library;
  }

  const common = {
    animation: 120,
    swapThreshold: 1.4, // also beside a note, where the gap to the next one is
    forceFallback: true,
    fallbackOnBody: true,
    fallbackTolerance: 4,
    delay: 180,
    delayOnTouchOnly: true,
    filter: "input, textarea, select, summary, button, .note-form",
    preventOnFilter: false,
  };
  const onStart = (event) => {
    const { from, item } = event;
    const next = item.nextElementSibling;
    dropped = () => from.insertBefore(item, next?.parentNode === from ? next : null);
    main()?.classList.add("dragging");
  };

  // Not by form.elements, whose own "item" would hide ours.
  const named = (form, name) => form.querySelector(`[name="${name}"]`);

  // A note is in the list of its neighbour where a block has several lists.
  function listAt(item) {
    const near = item.nextElementSibling ?? item.previousElementSibling;
    return near?.dataset.key || item.parentNode.dataset.list;
  }

  function drop(event) {
    const { item } = event;
    const form = document.querySelector("form[data-board-drop]");
    main()?.classList.remove("dragging");
    draggedAt = Date.now();
    if (!form || (event.from === event.to && event.oldIndex === event.newIndex)) return;
    const to = listAt(item);
    if (!to) return dropped?.();
    const next = item.nextElementSibling;
    const before = next?.dataset.key === to ? next.dataset.note : "";
    const fields = { key: item.dataset.key, item: item.dataset.note, to, before };
    for (const [name, value] of Object.entries(fields)) named(form, name).value = value;
    form.requestSubmit();
  }

  function decide(event) {
    const { item, to } = event;
    const form = item.closest("form[data-decide]");
    main()?.classList.remove("dragging");
    draggedAt = Date.now();
    if (!form || event.from === to) return;
    const select = item.querySelector("select");
    select.value = to.dataset.column;
    countLeft(form);
    const all = [...form.querySelectorAll("select")];
    if (all.every((one) => one.value)) form.requestSubmit();
  }

  function countLeft(form) {
    const left = [...form.querySelectorAll("select")].filter((one) => !one.value).length;
    const told = form.closest(".decide").querySelector("[data-left]");
    told.textContent = left ? `${left} ${told.dataset.left}` : "";
  }

  function arrange(Sortable) {
    for (const list of document.querySelectorAll(".board-page .notes[data-list]:not([data-list=''])"))
      if (!Sortable.get(list))
        Sortable.create(list, { ...common, group: "board", draggable: ".note", onStart, onEnd: drop,
          filter: common.filter + ", .note:not([data-note])" });
    for (const list of document.querySelectorAll(".notes[data-column]"))
      if (!Sortable.get(list))
        Sortable.create(list, { ...common, group: list.closest("form").id, draggable: ".note[data-row]", onStart,
          onEnd: decide });
  }

  function prepare() {
    const page = main();
    if (!page) return;
    for (const form of page.querySelectorAll("form[data-decide]:not([data-dirty])"))
      for (const select of form.querySelectorAll("select"))
        select.value = [...select.options].find((one) => one.defaultSelected)?.value ?? "";
    if (page.querySelector(".notes[data-list], .notes[data-column]"))
      load(page.dataset.sortable).then(arrange, () => {});
  }

  // After a change: what was saved is said, and the keyboard stays where the work is.
  function settle() {
    const page = main();
    if (!page) return;
    const refused = page.querySelector("[data-board-problem]");
    const saved = page.querySelector("[data-board-saved] [role=status]");
    if (sent && saved) window.espalier?.say(saved.textContent);
    if (sent?.add && !refused) {
      const field = document.getElementById(sent.add);
      if (field) {
        field.value = "";
        field.focus();
      }
    } else if (sent?.item && saved) {
      page.querySelector(`[data-note="${CSS.escape(sent.item)}"] > .note-open`)?.focus();
    } else if (address !== location.href) {
      const text = page.querySelector(".note-form textarea");
      if (text) {
        text.value = text.defaultValue;
        text.focus();
        text.select();
      }
    }
    sent = dropped = null;
    address = location.href;
    prepare();
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.closest?.("main.board-page")) return;
    sent = {
      add: form.matches("[data-note-add]") ? named(form, "text").id : "",
      item: named(form, "item")?.value ?? "",
    };
    delete form.dataset.dirty;
  });
  document.addEventListener("htmx:after:settle", settle);
  document.addEventListener("htmx:error", () => {
    if (!dropped || !main()) return;
    dropped();
    dropped = null;
    window.espalier?.say(words().failed ?? "");
    const told = document.querySelector("[data-board-told]");
    const line = document.createElement("p");
    line.className = "notice error";
    line.textContent = words().failed ?? "";
    told?.replaceChildren(line);
  });

  document.addEventListener("change", (event) => {
    const { target } = event;
    if (!target.closest?.("main.board-page")) return;
    if (target.id === "board-at") target.form.requestSubmit();
    const form = target.closest("form[data-decide]");
    if (form) {
      form.dataset.dirty = "";
      if (target.matches("select")) countLeft(form);
    }
  });
  document.addEventListener("input", (event) => {
    if (event.target.id !== "board-at") return;
    const day = document.querySelector(`#board-days option[value="${event.target.value}"]`);
    document.getElementById("board-day").value = day?.label ?? "";
  });
  document.addEventListener("click", (event) => {
    if (Date.now() - draggedAt < 300 && event.target.closest?.(".note-open")) {
      event.preventDefault();
      event.stopPropagation();
    }
  }, true);
  document.addEventListener("keydown", (event) => {
    const form = event.target.closest?.(".note-form");
    if (!form) return;
    if (event.key === "Escape") form.querySelector(".note-cancel").click();
    else if (event.key === "Enter" && !event.shiftKey && event.target.matches("textarea")) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[value=save]"));
    }
  });
  prepare();
})();
