'use strict';

const MOST_ROWS = 1000;
const MOST_MILLIS = 60_000;

/** Which program speaks with which server. Loaded when it is needed: a function uses one of them. */
const ENGINES = {
  'postgres:': () => require('./postgresql'),
  'postgresql:': () => require('./postgresql'),
  'mysql:': () => require('./mysql'),
  'mariadb:': () => require('./mysql'),
};

/** Runs one statement (`query`), or several of which all count or none (`transaction`): the action's name says which. */
async function main(params) {
  const isTransaction = process.env.__OW_ACTION_NAME.split('/').pop() === 'transaction';
  let connection;
  try {
    const statements = isTransaction ? statementsOf(params.statements) : [statementOf(params, 'sql')];
    const bounds = boundsOf(params);
    const address = addressOf(params);
    connection = await ENGINES[address.protocol]().connect({ ...address, timeout: bounds.timeout });
    const results = isTransaction ? await together(connection, statements) : [await connection.run(statements[0])];
    const shown = results.map((each) => result(each, bounds.rows));
    return isTransaction ? { results: shown } : shown[0];
  } catch (problem) {
    return { error: problem.message || problem.code || String(problem), ...(problem.code ? { code: problem.code } : {}) };
  } finally {
    await connection?.close();
  }
}

function statementsOf(list) {
  if (!Array.isArray(list) || list.length === 0) {
    throw new Error('statements must be a list of {sql, values}.');
  }
  return list.map((each, i) => statementOf(each, `sql of statement ${i + 1}`));
}

function statementOf({ sql, values = [] }, name) {
  if (typeof sql !== 'string' || sql.trim() === '') {
    throw new Error(`${name} is required.`);
  }
  if (!Array.isArray(values)) {
    throw new Error('values must be a list: one for each placeholder, in their order.');
  }
  return { sql, values };
}

function boundsOf({ maxRows = MOST_ROWS, timeout = 30_000 }) {
  if (!(Number.isInteger(maxRows) && maxRows >= 1 && maxRows <= MOST_ROWS * 10)) {
    throw new Error(`maxRows must be 1 to ${MOST_ROWS * 10}.`);
  }
  if (!(timeout >= 1 && timeout <= MOST_MILLIS)) {
    throw new Error(`timeout must be 1 to ${MOST_MILLIS} milliseconds.`);
  }
  return { rows: maxRows, timeout };
}

/** `user` and `password` may stand apart from the address, so that they can be bound or encrypted by themselves. */
function addressOf({ url, user, password, tls = false, ca }) {
  const address = URL.canParse(url ?? '') ? new URL(url) : undefined;
  if (!address || !ENGINES[address.protocol] || !address.hostname) {
    throw new Error('url must be of the form postgresql://host:port/database or mysql://host:port/database.');
  }
  return {
    protocol: address.protocol,
    host: address.hostname.replace(/^\[|\]$/g, ''),
    port: address.port ? Number(address.port) : undefined,
    database: decodeURIComponent(address.pathname.slice(1)) || undefined,
    user: user || decodeURIComponent(address.username) || undefined,
    password: password || decodeURIComponent(address.password) || undefined,
    tls: String(tls) === 'true' || ca ? { rejectUnauthorized: true, ...(ca ? { ca } : {}) } : undefined,
  };
}

async function together(connection, statements) {
  const results = [];
  await connection.run({ sql: 'BEGIN', values: [], isPlain: true });
  try {
    for (const each of statements) {
      results.push(await connection.run(each));
    }
    await connection.run({ sql: 'COMMIT', values: [], isPlain: true });
  } catch (problem) {
    problem.message = `Nothing was changed: statement ${Math.min(results.length + 1, statements.length)} of ${statements.length}: ${problem.message}`;
    throw problem; // a connection that is closed takes its transaction back
  }
  return results;
}

function result({ rows, fields, rowCount }, most) {
  return {
    rows: rows.slice(0, most).map(shown),
    fields,
    rowCount,
    ...(rows.length > most ? { isCut: true } : {}),
  };
}

/** Bytes as Base64; JSON has none. */
function shown(row) {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, Buffer.isBuffer(value) ? value.toString('base64') : value]),
  );
}

exports.main = main;
