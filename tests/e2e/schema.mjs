// Is each file what a schema says?  node schema.mjs SCHEMA FILE ...: a line for each that is not, and status 1.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
const require = createRequire(process.env.NODE_PACKAGES + '/');
const Ajv = require('ajv').default;
const [schema, ...files] = process.argv.slice(2);
const read = (name) => JSON.parse(readFileSync(name, 'utf8'));
const fits = new Ajv({ allErrors: true, strict: false }).compile(read(schema));
let wrong = 0;
for (const file of files) {
  if (fits(read(file))) continue;
  wrong++;
  for (const fault of fits.errors.slice(0, 5))
    console.log(`${file}: ${fault.instancePath} ${fault.message} ${JSON.stringify(fault.params)}`);
}
process.exit(wrong ? 1 : 0);
