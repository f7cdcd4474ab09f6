'use strict';

// Tells from its syntax how JavaScript source wants to be loaded, as Node itself does for files of unknown type.

const vm = require('node:vm');

const COMMON_JS = 'CommonJS';
const SHADOWING = 'CommonJS that declares names of its module itself';
const ES_MODULE = 'ES module';

const PARAMETERS = ['exports', 'require', 'module', '__filename', '__dirname'];
const ONLY_IN_MODULES = [
  'Cannot use import statement outside a module',
  "Unexpected token 'export'",
  "Cannot use 'import.meta' outside a module",
];
const REDECLARED = new RegExp(`^Identifier '(${PARAMETERS.join('|')})' has already been declared`);

/// How to load the code. Throws the syntax error that CommonJS finds if the code is wrong in any form. Nothing of it
/// runs.
///
/// An `await` outside of functions makes many different errors, each possible in CommonJS too. It is one of them if the
/// code parses, or comes as far as what only modules have, in an async function. Such a function also takes names that
/// are parameters in CommonJS, and that is no reason to be a module: the same code parses in a plain function.
function formOf(code, filename) {
  const problem = failure(() => vm.compileFunction(code, PARAMETERS, { filename }));
  if (problem === undefined) return COMMON_JS;
  if (isOnlyInModules(problem)) return ES_MODULE;
  const body = code.replace(/^#!.*/, '');
  if (REDECLARED.test(problem.message) && parses(`(function () {${body}\n})`)) return SHADOWING;
  const inAsync = failure(() => new vm.Script(`(async function () {${body}\n})`));
  if (inAsync === undefined || isOnlyInModules(inAsync)) return ES_MODULE;
  throw problem;
}

function parses(text) {
  return failure(() => new vm.Script(text)) === undefined;
}

function failure(call) {
  try {
    call();
    return undefined;
  } catch (error) {
    return error;
  }
}

function isOnlyInModules(problem) {
  return ONLY_IN_MODULES.some((each) => String(problem?.message).startsWith(each));
}

module.exports = { formOf, parses, SHADOWING, ES_MODULE };
