const WebSocket = require('ws');

const TIMEOUT_MILLIS = 30_000;

/** Sends one message and closes the connection (row C-12). */
function main({ uri, payload }) {
  if (!uri) {
    return { error: 'You must specify a uri parameter.' };
  }
  if (!payload) {
    return { error: 'You must specify a payload parameter.' };
  }
  return new Promise((resolve) => send(uri, text(payload), (problem) => resolve(problem ? { error: problem } : { payload })));
}

function text(payload) {
  return typeof payload === 'string' ? payload : JSON.stringify(payload);
}

function send(uri, message, done) {
  let socket;
  try {
    socket = new WebSocket(uri, { handshakeTimeout: TIMEOUT_MILLIS });
  } catch (problem) {
    done(`${uri} is no address of a WebSocket server: ${problem.message}`);
    return;
  }
  socket.on('open', () => socket.send(message, () => socket.close()));
  socket.on('error', (problem) => done(`${uri} could not be reached: ${problem.message}`));
  socket.on('close', () => done());
}
