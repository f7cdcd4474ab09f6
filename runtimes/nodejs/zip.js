'use strict';

// Reads zip files by their central directory, which also holds the sizes of entries that were written as a
// stream. Without zip64: an action is far smaller than 4 GB.

const fs = require('node:fs');
const zlib = require('node:zlib');

const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const MAX_COMMENT_BYTES = 0xffff;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_BYTES = 30;
const ZIP64 = 0xffffffff;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;
const TYPE_MASK = 0o170000;
const SYMBOLIC_LINK = 0o120000;

const damaged = (reason) => `The action archive is damaged: ${reason}.`;

function unpack(zip, target) {
  let entries;
  try {
    entries = centralDirectory(zip);
  } catch (error) {
    throw error instanceof RangeError ? damaged('its directory is cut off') : error;
  }
  for (const entry of entries) target.reserve(entry.size);
  for (const entry of entries) write(zip, entry, target);
}

function centralDirectory(zip) {
  const end = findEnd(zip);
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  if (count === 0xffff || at === ZIP64) throw 'The action archive is in the zip64 format, which is not supported.';
  const entries = [];
  for (let index = 0; index < count; index++) {
    if (zip.readUInt32LE(at) !== ENTRY_SIGNATURE) throw damaged('its directory is wrong');
    const nameBytes = zip.readUInt16LE(at + 28);
    entries.push({
      flags: zip.readUInt16LE(at + 8),
      method: zip.readUInt16LE(at + 10),
      checksum: zip.readUInt32LE(at + 16),
      compressedSize: zip.readUInt32LE(at + 20),
      size: zip.readUInt32LE(at + 24),
      mode: zip.readUInt32LE(at + 38) >>> 16,
      local: zip.readUInt32LE(at + 42),
      name: zip.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes),
    });
    at += ENTRY_BYTES + nameBytes + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

function findEnd(zip) {
  const first = Math.max(0, zip.length - END_BYTES - MAX_COMMENT_BYTES);
  for (let at = zip.length - END_BYTES; at >= first; at--) {
    if (zip.readUInt32LE(at) === END_SIGNATURE) return at;
  }
  throw damaged('its end is missing');
}

function write(zip, entry, target) {
  if (/[\\/]$/.test(entry.name)) {
    target.directory(entry.name);
  } else if ((entry.mode & TYPE_MASK) === SYMBOLIC_LINK) {
    target.symbolicLink(entry.name, content(zip, entry).toString());
  } else {
    const file = target.file(entry.name, entry.mode || 0o644);
    try {
      fs.writeSync(file, content(zip, entry));
    } finally {
      fs.closeSync(file);
    }
  }
}

function content(zip, entry) {
  if (entry.flags & ENCRYPTED) throw `The action archive is encrypted: '${entry.name}'.`;
  if (entry.local + LOCAL_BYTES > zip.length || zip.readUInt32LE(entry.local) !== LOCAL_SIGNATURE) {
    throw damaged(`'${entry.name}' is missing`);
  }
  const start =
    entry.local + LOCAL_BYTES + zip.readUInt16LE(entry.local + 26) + zip.readUInt16LE(entry.local + 28);
  const compressed = zip.subarray(start, start + entry.compressedSize);
  const bytes = expand(compressed, entry);
  const isIntact = zlib.crc32 === undefined || zlib.crc32(bytes) === entry.checksum;
  if (bytes.length !== entry.size || !isIntact) throw damaged(`'${entry.name}' is not what it was`);
  return bytes;
}

function expand(compressed, { method, size, name }) {
  if (method === STORED) return compressed;
  if (method !== DEFLATED) throw `The action archive compresses '${name}' in a way that is not supported.`;
  try {
    return zlib.inflateRawSync(compressed, { maxOutputLength: Math.max(1, size) });
  } catch (error) {
    throw damaged(`'${name}': ${error.message}`);
  }
}

module.exports = { unpack };
