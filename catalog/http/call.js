const MOST_ATTEMPTS = 10;
const MOST_BODY_BYTES = 512 * 1024;

/** After these a call that changes nothing twice is worth another attempt. */
const TRY_AGAIN = new Set([408, 425, 429, 500, 502, 503, 504]);
const REPEATABLE = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

/**
 * Calls an address. What may have done something, a POST for example, is only tried again when the server cannot have
 * begun with it: when it could not be reached, or answered 429 or 503.
 */
async function main(params) {
  const call = read(params);
  if (call.error) {
    return call;
  }
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await tryOnce(call);
    if (!outcome.mayHelp || attempt >= call.attempts) {
      return outcome.error ? { error: `${outcome.error} (attempt ${attempt})` } : { ...outcome.answer, attempts: attempt };
    }
    await pause(outcome.waitMillis ?? call.backoff * 2 ** (attempt - 1));
  }
}

function read({ url, method = 'GET', headers = {}, body, attempts = 3, backoff = 200, timeout = 10_000 }) {
  if (!/^https?:\/\//.test(url ?? '')) {
    return { error: 'url must begin with http:// or https://.' };
  }
  if (!(attempts >= 1 && attempts <= MOST_ATTEMPTS)) {
    return { error: `attempts must be 1 to ${MOST_ATTEMPTS}.` };
  }
  const isText = body === undefined || typeof body === 'string';
  return {
    url,
    attempts,
    backoff,
    timeout,
    method: method.toUpperCase(),
    headers: isText ? headers : { 'Content-Type': 'application/json', ...headers },
    body: isText ? body : JSON.stringify(body),
  };
}

async function tryOnce({ url, method, headers, body, timeout }) {
  let response;
  try {
    response = await fetch(url, { method, headers, body, signal: AbortSignal.timeout(timeout) });
  } catch (problem) {
    const isRefused = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(problem.cause?.code);
    const reason = problem.name === 'TimeoutError' ? `did not answer within ${timeout} ms` : `could not be reached: ${problem.cause?.code ?? problem.message}`;
    return { error: `${url} ${reason}`, mayHelp: isRefused || REPEATABLE.has(method) };
  }
  const isUntouched = response.status === 429 || response.status === 503;
  return {
    mayHelp: TRY_AGAIN.has(response.status) && (isUntouched || REPEATABLE.has(method)),
    waitMillis: retryAfter(response.headers.get('retry-after')),
    ...(await answer(response)),
  };
}

/** What `Retry-After` asks for, at most ten seconds. */
function retryAfter(text) {
  const seconds = Number(text);
  return text && seconds >= 0 ? Math.min(seconds, 10) * 1000 : undefined;
}

async function answer(response) {
  const bytes = await bounded(response);
  if (!bytes) {
    return { error: `${response.url} answered more than ${MOST_BODY_BYTES / 1024} KB.` };
  }
  const text = bytes.toString('utf8');
  const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
  return {
    answer: {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: isJson ? parsed(text) : text,
    },
  };
}

async function bounded(response) {
  const parts = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > MOST_BODY_BYTES) {
      return undefined;
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function pause(millis) {
  return new Promise((resolve) => setTimeout(resolve, millis));
}
