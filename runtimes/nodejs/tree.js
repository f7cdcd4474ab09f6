'use strict';

// The folder that an archive is unpacked into: keeps its entries inside and their number and size bounded.

const fs = require('node:fs');
const path = require('node:path');

function create(root, limits) {
  const links = []; // made last, so that nothing is written through one
  let bytes = 0;
  let entries = 0;

  /// Where an entry goes. Windows tools write backslashes.
  function place(name) {
    const parts = name.replaceAll('\\', '/').split('/');
    if (parts[0] === '' || /^[A-Za-z]:$/.test(parts[0]) || parts.includes('..') || name.includes('\0')) {
      throw `The action archive holds a path that leads out of its folder: '${name}'.`;
    }
    if (++entries > limits.files) throw `The action archive holds more than ${limits.files} entries.`;
    return path.join(root, ...parts);
  }

  /// Counts bytes before they are written.
  function reserve(size) {
    bytes += size;
    if (bytes > limits.bytes) throw `The action archive expands to more than ${limits.bytes} bytes.`;
  }

  function isInside(file) {
    return file === root || file.startsWith(root + path.sep);
  }

  return {
    reserve,
    directory(name) {
      fs.mkdirSync(place(name), { recursive: true });
    },
    /// Opens a file for writing; the caller closes it. Its size must have been reserved.
    file(name, mode) {
      const file = place(name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      return fs.openSync(file, 'w', (mode & 0o777) | 0o600);
    },
    symbolicLink(name, target) {
      const file = place(name);
      if (path.isAbsolute(target) || !isInside(path.resolve(path.dirname(file), target))) {
        throw `The action archive holds a link that leads out of its folder: '${name}'.`;
      }
      links.push({ file, target });
    },
    link() {
      for (const { file, target } of links) {
        fs.mkdirSync(path.dirname(file), { recursive: true });
        fs.rmSync(file, { force: true });
        fs.symlinkSync(target, file);
      }
    },
  };
}

module.exports = { create };
