// Every row of routes.def is asked for at least once, with what a coach would send and with what is refused.  Called by
// web_walk.sh; prints a line for each part of the way.
//   node web_walk.mjs CLIENT-OF-types CLIENT-OF-wall
import { readFileSync } from "node:fs";
import { cli, equal, journeyOf, ok } from "./raw.mjs";
import { enter } from "./walk.mjs";

const [client, waller] = process.argv.slice(2);
const routes = [...readFileSync(new URL("../../engine/web/routes.def", import.meta.url), "utf8")
  .matchAll(/ROUTE\("(\w+)", "([^"]+)"/g)].map(([, method, path]) => ({ method, path,
  pattern: new RegExp("^" + path.replaceAll(".", "\\.").replace(/:\w+/g, "[^/]+") + "$") }));
const app = await enter(), met = new Set();
const meet = (method, path) => {
  const plain = path.split("?")[0];
  met.add(routes.find((r) => r.method === method && r.pattern.test(plain) && !r.path.includes(":")) ??
    routes.find((r) => r.method === method && r.pattern.test(plain)));
};
// [method, path, fields, wanted status, what must be in it]; the rows that were answered otherwise.
async function walk(sentence, rows, language) {
  const wrong = [];
  for (const [method, path, fields, status, part] of rows) {
    meet(method, path);
    const answer = method === "GET" ? await app.get(path, language) : await app.post(path, fields, language);
    if (answer.status !== status || (part && !part.test(answer.text)))
      wrong.push([method, path, answer.status, part ? String(part) : "", (answer.text.match(/role="alert"[^]*/) ?? answer.text.match(/<main[^]*/))?.[0].slice(0, 400)]);
  }
  equal(sentence, wrong, []);
}

const j = `/journeys/${journeyOf(client)}`, wall = `/journeys/${journeyOf(waller)}`;
const person = `/clients/${JSON.parse(cli("client", "show", client, "--json")).id}`;
const q = (id) => encodeURIComponent(`all/${id}`);

await walk("the entrance and the desk", [
  ["GET", "/", null, 200, /Ada/], ["GET", "/?find=ad", null, 200], ["GET", person, null, 200, /Ada/],
  ["POST", "/clients", { name: "Cleo", client_language: "fr" }, 303], ["POST", "/clients", { name: "Cleo" }, 409],
  ["POST", "/clients", { name: " " }, 422], ["POST", `${person}/start`, { workflow: "none" }, 404],
  ["POST", `${person}/start`, { workflow: "wall", journey_language: "en" }, 303],
  ["POST", "/language", { language: "fr", back: "/" }, 303], ["POST", "/language", { language: "xx" }, 422],
  ["POST", "/theme", { theme: "dark", back: "/" }, 303], ["GET", "/clients/none", null, 404],
  ["GET", "/nowhere", null, 404]]);
const assets = [...(await app.get("/")).text.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, path]) => path);
await walk("what pages are made with", [...new Set(assets)].map((path) => ["GET", path, null, 200]).concat([
  ["GET", "/assets/none.js", null, 404]]));

const answers = { a_text: [["v", "words"]], a_long_text: [["v", "many\nwords <b>&amp;"]], a_yes_no: [["v", "true"]],
  a_choice: [["v", "red"]], a_choices: [["v", "red"], ["v", "blue"]], a_scale: [["v", "7"]], an_integer: [["v", "-5"]],
  a_number: [["v", "2.5"]], a_money: [["amount", "12.50"], ["currency", "EUR"], ["period", "month"]], a_date: [["v", "2026-12-01"]],
  a_duration: [["hours", "1"], ["minutes", "5"]], a_list: [["i.0.text", "time"], ["i.0.weight", "3"], ["i.1.text", "space"]],
  a_rank: [["r.red", "1"], ["r.blue", "2"], ["r.green", "3"]],
  a_grid: [["g.work.joy", "1"], ["g.work.cost", "2"], ["g.home.joy", "3"], ["g.home.cost", "4"]],
  a_commitment: [["what", "call"], ["by", "2026-12-01"], ["know", "heard"], ["help", "none"]],
  a_confirm: [["agreed", "true"], ["who", "Ada"], ["on", "2026-11-23"]], a_secret: [["v", "hidden"]], a_wound: [["v", "deep"]] };
