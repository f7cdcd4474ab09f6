/** Status and body of an address; the body as JSON where it is JSON. */
async function main({ url }) {
  if (!url) {
    return { error: 'url is missing.' };
  }
  const response = await fetch(url, { signal: AbortSignal.timeout(30_000) });
  const text = await response.text();
  return { status: response.status, body: parsed(text) };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
