// The board as a coach uses it; see browser_board.sh.   node web_board.mjs STAGE ...
import { execFileSync } from "node:child_process";
import { equal, ok, play, start } from "./web.mjs";

const app = await start();

const espalier = (...words) => JSON.parse(execFileSync(process.env.ESPALIER, words, { encoding: "utf8" }));
const boardOf = (name) => `/journeys/${espalier("status", "--json").find((row) => row.client === name).journey}/board`;
const value = (name, key) => espalier("review", name, "--json").answered.find((row) => row.key === `all/${key}`)?.value ?? [];
const texts = (name, key) => value(name, key).map((item) => item.text);
// The decisions in the order of the notes.
const fates = (name) => value(name, "many").map((item) => value(name, "many_fate")[item.id]?.to);

const block = (page, label) => page.locator(".wall-block", { has: page.getByRole("heading", { name: label, exact: true }) });
const note = (page, text) => page.locator(".note", { has: page.getByText(text, { exact: true }).and(page.locator(".note-text")) });
const shown = (page, label) => block(page, label).locator(".note-text").allTextContents();
const saved = (page) => page.locator("[data-board-saved]").waitFor();
const problem = (page) => page.locator("[data-board-problem]");
const field = (page, label) => block(page, label).getByLabel(`Add a note to: ${label}`);

async function add(page, label, text) {
  await field(page, label).fill(text);
  await field(page, label).press("Enter");
  await note(page, text).first().waitFor();
}
async function open(page, text) {
  await note(page, text).locator(".note-open").click();
  await page.locator(".note-form").waitFor();
  return page.locator(".note-form");
}
async function press(page, form, name) {
  await form.getByRole("button", { name, exact: true }).click();
  await page.locator(".note-form").waitFor({ state: "detached" });
}

// From the middle of one element to a place in another, as a hand does it.
async function drag(page, from, to, where = "middle") {
  await from.scrollIntoViewIfNeeded();
  const a = await from.locator(".note-text").boundingBox(), b = await to.boundingBox();
  const x = a.x + a.width / 3, y = where === "top" ? b.y + 3 : b.y + b.height / 2;
  await page.mouse.move(x, a.y + a.height / 2);
  await page.mouse.down();
  await page.mouse.move(x + 8, a.y + a.height / 2 + 8, { steps: 3 });
  await page.mouse.move(b.x + b.width / 3, y, { steps: 12 });
  await page.mouse.move(b.x + b.width / 3 + 2, y, { steps: 2 });
  await page.mouse.up();
}
const ready = (page) => page.waitForFunction(() => window.Sortable &&
  [...document.querySelectorAll(".notes[data-list]:not([data-list='']), .notes[data-column]")].every((l) => Sortable.get(l)));

