'use strict';

const { Rows, budget } = require('./rows');

const MOST_ROWS = 1000;
const MOST_MILLIS = 60_000;

/** What a statement comes to that takes too long. */
const LATE = Symbol('late');

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
    connection = await ENGINES[address.protocol]().connect({ ...address, timeout: bounds.timeout, mostRows: bounds.rows });
    const left = budget();
    const run = (statement) => bounded(connection, statement, bounds, left);
    return isTransaction ? { results: await together(run, statements) } : await run(statements[0]);
  } catch (problem) {
    return { error: said(problem) };
  } finally {
    await connection?.close();
  }
}

/** So many rows of a statement's result, and so much time. */
async function bounded(connection, statement, bounds, left) {
  const rows = new Rows(bounds.rows, left);
  const running = connection.run(statement, rows);
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(reject, connection.patience, LATE);
  });
  try {
    const { fields, rowCount } = await Promise.race([late, running]);
    return {
      rows: rows.kept,
      fields: fields ?? [],
      rowCount: rows.isCut ? rows.kept.length : rowCount ?? rows.kept.length,
      ...(rows.isCut ? { isCut: true } : {}),
    };
  } catch (problem) {
    if (problem !== LATE) {
      throw problem;
    }
    running.catch(() => {}); // it fails because of what comes now
    throw tooLate(bounds.timeout, await connection.cancel());
  } finally {
    clearTimeout(timer);
  }
}

function tooLate(millis, isEnded) {
  const rest = isEnded ? 'and was ended' : 'and the server could not be told to end it: it may go on';
  return new Error(`The statement took longer than its timeout of ${millis} ms, ${rest}.`);
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

async function together(run, statements) {
  const results = [];
  await run({ sql: 'BEGIN', values: [], isPlain: true });
  for (const each of statements) {
    const place = `statement ${results.length + 1} of ${statements.length}`;
    // a connection that is closed takes its transaction back
    results.push(await explained(() => `Nothing was changed: ${place}`, () => run(each)));
  }
  await explained(commitFailed, () => run({ sql: 'COMMIT', values: [], isPlain: true }));
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

exports.main = main;
