const atInit = { ...process.env };

function main(args) {
  const pick = (from) => Object.fromEntries(args.names.map((name) => [name, from[name] ?? 'absent']));
  return { atInit: pick(atInit), atRun: pick(process.env) };
}
