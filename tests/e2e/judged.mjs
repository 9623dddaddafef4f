// What other programs read in our documents, held against what we wrote.  A line for each fault, and status 1.
//   node judged.mjs words TEXT OTHER ...      every word of TEXT is in each OTHER, pairs: TEXT OTHER TEXT OTHER ...
//   node judged.mjs order PANDOC PAGES ...    the words of a document stand in that order on the pages
//   node judged.mjs outline PANDOC OTHER ...  the same headings, and tables of as many rows and columns
//   node judged.mjs inside BBOX ...           no word leaves its page
//   node judged.mjs hostile TEXT OTHER ...    hostile texts that are in TEXT are in OTHER as they were written
//   node judged.mjs cells CSV CSV ...         the same rows and cells
// PANDOC is pandoc's JSON, BBOX what `pdftotext -bbox` prints, the others are plain texts.
import { readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';

let faults = 0;
const fault = (name, text) => {
  faults++;
  console.log(`${name}: ${text}`);
};
const read = (name) => readFileSync(name, 'utf8');
const pairs = (list) => list.flatMap((name, i) => (i % 2 ? [] : [[name, list[i + 1]]]));

// Signs that nobody sees are left out, what is one letter is one letter, and the letters of Arabic ligatures, which
// programs read from a page in either order, have one order.
const plain = (text) => text.normalize('NFKC').replace(/[\p{Cf}\p{Cc}\p{Mn}\p{Me}]/gu, (sign) => (/\s/.test(sign) ? ' ' : ''))
  .replace(/[\u2010\u2011]/g, '-').replace(/[’ʼ]/g, "'")
  .replace(/[اأإآل]+/g, (run) => [...run].sort().join(''));
const words = (text) => plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];
const squeezed = (text) => plain(text).replace(/\s+/gu, '');
// The last two lines of a page (the first has one) are its running header and its number.
const running = /(^|\n)(?:[^\n]*\n)?Page \d+ (?:of|sur) \d+\s*$/;
const pages = (text) => text.split('\f').map((page, i) =>
  (i > 0 ? page.replace(running, '') : page.replace(/(^|\n)Page \d+ (?:of|sur) \d+\s*$/, ''))).join('\n');

// Letters under a heap of marks are read in many ways: they are left out where words are looked for.
const bare = (text) => text.normalize('NFC').replace(/\S*[\u0300-\u036f]\S*/gu, ' ');
function compareWords(reference, other) {
  const there = squeezed(read(other)), missing = new Set();
  const alone = new Set(words(read(other)));
  for (const word of new Set(words(bare(read(reference)))))
    if (!alone.has(word) && !holds(there, word)) missing.add(word);
  if (missing.size) fault(other, `${missing.size} words are missing: ${[...missing].slice(0, 8).join(' ').slice(0, 300)}`);
}
// A word that is longer than a page is read with what stands at the ends of pages in it.
const holds = (text, word) => text.includes(word) ||
  (word.length > 500 && (word.match(/[\s\S]{1,40}/g) ?? []).every((part) => text.includes(part)));

const inline = (x) => (Array.isArray(x) ? x.map(inline).join('') : !x || typeof x !== 'object' ? '' :
  x.t === 'Str' ? x.c : /^(Space|SoftBreak|LineBreak)$/.test(x.t) ? ' ' : x.t === 'Code' || x.t === 'Math' ? x.c[1] :
  x.t === 'RawInline' || x.t === 'RawBlock' ? x.c[1] : x.t === 'Link' || x.t === 'Image' || x.t === 'Span' ? inline(x.c[1]) :
  x.t === 'Quoted' ? `"${inline(x.c[1])}"` : x.c === undefined ? '' : inline(x.c));