const stages = {
  // Everything with a script: nothing is loaded anew.
  async script() {
    const page = await app.page(), path = boardOf("Ada");
    await app.go(page, path);
    await page.evaluate(() => { window.stayed = true; });
    await add(page, "Many", "four");
    await saved(page);
    equal("a note is added", texts("Ada", "many"), ["one", "two", "three", "four"]);
    equal("the field is empty and has the focus", await page.evaluate(() =>
      [document.activeElement.value, document.activeElement.getAttribute("aria-label")]), ["", "Add a note to: Many"]);
    await add(page, "Many", "five");
    ok("without another page", await page.evaluate(() => window.stayed === true));

    let form = await open(page, "four");
    equal("the text has the focus", await page.evaluate(() => document.activeElement.value), "four");
    await form.getByLabel("Note").fill("vier");
    await page.keyboard.press("Enter");
    await page.locator(".note-form").waitFor({ state: "detached" });
    await saved(page);
    equal("a note is worded anew by Enter", texts("Ada", "many")[3], "vier");
    await page.waitForFunction(() => document.activeElement.getAttribute("aria-label") === "Change: vier");
    equal("it is told", await page.locator("#told").textContent(), "Saved.");

    form = await open(page, "vier");
    await form.getByLabel("Note").fill("not this");
    await page.keyboard.press("Escape");
    await page.locator(".note-form").waitFor({ state: "detached" });
    form = await open(page, "five");
    equal("what was typed into one note is not in the next", await form.getByLabel("Note").inputValue(), "five");
    await press(page, form, "Remove");
    equal("a note is taken away, and the other is as it was", texts("Ada", "many"), ["one", "two", "three", "vier"]);
    await page.getByRole("button", { name: "Undo" }).click();
    await note(page, "five").waitFor();
    equal("and brought back", texts("Ada", "many"), ["one", "two", "three", "vier", "five"]);

    form = await open(page, "three");
    await form.getByLabel("Move to").selectOption({ label: "Few" });
    await press(page, form, "Save");
    equal("a note is moved by the list of parts", [texts("Ada", "many"), texts("Ada", "few")],
      [["one", "two", "vier", "five"], ["a", "b", "three"]]);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.locator("[data-board-saved]").waitFor({ state: "detached" });
    equal("both of its answers are taken back", [texts("Ada", "many"), texts("Ada", "few")],
      [["one", "two", "three", "vier", "five"], ["a", "b"]]);

    await ready(page);
    const id = value("Ada", "many").find((item) => item.text === "three").id;
    await drag(page, note(page, "three"), note(page, "b"), "top");
    await saved(page);
    equal("a note is dragged to another part", [texts("Ada", "many"), texts("Ada", "few")],
      [["one", "two", "vier", "five"], ["a", "three", "b"]]);
    equal("it keeps its id and what both lists know", value("Ada", "few")[1], { id, text: "three", weight: 3 });
    await ready(page);
    const before = page.url();
    await drag(page, note(page, "five"), note(page, "one"), "top");
    await page.waitForURL((url) => url.href !== before);
    equal("a note is dragged within its part", texts("Ada", "many"), ["five", "one", "two", "vier"]);

    await ready(page);
    await drag(page, note(page, "vier"), note(page, "b"), "top");
    await problem(page).waitFor();
    ok("a part that is full says so", (await problem(page).textContent()).includes("3"));
    equal("the note is back", [await shown(page, "Many"), texts("Ada", "many"), texts("Ada", "few")],
      [["five", "one", "two", "vier"], ["five", "one", "two", "vier"], ["a", "three", "b"]]);
    await ready(page);
    await drag(page, note(page, "vier"), block(page, "Mine").locator(".notes"));
    await problem(page).filter({ hasText: "Kind" }).waitFor();
    equal("as where something is missing that the other part asks for", texts("Ada", "many"), ["five", "one", "two", "vier"]);
    ok("nothing goes where nothing is asked yet, and it is said where", await block(page, "Later").locator("form").count() === 0 &&
      (await block(page, "Later").textContent()).includes("The end"));

    // The server is out of reach for a moment: in a window of its own, because the browser complains of that.
    const state = await page.context().storageState();
    await page.context().close();
    const alone = await (await app.browser.newContext({ storageState: state })).newPage();
    await app.go(alone, path);
    await ready(alone);
    await alone.route("**/board/change", (route) => route.abort());
    await drag(alone, note(alone, "vier"), note(alone, "five"), "top");
    await alone.locator(".notice.error").waitFor();
    equal("without an answer the note goes back, and it is said", await shown(alone, "Many"), ["five", "one", "two", "vier"]);
    await alone.context().close();
    await keyboard(path);
    await decisions(path);
    await touch(path);
  },

  async plain() {
    const page = await app.page({ script: false }), path = boardOf("Ben");
    await app.go(page, path);
    await add(page, "Many", "four");
    equal("without a script a note is added", texts("Ben", "many"), ["one", "two", "three", "four"]);
    let form = await open(page, "four");
    await form.getByLabel("Note").fill("vier");
    await press(page, form, "Save");
    await press(page, await open(page, "vier"), "Up");
    form = await open(page, "one");
    ok("the first cannot go up", await form.getByRole("button", { name: "Up", exact: true }).isDisabled());
    await press(page, form, "Down");
    equal("worded anew and put elsewhere", texts("Ben", "many"), ["two", "one", "vier", "three"]);
    form = await open(page, "two");
    await form.getByLabel("Move to").selectOption({ label: "Few" });
    await press(page, form, "Save");
    equal("moved", [texts("Ben", "many"), texts("Ben", "few")], [["one", "vier", "three"], ["a", "b", "two"]]);
    await page.getByRole("button", { name: "Undo" }).click();
    equal("and back", [texts("Ben", "many"), texts("Ben", "few")], [["two", "one", "vier", "three"], ["a", "b"]]);
    await press(page, await open(page, "three"), "Remove");
    equal("taken away", texts("Ben", "many"), ["two", "one", "vier"]);
    await field(page, "Many").press("Enter");
    ok("an empty note is refused with a sentence", (await page.getByRole("alert").textContent()).includes("write something"));
    await field(page, "Few").fill("x".repeat(41));
    await field(page, "Few").press("Enter");
    await page.getByRole("alert").waitFor();
    equal("what is too long is still in its field", await field(page, "Few").inputValue(), "x".repeat(41));
    await app.go(page, path);
    for (const text of ["a", "b"]) await press(page, await open(page, text), "Remove");
    equal("the last note of a part can go, too", [await shown(page, "Few"), texts("Ben", "few")], [[], []]);
    await add(page, "Few", "again");
    equal("and another can come", texts("Ben", "few"), ["again"]);
    await page.getByRole("link", { name: "Decisions" }).click();
    const table = page.locator(".decide"), selects = await table.locator("select").all();
    equal("every note has its decision to choose", selects.length, 3);
    for (const one of selects.slice(1)) await one.selectOption("keep");
    await table.getByRole("button", { name: /^Save/ }).click();
    ok("one that is missing is told", (await page.getByRole("alert").textContent()).length > 0);
    equal("and the others are still chosen", await page.locator(".decide-column.undecided .note").count(), 1);
    await table.locator("select").first().selectOption("drop");
    await table.getByRole("button", { name: /^Save/ }).click();
    equal("and all are saved", fates("Ben"), ["drop", "keep", "keep"]);
    await table.getByLabel("What comes in addition?").fill("new one");
    await table.getByLabel("What comes in addition?").press("Enter");
    equal("what is new is added", texts("Ben", "many_add"), ["new one"]);
    await table.getByRole("button", { name: "Remove: new one" }).click();
    equal("and taken away", texts("Ben", "many_add"), []);
    await page.context().close();
  },

  // Two windows, the second of which does not know what the first did.
  async conflict() {
    const page = await app.page({ script: false }), other = await app.page({ script: false }), path = boardOf("Cleo");
    await app.go(page, path);
    const form = await open(page, "two");
    await app.go(other, path);
    const there = await open(other, "two");
    await there.getByLabel("Note").fill("from elsewhere");
    await press(other, there, "Save");
    await form.getByLabel("Note").fill("from here");
    await form.getByRole("button", { name: "Save", exact: true }).click();
    await problem(page).waitFor();
    const told = await problem(page).textContent();
    ok("both are shown", told.includes("from elsewhere") && told.includes("from here"));
    equal("what was typed is still there", await page.locator(".note-form textarea").inputValue(), "from here");
    equal("nothing was overwritten", texts("Cleo", "many"), ["one", "from elsewhere", "three"]);
    await problem(page).getByRole("button").click();
    equal("and one can choose", texts("Cleo", "many"), ["one", "from here", "three"]);

    const gone = await open(page, "three");
    await app.go(other, path);
    await press(other, await open(other, "three"), "Remove");
    await gone.getByRole("button", { name: "Save", exact: true }).click();
    ok("a note that is gone is told", (await page.getByRole("alert").textContent()).includes("not there any more"));
    await app.go(page, path);
    await add(page, "Many", "mine");
    await app.go(other, path);
    await add(other, "Few", "theirs");
    await page.getByRole("button", { name: "Undo" }).click();
    ok("what another did is not undone", (await page.getByRole("alert").textContent()).includes("meanwhile"));
    equal("it is there", [texts("Cleo", "many").at(-1), texts("Cleo", "few").at(-1)], ["mine", "theirs"]);
    await page.context().close();
    await other.context().close();
  },

  async hostile() {
    const page = await app.page({ script: false }), path = boardOf("Dora");
    await app.go(page, path);
    const payloads = ['<img src=x onerror=alert(1)>', '"><script>alert(2)</script>', "{{token}} {{{journey}}}",
      "' onmouseover=alert(3) x='", "javascript:alert(4)", "</textarea><svg onload=alert(5)>", "&lt;b&gt;",
      "a".repeat(3000), "🙂👩‍👩‍👧", "</li></ul><h1>x</h1>"];
    for (const text of payloads) await add(page, "Many", text);
    await page.context().close();
    const seen = await app.page();
    await app.go(seen, path);
    equal("what is written is shown as it was written", (await shown(seen, "Many")).slice(3), payloads);
    await app.fits(seen, "hostile");
    const form = await open(seen, payloads[5]);
    equal("also in its field", await form.getByLabel("Note").inputValue(), payloads[5]);
    await app.keep(seen, "board-hostile");
    await app.go(seen, path + "?state=decisions");
    equal("and in the second table", (await seen.locator(".decide .note-text").allTextContents()).slice(3), payloads);
    await app.keep(seen, "board-hostile-decisions");
    const answers = await seen.evaluate(async (path) => {
      const all = [];
      for (const query of ["?note=<script>&list=%22%3E", "?at=99999999999999999999", "?at=-1", "?state=%00", "?canvas=../x",
        "?state=prototype", "?state=target", "?number=7&state=prototype", "?changed=1"])
        all.push((await fetch(path + query)).status);
      return all;
    }, path);
    equal("queries that make no sense have an answer", answers, [200, 200, 200, 400, 200, 404, 404, 404, 200]);
    const tries = await seen.evaluate(async (path) => {
      const token = document.querySelector("[name=token]").value, all = [];
      for (const [what, fields] of [["change", {}], ["change", { do: "save", key: "all/over", item: "x", text: "y" }],
        ["change", { do: "add", to: "all/rest", text: "y" }], ["change", { do: "add", to: "nowhere", text: "y" }],
        ["change", { do: "remove", key: "all/many", item: "nothere" }], ["undo", {}],
        ["undo", { replaces: "1" }], ["decide", { key: "all/many_fate" }], ["decide", { key: "x" }],
        ["change", { do: "add", to: "all/many", text: "z", token: "no" }]])
        all.push((await fetch(`${path}/${what}`, { method: "POST", redirect: "manual",
          body: new URLSearchParams({ token, ...fields }) })).status);
      return all;
    }, path);
    equal("what makes no sense is refused", tries, [400, 404, 404, 404, 404, 409, 409, 422, 404, 403]);
    equal("and changes nothing", texts("Dora", "many").length, 3 + payloads.length);
    await seen.context().close();
  },

  async many() {
    const page = await app.page({ width: 1280, height: 2000 }), path = boardOf("Gus"), begun = Date.now();
    await app.go(page, path);
    await ready(page);
    ok("500 notes are there within seconds", Date.now() - begun < 8000, Date.now() - begun);
    await app.fits(page, "500 notes");
    await drag(page, note(page, "note 2"), note(page, "note 1"), "top");
    await saved(page);
    equal("a note is dragged among 500", texts("Gus", "many").slice(0, 3), ["note 2", "note 1", "note 3"]);
    await field(page, "Many").fill("one too many");
    await field(page, "Many").press("Enter");
    await problem(page).waitFor();
    ok("one more is refused with a sentence", (await problem(page).textContent()).includes("500"));
    await page.context().close();
  },

  async states() {
    const page = await app.page(), path = boardOf("Amara Diallo");
    await app.go(page, path);
    equal("there is a way to each state", await page.locator(".board-tabs a").allTextContents(),
      ["As it is today", "Decisions", "Drafts", "Where it is heading", "What changes"]);
    const notes = await page.locator(".note").count();
    await page.locator("#board-at").fill("1");
    await page.locator(".board-then").waitFor();
    ok("the board is as it was, before anybody said what they like",
      await page.locator(".note").count() > 0 && await page.locator(".wall .sign.like").count() === 0);
    ok("and cannot be changed", await page.locator(".note-add, .note-open").count() === 0);
    await page.getByRole("link", { name: "Back to today" }).click();
    await page.locator(".note-add").first().waitFor();
    equal("today is as it was", await page.locator(".note").count(), notes);
    await page.getByRole("link", { name: "Drafts" }).click();
    await page.getByRole("heading", { name: "1. Three hosts, one table" }).waitFor();
    equal("drafts stand beside each other", await page.locator(".board-sheet").count(), 3);
    await page.getByRole("link", { name: "What changes" }).click();
    await page.locator(".note.new").first().waitFor();
    ok("what is new and gone is said in words", (await page.locator(".wall").textContent()).includes("gone"));
    await page.context().close();
    for (const [name, query] of [["today", ""], ["decisions", "?state=decisions"], ["drafts", "?state=prototype"],
      ["target", "?state=target"], ["diff", "?state=diff"], ["then", "?at=1"]])
      await app.everywhere(`board-${name}`, path + query);
    await app.everywhere("board-note", path, { visit: async (page) => {
      await app.go(page, path);
      await app.go(page, await page.locator(".note-open").first().getAttribute("href"));
    } });
  },
};

