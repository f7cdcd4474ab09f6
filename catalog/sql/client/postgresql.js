'use strict';

const { Client, types } = require('pg');

const CONNECT_MILLIS = 10_000;

/** Of types without a time zone: a JavaScript date would give them that of this machine. */
const AS_TEXT = new Set([types.builtins.DATE, types.builtins.TIMESTAMP]);

async function connect({ host, port, database, user, password, tls, timeout }) {
  const client = new Client({
    host,
    port: port ?? 5432,
    database,
    user,
    password,
    ssl: tls,
    connectionTimeoutMillis: CONNECT_MILLIS,
    statement_timeout: timeout,
    query_timeout: timeout + 1000, // the server says it better
    types: { getTypeParser: (type, format) => (AS_TEXT.has(type) ? (text) => text : types.getTypeParser(type, format)) },
  });
  client.on('error', () => {}); // a connection that breaks: the statement under way says so
  await client.connect();
  return {
    /** The extended form: one statement, whose values are sent apart from it. */
    async run({ sql, values }) {
      const { rows, fields, rowCount } = await client.query({ text: sql, values, queryMode: 'extended' });
      return { rows, fields: fields.map((each) => each.name), rowCount };
    },
    close: () => client.end().catch(() => {}),
  };
}

exports.connect = connect;
