'use strict';

const { isIP } = require('node:net');
const mysql = require('mysql2');
const { after } = require('./after');

const CONNECT_MILLIS = 10_000;
const KILL_MILLIS = 5000;

async function connect({ host, port, database, user, password, tls, timeout, mostRows }) {
  if (tls && isIP(host)) {
    throw new Error('With tls, url must have the name of the server, as its certificate has it, and no address.');
  }
  const settings = {
    host,
    port: port ?? 3306,
    database,
    user,
    password,
    ssl: tls && { ...tls, verifyIdentity: true },
    connectTimeout: CONNECT_MILLIS,
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
  };
  const connection = await opened(settings);
  try {
    // The server finds no rows that nobody wants, and calls no functions for them, whatever these would do. A statement
    // with a LIMIT of its own may still bring more.
    await soon(told(connection, `SET SESSION sql_select_limit = ${mostRows + 1}`));
  } catch (problem) {
    connection.stream.destroy();
    throw problem;
  }
  let broken = () => {};
  connection.on('error', (problem) => broken(problem));

  /** Row by row: the form with promises would collect all rows first. */
  function run({ sql, values, isPlain }, rows) {
    return new Promise((resolve, reject) => {
      broken = reject;
      const unwatch = rows.watch(connection.stream, (problem) => {
        reject(problem);
        connection.stream.destroy();
      });
      const outcome = { fields: undefined, rowCount: undefined };
      // Prepared: one statement, whose values are sent apart from it. What begins and ends a transaction can't be.
      const command = isPlain ? connection.query({ sql }) : connection.execute({ sql, values });
      let isResult = false;
      command.on('fields', (fields) => {
        isResult = fields !== undefined;
        outcome.fields ??= fields?.map((each) => each.name);
      });
      command.on('result', (row) => {
        if (isResult) {
          rows.take(row);
        } else if (!outcome.fields) {
          outcome.rowCount = row.affectedRows;
        }
      });
      command.on('error', reject);
      command.on('end', () => {
        unwatch();
        resolve(outcome);
      });
    });
  }

  /** A server does not notice that its client is gone before it has something to say. */
  async function cancel() {
    connection.stream.destroy();
    const other = await opened({ ...settings, connectTimeout: KILL_MILLIS }).catch(() => undefined);
    const killed = other && told(other, `KILL ${connection.threadId}`).then(() => true, ({ code }) => code === 'ER_NO_SUCH_THREAD');
    const isKilled = await Promise.race([killed ?? false, after(KILL_MILLIS, false)]);
    other?.destroy();
    return isKilled;
  }

  return {
    patience: timeout,
    run,
    cancel,
    close: () => (connection.stream.destroyed ? Promise.resolve() : new Promise((resolve) => connection.end(resolve))),
  };
}

function opened(settings) {
  return new Promise((resolve, reject) => {
    const connection = mysql.createConnection(settings);
    connection.on('error', reject); // later errors are told elsewhere
    connection.connect((problem) => (problem ? reject(problem) : resolve(connection)));
  });
}

function told(connection, sql) {
  return new Promise((resolve, reject) => {
    connection.query(sql, (problem) => (problem ? reject(problem) : resolve()));
  });
}

/** Fails with the answer, or if none comes. */
async function soon(answer) {
  const isAnswered = await Promise.race([answer.then(() => true), after(CONNECT_MILLIS, false)]);
  if (!isAnswered) {
    throw new Error(`The server took the connection, and then did not answer for ${CONNECT_MILLIS} ms.`);
  }
}

exports.connect = connect;