// Only keys: to a note, into it, up, and back.
async function keyboard(path) {
  const page = await app.page();
  await app.go(page, path);
  const reach = async (name) => {
    for (let i = 0; i < 200; i++) {
      await page.keyboard.press("Tab");
      if (await page.evaluate((n) => (document.activeElement.getAttribute("aria-label") ??
        document.activeElement.textContent).trim() === n, name)) return true;
    }
    return false;
  };
  ok("a note is reached by Tab", await reach("Change: two"));
  await page.keyboard.press("Enter");
  await page.locator(".note-form").waitFor();
  await page.waitForFunction(() => document.activeElement.tagName === "TEXTAREA");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Few");
  ok("its buttons, too", await reach("Save"));
  await page.keyboard.press("Enter");
  await problem(page).waitFor();
  equal("a refusal is met by keyboard as well", texts("Ada", "few"), ["a", "three", "b"]);
  await app.go(page, path);
  await reach("Change: two");
  await page.keyboard.press("Enter");
  await page.locator(".note-form").waitFor();
  await reach("Up");
  await page.keyboard.press("Enter");
  await saved(page);
  equal("a note goes up by keys", texts("Ada", "many"), ["five", "two", "one", "vier"]);
  ok("undo is reached", await reach("Undo"));
  await page.keyboard.press("Enter");
  await page.locator("[data-board-saved]").waitFor({ state: "detached" });
  equal("and done", texts("Ada", "many"), ["five", "one", "two", "vier"]);
  await page.context().close();
}

