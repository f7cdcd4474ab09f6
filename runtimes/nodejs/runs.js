'use strict';

// Which run is the code running for that is executing now?
//
// A run that starts while no other is in flight has no asynchronous context of its own: whatever runs without a
// context belongs to it. Only runs that overlap pay for AsyncLocalStorage.

const logs = require('./logs.js');

const inFlight = new Map(); // by request number, oldest first
let storage = null;
let alone = logs.openRun(0); // the run without a context; a finished one keeps its number, so its late lines do too

/// @param isMarked whether the server reads marks
function start(number, isMarked = true) {
  const run = logs.openRun(number);
  run.isMarked = isMarked;
  run.hasContext = inFlight.size > 0;
  if (!run.hasContext) alone = run;
  inFlight.set(number, run);
  return run;
}

/// Calls a function so that everything it starts belongs to the run.
function enter(run, call, argument) {
  if (!run.hasContext) return call(argument);
  if (storage === null) storage = new (require('node:async_hooks').AsyncLocalStorage)();
  return storage.run(run, call, argument);
}

/// Must be called once per run.
function finish(run) {
  logs.closeRun(run);
  inFlight.delete(run.number);
}

function current() {
  return (storage !== null && storage.getStore()) || alone;
}

/// The run that an error outside of any promise or call belongs to, or undefined.
function blamed() {
  const run = current();
  return run.isOver ? undefined : run;
}

module.exports = { start, enter, finish, current, blamed };
