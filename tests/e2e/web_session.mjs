// The session room as a coach meets it: whole journeys held through its controls, with and without scripts, in both
// languages, by keyboard and by mouse.  Called by browser_session.sh; prints a line for each thing that is shown.
//   node web_session.mjs STAGE ARGUMENT ...
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { equal, ok, start } from "./web.mjs";

const espalier = (...words) => execFileSync(process.env.ESPALIER, words, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
const review = (client) => JSON.parse(espalier("review", client, "--json"));
const journeyOf = (client) => JSON.parse(espalier("status", client, "--json"))[0].journey;

// ---- what a client said, without the ids of things: those are new in every journey -------------------------------------

function textsOf(answered) {
  const texts = new Map();
  for (const { value } of answered)
    if (Array.isArray(value)) for (const item of value) if (item?.id) texts.set(item.id, item.text);
  return texts;
}
const plainKey = (key, texts) => key.split("/").map((part) => texts.get(part) ?? part).join("/");
const inOrder = (pairs) => Object.fromEntries(pairs.sort(([a], [b]) => a < b ? -1 : 1));
const plainValue = (value, texts) =>
  Array.isArray(value) ? value.map((one) => typeof one === "string" ? texts.get(one) ?? one : plainValue(one, texts))
    : value && typeof value === "object" ? inOrder(Object.entries(value).filter(([name]) => name !== "id")
      .map(([name, one]) => [texts.get(name) ?? name, plainValue(one, texts)]))
      : typeof value === "string" ? texts.get(value) ?? value : value;

function said(client) {
  const { answered } = review(client), texts = textsOf(answered);
  return new Map(answered.map((one) =>
    [plainKey(one.key, texts), one.skipped !== undefined ? { skip: one.skipped } : { value: plainValue(one.value, texts) }]));
}

// ---- controls --------------------------------------------------------------------------------------------------------

const named = (section, name) => section.locator(`[name="${name}"]`);
const unfold = async (details) => {
  if (await details.count() && !(await details.getAttribute("open") !== null)) await details.locator(":scope > summary").click();
};

async function fillField(row, name, value) {
  if (value && typeof value === "object" && !Array.isArray(value)) {
    for (const [part, one] of Object.entries(value)) await fillField(row, `${name}.${part}`, one);
    return;
  }
  for (const one of [value].flat()) {
    const field = row.locator(`[name$=".${name}"]`).first();
    const kind = await field.evaluate((f) => f.type);
    if (kind === "checkbox") await row.locator(`[name$=".${name}"][value="${one}"]`).check();
    else if (kind === "select-one") await field.selectOption(String(one));
    else await field.fill(String(one));
  }
}

async function fillList(section, items, script) {
  // What the workflow suggests is put away first.
  while (script && await section.locator(".slip:not(.is-new)").count())
    await section.locator(".slip:not(.is-new) [data-move=drop]").first().click();
  if (!script) await section.locator(".slip").evaluateAll((rows) => {
    for (const one of rows.flatMap((row) => [...row.querySelectorAll("textarea, select, input:not([type=hidden])")]))
      if (one.type === "checkbox") one.checked = false; else one.value = "";
  });
  for (const [i, item] of items.entries()) {
    if (!script && i >= await section.locator(".slip").count()) await section.locator("[data-add]").click();
    const row = section.locator(".slip").nth(i);
    await row.locator("textarea").first().fill(item.text);
    const others = Object.entries(item).filter(([name, value]) => name !== "text" && value !== null && value !== "");
    if (others.length > 0) await unfold(row.locator(".slip-fields"));
    for (const [name, value] of others) await fillField(row, name, value);
  }
}

// The row of a thing, by what it says.
const rowOf = (section, rows, text) => section.locator(rows).filter({ has: section.page().getByText(text, { exact: true }) }).first();

const fill = {
  text: (s, value) => named(s, "v").fill(String(value)),
  choice: (s, value) => named(s, "v").and(s.locator(`[value="${value}"]`)).check(),
  choices: async (s, value) => {
    for (const box of await named(s, "v").all()) await box.setChecked(value.includes(await box.getAttribute("value")));
  },
  scale: (s, value) => fill.choice(s, value),
  yes_no: (s, value) => fill.choice(s, value),
  async money(s, value) {
    await named(s, "amount").fill(String(value.amount));
    if (value.currency) await named(s, "currency").fill(value.currency);
    await named(s, "period").selectOption(value.period ?? "");
  },
  async duration(s, value) {
    await named(s, "hours").fill(String(Math.floor(value / 60)));
    await named(s, "minutes").fill(String(value % 60));
  },
  list: fillList,
  async sort(s, value) {
    for (const [text, { to, why }] of Object.entries(value)) {
      const row = rowOf(s, ".sort-item", text);
      await row.locator("select").selectOption(to);
      if (!why) continue;
      await unfold(row.locator("details"));
      await row.locator("input").fill(why);
    }
  },
  async grid(s, value) {
    for (const [text, numbers] of Object.entries(value))
      for (const [scale, number] of Object.entries(numbers)) {
        const byId = s.locator(`[name="g.${text}.${scale}"]`);
        const field = await byId.count() ? byId : rowOf(s, "tbody tr", text).locator(`[name$=".${scale}"]`);
        await field.fill(String(number));
      }
  },
  async rank(s, value, script) {
    for (const [i, text] of value.entries()) {
      const byId = s.locator(`.rank-item:has([name="r.${text}"])`);
      const row = await byId.count() ? byId : rowOf(s, ".rank-item", text);
      if (!script) await row.locator("input").fill(String(i + 1));
      else while (Number(await row.locator("input").inputValue()) > i + 1) await row.locator("[data-rank-move=up]").click();
    }
  },
  async commitment(s, value) {
    for (const [name, one] of Object.entries(value)) if (one) await named(s, name).fill(one);
  },
  async confirm(s, value) {
    await named(s, "agreed").check();
    if (value.who) await named(s, "who").fill(value.who);
    if (value.on) await named(s, "on").fill(value.on);
  },
};
for (const type of ["long_text", "integer", "number", "date"]) fill[type] = fill.text;

// The page after something was sent: another revision, or an error that is said.
async function send(page, act) {
  const main = page.locator("main");
  const before = await main.getAttribute("data-revision");
  await act();
  await page.waitForFunction((was) => document.querySelector("main")?.dataset.revision !== was ||
    document.querySelector(".error, #conflict"), before);
}

async function answer(page, section, value, script) {
  const type = await section.locator("form.ask").getAttribute("data-ask");
  await fill[type](section, value, script);
  await send(page, () => section.locator("button.save").click());
}

// Holds a whole journey: what `model` said is said again by another client in the browser.  Says how far it came.
async function hold(page, client, model, script) {
  const told = said(model), done = new Set(), types = new Set();
  let texts = new Map();
  for (let turns = 0; turns < 400; turns++) {
    const open = await page.locator(".question").evaluateAll((all) => all.map((one) => one.dataset.question));
    texts = textsOf(review(client).answered);
    const key = open.find((one) => told.has(plainKey(one, texts)) && !done.has(one));
    if (!key) {
      const pass = page.locator(".pass a");
      if (!await pass.count()) break;
      const at = page.url();
      await pass.click();
      await page.waitForFunction((was) => location.href !== was, at);
      continue;
    }
    const section = page.locator(`.question[data-question="${key}"]`), one = told.get(plainKey(key, texts));
    done.add(key);
    types.add(await section.locator("form.ask").getAttribute("data-ask"));
    if (one.skip === undefined) {
      await answer(page, section, one.value, script);
    } else {
      await unfold(section.locator(".leave-out"));
      await named(section.locator(".leave-out"), "why").fill(one.skip);
      await send(page, () => section.locator(".leave-out button").click());
    }
    const error = page.locator(".error").first();
    if (await error.count()) {
      ok(`${key} is taken`, false, [await error.textContent(), one]);
      break;
    }
  }
  return { done, types };
}

function compare(client, model) {
  const there = said(client), wanted = said(model);
  const missing = [...wanted].filter(([key, one]) => JSON.stringify(there.get(key)) !== JSON.stringify(one))
    .map(([key, one]) => [key, one, there.get(key)]);
  ok(`${client} said all ${wanted.size} things that ${model} said`, wanted.size > 5 && missing.length === 0, missing.slice(0, 4));
}

// ---- stages ----------------------------------------------------------------------------------------------------------

const stages = {
  // hold CLIENT MODEL WIDTH ["french"] ["plain"]
  async hold(app, client, model, width, ...how) {
    const script = !how.includes("plain");
    const page = await app.page({ width: Number(width), french: how.includes("french"), script });
    await app.go(page, `/journeys/${journeyOf(client)}`);
    const { done, types } = await hold(page, client, model, script);
    compare(client, model);
    console.log(`# ${done.size} answers, ${[...types].sort().join(" ")}`);
    await app.fits(page, `the end of ${client}'s journey`);
    await page.context().close();
  },

  // errors CLIENT: what is refused is said at its question, and nothing that was typed is lost.
  async errors(app, client) {
    for (const script of [true, false]) {
      const name = script ? "with a script" : "without one";
      const page = await app.page({ script });
      await app.go(page, `/journeys/${journeyOf(client)}`);
      const question = (id) => page.locator(`.question[data-question="all/${id}"]`);
      if (script) await named(question("a_long_text"), "v").fill("half a thought");
      await named(question("an_integer"), "v").fill("many");
      await question("an_integer").locator("button.save").click();
      await page.locator(".error").waitFor();
      ok(`${name}: the sentence stands at its question`, await question("an_integer").locator(".error").count() === 1);
      equal(`${name}: what was typed is still there`, await named(question("an_integer"), "v").inputValue(), "many");
      ok(`${name}: the field is marked`, await question("an_integer").locator("[aria-invalid=true][aria-describedby]").count() === 1);
      if (script) {
        equal("in the other form, too", await named(question("a_long_text"), "v").inputValue(), "half a thought");
        ok("and the focus is there", await named(question("an_integer"), "v").evaluate((f) => f === document.activeElement));
        await app.axe(page, "a page with an error");
      }
      await question("a_text").locator("button.save").click();
      await question("a_text").locator(".error").waitFor();
      ok(`${name}: nothing is no answer`, true);
      if (!script) await app.keep(page, "session-error");
      for (const [id, part] of [["a_money", "currency"], ["a_confirm", "who"]]) {
        await named(question(id), part).fill("XYZ");
        await question(id).locator("button.save").click();
        await question(id).locator(".error").waitFor();
        equal(`${name}: ${id} is not enough yet, and kept`, await named(question(id), part).inputValue(), "XYZ");
      }
      await page.context().close();
    }
    equal("nothing was saved", review(client).answered.length, 0);
  },

  // keys CLIENT: everything by the keyboard.
  async keys(app, client) {
    const page = await app.page(), key = (...keys) => Promise.all(keys.map((k) => page.keyboard.press(k)));
    await app.go(page, `/journeys/${journeyOf(client)}`);
    const focus = () => page.evaluate(() => document.activeElement.closest(".question")?.dataset.question ?? "");
    const saved = async (next, act) => {
      await send(page, act);
      await page.waitForFunction((k) => document.activeElement.closest(".question")?.dataset.question === "all/" + k, next);
      ok(`the focus goes on to ${next}`, true);
    };
    await page.locator("[name=v]").first().focus();
    await page.keyboard.type("by keyboard");
    await saved("a_long_text", () => key("Enter"));
    ok("it is said", (await page.locator("[data-said]").textContent()).trim() !== "");
    await page.keyboard.type("one");
    await key("Enter");
    await page.keyboard.type("two");
    await saved("a_yes_no", () => key("Control+Enter"));
    await key("2");
    await saved("a_choice", () => key("Enter"));
    await key("1");
    await key("ArrowDown");
    await saved("a_choices", () => key("Enter"));
    await key("1");
    await key("2");
    await saved("a_scale", () => key("Enter"));
    await page.keyboard.type("10");
    equal("two digits are one number", await page.locator(".points :checked").inputValue(), "10");
    await saved("an_integer", () => key("Enter"));
    await page.locator("h1 a").focus();
    await send(page, () => key("u"));
    equal("u takes it back", review(client).answered.length, 5);
    await page.locator("h1 a").focus();
    await send(page, () => key("r"));
    equal("r brings it back", review(client).answered.length, 6);
    await page.locator("h1 a").focus();
    await key("?");
    ok("? shows the keys of this page", await page.locator("#shortcuts [data-shortcuts-more] kbd").count() >= 6);
    await key("Escape");
    const list = page.locator(`.question[data-question="all/a_list"]`);
    await list.locator("textarea").first().focus();
    for (const text of ["one", "two", "three"]) {
      await page.keyboard.type(text);
      await key("Enter");
    }
    equal("Enter goes on to another note", await list.locator(".slip").count(), 4);
    await list.locator(".slip").nth(2).locator("[data-move=up]").press("Enter");
    await list.locator(".slip").nth(0).locator("[data-move=drop]").press("Enter");
    await list.locator(".slip.is-new textarea").focus();
    await send(page, () => key("Enter"));
    equal("Enter in the empty note saves, in the order of the notes",
      review(client).answered.find((one) => one.id === "a_list").value.map((item) => item.text), ["three", "two"]);
    await page.locator("h1 a").focus();
    await key("n");
    await page.keyboard.type("a <b>note</b>");
    await key("Control+Enter");
    await page.locator(".note-list li").waitFor();
    equal("n opens the notes, and the field is empty again", [await page.locator(".drawer-text").textContent(),
      await page.locator("#note-text").inputValue()], ["a <b>note</b>", ""]);
    ok("the drawer stays open", await page.locator("[data-notes]").getAttribute("open") !== null);
    equal("the focus was never lost", await focus(), "");
    await page.context().close();
  },

  // two CLIENT: two windows answer the same question.
  async two(app, client) {
    for (const script of [true, false]) {
      const path = `/journeys/${journeyOf(client)}`;
      const one = await app.page({ script: false }), other = await app.page({ script });
      await app.go(one, path);
      await app.go(other, path);
      const key = await one.locator(".question").first().getAttribute("data-question");
      const at = (page) => page.locator(`.question[data-question="${key}"]`);
      await other.evaluate(() => { window.EventSource = null; }).catch(() => {});
      await named(at(other), "v").fill("mine <i>");
      await named(at(one), "v").fill("theirs <b>");
      await at(one).locator("button.save").click();
      await one.waitForURL(/said=saved/);
      await at(other).locator("button.save").click();
      await other.locator("#conflict").waitFor();
      equal("both are shown", await other.locator("#conflict .kept").allTextContents(), ["theirs <b>", "mine <i>"]);
      if (script) {
        await app.axe(other, "a conflict");
        await other.locator("#conflict a").click();
      } else {
        await app.look(other, "conflict");
        await other.locator("#conflict button").click();
      }
      await other.locator("#conflict").waitFor({ state: "detached" });
      equal(script ? "theirs can be kept" : "mine can be taken", review(client).answered.find((a) => a.key === key).value,
        script ? "theirs <b>" : "mine <i>");
      await one.context().close();
      await other.context().close();
    }
  },

  // drag CLIENT: by mouse, notes into another order, things into columns.
  async drag(app, client) {
    const page = await app.page({ height: 1400 });
    await app.go(page, `/journeys/${journeyOf(client)}`);
    const pull = async (from, to) => {
      await from.scrollIntoViewIfNeeded();
      const a = await from.boundingBox(), b = await to.boundingBox();
      await page.mouse.move(a.x + a.width / 2, a.y + a.height / 2);
      await page.mouse.down();
      await page.mouse.move(a.x + a.width / 2 + 8, a.y + a.height / 2 + 8, { steps: 3 });
      await page.mouse.move(b.x + b.width / 2, b.y + b.height / 2, { steps: 12 });
      await page.waitForTimeout(150);
      await page.mouse.up();
    };
    const sort = page.locator(".columns");
    await sort.waitFor();
    const item = sort.locator(".sort-item").first();
    const text = await item.locator(".sort-text").textContent();
    await pull(item.locator(".sort-text"), sort.locator(".column:not(.tray) ul").last());
    ok("a thing that is dragged lies in the other column", await sort.locator(".column").last().getByText(text).count() === 1);
    equal("and its menu says so", await sort.locator(".column").last().locator("select").first().inputValue(), "drop");
    await app.axe(page, "columns");
    await app.look(page, "columns");
    const rank = page.locator(".rank");
    if (await rank.count()) {
      await pull(rank.locator(".grip").first(), rank.locator(".grip").last());
      equal("a rank is dragged, too", await rank.locator("input").evaluateAll((all) => all.map((one) => one.value)), ["1", "2", "3"]);
    }
    await page.context().close();
  },

  // look CLIENT NAME: every width, light and dark, both languages: nothing cut, no violation.
  async look(app, client, name, query = "") {
    for (const width of [360, 768, 1280, 1920])
      for (const dark of [false, true]) {
        const page = await app.page({ width, dark, french: dark });
        await app.go(page, `/journeys/${journeyOf(client)}${query}`);
        for (const fold of [".way-fold", ".drawer"]) await unfold(page.locator(fold));
        await app.axe(page, `${name} at ${width}${dark ? ", dark" : ""}`);
        await app.fits(page, `${name} at ${width}`);
        await app.keep(page, `${name}-${width}${dark ? "-dark" : ""}`);
        await page.context().close();
      }
  },

  // hostile CLIENT FILE: a client whose name and answers are markup: shown as text everywhere.
  async hostile(app, client, file) {
    const text = readFileSync(file, "utf8");
    for (const script of [true, false]) {
      const page = await app.page({ script });
      await app.go(page, `/journeys/${journeyOf(client)}`);
      ok("the name is text", (await page.locator("h1").textContent()).includes("<img"));
      equal("no element came of a text", await page.locator("main img, main script").count(), 0);
      if (script) {
        const section = page.locator(".question").first();
        await named(section, "v").fill(text);
        await send(page, () => section.locator("button.save").click());
        ok("an answer comes back as it was written", (await page.locator(".told-shown").first().textContent()).includes(text.slice(0, 100)));
        await page.locator("[data-notes] > summary").click();
        await page.locator("#note-text").fill(text);
        await page.locator("[data-note] button").click();
        await page.locator(".note-list li").first().waitFor();
        ok("and so does a note", (await page.locator(".drawer-text").first().textContent()).includes(text.slice(0, 100)));
      }
      await app.fits(page, "a page of hostile texts");
      await app.keep(page, `hostile-${script}`);
      await page.context().close();
    }
  },
};

const [stage, ...args] = process.argv.slice(2);
const app = await start();
await stages[stage](app, ...args);
await app.stop();
