// Judges JSON files by a schema: node schema.mjs SCHEMA FILE ...   prints what is wrong; status 1 if anything is.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
const require = createRequire(process.env.NODE_PACKAGES + '/');
const Ajv = require('ajv');
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictRequired: false, allowUnionTypes: true });
require('ajv-formats')(ajv);
const validate = ajv.compile(read(process.argv[2]));
let wrong = 0;
for (const file of process.argv.slice(3)) {
  if (validate(read(file))) continue;
  wrong++;
  for (const e of validate.errors.slice(0, 5))
    console.log(`${file}: ${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`);
}
console.log(`${process.argv.length - 3} files, ${wrong} wrong`);
process.exit(wrong ? 1 : 0);
