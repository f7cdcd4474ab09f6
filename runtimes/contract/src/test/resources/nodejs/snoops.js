function main() {
  const loaded = Object.keys(require.cache).filter((file) => !file.endsWith('launcher.js'));
  return { socket: process.env.WHIRL_SOCKET ?? null, handles: process._getActiveHandles().length, loaded };
}
