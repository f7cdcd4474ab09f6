'use strict';

// Marks each line of output with the run that wrote it and the time, and writes it at once:
//   0x1E <request number> ':' <microseconds since the epoch> 0x1F <text> '\n'
// A run of a server that reads no marks has lines as they are.

const fs = require('node:fs');
const { performance } = require('node:perf_hooks');

const STDOUT = 1;
const STDERR = 2;
const NEWLINE = '\n';
const NEWLINE_BYTE = 10;
const END = 'XXX_THE_END_OF_A_WHISK_ACTIVATION_XXX';
const MAX_PARTIAL_BYTES = 1024 * 1024 - 64; // of a line without an end: with its mark still one line for the server
const FIRST_PARTIAL_BYTES = 256;
const CLOCK_DRIFT_MILLIS = 5;

const writeSync = fs.writeSync;
const { now: wallMillis } = Date;
const monotonicMillis = performance.now.bind(performance);
const sleeper = new Int32Array(new SharedArrayBuffer(4));
const sleep = Atomics.wait;

let noteWritten = () => {};

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
      const count = writeSync(fd, bytes, at);
      noteWritten(count);
      at += count;
    } catch (error) {
      if (error.code === 'EAGAIN') sleep(sleeper, 0, 0, 1); // a full pipe that somebody made non-blocking
      else if (error.code !== 'EINTR') return; // nobody reads any more
    }
  }
}

/// Tells of the bytes that are written from now on.
function tell(listener) {
  noteWritten = listener;
}

/// What one request has written to each stream since the last end of a line.
function openRun(number) {
  const partial = { [STDOUT]: new Partial(), [STDERR]: new Partial() };
  return { number, partial, isOver: false, isMarked: true, hasWritten: false };
}

/// Ends the output of a run for a server that knows the end by a line (row K-16).
function writeEnd(run) {
  writeLines(run, STDOUT, END);
  writeLines(run, STDERR, END);
}

/// Ends the output of a run: its last lines need no line end.
function closeRun(run) {
  run.isOver = true;
  for (const fd of [STDOUT, STDERR]) {
    if (run.partial[fd].size > 0) writeLines(run, fd, run.partial[fd].take().toString());
  }
}

/// A line without an end. Its bytes are kept, as one write may end inside of a character, and their room doubles, so
/// that many small writes cost as much as a large one.
class Partial {
  #bytes = Buffer.alloc(0);
  size = 0;

  /// Takes as many of the bytes as there may be in a line; how many.
  append(bytes) {
    const count = Math.min(bytes.length, MAX_PARTIAL_BYTES - this.size);
    const needed = this.size + count;
    if (needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(FIRST_PARTIAL_BYTES, needed, 2 * this.#bytes.length));
      larger.set(this.#bytes.subarray(0, this.size));
      this.#bytes = larger;
    }
    this.#bytes.set(bytes.subarray(0, count), this.size);
    this.size = needed;
    return count;
  }

  isFull() {
    return this.size === MAX_PARTIAL_BYTES;
  }

  /// Everything, and is empty then.
  take() {
    const whole = this.#bytes.subarray(0, this.size);
    this.#bytes = Buffer.alloc(0);
    this.size = 0;
    return whole;
  }

  /// Everything but a character that has begun and not ended.
  takeCharacters() {
    const whole = this.take();
    let start = whole.length - 1;
    while (start > whole.length - 4 && (whole[start] & 0xc0) === 0x80) start--;
    const lead = whole[start];
    const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
    const end = start + length > whole.length ? start : whole.length;
    this.append(whole.subarray(end));
    return whole.subarray(0, end);
  }
}

/// Most texts are whole lines, which need not become bytes twice.
function write(run, fd, text) {
  const end = run.partial[fd].size === 0 ? text.lastIndexOf(NEWLINE) + 1 : 0;
  if (end > 0) writeLines(run, fd, text.slice(0, end - 1));
  if (end < text.length) writeBytes(run, fd, Buffer.from(end === 0 ? text : text.slice(end)));
}

function writeBytes(run, fd, bytes) {
  const partial = run.partial[fd];
  const first = bytes.indexOf(NEWLINE_BYTE);
  if (first < 0) return hold(run, fd, bytes);
  hold(run, fd, bytes.subarray(0, first));
  const last = bytes.lastIndexOf(NEWLINE_BYTE);
  const line = partial.take().toString();
  writeLines(run, fd, first === last ? line : line + bytes.toString('utf8', first, last));
  hold(run, fd, bytes.subarray(last + 1));
}

/// Keeps the beginning of a line. One that gets too long is written in parts.
function hold(run, fd, bytes) {
  const partial = run.partial[fd];
  for (let at = 0; at < bytes.length; ) {
    at += partial.append(at === 0 ? bytes : bytes.subarray(at));
    if (partial.isFull()) writeLines(run, fd, partial.takeCharacters().toString());
  }
}

function writeLines(run, fd, lines) {
  run.hasWritten = true;
  const mark = !run.isMarked ? '' : '\x1e' + run.number + ':' + nowMicros() + '\x1f';
  const marked = lines.includes(NEWLINE) ? lines.replaceAll(NEWLINE, NEWLINE + mark) : lines;
  writeAll(fd, Buffer.from(mark + marked + NEWLINE));
}

/// Strings in an encoding of their own, such as `hex`, are bytes in another form.
function send(run, fd, chunk, encoding) {
  if (typeof chunk !== 'string') writeBytes(run, fd, asBytes(chunk));
  else if (typeof encoding !== 'string' || /^utf-?8$/i.test(encoding)) write(run, fd, chunk);
  else writeBytes(run, fd, Buffer.from(chunk, encoding));
}

function asBytes(chunk) {
  return ArrayBuffer.isView(chunk) ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength) : Buffer.from(chunk);
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
          send(currentRun(), fd, chunk, encoding);
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

module.exports = { capture, openRun, closeRun, tell, writeEnd };
