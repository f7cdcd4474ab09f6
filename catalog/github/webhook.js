/** A feed (row C-11): each lifecycle event of a trigger makes or removes a webhook of a repository. */
async function main(params) {
  const missing = ['repository', 'accessToken', 'triggerName'].find((name) => !params[name]);
  if (missing) {
    return { error: `${missing} is missing.` };
  }
  const hooks = new Hooks(params);
  switch (params.lifecycleEvent) {
    case 'CREATE':
      return hooks.create(triggerUrl(params), params.events);
    case 'DELETE':
      return hooks.remove(triggerUrl(params));
    case 'READ':
      return hooks.read(triggerUrl(params));
    default:
      return { error: `${params.lifecycleEvent} is not supported: delete the trigger and create it again.` };
  }
}

/** Where GitHub tells of events; GitHub sends the key in it and never shows it again. */
function triggerUrl({ triggerName, authKey, endpoint }) {
  const [, namespace, name] = String(triggerName).split('/');
  const url = new URL(address(endpoint || process.env.__OW_API_HOST));
  const [user, secret] = String(authKey || process.env.__OW_API_KEY).split(':');
  url.username = user;
  url.password = secret;
  url.pathname = `/api/v1/namespaces/${encodeURIComponent(namespace)}/triggers/${encodeURIComponent(name)}`;
  return url;
}

function address(host) {
  return /^https?:\/\//.test(host) ? host : `https://${host}`;
}

class Hooks {
  constructor({ baseUrl, username, org, repository, accessToken }) {
    const [first, second] = repository.split('/');
    const owner = second ? first : org || username;
    const name = second || first;
    const base = (baseUrl || 'https://api.github.com').replace(/\/+$/, '');
    this.url = `${base}/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}/hooks`;
    this.accessToken = accessToken;
  }

  async create(target, events) {
    if (!events) {
      return { error: 'events is missing.' };
    }
    const body = {
      name: 'web',
      active: true,
      events: String(events).split(',').map((each) => each.trim()),
      config: { url: target.href, content_type: 'json' },
    };
    const made = await this.call('POST', this.url, body);
    return made.error ? made : { id: made.answer.id, events: body.events };
  }

  async read(target) {
    const hook = await this.find(target);
    return hook.error ? hook : { config: { events: hook.events, repository: this.url }, status: { active: hook.active } };
  }

  async remove(target) {
    const hook = await this.find(target);
    if (hook.error) {
      return hook;
    }
    const removed = await this.call('DELETE', hook.url);
    return removed.error ? removed : { id: hook.id };
  }

  /** GitHub leaves the key out of the addresses that it shows. */
  async find(target) {
    for (let page = 1; page <= 20; page += 1) {
      const list = await this.call('GET', `${this.url}?per_page=100&page=${page}`);
      if (list.error) {
        return list;
      }
      const found = list.answer.find((each) => isSamePlace(each.config?.url, target));
      if (found || list.answer.length < 100) {
        return found ?? { error: `The repository has no webhook for ${target.origin}${target.pathname}.` };
      }
    }
    return { error: 'The repository has too many webhooks.' };
  }

  async call(method, url, body) {
    const response = await fetch(url, {
      method,
      headers: {
        Accept: 'application/vnd.github+json',
        Authorization: `Bearer ${this.accessToken}`,
        'Content-Type': 'application/json',
        'User-Agent': 'whirl',
      },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    if (response.ok) {
      return { answer: text ? JSON.parse(text) : undefined };
    }
    const hint = response.status === 404 ? ' Is the token allowed to administer webhooks?' : '';
    return { error: `GitHub answered ${response.status}: ${text.slice(0, 200)}.${hint}` };
  }
}

function isSamePlace(text, target) {
  try {
    const url = new URL(text);
    return url.host === target.host && url.pathname === target.pathname;
  } catch {
    return false;
  }
}