async function decisions(path) {
  const page = await app.page();
  await app.go(page, path + "?state=decisions");
  await ready(page);
  const column = (name) => page.locator(".decide-column", { has: page.getByRole("heading", { name }) }).locator(".notes");
  const dropped = (n) => page.waitForFunction((n) => document.querySelectorAll("[data-column=drop] .note").length === n &&
    !document.querySelector(".sortable-fallback"), n);
  for (const text of ["five", "one", "two"]) await drag(page, note(page, text), column("Keep"));
  ok("it says what is left to decide", (await page.locator(".decide-left").textContent()).startsWith("1 "));
  equal("nothing is saved before all are decided", value("Ada", "many_fate"), []);
  await drag(page, note(page, "vier"), column("Drop"));
  await saved(page);
  equal("all of them are saved by the last", fates("Ada"), ["keep", "keep", "keep", "drop"]);
  await ready(page);
  const at = page.url();
  await drag(page, note(page, "one"), column("Drop"));
  await page.waitForURL((url) => url.href !== at);
  await saved(page);
  equal("then each by itself", fates("Ada"), ["keep", "drop", "keep", "drop"]);
  await page.getByRole("button", { name: "Undo" }).click();
  await dropped(1);
  equal("undone, its list shows what is", await page.locator("[data-column=keep] select").evaluateAll((all) => all.map((one) => one.value)),
    ["keep", "keep", "keep"]);
  await page.getByLabel("Decision: two").selectOption("drop");
  await page.getByRole("button", { name: /^Save/ }).click();
  await dropped(2);
  equal("by its list as well", fates("Ada"), ["keep", "keep", "drop", "drop"]);
  await app.axe(page, "decisions");
  await page.context().close();
}

