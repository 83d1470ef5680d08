import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { Parser } = createRequire(import.meta.url)('@asyncapi/parser');
const { document, diagnostics } = await new Parser().parse(readFileSync('asyncapi.json', 'utf8'));
for (const { path, message } of diagnostics) console.error(`${path.join('/')}: ${message}`);
if (!document || diagnostics.length > 0) process.exitCode = 1;
