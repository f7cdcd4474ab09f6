// Behaves as the Node.js image of Apache OpenWhisk does, seen from outside: POST /init and /run on port 8080, plain
// lines, an end line on both streams after each run, before the answer; a second init is refused with 403.
const http = require('http');
const vm = require('vm');

const END = 'XXX_THE_END_OF_A_WHISK_ACTIVATION_XXX';
let main;

function finish(response, status, body) {
  process.stdout.write(END + '\n');
  process.stderr.write(END + '\n');
  answer(response, status, body);
}

function answer(response, status, body) {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
}

async function init({ code, main: name = 'main', env = {} }, response) {
  if (main) return answer(response, 403, { error: 'Cannot initialize the action more than once.' });
  Object.assign(process.env, env);
  try {
    main = vm.runInThisContext(`(function(require){${code}\n;return ${name};})`)(require);
    answer(response, 200, { OK: true });
  } catch (error) {
    finish(response, 502, { error: 'Initialization has failed due to: ' + error });
  }
}

async function run(body, response) {
  for (const [key, value] of Object.entries(body)) if (key !== 'value') process.env['__OW_' + key.toUpperCase()] = value;
  try {
    finish(response, 200, (await main(body.value)) || {});
  } catch (error) {
    console.error(error);
    finish(response, 502, { error: 'An error has occurred: ' + error });
  }
}

http.createServer((request, response) => {
  let text = '';
  request.setEncoding('utf8').on('data', (part) => (text += part)).on('end', () => {
    const body = JSON.parse(text);
    if (request.url === '/init') init(body.value, response);
    else run(body, response);
  });
}).listen(8080);
