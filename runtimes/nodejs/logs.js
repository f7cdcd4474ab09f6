'use strict';

// Marks each line of output with the run that wrote it and the time, and writes it at once:
//   0x1E <request number> ':' <microseconds since the epoch> 0x1F <text> '\n'

const fs = require('node:fs');
const { performance } = require('node:perf_hooks');

const STDOUT = 1;
const STDERR = 2;
const NEWLINE = '\n';
const MAX_PARTIAL = 1024 * 1024; // of a line without an end, characters
const CLOCK_DRIFT_MILLIS = 5;

const writeSync = fs.writeSync;
const { now: wallMillis } = Date;
const monotonicMillis = performance.now.bind(performance);
const sleeper = new Int32Array(new SharedArrayBuffer(4));
const sleep = Atomics.wait;

let origin = wallMillis() - monotonicMillis();

/// Microseconds since the epoch: finer than the wall clock, and following it when that is set.
function nowMicros() {
  const passed = monotonicMillis();
  const wall = wallMillis();
  if (Math.abs(wall - origin - passed) > CLOCK_DRIFT_MILLIS) origin = wall - passed;
  return Math.floor((origin + passed) * 1000);
}

/// Writes all of the bytes before it returns, so that they are in the pipe when the reply is sent.
function writeAll(fd, bytes) {
  let at = 0;
  while (at < bytes.length) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      if (error.code === 'EAGAIN') sleep(sleeper, 0, 0, 1); // a full pipe that somebody made non-blocking
      else if (error.code !== 'EINTR') return; // nobody reads any more
    }
  }
}

/// What one request has written to each stream since the last end of a line.
function openRun(number) {
  return { number, partial: { [STDOUT]: '', [STDERR]: '' }, isOver: false };
}

/// Ends the output of a run: its last lines need no line end.
function closeRun(run) {
  run.isOver = true;
  for (const fd of [STDOUT, STDERR]) {
    if (run.partial[fd] !== '') write(run, fd, NEWLINE);
  }
}

function write(run, fd, text) {
  const whole = run.partial[fd] + text;
  const end = whole.length > MAX_PARTIAL ? whole.length : whole.lastIndexOf(NEWLINE) + 1;
  run.partial[fd] = whole.slice(end);
  if (end === 0) return;
  const mark = '\x1e' + run.number + ':' + nowMicros() + '\x1f';
  const lines = whole.slice(0, whole[end - 1] === NEWLINE ? end - 1 : end);
  const marked = lines.includes(NEWLINE) ? lines.replaceAll(NEWLINE, NEWLINE + mark) : lines;
  writeAll(fd, Buffer.from(mark + marked + NEWLINE));
}

/// Sends what goes through `process.stdout` and `process.stderr`, and so through `console`, to the run that
/// `currentRun()` names. The streams are made when first used, as Node itself does: that takes milliseconds.
function capture(currentRun) {
  for (const [name, fd] of [['stdout', STDOUT], ['stderr', STDERR]]) {
    const make = Object.getOwnPropertyDescriptor(process, name).get;
    let stream;
    const get = () => {
      if (stream === undefined) {
        stream = make.call(process);
        stream.write = (chunk, encoding, callback) => {
          const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
          write(currentRun(), fd, text);
          const done = typeof encoding === 'function' ? encoding : callback;
          if (typeof done === 'function') process.nextTick(done);
          return true;
        };
      }
      return stream;
    };
    Object.defineProperty(process, name, { get, configurable: true, enumerable: true });
  }
}

module.exports = { capture, openRun, closeRun };
