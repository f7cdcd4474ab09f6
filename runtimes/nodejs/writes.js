'use strict';

// Tells whether something was written that the launcher knows nothing of: past the marks to standard output, say, by
// the action or by a process that it has started.
//
// The kernel counts what a process writes, whatever to (/proc/self/io), and numbers the processes of a container (the
// last word of /proc/loadavg). So an action also counts as such a writer that writes to a file or calls a service; a
// process of an earlier request is no concern of this: the server ends a sandbox that is left with any. Where the kernel
// does not tell, everything may have been written.

const fs = require('node:fs');

const { openSync, readSync } = fs;
const WRITTEN = 'wchar: ';
const buffer = Buffer.alloc(1024);
const counts = open('/proc/self/io');
const processes = open('/proc/loadavg');

let own = 0; // bytes that the launcher has written
let last = look();

function open(path) {
  try {
    return openSync(path);
  } catch {
    return -1;
  }
}

/// The launcher itself has written so many bytes.
function wrote(bytes) {
  own += bytes;
}

/// Whether since the last time no process was started and nobody but the launcher has written. Writes of requests that
/// overlap are told of the one that ends first.
function areOwn() {
  const before = last;
  last = look();
  return before !== undefined && last !== undefined
    && last.others === before.others && last.lastProcess === before.lastProcess;
}

function look() {
  try {
    const text = read(counts);
    const others = parseInt(text.slice(text.indexOf(WRITTEN) + WRITTEN.length), 10) - own;
    const load = read(processes);
    const lastProcess = parseInt(load.slice(load.lastIndexOf(' ') + 1), 10);
    return Number.isNaN(others) || !lastProcess ? undefined : { others, lastProcess };
  } catch {
    return undefined;
  }
}

function read(file) {
  return buffer.latin1Slice(0, readSync(file, buffer, 0, buffer.length, 0));
}

module.exports = { areOwn, wrote };
