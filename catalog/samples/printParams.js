/** Each argument is a line of the log. */
function main(params) {
  for (const name of Object.keys(params).sort()) {
    console.log(`params.${name}: ${JSON.stringify(params[name])}`);
  }
  return { params };
}
