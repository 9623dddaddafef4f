// A wheel for what is rated twice from 0 to 10: a spoke for each row, drawn from the numbers beside it.
(() => {
  const { enhance } = window.espalier;
  const space = "http://www.w3.org/2000/svg";
  const make = (name, attributes, text) => {
    const one = document.createElementNS(space, name);
    for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value);
    if (text !== undefined) one.textContent = text;
    return one;
  };
  const R = 100, point = (i, n, r) => {
    const turn = (2 * Math.PI * i) / n - Math.PI / 2;
    return [Math.cos(turn) * r, Math.sin(turn) * r].map((x) => Math.round(x * 10) / 10);
  };
  // A label stands in at most three short lines, so that it fits beside the wheel.
  const cut = (text) => [...text].length > 14 ? [...text].slice(0, 13).join("") + "…" : text;
  function lines(text) {
    const all = [""];
    for (const word of text.trim().split(/\s+/))
      if ([...all.at(-1) + word].length < 14) all.push((all.pop() + " " + word).trim());
      else all.push(word);
    const told = all.filter(Boolean);
    return told.slice(0, 3).map((line, i) => cut(i === 2 && told.length > 3 ? line.slice(0, 12) + "…" : line));
  }
  function label(text, x, y) {
    const one = make("text", { "text-anchor": Math.abs(x) < 12 ? "middle" : x > 0 ? "start" : "end" });
    const told = lines(text), up = Math.abs(x) < 12 && y < 0 ? told.length - 1 : Math.abs(x) < 12 ? 0 : (told.length - 1) / 2;
    told.forEach((line, i) => one.append(make("tspan", { x, y: y + 4 + (i - up) * 13 }, line)));
    return one;
  }

  function shape(rows, scale, name) {
    const group = make("g", { class: name });
    const dots = rows.map((inputs, i) => {
      const n = Number(inputs[scale].value);
      const given = inputs[scale].value !== "" && n >= 0 && n <= 10;
      return given ? point(i, rows.length, n * R / 10) : null;
    });
    if (dots.every(Boolean)) group.append(make("polygon", { points: dots.map((d) => d.join(",")).join(" ") }));
    for (const dot of dots) if (dot) group.append(make("circle", { cx: dot[0], cy: dot[1], r: 3 }));
    return group;
  }

  function draw(box) {
    const rows = [...box.querySelectorAll("tbody tr")];
    const inputs = rows.map((row) => [...row.querySelectorAll("input")]);
    const svg = make("svg", { viewBox: "-200 -150 400 300", class: "wheel", "aria-hidden": "true", focusable: "false" });
    for (const ring of [2.5, 5, 7.5, 10]) svg.append(make("circle", { cx: 0, cy: 0, r: ring * R / 10, class: "ring" }));
    rows.forEach((row, i) => {
      const [x, y] = point(i, rows.length, R), [tx, ty] = point(i, rows.length, R + 10);
      svg.append(make("line", { x1: 0, y1: 0, x2: x, y2: y, class: "spoke" }));
      svg.append(label(row.querySelector("th").textContent, tx, ty));
    });
    svg.append(shape(inputs, 0, "first"), shape(inputs, 1, "second"));
    const old = box.querySelector(".wheel");
    if (old) old.replaceWith(svg); else box.append(svg);
  }
  enhance((room) => {
    for (const box of room.querySelectorAll("[data-wheel]")) draw(box);
  });
  document.addEventListener("input", (event) => {
    const box = event.target.closest("[data-wheel]");
    if (box) draw(box);
  });
})();
