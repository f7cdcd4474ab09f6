import fs from 'node:fs';

const x = ;
export function main() {}
