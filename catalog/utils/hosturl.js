const EXTENSIONS = ['.json', '.text', '.html', '.http'];

/** The address of an action or trigger in the caller's namespace (row C-9). */
function main({ path, web, ext, trigger }) {
  const problem = check(path, web, ext, trigger);
  if (problem) {
    return { error: problem };
  }
  const base = `${process.env.__OW_API_HOST}/api/v1/${prefix(web, trigger)}`;
  return { url: path ? `${base}/${web ? webPath(path, ext) : path}` : base };
}

function check(path, web, ext, trigger) {
  if (web && trigger) {
    return 'triggers are not allowed for web actions.';
  }
  if (web && ext && !EXTENSIONS.includes(ext)) {
    return 'extension for web action must be one of [".json", ".text", ".html", ".http"].';
  }
  return trigger && String(path).includes('/') ? 'triggers are not allowed in packages.' : undefined;
}

function prefix(web, trigger) {
  const namespace = process.env.__OW_NAMESPACE;
  return web ? `web/${namespace}` : `namespaces/${namespace}/${trigger ? 'triggers' : 'actions'}`;
}

function webPath(path, ext = '.json') {
  return (path.includes('/') ? path : `default/${path}`) + ext;
}
