/** What it prints is in the log of its activation. */
function main({ payload = 'world' }) {
  console.log(`hello ${payload}!`);
  return {};
}
