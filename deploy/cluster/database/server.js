'use strict'

// Speaks CouchDB's protocol: for a cluster on a developer's machine, and for tests. Settings come from the environment:
// HOST (loopback), PORT (0 takes a free one), DATA (a folder; without it everything is in memory), DATABASE_USER,
// DATABASE_PASSWORD, ATTACHED (if set, it ends with its input). Prints the port when it is ready.

const express = require('express')
const PouchDB = require('pouchdb-node')
const couch = require('express-pouchdb')

const { HOST = '127.0.0.1', PORT = '0', DATA, DATABASE_USER, DATABASE_PASSWORD, ATTACHED } = process.env
const expected = 'Basic ' + Buffer.from(DATABASE_USER + ':' + DATABASE_PASSWORD).toString('base64')

function databases() {
  if (DATA) {
    return PouchDB.defaults({ prefix: DATA + '/' })
  }
  PouchDB.plugin(require('pouchdb-adapter-memory'))
  return PouchDB.defaults({ adapter: 'memory' })
}

const app = express()
app.get('/', (request, response) => response.json({ couchdb: 'Welcome', vendor: { name: 'express-pouchdb' } }))
app.get('/_up', (request, response) => response.json({ status: 'ok' }))
app.use((request, response, next) => {
  if (request.headers.authorization === expected) {
    next()
  } else {
    response.status(401).json({ error: 'unauthorized', reason: 'Name or password is incorrect.' })
  }
})
app.use(couch(databases(), { mode: 'minimumForPouchDB', inMemoryConfig: true, overrideMode: { include: ['routes/find'] }, logPath: '/dev/null' }))

const server = app.listen(Number(PORT), HOST, () => console.log('ready ' + server.address().port))
if (ATTACHED) {
  process.stdin.on('end', () => process.exit(0)).resume()
}
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => process.exit(0))
}
