const MOST_MILLIS = 30_000;

/**
 * What each action asks of the database server: method, path below the server, query, body. A path of an array is
 * encoded part by part.
 */
const OPERATIONS = {
  'create-database': ({ dbname }) => ({ method: 'PUT', path: [dbname] }),
  'read-database': ({ dbname }) => ({ path: [dbname] }),
  'delete-database': ({ dbname }) => ({ method: 'DELETE', path: [dbname] }),
  'list-all-databases': () => ({ path: ['_all_dbs'], as: 'all_databases' }),
  'read-updates-feed': ({ params }) => ({ path: ['_db_updates'], query: params }),
  'read-changes-feed': ({ dbname, params }) => ({ path: [dbname, '_changes'], query: params }),

  'create-document': ({ dbname, doc, params }) => write(dbname, idOf(doc), doc, params),
  write: writeOver,
  'update-document': ({ dbname, doc, params }) => {
    required({ '_id of doc': idOf(doc), '_rev of doc': parsed(doc)?._rev });
    return write(dbname, idOf(doc), doc, params);
  },
  read: readDocument,
  'read-document': readDocument,
  'delete-document': ({ dbname, docid, docrev }) => {
    required({ docid, docrev });
    return { method: 'DELETE', path: [dbname, docid], query: { rev: docrev } };
  },
  'list-documents': ({ dbname, params }) => ({ path: [dbname, '_all_docs'], query: params }),
  'list-design-documents': ({ dbname, includedocs }) => ({
    path: [dbname, '_all_docs'],
    query: { startkey: '_design', endkey: '_design0', include_docs: Boolean(includedocs) },
  }),
  'manage-bulk-documents': ({ dbname, docs, params }) => {
    required({ docs });
    const list = parsed(docs);
    return { method: 'POST', path: [dbname, '_bulk_docs'], query: params, body: Array.isArray(list) ? { docs: list } : list };
  },

  'create-query-index': ({ dbname, index }) => {
    required({ index });
    return { method: 'POST', path: [dbname, '_index'], body: parsed(index) };
  },
  'list-query-indexes': ({ dbname }) => ({ path: [dbname, '_index'] }),
  'delete-query-index': ({ dbname, docid, indexname }) => {
    required({ docid, indexname });
    return { method: 'DELETE', path: [dbname, '_index', design(docid).join('/'), 'json', indexname] };
  },
  'exec-query-find': ({ dbname, query }) => {
    required({ query });
    return { method: 'POST', path: [dbname, '_find'], body: parsed(query) };
  },
  'exec-query-search': ({ dbname, docid, indexname, search }) => {
    required({ docid, indexname, search });
    return { path: [dbname, ...design(docid), '_search', indexname], query: parsed(search) };
  },
  'exec-query-view': ({ dbname, docid, viewname, params }) => {
    required({ docid, viewname });
    return { path: [dbname, ...design(docid), '_view', viewname], query: params };
  },
  'delete-view': deleteView,

  'create-attachment': putAttachment,
  'update-attachment': putAttachment,
  'read-attachment': ({ dbname, docid, attachmentname, params }) => {
    required({ docid, attachmentname });
    return { path: [dbname, docid, attachmentname], query: params, as: 'attachment' };
  },
  'delete-attachment': ({ dbname, docid, docrev, attachmentname }) => {
    required({ docid, docrev, attachmentname });
    return { method: 'DELETE', path: [dbname, docid, attachmentname], query: { rev: docrev } };
  },
};

/** Works on a CouchDB or Cloudant (rows F-13, F-14); the name of the action says what it does there. */
async function main(params) {
  const name = process.env.__OW_ACTION_NAME.split('/').pop();
  try {
    required({ host: params.host });
    if (!['list-all-databases', 'read-updates-feed'].includes(name)) {
      required({ dbname: params.dbname });
    }
    const call = await server(params);
    return await answer(call, await OPERATIONS[name](params, call));
  } catch (problem) {
    return { error: problem.message };
  }
}

function required(values) {
  const missing = Object.keys(values).find((name) => values[name] === undefined || values[name] === '');
  if (missing) {
    throw new Error(`${missing} is required.`);
  }
}

/** Parameters may be JSON, or texts that hold JSON. */
function parsed(value) {
  return typeof value === 'string' ? JSON.parse(value) : value;
}

function idOf(doc) {
  required({ doc });
  return parsed(doc)._id;
}

