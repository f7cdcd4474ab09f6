import path from 'node:path';

export default async () => ({ separator: path.sep });
