<?php
// What goes wrong, by name.

function raises(array $args): array
{
    throw new InvalidArgumentException('no good');
}

function not_json(array $args): array
{
    return ['number' => NAN];
}

function wrong_type(array $args): array
{
    return 'text';
}

function exits(array $args): array
{
    exit(3);
}
