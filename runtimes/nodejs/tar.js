'use strict';

// Reads gzipped tar files as a stream: names of any length (ustar, GNU, pax), files, folders, links.

const fs = require('node:fs');
const zlib = require('node:zlib');
const { Readable } = require('node:stream');

const BLOCK = 512;
const MAX_NAME_BYTES = 64 * 1024;
const CHUNK = 256 * 1024;

const damaged = (reason) => `The action archive is damaged: ${reason}.`;

async function unpack(gzip, target) {
  const reader = tarReader(target);
  try {
    for await (const chunk of Readable.from(slices(gzip)).pipe(zlib.createGunzip())) reader.push(chunk);
  } catch (error) {
    throw typeof error === 'string' ? error : damaged(error.message);
  } finally {
    reader.close();
  }
  if (!reader.isComplete()) throw damaged('it is cut off');
}

function* slices(bytes) {
  for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK);
}

/// What of an entry is still to come, and what to do with it.
function tarReader(target) {
  let buffered = Buffer.alloc(0);
  let entry = null;
  let long = {}; // name and link target for the next entry, from an entry of their own

  function begin(header) {
    if (header.every((byte) => byte === 0)) return; // the end; or the padding after it
    const size = number(header, 124, 12);
    const type = String.fromCharCode(header[156]);
    const prefix = text(header, 345, 155);
    const isUstar = text(header, 257, 5) === 'ustar';
    const short = isUstar && prefix !== '' ? `${prefix}/${text(header, 0, 100)}` : text(header, 0, 100);
    const name = long.path ?? short;
    const link = long.linkpath ?? text(header, 157, 100);
    entry = { left: size, padding: (BLOCK - (size % BLOCK)) % BLOCK, meta: null, file: null };
    if ('LKxg'.includes(type)) {
      if (size > MAX_NAME_BYTES) throw damaged('a name is too long');
      entry.meta = { type, parts: [] };
      return;
    }
    long = {};
    open(type, name, link, size, number(header, 100, 8));
  }

  function open(type, name, link, size, mode) {
    if (type === '5' || name.endsWith('/')) target.directory(name);
    else if (type === '0' || type === '\0' || type === '7') {
      target.reserve(size);
      entry.file = target.file(name, mode);
    } else if (type === '2') target.symbolicLink(name, link);
    else throw `The action archive holds '${name}', which is neither a file nor a folder nor a symbolic link.`;
  }

  function consume(chunk) {
    const body = chunk.subarray(0, entry.left);
    entry.left -= body.length;
    if (entry.file !== null) fs.writeSync(entry.file, body);
    if (entry.meta !== null) entry.meta.parts.push(Buffer.from(body));
    const padding = Math.min(entry.left === 0 ? entry.padding : 0, chunk.length - body.length);
    entry.padding -= padding;
    if (entry.left === 0 && entry.padding === 0) end();
    return body.length + padding;
  }

  function end() {
    if (entry.file !== null) fs.closeSync(entry.file);
    if (entry.meta !== null) Object.assign(long, names(entry.meta));
    entry = null;
  }

  return {
    push(chunk) {
      buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk]);
      let at = 0;
      while (at < buffered.length) {
        if (entry !== null) {
          at += consume(buffered.subarray(at));
        } else if (buffered.length - at >= BLOCK) {
          begin(buffered.subarray(at, at + BLOCK));
          at += BLOCK;
          if (entry !== null && entry.left === 0 && entry.padding === 0) end();
        } else break;
      }
      buffered = buffered.subarray(at);
    },
    isComplete: () => entry === null && buffered.length === 0,
    close() {
      if (entry !== null && entry.file !== null) fs.closeSync(entry.file);
    },
  };
}

function text(header, from, length) {
  const end = header.indexOf(0, from);
  return header.toString('utf8', from, end < 0 || end > from + length ? from + length : end);
}

function number(header, from, length) {
  const value = parseInt(text(header, from, length).trim() || '0', 8);
  if (!Number.isSafeInteger(value) || value < 0) throw damaged('a number is wrong');
  return value;
}

/// Long names: GNU's entries hold one each, pax entries hold lines of `length key=value`.
function names({ type, parts }) {
  const body = Buffer.concat(parts);
  if (type === 'L') return { path: text(body, 0, body.length) };
  if (type === 'K') return { linkpath: text(body, 0, body.length) };
  const found = {};
  for (let at = 0; type === 'x' && at < body.length; ) {
    const space = body.indexOf(0x20, at);
    const length = parseInt(body.toString('latin1', at, space), 10);
    if (!(length > 0)) throw damaged('a long name is wrong');
    const [, key, value] = /^([^=]*)=([^]*)\n$/.exec(body.toString('utf8', space + 1, at + length)) ?? [];
    if (key === 'path' || key === 'linkpath') found[key] = value;
    at += length;
  }
  return found;
}

module.exports = { unpack };
