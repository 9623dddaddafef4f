// The session room as a coach meets it: whole journeys held through its controls, with and without scripts, in both
// languages, by keyboard and by mouse.  Called by browser_session.sh; prints a line for each thing that is shown.
//   node web_session.mjs STAGE ARGUMENT ...
import { readFileSync } from "node:fs";
import { equal, ok, start } from "./web.mjs";
import { compare, espalier, hold, journeyOf, named, review, said, send, unfold } from "./web_room.mjs";

// ---- stages ----------------------------------------------------------------------------------------------------------

const stages = {
  // hold CLIENT MODEL WIDTH ["french"] ["plain"]
  async hold(app, client, model, width, ...how) {
    const script = !how.includes("plain"), told = said(review(model));
    const page = await app.page({ width: Number(width), french: how.includes("french"), script });
    await app.go(page, `/journeys/${journeyOf(client)}`);
    if (width === "360") ok("the first answer and its button are within the first screen",
      await page.locator("button.save").first().evaluate((b) => b.getBoundingClientRect().bottom <= innerHeight));
    const { done, types } = await hold(page, client, told, script);
    compare(client, told);
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
        ok("it is in sight", await question("an_integer").locator(".error").evaluate((e) =>
          e.getBoundingClientRect().top > 0 && e.getBoundingClientRect().bottom < innerHeight));
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
    const tray = sort.locator(".tray .sort-item");
    for (let i = 0; i < 2; i++) await sort.locator(".column:not(.tray) .sort-item select").first().selectOption("");
    const lying = await tray.count();
    await tray.first().locator("select").selectOption("keep");
    ok("who places one thing by its menu is at the next", await tray.count() === lying - 1 &&
      await tray.first().locator("select").evaluate((one) => one === document.activeElement));
    await app.axe(page, "columns");
    await app.look(page, "columns");
    const rank = page.locator(".rank");
    if (await rank.count()) {
      await pull(rank.locator(".grip").first(), rank.locator(".grip").last());
      equal("a rank is dragged, too", await rank.locator("input").evaluateAll((all) => all.map((one) => one.value)), ["1", "2", "3"]);
    }
    await page.context().close();
  },

  // marks CLIENT CLIENT: what an earlier answer made doubtful, a workflow that fails, a pause.
  async marks(app, client, troubled) {
    for (const script of [true, false]) {
      const name = script ? "with a script" : "without one";
      const page = await app.page({ script });
      espalier("answer", client, `a_text=said ${name}`);
      await app.go(page, `/journeys/${journeyOf(client)}?at=all/a_long_text`);
      ok(`${name}: the room says that something is to be checked`, await page.locator(".room-facts .attention").isVisible());
      const doubtful = page.locator('.question[data-question="all/a_long_text"]');
      ok(`${name}: why stands at the question, with the answer`, await doubtful.locator(".why").isVisible() &&
        (await named(doubtful, "v").inputValue()) === "one\ntwo");
      if (script) await app.axe(page, "what is to be checked");
      await doubtful.getByRole("button", { name: "Still right" }).click();
      await doubtful.waitFor({ state: "detached" });
      equal(`${name}: one word keeps it`, [await page.locator(".room-facts .attention").count(),
        review(client).answered.find((one) => one.id === "a_long_text").value], [0, "one\ntwo"]);

      await app.go(page, `/journeys/${journeyOf(troubled)}`);
      await named(page.locator(".question").first(), "v").fill("boom");
      await page.locator("button.save").first().click();
      const notice = page.locator(".talk > .notice[role=alert]");
      await notice.waitFor();
      ok(`${name}: a workflow that fails says so, and what to do`, /this went wrong/.test(await notice.textContent()) &&
        /undo/.test(await notice.textContent()) && !await page.locator(".ended").count());
      if (script) await app.axe(page, "a workflow that failed");
      await page.locator("button[data-shortcut=u]").click();
      await page.locator('.question[data-question="one/word"]').waitFor();
      ok(`${name}: the answer that it failed on can be taken back`, true);

      await page.getByRole("button", { name: "Pause" }).click();
      await page.getByText("leads back to where you stopped").waitFor();
      await page.locator(".person", { hasText: troubled }).getByRole("link", { name: /Go on/ }).click();
      await page.locator('.question[data-question="one/word"]').waitFor();
      ok(`${name}: a pause is confirmed, and one goes on where one stopped`, true);
      await page.context().close();
    }
  },

  // wheel CLIENT: what is rated twice, as a wheel; its names stand within it, and every row has a name that can be read.
  async wheel(app, client) {
    for (const width of [360, 1280]) {
      const page = await app.page({ width });
      await app.go(page, `/journeys/${journeyOf(client)}?at=reflect/roles_rate`);
      const inputs = page.locator("[data-wheel] input");
      for (const [i, one] of (await inputs.all()).entries()) await one.fill(String(i % 11));
      equal(`${width}: the wheel shows both`, await page.locator(".wheel polygon").count(), 2);
      equal(`${width}: its names are whole`, await page.locator(".wheel").evaluate((svg) => {
        const box = svg.getBoundingClientRect();
        return [...svg.querySelectorAll("text")].map((text) => [text.textContent, text.getBoundingClientRect()])
          .filter(([, at]) => at.left < box.left || at.right > box.right || at.top < box.top || at.bottom > box.bottom)
          .map(([text]) => text);
      }), []);
      ok(`${width}: no word of a row is broken`, await page.locator("[data-wheel] tbody th").evaluateAll((all) =>
        all.every((one) => one.clientWidth >= 90)));
      await page.context().close();
    }
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
