// Hostile requests, byte by byte, against a running server: each gets the status that its table says and the required
// headers, and none changes anything.  Called by web_requests.sh; prints a line for each family.
//   node web_requests.mjs CLIENT ANOTHER
import { readFileSync, statSync } from "node:fs";
import { cli, digest, equal, faults, journeyOf, ok, serve } from "./raw.mjs";

const [client, another] = process.argv.slice(2);
const server = await serve();
const { port, head, form } = server;
const journey = journeyOf(client), other = journeyOf(another), unknown = "01a2078d-0000-7000-8000-000000000000";
const room = `/journeys/${journey}`, sid = server.cookie.split("=")[1];
const routes = [...readFileSync(new URL("../../engine/web/routes.def", import.meta.url), "utf8")
  .matchAll(/ROUTE\("(\w+)", "([^"]+)", NEED_(\w+)/g)].map(([, method, path, need]) => ({ method, path, need }));
const person = JSON.parse(cli("client", "show", client, "--json")).id;
const own = { ":journey": journey, ":client": person, ":secret": "f".repeat(64), ":file": "app.css", ":format": "json",
  ":table": "items" };
const filled = (path, with_ = own) => path.replace(/:\w+/g, (name) => with_[name]);
const ask = ({ method, path }, others = {}, target = filled(path)) =>
  method === "POST" ? form(target, { token: server.token, why: "x" }, others) : head({ target, ...others });

// ---- what is sent: [bytes or pieces of them, the status or statuses of the answers] -------------------------------------

const families = {};
const family = (name, ...requests) => { families[name] = requests.flat(1); };
// All of `variants` with one status, each made into bytes.
const each = (status, variants, make) => variants.map((one) => [make(one), status, one]);
const plain = (line) => `${line}\r\nHost: ${server.host}\r\nConnection: close\r\n\r\n`;
const with_ = (lines) => `GET / HTTP/1.1\r\nHost: ${server.host}\r\nConnection: close\r\n${lines}\r\n\r\n`;
const to = (host) => head({ Host: host });

family("request lines that are none",
  each(400, ["", " ", "GET", "GET /", "/", "GET  / HTTP/1.1", "GET /  HTTP/1.1", "GET / HTTP/1.1 ", " GET / HTTP/1.1",
    "\tGET / HTTP/1.1", "GET\t/\tHTTP/1.1", "GET /\tHTTP/1.1", "G\0T / HTTP/1.1", "GET /\0 HTTP/1.1",
    "GET /\x7f HTTP/1.1", "GET /\x01 HTTP/1.1", "GET /\xc3\xa9 HTTP/1.1", "GET /a b HTTP/1.1", "GET / http/1.1",
    "GET / HTP/1.1", "GET / HTTPS/1.1", "GET / 1.1", "GET(1) / HTTP/1.1", "<script> / HTTP/1.1", "\"GET\" / HTTP/1.1",
    "GET: / HTTP/1.1", "GET /# HTTP/1.1", "GET /?a#b HTTP/1.1", "GET ?a HTTP/1.1", "GET \\ HTTP/1.1",
    "GET / HTTP/1.1\rX: y", "\x16\x03\x01\x02\0\x01", "GET / HTTP/1.1\0"], plain));
family("targets that are no path",
  each(400, [`http://${server.host}/`, "http://192.0.2.1/", "https://espalier.localhost/", "HTTP://x/", "ftp://x/",
    "javascript:alert(1)", "file:///etc/passwd", "*", "espalier.localhost", "localhost:22", "%2f", "..", "x/../y"],
    (target) => plain(`GET ${target} HTTP/1.1`)),
  each(400, ["CONNECT localhost:22", "CONNECT 192.0.2.1:443", "OPTIONS *", "PRI *"], (line) =>
    plain(line + " HTTP/1.1")));
family("other versions",
  each(505, ["HTTP/1.0", "HTTP/0.9", "HTTP/2.0", "HTTP/2", "HTTP/3", "HTTP/1.10", "HTTP/1.1.1", "HTTP/11", "HTTP/-1",
    "HTTP/1,1", "HTTP/1.1x", "HTTP/"], (version) => head({ version })));
family("other methods", ["/", room, `${room}/answer`, "/assets/app.css", "/nowhere"].flatMap((target) => each(405, ["PUT",
  "DELETE", "PATCH", "OPTIONS", "TRACE", "TRACK", "CONNECT", "PROPFIND", "QUERY", "get", "Post", "GETT", "X",
  "P".repeat(3000)], (method) => head({ method, target }))));
family("lines of a head that are none",
  each(400, ["X y", ": y", "X : y", "X\t: y", " X: y", "X: a\r\n b", "X: a\r\n\tb", "X: a\r\n  ", "X: \0", "X: a\rb",
    "\rX: y", "X\0: y", "X: a\x01b", "X: a\x1bb", "X: a\x7fb", "X\xe9: y", "X(: y", "X[]: y", "\"X\": y", "X@: y",
    "X/: y", "=: y", "X{: y", "<X>: y", "X y: z", "X: y\nY: z", "X: y\n", "\nX: y", "X: y\n\n", "X: y\n\r\n",
    "X:\x0bchunked", "X"], with_),
  each(400, [`GET / HTTP/1.1\nHost: ${server.host}\n\n`, `GET / HTTP/1.1\r\nHost: ${server.host}\n\r\n`,
    `GET / HTTP/1.1\nHost: ${server.host}\r\n\r\n`, `\r\n${head()}`, `\n${head()}`, `\0${head()}`,
    `\xef\xbb\xbf${head()}`], (bytes) => bytes));
family("what may stand in a head once",
  each(400, ["Content-Type: a/b\r\nContent-Type: application/x-www-form-urlencoded", "Cookie: a=b\r\nCookie: c=d",
    "Origin: null\r\nOrigin: x", "Sec-Fetch-Site: none\r\nSec-Fetch-Site: cross-site", "X-Token: a\r\nX-Token: b",
    "Expect: 100-continue\r\nexpect: 100-continue"], with_));
family("hosts that are not one",
  each(400, [undefined], (Host) => head({ Host })),
  each(400, [server.host, "evil.example", ""], (host) => head().replace("\r\nConnection",
    `\r\nHost: ${host}\r\nConnection`)),
  each(400, ["host", "HOST"], (name) => head({ [name]: server.host })));
const names = ["evil.example", `evil.example:${port}`, "evil.localhost.example", "127.0.0.1.nip.io", "127.0.0.1",
  "localhost", "espalier.localhost", `localhost:${port + 1}`, `localhost:${port}.`, `localhost.:${port}`,
  `LOCALHOST:${port}`, `Espalier.localhost:${port}`, `127.1:${port}`, `2130706433:${port}`, `0x7f.1:${port}`,
  `0.0.0.0:${port}`, `[::]:${port}`, `[::ffff:127.0.0.1]:${port}`, `localhost:0${port}`, `localhost:+${port}`,
  `x.espalier.localhost:${port}`, `espalier.localhost:${port}@evil.example`, `evil.example/${server.host}`,
  `a@${server.host}`, `http://${server.host}`, `${server.host}, evil.example`, `${server.host} evil`, `"${server.host}"`,
  "", ":", `:${port}`, "\xff", "localhost:", "*"];
family("names this machine is not called by",
  each(421, names, to),
  each(421, names, (Host) => head({ Host, target: "/nowhere", Cookie: undefined })));
family("lengths that are none",
  each(400, ["+5", "-5", "0x5", "5,5", "5, 5", "5 5", "", "5.0", "1e1", "5;", "\"5\"", "five", "99999999999",
    "18446744073709551617", "\xd9\xa5", "5\t5", "00000000005", "-0"], (length) => form(`${room}/note`, "text=x",
    { "Content-Length": length })),
  each(400, ["5", "6", "0"], (length) => form(`${room}/note`, "text=x", { "content-length": length })),
  each(411, [undefined], (length) => form(`${room}/note`, "text=x", { "Content-Length": length })),
  each(400, ["GET", "HEAD"], (method) => head({ method, "Content-Length": 5 }) + "hello"));
const chunked = "6\r\ntext=x\r\n0\r\n\r\n";
family("codings of a body",
  each(501, ["chunked", "Chunked", "identity", "gzip, chunked", "chunked, identity", "xchunked", "chunked;q=1", "x", "",
    "\"chunked\"", "chunked\r\nTransfer-Encoding: identity"], (coding) => head({ method: "POST", target: `${room}/note`,
    "Transfer-Encoding": coding }) + chunked),
  each(400, ["chunked", "identity", "x", ""], (coding) => form(`${room}/note`, chunked, { "Transfer-Encoding": coding })),
  each(400, ["Transfer-Encoding : chunked", "Transfer-Encoding\t: chunked", " Transfer-Encoding: chunked",
    "Transfer-Encoding:\x0bchunked", "X: y\nTransfer-Encoding: chunked", "Transfer-Encoding\0: chunked"], (line) =>
    form(`${room}/note`, chunked).replace("\r\nConnection", `\r\n${line}\r\nConnection`)),
  each(501, ["GET", "HEAD"], (method) => head({ method, "Transfer-Encoding": "chunked" }) + chunked));
family("expectations",
  each(417, ["200-ok", "100-continue, x", "x", ""], (Expect) => head({ Expect })));
const hidden = form(`${room}/note`, "text=smuggled", { Connection: "keep-alive" });
family("requests that hide others: one answer", [ [form(`${room}/note`, hidden, { "Transfer-Encoding": "chunked",
  "Content-Length": 4 }), 400], [head({ method: "POST", target: `${room}/note`,
  "Transfer-Encoding": "chunked" }) + "0\r\n\r\n" + hidden, 501], [form(`${room}/note`, "",
  { "Content-Length": "0\r\nContent-Length: 5" }) + hidden, 400], [head({ "Content-Length": hidden.length }) + hidden,
  400], [head({ method: "HEAD", "Content-Length": hidden.length }) + hidden, 400],
  [head({ version: "HTTP/1.0" }) + hidden, 505], [head({ Host: "evil.example" }) + hidden, 421],
  [head({ X: "y\n" }) + hidden, 400], [plain("PUT / HTTP/1.1") + hidden, 405], [form(`${room}/note`, "text=x",
  { "X-Token": "0".repeat(64) }) + hidden, 403], [form(`${room}/note`, hidden, { "Content-Type": "text/plain" }), 415],
  [form("/nowhere", hidden), 404], [form(`${room}/note`, hidden, { "X-Token": "" }), 403], [[head().slice(0, 5),
  head().slice(5).replace("HTTP/1.1", "HTTP/1.0") + hidden], 505], [["GET / HT", "TP/1.1\r\nHos", "t : x\r\n\r\n",
  hidden], 400], ]);
const kept = head({ Connection: undefined });
family("others after one that was good: none after an error", [[kept + head(), [200, 200]], [kept + kept + plain("GET"),
  [200, 200, 400]], [kept + plain("GET") + hidden, [200, 400]], [kept + head({ Host: "x" }) + hidden, [200, 421]],
  [kept + kept + form(`${room}/note`, "text=%zz") + hidden, [200, 200, 400]], [kept + "\r\n" + hidden, [200, 400]]]);
family("headers that programs between us would set",
  each(405, ["X-HTTP-Method-Override: POST", "X-Method-Override: POST", "X-HTTP-Method: POST"], (line) =>
    head({ target: `${room}/undo` }).replace("\r\nConnection", `\r\n${line}\r\nConnection`)),
  each(200, ["X-Original-URL: /nowhere", "X-Rewrite-URL: /nowhere", "X-Forwarded-Host: evil.example",
    "Forwarded: host=evil.example", "X-Forwarded-For: 192.0.2.1", "X-Forwarded-Proto: https", "Upgrade: websocket",
    "Upgrade: h2c", "Sec-WebSocket-Key: x", "HTTP2-Settings: x", "Range: bytes=0-1", "If-Match: x",
    "Authorization: Basic x", "Accept-Encoding: " + "gzip,".repeat(900), "Accept-Language: " + "\xff".repeat(99),
    "TE: trailers", "Trailer: Host", "Max-Forwards: 0", "Proxy-Connection: keep-alive"], (line) =>
    head().replace("\r\nConnection", `\r\n${line}\r\nConnection`)));

const line = (n) => `/${"a".repeat(n - "GET / HTTP/1.1".length)}`;
const block = (n) => {
  const rest = `Host: ${server.host}\r\nConnection: close\r\nX: \r\n\r\n`;
  return rest.replace("X: ", "X: " + "a".repeat(n - rest.length));
};
const many = (n) => `GET / HTTP/1.1\r\nHost: ${server.host}\r\nConnection: close\r\n${"X: y\r\n".repeat(n - 2)}\r\n`;
family("sizes",
  each(404, [4095, 4096], (n) => head({ target: line(n) })),
  each(414, [4097, 5000, 20000, 200000], (n) => head({ target: line(n) })),
  each(414, ["GET /" + "a".repeat(5000), "P".repeat(5000), "G".repeat(100000)], (bytes) => bytes),
  each(401, [16383, 16384], (n) => `GET ${room} HTTP/1.1\r\n` + block(n)),
  each(431, [16385, 20000, 40000, 300000], (n) => `GET ${room} HTTP/1.1\r\n` + block(n)),
  each(431, [30000], (n) => "GET / HTTP/1.1\r\nX: " + "a".repeat(n)),
  each(200, [63, 64], many),
  each(431, [65, 66, 700, 2000], many),
  each(404, [262143, 262144], (n) => form("/nowhere", "a".repeat(n))),
  each(413, [262145, 300000, 1 << 20], (n) => form("/nowhere", "a".repeat(n))),
  each(413, [1 << 20, 15 << 20], (n) => form("/nowhere", "a".repeat(n))).map((one) => [...one, { late: true }]),
  each(413, [262145, 1 << 20, 4e9], (n) => form(`${room}/note`, "text=x", { "Content-Length": n })),
  each(413, [(16 << 20) + 1, 9999999999], (n) => form(`${room}/worksheet`, "text=x", { "Content-Length": n })),
  each(413, [4001, 100000], (n) => form(`${room}/note`, "a&".repeat(n - 1) + "a")));

const odd = ["%", "%2", "%zz", "%u0041", "%00", "x%00y", "%c0%ae%c0%ae", "%ff", "%ed%a0%80", "%f5%80%80%80"];
const astray = ["..", ".", "%2e%2e", "..%2f..%2fetc%2fpasswd", "%2e%2e%2f", "../../etc/passwd", "..%5c..%5c", "..\\..",
  "%5c", "%2F", "%2f%2f", "/", "%252e%252e%252f", "....//", "..;/", "x+y", "x=y", "x&y", "a".repeat(3900),
  "a%0d%0aX-Injected:%20y", "'%20OR%201=1--", "<script>", "*", "~", "$%7Bx%7D", "%e2%80%ae", other + "%2f..", unknown,
  unknown.toUpperCase(), "0", "-1", ...odd];
const places = routes.filter(({ path, need }) => path.includes(":") && need !== "SCREEN");
family("paths that lead astray, on every route", places.flatMap(({ method, path }) => each(404, astray,
  (value) => { const target = path.replace(/:\w+/, value).replace(/:\w+/g, (name) => own[name]);
  return method === "POST" ? form(target, { key: "x", name: "x", why: "x" }) : head({ target });
})));
family("paths that are nowhere",
  each(404, ["//", "///", "//evil.example/", "//evil.example", "/./", "/.", "/..", "/../", "/%2e%2e/", "/%2f",
    "//etc/passwd", "/etc/passwd", "/.git/config", "/.env", "/index.html", "/%", "/%00", "/ÿ".replace("ÿ", "%ff"),
    "/assets/", "/assets", "/assets/app.css/", "/assets/../routes.def", "/clients/", "/journeys", "/journeys/",
    `${room}/`, `/${room}`, `/x/..${room}`, `${room}/answer/`, `${room}//plan`, `${room}/plan.`, `${room}/canvas.`,
    `${room}/tables/`, "/screen/", "/screen", `/screen/${sid}`, `/screen/${"f".repeat(64)}/live`,
    `/screen/${server.token}`, "/?/../x".replace("?", "%3f"), "/@", "/a:b"], (target) => head({ target })),
  each(405, ["/clients", "/enter"], (target) => head({ target })));

const guarded = routes.filter(({ need }) => need !== "NOTHING"), posts = routes.filter(({ method }) => method === "POST");
const onEvery = (list, status, variants) => list.flatMap((route) => variants.map((others) =>
  [ask(route, others), typeof status === "function" ? status(route) : status, [route.path, others]]));
family("no route for another host", onEvery(routes, 421, [{ Host: "evil.example" }, { Host: `evil.example:${port}`,
  Cookie: undefined }]));
family("no route for a stranger", onEvery(guarded, ({ need }) => need === "SCREEN" ? 404 : 401, [{ Cookie: undefined },
  { Cookie: "sid=" + "0".repeat(64) }]));
family("no change from elsewhere", onEvery(posts, 403, [{ "Sec-Fetch-Site": "cross-site" },
  { "Sec-Fetch-Site": "same-site" }, { "Sec-Fetch-Site": "Same-Origin" }, { "Sec-Fetch-Site": undefined },
  { "Sec-Fetch-Site": undefined, Origin: "null" }, { "Sec-Fetch-Site": undefined, Origin: "http://evil.example" },
  { "Sec-Fetch-Site": undefined, Origin: `https://${server.host}` }, { "Sec-Fetch-Site": undefined,
  Origin: `http://espalier.localhost:${port + 1}` }, { "Sec-Fetch-Site": undefined, Origin: `http://127.0.0.1:${port}` },
  { "Sec-Fetch-Site": undefined, Origin: `http://${server.host}/` }, { "Sec-Fetch-Site": undefined,
  Referer: `http://${server.host}/` }]));
family("no change by what is no form", onEvery(posts, 415, ["text/plain", "multipart/form-data; boundary=x",
  "application/json", undefined, "", "application/xml", "application/x-www-form-urlencodedx"].map((type) =>
  ({ "Content-Type": type }))));
const tokens = ["", "x", "0".repeat(64), sid, server.token.toUpperCase(), server.token + "0", server.token.slice(1),
  " ".repeat(64)];
family("no change without the token", posts.filter(({ need }) => need === "COACH").flatMap(({ path }) => each(403, tokens,
  (token) => form(filled(path), { token, key: "x" }, { "X-Token": undefined }))));
const otherwise = (route) => ({ method: route.method === "POST" ? "GET" : "POST", path: route.path });
const sole = routes.filter((route) => !routes.some(({ method, path }) => path === route.path && method !== route.method));
family("no route by another method", onEvery(sole.map(otherwise), 405, [{}]), posts.filter((route) =>
  sole.includes(route)).map(({ path }) => [head({ method: "HEAD", target: filled(path) }), 405, path]));
const ids = [unknown, client, "ada", other.slice(0, 8), journey.toUpperCase(), `${journey} `, "%20",
  `${journey}x`].map(encodeURIComponent);
family("ids of nothing", places.filter(({ path }) => path.includes(":journey")).flatMap(({ method, path }) => each(404,
  ids, (id) => ask({ method, path }, {}, filled(path, { ...own, ":journey": id })))));

family("cookies",
  each(401, ["sid", "sid=", "sid=x", `sid=${sid.toUpperCase()}`, `sid="${sid}"`, `SID=${sid}`, `sid=${sid}0`,
    `sid=${sid.slice(1)}`, `sid=${server.token}`, `sid=${sid},a=b`, `sid=${sid}%20`, `sid=x; sid=${sid}`, `sid==${sid}`,
    `xsid=${sid}`, ";;;;", "=", `=${sid}`, `sid=' OR 1=1`, "a=b", "\xff", "; ".repeat(4000)], (Cookie) =>
    head({ target: room, Cookie })),
  each(400, [`sid=${sid}\0`, `sid=${sid}\x01`], (Cookie) => head({ target: room, Cookie })),
  each(200, [`a=b; sid=${sid}`, `sid=${sid}; theme="><script>`, `sid=${sid}; language=../../x`,
    `language=fr; language=en;sid=${sid}`], (Cookie) => head({ target: room, Cookie })));

const bad = ["%zz", "%", "%0", "%00", "%ff", "%c0%af", "%ed%a0%80", "a%00b"];
family("queries", ["/", room, `${room}/board`, `${room}/review`, `${room}/plan`, `${room}/papers`,
    `${room}/question`].flatMap((path) => each(400, bad.slice(0, 5), (value) => head({ target: `${path}?at=${value}` }))),
  each(400, bad, (name) => head({ target: `${room}?${name}=x` })), ["at", "after", "said", "draft"].flatMap((name) =>
    each(200, ["", "x", "%0a", "..%2f", "a".repeat(3000), "%f0%9f%98%80".repeat(200), "<script>"], (value) =>
    head({ target: `${room}?${name}=${value}` }))),
  each(200, ["&".repeat(3000), "=".repeat(3000), "a&".repeat(1500), "at=x&".repeat(500), "?".repeat(2000), "at[]=x",
    "%26=%3d", "at%5b%5d=x", "+".repeat(2000)], (query) => head({ target: `${room}?${query}` })), ["canvas", "state",
    "note", "list", "upto", "changed", "revision", "prototype", "at"].flatMap((name) => each(200, ["-1",
    "99999999999999999999", "x", "0x10", "1e9", "", "<b>"], (value) =>
    head({ target: `${room}/board?${name}=${value}` }))), ["find", "history", "said"].flatMap((name) => each(200, ["-1",
    "x", "%", "(", "a".repeat(3000)].map((v) => v.replace(/%$/, "%25")), (value) =>
    head({ target: `${room}/review?${name}=${value}` }))),
  each(404, ["key=x", "key=", "", "key=../..", `key=${"a".repeat(3000)}`], (query) =>
    head({ target: `${room}/question?${query}` })),
  each(404, ["document=x", "document=../../etc/passwd", "for=x", "document=plan&for=everybody",
    `document=${"a".repeat(3000)}`], (query) => head({ target: `${room}/plan?${query}` })),
  each(400, ["canvas.svg?state=x", "canvas.svg?state=prototype99999999999999999999", "canvas.json?state=-1"], (path) =>
    head({ target: `${room}/${path}` })),
  each(404, ["plan.exe", "plan.PDF", "plan.", "plan.json?document=x", "plan.json?for=x", "canvas.exe",
    "canvas.svg?state=prototype0", "tables/x", "tables/ITEMS", "tables/items;drop", "worksheet.htm", "calendar.ICS",
    "plan.json%20"], (path) => head({ target: `${room}/${path}` })));

const post = (path, fields) => form(room + path, fields);
const long = (n) => "x".repeat(n), key = (id) => `all/${id}`;
const answers = { a_text: [{}, { v: "" }, { v: "  \n" }, { v: "a\x1b[31m" }], a_long_text: [{}, { v: "\x07" }],
  a_yes_no: [{}, { v: "maybe" }, { v: long(999) }], a_choice: [{}, { v: "green" }, { v: "RED" }, { v: "red,blue" }],
  a_choices: [{}, { v: "green" }, { v: "red\nblue" }], a_scale: [{ v: "0" }, { v: "11" }, { v: "-1" }, { v: "1.5" },
  { v: "NaN" }, { v: "1e1" }], an_integer: [{ v: "-6" }, { v: "101" }, { v: "9".repeat(400) }, { v: "0x10" },
  { v: "many" }], a_number: [{ v: "NaN" }, { v: "inf" }, { v: "1e999" }, { v: "--1" }], a_money: [{ amount: "x" },
  { amount: "1", currency: "EURX" }, { amount: "1", currency: "<b>" }, { amount: "1", period: "century" },
  { amount: "9".repeat(99) }, { currency: "EUR" }], a_date: [{ v: "2026-02-30" }, { v: "0000-00-00" },
  { v: "2026-13-01" }, { v: "99999-01-01" }, { v: "yesterday?" }], a_duration: [{ v: "x" }, { hours: "-1", minutes: "5" },
  { hours: "9999999" }, { minutes: "1.5" }], a_list: [{}, { "i.0.text": long(81) }, { "i.0.weight": "3" },
  { "i.0.text": "a", "i.0.weight": "x" }, { "i.0.text": "a", "i.0.kind": "beside" }, { "i.0.text": "a",
  "i.0.sure": "maybe" }, { "i.0.text": "a", "i.0.nothing": "x" }, { "i.0.id": unknown, "i.0.text": "a", "i.1.id": unknown,
  "i.1.text": "b" }, { "i.0.id": "../x", "i.0.text": "a" }], a_rank: [{}, { "r.red": "1" }, { "r.green": "1",
  "r.pink": "2", "r.red": "3", "r.blue": "4" }], a_grid: [{ "g.work.joy": "11" }, { "g.work.joy": "x" },
  { "g.play.joy": "1" }, { "g.work.fun": "1" }, { "g.work.joy.x": "1" }], a_commitment: [{ by: "2026-12-01" },
  { what: "x", by: "soon?" }, { by: "x" }], a_confirm: [{}, { agreed: "perhaps" }, { agreed: "true", on: "soon?" }] };
family("answers out of range", Object.entries(answers).flatMap(([id, list]) => each(422, list, (fields) => post("/answer",
    { key: key(id), ...fields }))),
  each(413, [{ key: key("a_text"), v: long(70000) }, { key: key("a_long_text"), v: long(250000) },
    { key: key("a_confirm"), agreed: "true", who: long(70000) }, { key: key("a_list"),
    ...Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`i.${i}.text`, `n${i}`])) }], (fields) => post("/answer",
    fields)),
  each(404, [{}, { key: "" }, { key: "x", v: "x" }, { key: key("nothing"), v: "x" }, { key: key("a_sort"), v: "x" },
    { key: "all/a_text/../a_text", v: "x" }, { key: "ALL/A_TEXT", v: "x" }, { key: long(100000), v: "x" }], (fields) =>
    post("/answer", fields)));
