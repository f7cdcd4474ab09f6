'use strict';

// An S3 with one bucket, `photos`, in the folder that is told. Prints its port when it is ready. The server looks at
// signatures of version 4 only in passing, so that they are made again here, by Amazon's own library, and compared.

const { createHash, createHmac } = require('node:crypto');
const { SignatureV4 } = require('@smithy/signature-v4');
const S3rver = require('s3rver');

const KEY = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };

class Sha256 {
  constructor(secret) {
    this.hash = secret ? createHmac('sha256', secret) : createHash('sha256');
  }

  update(data) {
    this.hash.update(data);
  }

  async digest() {
    return new Uint8Array(this.hash.digest());
  }
}

const signer = new SignatureV4({ credentials: KEY, region: 'us-east-1', service: 's3', sha256: Sha256, uriEscapePath: false });

async function isSigned(ctx) {
  const [path, query = ''] = ctx.req.url.split('?');
  const parameters = Object.fromEntries(new URLSearchParams(query));
  const request = { method: ctx.method, protocol: 'http:', hostname: ctx.host, path, query: parameters, headers: {} };
  return 'X-Amz-Signature' in parameters ? isPresigned(request) : isSignedByHeader(request, ctx.headers);
}

async function isSignedByHeader(request, headers) {
  const names = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1].split(';') ?? [];
  for (const name of names) {
    request.headers[name] = headers[name];
  }
  const signed = await signer.sign(request, { signingDate: time(headers['x-amz-date'] ?? ''), signableHeaders: new Set(names) });
  return signed.headers.authorization.replaceAll(' ', '') === headers.authorization?.replaceAll(' ', '');
}

async function isPresigned(request) {
  const { 'X-Amz-Signature': signature, 'X-Amz-Date': date, 'X-Amz-Expires': expires } = request.query;
  for (const name of Object.keys(request.query).filter((each) => each.startsWith('X-Amz-'))) {
    delete request.query[name];
  }
  request.headers.host = request.hostname;
  request.headers['x-amz-content-sha256'] = 'UNSIGNED-PAYLOAD';
  const signed = await signer.presign(request, {
    signingDate: time(date),
    expiresIn: Number(expires),
    unsignableHeaders: new Set(['x-amz-content-sha256']),
    unhoistableHeaders: new Set(['x-amz-content-sha256']),
  });
  return signed.query['X-Amz-Signature'] === signature;
}

function time(text) {
  return new Date(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

const server = new S3rver({
  address: '127.0.0.1',
  port: 0,
  silent: true,
  directory: process.argv[2],
  configureBuckets: [{ name: 'photos' }],
});
server.middleware.unshift(async (ctx, next) => {
  if (await isSigned(ctx)) {
    await next();
    return;
  }
  ctx.status = 403;
  ctx.type = 'application/xml';
  ctx.body = '<?xml version="1.0"?><Error><Code>SignatureDoesNotMatch</Code><Message>Check your key.</Message></Error>';
});
server.run().then(({ port }) => console.log(`ready ${port}`));
