<?php

function main(array $args): array
{
    echo "one\n";
    fwrite(STDERR, "two\n");
    print("three\nfour\n");
    fwrite(STDERR, 'five ' . $args['text']);

    return [];
}
