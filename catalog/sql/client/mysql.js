'use strict';

const { isIP } = require('node:net');
const mysql = require('mysql2/promise');

const CONNECT_MILLIS = 10_000;

async function connect({ host, port, database, user, password, tls, timeout }) {
  if (tls && isIP(host)) {
    throw new Error('With tls, url must have the name of the server, as its certificate has it, and no address.');
  }
  const connection = await mysql.createConnection({
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
  });
  connection.on('error', () => {}); // a connection that breaks: the statement under way says so
  return {
    /** Prepared: one statement, whose values are sent apart from it. What begins and ends a transaction can't be. */
    async run({ sql, values, isPlain }) {
      const [rows, fields] = await (isPlain ? connection.query({ sql, timeout }) : connection.execute({ sql, values, timeout }))
        .catch((problem) => {
          if (problem.code === 'PROTOCOL_SEQUENCE_TIMEOUT') {
            connection.destroy(); // else closing it would wait for the statement
          }
          throw problem;
        });
      return Array.isArray(rows)
        ? { rows, fields: fields.map((each) => each.name), rowCount: rows.length }
        : { rows: [], fields: [], rowCount: rows.affectedRows };
    },
    close: () => connection.end().catch(() => connection.destroy()),
  };
}

exports.connect = connect;
