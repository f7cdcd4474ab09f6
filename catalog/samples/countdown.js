const openwhisk = require('openwhisk');

/** Calls itself, by the key it was called with, until nothing is left to count. */
function main({ n }) {
  const left = Number.parseInt(n, 10);
  if (Number.isNaN(left)) {
    return { error: 'n must be a number.' };
  }
  console.log(left);
  if (left <= 0) {
    console.log('Happy New Year!');
    return {};
  }
  return openwhisk().actions.invoke({ name: process.env.__OW_ACTION_NAME, params: { n: left - 1 } });
}
