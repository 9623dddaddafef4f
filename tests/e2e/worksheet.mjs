// The worksheet in a browser, as a person meets it: opened from a file, filled by keyboard and by mouse, closed half
// way, given back.  Called by browser_worksheet.sh in its folder of pages; prints a line for each thing that is shown.
//   node worksheet.mjs STAGE:ARGUMENT:... ...
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { borrowed, equal, inject, ok, play } from "./web.mjs";

const require = createRequire(process.env.NODE_PACKAGES + "/package.json");
const browser = await borrowed();

// A page and what happened on it that should not.
async function open(file, options = {}, script) {
  const context = await browser.newContext({ acceptDownloads: true, locale: "en-US", ...options });
  if (script) await context.addInitScript(script);
  const page = await context.newPage();
  page.trouble = [];
  page.on("dialog", (d) => { page.trouble.push("dialog " + d.message()); d.dismiss(); });
  page.on("pageerror", (e) => page.trouble.push(String(e)));
  page.on("console", (m) => { if (m.type() === "error") page.trouble.push(m.text()); });
  page.on("request", (r) => { if (!/^(file|blob|data):/.test(r.url())) page.trouble.push(r.url()); });
  await page.goto("file://" + resolve(file));
  return page;
}

async function done(page, sentence) {
  equal(sentence + ": no error, no dialog, nothing fetched", page.trouble, []);
  await page.context().close();
}

// The question with that key, and what is in it.
const q = (page, key) => page.locator(`.q[data-key$="/${key}"]`);
const field = (page, key, part) => q(page, key).locator(`[name$=".${part}"]`);
const byText = (page, key, text) => q(page, key).getByLabel(text, { exact: true });

async function giveBack(page, file, button = "#give") {
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator(button).click()]);
  await download.saveAs(file);
  return download.suggestedFilename();
}

// ---- filling ---------------------------------------------------------------------------------------------------------

async function write(page, locator, text) {
  await locator.focus();
  await page.keyboard.type(text);
}
async function day(page, locator, text) {
  const [year, month, date] = text.split("-");
  await write(page, locator, month + date + year); // the order of en-US
}
async function space(page, locator) {
  await locator.focus();
  await page.keyboard.press("Space");
}
async function choose(page, locator, first) {
  await locator.focus();
  await page.keyboard.type(first);
}

async function halfByKeyboard(page) {
  await write(page, q(page, "a_text").locator("input").first(), "written <b>by</b> hand");
  await write(page, q(page, "a_long_text").locator("textarea"), "one");
  await page.keyboard.press("Enter");
  await page.keyboard.type("two");
  await space(page, byText(page, "a_yes_no", "Yes"));
  await space(page, byText(page, "a_choice", "The blue one"));
  await space(page, byText(page, "a_choices", "The red one"));
  await space(page, byText(page, "a_choices", "The blue one"));
  await space(page, byText(page, "a_scale", "6"));
  await page.keyboard.press("ArrowRight");
  await write(page, q(page, "an_integer").locator(".c input"), "-3");
  await write(page, q(page, "a_number").locator(".c input"), "2.5");
  await write(page, field(page, "a_money", "amount"), "1200");
  await choose(page, field(page, "a_money", "period"), "per y");
  await day(page, q(page, "a_date").locator(".c input"), "2026-12-24");
  await write(page, field(page, "a_duration", "hours"), "1");
  await write(page, field(page, "a_duration", "minutes"), "30");
}

async function listByKeyboard(page) {
  const list = q(page, "a_list"), add = list.locator("[data-act=add]");
  await write(page, list.getByLabel("In words").nth(0), "time");
  await write(page, list.getByLabel("Weight").nth(0), "4");
  await space(page, list.locator(".row").nth(0).getByLabel("No", { exact: true }));
  await add.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.type("nerves"); // the new entry has the focus
  await space(page, list.locator(".row").nth(1).getByLabel("Around me"));
  await day(page, list.locator(".row").nth(1).locator("input[type=date]"), "2027-01-05");
  await add.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.type("gone");
  const tools = list.locator(".row").nth(2);
  await tools.locator("[data-act=up]").focus();
  await page.keyboard.press("Enter");
  equal("an entry moves up by keyboard and keeps the focus",
    [await list.getByLabel("In words").nth(1).inputValue(),
      await page.evaluate(() => document.activeElement.dataset.act)], ["gone", "up"]);
  await list.locator(".row").nth(1).locator("[data-act=remove]").focus();
  await page.keyboard.press("Enter");
  equal("and can be removed", await list.locator(".row").count(), 2);
  await list.getByRole("button", { name: "Bring it back" }).click();
  equal("and brought back where it was", await list.getByLabel("In words").nth(1).inputValue(), "gone");
  await list.locator(".row").nth(1).locator("[data-act=remove]").click();
}

