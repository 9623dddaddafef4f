// Sorting: the columns stand beside each other, and each thing lies in its own.  A thing is dragged, or moved by the
// menu it carries, which is all there is without a script.
(() => {
  const { enhance, sortable, touched, dragging } = window.espalier;

  function column(option, box) {
    const one = document.createElement("div");
    one.className = option.value ? "column" : "column tray";
    const title = document.createElement("p");
    title.className = "column-title";
    title.id = `${box.id}-${option.index}`;
    title.textContent = option.textContent;
    const items = document.createElement("ul");
    items.dataset.to = option.value;
    items.setAttribute("aria-labelledby", title.id);
    one.append(title, items);
    return one;
  }

  const place = (box, item) => {
    const to = item.querySelector("select").value;
    const list = [...box.querySelectorAll("ul")].find((ul) => ul.dataset.to === to);
    if (list && item.parentElement !== list) list.append(item);
  };

  function prepare(list) {
    if (list.nextElementSibling?.matches(".columns") || !list.querySelector("select")) return;
    const box = document.createElement("div");
    box.className = "columns";
    box.id = list.closest("form").id + "-columns";
    for (const option of list.querySelector("select").options) box.append(column(option, box));
    const items = [...list.children];
    list.hidden = true;
    list.after(box);
    for (const item of items) place(box, item);
    sortable().then((Sortable) => {
      for (const ul of box.querySelectorAll("ul"))
        Sortable.create(ul, { ...dragging, group: box.id, filter: "select, input, summary", preventOnFilter: false,
          onAdd: (event) => {
            event.item.querySelector("select").value = event.to.dataset.to;
            touched(box);
          } });
    }, () => {});
  }
  enhance((room) => {
    for (const list of room.querySelectorAll("[data-sort]")) prepare(list);
  });

  document.addEventListener("change", (event) => {
    const item = event.target.closest(".columns .sort-item");
    if (!item || !event.target.matches("select")) return;
    // Who takes one from those that lie nowhere yet goes on to the next of them.
    const next = item.closest(".tray") && (item.nextElementSibling ?? item.previousElementSibling);
    place(item.closest(".columns"), item);
    (next || item).querySelector("select").focus();
  });
})();
