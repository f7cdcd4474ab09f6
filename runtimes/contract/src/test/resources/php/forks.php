<?php

function main(array $args): array
{
    $child = pcntl_fork();
    if ($child === 0) {
        return ['from' => 'the child'];
    }
    pcntl_waitpid($child, $status);

    return ['from' => 'the parent'];
}