family("other fields out of range",
  each(404, ["/skip", "/keep", "/draft", "/draft/drop", "/preview", "/question"], (path) => post(path, { key: "x",
    why: "x", v: "x" })),
  each(404, ["/keep"], (path) => post(path, { key: key("a_text") })),
  each(413, [{ key: key("a_text"), why: long(70000) }], (fields) => post("/skip", fields)),
  each(422, [{}, { text: "" }, { text: "  " }, { text: "x", visibility: "public" }], (fields) => post("/note", fields)),
  each(413, [{ text: long(70000) }], (fields) => post("/note", fields)),
  each(409, ["/undo", "/redo"], (path) => post(path, {})),
  each(400, [{}, { do: "x" }, { do: "Save" }], (fields) => post("/board/change", fields)),
  each(422, [{ do: "add" }, { do: "add", to: key("a_list") }, { do: "save", key: key("a_list"), item: "x", text: " " }],
    (fields) => post("/board/change", fields)),
  each(404, [{ do: "add", to: "x", text: "x" }, { do: "remove", key: "x", item: "x" }, { do: "up", key: key("a_list"),
    item: unknown }, { do: "drop", key: key("a_list"), item: unknown, to: key("a_list"), before: "x" }], (fields) =>
    post("/board/change", fields)),
  each(404, [{ key: "x" }], (fields) => post("/board/decide", fields)),
  each(409, [{}, { steps: "99" }, { replaces: "-5" }], (fields) => post("/board/undo", fields)),
  each(422, [{}, { why: " " }], (fields) => post("/plan/give", fields)),
  each(404, [{ why: "x", document: "x" }, { why: "x", document: "plan", for: "x" }], (fields) => post("/plan/give",
    fields)),
  each(422, [{}, { language: "de" }, { language: "en\n" }, { language: "../en" }], (fields) => form("/language", fields)),
  each(422, [{}, { theme: "pink" }, { theme: "dark; Path=/x" }], (fields) => form("/theme", fields)),
  each(401, [{}, { code: "" }, { code: sid }, { code: "0".repeat(64) }, { code: long(200000) },
    { code: "x\0".replace("\0", "") }], (fields) => form("/enter", fields)),
  each(422, [{}, { name: " " }, { name: long(201) }, { name: "a\nb" }, { name: "a\x1b[31m" }, { name: "a\u009bb" },
    { name: "x", pseudonym: "a\nb" }, { name: "x", email: long(201) }], (fields) => form("/clients", fields)),
  each(409, [{ name: client }], (fields) => form("/clients", fields)),
  each(422, [{ workflow: "wall", journey_language: "xx" }, { workflow: "wall", journey_language: "en\n" }], (fields) =>
    form(`/clients/${another}/start`, fields)),
  each(409, [{ workflow: "types" }], (fields) => form(`/clients/${another}/start`, fields)),
  each(404, [{ workflow: "x" }, { workflow: "../types" }, { workflow: "" , journey_language: "en" },
    { workflow: "/etc/passwd" }], (fields) => form(`/clients/${another}/start`, fields)),
  each(400, [{}, { answers: " " }, { answers: "not a worksheet" }, { answers: "[".repeat(50000) },
    { answers: '{"a":1,"a":2}' }, { answers: "{}" }, { answers: "null" }], (fields) => post("/worksheet", fields)),
    ["/note", "/answer", "/board/change", "/draft", "/worksheet", "/plan/give"].flatMap((path) => each(400, bad,
    (value) => form(room + path, `key=all/a_text&text=${value}&v=x&do=add`))));
