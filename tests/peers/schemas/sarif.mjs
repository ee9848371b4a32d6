// Called as sarif.mjs FILE: says what in a SARIF log does not fit the published schema, and ends with 1 if anything does.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv from 'ajv';

const require = createRequire(import.meta.url);
const read = path => JSON.parse(readFileSync(path, 'utf8'));

const ajv = new Ajv({ schemaId: 'auto', allErrors: true });
ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json'));
const validate = ajv.compile(read(require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')));

if (!validate(read(process.argv[2]))) {
  for (const error of validate.errors) console.log(`${error.dataPath} ${error.message}`);
  process.exit(1);
}
console.log('valid');
