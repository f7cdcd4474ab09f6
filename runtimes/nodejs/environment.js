'use strict';

// The environment variables of rows K-10 and K-11.
//
// The C library never gives back a text that setenv got: a sandbox that serves millions of runs would fill its memory
// with their ids. So the code sees an object that stands for the environment; what changes with each run is written
// there alone. All else is in the process's own environment as well, for native code. Worker threads get what the
// object has: by themselves they would copy the process's own.

const MOST_CHANGES = 16; // of a variable in the process's own environment

const own = process.env;
const seen = { ...own };
process.env = new Proxy(seen, {
  set(_, name, value) {
    own[name] = value; // throws for what no variable can be, and makes a text of everything else
    seen[name] = own[name];
    return true;
  },
  defineProperty(_, name, descriptor) {
    if (!Reflect.defineProperty(own, name, descriptor)) return false;
    seen[name] = own[name];
    return true;
  },
  preventExtensions() {
    return false; // else no run could set its own any more
  },
  deleteProperty(_, name) {
    return delete own[name] && delete seen[name];
  },
});

let areThreadsToldOfIt = false;

function tellThreads() {
  if (areThreadsToldOfIt) return;
  areThreadsToldOfIt = true;
  const threads = require('node:worker_threads');
  threads.Worker = class Worker extends threads.Worker {
    constructor(file, options = {}) {
      super(file, options.env === undefined ? { ...options, env: { ...seen } } : options);
    }
  };
  require('node:module').syncBuiltinESMExports();
}

setImmediate(tellThreads); // it takes some milliseconds: better before there is code than when it comes

const initial = new Map(); // as the init set them
const current = new Map(); // key of the request document → the value set for it
const variables = new Map(); // key of the request document → its variable

function initialize(values) {
  tellThreads();
  for (const [name, value] of Object.entries(values)) {
    const text = textOf(value);
    initial.set(name, text);
    process.env[name] = text;
  }
}

function textOf(value) {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function variableOf(key) {
  let variable = variables.get(key);
  if (variable === undefined) {
    variable = { name: '__OW_' + key.toUpperCase(), changes: 0 };
    variables.set(key, variable);
  }
  return variable;
}

/// @param text undefined for none
function write(variable, text) {
  const { name } = variable;
  if (text === undefined) delete seen[name];
  else seen[name] = text;
  if (variable.changes > MOST_CHANGES) return;
  variable.changes++;
  if (text === undefined || variable.changes > MOST_CHANGES) delete own[name];
  else own[name] = text;
}

/// Sets `__OW_<KEY>` for every field of a run request but its value, and takes back what only an earlier request
/// set: one caller's key must not be there for the next.
function update(request) {
  for (const key in request) {
    const value = request[key];
    if (key === 'value' || current.get(key) === value) continue;
    current.set(key, value);
    write(variableOf(key), textOf(value));
  }
  for (const key of current.keys()) {
    if (key in request) continue;
    current.delete(key);
    const variable = variableOf(key);
    write(variable, initial.get(variable.name));
  }
}

module.exports = { initialize, update };
