'use strict';

// An S3 with one bucket, `photos`, in the folder that is told. Prints its port when it is ready.

const S3rver = require('s3rver');

const server = new S3rver({
  address: '127.0.0.1',
  port: 0,
  silent: true,
  directory: process.argv[2],
  configureBuckets: [{ name: 'photos' }],
});
server.run().then(({ port }) => console.log(`ready ${port}`));
