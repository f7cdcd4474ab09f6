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
    return { error: said(problem) };
  } finally {
    await connection?.close();
  }
}

/** With the server's own code, unless its sentence has it. */
function said({ message = '', code }) {
  const hasCode = !code || message.includes(code);
  return hasCode ? message : `${message} (${code})`.trim();
}

function statementsOf(list) {
  if (!Array.isArray(list) || list.length === 0) {
    throw new Error('statements must be a list of {sql, values}.');
  }
  return list.map((each, i) => {
    const statement = statementOf(each, `sql of statement ${i + 1}`);
    if (ENDS_TRANSACTION.test(statement.sql)) {
      throw new Error(`Statement ${i + 1} begins or ends a transaction, which this action does itself.`);
    }
    return statement;
  });
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

/** What would end the transaction too early. */
const ENDS_TRANSACTION = /^\s*(begin|start\s+transaction|commit|rollback|end|abort)\b/i;

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
  if (address.search) {
    throw new Error('url must have no parameters: encryption is asked for with tls.');
  }
  if (!['true', 'false'].includes(String(tls))) {
    throw new Error('tls must be true or false.');
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
  for (const each of statements) {
    const place = `statement ${results.length + 1} of ${statements.length}`;
    // a connection that is closed takes its transaction back
    results.push(await explained(() => `Nothing was changed: ${place}`, () => connection.run(each)));
  }
  await explained(commitFailed, () => connection.run({ sql: 'COMMIT', values: [], isPlain: true }));
  return results;
}

/** A server that refuses has taken the transaction back; without its answer nobody knows. */
function commitFailed({ severity, sqlState }) {
  const isRefused = severity !== undefined || sqlState !== undefined;
  return isRefused ? 'Nothing was changed' : 'It is not known whether it was committed';
}

/** @param consequence what follows for the database, by what went wrong */
async function explained(consequence, step) {
  try {
    return await step();
  } catch (problem) {
    problem.message = `${consequence(problem)}: ${problem.message}`;
    throw problem;
  }
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
