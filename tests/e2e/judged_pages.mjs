// Pages in a browser: nothing is asked of any other place, nothing runs that is not ours, nothing is wider than the
// window, and axe finds no violation, light and dark.  Beside PAGE.html its text is left as PAGE.html.text.
//   node judged_pages.mjs PAGE.html ... [--no-axe PAGE.html ...]     a line for each fault, and status 1
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
const require = createRequire(process.env.NODE_PACKAGES + '/');
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

let faults = 0;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-dev-shm-usage'],
});
const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme: 'light' });
const page = await context.newPage();
const debug = await context.newCDPSession(page);
let name = '';
const fault = (text) => {
  faults++;
  console.log(`${name}: ${text}`);
};
let own = '';
await context.route('**', (route) => {
  if (route.request().url() === own || route.request().url().startsWith('data:')) return route.continue();
  fault(`asks for ${route.request().url().slice(0, 100)}`);
  return route.abort();
});
page.on('dialog', (dialog) => {
  fault(`a dialog: ${dialog.message()}`);
  dialog.dismiss();
});
page.on('pageerror', (error) => fault(`an error: ${error.message}`));
page.on('console', (message) => message.type() === 'error' && fault(`the browser says: ${message.text().slice(0, 200)}`));
async function violations(options, mode) {
  // The library comes by the debugger: the page's own policy lets no script in.
  if (!(await page.evaluate('typeof axe === "object"'))) await debug.send('Runtime.evaluate', { expression: `${axe};0` });
  const result = await page.evaluate((given) => axe.run(document, { ...given, resultTypes: ['violations'] }), options);
  for (const violation of result.violations)
    fault(`${mode}: ${violation.id}: ${violation.nodes.length} times: ${violation.nodes[0].html.slice(0, 160)}`);
}
let judged = true;
for (name of process.argv.slice(2)) {
  if (name === '--no-axe') {
    judged = false;
    continue;
  }
  own = pathToFileURL(name).href;
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(own);
  if (judged) {
    await violations({}, 'light');
    await page.emulateMedia({ colorScheme: 'dark' });
    // What colours have no part in is as it was.
    await violations({ runOnly: ['color-contrast', 'link-in-text-block'] }, 'dark');
  }
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 900 });
    const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    if (wide > room) fault(`${wide} px wide where there are ${room}`);
  }
  writeFileSync(`${name}.text`, await page.evaluate(() => {
    const body = document.body.cloneNode(true);
    body.querySelectorAll('script, style').forEach((node) => node.remove());
    return [...body.querySelectorAll('*')].reduce((all, node) => {
      for (const child of node.childNodes) if (child.nodeType === 3) child.data += ' ';
      return all;
    }, body).textContent;
  }));
}
await browser.close();
process.exit(faults ? 1 : 0);
