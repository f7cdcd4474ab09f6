'use strict';

// Runs one Node.js action: takes its code once, then calls its function for each request, several at a time if
// the server sends them so. In a container there is no wire to the server: it serves HTTP then.

const logs = require('./logs.js');
const runs = require('./runs.js');
const environment = require('./environment.js');
const loader = require('./loader.js');
const errors = require('./errors.js');

const { parse, stringify } = JSON;
const INITIALIZED_TWICE = { error: 'Cannot initialize the action more than once.' };
const NOT_INITIALIZED = { error: 'The action has not been initialized.' };
const NO_CODE = { error: 'Missing main/no code to execute.' };
const NO_DICTIONARY = { error: 'The action did not return a dictionary or array.' };

const socketPath = process.env.WHIRL_SOCKET;
delete process.env.WHIRL_SOCKET;

let wasInitialized = false;
let entryPoint = null;

const wire = socketPath === undefined
  ? require('./http.js').serve({ init, run })
  : require('./wire.js').connect(socketPath, { init, run });

function answer(run, status, document) {
  runs.finish(run);
  wire.reply(run.number, status, stringify(document), run);
}

function init(number, text, isMarked) {
  const run = runs.start(number, isMarked);
  if (wasInitialized) return answer(run, 403, INITIALIZED_TWICE);
  const { code, main = 'main', binary = false, env = {} } = parse(text).value ?? {};
  if (typeof code !== 'string' || code === '' || typeof main !== 'string' || main === '') {
    return answer(run, 403, NO_CODE);
  }
  wasInitialized = true;
  environment.initialize(env);
  loader.load({ code, main, isBinary: binary }).then(
    (loaded) => {
      entryPoint = loaded;
      answer(run, 200, { ok: true });
    },
    (error) => {
      const reason = errors.explain(error);
      console.error('Error during initialization: ' + reason);
      answer(run, 502, { error: 'Initialization has failed due to: ' + reason });
    },
  );
}

function run(number, text, isMarked) {
  const run = runs.start(number, isMarked);
  if (entryPoint === null) return answer(run, 403, NOT_INITIALIZED);
  let result;
  try {
    const request = parse(text);
    environment.update(request);
    result = runs.enter(run, entryPoint, request.value ?? {});
    if (result !== null && typeof result === 'object' && typeof result.then === 'function') {
      result.then((value) => succeed(run, value), (error) => reject(run, error));
      return;
    }
  } catch (error) {
    fail(run, error);
    return;
  }
  succeed(run, result);
}

function succeed(run, value) {
  if (run.isOver) return;
  const result = value === undefined ? {} : value;
  let text;
  try {
    text = stringify(result);
  } catch (error) {
    fail(run, error); // a circle, a BigInt, a toJSON that throws
    return;
  }
  const isDocument = text !== undefined && (text[0] === '{' || text[0] === '[');
  if (!isDocument) return answer(run, 502, NO_DICTIONARY);
  runs.finish(run);
  wire.reply(run.number, 200, text, run);
}

/// A promise that the action rejected is its way to report an error.
function reject(run, error) {
  if (run.isOver) return;
  let text;
  try {
    text = stringify({ error: error ? errors.serialize(error) : {} });
  } catch (unserializable) {
    fail(run, unserializable);
    return;
  }
  runs.finish(run);
  wire.reply(run.number, 200, text, run);
}

/// An exception that the action did not catch is a bug in it.
function fail(run, error) {
  if (run.isOver) return;
  runs.enter(run, console.error, error);
  answer(run, 502, { error: 'An error has occurred: ' + errors.describe(error) });
}

process.on('uncaughtException', (error) => {
  const run = runs.blamed();
  if (run === undefined) console.error(error);
  else fail(run, error);
});

process.on('unhandledRejection', (reason) => console.error('Unhandled promise rejection:', reason));

logs.capture(runs.current);

loader.forgetLauncher();
wire.ready({ runtime: 'nodejs', version: process.version, concurrent: true });
