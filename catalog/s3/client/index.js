'use strict';

const { createHash } = require('node:crypto');
const aws4 = require('aws4');
const { XMLParser } = require('fast-xml-parser');
const { encodedWords, decodedWords } = require('./words');

const MOST_MILLIS = 30_000;
const MOST_BYTES = 512 * 1024;
const MOST_SECONDS = 7 * 24 * 3600;

const xml = new XMLParser({ parseTagValue: false, trimValues: false, isArray: (name) => name === 'Contents' || name === 'CommonPrefixes' });

/** What each action does with a bucket. */
const OPERATIONS = { put, get, head, delete: remove, list, presign };

/** Works on the objects of an S3-compatible bucket; the name of the action says what it does there. */
async function main(params) {
  const name = process.env.__OW_ACTION_NAME.split('/').pop();
  try {
    required(params, ['bucket', 'accessKeyId', 'secretAccessKey', ...(name === 'list' ? [] : ['key'])]);
    return await OPERATIONS[name](params);
  } catch (problem) {
    return { error: problem.name === 'TimeoutError' ? `The server did not answer within ${MOST_MILLIS} ms.` : said(problem) };
  }
}

function said(problem) {
  return problem.cause ? `The server could not be reached: ${problem.cause.code ?? problem.cause.message}` : problem.message;
}

function required(params, names) {
  const missing = names.find((name) => !params[name]);
  if (missing) {
    throw new Error(`${missing} is required.`);
  }
}

async function put(params) {
  const { content, base64, contentType, metadata = {} } = params;
  if ((content === undefined) === (base64 === undefined)) {
    throw new Error('One of content and base64 is required.');
  }
  const isText = content === undefined || typeof content === 'string';
  if (base64 !== undefined && !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) {
    throw new Error('base64 is no Base64.');
  }
  const body = base64 === undefined ? Buffer.from(isText ? content : JSON.stringify(content)) : Buffer.from(base64, 'base64');
  const headers = { 'Content-Type': contentType ?? standardType(isText, base64) };
  for (const [name, value] of Object.entries(metadata)) {
    if (!/^[A-Za-z0-9_-]+$/.test(name) || /[\x00-\x1f\x7f]/.test(String(value))) {
      throw new Error(`metadata '${name}' must have a name of letters, digits, - and _, and a text without line breaks and the like.`);
    }
    headers[`x-amz-meta-${name}`] = encodedWords(String(value));
  }
  const response = await call(params, { method: 'PUT', headers, body });
  return { key: params.key, etag: etag(response), size: body.length };
}

function standardType(isText, base64) {
  if (base64 !== undefined) {
    return 'application/octet-stream';
  }
  return isText ? 'text/plain; charset=utf-8' : 'application/json';
}

async function get(params) {
  const response = await call(params, {});
  const bytes = await bounded(response);
  if (!bytes) {
    throw new Error(`${params.key} has more than ${MOST_BYTES / 1024} KB: let presign make an address for it.`);
  }
  const about = described(params.key, response);
  return isText(about.contentType) ? { ...about, content: bytes.toString('utf8') } : { ...about, base64: bytes.toString('base64') };
}

function isText(type) {
  return /^text\/|[/+](json|xml)\b|charset=utf-8/i.test(type ?? '');
}

async function head(params) {
  return described(params.key, await call(params, { method: 'HEAD' }));
}

function described(key, response) {
  const metadata = {};
  response.headers.forEach((value, name) => {
    if (name.startsWith('x-amz-meta-')) {
      metadata[name.slice('x-amz-meta-'.length)] = decodedWords(value);
    }
  });
  return {
    key,
    size: Number(response.headers.get('content-length') ?? 0),
    contentType: response.headers.get('content-type') ?? undefined,
    etag: etag(response),
    modified: isoTime(response.headers.get('last-modified')),
    metadata,
  };
}

async function remove(params) {
  await call(params, { method: 'DELETE' });
  return { key: params.key };
}