async function restByKeyboard(page) {
  const rank = q(page, "a_rank").locator("select");
  await choose(page, rank.nth(0), "3");
  await choose(page, rank.nth(1), "1");
  await choose(page, rank.nth(2), "2");
  for (const [i, n] of [8, 3, 0, 10].entries())
    await write(page, q(page, "a_grid").locator("td input").nth(i), String(n));
  await write(page, field(page, "a_commitment", "what"), "Call Mia");
  await day(page, field(page, "a_commitment", "by"), "2026-12-01");
  await write(page, field(page, "a_commitment", "know"), "She answered");
  await space(page, byText(page, "a_confirm", "Yes, agreed"));
  await write(page, field(page, "a_confirm", "who"), "Ada");
  await day(page, field(page, "a_confirm", "on"), "2026-11-30");
  await space(page, q(page, "a_wound").locator(".out"));
  await write(page, q(page, "a_wound").locator(".reason"), "not now");
}

// Clicks on the words beside a mark. A browser on a very busy machine may lose a click; people see that, and click again.
async function pick(words) {
  const mark = words.locator("xpath=ancestor-or-self::label//input");
  await words.click();
  if (await mark.isChecked()) return;
  console.log(`# a click was lost: ${await words.textContent()}`);
  await words.click();
}

async function byMouse(page) {
  await q(page, "a_text").locator("input").first().fill("written <b>by</b> hand");
  await q(page, "a_long_text").locator("textarea").fill("one\ntwo");
  await pick(q(page, "a_yes_no").getByText("No", { exact: true }));
  await pick(q(page, "a_yes_no").getByText("Yes", { exact: true }));
  await pick(q(page, "a_choice").getByText("The blue one"));
  await pick(q(page, "a_choices").getByText("The red one"));
  await pick(q(page, "a_choices").getByText("The blue one"));
  await pick(q(page, "a_scale").getByText("7", { exact: true }));
  await q(page, "an_integer").locator(".c input").fill(" -3 ");
  await q(page, "a_number").locator(".c input").fill("2.5");
  await field(page, "a_money", "amount").fill("1200.00");
  await field(page, "a_money", "period").selectOption("year");
  await q(page, "a_date").locator(".c input").fill("2026-12-24");
  await field(page, "a_duration", "minutes").fill("90");
  const list = q(page, "a_list");
  await list.getByLabel("In words").fill("nerves");
  await pick(list.getByText("Around me"));
  await list.locator("input[type=date]").fill("2027-01-05");
  await list.getByRole("button", { name: "Add another" }).click();
  await list.getByLabel("In words").nth(1).fill("time");
  await list.getByLabel("Weight").nth(1).fill("4");
  await pick(list.locator(".row").nth(1).getByText("No", { exact: true }));
  await list.locator(".row").nth(1).locator("[data-act=up]").click();
  for (const [i, n] of ["1", "2", "3"].entries()) await q(page, "a_rank").locator("select").nth(i).selectOption(n);
  await q(page, "a_rank").locator("select").nth(0).selectOption("3"); // blue, green take the places this one leaves
  await q(page, "a_rank").locator("select").nth(1).selectOption("1");
  for (const [i, n] of [8, 3, 0, 10].entries()) await q(page, "a_grid").locator("td input").nth(i).fill(String(n));
  await field(page, "a_commitment", "what").fill("Call Mia");
  await field(page, "a_commitment", "by").fill("2026-12-01");
  await field(page, "a_commitment", "know").fill("She answered");
  await pick(q(page, "a_confirm").getByText("Yes, agreed"));
  await field(page, "a_confirm", "who").fill("Ada");
  await field(page, "a_confirm", "on").fill("2026-11-30");
  await q(page, "a_wound").getByText("Leave this out").click();
  await q(page, "a_wound").locator(".reason").fill("not now");
}

