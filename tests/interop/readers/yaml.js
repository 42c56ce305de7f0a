#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// The package yaml of Node, YAML 1.2. Prints {FILE: [DOCUMENT, ...], ...} as JSON. Usage: yaml.js FILE...
const fs = require('fs'), yaml = require('/usr/share/nodejs/yaml');
const all = {};
for (const file of process.argv.slice(2)) {
	const documents = yaml.parseAllDocuments(fs.readFileSync(file, 'utf8'), { version: '1.2' });
	all[file] = documents.map(one => { if (one.errors.length) throw one.errors[0]; return one.toJS(); });
}
process.stdout.write(JSON.stringify(all));
