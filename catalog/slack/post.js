const REQUIRED = { text: 'No text provided', url: 'No Webhook URL provided', channel: 'No channel provided' };

/** Posts a message (row C-10): to an incoming webhook, or with a token to `chat.postMessage`. */
async function main(params) {
  for (const [name, problem] of Object.entries(REQUIRED)) {
    if (!params[name]) {
      return { error: problem };
    }
  }
  const response = await fetch(params.url, {
    method: 'POST',
    headers: headers(params.token),
    body: JSON.stringify(message(params)),
    signal: AbortSignal.timeout(30_000),
  });
  const problem = refusal(response.status, await response.text());
  return problem ? { error: problem } : { text: params.text, channel: params.channel };
}

function message({ text, channel, username, icon_emoji, as_user, attachments }) {
  const body = { channel, username: username || 'Simple Message Bot', text };
  if (icon_emoji) {
    body.icon_emoji = icon_emoji;
  }
  if (as_user === true) {
    body.as_user = true;
  }
  if (attachments) {
    body.attachments = attachments;
  }
  return body;
}

function headers(token) {
  const common = { 'Content-Type': 'application/json; charset=utf-8' };
  return token ? { ...common, Authorization: `Bearer ${token}` } : common;
}

/** Slack answers 200 to calls of its API that it refuses, and says so in the body. */
function refusal(status, text) {
  if (status >= 400) {
    return `Slack answered ${status}: ${text.slice(0, 200)}`;
  }
  try {
    const answer = JSON.parse(text);
    return answer.ok === false ? `Slack refused the message: ${answer.error}` : undefined;
  } catch {
    return undefined;
  }
}
