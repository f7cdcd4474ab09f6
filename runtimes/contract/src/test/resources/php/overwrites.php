<?php

function main(array $args): array
{
    $files = [...glob('/whirl/runtime/*'), ...glob('/whirl/shared/python/*')];

    return ['results' => array_map(static fn ($file) => @fopen($file, 'a') ? 'written' : 'refused', $files)];
}