const stages = {
  // By keyboard, in two sittings.
  async keyboard(file, out) {
    const page = await open(file);
    equal("nothing is answered at first", await page.locator("#count").textContent(), "0 of 17 answered");
    await page.locator("body").press("Tab");
    equal("the first stop of the keyboard is in the first question",
      await page.evaluate(() => !!document.activeElement.closest("[data-key$=a_text]")), true);
    await halfByKeyboard(page);
    await listByKeyboard(page);
    await page.reload();
    equal("what was half typed is kept",
      [await q(page, "a_text").locator("input").first().inputValue(),
        await q(page, "a_list").getByLabel("In words").nth(1).inputValue(),
        await q(page, "a_scale").locator(":checked").inputValue(),
        await page.locator("#count").textContent()],
      ["written <b>by</b> hand", "nerves", "7", "12 of 17 answered"]);
    await restByKeyboard(page);
    equal("everything is answered", await page.locator("#count").textContent(), "17 of 17 answered");
    await page.locator("#give").focus();
    const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
    await download.saveAs(out);
    equal("the file has the client's name", download.suggestedFilename(), "Kim-answers.json");
    equal("the same is there as text to copy", await page.locator("#text").inputValue(), readFileSync(out, "utf8"));
    await done(page, "by keyboard");
  },

  async mouse(file, out) {
    const page = await open(file);
    await byMouse(page);
    await giveBack(page, out);
    await done(page, "by mouse");
  },

  // Later questions: rows that the answers before made.
  async sorting(file, out) {
    const page = await open(file);
    const rows = q(page, "a_sort").locator(".sorted");
    await space(page, rows.nth(0).getByLabel("Keep"));
    ok("half a table is remarked on, kindly",
      (await q(page, "a_sort").locator(".note").textContent()).includes("leave it like this"));
    await rows.nth(1).getByText("Drop").click();
    await rows.nth(1).getByLabel("Why?").fill("enough");
    await giveBack(page, out);
    await done(page, "sorting");
  },

  // Remarks never stand in the way, and an answer can be taken back.
  async gently(file, out) {
    const page = await open(file), note = (key) => q(page, key).locator(".note").textContent();
    await q(page, "an_integer").locator(".c input").fill("many");
    equal("a word for a number", await note("an_integer"), "Please write a number.");
    await q(page, "an_integer").locator(".c input").fill("500");
    equal("a number outside", await note("an_integer"), "It should be from -5 to 100.");
    await q(page, "a_yes_no").getByText("Yes", { exact: true }).click();
    await q(page, "a_yes_no").getByRole("button", { name: "Take this answer back" }).click();
    equal("a choice can be taken back", await q(page, "a_yes_no").locator(":checked").count(), 0);
    await q(page, "a_text").getByText("Leave this out").click();
    ok("a reason is asked for", (await note("a_text")).includes("why"));
    await giveBack(page, out);
    const back = JSON.parse(readFileSync(out, "utf8"));
    equal("and it is given back as it is", [back.answers, back.skip],
      [{ "all/an_integer": 500 }, { "all/a_text": "" }]);
    equal("with the questions as they were asked", Object.values(back.questions), ["A text", "How many"]);
    await page.locator("#forget").click();
    await page.locator("#forget").click();
    await page.waitForFunction(() => document.querySelector("#count")?.textContent.startsWith("0"));
    equal("what was typed can be forgotten", await page.evaluate(() => localStorage.length), 0);
    await done(page, "gently");
  },

  // Where nothing can be kept, a copy of the page keeps it.
  async copy(file, out) {
    const page = await open(file, {}, () => {
      Object.defineProperty(window, "localStorage", { get() { throw new Error("no"); } });
    });
    ok("a hint says that nothing is kept", (await page.locator("#kept").textContent()).includes("Save what I have"));
    await byMouse(page);
    equal("the copy is a page", await giveBack(page, out, "#save"), "Kim-sheet.html");
    await done(page, "without a store");
    const again = await open(out);
    equal("which has the answers in it", await again.locator("#count").textContent(), "17 of 17 answered");
    equal("also those of many lines", await q(again, "a_long_text").locator("textarea").inputValue(), "one\ntwo");
    equal("and of entries", await q(again, "a_list").getByLabel("In words").nth(0).inputValue(), "time");
    await q(again, "a_text").locator("input").first().fill("later");
    await again.reload();
    equal("one can go on in it", await q(again, "a_text").locator("input").first().inputValue(), "later");
    await done(again, "the copy");
  },

  // What people wrote is text, whatever it looks like; and it fits a small screen.
  async hostile(file, shown) {
    const page = await open(file, { viewport: { width: 360, height: 740 } });
    equal("it is shown as it was written", await q(page, "a_text").locator(".c input").inputValue(),
      readFileSync(shown, "utf8"));
    equal("nothing of it is markup", await page.evaluate(() => document.querySelectorAll("img, iframe, b:not(.q b)").length),
      1); // the name of the file, in bold
    ok("nothing is wider than the screen", await page.evaluate(() => document.documentElement.scrollWidth <= 360),
      await page.evaluate(() => document.documentElement.scrollWidth));
    await giveBack(page, "hostile.json");
    await done(page, "hostile texts");
  },

  // A prefilled answer is an answer only when somebody says so.
  async prefilled(file) {
    const page = await open(file);
    await giveBack(page, "prefilled.json");
    equal("what was there before is not an answer by itself",
      JSON.parse(readFileSync("prefilled.json", "utf8")).answers, {});
    await q(page, "a_text").getByText("This is still right").click();
    await giveBack(page, "prefilled.json");
    equal("but when it is called right",
      JSON.parse(readFileSync("prefilled.json", "utf8")).answers, { "all/a_text": "as before" });
    await done(page, "prefilled");
  },

  // In the light on a desk and in the dark on a phone, and each as wide as the other.
  async look(file) {
    for (const [colorScheme, ...widths] of [["light", 1280, 360], ["dark", 360, 1280]]) {
      const page = await open(file, { colorScheme, viewport: { width: widths[0], height: 800 } });
      await page.evaluate(() => { for (const d of document.querySelectorAll("details")) d.open = true; });
      await q(page, "an_integer").locator(".c input").fill("many");
      await q(page, "a_wound").locator(".out").check();
      await q(page, "a_choice").locator(".out").check();
      await q(page, "a_scale").getByText("7", { exact: true }).click();
      await inject(page);
      const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
      equal(`no violation of accessibility, ${colorScheme}, ${widths[0]} wide`,
        found.violations.map((v) => [v.id, v.nodes.map((n) => n.target[0])]), []);
      for (const width of widths) {
        await page.setViewportSize({ width, height: 800 });
        ok(`it fits, ${colorScheme}, ${width} wide`,
          await page.evaluate((w) => document.documentElement.scrollWidth <= w, width));
        const small = await page.evaluate(() => [...document.querySelectorAll("button, input, select, summary, a")]
          .filter((e) => e.offsetParent && !e.closest("label") && e.getBoundingClientRect().height < 24).map((e) => e.outerHTML));
        equal(`all there is to press is large enough, ${colorScheme}, ${width} wide`, small, []);
      }
      await done(page, `${colorScheme}`);
    }
  },

  // Against the published schema: what the page makes fits, what the program refuses does not.
  async schema(schema, ...files) {
    const Ajv = require("ajv"), check = new Ajv().compile(JSON.parse(readFileSync(schema, "utf8")));
    for (const file of files) {
      check(JSON.parse(readFileSync(file, "utf8")));
      equal(`${file} is as the schema says`, check.errors, null);
    }
    const good = () => JSON.parse(readFileSync(files[0], "utf8"));
    for (const spoil of [(b) => delete b.journey, (b) => { b.version = 2; }, (b) => { b.more = 1; },
      (b) => { b.skip = []; }, (b) => { b.skip = { a: 1 }; }, (b) => { b.answers[""] = 1; },
      (b) => { b.revision = -1; }, (b) => { b.answers.a = [[[1]]]; }, (b) => { b.espalier = "client"; }]) {
      const back = good();
      spoil(back);
      ok(`the schema refuses ${spoil}`.replace(/\s+/g, " "), !check(back));
    }
  },

  async paper(file, out) {
    for (const javaScriptEnabled of [true, false]) {
      const page = await open(file, { javaScriptEnabled });
      const notice = page.getByText("Save the file and open it in a browser", { exact: false });
      equal(javaScriptEnabled ? "no notice where all works" : "a notice where scripts are not run",
        await notice.isVisible(), !javaScriptEnabled);
      equal(javaScriptEnabled ? "buttons" : "no button that does nothing", await page.locator("#give").isVisible(),
        javaScriptEnabled);
      writeFileSync(`${out}-${javaScriptEnabled ? "script" : "plain"}.pdf`, await page.pdf({ format: "A4" }));
      await page.context().close();
    }
  }
};

await play(stages, process.argv.slice(2));
