'use strict';

// The environment variables of rows K-10 and K-11. Writing one is a system call's worth of time, so that only
// what changed is written.

const { env } = process;

const initial = new Map(); // as the init set them
const current = new Map(); // key of the request document → the value set for it
const names = new Map();

function initialize(variables) {
  for (const [name, value] of Object.entries(variables)) {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    initial.set(name, text);
    env[name] = text;
  }
}

function nameOf(key) {
  let name = names.get(key);
  if (name === undefined) {
    name = '__OW_' + key.toUpperCase();
    names.set(key, name);
  }
  return name;
}

/// Sets `__OW_<KEY>` for every field of a run request but its value, and takes back what only an earlier request
/// set: one caller's key must not be there for the next.
function update(request) {
  for (const key in request) {
    const value = request[key];
    if (key === 'value' || current.get(key) === value) continue;
    current.set(key, value);
    env[nameOf(key)] = typeof value === 'string' ? value : JSON.stringify(value);
  }
  for (const key of current.keys()) {
    if (key in request) continue;
    const name = nameOf(key);
    current.delete(key);
    if (initial.has(name)) env[name] = initial.get(name);
    else delete env[name];
  }
}

module.exports = { initialize, update };