// A finger holds a note for a moment, then drags it; a short touch opens it.
async function touch(path) {
  const page = await app.page({ width: 360 });
  await app.go(page, path);
  await ready(page);
  await page.locator(".note-open").first().tap();
  await page.locator(".note-form").waitFor();
  await page.getByRole("link", { name: "Cancel" }).tap();
  await page.locator(".note-form").waitFor({ state: "detached" });
  ok("a touch opens a note, and another leaves it as it was", true);
  await note(page, "two").scrollIntoViewIfNeeded();
  const cdp = await page.context().newCDPSession(page);
  const from = await note(page, "two").boundingBox(), to = await note(page, "five").boundingBox();
  const send = (type, y) => cdp.send("Input.dispatchTouchEvent", { type,
    touchPoints: y === undefined ? [] : [{ x: Math.round(from.x + 40), y: Math.round(y) }] });
  await send("touchStart", from.y + 12);
  await page.waitForTimeout(350);
  for (let i = 1; i <= 12; i++) await send("touchMove", from.y + 12 + ((to.y + 3 - from.y - 12) * i) / 12);
  await send("touchEnd");
  await saved(page);
  equal("a finger drags a note", texts("Ada", "many")[0], "two");
  await page.context().close();
}

await play({ ...stages, stop: app.stop }, [...process.argv.slice(2), "stop"]);
