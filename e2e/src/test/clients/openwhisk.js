'use strict';

// What the npm package `openwhisk` can do, resource by resource.

const assert = require('node:assert/strict');
const openwhisk = require('openwhisk');

const ow = openwhisk({ apihost: process.env.__OW_API_HOST, api_key: process.env.__OW_API_KEY });
const run = process.pid.toString(36) + Date.now().toString(36);
const ECHO = 'function main(args) { return args; }';

let made = 0;
const unique = (beginning) => `${beginning}-${run}-${++made}`;
const keys = (list) => Object.fromEntries(list.map(({ key, value }) => [key, value]));

async function fails(promise, statusCode) {
  await assert.rejects(promise, (error) => {
    assert.equal(error.name, 'OpenWhiskError');
    assert.equal(error.statusCode, statusCode, error.message);
    return true;
  });
}

async function eventually(ask, isSo) {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const answer = await ask().catch((error) => error);
    if (isSo(answer)) return answer;
    if (Date.now() > deadline) throw new assert.AssertionError({ message: `still: ${JSON.stringify(answer)}` });
    await new Promise((done) => setTimeout(done, 20));
  }
}

async function actions() {
  const name = unique('action');
  const created = await ow.actions.create({ name, action: ECHO, params: { a: 1 }, annotations: { note: 'n' } });
  assert.equal(created.name, name);
  assert.equal(created.version, '0.0.1');
  assert.match(created.exec.kind, /^nodejs:\d+$/);
  assert.equal(keys(created.annotations).note, 'n');
  await fails(ow.actions.create({ name, action: ECHO }), 409);

  const changed = await ow.actions.update({ name, action: ECHO, params: { a: 2 }, limits: { timeout: 5000 } });
  assert.equal(changed.version, '0.0.2');
  assert.equal(changed.limits.timeout, 5000);

  assert.equal((await ow.actions.get(name)).exec.code, ECHO);
  assert.equal((await ow.actions.get({ name, code: false })).exec.code, undefined);
  assert.ok((await ow.actions.list({ limit: 200 })).some((row) => row.name === name));
  assert.ok((await ow.actions.list({ count: true })).actions >= 1);

  assert.deepEqual(await ow.actions.invoke({ name, blocking: true, result: true, params: { b: 3 } }), { a: 2, b: 3 });
  const record = await ow.actions.invoke({ name, blocking: true, params: {} });
  assert.equal(record.response.status, 'success');
  assert.match((await ow.actions.invoke(name)).activationId, /^[0-9a-f]{32}$/);

  assert.equal((await ow.actions.delete(name)).name, name);
  await fails(ow.actions.get(name), 404);
}

async function archives() {
  const name = unique('buffer');
  const created = await ow.actions.create({ name, action: Buffer.from('PK not a zip'), kind: 'nodejs:default' });
  assert.equal(created.exec.binary, true);
  await ow.actions.delete(name);
}

async function failingActions() {
  const name = unique('failing');
  await ow.actions.create({ name, action: 'function main(args) { return { error: { why: args.why } }; }' });
  await fails(ow.actions.invoke({ name, blocking: true, params: { why: 'x' } }), 502);
  const thrower = unique('thrower');
  await ow.actions.create({ name: thrower, action: 'function main() { throw new Error("bad"); }' });
  await fails(ow.actions.invoke({ name: thrower, blocking: true }), 502);
}

async function sequences() {
  const step = unique('step');
  const name = unique('sequence');
  await ow.actions.create({ name: step, action: 'function main({ n }) { return { n: n + 1 }; }' });
  const created = await ow.actions.create({ name, sequence: [`/_/${step}`, `/_/${step}`] });
  assert.equal(created.exec.kind, 'sequence');
  assert.deepEqual(await ow.actions.invoke({ name, blocking: true, result: true, params: { n: 1 } }), { n: 3 });
  const record = await ow.actions.invoke({ name, blocking: true, params: { n: 1 } });
  assert.equal(record.logs.length, 0);
  const stored = await eventually(
    () => ow.activations.get(record.activationId),
    (answer) => answer.logs?.length === 2,
  );
  assert.equal(keys(stored.annotations).topmost, true);
}

async function packages() {
  const name = unique('package');
  const binding = unique('binding');
  const created = await ow.packages.create({ name, package: { parameters: [{ key: 'p', value: 'package' }] } });
  assert.equal(created.name, name);
  await ow.actions.create({ name: `${name}/echo`, action: ECHO });
  await ow.packages.create({
    name: binding,
    package: { binding: { namespace: '_', name }, parameters: [{ key: 'b', value: 'binding' }] },
  });

  const got = await ow.packages.get(name);
  assert.deepEqual(got.actions.map((each) => each.name), ['echo']);
  const listed = await ow.packages.list({ limit: 200 });
  assert.equal(listed.find((row) => row.name === name).binding, false);
  assert.equal(listed.find((row) => row.name === binding).binding.name, name);
  assert.deepEqual(await ow.actions.invoke({ name: `${binding}/echo`, blocking: true, result: true }), {
    p: 'package',
    b: 'binding',
  });

  const updated = await ow.packages.update({ name, package: { publish: true } });
  assert.equal(updated.version, '0.0.2');
  assert.equal(updated.publish, true);
  await fails(ow.packages.delete(name), 409);
  await ow.packages.delete(binding);
  await ow.actions.delete(`${name}/echo`);
  await ow.packages.delete(name);
  await fails(ow.packages.get(name), 404);
}

