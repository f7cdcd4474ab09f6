const openwhisk = require('openwhisk');

/** Fires a trigger of the caller with all other arguments. */
function main({ triggerName, ...params }) {
  if (!triggerName) {
    return { error: 'triggerName is missing.' };
  }
  return openwhisk().triggers.invoke({ name: triggerName, params });
}
