'use strict';

// Compositions of the npm package `openwhisk-composer`, deployed and run as conductors. Those that run branches at the
// same time need a Redis server, whose address is in REDIS_URI.

const assert = require('node:assert/strict');
const composer = require('openwhisk-composer');
const client = require('openwhisk-composer/client');

const ow = client({ apihost: process.env.__OW_API_HOST, api_key: process.env.__OW_API_KEY }, true);
const run = process.pid.toString(36) + Date.now().toString(36);

let made = 0;
const unique = (beginning) => `${beginning}-${run}-${++made}`;

const INCREMENT = 'function main({ n }) { return { n: n + 1 }; }';
const FAIL = 'function main() { return { error: "broken" }; }';

async function action(code) {
  const name = unique('step');
  await ow.actions.create({ name, action: code });
  return name;
}

async function deploy(composition) {
  const name = unique('composition');
  const compiled = JSON.parse(JSON.stringify(composition.compile()));
  await ow.compositions.deploy(Object.assign({ name }, compiled), true);
  return name;
}

/// The result of a composition.
async function result(composition, params = {}) {
  const name = await deploy(composition);
  return ow.actions.invoke({ name, blocking: true, result: true, params });
}

async function failure(composition, params = {}) {
  const name = await deploy(composition);
  const error = await ow.actions.invoke({ name, blocking: true, params }).then(assert.fail, (each) => each);
  assert.equal(error.statusCode, 502);
  return error.error.response.result;
}

async function sequence() {
  const step = await action(INCREMENT);
  assert.deepEqual(await result(composer.sequence(step, step, step), { n: 1 }), { n: 4 });

  const record = await ow.actions.invoke({ name: await deploy(composer.seq(step)), blocking: true, params: { n: 1 } });
  const annotations = Object.fromEntries(record.annotations.map(({ key, value }) => [key, value]));
  assert.equal(annotations.conductor, true);
  assert.equal(annotations.kind, 'sequence');
}

async function choice() {
  const step = await action(INCREMENT);
  const composition = composer.if(({ n }) => n > 10, ({ n }) => ({ n: -n }), step);
  assert.deepEqual(await result(composition, { n: 11 }), { n: -11 });
  assert.deepEqual(await result(composition, { n: 1 }), { n: 2 });
}

async function loops() {
  const step = await action(INCREMENT);
  assert.deepEqual(await result(composer.while(({ n }) => n < 5, step), { n: 0 }), { n: 5 });
  assert.deepEqual(await result(composer.dowhile(step, ({ n }) => n < 3), { n: 0 }), { n: 3 });
  assert.deepEqual(await result(composer.repeat(4, step), { n: 0 }), { n: 4 });
}

async function handlers() {
  const broken = await action(FAIL);
  const caught = composer.try(broken, ({ error }) => ({ handled: error }));
  assert.deepEqual(await result(caught), { handled: 'broken' });
  assert.deepEqual(await failure(composer.sequence(broken, ({ n }) => ({ n }))), { error: 'broken' });
  const last = composer.finally(broken, ({ error }) => ({ last: error }));
  assert.deepEqual(await result(last), { last: 'broken' });
}

async function retry() {
  const once = await action('function main({ n }) { return n < 3 ? { error: "again" } : { n }; }');
  const composition = composer.let(
    { tries: 0 },
    composer.retry(5, () => ({ n: ++tries }), composer.mask(once)), // eslint-disable-line no-undef
  );
  assert.deepEqual(await result(composition), { n: 3 });
  assert.deepEqual(await failure(composer.retry(1, once), { n: 0 }), { error: 'again' });
}

async function values() {
  const step = await action(INCREMENT);
  assert.deepEqual(await result(composer.value({ n: 7 })), { n: 7 });
  assert.deepEqual(await result(composer.retain(step), { n: 1 }), { params: { n: 1 }, result: { n: 2 } });
  assert.deepEqual(await result(composer.merge(() => ({ m: 2 })), { n: 1 }), { n: 1, m: 2 });
  assert.deepEqual(await result(composer.let({ a: 1 }, () => ({ a }))), { a: 1 }); // eslint-disable-line no-undef
}

async function nested() {
  const step = await action(INCREMENT);
  const inner = await deploy(composer.repeat(2, step));
  assert.deepEqual(await result(composer.sequence(inner, inner), { n: 0 }), { n: 4 });
}

async function inlineActions() {
  const name = unique('inline');
  const composition = composer.sequence(composer.action(name, { action: INCREMENT }));
  assert.deepEqual(await result(composition, { n: 1 }), { n: 2 });
  const dynamic = composer.sequence(() => ({ type: 'action', name: 'x', params: {} }), composer.dynamic());
  assert.match(JSON.stringify(await failure(dynamic)), /Failed to resolve action with name/);
}

async function detached() {
  const step = await action(INCREMENT);
  const name = await deploy(composer.sequence(composer.async(step), ({ method }) => ({ method })));
  const params = { n: 1 };
  assert.deepEqual(await ow.actions.invoke({ name, blocking: true, result: true, params }), { method: 'async' });
}

const redis = () => ({ redis: { uri: process.env.REDIS_URI } });

async function map() {
  const step = await action(INCREMENT);
  const params = { value: [{ n: 1 }, { n: 2 }, { n: 3 }], $composer: redis() };
  assert.deepEqual(await result(composer.map(step), params), { value: [{ n: 2 }, { n: 3 }, { n: 4 }] });
}

async function parallel() {
  const step = await action(INCREMENT);
  const composition = composer.parallel(step, composer.repeat(2, step));
  assert.deepEqual(await result(composition, { n: 1, $composer: redis() }), { value: [{ n: 2 }, { n: 3 }] });
}

async function mapWithoutRedis() {
  const step = await action(INCREMENT);
  const { error } = await failure(composer.map(step), { value: [{ n: 1 }] });
  assert.equal(error, 'Parallel combinator requires a properly configured redis instance');
}

module.exports = {
  sequence,
  choice,
  loops,
  handlers,
  retry,
  values,
  nested,
  inlineActions,
  detached,
  map,
  parallel,
  mapWithoutRedis,
};
