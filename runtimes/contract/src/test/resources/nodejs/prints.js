function main(args) {
  console.log('one');
  console.error('two');
  console.log('three\nfour');
  process.stderr.write(`five ${args.text}`);
  return {};
}
