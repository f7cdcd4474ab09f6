'use strict';

// Runs one check: node run.js FILE CHECK. Ends with 0 if it held; otherwise what is wrong is on stderr.

const path = require('node:path');

const [file, name] = process.argv.slice(2);
const check = require(path.resolve(__dirname, file))[name];
if (check === undefined) throw new Error(`${file} has no check named ${name}`);

check().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