family("ways back that lead elsewhere: home instead",
  each(303, ["//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "http://evil.example",
    "javascript:alert(1)", "/\t/evil.example", "/\n/evil.example", "/\r/evil.example", "/x\r\nX-Injected: y",
    "/x\rX-Injected: y", "\t//evil.example", " //evil.example", "/\x01", "evil.example", ""], (back) => form("/theme",
    { theme: "auto", back })));

// Nobody waits for an answer to half a request; it has no effect.
const whole = form(`${room}/note`, { text: "half", key: "" });
const cuts = [1, 5, 20, 60, whole.indexOf("\r\n\r\n"), whole.indexOf("\r\n\r\n") + 2, whole.indexOf("\r\n\r\n") + 3,
  whole.length - 9, whole.length - 1];
family("halves", cuts.map((n) => [whole.slice(0, n), [], `${n} bytes`, { half: true }]),
  each([], ["", "\r", "GET / HTTP/1.1\rHost: x\r\r"], (bytes) => bytes).map((one) => [...one, { half: true }]));

// ---- sending it ------------------------------------------------------------------------------------------------------

const file = () => { const { mtimeNs, size } = statSync(process.env.ESPALIER_DB,
  { bigint: true }); return `${mtimeNs} ${size}`; };
// What is refused before anybody has looked at what it asks for tells nothing of anybody.
const bodiless = [400, 421], silent = [401, 403, 405, 411, 414, 415, 417, 421, 431, 501, 505],
  known = /^POST \S+\/(board\/change|worksheet) /;
