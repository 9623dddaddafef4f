// An order: moved up and down by buttons or by dragging; without this, by writing numbers.
(() => {
  const { enhance, sortable, touched, dragging, say } = window.espalier;
  const items = (list) => [...list.querySelectorAll(":scope > .rank-item")];

  function number(list) {
    items(list).forEach((item, i) => { item.querySelector("input").value = i + 1; });
  }
  function tool(list, how, sign, label) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "tool";
    button.dataset.rankMove = how;
    button.textContent = sign;
    button.setAttribute("aria-label", `${list.dataset[how]}: ${label}`);
    return button;
  }
  function prepare(list) {
    list.classList.add("is-live");
    for (const item of items(list)) {
      if (item.querySelector(".tool")) continue;
      const label = item.querySelector("label").textContent;
      const handle = document.createElement("span");
      handle.className = "grip";
      handle.setAttribute("aria-hidden", "true");
      handle.textContent = "⠿";
      item.append(tool(list, "up", "↑", label), tool(list, "down", "↓", label), handle);
    }
    sortable().then((Sortable) => {
      if (!Sortable.get(list))
        Sortable.create(list, { ...dragging, draggable: ".rank-item", filter: "input, button", preventOnFilter: false,
          onEnd: () => { number(list); touched(list); } });
    }, () => {});
  }
  enhance((room) => {
    for (const list of room.querySelectorAll("[data-rank]")) prepare(list);
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-rank-move]");
    const item = button?.closest(".rank-item");
    if (!item) return;
    const up = button.dataset.rankMove === "up", list = item.parentElement;
    const beside = up ? item.previousElementSibling : item.nextElementSibling;
    if (!beside) return;
    if (up) beside.before(item); else beside.after(item);
    number(list);
    touched(list);
    button.focus();
    say(`${item.querySelector("label").textContent}: ${items(list).indexOf(item) + 1}`);
  });
})();
