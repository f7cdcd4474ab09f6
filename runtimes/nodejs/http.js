'use strict';

// The HTTP contract of OpenWhisk's images (rows K-10 to K-17) on port 8080, for containers. A server of this project
// numbers its requests: it reads marks, and is told when a run printed nothing, so that it need not wait for an end.
// For any other, lines are as they are and the end is a line on both streams, after each run and each failed init.

const http = require('node:http');

const logs = require('./logs.js');
const writes = require('./writes.js');

const PORT = 8080;
const MAX_BODY_BYTES = 48 * 1024 * 1024 + 64 * 1024;
const TOO_LARGE = '{"error":"The request is too large."}';
const UNREADABLE = '{"error":"The request is no JSON document."}';

const NUMBER = 'x-whirl-request';
const QUIET = 'X-Whirl-Quiet';

/// Hands each `/init` and `/run` to `handlers.init(number, text, isMarked)` and `handlers.run(...)`.
function serve(handlers) {
  const waiting = new Map(); // by number: the request in flight and its response
  let last = 0;

  function handle(request, response, text) {
    const given = Number(request.headers[NUMBER]);
    const isMarked = Number.isInteger(given) && given > 0 && !waiting.has(given);
    const number = isMarked ? given : --last;
    const handler = request.url === '/init' ? handlers.init : handlers.run;
    waiting.set(number, { request, response });
    try {
      handler(number, text, isMarked);
    } catch (error) {
      if (waiting.delete(number)) send(response, 400, UNREADABLE);
    }
  }

  const server = http.createServer((request, response) => {
    const isKnown = request.method === 'POST' && (request.url === '/init' || request.url === '/run');
    if (!isKnown) return send(response, 404, '{"error":"Only POST /init and POST /run are served."}');
    const parts = [];
    let size = 0;
    request.on('data', (part) => {
      size += part.length;
      if (size <= MAX_BODY_BYTES) parts.push(part);
    });
    request.on('end', () => {
      if (size > MAX_BODY_BYTES) return send(response, 413, TOO_LARGE);
      handle(request, response, parts.length === 1 ? parts[0].utf8Slice() : Buffer.concat(parts).utf8Slice());
    });
  });
  logs.tell(writes.wrote);
  server.keepAliveTimeout = 0; // the server decides how long a connection is kept
  server.requestTimeout = 0;

  return {
    ready() {
      server.listen(PORT, '0.0.0.0');
    },
    /// One answer: `text` is a JSON document.
    reply(number, status, text, run) {
      const { request, response } = waiting.get(number);
      waiting.delete(number);
      const isQuiet = writes.areOwn() && run.isMarked && !run.hasWritten;
      const isInitialized = request.url === '/init' && status === 200;
      if (run.isMarked ? !isQuiet : !isInitialized) logs.writeEnd(run);
      send(response, status, text, isQuiet ? { [QUIET]: 'true' } : undefined);
    },
  };
}

function send(response, status, text, headers) {
  const body = Buffer.from(text);
  const { socket } = response;
  const before = socket?.bytesWritten ?? 0;
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': body.length, ...headers });
  response.end(body);
  writes.wrote((socket?.bytesWritten ?? 0) - before);
}

module.exports = { serve };