function design(docid) {
  return ['_design', docid.replace(/^_design\//, '')];
}

function write(dbname, id, doc, query) {
  return id === undefined
    ? { method: 'POST', path: [dbname], query, body: parsed(doc) }
    : { method: 'PUT', path: [dbname, id], query, body: parsed(doc) };
}

/** With `overwrite` the newest revision is replaced, whichever it is. */
async function writeOver({ dbname, doc, overwrite, params }, call) {
  const id = idOf(doc);
  if (id === undefined || String(overwrite) !== 'true') {
    return write(dbname, id, doc, params);
  }
  const response = await call({ path: [dbname, '_all_docs'], query: { key: id } });
  const row = response.ok ? (await response.json()).rows[0] : undefined;
  const revision = row?.value?.deleted ? undefined : row?.value?.rev;
  return write(dbname, id, revision ? { ...parsed(doc), _rev: revision } : doc, params);
}

function readDocument({ dbname, docid, id, params }) {
  required({ docid: docid ?? id });
  return { path: [dbname, docid ?? id], query: params };
}

function putAttachment({ dbname, docid, docrev, attachmentname, attachment, contenttype, params }) {
  required({ docid, docrev, attachmentname, attachment, contenttype });
  return {
    method: 'PUT',
    path: [dbname, docid, attachmentname],
    query: { ...parsed(params), rev: docrev },
    bytes: Buffer.from(attachment, 'base64'),
    type: contenttype,
  };
}

async function deleteView({ dbname, docid, viewname }, call) {
  required({ docid, viewname });
  const path = [dbname, ...design(docid)];
  const response = await call({ path });
  const document = await response.json();
  if (!response.ok || !document.views?.[viewname]) {
    throw new Error(`There is no view ${viewname} in ${docid}.`);
  }
  delete document.views[viewname];
  return Object.keys(document.views).length === 0
    ? { method: 'DELETE', path, query: { rev: document._rev } }
    : { method: 'PUT', path, body: document };
}

/** A function that calls the server with the caller's credentials. */
async function server({ host, username, password, iamApiKey, iamUrl }) {
  const base = (/^https?:\/\//.test(host) ? host : `https://${host}`).replace(/\/+$/, '');
  const authorization = await authorize({ username, password, iamApiKey, iamUrl });
  return ({ method = 'GET', path, query, body, bytes, type }) => {
    const url = `${base}/${path.map(encodeURIComponent).join('/')}${queryOf(parsed(query))}`;
    return fetch(url, {
      method,
      headers: { Accept: 'application/json', ...authorization, ...(body || bytes ? { 'Content-Type': type ?? 'application/json' } : {}) },
      body: bytes ?? (body && JSON.stringify(body)),
      redirect: 'manual',
      signal: AbortSignal.timeout(MOST_MILLIS),
    });
  };
}

async function authorize({ username, password, iamApiKey, iamUrl }) {
  if (iamApiKey) {
    const response = await fetch(iamUrl || 'https://iam.cloud.ibm.com/identity/token', {
      method: 'POST',
      headers: { Accept: 'application/json' },
      body: new URLSearchParams({ grant_type: 'urn:ibm:params:oauth:grant-type:apikey', apikey: iamApiKey }),
      signal: AbortSignal.timeout(MOST_MILLIS),
    });
    if (!response.ok) {
      throw new Error(`The identity provider answered ${response.status}.`);
    }
    return { Authorization: `Bearer ${(await response.json()).access_token}` };
  }
  return username ? { Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` } : {};
}

/** Keys of views are JSON, also where they are texts. */
const KEYS = new Set(['key', 'keys', 'startkey', 'start_key', 'endkey', 'end_key']);

function queryOf(query) {
  const pairs = Object.entries(query ?? {}).map(([name, value]) => {
    const isPlain = typeof value === 'string' && !KEYS.has(name);
    return [name, isPlain ? value : JSON.stringify(value)];
  });
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`;
}

async function answer(call, { as, ...request }) {
  const response = await call(request);
  if (as === 'attachment' && response.ok) {
    const bytes = Buffer.from(await response.arrayBuffer());
    return { attachment: bytes.toString('base64'), contenttype: response.headers.get('content-type') };
  }
  const text = await response.text();
  const json = text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : { answer: text };
  if (!response.ok) {
    return { error: `The database answered ${response.status}: ${json.reason ?? json.error ?? text.slice(0, 200)}` };
  }
  return Array.isArray(json) ? { [as ?? 'results']: json } : json;
}
