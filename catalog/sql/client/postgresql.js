'use strict';

const { Client, Query, types } = require('pg');

const CONNECT_MILLIS = 10_000;
const FAREWELL_MILLIS = 1000;

/** Of types without a time zone: a JavaScript date would give them that of this machine. */
const AS_TEXT = new Set([types.builtins.DATE, types.builtins.TIMESTAMP]);

/** A query that asks for a few rows at a time, and for no more than are wanted. */
class FewRows extends Query {
  constructor({ sql, values }, wanted) {
    super({ text: sql, values, rows: wanted.wanted() });
    this.wanted = wanted;
    this.on('row', (row) => wanted.take(row));
  }

  /** The server has more rows. A sync without asking for them ends the statement, as if all had been read. */
  handlePortalSuspended(connection) {
    if (this.wanted.isCut) {
      connection.sync();
    } else {
      this.rows = this.wanted.wanted();
      super.handlePortalSuspended(connection);
    }
  }
}

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
    types: { getTypeParser: (type, format) => (AS_TEXT.has(type) ? (text) => text : types.getTypeParser(type, format)) },
  });
  client.on('error', () => {}); // a connection that breaks: the statement under way says so
  await client.connect();
  const { stream } = client.connection;
  return {
    /** How long to wait: the server ends a statement itself, and says so better. */
    patience: timeout + 1000,

    /** The extended form: one statement, whose values are sent apart from it. */
    run(statement, rows) {
      return new Promise((resolve, reject) => {
        const unwatch = rows.watch(stream, (problem) => {
          reject(problem);
          stream.destroy();
        });
        const query = new FewRows(statement, rows);
        query.on('end', ({ fields, rowCount }) => {
          unwatch();
          resolve({ fields: fields.map((each) => each.name), rowCount });
        });
        query.on('error', reject);
        client.query(query);
      });
    },

    /** Without its client the server ends what it does. */
    async cancel() {
      stream.destroy();
      return true;
    },

    close: () => Promise.race([client.end().catch(() => {}), new Promise((done) => setTimeout(done, FAREWELL_MILLIS).unref())]),
  };
}

exports.connect = connect;
