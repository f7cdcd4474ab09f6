'use strict'

// Speaks CouchDB's protocol on a free port of this machine, with databases in memory, until its input ends.
// User and password come from the environment; the port is printed when it is ready.

const express = require('express')
const PouchDB = require('pouchdb-node').plugin(require('pouchdb-adapter-memory'))
const couch = require('express-pouchdb')

const expected = 'Basic ' + Buffer.from(process.env.COUCHDB_USER + ':' + process.env.COUCHDB_PASSWORD).toString('base64')

const app = express()
app.use((request, response, next) => {
  if (request.headers.authorization === expected) {
    next()
  } else {
    response.status(401).json({ error: 'unauthorized', reason: 'Name or password is incorrect.' })
  }
})
app.use(
  couch(PouchDB.defaults({ adapter: 'memory' }), {
    mode: 'minimumForPouchDB',
    inMemoryConfig: true,
    logPath: '/dev/null'
  })
)

const server = app.listen(0, '127.0.0.1', () => console.log('ready ' + server.address().port))
process.stdin.on('end', () => process.exit(0)).resume()
