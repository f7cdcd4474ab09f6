<?php

$atInit = getenv();

function main(array $args): array
{
    global $atInit;
    $pick = static fn (array $from): array
        => array_combine($args['names'], array_map(static fn ($name) => $from[$name] ?? 'absent', $args['names']));

    return ['atInit' => $pick($atInit), 'atRun' => $pick(getenv())];
}
