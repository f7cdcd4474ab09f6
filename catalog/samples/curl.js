/** The text behind an address. */
async function main({ payload = '' }) {
  const address = /^https?:\/\//.test(payload) ? payload : `http://${payload}`;
  const response = await fetch(address, { signal: AbortSignal.timeout(30_000) });
  return { msg: await response.text() };
}
