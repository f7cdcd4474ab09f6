const openwhisk = require('openwhisk');

/** Waits for another action, and makes something of its result. */
async function main({ payload }) {
  const counted = await openwhisk().actions.invoke({
    name: '/whisk.system/samples/wordCount',
    params: { payload },
    blocking: true,
    result: true,
  });
  return { binaryCount: `${counted.count.toString(2)} (base 2)` };
}
