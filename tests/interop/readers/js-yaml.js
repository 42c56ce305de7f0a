#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// The package js-yaml of Node, YAML 1.2 by its core schema. Prints {FILE: [DOCUMENT, ...], ...} as JSON. Usage: js-yaml.js FILE...
const fs = require('fs'), yaml = require('/usr/share/nodejs/js-yaml');
const all = {};
for (const file of process.argv.slice(2))
	all[file] = yaml.loadAll(fs.readFileSync(file, 'utf8'), null, { schema: yaml.CORE_SCHEMA });
process.stdout.write(JSON.stringify(all));
