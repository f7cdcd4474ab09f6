'use strict';

// Errors as text and as JSON.

const MAX_DEPTH = 8;

/// One line for people.
function describe(error) {
  try {
    return String(error);
  } catch {
    return 'an error that cannot be shown';
  }
}

/// What went wrong and where, without the frames of Node and of this runtime.
function explain(error) {
  return trimmed(String(error?.stack ?? error));
}

function trimmed(stack) {
  return stack
    .split('\n')
    .filter((line) => !/^\s+at /.test(line) || !(line.includes('node:') || line.includes(__dirname)))
    .join('\n')
    .trimEnd();
}

/// An error as plain data: name, message, stack, code and its own fields; anything else as it is.
function serialize(value, above = []) {
  if (typeof value === 'function') return `[Function: ${value.name || 'anonymous'}]`;
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
  if (value === null || typeof value !== 'object') return value;
  if (above.includes(value)) return '[Circular]';
  if (above.length >= MAX_DEPTH || Buffer.isBuffer(value)) return describe(value);
  if (typeof value.toJSON === 'function') return value.toJSON();
  const path = [...above, value];
  if (Array.isArray(value)) return value.map((each) => serialize(each, path));
  const plain = {};
  for (const [key, field] of Object.entries(value)) {
    if (typeof field !== 'function') plain[key] = serialize(field, path);
  }
  for (const key of ['name', 'stack', 'message', 'code']) {
    if (typeof value[key] === 'string') plain[key] = value[key];
  }
  if (typeof plain.stack === 'string') plain.stack = trimmed(plain.stack);
  return plain;
}

module.exports = { describe, explain, serialize };
