'use strict';

const MOST_BYTES = 900 * 1024;
const MOST_ROW_BYTES = 16 * 1024 * 1024;

/** How many rows to ask for while nobody knows how large they are. */
const FIRST = 16;

/** What a call may return of all its results together. */
const budget = () => ({ bytes: MOST_BYTES });

/** The rows of one result, as far as they fit: so many of them, and so many bytes of JSON. */
class Rows {
  constructor(most, left) {
    this.most = most;
    this.left = left;
    this.kept = [];
    this.bytes = 0;
    this.count = 0;
    this.isCut = false;
  }

  /** Keeps the next row if it fits. Of what comes after one that did not fit, nothing is kept. */
  take(row) {
    this.count++;
    if (this.isCut) {
      return;
    }
    const shown = withoutBytes(row);
    const size = Buffer.byteLength(JSON.stringify(shown));
    if (this.kept.length === this.most || size > this.left.bytes) {
      this.isCut = true;
      return;
    }
    this.kept.push(shown);
    this.bytes += size;
    this.left.bytes -= size;
  }

  /** How many to ask for next: as many as fit, and one to see whether there are more. */
  wanted() {
    const room = this.most + 1 - this.kept.length;
    const fitting = this.kept.length ? Math.floor((this.left.bytes * this.kept.length) / this.bytes) + 1 : FIRST;
    return Math.min(room, fitting);
  }

  /** Tells if a single row is larger than a function's memory should have. */
  watch(stream, tooLarge) {
    let seen = this.count;
    let bytes = 0;
    const listen = (part) => {
      bytes = this.count === seen ? bytes + part.length : 0;
      seen = this.count;
      if (bytes > MOST_ROW_BYTES) {
        tooLarge(new Error(`A row of the result has more than ${MOST_ROW_BYTES / 1024 / 1024} MB.`));
      }
    };
    stream.on('data', listen);
    return () => stream.off('data', listen);
  }
}

/** Bytes as Base64; JSON has none. */
function withoutBytes(row) {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, Buffer.isBuffer(value) ? value.toString('base64') : value]),
  );
}

exports.Rows = Rows;
exports.budget = budget;