await walk("the room, with a question of every type", [
  ["GET", j, null, 200, /A text/], ["POST", `${j}/answer`, { key: "all/a_text" }, 422, /Please write an answer/],
  ["POST", `${j}/draft`, { key: "all/a_text", v: "half" }, 204], ["GET", `${j}?draft=${q("a_text")}`, null, 200, /half/],
  ["POST", `${j}/draft/drop`, { key: "all/a_text" }, 303],
  ...Object.entries(answers).map(([id, fields]) => ["POST", `${j}/answer`, [["key", `all/${id}`], ...fields], 303]),
  ...Object.keys(answers).map((id) => ["GET", `${j}/question?key=${q(id)}`, null, 200]),
  ["POST", `${j}/answer`, { key: "all/a_date", v: "soon" }, 422], ["POST", `${j}/answer`, { key: "nowhere", v: "x" }, 404],
  ["POST", `${j}/answer`, [["key", "all/a_list"], ["shape", "more"], ["i.0.text", "time"]], 200],
  ["POST", `${j}/answer`, [["key", "all/a_rank"], ["shape", "up.1"], ["r.red", "1"], ["r.blue", "2"]], 200],
  ["POST", `${j}/answer`, { key: "all/a_text", v: "other", replaces: "0" }, 409, /words/],
  ["POST", `${j}/keep`, { key: "all/a_text" }, 303], ["POST", `${j}/keep`, { key: "nowhere" }, 404],
  ["POST", `${j}/skip`, { key: "all/a_secret", why: "not now" }, 303], ["POST", `${j}/undo`, {}, 303],
  ["POST", `${j}/redo`, {}, 303], ["POST", `${j}/redo`, {}, 409, /nothing to redo/],
  ["POST", `${j}/note`, { text: "seen", key: "all/a_text", visibility: "shared" }, 303],
  ["POST", `${j}/note`, { text: " " }, 422], ["GET", `${j}?at=${q("a_sort")}&said=saved`, null, 200]]);
await walk("the review", [
  ["GET", `${j}/review`, null, 200, /words/], ["GET", `${j}/review?find=tim&history=${q("a_text")}`, null, 200],
  ["GET", `${j}/question?key=none`, null, 404],
  ["POST", `${j}/preview`, { key: "all/a_text", v: "changed words" }, 200, /changed words/],
  ["GET", `${j}/preview?key=${q("a_text")}`, null, 303], ["POST", `${j}/question?key=${q("a_text")}`, { key: "all/a_text", v: "changed words" }, 303],
  ["POST", `${j}/question`, { key: "all/a_text", do: "note", text: "why" }, 303],
  ["POST", `${j}/question`, { key: "all/a_date", v: "soon" }, 422]]);

const item = () => JSON.parse(cli("review", waller, "--json")).answered.find((one) => one.key === "all/many").value[0];
const texts = (id) => (JSON.parse(cli("review", waller, "--json")).answered.find((one) => one.key === `all/${id}`)?.value ?? [])
  .map((one) => one.text);
await walk("the board", [
  ["GET", `${wall}/board`, null, 200, /one/], ["GET", `${wall}/board?state=decisions&at=1`, null, 200],
  ["GET", `${wall}/board?state=diff`, null, 404],
  ["POST", `${wall}/board/change`, { do: "add", to: "all/few", text: "three" }, 303],
  ["POST", `${wall}/board/change`, { do: "add", to: "all/few", text: " " }, 422, /write something/],
  ["POST", `${wall}/board/change`, { do: "save", key: "all/many", item: item().id, to: "all/few", text: "moved" }, 303]]);
equal("a note was moved and worded anew", [texts("many"), texts("few")], [["two"], ["three", "moved"]]);
await walk("what is done in the room of the same journey", [["POST", `${wall}/undo`, {}, 303]]);
equal("takes the whole of the move back", [texts("many"), texts("few")], [["one", "two"], ["three"]]);
await walk("and", [["POST", `${wall}/redo`, {}, 303]]);
equal("brings the whole of it back", [texts("many"), texts("few")], [["two"], ["three", "moved"]]);
await walk("the way back on the board", [
  ["POST", `${wall}/board/undo`, { replaces: "1" }, 409], ["POST", `${wall}/board/undo`, { replaces: "-1" }, 409],
  ["POST", `${wall}/board/undo`, {}, 409],
  ["POST", `${wall}/board/decide`, { key: "all/none" }, 404]]);

