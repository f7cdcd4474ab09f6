const fs = require('node:fs');

function main() {
  const attempt = (file) => {
    try {
      fs.appendFileSync(file, '// changed');
      return 'written';
    } catch (error) {
      return error.code;
    }
  };
  const files = [require.main.filename, process.execPath];
  return { results: files.map(attempt) };
}
