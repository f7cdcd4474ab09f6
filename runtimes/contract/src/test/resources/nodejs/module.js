import path from 'node:path';

const name = await Promise.resolve(path.basename('/a/b'));

export function main(args) {
  return { name, text: args.text };
}
