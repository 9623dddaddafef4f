// The session room's controls, for scripts that hold journeys there (web_session.mjs, web_journey.mjs): each type of
// question is answered as a person would, with scripts or without.
import { execFileSync } from "node:child_process";
import { ok } from "./web.mjs";

export const espalier = (...words) => execFileSync(process.env.ESPALIER, words, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
export const review = (client) => JSON.parse(espalier("review", client, "--json"));
export const journeyOf = (client) => JSON.parse(espalier("status", client, "--json"))[0].journey;

// ---- what a client said, without the ids of things: those are new in every journey -------------------------------------

export function textsOf(answered) {
  const texts = new Map();
  for (const { value } of answered)
    if (Array.isArray(value)) for (const item of value) if (item?.id) texts.set(item.id, item.text);
  return texts;
}
export const plainKey = (key, texts) => key.split("/").map((part) => texts.get(part) ?? part).join("/");
const inOrder = (pairs) => Object.fromEntries(pairs.sort(([a], [b]) => a < b ? -1 : 1));
const plainValue = (value, texts) =>
  Array.isArray(value) ? value.map((one) => typeof one === "string" ? texts.get(one) ?? one : plainValue(one, texts))
    : value && typeof value === "object" ? inOrder(Object.entries(value).filter(([name]) => name !== "id")
      .map(([name, one]) => [texts.get(name) ?? name, plainValue(one, texts)]))
      : typeof value === "string" ? texts.get(value) ?? value : value;

// What stands in a review, by plain keys.
export function said({ answered }) {
  const texts = textsOf(answered);
  return new Map(answered.map((one) =>
    [plainKey(one.key, texts), one.skipped !== undefined ? { skip: one.skipped } : { value: plainValue(one.value, texts) }]));
}

// ---- controls --------------------------------------------------------------------------------------------------------

export const named = (section, name) => section.locator(`[name="${name}"]`);
export const unfold = async (details) => {
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

// Does what leads to another page, and waits until that page is at rest: with scripts it settles where one goes on.
const pageOf = () => [location.href, document.querySelector("main")?.dataset.revision, window.settled ?? performance.timeOrigin];
async function turn(page, act, turned) {
  await page.evaluate(() => {
    if (window.settled !== undefined || !window.htmx) return;
    window.settled = 0;
    document.addEventListener("htmx:after:settle", () => { window.settled++; });
  });
  const before = await page.evaluate(pageOf);
  await act();
  await page.waitForFunction(turned, before);
}
// Something was sent: the page has another revision, or an error that is said.
export const send = (page, act) => turn(page, act, ([, was, n]) =>
  (document.querySelector("main")?.dataset.revision !== was || document.querySelector(".error, #conflict")) &&
  (window.settled ?? performance.timeOrigin) !== n);
// A link was followed.
export const go = (page, act) => turn(page, act, ([was, , n]) =>
  location.href !== was && (window.settled ?? performance.timeOrigin) !== n);

export async function answer(page, section, value, script) {
  const type = await section.locator("form.ask").getAttribute("data-ask");
  await fill[type](section, value, script);
  await send(page, () => section.locator("button.save").click());
}

// Holds a whole journey: what was `told` (said of another client's review) is told again in the browser.  Before each
// question `before` is called with its key, plain and as it is, and its section; it gives true if it answered itself.
// Gives the keys that were answered and the types of their questions.
export async function hold(page, client, told, script, before = async () => false) {
  const done = new Set(), types = new Set(), met = new Set();
  let texts = new Map();
  for (let turns = 0; turns < 400; turns++) {
    const open = await page.locator(".question").evaluateAll((all) => all.map((one) => one.dataset.question));
    if (open.some((one) => !met.has(one) && !told.has(plainKey(one, texts)))) texts = textsOf(review(client).answered);
    for (const one of open) met.add(one);
    const key = open.find((one) => told.has(plainKey(one, texts)) && !done.has(one));
    if (!key) {
      const pass = page.locator(".pass a");
      if (!await pass.count()) break;
      await go(page, () => pass.click());
      continue;
    }
    const plain = plainKey(key, texts), one = told.get(plain);
    const section = page.locator(`.question[data-question="${key}"]`);
    done.add(key);
    types.add(await section.locator("form.ask").getAttribute("data-ask"));
    if (await before(plain, section, one, key)) continue;
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

export function compare(client, wanted) {
  const there = said(review(client));
  const missing = [...wanted].filter(([key, one]) => JSON.stringify(there.get(key)) !== JSON.stringify(one))
    .map(([key, one]) => [key, one, there.get(key)]);
  ok(`${client} said all ${wanted.size} things`, wanted.size > 5 && missing.length === 0, missing.slice(0, 4));
}