async function list(params) {
  const { prefix, delimiter, limit = 1000, next } = params;
  if (!(Number.isInteger(limit) && limit >= 1 && limit <= 1000)) {
    throw new Error('limit must be 1 to 1000.');
  }
  const query = { 'list-type': '2', 'max-keys': String(limit), prefix, delimiter, 'continuation-token': next };
  const response = await call({ ...params, key: undefined }, { query });
  const page = xml.parse(await response.text()).ListBucketResult;
  if (page === undefined) {
    throw new Error('The server answers, and is no S3.');
  }
  return {
    objects: (page.Contents ?? []).map((each) => ({
      key: each.Key,
      size: Number(each.Size),
      etag: unquoted(each.ETag),
      modified: each.LastModified,
    })),
    prefixes: (page.CommonPrefixes ?? []).map((each) => each.Prefix),
    ...(page.NextContinuationToken ? { next: page.NextContinuationToken } : {}),
  };
}

/** An address with which anybody may read or write one object for a while. */
async function presign(params) {
  const { method = 'GET', expires = 3600 } = params;
  if (!['GET', 'PUT'].includes(method)) {
    throw new Error('method must be GET or PUT.');
  }
  if (!(Number.isInteger(expires) && expires >= 1 && expires <= MOST_SECONDS)) {
    throw new Error(`expires must be 1 to ${MOST_SECONDS} seconds.`);
  }
  const { origin, host, path } = place(params);
  const signed = aws4.sign(
    { ...service(params), host, method, path: `${path}?X-Amz-Expires=${expires}`, signQuery: true },
    credentials(params),
  );
  return { url: origin + signed.path, method, expires };
}

async function call(params, { method = 'GET', query = {}, headers = {}, body }) {
  const { origin, host, path } = place(params);
  const signed = aws4.sign(
    {
      ...service(params),
      host,
      method,
      path: path + queryOf(query),
      headers: { ...headers, 'X-Amz-Content-Sha256': createHash('sha256').update(body ?? '').digest('hex') },
      body,
    },
    credentials(params),
  );
  const { Host: _, 'Content-Length': __, ...sent } = signed.headers; // set by whoever sends it
  const response = await fetch(origin + signed.path, {
    method,
    headers: sent,
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(MOST_MILLIS),
  });
  if (!response.ok) {
    throw new Error(await refusal(response, params));
  }
  return response;
}

function service({ region = 'us-east-1' }) {
  return { service: 's3', region };
}

function credentials({ accessKeyId, secretAccessKey, sessionToken }) {
  return { accessKeyId, secretAccessKey, sessionToken: sessionToken || undefined };
}

/** With the bucket in the path: any server can do that. */
function place({ endpoint, region = 'us-east-1', bucket, key = '' }) {
  const address = endpoint || `https://s3.${region}.amazonaws.com`;
  if (!URL.canParse(address) || !/^https?:\/\/[^/]+\/?$/.test(address)) {
    throw new Error('endpoint must be of the form https://host or http://host:port.');
  }
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
    throw new Error(`'${bucket}' is no name of a bucket.`);
  }
  if (key.split('/').some((each) => each === '.' || each === '..')) {
    throw new Error('A key with a part . or .. can not be addressed.');
  }
  const { origin, host } = new URL(address);
  return { origin, host, path: `/${bucket}${key ? `/${key.split('/').map(encoded).join('/')}` : ''}` };
}

function queryOf(query) {
  const parts = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`);
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}

/** As signatures want it (RFC 3986). */
function encoded(text) {
  return encodeURIComponent(text).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);
}

async function refusal(response, { bucket, key }) {
  const what = key ? `${bucket}/${key}` : bucket;
  const bytes = (await bounded(response)) ?? Buffer.alloc(0);
  const { Code, Message } = xml.parse(bytes.toString('utf8')).Error ?? {};
  return `${what}: the server answered ${response.status}${Code ? ` ${Code}` : ''}${Message ? `: ${Message}` : ''}`;
}

async function bounded(response) {
  const parts = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > MOST_BYTES) {
      return undefined;
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function etag(response) {
  return unquoted(response.headers.get('etag') ?? '');
}

function unquoted(text) {
  return text.replace(/^"|"$/g, '');
}

function isoTime(text) {
  return text ? new Date(text).toISOString() : undefined;
}

exports.main = main;
