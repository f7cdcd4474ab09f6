function main() {
  return { from: 'main' };
}

const niam = (args) => ({ from: 'niam', text: args.text });