await walk("what is given out", [
  ["GET", `${j}/plan`, null, 200], ["GET", `${j}/plan?document=coach&for=coach`, null, 200],
  ["GET", `${j}/plan?document=none`, null, 404], ["GET", `${j}/plan.md`, null, 200], ["GET", `${j}/plan.json`, null, 200],
  ["GET", `${j}/plan.html`, null, 200], ["GET", `${j}/plan.pdf`, null, 200], ["GET", `${j}/plan.docx`, null, 200],
  ["GET", `${j}/plan.odt`, null, 200], ["GET", `${j}/plan.txt`, null, 200], ["GET", `${j}/plan.xyz`, null, 404],
  ["GET", `${j}/canvas.svg`, null, 200], ["GET", `${j}/canvas.png`, null, 200], ["GET", `${j}/canvas.json`, null, 200],
  ["GET", `${j}/canvas.pdf?state=blank`, null, 200], ["GET", `${j}/canvas.md`, null, 200],
  ["POST", `${j}/plan/give`, { format: "md", why: "" }, 422], ["POST", `${j}/plan/give`, { format: "md", why: "agreed" }, 200],
  ["GET", `${j}/plan?sources=1&document=coach&for=coach`, null, 200],
  ["GET", `${j}/papers`, null, 200], ["GET", `${j}/worksheet.html`, null, 200], ["GET", `${j}/worksheet`, null, 200],
  ["POST", `${j}/worksheet`, { answers: "no answers" }, 400], ["GET", `${j}/calendar.ics`, null, 404],
  ["GET", `${j}/tables/items.csv`, null, 200], ["GET", `${j}/tables/none.csv`, null, 404]]);

await walk("the client's screen is opened", [["POST", `${j}/screen`, {}, 303]]);
const opened = await app.post(`${j}/screen`, {});
await walk("and shows the journey", [["GET", opened.location, null, 200], ["GET", "/screen/none", null, 404]]);
for (const stream of [`${j}/live`, `${opened.location}/live`]) {
  meet("GET", stream);
  ok(`news come by ${stream.split("/")[1]}`, /^event: changed\ndata: \d+/.test(await app.event(stream)));
}
await walk("and is closed", [["POST", `${j}/screen/end`, {}, 303], ["GET", opened.location, null, 404]]);

await walk("in French", [["GET", "/", null, 200, /lang="fr"/], ["GET", j, null, 200], ["GET", `${wall}/board`, null, 200],
  ["GET", `${j}/review`, null, 200], ["GET", `${j}/plan`, null, 200], ["GET", person, null, 200]], "fr");
await walk("what is refused is refused in French", [
  ["POST", `${j}/answer`, { key: "all/a_text" }, 422, /Écrivez une réponse/],
  ["POST", `${j}/answer`, { key: "nowhere", v: "x" }, 404, /question «.nowhere/],
  ["POST", `${j}/answer`, { key: "all/a_text", v: "other", replaces: "0" }, 409],
  ["POST", `${j}/skip`, { key: "all/a_text", why: " " }, 422, /Dites pourquoi/],
  ["POST", `${j}/redo`, {}, 409, /rien à rétablir/], ["POST", `${j}/note`, { text: " " }, 422, /quelques mots/],
  ["POST", `${wall}/board/change`, { do: "remove", key: "all/many", item: "gone" }, 404, /Cela n’y est plus/],
  ["POST", `${wall}/board/undo`, { replaces: "1" }, 409, /changée ailleurs/],
  ["POST", "/clients", { name: client }, 409, /porte déjà ce nom/], ["POST", "/clients", { name: " " }, 422, /Écrivez un nom/],
  ["POST", "/language", { language: "xx" }, 422, /parlent anglais/],
  ["POST", `${j}/worksheet`, { answers: "{}" }, 400, /fichier/], ["GET", "/clients/none", null, 404, /n’existe pas/],
], "fr");

await walk("a pause, and the way out", [["POST", `${j}/pause`, {}, 303], ["GET", "/?said=paused", null, 200],
  ["POST", "/leave", {}, 303], ["GET", j, null, 401]]);
meet("POST", "/enter");
equal("no route was left out", routes.filter((one) => !met.has(one)).map((one) => `${one.method} ${one.path}`), []);
await app.stop("SIGINT", 130);