async function triggersAndRules() {
  const [trigger, rule, action] = [unique('trigger'), unique('rule'), unique('target')];
  await ow.actions.create({ name: action, action: ECHO });
  await ow.triggers.create({ name: trigger, trigger: { parameters: [{ key: 'from', value: 'trigger' }] } });
  assert.equal((await ow.rules.create({ name: rule, action, trigger })).status, 'active');
  assert.ok((await ow.triggers.list({ limit: 200 })).some((row) => row.name === trigger));
  assert.ok((await ow.rules.list({ limit: 200 })).some((row) => row.name === rule));

  const { activationId } = await ow.triggers.invoke({ name: trigger, params: { n: 1 } });
  const fired = await eventually(
    () => ow.activations.get(activationId),
    (answer) => answer.logs?.length === 1,
  );
  const line = JSON.parse(fired.logs[0]);
  assert.equal(line.success, true);
  const result = await eventually(
    () => ow.activations.result(line.activationId),
    (answer) => answer.success === true,
  );
  assert.equal(result.result.from, 'trigger');
  assert.equal(result.result.n, 1);

  await ow.rules.disable({ name: rule });
  assert.equal((await ow.rules.get(rule)).status, 'inactive');
  await ow.rules.enable({ name: rule });
  assert.equal((await ow.rules.get(rule)).status, 'active');
  assert.equal((await ow.rules.update({ name: rule, action, trigger })).version, '0.0.2');
  assert.equal((await ow.triggers.update({ name: trigger, trigger: {} })).version, '0.0.2');
  await ow.rules.delete(rule);
  await ow.triggers.delete(trigger);
  await fails(ow.triggers.get(trigger), 404);
  await fails(ow.rules.get(rule), 404);
}

async function activations() {
  const name = unique('printing');
  await ow.actions.create({ name, action: 'function main() { console.log("said"); return { done: true }; }' });
  const since = Date.now() - 1000;
  const { activationId } = await ow.actions.invoke({ name, blocking: true });
  const record = await eventually(
    () => ow.activations.get(activationId),
    (answer) => answer.logs?.length === 1,
  );
  assert.equal(record.response.success, true);
  assert.match((await ow.activations.logs(activationId)).logs[0], /stdout: said$/);
  assert.deepEqual((await ow.activations.result({ name: activationId })).result, { done: true });
  const rows = await ow.activations.list({ name, since, limit: 10 });
  assert.deepEqual(rows.map((row) => row.activationId), [activationId]);
  const whole = await ow.activations.list({ name, docs: true });
  assert.deepEqual(whole[0].response.result, { done: true });
  assert.equal((await ow.activations.list({ name, count: true })).activations, 1);
  await fails(ow.activations.get('0'.repeat(32)), 404);
}

async function namespaces() {
  assert.deepEqual(await ow.namespaces.list(), ['guest']);
  const all = await ow.namespaces.get();
  for (const collection of ['actions', 'packages', 'triggers', 'rules']) assert.ok(Array.isArray(all[collection]));
}

async function feeds() {
  const [feed, trigger] = [unique('feed'), unique('fed')];
  await ow.actions.create({ name: feed, action: ECHO, annotations: { feed: true } });
  await ow.triggers.create({ name: trigger });
  const events = { create: 'CREATE', get: 'READ', update: 'UPDATE', delete: 'DELETE' };
  for (const [method, event] of Object.entries(events)) {
    const { response } = await ow.feeds[method]({ name: feed, trigger, params: { topic: 't' } });
    assert.equal(response.result.lifecycleEvent, event);
    assert.equal(response.result.triggerName, `/_/${trigger}`);
    assert.equal(response.result.topic, 't');
  }
}

async function otherNames() {
  const name = unique('Ünïcode näme').replaceAll('ï', 'i');
  await fails(ow.actions.create({ name: '-no', action: ECHO }), 400);
  await ow.actions.create({ name, action: ECHO }).then(
    () => ow.actions.delete(name),
    (error) => assert.equal(error.statusCode, 400),
  );
  const spaced = unique('with space & more');
  await ow.actions.create({ name: spaced, action: ECHO });
  assert.deepEqual(await ow.actions.invoke({ name: spaced, blocking: true, result: true, params: { s: '☃' } }), { s: '☃' });
  await fails(ow.actions.list({ limit: 201 }), 400);
}

async function wrongKeys() {
  const stranger = openwhisk({ apihost: process.env.__OW_API_HOST, api_key: 'no:body' });
  await fails(stranger.actions.list(), 401);
  await fails(ow.actions.list({ namespace: 'whisk.system' }), 403);
}

module.exports = {
  actions,
  archives,
  failingActions,
  sequences,
  packages,
  triggersAndRules,
  activations,
  namespaces,
  feeds,
  otherNames,
  wrongKeys,
};
