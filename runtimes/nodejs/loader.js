'use strict';

// Turns the code of an action into its function: source as CommonJS or ES module, or an archive (row K-20).

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const Module = require('node:module');
const { pathToFileURL } = require('node:url');

const syntax = require('./syntax.js');

const ENTRY_POINT = /^[\w$./-]+$/;
const CHECK_TIMEOUT_MILLIS = 10_000;

/// The action's function. Rejects with whatever is wrong with the code.
async function load({ code, main, isBinary }) {
  if (!ENTRY_POINT.test(main)) throw `Action entrypoint '${main}' is not a function.`;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'action-'));
  process.chdir(folder);
  const entryPoint = isBinary ? await fromArchive(code, main, folder) : await fromSource(code, main, folder);
  if (typeof entryPoint !== 'function') throw `Action entrypoint '${main}' is not a function.`;
  return entryPoint;
}

async function fromSource(code, main, folder) {
  const file = path.join(folder, 'index.js');
  const form = syntax.formOf(code, file);
  if (form === syntax.ES_MODULE) {
    const moduleFile = path.join(folder, 'index.mjs');
    fs.writeFileSync(moduleFile, code);
    return exported(await importFile(moduleFile), main);
  }
  const module = new Module(file);
  module.filename = file;
  module.paths = Module._nodeModulePaths(folder);
  let named;
  module.keep = (value) => {
    named = value;
  };
  module._compile(form === syntax.SHADOWING ? inFunction(code, main) : code + lookUp(main, 'module.keep'), file);
  delete module.keep;
  return typeof named === 'function' ? named : exported(module.exports, main);
}

/// In a function of its own, code may declare names that are parameters of the module's.
function inFunction(code, main) {
  return `(function (keep$) {${code.replace(/^#!.*/, '')}${lookUp(main, 'keep$')}\n}).call(this, module.keep);`;
}

/// Looks the entry point up where only the code itself can see it: it need not be exported. A name such as `default`
/// can only be an export.
function lookUp(main, keep) {
  return syntax.parses(main) ? `\n;try { ${keep}(${main}); } catch (_) { }` : '';
}

async function fromArchive(code, main, folder) {
  const archive = require('./archive.js'); // only here: an action of one file starts without it
  forgetLauncher();
  await archive.unpack(Buffer.from(code, 'base64'), folder);
  const dot = main.lastIndexOf('.');
  const named = dot > 0 ? resolveFile(folder, main.slice(0, dot)) : undefined;
  if (named !== undefined) return exported(await loadFile(named), main.slice(dot + 1));
  const file = resolveFile(folder, '.') ?? resolveFile(folder, 'index.mjs');
  if (file === undefined) {
    const hasManifest = fs.existsSync(path.join(folder, 'package.json'));
    throw hasManifest
      ? "The file that 'main' in package.json names is not in the archive."
      : 'Zipped actions must contain either package.json or index.js at the root.';
  }
  return exported(await loadFile(file), main);
}

function resolveFile(folder, name) {
  const require = Module.createRequire(path.join(folder, 'index.js'));
  for (const candidate of [`./${name}`, `./${name}.mjs`, `./${name}.cjs`]) {
    try {
      return require.resolve(candidate);
    } catch {
      continue;
    }
  }
  return undefined;
}

async function loadFile(file) {
  if (file.endsWith('.mjs')) return importFile(file);
  try {
    return Module.createRequire(file)(file);
  } catch (error) {
    const isModule = error?.code === 'ERR_REQUIRE_ESM' || error?.code === 'ERR_REQUIRE_ASYNC_MODULE';
    if (!isModule) throw located(error, file);
    return importFile(file);
  }
}

async function importFile(file) {
  try {
    return await import(pathToFileURL(file).href);
  } catch (error) {
    throw located(error, file);
  }
}

/// Some versions of Node say where a syntax error in an ES module is only when it ends the process. Nothing of the
/// module has run when its syntax is wrong, and nothing of it runs in the second attempt.
function located(error, file) {
  const [first, ...frames] = String(error?.stack).split('\n');
  const isFromCode = (line) => !line.includes('node:') && !line.includes(__dirname);
  if (!first.startsWith('SyntaxError') || frames.some(isFromCode)) return error;
  const script = `import(${JSON.stringify(pathToFileURL(file).href)})`;
  const options = { encoding: 'utf8', timeout: CHECK_TIMEOUT_MILLIS, env: {} };
  const { spawnSync } = require('node:child_process');
  const { stderr = '' } = spawnSync(process.execPath, ['--input-type=module', '-e', script], options);
  const report = stderr.slice(Math.max(0, stderr.indexOf('file:')));
  return report.includes('SyntaxError') ? report.split('\n\nNode.js')[0] : error;
}

/// `a.b` of a module's exports. What an ES module exports by default counts too, as it is or as a function named
/// `main`.
function exported(exports, main) {
  const find = (from) => main.split('.').reduce((value, name) => value?.[name], from);
  const isEntryPoint = (value) => typeof value === 'function';
  const byDefault = exports?.default;
  const named = isEntryPoint(byDefault) && (main === 'main' || byDefault.name === main) ? byDefault : undefined;
  return [find(exports), find(byDefault), named].find(isEntryPoint);
}

/// The action's code could otherwise reach the launcher's modules, and with them the wire.
function forgetLauncher() {
  for (const file of Object.keys(require.cache)) {
    if (file.startsWith(__dirname + path.sep) && file !== require.main.filename) delete require.cache[file];
  }
  require.main.children.length = 0;
}

module.exports = { load, forgetLauncher };
