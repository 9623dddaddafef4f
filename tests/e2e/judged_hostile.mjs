// A client whose every text is hostile: holds a whole journey through `run --json`, answering whatever is asked.
//   node judged_hostile.mjs ESPALIER CLIENT WORKFLOW LANGUAGE
// or: node judged_hostile.mjs texts      the hostile texts, as JSON
import { execFileSync, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export const texts = [
  `<script>alert(1)</script><img src=x onerror=alert(2)>`,
  `"><svg/onload=alert(3)>'--></style></title></textarea>`,
  '# Not a heading',
  '[press](javascript:alert(4)) ![look](http://192.0.2.1/a.png)',
  '| a | b |\n|---|---|\n| <b>c</b> | d |',
  '=HYPERLINK("http://192.0.2.1/","x")',
  "+1+cmd|' /C calc'!A0",
  '{{answers.x}} {{{client.name}}} {{#a}}{{>b}}{{/a}}',
  '&lt;b&gt; &amp;amp; &#x3c; ]]> <![CDATA[ <!ENTITY x SYSTEM "file:///etc/passwd">',
  '```\ncode\n``` ~~~ `tick` **bold** _low_ \\back\\slash\\',
  '- item\n1. one\n> quoted\n---\n    indented',
  'شكرا جزيلا (123) <b>لك</b> و hello',
  'עברית 42% "ציטוט"',
  '家族👩‍👩‍👧‍👦と🏳️‍🌈の絵文字',
  'zero​width and soft­hyphen and no break',
  'Z͑ͫ̓a̴l̵g̶o̷ ẹ́',
  '\tBEGIN:VEVENT\nDTSTART:20261123\nEND:VCALENDAR;\\,:',
  '$(rm -rf ~) `id` %s%n %00 ../../etc/passwd C:\\CON',
  'canvas:current) ![x](canvas:diff) <a href="data:text/html,x">',
  '@SUM(A1:A9)\t-2+3',
];
const long = (letter, n) => letter.repeat(n);
let turn = 0;
const cut = (text, max) => {
  const letters = [...text];
  return max && letters.length > max ? letters.slice(0, max).join('') : text;
};
function text(question) {
  turn++;
  const whole = question.type === 'long_text' && turn % 9 === 0 ? long('W', 20000) :
    turn % 11 === 0 ? long('m', 400) : `${texts[turn % texts.length]} ${turn}`;
  const flat = question.type === 'long_text' ? whole : whole.replace(/[\n\t]/g, ' ');
  return cut(flat, question.max);
}
const whole = (question, low = 0, high = 10) => {
  const from = question.from ?? question.min ?? low, to = question.to ?? question.max ?? high;
  return from + (turn++ % (to - from + 1));
};
const day = () => `2027-0${1 + turn++ % 9}-11`;
let many = 0;
const said = new Set();
function list(question) {
  const most = question.max ?? 500;
  let n = Math.max(question.min ?? 1, Math.min(most, 3));
  if (most >= 500 && many++ === 0) n = 500;
  const seen = new Set(), items = [];
  while (items.length < n) {
    const item = {};
    for (const [name, field] of Object.entries(question.item ?? { text: { type: 'text' } }))
      item[name] = value(field);
    if (seen.has(item.text)) continue;
    seen.add(item.text);
    items.push(item);
  }
  return items;
}
function grid(question) {
  const cells = {};
  for (const row of question.rows) {
    cells[row.id] = {};
    for (const scale of question.scales) cells[row.id][scale.id] = whole(scale);
  }
  return cells;
}
const pick = (options) => options[turn++ % options.length].id;
function value(question) {
  switch (question.type) {
    case 'text': case 'long_text': return text(question);
    case 'yes_no': return !said.has(question.id) && Boolean(said.add(question.id)); // else there is always another draft
    case 'choice': return pick(question.options);
    case 'choices': return question.options.slice(0, question.max ?? 99).map((option) => option.id);
    case 'scale': case 'integer': case 'duration': return whole(question);
    case 'number': return 2.5;
    case 'money': return { amount: '1200.00', currency: question.currency ?? 'EUR', period: 'month' };
    case 'date': return day();
    case 'list': return list(question);
    case 'sort': return Object.fromEntries(question.rows.map((row) => [row.id, { to: pick(question.columns), why: text({}) }]));
    case 'grid': return grid(question);
    case 'rank': return (question.rows ?? question.options).map((row) => row.id);
    case 'commitment': return { what: text({}), by: day(), know: text({}), help: text({}) };
    case 'confirm': return { agreed: true, who: text({}).slice(0, 60), on: '2026-11-23' };
  }
  throw new Error(`a question of type ${question.type}`);
}
async function hold(program, client, workflow, language) {
  const run = (...args) => execFileSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  run('client', 'add', `${client} <script>alert(0)</script>&"'`, '--lang', language, '--pseudonym', '</title>=1+1|*P*');
  run('start', client, workflow);
  const child = spawn(program, ['run', client, '--json'], { stdio: ['pipe', 'pipe', 'inherit'] });
  let asked = 0, refused = 0, last = '';
  for await (const line of createInterface({ input: child.stdout })) {
    const view = JSON.parse(line);
    if (view.type === 'error') {
      console.error(JSON.stringify(view), last);
      if (++refused > 20) throw new Error('refused too often');
      continue;
    }
    const open = view.open.find((question) => question.state === 'open');
    if (!open || asked++ > 900) break;
    const act = !open.required && open.key.length % 7 === 0 ? { skip: { [open.key]: text({}) } } :
      { answer: { [open.key]: value(open) } };
    last = JSON.stringify(act).slice(0, 500);
    child.stdin.write(JSON.stringify(act) + '\n');
  }
  child.stdin.end();
  for (const note of texts.slice(0, 6)) run('note', client, note, '--shared');
  run('note', client, texts[7]);
  console.log(`${client}: ${asked} asked, ${refused} refused`);
}
if (process.argv[2] === 'texts') console.log(JSON.stringify(texts));
else if (process.argv[5]) await hold(...process.argv.slice(2));