let sent = 0, seen = 0;
function judge(answer, wanted, bytes) {
  const { status, headers, body } = answer, wrong = faults(answer);
  if (status !== wanted) wrong.push(`status ${status} instead of ${wanted}`);
  if (bodiless.includes(status) && body && !known.test(bytes)) wrong.push("says something");
  if (answer.missing > 0) wrong.push(`${answer.missing} bytes of its body are missing`);
  if (silent.includes(status) && !/^HEAD /.test(bytes) && (body.includes(client)
    || body.includes(another))) wrong.push("tells of a client");
  if (headers["x-injected"]) wrong.push("has a header of the request");
  if (headers["set-cookie"] && ![303].includes(status)) wrong.push("sets a cookie");
  if (headers.location && !/^\/[\w./?=&%:-]*$/.test(headers.location[0]) || headers.location?.[0].startsWith("//")
    || (status === 303) !== Boolean(headers.location))
    wrong.push(`leads to ${headers.location}`);
  if (status === 405 && !/^(GET, HEAD|POST)(, (GET, HEAD|POST))*$/.test(headers.allow?.[0])) wrong.push(`allows ${headers.allow}`);
  return wrong;
}
const before = digest([client, another]);
for (const [name, requests] of Object.entries(families)) {
  const wrong = [];
  for (const [pieces, statuses, note, how] of requests) {
    const wanted = [statuses].flat(), was = file(), got = await server.send(pieces, how), bytes = [pieces].flat().join("");
    const faults = got.length === wanted.length ? got.flatMap((answer, i) => judge(answer, wanted[i], bytes))
      : [`${got.map((one) => one.status)} instead of ${wanted}`];
    if (file() !== was) faults.push("something was written");
    if (faults.length > 0) wrong.push([JSON.stringify(note ?? bytes).slice(0, 120), ...faults]);
    sent++;
    seen += got.length;
  }
  ok(`${name} (${requests.length})`, requests.length > 0 && wrong.length === 0, [wrong.length, ...wrong.slice(0,
    process.env.ALL ? 1e9 : 12)]);
}
ok(`${sent} hostile requests, at least 300, with ${seen} answers`, sent >= 300);
equal("nothing has changed", digest([client, another]), before);
const [room200] = await server.send(head({ target: room }));
equal("the server lives, and knows its coach", room200.status, 200);
const [noted] = await server.send(form(`${room}/note`, { text: "An honest note", key: "" }));
equal("an honest request is taken", noted.status, 303);
ok("and changes what the others were held against", digest([client, another]) !== before);
equal("it had nothing to say of them", server.told.split("\n").filter((said) => /error|warn|assert|leak/i.test(said)), []);
await server.stop();
process.exit(0);
