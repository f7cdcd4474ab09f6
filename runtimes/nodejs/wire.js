'use strict';

// The wire to the server: length-prefixed frames over one Unix socket (docs/design/0001-sandbox-wire.md).

const net = require('node:net');

const INIT = 1;
const RUN = 2;
const READY = 3;
const REPLY = 4;

const LENGTH_BYTES = 4;
const TYPE_AND_NUMBER_BYTES = 5;
const STATUS_BYTES = 2;
const CHUNK_BYTES = 64 * 1024;

/// Cuts a stream of chunks into frames. A frame that lies whole in one chunk, as nearly all do, is not copied.
function frameReader(deliver) {
  let pending = null; // a frame that came in pieces: first its length, then all of it
  let filled = 0;

  function wholeFrame(chunk, at, length) {
    if (length - at >= LENGTH_BYTES) {
      const end = at + LENGTH_BYTES + chunk.readUInt32BE(at);
      if (end <= length) {
        deliver(chunk, at + LENGTH_BYTES, end);
        return end;
      }
    }
    pending = Buffer.allocUnsafe(LENGTH_BYTES);
    filled = 0;
    return at;
  }

  function piece(chunk, at, length) {
    const taken = chunk.copy(pending, filled, at, length);
    filled += taken;
    if (filled < pending.length) return at + taken;
    const complete = pending;
    if (complete.length === LENGTH_BYTES) {
      pending = Buffer.allocUnsafe(LENGTH_BYTES + complete.readUInt32BE(0));
      complete.copy(pending);
    } else {
      pending = null;
      deliver(complete, LENGTH_BYTES, complete.length);
    }
    return at + taken;
  }

  return (chunk, length) => {
    let at = 0;
    while (at < length) at = pending === null ? wholeFrame(chunk, at, length) : piece(chunk, at, length);
  };
}

function header(bodyBytes, type, number) {
  const frame = Buffer.allocUnsafe(LENGTH_BYTES + TYPE_AND_NUMBER_BYTES + bodyBytes);
  frame.writeUInt32BE(TYPE_AND_NUMBER_BYTES + bodyBytes, 0);
  frame[LENGTH_BYTES] = type;
  frame.writeUInt32BE(number, LENGTH_BYTES + 1);
  return frame;
}

/// Connects, and hands each INIT and RUN to `handlers.init(number, text)` and `handlers.run(number, text)`.
/// Without the server there is nothing left to do: the process ends with the connection.
function connect(path, handlers) {
  const read = frameReader((frame, from, end) => {
    const type = frame[from];
    const number = frame.readUInt32BE(from + 1);
    const text = frame.utf8Slice(from + TYPE_AND_NUMBER_BYTES, end);
    if (type === RUN) handlers.run(number, text);
    else if (type === INIT) handlers.init(number, text);
  });
  const onread = {
    buffer: Buffer.allocUnsafe(CHUNK_BYTES),
    callback: (length, buffer) => {
      read(buffer, length);
      return true;
    },
  };
  const exit = process.exit.bind(process);
  const socket = net.connect({ path, onread });
  socket.on('error', () => exit(1));
  socket.on('close', () => exit(0));
  hide(socket);

  return {
    ready(document) {
      const text = JSON.stringify(document);
      const frame = header(Buffer.byteLength(text), READY, 0);
      frame.utf8Write(text, LENGTH_BYTES + TYPE_AND_NUMBER_BYTES);
      socket.write(frame);
    },
    /// One reply, one write: `text` is a JSON document.
    reply(number, status, text) {
      const frame = header(STATUS_BYTES + Buffer.byteLength(text), REPLY, number);
      frame.writeUInt16BE(status, LENGTH_BYTES + TYPE_AND_NUMBER_BYTES);
      frame.utf8Write(text, LENGTH_BYTES + TYPE_AND_NUMBER_BYTES + STATUS_BYTES);
      socket.write(frame);
    },
  };
}

/// Keeps the socket out of the list of handles that every module can ask for.
function hide(socket) {
  const handles = process._getActiveHandles;
  if (handles) process._getActiveHandles = () => handles.call(process).filter((each) => each !== socket);
}

module.exports = { connect };
