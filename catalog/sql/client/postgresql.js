'use strict';

const { Client, Connection, Query, types } = require('pg');
const { after } = require('./after');

const CONNECT_MILLIS = 10_000;
const CANCEL_MILLIS = 5000;
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

  /**
   * The server has more rows. A sync without asking for them ends the statement: a SELECT calls no functions for them,
   * whatever these would do. What inserts, updates or deletes has done so to all rows by then.
   */
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
  let running = Promise.resolve();
  return {
    /** How long to wait: the server ends a statement itself, and says so better. */
    patience: timeout + 1000,

    /** The extended form: one statement, whose values are sent apart from it. */
    run(statement, rows) {
      running = new Promise((resolve, reject) => {
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
      return running;
    },

    /** The server answers the statement that it ends, and never the request to do so. */
    async cancel() {
      const ending = running.then(() => false, ({ severity }) => severity !== undefined);
      const request = cancelRequest(client, { host, port: port ?? 5432, tls });
      const isEnded = await Promise.race([ending, after(CANCEL_MILLIS, false)]);
      request.stream.destroy();
      if (!isEnded) {
        stream.destroy();
      }
      return isEnded;
    },

    close: () => Promise.race([client.end().catch(() => {}), after(FAREWELL_MILLIS)]),
  };
}

/** Asks the server to end what a client has under way: over a connection of its own, without a password. */
function cancelRequest({ processID, secretKey }, { host, port, tls }) {
  const connection = new Connection({ ssl: tls });
  const ask = () => connection.cancel(processID, secretKey);
  connection.on('connect', () => (tls ? connection.requestSsl() : ask()));
  connection.on('sslconnect', ask);
  connection.on('error', () => {}); // then the statement goes on, which is seen
  connection.connect(port, host);
  return connection;
}

exports.connect = connect;