const cellsOf = (row) => row[1].map((cell) => inline(cell[4].map((block) => [block, { t: 'Space' }])).trim());
// Headings, tables, and everything as texts.
function blocks(all) {
  const heads = [], tables = [], texts = [];
  const add = (block) => {
    const c = block.c;
    if (block.t === 'Header') heads.push(`${c[0]} ${inline(c[2]).trim()}`), texts.push(inline(c[2]));
    else if (block.t === 'Table') {
      const head = c[3][1], body = c[4].flatMap((part) => [...part[2], ...part[3]]);
      const rows = [...head, ...body].map(cellsOf).filter((row) => row.some(Boolean));
      tables.push({ rows: rows.length, columns: rows[0]?.length ?? 0 });
      rows.forEach((row) => texts.push(...row));
    } else if (block.t === 'BulletList') c.forEach((item) => item.forEach(add));
    else if (block.t === 'OrderedList') c[1].forEach((item) => item.forEach(add));
    else if (block.t === 'BlockQuote') c.forEach(add);
    else if (block.t === 'Div') c[1].forEach(add);
    else if (block.t === 'LineBlock') c.forEach((line) => texts.push(inline(line)));
    else if (block.t === 'CodeBlock') texts.push(c[1]);
    else texts.push(inline(c));
  };
  all.forEach(add);
  return { heads, tables, texts };
}
// A canvas in Markdown: a heading, what state it shows, whose it is and of which day; then a heading for each box.  On a
// page the boxes have an order of their own.
function beforeCanvases(file) {
  const all = JSON.parse(read(file)).blocks;
  const end = all.findIndex((block, i) => block.t === 'Header' && block.c[0] >= 3 &&
    all.slice(i + 1, i + 3).some((next) => next.t === 'Para' && / · .*\d{4}$/.test(inline(next.c))));
  return blocks(end < 0 ? all : all.slice(0, end)).texts;
}
// Lines that run from the right are read from a page as they are seen.
const turned = /[\u0590-\u08ff]/;
function compareOrder(reference, other) {
  const there = squeezed(pages(read(other)));
  let at = 0, before = '';
  for (const text of beforeCanvases(reference).filter((one) => !turned.test(one))) {
    for (const word of words(bare(text))) {
      const found = there.indexOf(word, at);
      if (found < 0 && word.length > 500) continue;
      if (found < 0) return fault(other, `"${word.slice(0, 80)}" does not follow on "${before.slice(-80)}"`);
      at = found + word.length;
      before = `${before} ${word}`.slice(-100);
    }
  }
}
function compareOutline(reference, other) {
  const [wanted, is] = [reference, other].map((file) => blocks(JSON.parse(read(file)).blocks));
  const heads = (list) => list.map((head) => plain(head).replace(/\s+/g, ' '));
  const there = heads(is.heads), all = squeezed(is.texts.join(''));
  // What is a heading on a canvas is a text in its table.
  for (const head of heads(wanted.heads)) {
    if (head === there[0]) there.shift();
    else if (!all.includes(squeezed(head.slice(2)))) return fault(other, `the heading "${head}" is not there`);
    else if (Number(head[0]) < 3) return fault(other, `"${head}" is no heading`);
  }
  if (there.length) fault(other, `the heading "${there[0]}" is not in Markdown`);
  // Canvases are tables there as well.  (This reader of ODT leaves out the rows that are repeated on each page.)
  const odt = other.includes('.odt');
  let at = 0;
  for (const { rows, columns } of wanted.tables) {
    const fits = (table) => table.columns === columns && (table.rows === rows || (odt && table.rows === rows - 1));
    while (at < is.tables.length && !fits(is.tables[at])) at++;
    if (at++ >= is.tables.length) return fault(other, `a table of ${rows} x ${columns} is not there`);
  }
}
function compareInside(file) {
  let wide = 0, high = 0, n = 0;
  for (const [line] of read(file).matchAll(/<(?:page|word) [^>]*>/g)) {
    const number = (name) => Number(line.match(`${name}="([-.0-9]+)"`)[1]);
    if (line.startsWith('<page')) [wide, high] = [number('width'), number('height')];
    else if (n++, number('xMin') < 0 || number('yMin') < 0 || number('xMax') > wide || number('yMax') > high)
      return fault(file, `${line.slice(0, 100)} leaves its page of ${wide} x ${high}`);
  }
  if (n === 0) fault(file, 'there is no word');
}
function compareHostile(reference, other, texts) {
  const from = squeezed(read(reference)), there = squeezed(pages(read(other)));
  let n = 0;
  for (const text of texts) {
    const wanted = squeezed(text);
    if (/\.pdf\.(all|text)$/.test(other) && (turned.test(text) || /\p{Emoji_Presentation}/u.test(text))) continue;
    if (!from.includes(wanted)) continue;
    n++;
    if (!there.includes(wanted)) fault(other, `"${text.slice(0, 100)}" is not as it was written`);
  }
  if (n < 3) fault(reference, `only ${n} hostile texts are in it`);
}
function cells(file) {
  const rows = [[]], text = read(file).replace(/^\uFEFF/, '').replace(/\r\n/g, '\n');
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g)) {
    rows.at(-1).push(quoted?.replaceAll('""', '"') ?? bare);
    if (end === '\n') rows.push([]);
    if (end === '') break;
  }
  return rows.filter((row) => row.length > 1);
}
function compareCells(reference, other) {
  const a = cells(reference), b = cells(other);
  if (a.length < 2 || a.length !== b.length) fault(other, `${a.length} rows are ${b.length}`);
  a.forEach((row, y) => row.forEach((cell, x) => {
    const same = cell === b[y]?.[x] || (/^-?[\d.]+$/.test(cell) && Number(cell) === Number(b[y]?.[x]));
    if (!same) fault(other, `row ${y + 1}, cell ${x + 1}: ${JSON.stringify(cell)} is ${JSON.stringify(b[y]?.[x])}`);
  }));
}
const [act, ...files] = process.argv.slice(2);
const hostile = act === 'hostile' &&
  JSON.parse(execFileSync(process.execPath, [new URL('judged_hostile.mjs', import.meta.url).pathname, 'texts'], { encoding: 'utf8' }));
const acts = {
  words: () => pairs(files).forEach(([a, b]) => compareWords(a, b)),
  order: () => pairs(files).forEach(([a, b]) => compareOrder(a, b)),
  outline: () => pairs(files).forEach(([a, b]) => compareOutline(a, b)),
  inside: () => files.forEach(compareInside),
  hostile: () => pairs(files).forEach(([a, b]) => compareHostile(a, b, hostile)),
  cells: () => pairs(files).forEach(([a, b]) => compareCells(a, b)),
};
acts[act]();
process.exit(faults ? 1 : 0);
