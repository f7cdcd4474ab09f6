'use strict';

/** A word may have 75 characters (RFC 2047, section 2); Base64 makes four of three bytes. */
const MOST_BYTES = 45;

const WORD = /=\?([A-Za-z0-9_-]+)(?:\*[A-Za-z0-9-]*)?\?([bq])\?([^? ]*)\?=/gi;

/** A text as a header can have it: S3 reads and writes what is not ASCII as encoded words of RFC 2047. */
function encodedWords(text) {
  const isPlain = /^(?:[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)?$/.test(text) && !text.includes('=?');
  return isPlain ? text : parts(text).map((part) => `=?UTF-8?B?${Buffer.from(part).toString('base64')}?=`).join(' ');
}

/** No character is parted. */
function parts(text) {
  const found = [''];
  for (const character of text) {
    if (Buffer.byteLength(found.at(-1) + character) > MOST_BYTES) {
      found.push('');
    }
    found[found.length - 1] += character;
  }
  return found;
}

/** What a header's words say. Blanks between two of them are no part of the text. What is no such word stays. */
function decodedWords(header) {
  return header.replace(/(\?=)\s+(?==\?)/g, '$1').replace(WORD, (word, charset, encoding, content) => {
    try {
      const bytes = encoding.toLowerCase() === 'b' ? Buffer.from(content, 'base64') : quoted(content);
      return new TextDecoder(charset, { fatal: true }).decode(bytes);
    } catch {
      return word; // of a character set that nobody knows
    }
  });
}

function quoted(content) {
  const text = content.replaceAll('_', ' ');
  return Buffer.from(text.replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16))), 'latin1');
}

exports.encodedWords = encodedWords;
exports.decodedWords = decodedWords;
