'use strict';

// Unpacks an action's archive, zip or gzipped tar, into a folder of its own. What it says about itself is not
// believed: no entry leads out of the folder, and what it expands to is bounded before anything is written.

const fs = require('node:fs');
const path = require('node:path');
const tree = require('./tree.js');
const zip = require('./zip.js');
const tar = require('./tar.js');

const ZIP_MAGIC = 0x504b;
const GZIP_MAGIC = 0x1f8b;

/// Rejects with a sentence for the author of the archive.
async function unpack(bytes, folder) {
  const target = tree.create(folder, limits(folder));
  const magic = bytes.length < 2 ? 0 : bytes.readUInt16BE(0);
  if (magic === ZIP_MAGIC) zip.unpack(bytes, target);
  else if (magic === GZIP_MAGIC) await tar.unpack(bytes, target);
  else throw 'The action archive is neither a zip nor a gzipped tar.';
  target.link();
}

/// The archive may take what is free in the folder's file system, and never more than a fixed size.
function limits(folder) {
  const bytes = 512 * 1024 * 1024;
  const files = 100_000;
  const { bavail, bsize } = fs.statfsSync?.(path.resolve(folder)) ?? { bavail: bytes, bsize: 1 };
  return { bytes: Math.min(bytes, bavail * bsize), files };
}

module.exports = { unpack };
