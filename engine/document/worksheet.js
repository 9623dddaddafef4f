"use strict";
// What moves on the worksheet: rows of lists, keeping half-typed answers, giving back.  The page is
// made of native elements; this script reads them by data-type and keeps them by name.
(function () {
  const sheet = JSON.parse(document.getElementById("sheet").textContent);
  const words = sheet.words;
  const questions = Array.from(document.querySelectorAll(".q"));
  const place = "espalier-sheet-" + sheet.id;
  let storage = null; // where half-typed answers are kept, if the browser lets us
  let savedAt = document.documentElement.dataset.saved || "";

  const at = (id) => document.getElementById(id);
  const all = (root, selector) => Array.from(root.querySelectorAll(selector));
  const say = (word, values) =>
    Object.entries(values || {}).reduce((text, [k, v]) => text.replace("{" + k + "}", () => v),
      words[word]);

  // ---- reading -------------------------------------------------------------------------------

  const typed = (input) => (input ? input.value.trim() : "");
  const filled = (object) => Object.fromEntries(Object.entries(object).filter(([, v]) => v !== ""));
  const orNothing = (object) => (Object.keys(object).length ? object : undefined);
  const part = (c, name) => typed(c.querySelector(`[name="${c.dataset.name}.${name}"]`));

  // A number where it is one beyond doubt; else the text as typed, for the program to judge.
  function number(text) {
    if (text === "") return undefined;
    return /^-?(0|[1-9]\d{0,14})(\.\d{1,9})?$/.test(text) ? Number(text) : text;
  }
  const text = (c) => typed(c.querySelector("input, textarea")) || undefined;
  const checked = (c) => all(c, "input:checked").map((input) => input.value);

  function today() {
    const now = new Date();
    const two = (n) => String(n).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  }

  function item(row) {
    const fields = all(row, ".field").map((f) => [f.dataset.field, read(f.querySelector(".c"))]);
    const value = Object.fromEntries(fields.filter(([, v]) => v !== undefined));
    if (!orNothing(value)) return undefined;
    return row.dataset.id ? { id: row.dataset.id, ...value } : value;
  }

  const readers = {
    text: text,
    long_text: text,
    date: text,
    integer: (c) => number(text(c) || ""),
    number: (c) => number(text(c) || ""),
    scale: (c) => number(checked(c)[0] || typed(c.querySelector("input[type=text]"))),
    yes_no: (c) => (checked(c).length ? checked(c)[0] === "true" : undefined),
    choice: (c) => checked(c)[0],
    choices: (c) => (checked(c).length ? checked(c) : undefined),
    money(c) {
      const amount = part(c, "amount");
      return amount
        ? filled({ amount, currency: part(c, "currency"), period: part(c, "period") })
        : undefined;
    },
    duration(c) {
      const hours = part(c, "hours"), minutes = part(c, "minutes");
      if (!hours && !minutes) return undefined;
      if (/^\d{0,4}$/.test(hours) && /^\d{0,6}$/.test(minutes)) return hours * 60 + minutes * 1;
      return [hours && hours + " h", minutes && minutes + " min"].filter(Boolean).join(" ");
    },
    list(c) {
      const items = all(c, ".row").map(item).filter((i) => i !== undefined);
      return items.length ? items : undefined;
    },
    sort(c) {
      const rows = all(c, ".sorted").map((row) => [row.dataset.row, filled({
        to: checked(row)[0] || "",
        why: typed(row.querySelector("input[type=text]"))
      })]);
      return orNothing(Object.fromEntries(rows.filter(([, v]) => orNothing(v))));
    },
    grid(c) {
      const rows = {};
      for (const input of all(c, "input")) {
        const n = number(typed(input)), { row, scale } = input.dataset;
        if (n !== undefined) rows[row] = { ...rows[row], [scale]: n };
      }
      return orNothing(rows);
    },
    rank(c) {
      const placed = all(c, "select").filter((s) => s.value);
      placed.sort((a, b) => a.value - b.value);
      return placed.length ? placed.map((s) => s.dataset.row) : undefined;
    },
    commitment: (c) => orNothing(filled({
      what: part(c, "what"), by: part(c, "by"), know: part(c, "know"), help: part(c, "help")
    })),
    confirm(c) {
      if (!checked(c).length) return undefined;
      return filled({ agreed: true, who: part(c, "who"), on: part(c, "on") || today() });
    }
  };
  const read = (c) => readers[c.dataset.type](c);

  const control = (q) => q.querySelector(".c");
  const isOut = (q) => q.querySelector(".out").checked;
  // What stood there from the beginning is an answer only when the person says so.
  const isTheirs = (q) => {
    const keep = q.querySelector(".keep");
    return !keep || keep.checked || "touched" in q.dataset;
  };
  const answer = (q) => (isOut(q) || !isTheirs(q) ? undefined : read(control(q)));
  const isDone = (q) => isOut(q) || answer(q) !== undefined;

  function givenBack() {
    const back = {
      espalier: "answers", version: 1, journey: sheet.journey, revision: sheet.revision,
      questions: {}, answers: {}, skip: {}, saved: new Date().toISOString()
    };
    for (const q of questions) {
      const key = q.dataset.key, value = answer(q);
      if (isOut(q)) back.skip[key] = typed(q.querySelector(".reason"));
      else if (value !== undefined) back.answers[key] = value;
      else continue;
      back.questions[key] = sheet.asks[key];
    }
    return back;
  }

  // ---- gentle remarks: nothing ever stands in the way of giving back ---------------------------

  function range(low, high) {
    if (low === undefined && high === undefined) return "";
    if (high === undefined) return say("at_least", { n: low });
    return low === undefined ? say("at_most", { n: high }) : say("from_to", { from: low, to: high });
  }

  function remarkOnNumber(value, low, high, whole) {
    if (value === undefined) return "";
    const n = typeof value === "number" ? value : Number(value.replace(/[\s\u00a0\u202f]/g, "")
      .replace(",", "."));
    if (!Number.isFinite(n)) return say("number_please");
    if (whole && !Number.isInteger(n)) return say("whole_please");
    const outside = (low !== undefined && n < low) || (high !== undefined && n > high);
    return outside ? say("range", { range: range(low, high) }) : "";
  }

  const remarkOnText = (value, c) => value && c.dataset.max && Array.from(value).length > c.dataset.max
    ? say("too_long", { n: Array.from(value).length, m: c.dataset.max }) : "";

  function remarkOnCount(value, c) {
    const { min, max } = c.dataset, n = value ? value.length : 0;
    if (max && n > max) return say("too_many", { n, m: max });
    return n && min && n < min ? say("too_few", { n, m: min }) : "";
  }

  function remarkOnRows(c, done, of) {
    if (!done || done === of) return "";
    return say("rows_left", { n: of - done, m: of }) + " " + say("half_kept");
  }

  const remarks = {
    text: remarkOnText,
    long_text: remarkOnText,
    integer: (v, c) => remarkOnNumber(v, c.dataset.min, c.dataset.max, true),
    number: (v, c) => remarkOnNumber(v, c.dataset.min, c.dataset.max, false),
    scale: (v, c) => remarkOnNumber(v, c.dataset.from, c.dataset.to, true),
    choices: remarkOnCount,
    list: (v, c) => remarkOnCount(v, c) || remarkOnFields(c),
    sort: (v, c) => remarkOnRows(c, Object.values(v || {}).filter((p) => p.to).length,
      all(c, ".sorted").length),
    rank: (v, c) => remarkOnRows(c, (v || []).length, all(c, "select").length),
    grid: remarkOnGrid,
    money: (v) => (v && /\d/.test(v.amount) === false ? say("number_please") : ""),
    duration: (v) => (typeof v === "string" ? say("number_please") : "")
  };

  function remark(c) {
    const of = remarks[c.dataset.type];
    return of ? of(read(c), c) : "";
  }

  function remarkOnFields(list) {
    return all(list, ".row .field > .c, .row fieldset > .c").map(remark).find(Boolean) || "";
  }

  function remarkOnGrid(value, c) {
    const cells = all(c, "input");
    const wrong = cells.map((i) => remarkOnNumber(number(typed(i)), i.dataset.from, i.dataset.to,
      true)).find(Boolean);
    return wrong || remarkOnRows(c, cells.filter(typed).length, cells.length);
  }

  function put(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  function look(q) {
    const out = isOut(q), reason = typed(q.querySelector(".reason"));
    q.classList.toggle("left-out", out);
    q.classList.toggle("done", isDone(q));
    q.querySelector(".why").hidden = !out;
    // What is written can be rubbed out; a choice needs a way back.
    const chosen = /^(yes_no|choice|scale)$/.test(control(q).dataset.type);
    q.querySelector(".clear").hidden = out || !chosen || read(control(q)) === undefined;
    const please = out && !reason && q.dataset.required === "1" ? say("leave_why_please") : "";
    put(q.querySelector(".note"), out ? please : remark(control(q)));
  }

  // ---- rows of lists ---------------------------------------------------------------------------

  function addRow(c, n, id) {
    const rows = c.querySelector(".rows"), shape = c.querySelector("template");
    const row = shape.content.firstElementChild.cloneNode(true);
    const from = c.dataset.name + ".rR", to = c.dataset.name + ".r" + n;
    for (const element of [row, ...row.querySelectorAll("*")])
      for (const attribute of Array.from(element.attributes))
        if (attribute.value.startsWith(from))
          attribute.value = to + attribute.value.slice(from.length);
    row.dataset.n = n;
    row.dataset.id = id || "";
    rows.append(row);
    rows.dataset.next = Math.max(Number(rows.dataset.next), n + 1);
    nameRows(c);
    return row;
  }

  // Rows and their buttons are told apart by number for those who hear the page.
  function nameRows(c) {
    all(c, ".row").forEach((row, i) => {
      row.setAttribute("aria-label", say("item", { n: i + 1 }));
      for (const tool of all(row, ".tool"))
        tool.setAttribute("aria-label", tool.textContent + ": " + say("item", { n: i + 1 }));
    });
  }

  function moveRow(row, by) {
    const rows = Array.from(row.parentElement.children), i = rows.indexOf(row);
    const other = rows[i + by];
    if (!other) return;
    if (by < 0) other.before(row);
    else other.after(row);
    put(row.closest(".q").querySelector(".note"), say("moved", { n: i + by + 1 }));
  }

  function removeRow(row) {
    const q = row.closest(".q"), next = row.nextElementSibling, rows = row.parentElement;
    const button = document.createElement("button"), note = q.querySelector(".note");
    const had = item(row) !== undefined;
    row.remove();
    const focus = (next || rows.lastElementChild || rows.parentElement)
      .querySelector("input, textarea, [data-act=add]");
    if (focus) focus.focus();
    if (!had) return;
    button.type = "button";
    button.className = "tool";
    button.textContent = words.bring_back;
    button.addEventListener("click", () => {
      if (next && next.parentElement) next.before(row);
      else rows.append(row);
      touched(q);
      row.querySelector("input, textarea").focus();
    });
    note.replaceChildren(words.removed + " ", button);
  }

  // Two rows cannot have one place: the other takes the place this one had.
  function swapPlaces(select) {
    for (const other of all(select.closest(".c"), "select"))
      if (other !== select && select.value && other.value === select.value)
        other.value = select.dataset.had || "";
    for (const one of all(select.closest(".c"), "select")) one.dataset.had = one.value;
  }

  function clearAnswer(q) {
    for (const input of all(q, "input, textarea, select")) {
      if (input.type === "checkbox" || input.type === "radio") input.checked = false;
      else if (!input.closest(".c[data-type=money]") || input.name.endsWith(".amount"))
        input.value = "";
      delete input.dataset.had;
    }
  }

  const acts = {
    up: (q, button) => moveRow(button.closest(".row"), -1),
    down: (q, button) => moveRow(button.closest(".row"), 1),
    remove: (q, button) => removeRow(button.closest(".row")),
    add(q) {
      const c = control(q);
      addRow(c, Number(c.querySelector(".rows").dataset.next)).querySelector("input, textarea")
        .focus();
    },
    clear(q) {
      clearAnswer(q);
      const first = control(q).querySelector("input, textarea, select");
      if (first) first.focus();
    }
  };

  // ---- keeping ---------------------------------------------------------------------------------

  function state() {
    const fields = {}, rows = {}, theirs = [];
    for (const q of questions) {
      const list = q.querySelector(".c[data-type=list]");
      if (list)
        rows[list.dataset.name] = all(list, ".row").map((r) => [Number(r.dataset.n), r.dataset.id]);
      if ("touched" in q.dataset) theirs.push(q.dataset.key);
      for (const input of all(q, "[name]")) {
        if (input.type === "radio") {
          if (input.checked) fields[input.name] = input.value;
        } else if (input.type === "checkbox") {
          if (input.checked) fields[input.name] = [...(fields[input.name] || []), input.value];
        } else if (input.value) {
          fields[input.name] = input.value;
        }
      }
    }
    return { saved: savedAt, fields, rows, theirs };
  }

  function restoreRows(q, kept) {
    const list = q.querySelector(".c[data-type=list]");
    if (!list || !kept[list.dataset.name]) return;
    list.querySelector(".rows").replaceChildren();
    for (const [n, id] of kept[list.dataset.name]) addRow(list, n, id);
  }

  function restore(kept) {
    for (const q of questions) {
      restoreRows(q, kept.rows);
      if (kept.theirs.includes(q.dataset.key)) q.dataset.touched = "";
      for (const input of all(q, "[name]")) {
        const value = kept.fields[input.name];
        if (input.type === "radio") input.checked = value === input.value;
        else if (input.type === "checkbox") input.checked = (value || []).includes(input.value);
        else input.value = value || "";
        if (input.dataset.had !== undefined || input.tagName === "SELECT")
          input.dataset.had = input.value;
      }
    }
    savedAt = kept.saved;
  }

  function openStorage() {
    try {
      const storage = window.localStorage;
      storage.setItem(place + "-try", "1");
      storage.removeItem(place + "-try");
      return storage;
    } catch {
      return null;
    }
  }

  function keep() {
    savedAt = new Date().toISOString();
    if (!storage) return;
    try {
      storage.setItem(place, JSON.stringify(state()));
    } catch {
      storage = null;
      showKept();
    }
  }

  function takeUp() {
    try {
      const kept = JSON.parse(storage.getItem(place));
      if (kept && kept.saved > savedAt) restore(kept);
    } catch {
      // What was kept cannot be read any more: the sheet begins anew.
    }
  }

  // ---- giving back -----------------------------------------------------------------------------

  function fileName(word, ending) {
    const name = (sheet.client || sheet.title || "").normalize("NFC")
      .replace(/[^\p{L}\p{N}\p{M}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 60);
    return [name, words[word]].filter(Boolean).join("-") + ending;
  }

  function download(name, type, content) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type }));
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  function giveBack() {
    const back = givenBack(), name = fileName("answers_file", ".json");
    const content = JSON.stringify(back, null, 1) + "\n";
    const some = Object.keys(back.questions).length > 0;
    at("text").value = content;
    at("by.hand").hidden = false;
    download(name, "application/json", content);
    put(at("said"), say(some ? "given" : "given_none", { file: name }));
  }

  // Properties become attributes, so that a copy of the page has them.
  function settle() {
    for (const input of all(document, ".q [name]")) {
      if (input.type === "checkbox" || input.type === "radio")
        input.toggleAttribute("checked", input.checked);
      else if (input.tagName === "TEXTAREA") input.textContent = "\n" + input.value;
      else if (input.tagName === "SELECT")
        for (const option of input.options) option.toggleAttribute("selected", option.selected);
      else input.setAttribute("value", input.value);
    }
  }

  function copyOfPage() {
    settle();
    const copy = document.documentElement.cloneNode(true);
    const safe = (data) => JSON.stringify(data).replace(/</g, "\\u003c");
    copy.classList.remove("js");
    copy.dataset.saved = savedAt || new Date().toISOString();
    copy.querySelector("#given").textContent = safe(givenBack());
    for (const element of all(copy, "[style]")) element.removeAttribute("style");
    for (const element of all(copy, ".note, [role=status], #text")) element.textContent = "";
    copy.querySelector("#by\\.hand").hidden = true;
    return "<!DOCTYPE html>\n" + copy.outerHTML + "\n";
  }

  function saveCopy() {
    const name = fileName("sheet_file", ".html");
    download(name, "text/html", copyOfPage());
    put(at("said"), say("saved", { file: name }));
  }

  async function copyText() {
    at("text").select();
    let word = "copied";
    try {
      await navigator.clipboard.writeText(at("text").value);
    } catch {
      word = document.execCommand("copy") ? "copied" : "copy_by_hand";
    }
    put(at("copied"), words[word]);
  }

  // Twice, because it cannot be taken back.
  function forget() {
    const button = at("forget");
    if (button.dataset.sure === undefined) {
      button.dataset.sure = "";
      put(button, words.forget_sure);
      return;
    }
    try {
      window.localStorage.removeItem(place);
    } catch {
      // Nothing was kept.
    }
    storage = null;
    window.location.reload();
  }

  // ---- the page --------------------------------------------------------------------------------

  function grow(area) {
    area.style.height = "auto";
    area.style.height = Math.max(area.scrollHeight + 2, 0) + "px";
  }

  function showKept() {
    put(at("kept"), words[storage ? "kept" : "not_kept"]);
    at("kept").classList.toggle("warning", !storage);
    at("forget").hidden = !storage;
  }

  function showCount() {
    // Those from before count only when they are answered.
    const due = questions.filter((q) => !q.closest(".earlier") || isDone(q));
    put(at("count"), say("answered", { n: due.filter(isDone).length, m: due.length }));
  }

  function touched(q) {
    q.dataset.touched = "";
    const list = q.querySelector(".c[data-type=list]");
    if (list) nameRows(list);
    look(q);
    showCount();
    keep();
  }

  function typedIn(event) {
    const q = event.target.closest(".q");
    if (event.target.tagName === "TEXTAREA") grow(event.target);
    if (event.target.closest(".ranked")) swapPlaces(event.target);
    if (event.target.type === "date") event.target.classList.toggle("filled", !!event.target.value);
    if (!q) return;
    if (control(q).contains(event.target)) {
      touched(q);
    } else {
      look(q);
      showCount();
      keep();
    }
  }

  function pressed(event) {
    const button = event.target.closest("[data-act]"), q = event.target.closest(".q");
    if (!button || !q) return;
    const note = q.querySelector(".note"), act = button.dataset.act;
    acts[act](q, button);
    const said = Array.from(note.childNodes);
    touched(q);
    if (act !== "add" && act !== "clear" && said.length) note.replaceChildren(...said);
    if (act === "up" || act === "down") button.focus();
  }

  function forPrint() {
    for (const details of all(document, ".hints")) details.open = true;
    for (const area of all(document, "textarea")) if (area.value) grow(area);
  }

  function begin() {
    document.documentElement.classList.add("js");
    storage = openStorage();
    if (storage) takeUp();
    for (const select of all(document, ".ranked select")) select.dataset.had = select.value;
    for (const date of all(document, "input[type=date]"))
      date.classList.toggle("filled", !!date.value);
    for (const list of all(document, ".c[data-type=list]")) nameRows(list);
    for (const area of all(document, ".q textarea")) grow(area);
    questions.forEach(look);
    const [before, after] = words.give_how.split("{file}"), name = document.createElement("b");
    name.textContent = fileName("answers_file", ".json");
    at("give.how").replaceChildren(before, name, after);
    showKept();
    showCount();
    document.addEventListener("input", typedIn);
    document.addEventListener("click", pressed);
    window.addEventListener("beforeprint", forPrint);
    at("give").addEventListener("click", giveBack);
    at("save").addEventListener("click", saveCopy);
    at("print").addEventListener("click", () => window.print());
    at("copy").addEventListener("click", copyText);
    at("forget").addEventListener("click", forget);
  }

  begin();
})();
